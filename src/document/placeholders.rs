//! Placeholders and notes of the template that are left in the headings and metadata of a proposal.

use super::{Deviation, Metadata, Proposal, Unfilled, UnfilledKind};
use crate::syntax::Entry;
use crate::template::{Form, KeyName, MetadataKey, Sample, TemplateSection, stands_for_date};
use crate::text::Span;

/// The template's note on a heading, left after the section's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingNote<'a> {
    /// The span of the note.
    pub span: Span,
    /// The text of the note.
    pub note: &'a str,
    /// The section.
    pub section: &'a TemplateSection,
}

/// Returns the template's notes on headings that are still there, in the template's order.
pub fn heading_notes<'a>(proposal: &Proposal<'a>) -> Vec<HeadingNote<'a>> {
    let note = |section: &'a TemplateSection| {
        let heading = &proposal.section(section)?.heading;
        let tail = heading.tail.as_ref().filter(|tail| tail.is_italic)?;
        let note = section.note.as_ref().filter(|note| **note == tail.text)?;
        Some(HeadingNote { span: heading.tail_span()?, note, section })
    };
    proposal.template.sections.iter().filter_map(note).collect()
}

/// The front matter keys whose values differ in each document. A value that is the template's is unfilled.
const OF_THE_TEMPLATE: [&str; 4] = ["title", "permalink", "url", "slug"];

impl<'a> Proposal<'a> {
    /// Returns the unfilled title and values, in this order.
    pub fn unfilled(&self) -> &[Unfilled<'a>] {
        self.unfilled.get_or_init(|| read(self))
    }
}

fn read<'a>(proposal: &Proposal<'a>) -> Vec<Unfilled<'a>> {
    let found: Vec<_> = title(proposal).map(|found| (found, false)).into_iter().chain(values(proposal)).collect();
    let is_certain = found.iter().any(|(_, may_be_right)| !may_be_right);
    found.into_iter().filter(|(_, may_be_right)| is_certain || !may_be_right).map(|(found, _)| found).collect()
}

fn title<'a>(proposal: &Proposal<'a>) -> Option<Unfilled<'a>> {
    let heading = &proposal.title()?.heading;
    let template = proposal.template.title.as_ref().filter(|title| !title.is_constant)?;
    let placeholder = template.placeholders.iter().find(|placeholder| has_word(&heading.text, placeholder));
    let kind = match placeholder {
        Some(placeholder) => UnfilledKind::InTitle(placeholder),
        None if heading.text == template.text => UnfilledKind::Title,
        None => return None,
    };
    let placeholders = in_source(proposal, heading.content, &template.placeholders);
    Some(Unfilled { span: heading.content, placeholders, kind, is_optional: false })
}

/// Whether `text` has `word`, and not as the start of a longer word.
fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let is_part = |rest: &str| is_letter(word.chars().next_back()) && is_letter(rest.chars().next());
    text.match_indices(word).any(|(at, _)| !is_part(&text[at + word.len()..]))
}

/// Returns the spans of `placeholders` in the source of `title`, or the whole title if marks or line endings divide them, or there
/// are none.
fn in_source(proposal: &Proposal<'_>, title: Span, placeholders: &[String]) -> Vec<Span> {
    let source = proposal.text().slice(title);
    let found = placeholders.iter().flat_map(|placeholder| source.match_indices(placeholder.as_str()));
    let found: Vec<_> = found.map(|(at, found)| Span::of_range(title.start, at..at + found.len())).collect();
    if found.is_empty() { vec![title] } else { found }
}

/// Returns the unfilled values, each with whether it may be right after all if nothing else is unfilled.
fn values<'a>(proposal: &Proposal<'a>) -> Vec<(Unfilled<'a>, bool)> {
    let entries = proposal.all_metadata().flat_map(|all| all.named().map(move |(name, entry)| (all, name, entry)));
    entries.filter_map(|(metadata, name, entry)| value(proposal, metadata, name, entry)).collect()
}

fn value<'a>(
    proposal: &Proposal<'a>,
    metadata: &Metadata,
    name: &KeyName,
    entry: &Entry,
) -> Option<(Unfilled<'a>, bool)> {
    let (index, key) = proposal.template.key_called(metadata.form, name)?;
    let is_accepted = || proposal.status().is_some_and(|status| status.is_accepted(proposal.template));
    if key.is_due_later() && !is_accepted() {
        return None;
    }
    let is_optional = key.is_optional && !key.is_due_later();
    let value = metadata.value(proposal.text(), entry);
    let is_own = metadata.form == Form::FrontMatter && OF_THE_TEMPLATE.contains(&entry.key.to_lowercase().as_str());
    let is_kept = (key.has_placeholder() || is_own && !key.placeholder.is_empty()) && value == key.placeholder;
    if is_kept || stands_for_date(&value) || key.is_half_filled(&value) {
        let placeholders = vec![metadata.value_span(proposal.text(), entry)];
        let kind = UnfilledKind::Value(entry.key.clone());
        return Some((Unfilled { span: entry.value, placeholders, kind, is_optional }, false));
    }
    let placeholders = kept_sample(proposal, metadata, entry, key);
    let span = *placeholders.first()?;
    // A value that many documents keep is a good start.
    let is_usual = proposal.is_usual(Deviation::KeepsValue(index));
    let kind = UnfilledKind::Sample(entry.key.clone(), index);
    let may_be_right = key.sample.as_ref().is_some_and(Sample::may_be_right);
    (!is_usual).then_some((Unfilled { span, placeholders, kind, is_optional }, may_be_right))
}

fn kept_sample(proposal: &Proposal<'_>, metadata: &Metadata, entry: &Entry, key: &MetadataKey) -> Vec<Span> {
    // In a learnt template, a value that all documents share is not an example. How many files of metadata share one is not known.
    let is_known = proposal.template.learnt.is_none() && !proposal.document.is_sidecar();
    let sample = key.sample.as_ref().filter(|_| is_known);
    sample.map(|sample| sample.kept(proposal.text(), metadata.form, entry)).unwrap_or_default()
}

/// Returns the places of the template's keys whose values are still its examples.
pub(super) fn kept_samples(proposal: &Proposal<'_>) -> Vec<usize> {
    kept(proposal).into_iter().map(|(index, _)| index).collect()
}

/// Returns the keys of the template whose values are still the day that it has there, and the spans of these days.
pub(super) fn kept_days<'a>(proposal: &Proposal<'a>) -> Vec<(&'a MetadataKey, Span)> {
    let day = |(index, spans): (usize, Vec<Span>)| {
        let key = &proposal.template.metadata[index];
        let [span] = spans[..] else { return None };
        key.sample.as_ref().is_some_and(Sample::may_be_right).then_some((key, span))
    };
    kept(proposal).into_iter().filter_map(day).collect()
}

/// Returns the places of the template's keys whose values are still its examples, and the spans of these.
fn kept(proposal: &Proposal<'_>) -> Vec<(usize, Vec<Span>)> {
    let entries = proposal.all_metadata().flat_map(|all| all.named().map(move |(name, entry)| (all, name, entry)));
    let kept = entries.filter_map(|(metadata, name, entry)| {
        let (index, key) = proposal.template.key_called(metadata.form, name)?;
        let spans = kept_sample(proposal, metadata, entry, key);
        (!spans.is_empty()).then_some((index, spans))
    });
    kept.collect()
}
