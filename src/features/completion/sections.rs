//! Completion of headings: the sections that are still missing.

use super::item::{Completion, CompletionKind};
use super::request::{Line, Trigger};
use crate::document::Proposal;
use crate::features::snippet::escape;
use crate::syntax::BlockKind;
use crate::template::TemplateSection;
use crate::text::{Edit, Offset, Span};

/// Returns the headings of missing sections that can stand in `line`.
pub(super) fn complete(proposal: &Proposal<'_>, line: &Line, trigger: Trigger) -> Vec<Completion> {
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
    let span = Span::new(start, line.span.end);
    let completion = |section: &&TemplateSection| Completion {
        is_likely: next == Some(section.index),
        ..completion(proposal, section, &typed, span)
    };
    offered.iter().map(completion).collect()
}

/// Completes `span`, which starts with the heading markers `typed`, to the heading of `section`.
fn completion(proposal: &Proposal<'_>, section: &TemplateSection, typed: &str, span: Span) -> Completion {
    let heading = format!("{} {}", "#".repeat(proposal.level_of(section).into()), section.name);
    Completion {
        // A client that does not expand snippets inserts the label, such as Neovim's omnifunc.
        label: heading.clone(),
        detail: Some(if section.is_optional { "optional section" } else { "section" }.to_owned()),
        documentation: (!section.guidance.is_empty()).then(|| section.guidance.clone()),
        snippet: Some(format!("{}\n\n$0", escape(&heading))),
        filter: if typed.is_empty() { section.name.clone() } else { format!("{typed} {}", section.name) },
        edit: Edit { span, content: heading },
        is_likely: false,
        kind: CompletionKind::Section,
        about: None,
    }
}

/// Returns the indices of the template's sections that `offset` is in.
fn parents(proposal: &Proposal<'_>, offset: Offset) -> Vec<usize> {
    let line = proposal.text().line_start(proposal.text().line_at(offset));
    // An unfinished heading ends the section that it is going to be a part of, so the end counts as inside.
    let is_in = |section: &&TemplateSection| {
        proposal.section(section).is_some_and(|found| found.span.start < line && line <= found.span.end)
    };
    proposal.template.sections.iter().filter(is_in).map(|section| section.index).collect()
}

/// Whether what follows a heading's markers can be an unfinished name: nothing, or a space and anything after it.
fn heading_text(after_marks: &str) -> bool {
    after_marks.is_empty() || after_marks.starts_with([' ', '\t'])
}

/// Returns the index of the one of `offered` that follows the template's last section before `offset`.
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
