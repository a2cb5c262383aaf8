//! `broken-link`: a relative link leads to a file that does not exist.

use super::nearest::{Nearest, nearest};
use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{Astray, Destination, Proposal, Reference, ReferenceKind, Target, Writing};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "broken-link",
    severity: Severity::Warning,
    summary: "a relative link points to a file that does not exist",
    docs: Docs {
        why: "A reader who follows it gets nowhere. Links to other sites, links that start at a site's root, and links to \
              files outside the workspace are not checked.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nSee [the other](xip-22.md).\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nSee [the other](xip-2.md#summary).\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| {
        let is_broken =
            |found: &&Astray| found.target == Target::NoFile && found.reference.kind != ReferenceKind::UnusedDefinition;
        let broken = proposal.astray().iter().filter(is_broken);
        findings.extend(broken.filter_map(|found| finding(&found.reference)));
    },
    fixes,
    is_of_document: true,
    ..Rule::PLAIN
};

fn finding(reference: &Reference) -> Option<Finding> {
    let Destination::File(path, _) = &reference.to else { return None };
    let what = if reference.kind == ReferenceKind::Image { "image" } else { "link" };
    let message = says(format!("{what} points to \"{path}\", which does not exist"), "correct the path");
    Some(Finding::new(reference.span, message))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    proposal
        .reference_with(diagnostic.span)
        .and_then(|reference| nearest_file(proposal, reference))
        .into_iter()
        .collect()
}

/// Returns the fix that changes `reference` to the file next to the proposal with the most similar name.
pub(super) fn nearest_file(proposal: &Proposal<'_>, reference: &Reference) -> Option<Fix> {
    let Destination::File(path, _) = &reference.to else { return None };
    let span = reference.path_span(proposal.text())?;
    let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
    // Only a path that is written without escapes can be replaced in its source.
    if !matches!(folder, "" | ".") || proposal.text().slice(span) != path.as_str() {
        return None;
    }
    let files = proposal.names_beside(reference.kind == ReferenceKind::Image)?;
    let Nearest { name: file, is_certain } = nearest(name, files)?;
    let start = Span::new(span.start + (path.len() - name.len()), span.end);
    let content = Writing::of(proposal.text(), reference).write(&file);
    let fix = Fix::new(format!("Change to \"{file}\""), vec![Edit { span: start, content }]);
    Some(Fix { is_preferred: is_certain, ..fix })
}
