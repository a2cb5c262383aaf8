//! `unfilled-placeholder`: the title or a metadata value is still the template's placeholder.

use super::{About, Diagnostic, Docs, Finding, Fix, Rule, Several, Severity, says};
use crate::document::{
    Deviation, Proposal, Unfilled, UnfilledKind, instead_of_example, is_same_value, suggested, unfilled_key,
};
use crate::terms::KeyKind;
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "unfilled-placeholder",
    severity: Severity::Warning,
    summary: "the title or a metadata value is still the template's placeholder",
    docs: Docs {
        why: "A title or author that only says what to write is as good as missing, and index pages and tools show it \
              first. It is a hint while the proposal is being written: until its status moves on or every section is \
              written; without a status, until half of the sections are.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: _(Names)_\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: _A. Author_\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: find,
    fixes,
    several: Some(Several { says: "template placeholders are left", about: About::Nothing }),
    reads_sidecars: true,
    grows_with_status: true,
    ..Rule::PLAIN
};

/// Adds the placeholders in `proposal` to `findings`.
pub(super) fn find(proposal: &Proposal<'_>, findings: &mut Vec<Finding>) {
    let all = proposal.unfilled();
    let may_be_model = is_model(proposal, all);
    findings.extend(all.iter().map(|found| {
        let finding = finding(proposal, found);
        let is_sample = matches!(found.kind, UnfilledKind::Sample(..));
        if is_sample && may_be_model { finding.severe(Severity::Information) } else { finding }
    }));
}

/// Whether the template may have been made from this very document, as it has the template's day, and a status that the template
/// does not have.
fn is_model(proposal: &Proposal<'_>, found: &[Unfilled<'_>]) -> bool {
    let key = |index: usize| &proposal.template.metadata[index];
    let has_day = found.iter().any(|found| match found.kind {
        UnfilledKind::Sample(_, index) => key(index).kind() == Some(KeyKind::Date),
        _ => false,
    });
    let own = proposal.template.metadata.iter().find(|key| key.kind() == Some(KeyKind::Status));
    has_day
        && proposal.status().is_some_and(|status| own.is_some_and(|own| !is_same_value(&own.placeholder, &status.text)))
}

fn finding(proposal: &Proposal<'_>, found: &Unfilled<'_>) -> Finding {
    let advice = if found.is_optional { "fill it in, or remove it" } else { "fill it in" };
    let message = match &found.kind {
        UnfilledKind::InTitle(placeholder) => {
            says(format!("title still has the template's placeholder \"{placeholder}\""), "fill it in")
        }
        UnfilledKind::Title => says("title is still the template's", "give the proposal its own"),
        UnfilledKind::Value(key) => says(format!("\"{key}\" still has the template's placeholder"), advice),
        UnfilledKind::Sample(key, _) => {
            says(format!("\"{key}\" still has the template's example"), "write the proposal's own value, or none")
        }
    };
    let finding = Finding::new(found.span, message);
    // A placeholder for an optional value says nothing wrong, while an example does.
    match found.kind {
        UnfilledKind::Value(_) if found.is_optional => finding.severe(Severity::Information),
        UnfilledKind::Sample(_, index) => finding.lowered_by_any(proposal, Deviation::KeepsValue(index)),
        _ => finding,
    }
}

/// Returns fixes that write the suggested values: one that the template allows, the author's name, today. Of an example, only one
/// that is a single value is replaced.
fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(found) = proposal.unfilled().iter().find(|found| found.span == diagnostic.span) else { return Vec::new() };
    let Some(&span) = found.placeholders.first() else { return Vec::new() };
    let values = match (&found.kind, &found.placeholders[..]) {
        (UnfilledKind::Sample(_, index), [_]) => {
            instead_of_example(proposal, &proposal.template.metadata[*index]).into_iter().collect()
        }
        _ => unfilled_key(proposal, found).map(|key| suggested(proposal, key)).unwrap_or_default(),
    };
    let fix = |value: String| Fix::new(format!("Write \"{value}\""), vec![Edit { span, content: value }]);
    values.into_iter().map(fix).collect()
}
