//! `unfilled-placeholder`: the title or a metadata value is still the template's.

use super::{Docs, Finding, Rule, Severity, no_fixes};
use crate::document::Proposal;
use crate::syntax::fold_space;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "unfilled-placeholder",
    severity: Severity::Warning,
    summary: "the title or a metadata value is still the template's placeholder",
    docs: Docs {
        why: "A title or author that says what to write there is missing all the same, and it is what index pages and tools \
              show first.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: _(Names)_\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: _A. Author_\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    check: |proposal, findings| {
        findings.extend(title(proposal));
        findings.extend(metadata(proposal));
    },
    fixes: no_fixes,
};

fn title(proposal: &Proposal<'_>) -> Option<Finding> {
    let heading = &proposal.title()?.heading;
    let template = proposal.template.title.as_ref()?;
    let placeholder = template.placeholders.iter().find(|placeholder| heading.text.contains(*placeholder));
    let message = match placeholder {
        Some(placeholder) => format!("title still has the template's placeholder \"{placeholder}\"; fill it in"),
        None if heading.text == template.text => "title is still the template's; give the proposal its own".to_owned(),
        None => return None,
    };
    Some(Finding::new(heading.content, message))
}

fn metadata(proposal: &Proposal<'_>) -> Vec<Finding> {
    let text = proposal.text();
    let entries = proposal.entries();
    let finding = |entry: &crate::syntax::Entry| {
        let key = proposal.template.metadata_key(&entry.key)?;
        let value = Span::new(entry.value.start, entry.span.end);
        let is_placeholder = key.has_placeholder() && fold_space(&text.slice(value)) == key.placeholder;
        let message = format!("\"{}\" still has the template's placeholder; fill it in", entry.key);
        is_placeholder.then(|| Finding::new(entry.value, message))
    };
    entries.iter().filter_map(finding).collect()
}
