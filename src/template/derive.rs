//! From a template's Markdown to its schema.

use std::collections::HashMap;
use std::path::Path;

use super::fill::is_title_key;
use super::{
    ACCEPTED_STATUS, Form, Instructions, MetadataKey, RELEASED_STATUS, Template, TemplateSection, Title, keys, naming,
    tail,
};
use crate::syntax::{BlockKind, Blocks, Heading, Mark, Outline, Section, SectionId, blocks, paragraphs};
use crate::text::{Offset, Span, Text};

pub(super) fn derive(content: &str, source: Option<&Path>) -> Template {
    let text = Text::new(content);
    let blocks = blocks(&text);
    let outline = Outline::of(&text, &blocks);
    let title = title(&outline);
    let sections = Derivation { text: &text, blocks: &blocks, outline: &outline, title }.sections();
    let first = sections.first().map_or(text.end(), |section| section.heading.start);
    let by_key = by_key(&sections);
    let body = keys::of_body(&text, &blocks, first);
    let metadata_span = body.as_ref().map(|(span, _)| *span);
    let mut metadata = keys::of_front_matter(&text, &blocks);
    metadata.extend(body.into_iter().flat_map(|(_, keys)| keys));
    Template {
        source: source.map(Path::to_owned),
        title: title.map(|id| title_of(&text, &outline.get(id).heading, &metadata)),
        form: metadata.last().map(|key| key.form),
        metadata,
        instructions: Instructions::of(&text, &blocks, metadata_span),
        released_status: RELEASED_STATUS.map(str::to_owned).to_vec(),
        accepted_status: ACCEPTED_STATUS.map(str::to_owned).to_vec(),
        sections,
        naming: None,
        by_key,
        aliases: HashMap::new(),
        text,
    }
}

/// The sections' places by their names: of two with one name that of the first, and in the singular and the plural, where no
/// other is called so.
fn by_key(sections: &[TemplateSection]) -> HashMap<String, usize> {
    let mut found: HashMap<String, usize> = HashMap::new();
    for section in sections {
        found.entry(section.key.clone()).or_insert(section.index);
    }
    for section in sections {
        let other = section.key.strip_suffix('s').map_or_else(|| format!("{}s", section.key), str::to_owned);
        found.entry(other).or_insert(section.index);
    }
    found
}

/// The only heading of the lowest level, or a first heading with a placeholder.
fn title(outline: &Outline) -> Option<SectionId> {
    let (id, first) = outline.first()?;
    let level = first.heading.level;
    let is_alone = outline.iter().skip(1).all(|(_, section)| section.heading.level > level);
    (is_alone || naming::has_placeholder(&first.heading.text)).then_some(id)
}

fn title_of(text: &Text, heading: &Heading, metadata: &[MetadataKey]) -> Title {
    let has_title = |key: &MetadataKey| key.form != Form::FrontMatter && is_title_key(&key.name);
    let says_template = heading.text.to_lowercase().contains("template");
    let is_constant = !naming::has_placeholder(&heading.text) && !says_template && metadata.iter().any(has_title);
    let prefix = naming::title_prefix(&text.slice(heading.content), &heading.text);
    Title {
        level: heading.level,
        text: heading.text.clone(),
        placeholders: naming::placeholders(&heading.text, prefix.as_deref()),
        separator: prefix.as_ref().and_then(|prefix| naming::separator(&heading.text, prefix)),
        prefix,
        is_constant,
    }
}

/// What the sections are derived from.
struct Derivation<'a> {
    text: &'a Text,
    blocks: &'a Blocks,
    outline: &'a Outline,
    title: Option<SectionId>,
}

