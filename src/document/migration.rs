//! Brings a document from one version of its template to another, and keeps every word of the author.

mod called;
mod kept;
mod step;

use std::collections::HashSet;

use called::{called, count_of, is_called};
use kept::kept;
pub use step::Step;

use super::{AnchorChange, Document, Edited, Filling, Proposal, insert_sections, level_one, misplaced, reorder};
use crate::syntax::{Heading, Section, fold, numbering_length};
use crate::template::{Template, TemplateChanges, TemplateSection};
use crate::text::{Edit, Rounds, Span, Text, apply};

/// How a document is brought to another version of its template.
#[derive(Debug)]
pub struct Migration {
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// The edits that do it.
    pub edited: Edited,
}

/// Returns how `proposal`, which is read with an earlier version of its template, is brought to the version `to`. What the earlier
/// version asked for and the document lacks is not inserted.
pub fn migrate(proposal: &Proposal<'_>, to: &Template) -> Migration {
    let changes = TemplateChanges::between(proposal.template, to);
    let mut work =
        Work { steps: Vec::new(), rounds: Rounds::of(proposal.text()), text: proposal.text().clone(), anchors: None };
    let edits = names(proposal, to, &changes, &mut work.steps);
    work.add(proposal, edits);
    let is_in_order = misplaced(proposal).is_none();
    for key in changes.new_keys.iter().copied() {
        work.with(proposal, to, |now, steps| new_key(now, key, steps));
    }
    for section in to.top().filter(|section| was_part(proposal.template, section)) {
        work.with(proposal, to, |now, steps| leveled(now, section, steps));
    }
    // A part can be inserted once the section around it is there.
    for _ in 0..ROUNDS {
        work.with(proposal, to, |now, steps| sections(now, proposal.template, &changes, steps));
        if is_in_order {
            work.with(proposal, to, ordered);
        }
    }
    work.steps.extend(kept(proposal, to, &changes, &work.steps));
    Migration { edited: Edited { edits: work.rounds.edits(proposal.text()), anchors: work.anchors }, steps: work.steps }
}

/// The number of rounds in which sections are inserted and put in order.
const ROUNDS: usize = 3;

/// What has been done so far.
struct Work {
    steps: Vec<Step>,
    rounds: Rounds,
    text: Text,
    anchors: Option<AnchorChange>,
}

impl Work {
    /// Adds the `edits` of `now`, the document as it is by now, and those of its links that follow them.
    fn add(&mut self, now: &Proposal<'_>, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let edits = now.following(edits);
        let next = AnchorChange::of(now.document, &edits);
        self.anchors = match (self.anchors.take(), next) {
            (Some(first), Some(next)) => Some(first.then(next)),
            (first, next) => first.or(next),
        };
        self.rounds.add(&edits);
        self.text = apply(&self.text, &edits);
    }

