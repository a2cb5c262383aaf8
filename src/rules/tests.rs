//! Every rule through one `check`: a document with its expectations beside it.

use super::examples::TEMPLATE;
use super::*;
use crate::document::Document;
use crate::template::Template;
use crate::text::{Offset, apply};

fn diagnostics(document: &Document, template: &Template) -> Vec<Diagnostic> {
    check_rules(&Proposal::of(document, template))
}

fn check_rules(proposal: &Proposal<'_>) -> Vec<Diagnostic> {
    super::check(proposal, &Severities::default())
}

/// Checks `marked` against the template of the examples. A line of `^^^ severity[rule]: message` says what is expected at
/// the marked part of the line above; such lines are taken out before the document is read.
fn check(marked: &str) {
    let (source, expected) = unmark(marked);
    let template = Template::derive(TEMPLATE, None);
    for document in [Document::closed(&source), Document::open(&source).with_tree()] {
        let mut found: Vec<_> = diagnostics(&document, &template)
            .iter()
            .map(|found| {
                let text = format!("{}[{}]: {}", found.severity.as_str(), found.rule.id, found.message);
                (found.span, text)
            })
            .collect();
        found.sort();
        let mut expected = expected.clone();
        expected.sort();
        assert_eq!(found, expected, "in {source}");
    }
}

fn unmark(marked: &str) -> (String, Vec<(Span, String)>) {
    let mut source = String::new();
    let mut expected = Vec::new();
    let mut line_start = 0;
    for line in marked.split_inclusive('\n') {
        let mark = line.trim_start_matches(' ');
        let from = line.len() - mark.len();
        let length = mark.len() - mark.trim_start_matches('^').len();
        if length == 0 {
            line_start = source.len();
            source.push_str(line);
        } else {
            let span = Span::of_range(Offset::new(line_start), from..from + length);
            expected.push((span, mark[length..].trim().to_owned()));
        }
    }
    (source, expected)
}

/// Applies the fix called `title`, and checks what comes of it: the text, and that the diagnostic that it was offered for
/// is gone and nothing new has come.
fn check_fix(source: &str, title: &str, expected: &str) {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::open(source).with_tree();
    let proposal = Proposal::of(&document, &template);
    let found = check_rules(&proposal);
    let offered = found.iter().flat_map(|found| fixes(&proposal, found).into_iter().map(move |fix| (found, fix)));
    let (diagnostic, fix) = offered.into_iter().find(|(_, fix)| fix.title == title).expect("the fix is offered");
    let fixed = apply(document.text(), &fix.edits).to_string();
    assert_eq!(fixed, expected);
    let after = Document::open(&fixed);
    let left = diagnostics(&after, &template);
    let is_same = |one: &Diagnostic, other: &Diagnostic| (one.rule.id, one.section) == (other.rule.id, other.section);
    assert!(!left.iter().any(|left| is_same(left, diagnostic)), "{left:?}");
    assert!(left.iter().all(|left| found.iter().any(|found| is_same(found, left))), "{left:?}");
}

#[test]
fn every_example_has_the_fault_or_not() {
    let template = Template::derive(TEMPLATE, None);
    for rule in RULES {
        let fires = |source: &str| {
            let document = Document::closed(source);
            diagnostics(&document, &template).iter().any(|found| found.rule.id == rule.id)
        };
        assert!(!fires(rule.docs.good), "{}: the good example has the fault", rule.id);
        assert!(rule.docs.bad.is_empty() || fires(rule.docs.bad), "{}: the bad example has no fault", rule.id);
        assert!(!rule.summary.is_empty() && !rule.docs.why.is_empty());
    }
}

#[test]
fn settings_change_the_severity_or_switch_a_rule_off() {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed("# XIP-1: Cache\n\n## Summary\n");
    let proposal = Proposal::of(&document, &template);
    let mut severities = Severities::default();
    severities.0.insert("missing-section", Some(Severity::Error));
    severities.0.insert("missing-optional-section", None);
    let found = super::check(&proposal, &severities);
    assert_eq!(
        found.iter().map(|found| (found.rule.id, found.severity)).collect::<Vec<_>>(),
        [("missing-section", Severity::Error)]
    );
}

