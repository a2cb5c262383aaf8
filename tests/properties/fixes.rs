//! Fixes do what they say, and nothing else.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use vip_lsp::document::{Document, Proposal, migrate};
use vip_lsp::features::fix_all::fix_all;
use vip_lsp::features::rewrite::Rewrite;
use vip_lsp::rules::{Diagnostic, Fix, Severities, Suppressing, fixes};
use vip_lsp::template::Template;
use vip_lsp::text::{Edit, apply};

use super::generate::{FILE, found, found_with, key, other_proposal, proposal};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
const INSERTIONS: [&str; 6] =
    ["missing-section", "missing-optional-section", "stub-proposal", "other-form", "missing-metadata", "missing-title"];

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
    // A stub's one diagnostic, as that of an own form, stands for all that come with the first section. What is inserted is empty or has instructions,
    // and in a document whose sections are at sixes and sevens it can show one more of them out of place.
    let is_part = |found| proposal.is_part_of_own(found);
    let has_parts = template.sections.iter().filter_map(|section| proposal.section(section)).any(is_part);
    let is_disordered =
        has_parts || before.iter().any(|before| matches!(before.rule.id, "section-order" | "section-level"));
    let is_known = |left: &Diagnostic| match left.rule.id {
        _ if ["stub-proposal", "other-form"].contains(&diagnostic.rule.id) => true,
        _ if before.iter().any(|before| key(before) == key(left)) => true,
        // What the instructions leave, or a part that is now a section of its own, may be nothing.
        "empty-section" => diagnostic.rule.id != "section-name",
        "template-instruction" | "unfilled-section" => is_disordered || INSERTIONS.contains(&diagnostic.rule.id),
        // Two lists that an instruction held apart are one without it, and the second may say more of the same.
        "duplicate-metadata" | "invalid-metadata-value" => diagnostic.rule.id == "template-instruction",
        // A status that is mended may be one that asks for more, and so may a key that an instruction stood in the way of.
        "release-required" => ["invalid-metadata-value", "template-instruction"].contains(&diagnostic.rule.id),
        "unfinished-accepted" => {
            diagnostic.rule.id == "invalid-metadata-value" || INSERTIONS.contains(&diagnostic.rule.id)
        }
        // Another part of the same name may come first in it, and be longer or have a note, or a heading above the metadata.
        "section-too-long" | "heading-instruction" | "missing-metadata" => is_disordered,
        // Below a title that is too deep, so are the sections.
        "section-level" => is_disordered || INSERTIONS.contains(&diagnostic.rule.id),
        "section-order" | "duplicate-section" => is_disordered,
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
        "duplicate-definition" => {
            let links = |document: &Document| {
                document.links().links.iter().map(|link| link.destination.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(links(proposal.document), links(&after));
            let removed: String = fix.edits.iter().map(|edit| proposal.text().slice(edit.span)).collect();
            prop_assert_eq!(removed.trim(), proposal.text().slice(diagnostic.span));
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
            for fix in Suppressing::of(&proposal).fixes(&proposal, diagnostic) {
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
        let edits = fix_all(&Proposal::of(&document, &template).in_file(Path::new(FILE)), &Severities::default()).edits;
        prop_assert!(edits.windows(2).all(|pair| pair[0].span.end < pair[1].span.start), "{edits:?}");
        let fixed = apply(document.text(), &edits).to_string();
        let after = Document::closed(&fixed);
        prop_assert_eq!(fix_all(&Proposal::of(&after, &template).in_file(Path::new(FILE)), &Severities::default()).edits, []);
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
    fn a_migration_keeps_the_authors_words(content in proposal()) {
        let (document, template) = (Document::closed(&content), Template::built_in());
        let source = template.text.to_string();
        let source = source.replace("## Scope", "## Reach").replace("## Test Plan", "## Tests\n\n_How is it tested?_\n\n## Rollout");
        let later = Template::derive(&source.replace("## Problem Statement", "## Problem"), None);
        let migration = migrate(&Proposal::of(&document, &template), &later);
        let edits = &migration.edited.edits;
        prop_assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{edits:?}");
        let after = apply(document.text(), edits).to_string();
        check_words(&content, &after, &template)?;
    }

    #[test]
    fn a_rewrite_keeps_the_authors_words(content in proposal()) {
        let (document, template) = (Document::open(&content), Template::built_in());
        let edited = Rewrite::ALL.iter().filter_map(|rewrite| rewrite.edits(&Proposal::of(&document, &template)).ok());
        for edits in edited.map(|edited| edited.edits) {
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
                of_template.contains(word.trim_matches(['_', '*', ':'])) || matches!(word, "-" | "1." | "2."),
                "{word} is gone from {fixed:?}"
            ),
        }
    }
    Ok(())
}

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