    /// Reads the text again with the template `to`, and adds what `change` does to it.
    fn with(
        &mut self,
        proposal: &Proposal<'_>,
        to: &Template,
        change: impl FnOnce(&Proposal<'_>, &mut Vec<Step>) -> Option<Vec<Edit>>,
    ) {
        let document = Document::closed(&self.text.to_string());
        let now = Proposal::of(&document, to);
        let now = match proposal.file() {
            Some(file) => now.in_file(file),
            None => now,
        };
        if let Some(edits) = change(&now, &mut self.steps) {
            self.add(&now, edits);
        }
    }
}

/// Returns the edits of what the document has already: other names and values, new guidance, and sections that are not needed any
/// more.
fn names(proposal: &Proposal<'_>, to: &Template, changes: &TemplateChanges, steps: &mut Vec<Step>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let old = |index: usize| &proposal.template.sections[index];
    for (before, after) in &changes.renamed {
        let (before, after) = (old(*before), &to.sections[*after]);
        let found = called(proposal, before).filter(|_| before.key != after.key);
        let found = found.filter(|found| count_of(proposal, &after.key, found.parent) == 0);
        if let Some(edit) = found.and_then(|found| renaming(proposal.text(), &found.heading, &before.name, &after.name))
        {
            steps.push(Step::Rename(before.name.clone(), after.name.clone()));
            edits.push(edit);
        }
    }
    for (before, after) in &changes.guidance {
        if let Some(edit) = guidance(proposal, old(*before), &to.sections[*after]) {
            steps.push(Step::Guidance(old(*before).name.clone()));
            edits.push(edit);
        }
    }
    for before in &changes.dropped {
        if let Some(edit) = removed(proposal, old(*before)) {
            steps.push(Step::Remove(old(*before).name.clone()));
            edits.push(edit);
        }
    }
    edits.extend(keys(proposal, to, changes, steps));
    // The edit of a section includes what is done to sections within it.
    edits.sort_by_key(|edit| (edit.span.start, std::cmp::Reverse(edit.span.end)));
    let mut end = None;
    edits.retain(|edit| {
        let is_free = end.is_none_or(|end| edit.span.start >= end);
        end = end.max(Some(edit.span.end));
        is_free
    });
    edits
}

/// Returns the edits that give metadata keys and values their new names.
fn keys(proposal: &Proposal<'_>, to: &Template, changes: &TemplateChanges, steps: &mut Vec<Step>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for metadata in proposal.all_metadata() {
        for entry in &metadata.entries {
            let Some((index, key)) = proposal.template.metadata_key(metadata.form, &entry.key) else { continue };
            let renamed = changes.renamed_keys.iter().find(|(before, _)| *before == index);
            // The document may already have a key of that name.
            let is_free = |after: usize| metadata.entry_called(to.metadata[after].called()).is_none();
            if let Some((_, after)) = renamed.filter(|(_, after)| is_free(*after)) {
                let name = &to.metadata[*after].name;
                steps.push(Step::RenameKey(key.name.clone(), name.clone()));
                edits.push(Edit { span: entry.key_span, content: name.clone() });
            }
            let value = proposal.text().slice(entry.value);
            let is_it = |(place, before, _): &&(usize, String, String)| {
                to.metadata[*place].called().is(key.called()) && *before == *value
            };
            if let Some((_, before, after)) = changes.values.iter().find(is_it) {
                steps.push(Step::Value(key.name.clone(), before.clone(), after.clone()));
                edits.push(Edit { span: entry.value, content: after.clone() });
            }
        }
    }
    edits
}

/// Returns the edit that gives `heading` the name `to` in place of `from`. Whatever else is in it stays: numbers, marks, links, ids.
/// `None` if the name is not there as one piece.
fn renaming(text: &Text, heading: &Heading, from: &str, to: &str) -> Option<Edit> {
    let bare = |name: &str| name[numbering_length(name)..].to_owned();
    let (source, from) = (text.slice(heading.content), bare(from));
    let mut starts = source.char_indices().map(|(at, _)| at);
    let is_it = |at: &usize| source.get(*at..*at + from.len()).is_some_and(|part| fold(part) == fold(&from));
    let start = heading.content.start + starts.find(is_it)?;
    Some(Edit { span: Span::new(start, start + from.len()), content: bare(to) })
}

/// Returns the edit that puts the guidance of `after` in place of that of `before`, if the document has only that.
fn guidance(proposal: &Proposal<'_>, before: &TemplateSection, after: &TemplateSection) -> Option<Edit> {
    let found = proposal.section(before)?;
    let is_unfilled = has_only_guidance(proposal, found, before);
    let has_parts = proposal.template.parts(before.index).next().is_some() || after.guidance.contains("\n#");
    if !is_unfilled || has_parts || after.guidance.is_empty() {
        return None;
    }
    let text = proposal.text();
    let end = text.trim_end(Span::new(found.heading.span.end, proposal.region(found).end)).end;
    let span = Span::new(found.heading.span.end, end);
    let ending = text.line_ending().as_str();
    let content = format!("\n\n{}", after.guidance).replace('\n', ending);
    (*text.slice(span) != content).then_some(Edit { span, content })
}

