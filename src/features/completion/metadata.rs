//! Completion of metadata: missing keys, and the values that the template allows.

use super::item::{Completion, CompletionKind};
use super::request::Line;
use crate::document::{Metadata, Proposal, suggested};
use crate::features::snippet::plain_snippet;
use crate::syntax::{BlockKind, Entry, entries, fold_space, is_toml, item_content};
use crate::template::{Form, KeyName, KeyNames, MetadataKey};
use crate::text::{Edit, Offset, Span};

/// Returns the keys, or the values of the key, that can stand in `line` of the metadata outside of front matter.
pub(super) fn complete(proposal: &Proposal<'_>, line: &Line) -> Vec<Completion> {
    let metadata = proposal.metadata();
    let form = metadata.map(|metadata| metadata.form).or(proposal.template.form).unwrap_or(Form::Bullets);
    let block = proposal.document.blocks().at(proposal.text(), line.offset).map(|block| block.kind);
    match form {
        Form::FrontMatter | Form::Bullets => in_list(proposal, line, block),
        Form::Table | Form::HtmlTable => {
            let entry = metadata.and_then(|found| found.entries.iter().find(|entry| entry.value.touches(line.offset)));
            entry.map(|entry| values(proposal, form, entry, line.offset)).unwrap_or_default()
        }
        Form::Lines | Form::Preformatted => in_lines(proposal, line, form),
        Form::Section => Vec::new(),
    }
}

fn in_list(proposal: &Proposal<'_>, line: &Line, block: Option<BlockKind>) -> Vec<Completion> {
    let text = proposal.text();
    if !matches!(block, None | Some(BlockKind::List | BlockKind::Paragraph)) {
        return Vec::new();
    }
    let source = text.slice(line.span);
    let Some(content) = item_content(&source) else { return Vec::new() };
    match entries(text, line.span).pop() {
        Some(entry) if line.offset >= entry.value.start || line.offset > entry.key_span.end + 1 => {
            values(proposal, Form::Bullets, &entry, line.offset)
        }
        Some(_) => Vec::new(),
        None if line.offset >= line.span.start + content && is_key_start(&source[content..]) => {
            let span = Span::new(line.span.start + content, line.span.end);
            keys(proposal, Form::Bullets, proposal.entries(), span)
        }
        None => Vec::new(),
    }
}

/// Completes a line that has nothing but a key with its value, or an unfinished key, if it is among or below other such lines.
fn in_lines(proposal: &Proposal<'_>, line: &Line, form: Form) -> Vec<Completion> {
    let text = proposal.text();
    let own = text.line_at(line.offset);
    let is_near = |metadata: &Metadata| {
        let (first, last) = (text.line_at(metadata.span.start), text.line_at(metadata.span.end));
        (first..=last + usize::from(form == Form::Lines)).contains(&own)
    };
    if !proposal.metadata().is_none_or(is_near) {
        return Vec::new();
    }
    let source = text.slice(line.span);
    let content = source.len() - source.trim_start().len();
    let of_line = proposal.entries().iter().filter(|entry| text.line_at(entry.key_span.start) == own);
    // Several entries may share the line.
    match of_line.clone().rfind(|entry| entry.content <= line.offset).or(of_line.clone().next()) {
        Some(entry) if line.offset >= entry.value.start || line.offset > entry.key_span.end + 1 => {
            values(proposal, form, entry, line.offset)
        }
        None if is_key_start(&source[content..]) && !source.trim().is_empty() => {
            let span = Span::new(line.span.start + content, line.span.end);
            keys(proposal, form, proposal.entries(), span)
        }
        _ => Vec::new(),
    }
}

/// Whether `item` can be the start of a key: letters, perhaps after the markers of bold text.
fn is_key_start(item: &str) -> bool {
    item.trim_start_matches(['*', '_'])
        .chars()
        .all(|character| character.is_alphanumeric() || " ()".contains(character))
}

/// Returns the keys, or the values of the key, that can stand in `line` of the front matter.
pub(super) fn in_front_matter(proposal: &Proposal<'_>, line: &Line) -> Vec<Completion> {
    let text = proposal.text();
    // Completion only writes YAML.
    if proposal.document.blocks().front_matter.is_some_and(|span| is_toml(text, span)) {
        return Vec::new();
    }
    let source = text.slice(line.span);
    let metadata = proposal.metadata_in(Form::FrontMatter);
    let entries = metadata.as_ref().map_or(&[][..], |metadata| &metadata.entries);
    match entries.iter().find(|entry| text.line_span_at(entry.span.start) == line.span) {
        Some(entry) if line.offset > entry.key_span.end => values(proposal, Form::FrontMatter, entry, line.offset),
        None if source.chars().all(|character| character.is_alphanumeric() || "-_ ".contains(character))
            && !source.starts_with(' ')
            && line.span.start > text.start() =>
        {
            keys(proposal, Form::FrontMatter, entries, line.span)
        }
        _ => Vec::new(),
    }
}

