//! `illegal-transition`: the status has changed in a way that the life cycle does not allow.

use super::message::quoted;
use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{Before, Proposal, Status, allows, is_same_value, is_value, stage_of};
use crate::template::{LifeCycle, Stage};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "illegal-transition",
    severity: Severity::Warning,
    summary: "the status has changed in a way that the life cycle does not allow",
    docs: Docs {
        why: "A state that is skipped is a review that nobody had. The setting `life-cycle` says which states may follow \
              each, and where a new proposal may start. The status before is the one where the branch left the default \
              branch, or at the revision of `--changed-since`. In the example it is `Draft`, which only `Accepted` may \
              follow.",
        bad: "# XIP-1: Cache\n\n- **Status**: Implemented\n- **Author(s)**: A. Author\n- **Release**: 1.2\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Release**: 1.2\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let status = proposal.status()?;
    let life_cycle = &proposal.template.life_cycle;
    // What is no status at all is reported as such.
    if life_cycle.stages.is_empty() || !is_known(proposal, &status.text) {
        return None;
    }
    let message = match proposal.surroundings()?.before() {
        Before::Unknown => return None,
        Before::New => {
            let starts = starts(life_cycle);
            if starts.is_empty() || is_one_of(&status.text, &starts) {
                return None;
            }
            says(format!("a new proposal does not start as \"{}\"", status.text), start_with(&starts))
        }
        Before::Status(before) => {
            let next = next(life_cycle, &before, status)?;
            let fault = format!("the status was \"{before}\", which \"{}\" may not follow", status.text);
            let advice = match next.is_empty() {
                true => format!("leave it as \"{before}\", as nothing may follow"),
                false => format!("only {} may", quoted(next, "and")),
            };
            says(fault, advice)
        }
    };
    Some(Finding::new(status.span, message))
}

fn start_with(starts: &[String]) -> String {
    format!("start as {}", quoted(starts, "or"))
}

/// Returns the states that may follow `before`, if `status` is not one of them and not the same state.
fn next<'a>(life_cycle: &'a LifeCycle, before: &str, status: &Status) -> Option<&'a [String]> {
    let (stage, now) = (stage_of(life_cycle, before)?, stage_of(life_cycle, &status.text));
    let next = stage.next.as_deref()?;
    let is_same = is_same_value(&status.text, before) || now.is_some_and(|now| now.name == stage.name);
    // A state whose name is longer may start like one that may follow.
    let is_next = is_one_of(now.map_or(&status.text, |now| &now.name), next);
    (!is_same && !is_next).then_some(next)
}

fn starts(life_cycle: &LifeCycle) -> Vec<String> {
    life_cycle.stages.iter().filter(|stage| stage.is_start).map(|stage| stage.name.clone()).collect()
}

/// Whether `status` says one of `values`.
fn is_one_of(status: &str, values: &[String]) -> bool {
    values.iter().any(|value| is_value(status, value))
}

/// Whether `status` is a state of the life cycle, or one that the template allows.
fn is_known(proposal: &Proposal<'_>, status: &str) -> bool {
    let is_allowed = || proposal.template.status_key().is_none_or(|key| allows(key, status));
    proposal.template.life_cycle.names().into_iter().any(|name| is_value(status, name)) || is_allowed()
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let life_cycle = &proposal.template.life_cycle;
    let Some(around) = proposal.surroundings() else { return Vec::new() };
    let change = |content: &str| {
        let edit = Edit { span: diagnostic.span, content: content.to_owned() };
        Fix::new(format!("Change to \"{content}\""), vec![edit])
    };
    match around.before() {
        Before::Unknown => Vec::new(),
        Before::New => starts(life_cycle).iter().map(|start| change(start)).collect(),
        Before::Status(before) => {
            let next = stage_of(life_cycle, &before).and_then(|stage: &Stage| stage.next.as_deref());
            let next = next.unwrap_or_default().iter().map(|next| change(next));
            let back = Edit { span: diagnostic.span, content: before.clone() };
            std::iter::once(Fix::new(format!("Change back to \"{before}\""), vec![back])).chain(next).collect()
        }
    }
}
