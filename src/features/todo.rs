//! What is left to do in a proposal, as a list that leads to each place.

use super::readiness::{due_at_next, is_in_the_way, next_status};
use crate::document::Proposal;
use crate::rules::{Diagnostic, Severities};
use crate::text::Span;

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    /// What is to be done, or what is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Whether it keeps the proposal from its next status, rather than being advice.
    pub is_required: bool,
}

/// Returns what is left to do in `proposal`, whose faults are `diagnostics` under `severities`: first what its next status requires,
/// then advice, each in the order of their places. A section that is too long is listed where the excess starts.
pub fn todo(proposal: &Proposal<'_>, diagnostics: &[Diagnostic], severities: &Severities) -> Vec<Todo> {
    let item = |found: &Diagnostic, message: String, span: Span| Todo {
        message,
        span,
        is_required: is_in_the_way(proposal.template, found),
    };
    let now = diagnostics.iter().map(|found| {
        let (message, span) = excess(proposal, found).unwrap_or_else(|| (found.message.to_string(), found.span));
        item(found, message, span)
    });
    // What is only due at the next status is found in a text with that status, so it is listed at the status of this one.
    let then = due_at_next(proposal, diagnostics, severities);
    let status = proposal.status().map_or(proposal.title_span(), |status| status.span);
    let next = next_status(proposal).unwrap_or_default();
    let at_next = |found: &Diagnostic| {
        let what = found.rule.one.unwrap_or(found.message.fault());
        item(found, format!("before \"{next}\": {what}"), status)
    };
    let mut list: Vec<Todo> = now.chain(then.iter().map(at_next)).collect();
    list.sort_by_key(|todo| (!todo.is_required, todo.span));
    list
}

/// Returns by how much the section that `found` is about is too long, and where the excess starts.
fn excess(proposal: &Proposal<'_>, found: &Diagnostic) -> Option<(String, Span)> {
    let section = proposal.template.sections.get(found.subject.filter(|_| found.rule.is_about_length)?)?;
    let length = proposal.lengths(section).into_iter().find(|length| length.over.is_some())?;
    let (over, unit) = (length.count.saturating_sub(length.limit), length.unit.as_str());
    let unit = if over == 1 { unit.trim_end_matches('s') } else { unit };
    Some((format!("\"{}\" is over by {over} {unit}", section.name), length.over?))
}