/// Returns the values for the section that has one and that the cursor is in: at the value, or where the value would be.
pub(super) fn in_section(proposal: &Proposal<'_>, line: &Line) -> Vec<Completion> {
    let text = proposal.text();
    let Some(metadata) = proposal.section_metadata() else { return Vec::new() };
    let is_below = |entry: &&Entry| line.span.start > entry.key_span.end && line.span.start < entry.span.end;
    let is_at_end = |entry: &&Entry| line.span.start > entry.key_span.end && entry.span.end == text.end();
    let mut entries = metadata.entries.iter().filter(|entry| is_below(entry) || is_at_end(entry));
    let Some(entry) = entries.next_back() else { return Vec::new() };
    let is_blank = text.slice(line.span).trim().is_empty();
    match entry.value.is_empty() {
        true if is_blank => {
            let value = Span::new(line.offset, line.offset);
            values(proposal, Form::Section, &Entry { value, ..entry.clone() }, line.offset)
        }
        false if entry.value.touches(line.offset) => values(proposal, Form::Section, entry, line.offset),
        _ => Vec::new(),
    }
}

fn values(proposal: &Proposal<'_>, form: Form, entry: &Entry, at: Offset) -> Vec<Completion> {
    let text = proposal.text();
    let value = entry.value;
    let Some((_, key)) = proposal.template.metadata_key(form, &entry.key) else { return Vec::new() };
    let source = text.slice(value);
    let inner = source.trim_start_matches(['_', '*']);
    let start = value.start + (source.len() - inner.len());
    let inner = inner.trim_end_matches(['_', '*']);
    let end = start + inner.len();
    // A space after the value is taken as a part of it: the next word may follow.
    let is_going_on = value.end < at && text.slice(Span::new(value.end, at)).trim_matches([' ', '\t']).is_empty();
    let end = if is_going_on { at } else { end };
    let before = text.slice(Span::new(text.line_span_at(value.start).start, value.start));
    let gap = if form == Form::Section || before.ends_with([' ', '\t', '>', '|', '：', '"', '\'']) { "" } else { " " };
    let is_placeholder = !key.placeholder.is_empty() && fold_space(&source) == fold_space(&key.placeholder);
    let completion = |value: &String| {
        let content = format!("{gap}{value}");
        Completion {
            label: value.trim_end().to_owned(),
            detail: None,
            documentation: None,
            snippet: plain_snippet(&content),
            edit: Edit { span: Span::new(start, end), content },
            // A placeholder is replaced as a whole; it is not the start of a value.
            filter: if is_placeholder { inner.to_owned() } else { value.clone() },
            is_likely: false,
            kind: CompletionKind::Value,
            about: None,
        }
    };
    let starts = key.starts.iter().map(|start| format!("{start} "));
    suggested(proposal, key).into_iter().chain(starts).map(|value| completion(&value)).collect()
}

fn keys(proposal: &Proposal<'_>, form: Form, present: &[Entry], span: Span) -> Vec<Completion> {
    let template = proposal.template;
    // If the metadata's form is not the template's, the keys come in that form all the same. Front matter is exempt: it may serve
    // other purposes.
    let has_form = form == Form::FrontMatter || template.metadata.iter().any(|key| key.form == form);
    let is_wanted = |key: &&MetadataKey| if has_form { key.form == form } else { Some(key.form) == template.form };
    let present = KeyNames::of(present.iter().map(|entry| KeyName::of(&entry.key)));
    let is_missing = |key: &&MetadataKey| present.first(key.called(), |_| true).is_none();
    let label = |key: &MetadataKey| if key.form == form { key.label.clone() } else { format!("{}:", key.name) };
    let completion = |key: &MetadataKey| Completion {
        // The label is what a client inserts that does not expand snippets, as in sections.
        label: label(key),
        detail: Some("metadata".to_owned()),
        documentation: (!key.placeholder.is_empty()).then(|| key.placeholder.clone()),
        edit: Edit { span, content: format!("{} ", label(key)) },
        snippet: plain_snippet(&format!("{} ", label(key))),
        filter: label(key),
        is_likely: false,
        kind: CompletionKind::Key,
        about: None,
    };
    template.metadata.iter().filter(is_wanted).filter(is_missing).map(completion).collect()
}
