//! `missing-title`: there is no title.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{Deviation, Proposal};
use crate::syntax::Body;
use crate::template::{Form, Title};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "missing-title",
    severity: Severity::Warning,
    summary: "there is no title before the first section",
    docs: Docs {
        why: "Index pages, search results and browsers show the title. A title in the front matter is enough.",
        bad: "## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "---\ntitle: Cache\n---\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let title = proposal.template.title.as_ref().filter(|own| proposal.title().is_none() && !own.is_constant)?;
    let front_matter = proposal.metadata_in(Form::FrontMatter);
    let has_other = front_matter.is_some_and(|metadata| {
        metadata.entry("title").is_some_and(|entry| !entry.value_text(proposal.text()).is_empty())
    });
    let start = format!("{} {}", "#".repeat(title.level.into()), start(title, "<number>"));
    let message = says("title is missing", format!("start with \"{}<title>\"", start.trim_start()));
    let finding = Finding::new(proposal.title_span(), message);
    (!has_other).then(|| finding.lowered(proposal, Deviation::NoTitle))
}

/// Returns the start of a title with `number`.
fn start(title: &Title, number: &str) -> String {
    let Some(prefix) = &title.prefix else { return String::new() };
    format!("{prefix}{number}{}", title.separator.as_deref().unwrap_or(" "))
}

fn fixes(proposal: &Proposal<'_>, _: &Diagnostic) -> Vec<Fix> {
    let number = proposal.number().map(|number| number.trim_start_matches('0')).filter(|number| !number.is_empty());
    let title = proposal.template.title.as_ref().filter(|title| title.prefix.is_some());
    let Some((title, number)) = title.zip(number) else { return Vec::new() };
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let line = format!("{} {}", "#".repeat(title.level.into()), start(title, number).trim_end());
    let edit = Edit::insert(Body::of(text).start, format!("{line}{ending}{ending}"));
    vec![Fix::new(format!("Insert the title \"{line}\""), vec![edit]).preferred()]
}