#[test]
fn missing_section_is_reported_on_the_section_that_it_follows() {
    check(
        "# XIP-1: Cache\n\n## Summary\n   \
         ^^^^^^^ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n\n\
         ## Notes\n",
    );
}

#[test]
fn missing_section_is_reported_on_the_title_when_it_is_the_first() {
    check(
        "# XIP-1: Cache\n  \
         ^^^^^^^^^^^^ warning[missing-section]: section \"Summary\" is missing; add it before \"Design\"\n\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn missing_section_is_reported_on_the_first_line_without_a_title() {
    check(
        "Hello 💡.\n\
         ^^^^^^^^^^^ warning[missing-section]: section \"Summary\" is missing; add it before \"Design\"\n\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn missing_section_is_silent_about_other_spellings_of_the_name() {
    check("# XIP-1: Cache\n## SUMMARY _(8 words at most)_\n## 2. design:\n## Own\n## *Notes*\n");
    check("# XIP-1: Cache\n\nSummary\n---\n\nDesign (new)\n---\n\n## Notes ##\n");
}

#[test]
fn missing_section_is_silent_about_levels() {
    check("# Summary\n\n# Design\n\n# Notes\n");
    check("# XIP-1: Cache\n\n### Summary\n\n### Design\n\n### Notes\n");
    check("# XIP-1: Cache\n\n## Summary\n\n## Own\n\n### Design\n\n## Notes\n");
}

#[test]
fn missing_section_is_silent_in_front_of_crlf_and_a_byte_order_mark() {
    check("\u{feff}# XIP-1: Cache\r\n\r\n## Summary\r\n\r\n## Design\r\n\r\n## Notes\r\n");
    check("---\ntitle: x\n---\n# XIP-1: Cache\r## Summary\r## Design\r## Notes\r");
}

#[test]
fn missing_section_does_not_take_headings_in_code_quotes_lists_or_comments() {
    check(
        "# XIP-1: Cache\n\n## Summary\n   \
         ^^^^^^^ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n\n\
         ```md\n## Design\n```\n\n> ## Design\n\n- ## Design\n\n<!--\n## Design\n-->\n\n## Notes\n",
    );
}

#[test]
fn missing_section_fix_keeps_one_blank_line_around() {
    let fix = |source: &str, expected: &str| check_fix(source, "Insert section \"Design\"", expected);
    fix(
        "# XIP-1: C\n\n## Summary\n\nWords.\n\n## Notes\n",
        "# XIP-1: C\n\n## Summary\n\nWords.\n\n## Design\n\n## Notes\n",
    );
    fix("# XIP-1: C\n## Summary\nWords.\n## Notes\n", "# XIP-1: C\n## Summary\nWords.\n\n## Design\n\n## Notes\n");
    fix("## Summary\r\n\r\n### Part\r\n\r\n- a", "## Summary\r\n\r\n### Part\r\n\r\n- a\r\n\r\n## Design");
    fix("\u{feff}## Notes\n", "\u{feff}## Design\n\n## Notes\n");
    fix("A.\n## Notes\n", "A.\n\n## Design\n\n## Notes\n");
    fix("# Summary\n\n# Notes\n", "# Summary\n\n# Design\n\n# Notes\n");
    fix("## Summary\n\n```\ncode\n```  \n\n\n", "## Summary\n\n```\ncode\n```  \n\n## Design\n\n\n");
}

#[test]
fn missing_section_fix_with_guidance_has_the_sections_level() {
    check_fix(
        "# XIP-1: C\r\n\r\n### Summary\r\n\r\n### Notes\r\n",
        "Insert section \"Design\" with the template's guidance",
        "# XIP-1: C\r\n\r\n### Summary\r\n\r\n### Design\r\n\r\n_Say how it works._\r\n\r\n#### Alternatives\r\n\r\n\
         _Say what else was weighed._\r\n\r\n### Notes\r\n",
    );
}

#[test]
fn missing_section_fix_inserts_all_at_their_places() {
    check_fix(
        "# XIP-1: C\n\n## Design\n\nText.",
        "Insert all 2 missing sections",
        "# XIP-1: C\n\n## Summary\n\n## Design\n\nText.\n\n## Notes",
    );
}

#[test]
fn missing_section_has_no_fix_behind_an_unclosed_fence() {
    let template = Template::derive(TEMPLATE, None);
    for source in ["## Summary\n\n```\ncode\n", "## Summary\n\n<!-- note\n", "## Summary\n\n~~~~\n~~~\n\n"] {
        let document = Document::open(source);
        let proposal = Proposal::of(&document, &template);
        let found = check_rules(&proposal);
        assert_eq!(found.len(), 2, "{source}");
        assert!(found.iter().all(|found| fixes(&proposal, found).is_empty()), "{source}");
    }
}

#[test]
fn missing_optional_section_is_a_hint_with_a_fix() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n## Design\n   \
         ^^^^^^ hint[missing-optional-section]: optional section \"Notes\" is not there; add it after \"Design\" if it applies\n",
    );
    check_fix("## Summary\n\n## Design\n", "Insert section \"Notes\"", "## Summary\n\n## Design\n\n## Notes\n");
}

