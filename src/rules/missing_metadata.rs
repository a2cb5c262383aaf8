//! `missing-metadata`: a metadata key of the template is not there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity};
use crate::document::{Metadata, Proposal};
use crate::syntax::item_content;
use crate::template::MetadataKey;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "missing-metadata",
    severity: Severity::Warning,
    summary: "a metadata key that the template asks for is missing",
    docs: Docs {
        why: "Status, authors and the like are what readers, index pages and tools look for first.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Authors**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    check: |proposal, findings| {
        if let Some(metadata) = proposal.metadata() {
            findings.extend(missing(proposal, metadata).into_iter().map(|key| finding(proposal, metadata, key)));
        }
    },
    fixes,
};

fn missing<'a>(proposal: &Proposal<'a>, metadata: &Metadata) -> Vec<&'a MetadataKey> {
    proposal.template.metadata.iter().filter(|key| metadata.entry(&key.name).is_none()).collect()
}

fn finding(proposal: &Proposal<'_>, metadata: &Metadata, key: &MetadataKey) -> Finding {
    let (span, place) = match before(proposal, metadata, key) {
        Some(before) => (before.key_span, format!("after \"{}\"", before.key)),
        None => (metadata.entries.first().map_or(metadata.list, |entry| entry.key_span), "first".to_owned()),
    };
    let message = format!("metadata \"{}\" is missing; add it {place}", key.name);
    let index = proposal.template.metadata.iter().position(|other| other.name == key.name);
    Finding { subject: index, ..Finding::new(span, message) }
}

/// The entry for the nearest key before `key` that is there.
fn before<'a>(proposal: &Proposal<'_>, metadata: &'a Metadata, key: &MetadataKey) -> Option<&'a crate::syntax::Entry> {
    let keys = proposal.template.metadata.iter().take_while(|other| other.name != key.name);
    keys.filter_map(|key| metadata.entry(&key.name)).last()
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let key = diagnostic.subject.and_then(|index| proposal.template.metadata.get(index));
    let (Some(key), Some(metadata)) = (key, proposal.metadata()) else { return Vec::new() };
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let Some(first) = metadata.entries.first() else { return Vec::new() };
    // The bullet and the spaces around it are those of the entry that is there.
    let line = text.slice(text.line_span_at(first.span.start));
    let bullet = &line[..item_content(&line).unwrap_or(0)];
    let edit = match before(proposal, metadata, key) {
        Some(before) => {
            let end = text.trim_end(Span::new(before.span.start, before.span.end)).end;
            Edit::insert(text.skip_blanks(end), format!("{ending}{bullet}{}", key.label))
        }
        None => Edit::insert(first.span.start, format!("{bullet}{}{ending}", key.label)),
    };
    vec![Fix::new(format!("Insert metadata \"{}\"", key.name), vec![edit]).preferred()]
}
