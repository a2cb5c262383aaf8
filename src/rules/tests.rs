//! Every rule through one `check`: a document with its expectations beside it.

mod demands;
mod forms;
mod index;
mod instructions;
mod metadata;
mod missing_sections;
mod parts;
mod placeholders;
mod references;
mod relations;
mod sections;
mod states;
mod suppression;
mod typed;
mod values;
mod whole;

use super::examples::{PLAIN, TEMPLATE, template as example_template};
use super::*;
use crate::document::{Document, Proposal};
use crate::template::Template;
use crate::text::{Offset, Span, apply};

fn diagnostics(document: &Document, template: &Template) -> Vec<Diagnostic> {
    check_rules(&Proposal::of(document, template).within(&PLAIN))
}

fn check_rules(proposal: &Proposal<'_>) -> Vec<Diagnostic> {
    super::check(proposal, &Severities::default())
}

/// Rules that nearly every small document breaks: their findings count only where one is expected.
const BESIDE_THE_POINT: [&str; 3] = ["missing-metadata", "missing-title", "empty-section"];

/// Checks `marked` against the template of the examples. A line of `^^^ severity[rule]: message` says what is expected at
/// the marked part of the line above, with `‸` for an empty place; such lines are taken out before the document is read.
fn check(marked: &str) {
    check_with(TEMPLATE, marked);
}

