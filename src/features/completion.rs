//! Completion: the sections still missing, metadata keys, the values that the template allows, and what links lead to.

mod links;

use std::path::PathBuf;

use crate::document::{Metadata, Proposal, suggested};
use crate::syntax::{BlockKind, Entry, entries, fold_space, is_toml, item_content};
use crate::template::{Form, KeyName, KeyNames, MetadataKey, TemplateSection};
use crate::text::{Edit, Offset, Span};

/// One thing to insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// A word about it, behind the label.
    pub detail: Option<String>,
    /// More about it, as Markdown.
    pub documentation: Option<String>,
    /// What it does to the document; its span is on one line and has the cursor.
    pub edit: Edit,
    /// The edit's content as an LSP snippet, where that says more.
    pub snippet: Option<String>,
    /// What the text in the edit's span is compared with.
    pub filter: String,
    /// Whether it is the one to offer first.
    pub is_likely: bool,
    /// What it is.
    pub kind: CompletionKind,
    /// The proposal that it leads to, for whoever wants to know more of it.
    pub about: Option<PathBuf>,
}

/// The kinds of completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A section's heading.
    Section,
    /// A metadata key.
    Key,
    /// A metadata value.
    Value,
    /// A proposal's number.
    Proposal,
    /// A file.
    File,
    /// A heading or label.
    Anchor,
}

/// How the request came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The author asked, or typed a letter.
    Invoked,
    /// The author typed this trigger character.
    Character(char),
}

/// The characters after which an editor is to ask by itself.
pub const TRIGGER_CHARACTERS: [&str; 7] = ["#", " ", ":", "(", "[", "/", "-"];

/// Those that matter in links and numbers alone.
const OF_LINKS: [char; 4] = ['(', '[', '/', '-'];

pub use links::MAX;

/// How many completions there are at most: many more than anyone looks through.
const MAX_ALL: usize = 1_000;

/// What can be inserted at `offset`, in the order of the template, at most `MAX_ALL`; of what links lead to, at most [`MAX`].
pub fn complete(proposal: &Proposal<'_>, offset: Offset, trigger: Trigger) -> Vec<Completion> {
    let mut found = all(proposal, offset, trigger);
    found.truncate(MAX_ALL);
    found
}

fn all(proposal: &Proposal<'_>, offset: Offset, trigger: Trigger) -> Vec<Completion> {
    let text = proposal.text();
    let line = Line { span: text.line_span_at(offset), offset };
    if proposal.document.blocks().front_matter.is_some_and(|span| offset < span.end) {
        return front_matter(proposal, &line);
    }
    if let Some(found) = links::complete(proposal, &line) {
        return found;
    }
    if proposal.is_index() || matches!(trigger, Trigger::Character(typed) if OF_LINKS.contains(&typed)) {
        return Vec::new();
    }
    let is_metadata = || proposal.metadata().is_some_and(|metadata| metadata.span.touches(offset));
    if proposal.preamble().touches(offset) || is_metadata() {
        let found = metadata(proposal, &line);
        if !found.is_empty() {
            return found;
        }
    }
    let found = in_section(proposal, &line);
    if found.is_empty() { sections(proposal, &line, trigger) } else { found }
}

/// The values for the section that has one and that the cursor is in: at the value, or where it would be.
fn in_section(proposal: &Proposal<'_>, line: &Line) -> Vec<Completion> {
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

/// The line with the cursor.
struct Line {
    span: Span,
    offset: Offset,
}

fn sections(proposal: &Proposal<'_>, line: &Line, trigger: Trigger) -> Vec<Completion> {
    let text = proposal.text();
    let source = text.slice(line.span);
    let content = source.trim_start_matches('\u{feff}').trim_start_matches(' ');
    let indent = source.len() - content.len();
    let marks = content.len() - content.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&marks) && indent < 4 + 3 && heading_text(&content[marks..]);
    let is_blank = source.trim_matches(['\u{feff}', ' ', '\t']).is_empty() && trigger == Trigger::Invoked;
    let block = proposal.document.blocks().at(text, line.offset).map(|block| block.kind);
    let is_at_block_level = match block {
        None => is_blank || is_heading,
        Some(BlockKind::AtxHeading | BlockKind::Paragraph) => is_heading,
        Some(_) => false,
    };
    let start = line.span.start + indent;
    let is_title =
        proposal.title().is_some_and(|title| title.heading.span.touches(line.offset) && !title.heading.text.is_empty());
    if !is_at_block_level || is_title || line.offset < start + marks {
        return Vec::new();
    }
    let parents = parents(proposal, line.offset);
    let offered: Vec<&TemplateSection> =
        proposal.missing().filter(|section| section.parent.is_none_or(|parent| parents.contains(&parent))).collect();
    let next = next(proposal, &offered, line.offset);
    let typed = "#".repeat(marks);
    let completion = |section: &&TemplateSection| {
        let heading = format!("{} {}", "#".repeat(proposal.level_of(section).into()), section.name);
        Completion {
            // A client that does not expand snippets inserts the label (Neovim's omnifunc).
            label: heading.clone(),
            detail: Some(if section.is_optional { "optional section" } else { "section" }.to_owned()),
            documentation: (!section.guidance.is_empty()).then(|| section.guidance.clone()),
            snippet: Some(format!("{}\n\n$0", escape(&heading))),
            filter: if marks == 0 { section.name.clone() } else { format!("{typed} {}", section.name) },
            edit: Edit { span: Span::new(start, line.span.end), content: heading },
            is_likely: next == Some(section.index),
            kind: CompletionKind::Section,
            about: None,
        }
    };
    offered.iter().map(completion).collect()
}

