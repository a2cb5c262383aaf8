//! Readiness, in a line and piece by piece, and what the lens says of it.

use crate::document::{Document, Proposal};
use crate::features::lens;
use crate::features::readiness::{Progress, Readiness, SectionLength};
use crate::features::todo::todo;
use crate::rules::{Severities, check};
use crate::template::Template;

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

- **Status**: _one of ['Draft', 'Accepted', 'Rejected']_
- **Author(s)**: _(Names)_

## Summary _(4 words at most)_

_Say what changes._

## Scope

## Design

_Say how it is done._

## Notes _(optional)_
";

fn read(source: &str) -> (Readiness, String) {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::open(source);
    let proposal = Proposal::of(&document, &template);
    let diagnostics = check(&proposal, &Severities::default());
    (Readiness::of(&proposal, &diagnostics, &Severities::default()), lens::readiness(&proposal, &diagnostics))
}

fn check_lines(source: &str, line: &str, lens: &str) {
    let (readiness, title) = read(source);
    assert_eq!((readiness.line().as_str(), title.as_str()), (line, lens), "{source}");
}

const HEAD: &str = "# XIP-7: Cache 💡\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n";

#[test]
fn a_proposal_is_ready_when_nothing_is_in_its_way() {
    let done = format!("{HEAD}\n## Summary\n\nFast.\n\n## Scope\n\nAll.\n\n## Design\n\nA map.\n");
    check_lines(&done, "XIP-7 is ready for Accepted", "3 of 3 sections, no findings");
    let accepted = done.replace("Draft", "Accepted");
    check_lines(&accepted, "XIP-7 is complete", "3 of 3 sections, no findings");
    check_lines(
        &accepted.replace("All.", ""),
        "XIP-7 is not complete: section \"Scope\" is empty",
        "2 of 3 sections, 1 to do",
    );
}

#[test]
fn reasons_are_told_rule_by_rule() {
    check_lines(
        &format!("{HEAD}\n## Summary\n\nOne two three four five.\n"),
        "XIP-7 is not ready for Accepted: section \"Summary\" has 5 words, but at most 4 are allowed; 2 sections are missing: Scope, Design",
        "1 of 3 sections, 3 findings",
    );
    check_lines(
        "# XIP-7: $TITLE\n\n- **Author(s)**: _(Names)_\n\n## Summary\n\n_Say what changes._\n\n## Scope\n\n## Design\n\n_Say how it is done._\n\n\
         [a](x) [b](y)\n\n## Notes\n",
        "XIP-7 is not ready for Draft: 2 template placeholders are left; metadata \"Status\" is missing; section \"Summary\" has only the template's text; section \"Scope\" is empty; 1 template instruction is left",
        "1 of 3 sections, 4 findings",
    );
}

#[test]
fn what_is_only_due_at_the_next_status_is_listed_with_it() {
    let template = Template::derive("# XIP-NNN: T\n\n- Status: Draft | Implemented\n- Release:\n\n## Summary\n", None);
    let document = Document::open("# XIP-7: C\n\n- Status: Draft\n- Release: N/A\n\n## Summary\n\nFast.\n");
    let proposal = Proposal::of(&document, &template);
    let list = todo(&proposal, &[], &Severities::default());
    let said: Vec<_> = list.iter().map(|todo| todo.message.as_str()).collect();
    assert_eq!(said, ["before \"Implemented\": no release is named"]);
}

#[test]
fn what_the_next_status_asks_for_is_in_the_way() {
    let template = "# XIP-NNN: T\n\n- Status: Draft | Accepted | Implemented\n- Release:\n\n## Summary\n";
    let line = |status: &str, release: &str, severities: &Severities| {
        let (template, source) = (
            Template::derive(template, None),
            format!("# XIP-7: C\n\n- Status: {status}\n- Release: {release}\n\n## Summary\n\nFast.\n"),
        );
        let document = Document::open(&source);
        let proposal = Proposal::of(&document, &template);
        Readiness::of(&proposal, &check(&proposal, severities), severities).line()
    };
    let all = Severities::default();
    assert_eq!(line("Accepted", "N/A", &all), "XIP-7 is not ready for Implemented: no release is named");
    assert_eq!(line("_Accepted_", "", &all), "XIP-7 is not ready for Implemented: no release is named");
    assert_eq!(line("Accepted", "1.2", &all), "XIP-7 is ready for Implemented");
    assert_eq!(line("Draft", "N/A", &all), "XIP-7 is ready for Accepted");
    assert_eq!(line("Implemented", "N/A", &all), "XIP-7 is not complete: no release is named");
    let quiet = "N/A <!-- vip-lsp-disable-file release-required -->";
    assert_eq!(line("Accepted", quiet, &all), "XIP-7 is ready for Implemented");
}

#[test]
fn an_instruction_that_is_left_is_told_once() {
    check_lines(
        &format!(
            "{HEAD}\n## Summary\n\n_Say what changes._\n\nIt is fast.\n\n## Scope\n\nAll.\n\n## Design\n\nA map.\n"
        )
        .replace("Draft", "Accepted"),
        "XIP-7 is not complete: 1 template instruction is left",
        "3 of 3 sections, 1 finding",
    );
}

#[test]
fn a_document_that_cannot_be_checked_is_not_ready() {
    check_lines(
        "# XIP-7: A\n",
        "XIP-7 is not ready for Draft: proposal has no sections yet",
        "0 of 3 sections, 1 finding",
    );
    check_lines("", "the proposal is not ready for Draft: proposal has no sections yet", "0 of 3 sections, 1 finding");
}

#[test]
fn the_length_is_that_of_the_first_section_with_a_limit() {
    let (readiness, _) = read(&format!("{HEAD}\n## Summary\n\nOne 💡 two.\n"));
    let expected = SectionLength { section: "Summary".to_owned(), count: 2, limit: 4, unit: "words" };
    assert_eq!((readiness.length, readiness.sections), (Some(expected), Progress { done: 1, required: 3 }));
    let (readiness, _) = read(&format!("{HEAD}\n## Scope\n"));
    assert_eq!(readiness.length, None);
}

#[test]
fn a_lens_counts_one_section_or_none() {
    for (template, expected) in [
        ("# XIP-NNN: T\n\n## A\n\n## B _(optional)_\n", "1 of 1 section, no findings"),
        ("# XIP-NNN: T\n\n## A _(optional)_\n\n## B _(optional)_\n", "no findings"),
    ] {
        let template = Template::derive(template, None);
        let document = Document::open("# XIP-1: C\n\n## A\n\nText.\n");
        let proposal = Proposal::of(&document, &template);
        let diagnostics = check(&proposal, &Severities::default());
        assert_eq!(lens::readiness(&proposal, &diagnostics), expected);
    }
}

#[test]
fn a_lens_stands_at_the_title_within_one_line() {
    for (source, expected) in [
        ("\n# XIP-1: C 💡 #\n", "XIP-1: C 💡"),
        ("XIP-1:\nC\n===\n\n## Summary\n", "XIP-1:"),
        ("## Summary\n\nText.\n", "## Summary"),
        ("", ""),
    ] {
        let template = Template::derive(TEMPLATE, None);
        let document = Document::open(source);
        let lens = lens::lenses(&Proposal::of(&document, &template), false)[0];
        assert_eq!(document.text().slice(lens.span), expected, "{source:?}");
    }
}
