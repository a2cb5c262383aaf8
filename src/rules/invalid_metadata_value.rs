//! `invalid-metadata-value`: a metadata value is not one of those that the template lists.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity};
use crate::document::{Metadata, Proposal, bare, is_value};
use crate::syntax::Entry;
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "invalid-metadata-value",
    severity: Severity::Warning,
    summary: "a metadata value is not one of the template's",
    docs: Docs {
        why: "Index pages and tools group proposals by these values. Upper and lower case do not matter, nor does a remark \
              behind a value, as in `Accepted (in part)`.",
        bad: "# XIP-1: Cache\n\n- **Status**: Drafted\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: _accepted (in part)_\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    check: |proposal, findings| {
        for metadata in proposal.all_metadata() {
            findings.extend(metadata.entries.iter().filter_map(|entry| finding(proposal, metadata, entry)));
        }
    },
    fixes,
};

fn finding(proposal: &Proposal<'_>, metadata: &Metadata, entry: &Entry) -> Option<Finding> {
    let (index, key) = proposal.template.metadata_key(metadata.form, &entry.key)?;
    if key.values.is_empty() || key.is_open {
        return None;
    }
    let span = bare(proposal.text(), entry.value);
    let value = proposal.text().slice(span).into_owned();
    let whole = metadata.value(proposal.text(), entry);
    if value.is_empty() || whole == key.placeholder || key.values.iter().any(|allowed| is_value(&value, allowed)) {
        return None;
    }
    let allowed = key.values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
    let message = format!("\"{value}\" is no {} of the template; use one of {allowed}", entry.key.to_lowercase());
    Some(Finding { subject: Some(index), ..Finding::new(span, message) })
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(key) = diagnostic.subject.and_then(|index| proposal.template.metadata.get(index)) else {
        return Vec::new();
    };
    let value = proposal.text().slice(diagnostic.span);
    let mut values: Vec<&String> = key.values.iter().collect();
    values.sort_by_key(|allowed| strsim::levenshtein(&value.to_lowercase(), &allowed.to_lowercase()));
    let fix = |(index, value): (usize, &String)| {
        let edit = Edit { span: diagnostic.span, content: value.clone() };
        Fix { is_preferred: index == 0, ..Fix::new(format!("Change to \"{value}\""), vec![edit]) }
    };
    values.into_iter().enumerate().map(fix).collect()
}
