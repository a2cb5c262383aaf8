//! Code lenses: what to know of a proposal, above its title.

use serde::{Deserialize, Serialize};

use super::readiness::Progress;
use crate::document::Proposal;
use crate::rules::{Diagnostic, Severity};
use crate::text::Span;

/// A lens, whose text is computed when it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// What it tells.
    pub kind: LensKind,
    /// The place that it is shown above, within a line.
    pub span: Span,
}

/// What a lens tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LensKind {
    /// How far the proposal is.
    Readiness,
    /// How many other documents refer to it.
    References,
}

/// The lenses of `proposal`; `is_referred_to` says whether other documents refer to it.
pub fn lenses(proposal: &Proposal<'_>, is_referred_to: bool) -> Vec<Lens> {
    let title = proposal.title_span();
    let line = proposal.text().line_span_at(title.start);
    let span = Span::new(title.start, title.end.min(line.end));
    let references = is_referred_to.then_some(LensKind::References);
    [Some(LensKind::Readiness), references].into_iter().flatten().map(|kind| Lens { kind, span }).collect()
}

/// What the lens of the references says, for `count` documents that refer to a proposal.
pub fn references(count: usize) -> String {
    match count {
        1 => "1 document refers to this".to_owned(),
        _ => format!("{count} documents refer to this"),
    }
}

/// What the lens of the readiness says of `proposal`, whose faults are `diagnostics`.
pub fn readiness(proposal: &Proposal<'_>, diagnostics: &[Diagnostic]) -> String {
    said(Progress::of(proposal), diagnostics)
}

/// `7 of 9 sections, 3 findings`
fn said(sections: Progress, diagnostics: &[Diagnostic]) -> String {
    // A hint is to be seen where it is, and not to be counted: an optional section may well be missing for ever.
    let findings = diagnostics.iter().filter(|found| found.severity <= Severity::Information).count();
    let findings = match findings {
        0 => "no findings".to_owned(),
        1 => "1 finding".to_owned(),
        _ => format!("{findings} findings"),
    };
    let Progress { done, required } = sections;
    match required {
        0 => findings,
        1 => format!("{done} of 1 section, {findings}"),
        _ => format!("{done} of {required} sections, {findings}"),
    }
}
