//! `invalid-link`: a metadata value is not a link where the template asks for one.

use super::{About, Docs, Finding, Rule, Several, Severity, says};
use crate::document::{Metadata, Proposal};
use crate::syntax::{Entry, LinkKind};
use crate::template::is_nothing;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "invalid-link",
    severity: Severity::Warning,
    summary: "a metadata value is not a link, but the template asks for one",
    docs: Docs {
        why: "A reader wants to get from the proposal to its discussion with one click. `N/A`, `TBD` and the like are fine, and so is \
              a sentence where the template allows one.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Pull Request**: [PR 7](\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Pull Request**: [PR 7](https://example.org/7)\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        for metadata in proposal.all_metadata() {
            findings.extend(metadata.entries.iter().filter_map(|entry| finding(proposal, metadata, entry)));
        }
    },
    several: Some(Several { says: "metadata values are not links", about: About::Key }),
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>, metadata: &Metadata, entry: &Entry) -> Option<Finding> {
    let (index, key) = proposal.template.metadata_key(metadata.form, &entry.key).filter(|(_, key)| key.is_link())?;
    let value = metadata.value(proposal.text(), entry);
    let is_prose = || key.allows_prose && !has_broken_link(&value) || !is_reference(&value);
    let is_fine = value == key.placeholder || is_none(&value) || has_link(&value) || is_prose();
    if is_fine || is_linked(proposal, metadata.value_span(proposal.text(), entry)) {
        return None;
    }
    let message = says(format!("\"{}\" has no link", entry.key), "write [text](address), or N/A");
    Some(Finding { subject: Some(index), ..Finding::new(entry.value, message) })
}

/// Whether `value` says that there is nothing, or nothing yet.
pub(super) fn is_none(value: &str) -> bool {
    let word = value.trim_matches(|character: char| !character.is_alphanumeric() && character != '/').to_lowercase();
    let is_word = is_nothing(&word) || matches!(word.as_str(), "" | "pending" | "unknown" | "unreleased" | "not yet");
    let starts = ["to be", "not applicable", "tbd", "n/a", "leave this", "none"];
    is_word
        || starts
            .iter()
            .any(|start| word.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Whether `value` looks like a reference: a number, an address, the start of a link. Any other text may explain why there is none.
fn is_reference(value: &str) -> bool {
    value.contains(|character: char| character.is_ascii_digit() || "#[]/".contains(character))
}

/// Whether there is a link at `value`, including one by reference.
fn is_linked(proposal: &Proposal<'_>, value: Span) -> bool {
    let inside = proposal.document.links_in(value);
    inside.iter().any(|link| link.kind != LinkKind::Image && !link.destination.is_empty())
}

/// Whether `value` has an inline link with a target, a link by reference, or an address.
fn has_link(value: &str) -> bool {
    let is_address = ["http://", "https://", "www.", "mailto:"].iter().any(|start| value.contains(start));
    let is_by_name = value.starts_with('[') && value.ends_with(']');
    !has_broken_link(value) && (is_address || is_by_name || value.contains("]("))
}

/// Whether `value` has an inline link that does not end, or has no target.
fn has_broken_link(value: &str) -> bool {
    let mut targets = value.match_indices("](").map(|(at, _)| &value[at + 2..]);
    targets.any(|target| target.find(')').is_none_or(|end| target[..end].trim().is_empty()))
}
