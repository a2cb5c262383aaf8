//! `broken-link`: a relative link leads to a file that is not there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity};
use crate::document::{Destination, Proposal, Reference, Target};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    severity: Severity::Warning,
    summary: "a relative link leads to a file that is not there",
    docs: Docs {
        why: "A reader who follows it gets nowhere. Links to other sites, links from a site's root, and files outside the workspace \
              are not looked at.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nSee [the other](xip-22.md).\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nSee [the other](xip-2.md#summary).\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    check: |proposal, findings| {
        if let Some(surroundings) = proposal.surroundings() {
            let broken = |reference: &Reference| surroundings.target(&reference.to) == Target::NoFile;
            findings.extend(proposal.references().iter().filter(|found| broken(found)).filter_map(finding));
        }
    },
    fixes,
};

fn finding(reference: &Reference) -> Option<Finding> {
    let Destination::File(path, _) = &reference.to else { return None };
    let message = format!("link leads to \"{path}\", which is not there; correct the path");
    Some(Finding::new(reference.span, message))
}

/// The most letters in which a file's name may differ from the one that was meant.
const MAX_DISTANCE: usize = 3;

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let reference = proposal.references().iter().find(|reference| reference.span == diagnostic.span);
    let (Some(surroundings), Some(Reference { to: Destination::File(path, _), .. })) =
        (proposal.surroundings(), reference)
    else {
        return Vec::new();
    };
    let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
    let near = surroundings.files_beside().into_iter().map(|file| (strsim::levenshtein(&file, name), file));
    let nearest = near.filter(|(distance, _)| *distance <= MAX_DISTANCE).min();
    let (Some((_, file)), "" | ".") = (nearest, folder) else { return Vec::new() };
    let Some(span) = reference.and_then(|reference| reference.path_span(proposal.text())) else { return Vec::new() };
    // Only what is written as it is meant can be replaced as it stands.
    if proposal.text().slice(span) != path.as_str() {
        return Vec::new();
    }
    vec![Fix::new(format!("Change to \"{file}\""), vec![Edit { span, content: file }])]
}
