//! `number-mismatch`: file name, title and front matter have different numbers.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{OwnNumber, Proposal, own_numbers, title_number};
use crate::template::{Form, plain_digits};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "number-mismatch",
    severity: Severity::Warning,
    summary: "file name, title and front matter have different numbers",
    docs: Docs {
        why: "A number that was changed in only one place sends readers and links to another proposal. The number in the \
              name of the file or folder is right; if it has none, the one in the title is.",
        bad: "---\npermalink: /docs/xip-2\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "---\npermalink: /docs/xip-1\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        let Some((number, place)) = right(proposal).filter(|_| !proposal.is_moved()) else { return };
        for own in own_numbers(proposal) {
            let digits = proposal.text().slice(own.span);
            if value(&digits) != value(&number) {
                let name = name(&own);
                let message =
                    says(format!("{name} has the number {digits}, but {place} has {number}"), "use the same number");
                findings.push(Finding::new(own.span, message));
            }
        }
    },
    fixes,
    is_of_document: true,
    ..Rule::PLAIN
};

/// Returns the number that counts, and what has it.
fn right(proposal: &Proposal<'_>) -> Option<(String, &'static str)> {
    let in_folder = proposal.file().is_some_and(|file| proposal.template.has_number_in_folder(file));
    let place = if in_folder { "the folder's name" } else { "the file's name" };
    let of_file = proposal.number().map(|number| (number.to_owned(), place));
    of_file.or_else(|| Some((proposal.text().slice(title_number(proposal)?).into_owned(), "the title")))
}

/// Returns the number without leading zeros, for comparison.
fn value(digits: &str) -> String {
    plain_digits(digits).trim_start_matches('0').to_owned()
}

/// Returns what has the number, for a message.
fn name(number: &OwnNumber) -> String {
    match &number.key {
        Some((key, Form::FrontMatter)) => format!("\"{key}\" in the front matter"),
        Some((key, _)) => format!("\"{key}\" in the metadata"),
        None => "the title".to_owned(),
    }
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((number, _)) = right(proposal) else { return Vec::new() };
    let wrong = proposal.text().slice(diagnostic.span);
    let number = value(&number);
    // Keeps the number of digits if the old number is padded with zeros.
    let width = if wrong.starts_with('0') { wrong.len() } else { 0 };
    let content = format!("{number:0>width$}");
    let edit = Edit { span: diagnostic.span, content };
    vec![Fix::new(format!("Change the number to {number}"), vec![edit]).preferred()]
}
