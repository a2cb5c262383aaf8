//! From a template's Markdown to its schema.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{MetadataKey, OPEN_STATUS, RELEASED_STATUS, Template, TemplateSection, Title, naming, tail};
use crate::syntax::{
    BlockKind, Blocks, Body, Entry, Heading, Outline, Paragraph, Section, SectionId, entries, fold_space, paragraphs,
    read,
};
use crate::text::{Offset, Span, Text};

pub(super) fn derive(content: &str, source: Option<&Path>) -> Template {
    let text = Text::new(content);
    let blocks = read(&text);
    let outline = Outline::of(&text, &blocks);
    let title = title(&outline);
    let sections = sections(&text, &outline, title);
    let first = sections.first().map_or(text.end(), |section| section.heading.start);
    let by_key = sections.iter().rev().map(|section| (section.key.clone(), section.index)).collect::<HashMap<_, _>>();
    Template {
        source: source.map(Path::to_owned),
        title: title.map(|id| title_of(&text, &outline.get(id).heading)),
        metadata: metadata(&text, &blocks, first),
        instructions: instructions(&text),
        sections,
        released_status: RELEASED_STATUS.map(str::to_owned).to_vec(),
        open_status: OPEN_STATUS.map(str::to_owned).to_vec(),
        by_key,
        aliases: HashMap::new(),
        text,
    }
}

/// The only heading of the lowest level, or a first heading with a placeholder.
fn title(outline: &Outline) -> Option<SectionId> {
    let (id, first) = outline.first()?;
    let level = first.heading.level;
    let is_alone = outline.iter().skip(1).all(|(_, section)| section.heading.level > level);
    (is_alone || naming::has_placeholder(&first.heading.text)).then_some(id)
}

fn title_of(text: &Text, heading: &Heading) -> Title {
    let prefix = naming::prefix(&text.slice(heading.content), &heading.text);
    Title {
        level: heading.level,
        text: heading.text.clone(),
        placeholders: naming::placeholders(&heading.text),
        prefix,
    }
}

fn sections(text: &Text, outline: &Outline, title: Option<SectionId>) -> Vec<TemplateSection> {
    let level = outline.lowest_level(title);
    let at_level = outline.iter().filter(|(id, section)| Some(*id) != title && Some(section.heading.level) == level);
    let named = at_level.filter(|(_, section)| !section.heading.core.is_empty());
    named.enumerate().map(|(index, (_, section))| section_of(text, outline, section, index)).collect()
}

fn section_of(text: &Text, outline: &Outline, section: &Section, index: usize) -> TemplateSection {
    let heading = &section.heading;
    let note = heading.tail.as_ref().map(|tail| tail::Note::of(&tail.text)).unwrap_or_default();
    let is_note = note.is_meaningful() || heading.tail.as_ref().is_some_and(|tail| tail.is_italic);
    let subsections = outline.iter().filter(|(_, other)| other.heading.span.start > heading.span.start);
    let own_end = subsections.map(|(_, other)| other.heading.span.start).next().unwrap_or(section.span.end);
    let own = text.slice(Span::new(heading.span.end, own_end));
    TemplateSection {
        index,
        name: if is_note || heading.tail.is_none() { heading.core.clone() } else { heading.text.clone() },
        key: heading.key.clone(),
        level: heading.level,
        heading: heading.content,
        note: heading.tail.as_ref().filter(|tail| tail.is_italic).map(|tail| tail.text.clone()),
        word_limit: note.word_limit,
        is_optional: note.is_optional || tail::is_optional_guidance(&own) || tail::is_back_matter(&heading.key),
        guidance: guidance(&text.slice(section.body())),
    }
}

/// The paragraphs in italics. One of a single word is emphasis, whoever wrote it.
fn instructions(text: &Text) -> HashSet<String> {
    let body = Span::new(Body::of(text).start, text.end());
    let is_instruction = |found: &Paragraph| found.is_italic && found.text.contains(' ');
    paragraphs(text, body).into_iter().filter(is_instruction).map(|found| found.text).collect()
}