/// The same against `template`.
fn check_with(template: &str, marked: &str) {
    let (source, expected) = unmark(marked);
    let template = Template::derive(template, None);
    let is_named = |rule: &str| expected.iter().any(|(_, text)| text.contains(&format!("[{rule}]")));
    for document in [Document::closed(&source), Document::open(&source)] {
        let mut found: Vec<_> = diagnostics(&document, &template)
            .iter()
            .filter(|found| !BESIDE_THE_POINT.contains(&found.rule.id) || is_named(found.rule.id))
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

/// Checks that the rule `id` has nothing to say of `source`, a proposal for `template`.
fn check_silent(id: &str, template: &str, source: &str) {
    let template = Template::derive(template, None);
    let document = Document::closed(source);
    let found: Vec<_> = diagnostics(&document, &template).into_iter().filter(|found| found.rule.id == id).collect();
    assert!(found.is_empty(), "{source}: {found:?}");
}

/// How many findings the rule `id` has in `source`.
fn found_ids(template: &Template, source: &str, id: &str) -> usize {
    diagnostics(&Document::closed(source), template).iter().filter(|found| found.rule.id == id).count()
}

fn unmark(marked: &str) -> (String, Vec<(Span, String)>) {
    let mut source = String::new();
    let mut expected = Vec::new();
    let mut line_start = 0;
    for line in marked.split_inclusive('\n') {
        let mark = line.trim_start_matches(' ');
        let from = line.len() - mark.len();
        let says = mark.trim_start_matches('^');
        let length = mark.len() - says.len();
        match mark.strip_prefix('‸') {
            None if length == 0 => {
                line_start = source.len();
                source.push_str(line);
            }
            empty => {
                let span = Span::of_range(Offset::new(line_start), from..from + length);
                expected.push((span, empty.unwrap_or(says).trim().to_owned()));
            }
        }
    }
    (source, expected)
}

/// Checks as [`check`] does, but only what the rule `id` finds.
fn check_silent_but(id: &str, marked: &str) {
    check_silent_but_with(id, TEMPLATE, marked);
}

/// The same against `template`.
fn check_silent_but_with(id: &str, template: &str, marked: &str) {
    let (source, expected) = unmark(marked);
    let template = Template::derive(template, None);
    let document = Document::closed(&source);
    let found = diagnostics(&document, &template).into_iter().filter(|found| found.rule.id == id);
    let text = |found: Diagnostic| format!("{}[{id}]: {}", found.severity.as_str(), found.message);
    assert_eq!(found.map(|found| (found.span, text(found))).collect::<Vec<_>>(), expected);
}

/// A document's surroundings, for its fixes.
struct Fixing {
    template: &'static str,
    file: &'static str,
}

impl Default for Fixing {
    fn default() -> Fixing {
        Fixing { template: TEMPLATE, file: "" }
    }
}

impl Fixing {
    /// Applies the fix called `title`, and checks what comes of it: the text, and that the diagnostic that it was offered for
    /// is gone and nothing new has come.
    fn check(&self, source: &str, title: &str, expected: &str) {
        let template = Template::derive(self.template, None);
        let file = std::path::Path::new(self.file);
        let document = Document::open(source);
        let proposal = Proposal::of(&document, &template).in_file(file).within(&PLAIN);
        let found = check_rules(&proposal);
        let offered = found.iter().flat_map(|found| fixes(&proposal, found).into_iter().map(move |fix| (found, fix)));
        let (diagnostic, fix) = offered.into_iter().find(|(_, fix)| fix.title == title).expect("the fix is offered");
        let fixed = apply(document.text(), &fix.edits).to_string();
        assert_eq!(fixed, expected);
        let after = Document::open(&fixed);
        let left = check_rules(&Proposal::of(&after, &template).in_file(file).within(&PLAIN));
        let is_same =
            |one: &Diagnostic, other: &Diagnostic| (one.rule.id, one.subject) == (other.rule.id, other.subject);
        // Of several instructions, one goes.
        let count = |found: &[Diagnostic]| found.iter().filter(|found| is_same(found, diagnostic)).count();
        assert!(count(&left) < count(&found), "{left:?}");
        // What is inserted with the template's instructions has them, and a stub's one diagnostic stands for many.
        let is_known = |left: &Diagnostic| {
            matches!(diagnostic.rule.id, "stub-proposal" | "other-form")
                || matches!(left.rule.id, "template-instruction" | "empty-section" | "unfilled-section")
                || found.iter().any(|found| is_same(found, left))
        };
        assert!(left.iter().all(is_known), "{left:?}");
    }
}

fn check_fix(source: &str, title: &str, expected: &str) {
    Fixing::default().check(source, title, expected);
}

#[test]
fn settings_change_the_severity_or_switch_a_rule_off() {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed("# XIP-1: Cache\n\n## Summary\n");
    let proposal = Proposal::of(&document, &template);
    let mut severities = Severities::default();
    severities.0.insert("missing-section", Some(Severity::Error));
    for rule in ["missing-optional-section", "missing-metadata", "empty-section"] {
        severities.0.insert(rule, None);
    }
    let found = super::check(&proposal, &severities);
    assert_eq!(
        found.iter().map(|found| (found.rule.id, found.severity)).collect::<Vec<_>>(),
        [("missing-section", Severity::Error)]
    );
}

#[test]
fn section_too_long_counts_the_words_of_the_author() {
    check(
        "# XIP-1: Cache\n\n## Summary\n   \
         ^^^^^^^ warning[section-too-long]: section \"Summary\" has 9 words, but at most 8 are allowed\n\n\
         One *two* three `four` fi**ve** 6 — seven eight-nine\nten.\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn section_too_long_is_silent_about_what_a_reader_does_not_read() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n_Say what changes._\n\
         ^^^^^^^^^^^^^^^^^^^ information[template-instruction]: \"Say what changes.\" is an instruction from the template; remove it once you have followed it\n\nOne [two](https://a.b/c \"d e\") three four five six seven eight.\n\n\
         <!-- a b c -->\n\n```\na b c\n```\n\n![a b c](https://example.org/d.png) <b></b> — … ---\n\n- [x] \n\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn section_too_long_leaves_out_an_instruction_with_a_list_below_it() {
    let template = Template::derive(
        "# XIP-NNN: Title\n\n## Summary _(2 words at most)_\n\n1. _Say what changes:_\n   1. Cost.\n",
        None,
    );
    let document = Document::closed("# XIP-1: Cache\n\n## Summary\n\n1. _Say what changes:_\n   1. Low cost.\n");
    let found = diagnostics(&document, &template);
    assert_eq!(found.iter().map(|found| found.rule.id).collect::<Vec<_>>(), ["template-instruction"]);
}

#[test]
fn section_too_long_points_at_the_first_word_over_the_limit() {
    let template = Template::derive(TEMPLATE, None);
    let source = "## Summary\n\n一二三 four &amp; five six 7 8 **ni**ne ten\n";
    let document = Document::open(source);
    let found = diagnostics(&document, &template);
    let related = &found.iter().find(|found| found.rule.id == "section-too-long").expect("it is too long").related;
    let RelatedPlace::Document(span) = related[0].place.clone() else { panic!("in the document") };
    assert_eq!(&*document.text().slice(span), "ni**ne");
    assert_eq!(related[0].message, "word 9 is here");
}

#[test]
fn duplicate_section_is_reported_at_the_second_one() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n## Design\n\n## Notes\n\n## 2. DESIGN\n   \
         ^^^^^^^^^ warning[duplicate-section]: section \"Design\" appears twice; merge the two, or rename this one\n",
    );
}

/// The sections of the template, behind metadata.
const SECTIONS: &str = "\n## Summary\n\n## Design\n\n## Notes\n";

#[test]
fn missing_metadata_is_reported_at_the_key_that_it_follows() {
    check(&format!(
        "# XIP-1: Cache\n\n* **Status**: Draft\n    \
         ^^^^^^ warning[missing-metadata]: metadata \"Author(s)\" is missing; add it after \"Status\"\n{SECTIONS}"
    ));
}

#[test]
fn missing_metadata_is_silent_about_spellings_and_other_forms() {
    for metadata in ["- Authors: A. Author\n- status: draft", "**Status:** Draft", "| Status | Draft |\n| - | - |"] {
        check_silent("missing-metadata", TEMPLATE, &format!("# XIP-1: Cache\n\n{metadata}\n{SECTIONS}"));
    }
    // Another key in place of the template's, a heading above the keys, the title below them.
    let template = "- Start: (date)\n- Project Issue: (number)\n\n## Summary\n\n## Design\n";
    for start in [
        "- Start: 1\n- Tracking Issue: 2",
        "## Cache\n\n- Start: 1\n- Project issue: 2",
        "- Start: 1\n- Project Issue: 2\n\n# Cache",
    ] {
        check_silent("missing-metadata", template, &format!("{start}\n\n## Summary\n\n## Design\n"));
    }
    check_silent("missing-metadata", TEMPLATE, &format!("---\nstatus: Draft\n---\n\n# XIP-1: Cache\n{SECTIONS}"));
}

#[test]
fn missing_metadata_is_one_finding_where_there_is_none_at_all() {
    check(&format!(
        "# XIP-1: Cache\n  \
         ^^^^^^^^^^^^ warning[missing-metadata]: metadata is missing; add \"Status\", \"Author(s)\" below the title\n\n\
         - one\n- two\n{SECTIONS}"
    ));
    check_fix(
        &format!("# XIP-1: Cache\n\nText.\n{SECTIONS}"),
        "Insert the template's metadata",
        &format!("# XIP-1: Cache\n\n- **Status**:\n- **Author(s)**:\n\nText.\n{SECTIONS}"),
    );
}

#[test]
fn missing_metadata_fix_inserts_the_key_at_its_place() {
    let fix = |source: &str, key: &str, expected: &str| {
        let title = format!("Insert metadata \"{key}\"");
        check_fix(
            &format!("# XIP-1: C\n\n{source}\n{SECTIONS}"),
            &title,
            &format!("# XIP-1: C\n\n{expected}\n{SECTIONS}"),
        );
    };
    fix("* **Status**: Draft\n  (for now)", "Author(s)", "* **Status**: Draft\n  (for now)\n* **Author(s)**:");
    fix("-  **Author(s)**: A. Author", "Status", "-  **Status**:\n-  **Author(s)**: A. Author");
}

#[test]
fn duplicate_metadata_is_reported_at_the_second_one() {
    check(&format!(
        "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Authors**: B. Author\n    \
         ^^^^^^^ warning[duplicate-metadata]: metadata \"Authors\" appears twice; merge the two\n{SECTIONS}"
    ));
}

#[test]
fn duplicate_metadata_is_silent_about_keys_of_the_author() {
    check(&format!(
        "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- Note: a\n- Note: b\n{SECTIONS}"
    ));
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
    let found = diagnostics(&Document::edited(edits), &template);
    assert!(found.iter().all(|found| found.rule.id != "document-too-large"), "{found:?}");
}