#[test]
fn missing_optional_section_is_silent_about_one_that_is_there_in_any_form() {
    check("## Summary\n\n## Design\n\n### Notes _(optional)_\n");
    check("## Notes\n\n## Summary\n\n## Design\n");
}

#[test]
fn section_too_long_counts_the_words_of_the_author() {
    check(
        "# XIP-1: Cache\n\n## Summary\n   \
         ^^^^^^^ warning[section-too-long]: summary has 9 words, at most 8 allowed\n\n\
         One *two* three `four` fi**ve** 6 — seven eight-nine\nten.\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn section_too_long_is_silent_about_what_a_reader_does_not_read() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n_Say what\nchanges._\n\nOne [two](https://a.b/c \"d e\") three four five six seven eight.\n\n\
         <!-- a b c -->\n\n```\na b c\n```\n\n![a b c](d.png) <b></b> — … ---\n\n- [x] \n\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn section_too_long_points_at_the_first_word_over_the_limit() {
    let template = Template::derive(TEMPLATE, None);
    let source = "## Summary\n\n一二三 four &amp; five six 7 8 **ni**ne ten\n";
    let document = Document::open(source);
    let found = diagnostics(&document, &template);
    let related = &found.iter().find(|found| found.rule.id == "section-too-long").expect("it is too long").related;
    let Place::Document(span) = related[0].place else { panic!("in the document") };
    assert_eq!(&*document.text().slice(span), "ni**ne");
    assert_eq!(related[0].message, "word 9 is here");
}

#[test]
fn stub_proposal_replaces_all_other_diagnostics() {
    check(
        "# XIP-1: Cache\n  \
         ^^^^^^^^^^^^ information[stub-proposal]: proposal has no section yet; insert the template's sections, from \"Summary\" on\n\n\
         - **Status**: Draft\n\nTo come.\n",
    );
}

#[test]
fn stub_proposal_is_silent_about_redirects() {
    check("# XIP-1: Cache\n\nThis proposal has moved to [XIP-2](xip-2.md).\n");
    check("---\ntitle: Cache\nredirect_to: /xip-2\n---\n");
}

#[test]
fn stub_proposal_fix_inserts_the_sections() {
    check_fix(
        "# XIP-1: C\n\nText.\n",
        "Insert all 3 missing sections",
        "# XIP-1: C\n\nText.\n\n## Summary\n\n## Design\n\n## Notes\n",
    );
    check_fix("", "Insert all 3 missing sections", "## Summary\n\n## Design\n\n## Notes\n");
}

#[test]
fn document_too_large_replaces_all_other_diagnostics() {
    let template = Template::derive(TEMPLATE, None);
    let large = "word ".repeat(crate::syntax::MAX_BYTES / 5 + 1);
    for document in [Document::closed(&large), Document::open(&large)] {
        let found = diagnostics(&document, &template);
        assert_eq!(found.iter().map(|found| found.rule.id).collect::<Vec<_>>(), ["document-too-large"]);
    }
    let document = Document::open(&large);
    let mut edits = document.edit();
    edits.replace_all("# XIP-1: Cache\n## Summary\n## Design\n## Notes\n");
    assert_eq!(diagnostics(&Document::edited(edits), &template).len(), 0);
}
