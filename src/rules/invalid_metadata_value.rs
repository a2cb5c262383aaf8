//! `invalid-metadata-value`: a metadata value is not one of those that the template lists.

use super::nearest::is_near;
use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::{Deviation, Proposal, Share, bare, said_in};
use crate::syntax::{Entry, strip_signs};
use crate::template::bare_name;
use crate::text::Edit;

/// How many letters a misspelt value may be off.
const MAX_SLIP: usize = 2;

pub(super) static RULE: Rule = Rule {
    id: "invalid-metadata-value",
    severity: Severity::Warning,
    summary: "a metadata value is not one of the template's",
    docs: Docs {
        why: "Index pages and tools group proposals by these values. Upper and lower case do not matter, nor does a remark \
              behind a value, as in `Accepted (in part)`. \
              A value that another document has, too, is information, and so is one in a list divided by slashes that some go beyond.",
        bad: "# XIP-1: Cache\n\n- **Status**: Drafted\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: _accepted (in part)_\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: true,
    scope: Scope::Proposal,
    check: |proposal, findings| {
        let values = proposal.other_values().into_iter();
        findings.extend(values.filter_map(|(index, entry)| finding(proposal, index, entry)));
    },
    fixes,
};

/// Up to this share of the others, in percent, may have another value where the template's list may go on, and yet it is one that
/// nobody has.
const FEW: usize = 5;

fn finding(proposal: &Proposal<'_>, index: usize, entry: &Entry) -> Option<Finding> {
    let key = &proposal.template.metadata[index];
    let (value, span) = said_in(proposal.text(), entry);
    let share = share_of_others(proposal, Deviation::OtherValue(index));
    if key.is_open || key.is_loose && share.is_none() {
        return None;
    }
    let allowed = key.choices().iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
    let message = format!("\"{value}\" is no value for \"{}\"; use one of {allowed}", bare_name(&entry.key));
    // Where the template's values have a sign, that is chosen with the value.
    let has_signs = key.values.iter().any(|allowed| strip_signs(allowed) != allowed);
    let span = if has_signs && entry.scalar.is_none() { bare(proposal.text(), entry.value) } else { span };
    let finding = Finding { subject: Some(index), ..Finding::new(span, message) };
    let is_rare = !share.is_some_and(|share| share.count > 1 && share.is_over(FEW));
    // A form of its own may well have values of its own.
    let is_doubtful = key.is_loose && !is_rare || proposal.has_own_form();
    let finding = if is_doubtful { finding.severe(Severity::Information) } else { finding };
    Some(finding.lowered_by_any(proposal, Deviation::own_value(index, &value)))
}

/// How many of the others have another value, where they show that a list which may go on does not.
fn share_of_others(proposal: &Proposal<'_>, deviation: Deviation) -> Option<Share> {
    let surroundings = proposal.surroundings()?;
    let (share, evidence) = (surroundings.share(deviation), surroundings.evidence());
    let is_rare = share.count < 2 || !share.is_over(evidence.information);
    (share.all >= evidence.documents && is_rare).then_some(share)
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
        Fix { is_preferred: index == 0 && is_slip && is_near(&value, allowed, *distance), is_safe, ..fix }
    };
    values.iter().enumerate().map(fix).collect()
}

/// Whether what is `distance` letters off from `allowed` can be nothing else. A number may well be another number, and so
/// little is left of a short word that it may be another word.
fn is_misspelt(allowed: &str, distance: usize) -> bool {
    distance <= MAX_SLIP && 2 * distance < allowed.chars().count() && !allowed.contains(|sign: char| sign.is_numeric())
}
