//! Code lenses: facts about a proposal, shown above its title.

use serde::{Deserialize, Serialize};

use super::readiness::{Progress, is_in_the_way};
use crate::document::Proposal;
use crate::rules::{Diagnostic, Severity};
use crate::text::Span;

/// A lens. Its text is computed when it becomes visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// What it shows.
    pub kind: LensKind,
    /// The place within a line that it is shown above.
    pub span: Span,
}

/// What a lens shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LensKind {
    /// How far the proposal is.
    Readiness,
    /// How many other documents refer to it.
    References,
    /// How many proposals follow an earlier version of a template.
    Followers,
    /// What bringing them to the current version would change.
    Migration,
}

/// Returns the lenses of `proposal`; `is_referred_to` says whether other documents refer to it.
pub fn lenses(proposal: &Proposal<'_>, is_referred_to: bool) -> Vec<Lens> {
    let title = proposal.title_span();
    let line = proposal.text().line_span_at(title.start);
    let span = Span::new(title.start, title.end.min(line.end));
    let references = is_referred_to.then_some(LensKind::References);
    [Some(LensKind::Readiness), references].into_iter().flatten().map(|kind| Lens { kind, span }).collect()
}

/// Returns the text of the references lens for a proposal that `count` documents refer to.
pub fn references(count: usize) -> String {
    match count {
        1 => "1 document refers to this".to_owned(),
        _ => format!("{count} documents refer to this"),
    }
}

/// Returns the text of the lens on a template of which `count` proposals follow an earlier version.
pub fn followers(count: usize) -> String {
    match count {
        1 => "1 proposal follows an earlier version".to_owned(),
        _ => format!("{count} proposals follow an earlier version"),
    }
}

/// The text of the lens on a template that shows what bringing them to the current version would change.
pub const MIGRATION: &str = "Preview bringing them to this one";

/// Returns the text of the readiness lens for `proposal`, whose faults are `diagnostics`.
pub fn readiness(proposal: &Proposal<'_>, diagnostics: &[Diagnostic]) -> String {
    // Hints are shown at their place, and an optional section may stay missing forever.
    let findings = diagnostics.iter().filter(|found| found.severity <= Severity::Information).count();
    let to_do = diagnostics.iter().filter(|found| is_in_the_way(proposal.template, found)).count();
    said(Progress::of(proposal), findings, to_do)
}

/// Formats the text, such as `7 of 9 sections, 3 findings`. Without findings, what is `to_do` is counted.
fn said(sections: Progress, findings: usize, to_do: usize) -> String {
    let findings = match (findings, to_do) {
        (0, 0) => "no findings".to_owned(),
        (0, _) => format!("{to_do} to do"),
        (1, _) => "1 finding".to_owned(),
        _ => format!("{findings} findings"),
    };
    let Progress { done, required } = sections;
    match required {
        0 => findings,
        1 => format!("{done} of 1 section, {findings}"),
        _ => format!("{done} of {required} sections, {findings}"),
    }
}
