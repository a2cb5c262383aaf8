//! Completion: missing sections, metadata keys, the values that the template allows, and the targets of links.

mod item;
mod links;
mod metadata;
mod request;
mod sections;

use crate::document::Proposal;
use crate::text::Offset;
use request::Line;

pub use item::{Completion, CompletionKind};
pub use links::MAX;
pub use request::{TRIGGER_CHARACTERS, Trigger};

/// Those of the [`TRIGGER_CHARACTERS`] that trigger only in links and numbers.
const OF_LINKS: [char; 4] = ['(', '[', '/', '-'];

/// The maximum number of completions: many more than anyone looks through.
const MAX_ALL: usize = 1_000;

/// Returns what can be inserted at `offset`, in the order of the template: at most `MAX_ALL` completions, and at most [`MAX`] of
/// link targets.
pub fn complete(proposal: &Proposal<'_>, offset: Offset, trigger: Trigger) -> Vec<Completion> {
    let mut found = all(proposal, offset, trigger);
    found.truncate(MAX_ALL);
    found
}

fn all(proposal: &Proposal<'_>, offset: Offset, trigger: Trigger) -> Vec<Completion> {
    let text = proposal.text();
    let line = Line { span: text.line_span_at(offset), offset };
    if proposal.document.blocks().front_matter.is_some_and(|span| offset < span.end) {
        return metadata::in_front_matter(proposal, &line);
    }
    if let Some(found) = links::complete(proposal, &line) {
        return found;
    }
    if proposal.index_page().is_some() || matches!(trigger, Trigger::Character(typed) if OF_LINKS.contains(&typed)) {
        return Vec::new();
    }
    let is_metadata = || proposal.metadata().is_some_and(|metadata| metadata.span.touches(offset));
    if proposal.preamble().touches(offset) || is_metadata() {
        let found = metadata::complete(proposal, &line);
        if !found.is_empty() {
            return found;
        }
    }
    let found = metadata::in_section(proposal, &line);
    if found.is_empty() { sections::complete(proposal, &line, trigger) } else { found }
}
