//! `invalid-front-matter`: the front matter is not valid YAML or TOML.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::Proposal;
use crate::syntax::{front_matter_error, unclosed_front_matter};
use crate::template::Form;
use crate::text::{Edit, Offset, Span};

pub(super) static RULE: Rule = Rule {
    id: "invalid-front-matter",
    severity: Severity::Error,
    summary: "the front matter is not valid YAML or TOML",
    docs: Docs {
        why: "Site generators fail on it or show it as text, so the proposal has no title and no status. Front matter is \
              YAML between lines of `---`, or TOML between lines of `+++`, at the start of the file.",
        bad: "---\ntitle: Cache: a map\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "---\ntitle: \"Cache: a map\"\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes,
    is_of_document: true,
    reads_sidecars: true,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    if let Some((fence, _)) = unclosed(proposal) {
        return Some(Finding::new(fence, says("front matter is not closed", "add a line of --- after its keys")));
    }
    let error = front_matter_error(proposal.text(), proposal.document.blocks().front_matter?)?;
    let (format, fault) = (error.format, &error.message);
    let what = if proposal.document.is_sidecar() { "the file" } else { "front matter" };
    let message = says(format!("{what} is not valid {format}: {fault}"), "correct it, or put the value in quotes");
    Some(Finding::new(error.span, message))
}

/// Returns the first line of front matter without an end, and where its keys end. `None` if the template has no front
/// matter.
fn unclosed(proposal: &Proposal<'_>) -> Option<(Span, Offset)> {
    let is_expected =
        !proposal.document.is_sidecar() && proposal.template.metadata.iter().any(|key| key.form == Form::FrontMatter);
    is_expected.then(|| unclosed_front_matter(proposal.text()))?
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((_, end)) = unclosed(proposal).filter(|(fence, _)| *fence == diagnostic.span) else { return Vec::new() };
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let before = if text.line_start(text.line_at(end)) == end { "" } else { ending };
    let edit = Edit::insert(end, format!("{before}---{ending}"));
    vec![Fix::new("Add the line that closes the front matter", vec![edit]).preferred()]
}
