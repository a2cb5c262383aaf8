//! `number-mismatch`: file name, title and front matter have different numbers.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::Proposal;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "number-mismatch",
    severity: Severity::Warning,
    summary: "file name, title and front matter have different numbers",
    docs: Docs {
        why: "A number that was changed in one place only sends readers and links to another proposal. The file's name counts; \
              without a file, the title.",
        bad: "---\npermalink: /docs/xip-2\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "---\npermalink: /docs/xip-1\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Proposal,
    check: |proposal, findings| {
        let Some((number, place)) = right(proposal) else { return };
        for (wrong, name) in numbers(proposal) {
            let digits = proposal.text().slice(wrong);
            if value(&digits) != value(&number) {
                let message = format!("{name} has the number {digits}, {place} has {number}; give them one number");
                findings.push(Finding::new(wrong, message));
            }
        }
    },
    fixes,
};

/// The number that counts, and what has it.
fn right(proposal: &Proposal<'_>) -> Option<(String, &'static str)> {
    let of_file = proposal.number().map(|number| (number.to_owned(), "the file's name"));
    of_file.or_else(|| Some((proposal.text().slice(of_title(proposal)?).into_owned(), "the title")))
}

/// Numbers as they are written differ in zeros at the start.
fn value(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// Every number that should be the proposal's, and what has it.
fn numbers(proposal: &Proposal<'_>) -> Vec<(Span, String)> {
    let mut numbers: Vec<(Span, String)> =
        of_title(proposal).map(|span| (span, "the title".to_owned())).into_iter().collect();
    let Some(metadata) = proposal.all_metadata().find(|metadata| metadata.form == crate::template::Form::FrontMatter)
    else {
        return numbers;
    };
    for entry in &metadata.entries {
        let source = proposal.text().slice(entry.value);
        let place = match entry.key.as_str() {
            "title" => in_title(proposal, &source),
            "permalink" | "url" | "slug" => in_path(proposal, &source),
            key if proposal.template.is_number_key(key) => {
                let is_number = !source.is_empty() && source.bytes().all(|byte| byte.is_ascii_digit());
                is_number.then_some(0..source.len())
            }
            _ => None,
        };
        numbers.extend(
            place.map(|range| {
                (Span::of_range(entry.value.start, range), format!("\"{}\" in the front matter", entry.key))
            }),
        );
    }
    numbers
}

fn of_title(proposal: &Proposal<'_>) -> Option<Span> {
    let content = proposal.title()?.heading.content;
    let range = in_title(proposal, &proposal.text().slice(content))?;
    Some(Span::of_range(content.start, range))
}

fn in_title(proposal: &Proposal<'_>, title: &str) -> Option<std::ops::Range<usize>> {
    Some(proposal.template.read_number(title)?.digits)
}

/// The number in the last part of the path `source`.
fn in_path(proposal: &Proposal<'_>, source: &str) -> Option<std::ops::Range<usize>> {
    let path = source.trim_end_matches('/');
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    let number = proposal.template.number_of(std::path::Path::new(&path[start..]))?;
    let at = start + path[start..].find(number)?;
    Some(at..at + number.len())
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((number, _)) = right(proposal) else { return Vec::new() };
    let wrong = proposal.text().slice(diagnostic.span);
    let number = value(&number);
    // As many digits as there were, where they were filled up with zeros.
    let width = if wrong.starts_with('0') { wrong.len() } else { 0 };
    let content = format!("{number:0>width$}");
    let edit = Edit { span: diagnostic.span, content };
    vec![Fix::new(format!("Change the number to {number}"), vec![edit]).preferred()]
}