/// `body` with LF and without blank lines at its ends.
fn guidance(body: &str) -> String {
    let lines = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines = lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    lines.trim_matches('\n').to_owned()
}

/// The entries of the first bullet list before `end` that has any.
fn metadata(text: &Text, blocks: &Blocks, end: Offset) -> Vec<MetadataKey> {
    let lists = blocks.list.iter().filter(|block| block.kind == BlockKind::List && block.span.start < end);
    let entries = lists.map(|list| entries(text, list.span)).find(|entries| !entries.is_empty()).unwrap_or_default();
    let key = |entry: Entry| {
        let placeholder = fold_space(&text.slice(Span::new(entry.value.start, entry.span.end)));
        let label = text.slice(Span::new(entry.content, entry.value.start)).trim_end().to_owned();
        MetadataKey { values: naming::enumeration(&placeholder), name: entry.key, label, placeholder }
    };
    entries.into_iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derive_text(content: &str) -> Template {
        derive(content, None)
    }

    #[test]
    fn the_built_in_template_has_ten_sections_and_four_keys() {
        let template = Template::built_in();
        let names: Vec<_> = template.sections.iter().map(|section| section.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Introduction",
                "Problem Statement",
                "Scope",
                "Project Justification",
                "Functional specification",
                "Proposed Design",
                "Development Milestones",
                "Test Plan",
                "References",
                "Appendix",
            ]
        );
        let optional: Vec<_> =
            template.sections.iter().filter(|section| section.is_optional).map(|section| section.index).collect();
        assert_eq!(optional, [6, 8, 9]);
        assert_eq!(template.sections[0].word_limit, Some(200));
        assert_eq!(
            template.title,
            Some(Title {
                level: 1,
                text: "VIP-$NUMBER: $TITLE".into(),
                placeholders: vec!["$NUMBER".into(), "$TITLE".into()],
                prefix: Some("VIP-".into()),
            })
        );
        assert_eq!(template.metadata[0].values, ["Under Discussion", "Accepted", "Implemented", "Adopted", "Rejected"]);
        assert!(template.metadata[1].values.is_empty());
    }

    #[test]
    fn a_title_without_a_placeholder_is_the_only_heading_of_its_level() {
        let template = derive_text("# Improvement Proposal Template\n\n## Summary\n\n### Detail\n\n## Tests\n");
        assert_eq!(template.title.map(|title| (title.level, title.prefix)), Some((1, None)));
        assert_eq!(template.sections.len(), 2);
    }

    #[test]
    fn sections_may_have_the_level_of_the_title_or_no_title_before_them() {
        assert_eq!(derive_text("# XIP-NNN: Title\n# Summary\n# Design\n## Part\n").sections.len(), 2);
        let untitled = derive_text("- Feature Name: (fill me in)\n\n# Summary\n\n# Design\n\n## Part\n");
        assert_eq!((untitled.title, untitled.sections.len()), (None, 2));
        assert_eq!(untitled.metadata[0].name, "Feature Name");
    }

    #[test]
    fn guidance_is_what_stands_under_the_heading() {
        let template = derive_text(
            "# T\r\n\r\n## A _(note)_\r\n\r\n_Say\r\nwhy._\r\n\r\n### Part\r\n\r\nKeep this.\r\n\r\n## B (of C)\r\n",
        );
        let section = &template.sections[0];
        assert_eq!(section.guidance, "_Say\nwhy._\n\n### Part\n\nKeep this.");
        assert_eq!(template.instructions.iter().map(String::as_str).collect::<Vec<_>>(), ["Say why."]);
        assert_eq!((section.name.as_str(), template.sections[1].name.as_str()), ("A", "B (of C)"));
    }

    #[test]
    fn anything_is_a_template() {
        for content in ["", "\n", "#", "# ", "text", "---\na: b\n---\n", "## A\n## A\n", "#\n##\n###\n"] {
            derive_text(content);
        }
    }
}
