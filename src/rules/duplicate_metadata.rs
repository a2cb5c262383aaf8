//! `duplicate-metadata`: a metadata key occurs twice.

use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::{Metadata, Proposal};
use crate::syntax::Entry;
use crate::template::{KeyName, KeyNames};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-metadata",
    severity: Severity::Warning,
    summary: "a metadata key appears twice",
    docs: Docs {
        why: "Readers and tools use only one of the two, and not always the same one.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author**: A. Author\n- **Authors**: B. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Authors**: A. Author, B. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        for metadata in proposal.all_metadata() {
            findings.extend(duplicates(proposal, metadata));
        }
    },
    is_of_document: true,
    reads_sidecars: true,
    ..Rule::PLAIN
};

fn duplicates(proposal: &Proposal<'_>, metadata: &Metadata) -> Vec<Finding> {
    let is_key = |(name, _): &(&KeyName, &Entry)| proposal.template.key_called(metadata.form, name).is_some();
    let entries: Vec<(&KeyName, &Entry)> = metadata.named().filter(is_key).collect();
    let names = KeyNames::of(entries.iter().map(|(name, _)| (*name).clone()));
    let finding = |(index, (name, entry)): (usize, &(&KeyName, &Entry))| {
        let (_, first) = entries[names.first(name, |place| place < index)?];
        // Two links to different places are not duplicates.
        let value = |entry: &Entry| proposal.text().slice(entry.value).into_owned();
        let (one, other) = (value(first), value(entry));
        if one != other && [&one, &other].iter().all(|value| value.contains("](") || value.contains("://")) {
            return None;
        }
        let message = says(format!("metadata \"{}\" appears twice", entry.key), "merge the two");
        let finding = Finding::new(entry.key_span, message);
        Some(finding.with_related(RelatedPlace::Document(first.key_span), "the first one is here"))
    };
    entries.iter().enumerate().filter_map(finding).collect()
}
