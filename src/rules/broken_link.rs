//! `broken-link`: a relative link leads to a file that is not there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity};
use crate::document::{Destination, Proposal, Reference, Target};
use crate::text::{Edit, Span};

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
    let Some(span) = destination(proposal, diagnostic.span, path) else { return Vec::new() };
    vec![Fix::new(format!("Change to \"{file}\""), vec![Edit { span, content: file }])]
}

/// Where `path` stands as the target of the link at `link`, if it stands there as it is.
pub(super) fn destination(proposal: &Proposal<'_>, link: Span, path: &str) -> Option<Span> {
    let source = proposal.text().slice(link);
    let start = source.rfind("](")? + "](".len();
    let start = start + usize::from(source[start..].starts_with('<'));
    source[start..].starts_with(path).then(|| Span::of_range(link.start, start..start + path.len()))
}
