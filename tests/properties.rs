//! What must hold for any proposal: both readings agree, and fixes do what they say.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use vip_lsp::document::{Document, Proposal};
use vip_lsp::features::completion::{Trigger, complete};
use vip_lsp::features::fix_all::fix_all;
use vip_lsp::features::folds::{Fold, folds};
use vip_lsp::features::highlights::highlights;
use vip_lsp::features::hints::hints;
use vip_lsp::features::hover::hover;
use vip_lsp::features::linked::linked;
use vip_lsp::features::outline::outline;
use vip_lsp::features::rewrite::Rewrite;
use vip_lsp::features::selection::selection;
use vip_lsp::features::tokens::{Token, tokens};
use vip_lsp::rules::{Diagnostic, Fix, Severities, check, fixes, suppressing};
use vip_lsp::template::Template;
use vip_lsp::text::{Edit, Offset, Span, Text, apply};
use vip_lsp::workspace::Settings;

/// Blocks as authors write them, each whole.
const BLOCKS: [&str; 29] = [
    "A paragraph of words,\nwrapped, with 💡 and é.",
    "_All of it in italics._",
    "_Say what happens across regions._",
    "_Split a large project into steps that can be delivered, and say what each of them brings._",
    "1. _Unit tests of the critical logic._\n2. _Integration tests of the components together._",
    "- _Performance and security tests._\n\n  more",
    "**Bold as a heading**",
    "- one\n- two\n  - nested\n\n  more\n- three",
    "1. one\n2. two\n\n   ```\n   ## Scope\n   ```",
    "* **Status**: _Acepted_\n* **Release**:",
    "```java\n## References\n\n- no list\n```",
    "~~~\n```\n~~~",
    "    indented code",
    "> a quote\n> ## Scope",
    "<!-- ## Scope -->",
    "<!--\n\n## Scope\n\n-->",
    "<div>\n\n## Appendix\n\n</div>",
    "| a | b |\n| --- | --- |\n| c | d |",
    "***",
    "[label]: https://example.org/a",
    "![picture](a.png)",
    "### Own part",
    "#5 is done\n===",
    "#### Deeper",
    "Setext part\n---",
    "## Own section",
    "```\nnever closed",
    "<!-- never closed",
    "一二三 四五",
];

/// How proposals for the built-in template start.
const STARTS: [&str; 8] = [
    "",
    "# VIP-7: Cache\n\n",
    "# vip 12 - Cache\n\n",
    "# A cache\n\n- **Status**: Implemented\n- **Release**:\n\n",
    "---\ntitle: x\n---\n\n# VIP-7: Cache\n\n",
    "---\ntitle: VIP-012: x\npermalink: /vip-1\n---\n",
    "\u{feff}# VIP-7\n\n",
    "\n\n",
];

/// Front matter, comments and prose, sections of level 1 and no title.
const IN_FRONT_MATTER: &str = "\
---
title: <Title>
status: draft | final
discussion: <URL>
---

# Summary

<!--
Say what changes.
-->

# Design

Explain the design in enough detail for somebody else to build it.

<!-- This section is optional. -->
# Drawbacks (20 words at most)

- Who would be hurt by this, and what could be done about it?

# Open questions
";

/// A table, braces and quotes.
const IN_A_TABLE: &str = "\
# RFC {number}: {title}

| Status | `draft` \\| `final` |
| --- | --- |
| Team | {names} |
| Release | |

## Summary

> Say what changes.

## Design

{Explain the design.}

1. {the parts}
2. {how they work together}

## References _(optional)_
";

/// What stands in proposals for these two.
const OTHER_BLOCKS: [&str; 8] = [
    "<!-- Say what\nchanges. -->",
    "Explain the design in enough detail\nfor somebody else to build it.",
    "- Who would be hurt by this, and what could be done about it?\n- One.",
    "> Say what changes.",
    "> Say what changes.\n>\n> And more.",
    "{Explain the design.}",
    "1. {the parts}\n2. Two.",
    "- {the parts}\n\n  more",
];