/// Whether the section `found` has the guidance of `section` word for word, and nothing else. `TBD` is a word of the author.
fn has_only_guidance(proposal: &Proposal<'_>, found: &Section, section: &TemplateSection) -> bool {
    let body = Span::new(found.heading.span.end, proposal.region(found).end);
    let is_same = proposal.text().slice(body).split_whitespace().eq(section.guidance.split_whitespace());
    is_same && !section.guidance.is_empty()
}

/// Returns the edit that removes the document's section that is `section`, if it has nothing but the template's text.
fn removed(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Edit> {
    let found = called(proposal, section)?;
    let is_part = |other: &Section| other.heading.span.start > found.heading.span.start;
    let mut others = proposal.document.outline().iter().map(|(_, other)| other);
    let has_parts = others.any(|other| is_part(other) && found.span.contains(other.heading.span.start));
    let is_empty = || proposal.blocks_of(found).next().is_none();
    let is_unfilled = has_only_guidance(proposal, found, section) || is_empty();
    let span = proposal.region(found);
    let text = proposal.text();
    // A comment above the heading is the author's.
    let is_bare = text.slice(Span::new(span.start, found.heading.span.start)).trim().is_empty();
    // At the end of the document, the blank lines before it are removed, too.
    let above = text.trim_end(Span::new(text.start(), span.start)).end;
    let is_last = span.end == text.end() && above > text.start();
    let start = if is_last { text.line_span_at(above).end } else { span.start };
    let content = if is_last { text.line_ending().as_str().to_owned() } else { String::new() };
    (is_unfilled && is_bare && !has_parts).then(|| Edit { span: Span::new(start, span.end), content })
}

/// Inserts the sections that are required now, were not before, and are missing.
fn sections(now: &Proposal<'_>, old: &Template, changes: &TemplateChanges, steps: &mut Vec<Step>) -> Option<Vec<Edit>> {
    if now.is_stub() || now.has_own_form() {
        return None;
    }
    let new: HashSet<usize> = changes.new.iter().copied().collect();
    let was_optional =
        |section: &TemplateSection| old.sections.iter().any(|before| before.key == section.key && before.is_optional);
    let is_new = |section: &&TemplateSection| new.contains(&section.index) || was_optional(section);
    let missing = now.missing().filter(|section| !section.is_optional && now.elsewhere(section).is_none());
    let missing: Vec<_> = missing.filter(is_new).collect();
    let edits = insert_sections(now, &missing, Filling::Guidance).filter(|edits| !edits.is_empty())?;
    steps.extend(missing.iter().map(|section| Step::Insert(section.name.clone())));
    Some(edits)
}

/// Whether `section`, one of its own, was only a part of another in the template `old`.
fn was_part(old: &Template, section: &TemplateSection) -> bool {
    let mut before = old.sections.iter().filter(|before| before.key == section.key).peekable();
    before.peek().is_some() && before.all(|before| before.parent.is_some())
}

/// Makes `section`, which was a part of another, a section of its own.
fn leveled(now: &Proposal<'_>, section: &TemplateSection, steps: &mut Vec<Step>) -> Option<Vec<Edit>> {
    let found = now.section(section).filter(|found| found.heading.level > now.section_level())?;
    let edits = level_one(now, section).filter(|_| is_called(found, section))?;
    steps.push(Step::Level(section.name.clone()));
    Some(edits)
}

/// Puts the sections in the template's order.
fn ordered(now: &Proposal<'_>, steps: &mut Vec<Step>) -> Option<Vec<Edit>> {
    let edit = reorder(now)?;
    if !steps.contains(&Step::Reorder) {
        steps.push(Step::Reorder);
    }
    Some(vec![edit])
}

/// Inserts the key at `index`, if it is required and missing.
fn new_key(now: &Proposal<'_>, index: usize, steps: &mut Vec<Step>) -> Option<Vec<Edit>> {
    let (_, key) = now.missing_keys().find(|(missing, _)| *missing == index)?;
    let metadata = now.metadata()?;
    let edit = metadata.insertion(now, key, now.entry_before(index))?;
    steps.push(Step::InsertKey(key.name.clone()));
    Some(vec![edit])
}

#[cfg(test)]
mod tests;
