//! `invalid-metadata-value`: a metadata value is not one of those that the template lists.

use super::misfit;
use super::nearest::is_near;
use super::{About, Diagnostic, Docs, Finding, Fix, Rule, Several, Severity, says};
use crate::document::{DayFault, Deviation, OddDay, Proposal, Share, bare, said_in};
use crate::syntax::{Entry, strip_signs};
use crate::template::{MetadataKey, bare_name};
use crate::terms::{self, Meaning};
use crate::text::Edit;

/// The maximum number of letters by which a misspelt value differs.
const MAX_SLIP: usize = 2;

pub(super) static RULE: Rule = Rule {
    id: "invalid-metadata-value",
    severity: Severity::Warning,
    summary: "a metadata value is not one that the template allows",
    docs: Docs {
        why: "Index pages and tools group proposals by these values. Case does not matter, and neither does a remark after \
              a value, as in `Accepted (in part)`. It is information if another document has the same value, if the \
              template lists its values with slashes and some documents go beyond the list, or if a status is another word \
              for one that is allowed. A proposal that a status or a key names as its successor must exist. A date must be valid and \
              have the template's format. The setting `metadata` may require more of a key: a type, a length, patterns; see the \
              page on settings.",
        bad: "# XIP-1: Cache\n\n- **Status**: Drafted\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: _accepted (in part)_\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    has_safe_fix: true,
    check: |proposal, findings| {
        let values = proposal.other_values().into_iter();
        findings.extend(values.filter_map(|(index, entry)| finding(proposal, index, entry)));
        findings.extend(proposal.lost_successor().map(|(number, span)| {
            let message =
                says(format!("the status names proposal {number}, which does not exist"), "correct the number");
            Finding::new(span, message).severe(Severity::Information)
        }));
        findings.extend(proposal.lost_successors().into_iter().map(|relation| {
            let number = proposal.text().slice(relation.span);
            let message = says(format!("the successor {number} does not exist"), "correct the number");
            Finding::new(relation.span, message).severe(Severity::Information)
        }));
        findings.extend(proposal.odd_days().into_iter().map(|odd| of_day(proposal, odd)));
        findings.extend(proposal.unfit_values().iter().map(|unfit| misfit::finding(proposal, unfit)));
    },
    fixes,
    several: Some(Several { says: "metadata values are not allowed by the template", about: About::Key }),
    reads_sidecars: true,
    ..Rule::PLAIN
};

/// If at most this percentage of the other documents have a value that is not listed, a list that allows other values counts as
/// complete in practice.
const FEW: usize = 5;

fn finding(proposal: &Proposal<'_>, index: usize, entry: &Entry) -> Option<Finding> {
    let key = &proposal.template.metadata[index];
    let (value, span) = said_in(proposal.text(), entry);
    let share = share_of_others(proposal, Deviation::OtherValue(index));
    if key.is_open || key.is_loose && share.is_none() {
        return None;
    }
    let allowed = key.told_choices(|value| format!("\"{value}\""));
    let message =
        says(format!("\"{value}\" is not allowed for \"{}\"", bare_name(&entry.key)), format!("use one of {allowed}"));
    // A sign in front of the template's values is replaced together with the value.
    let has_signs = key.values.iter().any(|allowed| strip_signs(allowed) != allowed);
    let span = if has_signs && entry.scalar.is_none() { bare(proposal.text(), entry.value) } else { span };
    let finding = Finding { subject: Some(index), ..Finding::new(span, message) };
    if key.is_set {
        return Some(finding);
    }
    let is_rare = !share.is_some_and(|share| share.count > 1 && share.is_over(FEW));
    // A document with a form of its own may well have values of its own.
    let is_doubtful = key.is_loose && !is_rare || proposal.has_own_form() || says_the_same(key, &value);
    let finding = if is_doubtful { finding.severe(Severity::Information) } else { finding };
    Some(finding.lowered_by_any(proposal, Deviation::own_value(index, &value)))
}

/// Returns the finding for `odd`, a value that is not a day in the template's format.
fn of_day(proposal: &Proposal<'_>, odd: OddDay) -> Finding {
    let OddDay { key, span, value, fault } = odd;
    let name = &proposal.template.metadata[key].name;
    let said = match &fault {
        DayFault::None(Some(mended)) => says(format!("\"{value}\" is not a date"), format!("write \"{mended}\"")),
        DayFault::None(None) => {
            says(format!("\"{value}\" is not a date for \"{name}\""), "write the year, month and day")
        }
        DayFault::Impossible => says(format!("the date \"{value}\" does not exist"), format!("correct \"{name}\"")),
        DayFault::OtherForm(sign) => {
            says(format!("\"{value}\" does not have the format {sign}"), format!("rewrite \"{name}\""))
        }
    };
    let finding = Finding::new(span, said);
    if matches!(fault, DayFault::OtherForm(_)) { finding.severe(Severity::Information) } else { finding }
}

/// Whether `value` is a status that means the same as one that `key` lists, in other words or another language, or one for a
/// proposal that has ceased to apply.
fn says_the_same(key: &MetadataKey, value: &str) -> bool {
    let own = terms::status(value).filter(|_| key.is_status());
    // There are many words for the end of a proposal.
    let is_end = matches!(own, Some(Meaning::Superseded | Meaning::Deprecated));
    is_end
        || own
            .is_some_and(|own| key.values.iter().chain(&key.starts).any(|allowed| terms::status(allowed) == Some(own)))
}

/// Returns the share of the other documents with a value that is not listed, if it is so small that a list that allows other values
/// counts as complete in practice.
fn share_of_others(proposal: &Proposal<'_>, deviation: Deviation) -> Option<Share> {
    let surroundings = proposal.surroundings()?;
    let (share, evidence) = (surroundings.share(deviation), surroundings.evidence());
    let is_rare = share.count < 2 || !share.is_over(evidence.information);
    (share.all >= evidence.documents && is_rare).then_some(share)
}

/// The maximum number of values that are offered: many more than anyone looks through.
const MAX_FIXES: usize = 1_000;

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    if let Some(fix) = misfit::fix(proposal, diagnostic).filter(|_| diagnostic.subject.is_none()) {
        return vec![fix];
    }
    let odd = proposal.odd_day_at(diagnostic.span).filter(|_| diagnostic.subject.is_none());
    if let Some(OddDay { span, fault: DayFault::None(Some(content)), .. }) = odd {
        return vec![Fix::new(format!("Write \"{content}\""), vec![Edit { span, content }]).preferred().safe()];
    }
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
    values.iter().take(MAX_FIXES).enumerate().map(fix).collect()
}

/// Whether a value that differs from `allowed` in `distance` letters can only be a misspelling of it. A number may well be another
/// number, and a short word another word.
fn is_misspelt(allowed: &str, distance: usize) -> bool {
    distance <= MAX_SLIP && 2 * distance < allowed.chars().count() && !allowed.contains(|sign: char| sign.is_numeric())
}