const OTHER_STARTS: [&str; 7] = [
    "",
    "---\nstatus: fnal # so\n---\n\n",
    "\u{feff}---\nauthors:\n- A. Author\ntitle: <Title>\n---\n",
    "# RFC 12: Cache\n\n",
    "# rfc-007 Cache\n\n| Status | fina |\n| --- | --- |\n",
    "# RFC 1: Cache\n\n| Team | {names} |\n| --- | --- |\n| Status | final |\n| Release | - |\n\n",
    "# Cache\n\n| Key | Value |\n| --- | --- |\n| Release |\n\n",
];

/// A proposal with some of the built-in template's sections, in some order, and anything between.
fn proposal() -> impl Strategy<Value = String> {
    proposal_for(&Template::built_in(), &STARTS, &[])
}

/// The same for another of the templates.
fn other_proposal() -> impl Strategy<Value = (Arc<Template>, String)> {
    let templates = [IN_FRONT_MATTER, IN_A_TABLE].map(|source| Arc::new(Template::derive(source, None)));
    let with =
        |template: &Arc<Template>| (Just(template.clone()), proposal_for(template, &OTHER_STARTS, &OTHER_BLOCKS));
    prop_oneof![with(&templates[0]), with(&templates[1])]
}

fn proposal_for(
    template: &Template,
    starts: &[&'static str],
    more: &[&'static str],
) -> impl Strategy<Value = String> + use<> {
    let names: Vec<String> = template.sections.iter().map(|section| section.name.clone()).collect();
    let section = (
        select(names),
        select(vec!["# ", "## ", "## ", "## ", "### "]),
        select(vec!["", "", " _(200 words at most)_", ":", "s", " (x) ##"]),
    );
    let heading = section.prop_map(|(name, level, tail)| format!("{level}{name}{tail}"));
    let blocks = [&BLOCKS[..26], more, more].concat();
    let block = prop_oneof![3 => heading, 4 => select(blocks).prop_map(str::to_owned)];
    let last = prop_oneof![6 => Just(""), 1 => select(BLOCKS[26..].to_vec())];
    let start = select(starts.to_vec());
    let gap = select(vec!["\n\n", "\n\n", "\n\n\n", "  \n\n"]);
    let end = select(vec!["", "\n", "\n\n", "  "]);
    let blocks = prop::collection::vec((block, gap), 0..14);
    (start, blocks, last, end, select(vec!["\n", "\r\n", "\r"])).prop_map(|(start, blocks, last, end, ending)| {
        let body: String = blocks.into_iter().map(|(block, gap)| block + gap).collect();
        format!("{start}{body}{last}{end}").replace('\n', ending)
    })
}

/// The file that every document is in.
const FILE: &str = "docs/vip-0012.md";

fn found(document: &Document) -> Vec<Diagnostic> {
    found_with(document, &Template::built_in())
}

fn found_with(document: &Document, template: &Template) -> Vec<Diagnostic> {
    check(&Proposal::of(document, template).in_file(Path::new(FILE)), &Severities::default())
}

fn key(diagnostic: &Diagnostic) -> (&'static str, Option<usize>) {
    (diagnostic.rule.id, diagnostic.subject)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn open_and_closed_documents_are_read_alike(content in proposal()) {
        let open = Document::open(&content).with_tree();
        let closed = Document::closed(&content);
        prop_assert_eq!(open.blocks(), closed.blocks());
        prop_assert_eq!(open.outline(), closed.outline());
    }

    #[test]
    fn a_fix_removes_its_diagnostic_and_touches_nothing_else(content in proposal()) {
        check_fixes(&content, &Template::built_in())?;
    }

    #[test]
    fn a_fix_does_so_in_other_families((template, content) in other_proposal()) {
        check_fixes(&content, &template)?;
    }
}

fn check_fixes(content: &str, template: &Template) -> Result<(), TestCaseError> {
    let document = Document::open(content);
    let proposal = Proposal::of(&document, template).in_file(Path::new(FILE));
    let before = found_with(&document, template);
    for diagnostic in &before {
        for fix in fixes(&proposal, diagnostic) {
            check_fix(&proposal, &before, diagnostic, &fix)?;
        }
    }
    Ok(())
}

/// What the rules of insertion promise.
const INSERTIONS: [&str; 5] =
    ["missing-section", "missing-optional-section", "stub-proposal", "missing-metadata", "missing-title"];

fn check_fix(
    proposal: &Proposal<'_>,
    before: &[Diagnostic],
    diagnostic: &Diagnostic,
    fix: &Fix,
) -> Result<(), TestCaseError> {
    let template = proposal.template;
    let content = proposal.text().to_string();
    let fixed = apply(proposal.text(), &fix.edits).to_string();
    let after = Document::open(&fixed);
    let left = found_with(&after, template);
    let count = |found: &[Diagnostic]| found.iter().filter(|found| key(found) == key(diagnostic)).count();
    prop_assert!(count(&left) < count(before), "{} leaves it in {fixed:?}", fix.title);
    // A stub's one diagnostic stands for all that come with the first section. What is inserted is empty or has instructions,
    // and in a document whose sections are at sixes and sevens it can show one more of them out of place.
    let is_disordered = before.iter().any(|before| matches!(before.rule.id, "section-order" | "section-level"));
    let is_known = |left: &Diagnostic| match left.rule.id {
        _ if diagnostic.rule.id == "stub-proposal" || before.iter().any(|before| key(before) == key(left)) => true,
        // What the instructions leave, or a part that is now a section of its own, may be nothing.
        "empty-section" => diagnostic.rule.id != "section-name",
        "template-instruction" => INSERTIONS.contains(&diagnostic.rule.id),
        // A status that is mended may be one that asks for more.
        "release-required" => diagnostic.rule.id == "invalid-metadata-value",
        "unfinished-accepted" => {
            diagnostic.rule.id == "invalid-metadata-value" || INSERTIONS.contains(&diagnostic.rule.id)
        }
        // Another part of the same name may come first in it, and be longer, or a heading above the metadata.
        "section-too-long" | "missing-metadata" => is_disordered,
        // Below a title that is too deep, so are the sections.
        "section-level" => is_disordered || INSERTIONS.contains(&diagnostic.rule.id),
        "section-order" => is_disordered,
        _ => false,
    };
    prop_assert!(left.iter().all(is_known), "{} brings {left:?} to {fixed:?} from {content:?}", fix.title);
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.split(['\n', '\r']).map(|line| line.trim().to_owned()).collect();
        lines.retain(|line| !line.is_empty());
        lines.sort();
        lines
    };
    let without_marks = |text: &str| lines(&text.replace(['#', '='], "").replace("---", ""));
    match diagnostic.rule.id {
        id if INSERTIONS.contains(&id) => {
            // What was there is there, in its order, and a second application has nothing to do.
            prop_assert!(fix.edits.iter().all(|edit| edit.span.is_empty()));
            let again = Proposal::of(&after, template).in_file(Path::new(FILE));
            prop_assert!(left.iter().all(|left| fixes(&again, left).iter().all(|other| other.title != fix.title)));
            if !id.contains("metadata") {
                for edit in &fix.edits {
                    check_blank_lines(&content, edit.span.start.get(), &edit.content)?;
                }
            }
        }
        "section-order" => prop_assert_eq!(lines(&content), lines(&fixed)),
        "section-level" => prop_assert_eq!(without_marks(&content), without_marks(&fixed)),
        "section-name" | "title-format" | "number-mismatch" | "invalid-metadata-value" => {
            let inside = |edit: &Edit| diagnostic.span.start <= edit.span.start && edit.span.end <= diagnostic.span.end;
            prop_assert!(fix.edits.iter().all(inside));
        }
        _ => check_words(&content, &fixed, template)?,
    }
    Ok(())
}

/// A proposal with a comment that suppresses something, or two, at the start of any line.
fn suppressed() -> impl Strategy<Value = String> {
    let comment = select(vec![
        "<!-- vip-lsp-disable-next-line missing-section -->",
        "<!-- vip-lsp-disable-next-line -->",
        "<!-- vip-lsp-disable template-instruction missing-optional-section -->",
        "<!-- vip-lsp-enable missing-section, template-instruction -->",
        "<!-- vip-lsp-disable-file duplicate-section -->",
        "<!-- vip-lsp-disable-file no-such-rule -->",
    ]);
    (proposal(), prop::collection::vec((comment, any::<prop::sample::Index>()), 0..3)).prop_map(
        |(content, comments)| {
            let text = vip_lsp::text::Text::new(&content);
            let ending = text.line_ending().as_str();
            let place = |at: &prop::sample::Index| text.line_start(at.index(text.line_count())).max(text.start());
            let edits: Vec<_> =
                comments.iter().map(|(comment, at)| Edit::insert(place(at), format!("{comment}{ending}"))).collect();
            apply(&text, &edits).to_string()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_suppressing_comment_removes_its_diagnostic_and_changes_nothing_else(content in suppressed()) {
        let template: Arc<Template> = Template::built_in();
        let document = Document::open(&content);
        let proposal = Proposal::of(&document, &template);
        let before = found(&document);
        for diagnostic in &before {
            for fix in suppressing(&proposal, diagnostic) {
                let suppressed = apply(document.text(), &fix.edits).to_string();
                let left = found(&Document::closed(&suppressed));
                let count = |found: &[Diagnostic], of| found.iter().filter(|found| key(found) == of).count();
                let own = key(diagnostic);
                prop_assert!(count(&left, own) < count(&before, own), "{} leaves it in {suppressed:?}", fix.title);
                for other in left.iter().map(key) {
                    prop_assert!(count(&left, other) <= count(&before, other), "{} brings {other:?} to {suppressed:?}", fix.title);
                }
                prop_assert_eq!(fix.edits.len(), 1);
                prop_assert!(fix.edits[0].span.is_empty(), "only inserts");
                let bare = fix.edits[0].content.replace(document.text().line_ending().as_str(), "");
                prop_assert!(!bare.contains(['\n', '\r']), "in the document's line ending");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_safe_fixes_at_once_leave_nothing_to_fix_safely(content in suppressed()) {
        let template: Arc<Template> = Template::built_in();
        let document = Document::open(&content);
        let edits = fix_all(&Proposal::of(&document, &template).in_file(Path::new(FILE)), &Severities::default());
        prop_assert!(edits.windows(2).all(|pair| pair[0].span.end < pair[1].span.start), "{edits:?}");
        let fixed = apply(document.text(), &edits).to_string();
        let after = Document::closed(&fixed);
        prop_assert_eq!(fix_all(&Proposal::of(&after, &template).in_file(Path::new(FILE)), &Severities::default()), []);
        let (before, left) = (found(&document), found(&after));
        // A status that is mended may be one that asks for more.
        let is_known = |left: &Diagnostic| {
            matches!(left.rule.id, "release-required" | "unfinished-accepted")
                || before.iter().any(|before| key(before) == key(left))
        };
        prop_assert!(left.iter().all(is_known), "brings {left:?} to {fixed:?}");
        // Every letter stays, but for the comments and the one slip of the keyboard.
        let letters = |content: &str| {
            let lines = content.split(['\n', '\r']).filter(|line| !line.contains("vip-lsp-"));
            let text = lines.collect::<Vec<_>>().join("\n").replace("Acepted", "Accepted").to_lowercase();
            text.chars().filter(|character| character.is_alphanumeric()).collect::<String>()
        };
        prop_assert_eq!(letters(&content), letters(&fixed));
    }

    #[test]
    fn a_rewrite_keeps_the_authors_words(content in proposal()) {
        let (document, template) = (Document::open(&content), Template::built_in());
        for edits in Rewrite::ALL.iter().filter_map(|rewrite| rewrite.edits(&Proposal::of(&document, &template)).ok()) {
            prop_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{edits:?}");
            check_words(&content, &apply(document.text(), &edits).to_string(), &template)?;
        }
    }
}

/// Whatever a fix takes out is the template's: the author's words stay.
fn check_words(content: &str, fixed: &str, template: &Template) -> Result<(), TestCaseError> {
    let of_template = template.text.to_string();
    let mut left: Vec<&str> = fixed.split_whitespace().collect();
    for word in content.split_whitespace() {
        match left.iter().position(|other| *other == word) {
            Some(place) => drop(left.swap_remove(place)),
            None => prop_assert!(
                of_template.contains(word.trim_matches(['_', '*'])) || matches!(word, "-" | "1." | "2."),
                "{word} is gone from {fixed:?}"
            ),
        }
    }
    Ok(())
}

/// Documents that broke servers for Markdown, and some that could.
fn odd_documents() -> Vec<String> {
    let mut documents: Vec<String> = [
        "",
        "\n",
        "\0",
        "\u{feff}",
        "\u{feff}---\n---",
        "---",
        "---\n",
        "[][][]",
        "# ",
        "#\n#\n##",
        "- ",
        "-\n-\n  -",
        "* **",
        "- **:",
        "- **a**",
        "- **a:b",
        "- __a__: ",
        "|",
        "||\n|-|",
        "=",
        "a\n=",
        "```",
        "~~~\n```",
        "<!--",
        "<",
        "</",
        "<?",
        "<![CDATA[",
        "&#0;",
        "# &#0; &notanentity;",
        "# _a_ (b) [c] {#d}",
        "# ()",
        "# (a",
        "# a)",
        "# (a) b (",
        "# `",
        "# _",
        "# [a](b) (c)",
        "\r\r\n\n\r",
        "\u{2028}# a\u{85}# b",
        "# a\\",
    ]
    .map(str::to_owned)
    .to_vec();
    for (piece, times) in [
        ("> ", 300),
        ("- ", 300),
        ("[", 2000),
        ("*a_ ", 2000),
        ("~~a ~b ", 2000),
        ("# ", 500),
        ("\n", 5000),
        ("<a>", 1000),
        ("| a ", 2000),
        ("\t", 500),
        ("<!-- vip-lsp-disable -->\n", 40),
        ("<!-- vip-lsp-disable-next-line a --> ", 40),
    ] {
        documents.push(piece.repeat(times));
        documents.push(format!("# VIP-7: A\n\n## Introduction\n\n{}", piece.repeat(times)));
    }
    documents
}

/// Asks for everything that an editor can ask for, at every place of a small document.
fn ask_for_everything(content: &str) {
    let template = Template::derive(content, None);
    for document in [Document::open(content), Document::open(content).with_tree(), Document::closed(content)] {
        for template in [&*Template::built_in(), &template] {
            let proposal = Proposal::of(&document, template);
            let diagnostics = check(&proposal, &Severities::default());
            for diagnostic in &diagnostics {
                fixes(&proposal, diagnostic);
                suppressing(&proposal, diagnostic);
            }
            fix_all(&proposal, &Severities::default());
            outline(&proposal);
            hints(&proposal, document.text().span());
            folds(&proposal, 3);
            check_folds(document.text(), &folds(&proposal, usize::MAX));
            check_tokens(document.text(), &tokens(&proposal, document.text().span()));
            let step = 1 + content.len() / 50;
            for offset in (0..=content.len()).step_by(step).filter(|&offset| content.is_char_boundary(offset)) {
                let offset = Offset::new(offset);
                complete(&proposal, offset, Trigger::Invoked);
                hover(&proposal, &diagnostics, None, offset);
                highlights(&proposal, offset);
                linked(&proposal, offset);
                check_selection(document.text(), offset, &selection(&proposal, offset));
            }
        }
    }
}

/// Folds have more than one line each, no two the same, and none ends behind one that it starts in.
fn check_folds(text: &Text, folds: &[Fold]) {
    let lines: Vec<_> = folds.iter().map(|fold| (text.line_at(fold.span.start), text.line_at(fold.span.end))).collect();
    assert!(lines.iter().all(|(first, last)| first < last), "{lines:?}");
    let is_ordered = |pair: &[(usize, usize)]| pair[0].0 < pair[1].0 || pair[0].0 == pair[1].0 && pair[0].1 > pair[1].1;
    assert!(lines.windows(2).all(is_ordered), "{lines:?}");
    for (index, outer) in lines.iter().enumerate() {
        let crosses = |inner: &(usize, usize)| inner.0 <= outer.1 && inner.1 > outer.1;
        assert!(!lines[index + 1..].iter().any(crosses), "{lines:?}");
    }
}

/// Tokens have something of one line each, and none shares a byte with another.
fn check_tokens(text: &Text, tokens: &[Token]) {
    let is_in_line = |token: &Token| text.line_at(token.span.start) == text.line_at(token.span.end);
    assert!(tokens.iter().all(|token| !token.span.is_empty() && is_in_line(token)), "{tokens:?}");
    assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{tokens:?}");
}

/// Every selection has the one before it and more, and the place; the last is the document.
fn check_selection(text: &Text, offset: Offset, spans: &[Span]) {
    assert_eq!(spans.last(), Some(&text.span()));
    assert!(spans.iter().all(|span| span.touches(offset)), "{offset:?} {spans:?}");
    let content = text.to_string();
    let is_boundary = |offset: Offset| content.is_char_boundary(offset.get());
    assert!(spans.iter().all(|span| is_boundary(span.start) && is_boundary(span.end)), "{spans:?}");
    let grows =
        |pair: &[Span]| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0].len() < pair[1].len();
    assert!(spans.windows(2).all(grows), "{offset:?} {spans:?}");
}

#[test]
fn odd_documents_are_served() {
    for document in odd_documents() {
        ask_for_everything(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_served(pieces in prop::collection::vec(select(odd_documents()), 0..8), text in any::<String>()) {
        let short: Vec<&String> = pieces.iter().filter(|piece| piece.len() < 100).collect();
        let content: String = short.into_iter().flat_map(|piece| [piece.as_str(), "\n"]).chain([text.as_str()]).collect();
        ask_for_everything(&content);
    }

    #[test]
    fn any_settings_file_is_read_with_problems_at_places_in_it(pieces in prop::collection::vec(select(TOML.to_vec()), 0..20)) {
        let content = pieces.concat();
        let text = Text::new(&content);
        for problem in Settings::of_toml(&content, std::path::Path::new("/")).1 {
            let span = problem.span.expect("a place");
            prop_assert!(content.is_char_boundary(span.start.get()) && content.is_char_boundary(span.end.get()));
            prop_assert!(span.end <= text.end());
        }
    }
}

/// Pieces of settings files, good and bad.
const TOML: [&str; 34] = [
    "template",
    "include",
    "rules",
    "sections",
    "missing-section",
    "aliases",
    "max-words",
    "x",
    "é",
    " = ",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\n",
    "\r",
    "\r\n",
    "\u{feff}",
    "\"off\"",
    "'💡'",
    "true",
    "300",
    "1e9",
    "#",
    "\\u",
    "\0",
    "[[",
];

/// `inserted` into `content` at `at`, a section has a blank line before and after it, or the document's start or end.
fn check_blank_lines(content: &str, at: usize, inserted: &str) -> Result<(), TestCaseError> {
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let (before, after) = (plain(&content[..at]), plain(&content[at..]));
    let inserted = plain(inserted);
    let section = inserted.trim();
    let start = inserted.len() - inserted.trim_start().len();
    let before = before + &inserted[..start];
    let after = inserted[start + section.len()..].to_owned() + &after;
    let mut lines = before.rsplit('\n');
    let is_first = before.trim_matches(['\u{feff}', '\n', ' ']).is_empty();
    prop_assert_eq!(lines.next(), Some(if is_first && before.starts_with('\u{feff}') { "\u{feff}" } else { "" }));
    prop_assert!(is_first || lines.next().is_some_and(|line| line.trim().is_empty()), "{:?}", before);
    prop_assert!(after.is_empty() || after.starts_with('\n'));
    prop_assert!(after.lines().nth(1).is_none_or(|line| line.trim().is_empty()), "{:?}", after);
    Ok(())
}
