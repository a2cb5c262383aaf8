//! Fixes that suppress a diagnostic by a comment.

use super::Suppressions;
use crate::document::Proposal;
use crate::rules::directives::{Directive, Suppression};
use crate::rules::{Diagnostic, Fix, RULES};
use crate::text::{Edit, Offset, Text};

/// The state for suppressing diagnostics of a proposal by comments.
#[derive(Debug)]
pub struct Suppressing {
    suppressions: Suppressions,
    /// The place of a comment for the file, and what must come before and after it. `None` if nothing can be suppressed.
    top: Option<(Offset, [&'static str; 2])>,
}

impl Suppressing {
    /// Collects the state for `proposal`.
    pub fn of(proposal: &Proposal<'_>) -> Suppressing {
        let top = (!proposal.document.is_too_large()).then(|| top(proposal));
        Suppressing { suppressions: Suppressions::of(proposal, &RULES), top }
    }

    /// Returns the fixes that suppress `diagnostic`, which [`crate::rules::check()`] must have returned for this very `proposal`:
    /// one for its line, if a comment can be placed before it, and one for the file. No anchor changes through them.
    pub fn fixes(&self, proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
        let Some(top) = self.top else { return Vec::new() };
        let id = diagnostic.rule.id;
        let line = for_line(proposal, &self.suppressions, diagnostic);
        let outline = proposal.document.outline();
        let place = match diagnostic.beside.and_then(|beside| outline.starting_at(beside.start)) {
            // Several sections may be missing at one place, each because of another heading.
            Some(section) => format!("after \"{}\"", section.heading.core),
            None => "for this line".to_owned(),
        };
        let line = line.map(|edit| Fix::new(format!("Disable `{id}` {place}"), vec![edit]));
        let file = for_file(proposal, &self.suppressions, top, id);
        line.into_iter().chain([Fix::new(format!("Disable `{id}` for this file"), vec![file])]).collect()
    }
}

fn for_line(proposal: &Proposal<'_>, suppressions: &Suppressions, diagnostic: &Diagnostic) -> Option<Edit> {
    let (start, id) = (diagnostic.suppressed_at(), diagnostic.rule.id);
    let reaches = |(index, one): &(usize, &Suppression)| {
        one.directive == Directive::DisableNextLine && suppressions.spans(*index).any(|span| span.touches(start))
    };
    let mut there = suppressions.list.iter().enumerate().filter(reaches);
    if let Some(edit) = there.find_map(|(_, suppression)| with_name(suppression, id)) {
        return Some(edit);
    }
    let place = place_before(proposal, start)?;
    let ending = proposal.text().line_ending().as_str();
    Some(Edit::insert(place, format!("<!-- vip-lsp-disable-next-line {id} -->{ending}")))
}

/// Adds the rule `id` to `suppression`, unless that names none, as it would be about fewer rules then.
fn with_name(suppression: &Suppression, id: &str) -> Option<Edit> {
    suppression.names.last().map(|name| Edit::insert(name.span.end, format!(", {id}")))
}

/// Returns the place of a comment on a line of its own before the line of `offset`. `None` within a block, where the comment would
/// become part of the block, or split it.
fn place_before(proposal: &Proposal<'_>, offset: Offset) -> Option<Offset> {
    let (text, blocks) = (proposal.text(), proposal.document.blocks());
    let line = text.line_at(offset);
    let start = text.line_start(line).max(text.start());
    if blocks.front_matter.is_some_and(|span| start < span.end) {
        return None;
    }
    let is_free = match blocks.at(text, start) {
        Some(block) => block.span.start == start,
        // A link reference definition is not a block, and may cover several lines.
        None => line == 0 || is_blank(text, start) || text.is_blank_line(line - 1),
    };
    is_free.then_some(start)
}

fn for_file(
    proposal: &Proposal<'_>,
    suppressions: &Suppressions,
    (place, [before, after]): (Offset, [&str; 2]),
    id: &str,
) -> Edit {
    let mut of_file = suppressions.list.iter().filter(|one| one.directive == Directive::DisableFile);
    let ending = proposal.text().line_ending().as_str();
    let at_top = || Edit::insert(place, format!("{before}<!-- vip-lsp-disable-file {id} -->{ending}{after}"));
    of_file.find_map(|one| with_name(one, id)).unwrap_or_else(at_top)
}

/// Returns the place of a comment for the file, before everything else but front matter, and what separates it from the text around
/// it.
fn top(proposal: &Proposal<'_>) -> (Offset, [&'static str; 2]) {
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let top = proposal.document.blocks().front_matter.map_or(text.start(), |span| span.end);
    let lines = text.line_at(top)..text.line_count();
    let first = lines.map(|line| text.line_start(line).max(top)).find(|start| !is_blank(text, *start));
    let place = first.unwrap_or(top);
    // Front matter may end without a line ending.
    let is_in_line = place > text.start() && text.line_start(text.line_at(place)) != place;
    let before = if is_in_line { ending } else { "" };
    let after = if first.is_some() { ending } else { "" };
    (place, [before, after])
}

/// Whether there are only spaces and tabs from `start` to the end of its line.
fn is_blank(text: &Text, start: Offset) -> bool {
    matches!(text.byte(text.skip_blanks(start)), None | Some(b'\n' | b'\r'))
}