/// The sections of the template, by their places, that what stands at `offset` is in.
fn parents(proposal: &Proposal<'_>, offset: Offset) -> Vec<usize> {
    let line = proposal.text().line_start(proposal.text().line_at(offset));
    // A heading in the making ends the section that it is to be a part of.
    let is_in = |section: &&TemplateSection| {
        proposal.section(section).is_some_and(|found| found.span.start < line && line <= found.span.end)
    };
    proposal.template.sections.iter().filter(is_in).map(|section| section.index).collect()
}

/// Whether what follows a heading's marks can be a name in the making: nothing, or a space and whatever comes.
fn heading_text(after_marks: &str) -> bool {
    after_marks.is_empty() || after_marks.starts_with([' ', '\t'])
}

/// Of those `offered`, the section of the template that comes after what stands before `offset`.
fn next(proposal: &Proposal<'_>, offered: &[&TemplateSection], offset: Offset) -> Option<usize> {
    let sections = &proposal.template.sections;
    let stands_before =
        |section: &&TemplateSection| proposal.section(section).is_some_and(|found| found.span.start < offset);
    let last = sections.iter().filter(stands_before).map(|section| section.index).next_back();
    let mut missing = offered.iter().map(|section| section.index);
    let first = missing.next();
    match last {
        Some(last) => first.into_iter().chain(missing).find(|&index| index > last).or(first),
        None => first,
    }
}

fn metadata(proposal: &Proposal<'_>, line: &Line) -> Vec<Completion> {
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

/// In a line that is nothing but a key with its value, or a key in the making, among or below others.
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
    // Several may share it.
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

/// Whether a key can be in the making: letters, perhaps behind the marks of bold text.
fn is_key_start(item: &str) -> bool {
    item.trim_start_matches(['*', '_'])
        .chars()
        .all(|character| character.is_alphanumeric() || " ()".contains(character))
}

fn front_matter(proposal: &Proposal<'_>, line: &Line) -> Vec<Completion> {
    let text = proposal.text();
    // What is completed is YAML.
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

fn values(proposal: &Proposal<'_>, form: Form, entry: &Entry, at: Offset) -> Vec<Completion> {
    let text = proposal.text();
    let value = entry.value;
    let Some((_, key)) = proposal.template.metadata_key(form, &entry.key) else { return Vec::new() };
    let source = text.slice(value);
    let inner = source.trim_start_matches(['_', '*']);
    let start = value.start + (source.len() - inner.len());
    let inner = inner.trim_end_matches(['_', '*']);
    let end = start + inner.len();
    // A blank behind the first word is one of the value's.
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
            // What is to be replaced as a whole is no start of a value.
            filter: if is_placeholder { inner.to_owned() } else { value.clone() },
            is_likely: false,
            kind: CompletionKind::Value,
            about: None,
        }
    };
    let starts = key.starts.iter().map(|start| format!("{start} "));
    suggested(proposal, key).into_iter().chain(starts).map(|value| completion(&value)).collect()
}

/// `content` as a snippet, if it has blanks: of plain text, Neovim takes the first word.
fn plain_snippet(content: &str) -> Option<String> {
    content.contains(char::is_whitespace).then(|| escape(content))
}

fn keys(proposal: &Proposal<'_>, form: Form, present: &[Entry], span: Span) -> Vec<Completion> {
    let template = proposal.template;
    // Who has another form than the template has the keys in it; front matter may well be there for other ends.
    let has_form = form == Form::FrontMatter || template.metadata.iter().any(|key| key.form == form);
    let is_wanted = |key: &&MetadataKey| if has_form { key.form == form } else { Some(key.form) == template.form };
    let present = KeyNames::of(present.iter().map(|entry| KeyName::of(&entry.key)));
    let is_missing = |key: &&MetadataKey| present.first(key.called(), |_| true).is_none();
    let label = |key: &MetadataKey| if key.form == form { key.label.clone() } else { format!("{}:", key.name) };
    let completion = |key: &MetadataKey| Completion {
        // As that of a section: what a client inserts that does not expand snippets.
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

/// `text` as it is, in a snippet (LSP 3.17, "Snippet Syntax").
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