impl Derivation<'_> {
    fn sections(&self) -> Vec<TemplateSection> {
        let level = self.outline.lowest_level(self.title);
        let is_section = |id: SectionId, section: &Section| {
            Some(id) != self.title && Some(section.heading.level) == level && !section.heading.core.is_empty()
        };
        let sections = self.outline.iter().filter(|(id, section)| is_section(*id, section));
        sections.enumerate().map(|(index, (_, section))| self.section(section, index)).collect()
    }

    fn section(&self, section: &Section, index: usize) -> TemplateSection {
        let heading = &section.heading;
        let note = heading.tail.as_ref().map(|tail| tail::Note::of(&tail.text)).unwrap_or_default();
        let is_note = note.is_meaningful() || heading.tail.as_ref().is_some_and(|tail| tail.is_italic);
        let body = Span::new(heading.span.end, self.lead(section.span.end));
        TemplateSection {
            index,
            name: if is_note || heading.tail.is_none() { heading.core.clone() } else { heading.text.clone() },
            key: heading.key.clone(),
            level: heading.level,
            heading: heading.content,
            note: heading.tail.as_ref().filter(|tail| tail.is_italic).map(|tail| tail.text.clone()),
            word_limit: note.word_limit,
            character_limit: note.character_limit,
            is_optional: note.is_optional || self.is_optional(section) || tail::is_back_matter(&heading.key),
            guidance: guidance(&self.text.slice(body)),
            prompts: self.prompts(body),
        }
    }

    /// Where the comments directly above the heading at `heading` start.
    fn lead(&self, heading: Offset) -> Offset {
        self.blocks.lead(self.text, heading)
    }

    /// Whether what stands between the heading and its first subsection says so, or a comment directly above it.
    fn is_optional(&self, section: &Section) -> bool {
        let heading = section.heading.span;
        let next = self.outline.iter().map(|(_, other)| other.heading.span.start).find(|start| *start > heading.start);
        let own = Span::new(heading.end, self.lead(next.unwrap_or(section.span.end)));
        let above = Span::new(self.lead(heading.start), heading.start);
        [own, above].iter().any(|span| tail::is_optional_guidance(&self.text.slice(*span)))
    }

    /// The list items, and the paragraphs that are a question in bold, in the section at `body`.
    fn prompts(&self, body: Span) -> Vec<String> {
        let blocks = self.blocks.list.iter().filter(|block| body.contains(block.span.start));
        let found = blocks.flat_map(|block| {
            let is_list = block.kind == BlockKind::List;
            let all = paragraphs(self.text, block.span).into_iter();
            all.filter(move |paragraph| match paragraph.mark {
                Mark::None | Mark::Italic => is_list || is_bold_question(&self.text.slice(paragraph.span)),
                Mark::Quote | Mark::Comment | Mark::Task => false,
            })
        });
        found.map(|paragraph| paragraph.text).collect()
    }
}

fn is_bold_question(source: &str) -> bool {
    let is_bold = |mark: &str| source.starts_with(mark) && source.ends_with(mark);
    (is_bold("**") || is_bold("__")) && source.trim_end_matches(['*', '_']).ends_with('?')
}

/// `body` with LF and without blank lines at its ends.
fn guidance(body: &str) -> String {
    let lines = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines = lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    lines.trim_matches('\n').to_owned()
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
                separator: Some(": ".into()),
                is_constant: false,
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
    fn a_heading_above_the_key_for_the_title_is_the_same_everywhere() {
        let template = derive_text("# Meta\n\n- Name: (my feature)\n- Status: Draft\n\n## Summary\n\n## Problem\n");
        assert!(template.title.is_some_and(|title| title.is_constant) && template.sections.len() == 2);
        for title in ["Feature name", "RFC template", "XIP-NNN"] {
            let template = derive_text(&format!("# {title}\n\n- Name: (my feature)\n\n## Summary\n\n## Problem\n"));
            assert!(template.title.is_some_and(|found| !found.is_constant), "{title}");
        }
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
        assert!(template.instructions.say("Say why.") && template.instructions.len() == 1);
        assert_eq!((section.name.as_str(), template.sections[1].name.as_str()), ("A", "B (of C)"));
    }

    #[test]
    fn anything_is_a_template() {
        for content in ["", "\n", "#", "# ", "text", "---\na: b\n---\n", "## A\n## A\n", "#\n##\n###\n"] {
            derive_text(content);
        }
    }
}
