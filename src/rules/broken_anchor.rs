//! `broken-anchor`: a link leads to a heading that does not exist.

use super::nearest::{Nearest, nearest};
use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{Astray, Destination, Proposal, ReferenceKind, Target, encoded_anchor};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "broken-anchor",
    severity: Severity::Warning,
    summary: "a link points to a heading that does not exist",
    docs: Docs {
        why: "A reader who follows it lands at the top of the page. Anchors are those that GitHub and MkDocs generate for \
              headings; `id` and `name` attributes in HTML and `{#id}` after a heading count as well. An anchor that \
              differs from a heading's only in the characters between words is information: sites generate anchors in \
              different ways.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nSee [below](#desing).\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nSee [below](#design) and [there](xip-2.md#summary).\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| {
        findings.extend(proposal.astray().iter().filter_map(finding));
    },
    fixes,
    is_of_document: true,
    ..Rule::PLAIN
};

fn finding(Astray { reference, target }: &Astray) -> Option<Finding> {
    let anchor = reference.to.anchor().filter(|_| reference.kind != ReferenceKind::UnusedDefinition)?;
    let place = match &reference.to {
        Destination::File(path, _) => format!("\"{path}\""),
        _ => "this document".to_owned(),
    };
    let Target::NoAnchor(anchors) = target else { return None };
    let message = says(format!("link points to \"#{anchor}\", but {place} has no such heading"), "correct the anchor");
    let finding = Finding::new(reference.span, message);
    // Sites make anchors in many ways, which differ in the signs between words.
    Some(if anchors.has_letters_of(anchor) { finding.severe(Severity::Information) } else { finding })
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fix = || {
        let reference = proposal.reference_with(diagnostic.span)?;
        let Target::NoAnchor(anchors) = proposal.target(&reference.to)? else { return None };
        let anchor = reference.to.anchor()?;
        let Nearest { name, is_certain } = nearest(anchor, anchors.sorted())?;
        let edit = Edit { span: reference.anchor_span(proposal.text())?, content: encoded_anchor(&name) };
        Some(Fix { is_preferred: is_certain, ..Fix::new(format!("Change to \"#{name}\""), vec![edit]) })
    };
    fix().into_iter().collect()
}
