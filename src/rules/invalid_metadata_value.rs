//! `invalid-metadata-value`: a metadata value is not one of those that the template lists.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity};
use crate::document::Proposal;
use crate::syntax::{Entry, fold_space};
use crate::text::{Edit, Span};

/// How many letters a misspelt value may be off.
const MAX_SLIP: usize = 2;

pub(super) static RULE: Rule = Rule {
    id: "invalid-metadata-value",
    severity: Severity::Warning,
    summary: "a metadata value is not one of the template's",
    docs: Docs {
        why: "Index pages and tools group proposals by these values. Upper and lower case do not matter, nor does a remark \
              behind a value, as in `Accepted (in part)`.",
        bad: "# XIP-1: Cache\n\n- **Status**: Drafted\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: _accepted (in part)_\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    check: |proposal, findings| findings.extend(invalid(proposal)),
    fixes,
};

fn invalid(proposal: &Proposal<'_>) -> Vec<Finding> {
    let entries = proposal.entries();
    entries.iter().filter_map(|entry| finding(proposal, entry)).collect()
}

fn finding(proposal: &Proposal<'_>, entry: &Entry) -> Option<Finding> {
    let key = proposal.template.metadata_key(&entry.key).filter(|key| !key.values.is_empty())?;
    let span = bare(proposal, entry.value);
    let value = proposal.text().slice(span).into_owned();
    let whole = fold_space(&proposal.text().slice(Span::new(entry.value.start, entry.span.end)));
    if value.is_empty() || whole == key.placeholder || key.values.iter().any(|allowed| is_value(&value, allowed)) {
        return None;
    }
    let allowed = key.values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
    let message = format!("\"{value}\" is no {} of the template; use one of {allowed}", entry.key.to_lowercase());
    let index = proposal.template.metadata.iter().position(|other| other.name == key.name);
    Some(Finding { subject: index, ..Finding::new(span, message) })
}

/// The value at `span` without the marks of bold or italic text around it.
fn bare(proposal: &Proposal<'_>, span: Span) -> Span {
    const MARKS: [char; 3] = ['_', '*', '`'];
    let value = proposal.text().slice(span);
    let inside = value.trim_start_matches(MARKS);
    let start = span.start + (value.len() - inside.len());
    Span::new(start, start + inside.trim_end_matches(MARKS).len())
}

/// Whether `value` is `allowed`, perhaps with a remark behind it.
fn is_value(value: &str, allowed: &str) -> bool {
    let rest = value.to_lowercase().strip_prefix(&allowed.to_lowercase()).map(str::to_owned);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(key) = diagnostic.subject.and_then(|index| proposal.template.metadata.get(index)) else {
        return Vec::new();
    };
    let value = proposal.text().slice(diagnostic.span).to_lowercase();
    let distance = |allowed: &str| strsim::levenshtein(&value, &allowed.to_lowercase());
    let mut values: Vec<_> = key.values.iter().map(|allowed| (distance(allowed), allowed)).collect();
    values.sort_by_key(|(distance, _)| *distance);
    let is_slip = values.get(1).is_none_or(|next| next.0 > values[0].0);
    let fix = |(index, (distance, allowed)): (usize, &(usize, &String))| {
        let edit = Edit { span: diagnostic.span, content: (*allowed).clone() };
        let fix = Fix::new(format!("Change to \"{allowed}\""), vec![edit]);
        let is_safe = index == 0 && is_slip && is_misspelt(allowed, *distance);
        Fix { is_preferred: index == 0, is_safe, ..fix }
    };
    values.iter().enumerate().map(fix).collect()
}

/// Whether what is `distance` letters off from `allowed` can be nothing else. A number may well be another number, and so
/// little is left of a short word that it may be another word.
fn is_misspelt(allowed: &str, distance: usize) -> bool {
    distance <= MAX_SLIP && 2 * distance < allowed.chars().count() && !allowed.contains(|sign: char| sign.is_numeric())
}
