//! Derives a schema from the Markdown of a template.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::key_name::is_title_key;
use super::section_names::SectionNames;
use super::signs::says_template;
use super::{
    ACCEPTED_STATUS, Demands, Excess, Form, Instructions, KeyNames, LifeCycle, Limits, MetadataKey, RELEASED_STATUS,
    Template, TemplateSection, Title, bounds, keys, section_keys, sections, signs,
};
use crate::syntax::{Blocks, Heading, Origin, Outline, SectionId, blocks, fold};
use crate::text::{Span, Text};

static BUILT_IN: LazyLock<Arc<Template>> =
    LazyLock::new(|| Arc::new(Template::derive(include_str!("vip-template.md"), None)));

impl Template {
    /// The template for Venice Improvement Proposals, for a repository that has none of its own.
    pub fn built_in() -> Arc<Template> {
        BUILT_IN.clone()
    }

    /// Reads `content`, which comes from the file `source`. Any text gives a template; a text without headings gives one without
    /// sections.
    pub fn derive(content: &str, source: Option<&Path>) -> Template {
        let text = Text::new(content);
        let blocks = blocks(&text);
        Template::of_blocks(text, &blocks, source)
    }

    /// Reads the YAML `content`, the metadata beside a template, which comes from the file `source`.
    pub fn of_sidecar(content: &str, source: Option<&Path>) -> Template {
        let text = Text::new(content);
        let blocks = Blocks { front_matter: Some(text.span()), list: Vec::new() };
        let template = Template::of_blocks(text, &blocks, source);
        Template { form: Some(Form::FrontMatter), is_sidecar: true, ..template }
    }

    fn of_blocks(text: Text, blocks: &Blocks, source: Option<&Path>) -> Template {
        let outline = Outline::of(&text, blocks);
        let title = title(&outline);
        let mut sections = sections::of(&text, blocks, &outline, title);
        let mut excess: Vec<Excess> = bounds::of_sections(&mut sections).into_iter().collect();
        let (metadata_span, mut metadata) = metadata(&text, blocks, &sections);
        let form = metadata.last().map(|key| key.form);
        metadata.extend(section_keys::of(&sections));
        excess.extend(bounds::of_keys(&text, &mut metadata));
        keys::finish(&mut metadata);
        let title = title.map(|id| title_of(&text, &outline.get(id).heading, &metadata));
        let instructions = Instructions::of(&text, blocks, metadata_span);
        excess.extend(bounds::of_instructions(&instructions));
        Template {
            source: source.map(Path::to_owned),
            limits: limits(&text.slice(head(&text, blocks, &sections)), title.as_ref(), &metadata),
            title,
            form,
            keys: KeyNames::of(metadata.iter().map(|key| key.called.clone())),
            metadata,
            is_sidecar: false,
            demands: Demands::default(),
            metadata_span,
            instructions,
            excess,
            released_status: RELEASED_STATUS.map(Into::into).into(),
            accepted_status: ACCEPTED_STATUS.map(Into::into).into(),
            life_cycle: LifeCycle::default(),
            names: SectionNames::of(&sections),
            sections,
            naming: None,
            learnt: None,
            version: None,
            aliases: HashMap::new(),
            origin: Origin::default(),
            called: Origin::default(),
            text,
        }
    }
}

/// Returns the span of the template `text` after its front matter and before the first of `sections`.
fn head(text: &Text, blocks: &Blocks, sections: &[TemplateSection]) -> Span {
    let first = sections.first().map_or(text.end(), |section| section.heading.start);
    let start = blocks.front_matter.map_or(text.start(), |span| span.end);
    Span::new(start.min(first), first)
}

/// Returns the keys of the template `text` before its sections, and the span of those outside the front matter.
fn metadata(text: &Text, blocks: &Blocks, sections: &[TemplateSection]) -> (Option<Span>, Vec<MetadataKey>) {
    let body = keys::of_body(text, blocks, keys::end(text, sections));
    let span = body.as_ref().map(|(span, _)| *span);
    let mut metadata = keys::of_front_matter(text, blocks);
    metadata.extend(body.into_iter().flat_map(|(_, keys)| keys));
    (span, metadata)
}

/// Returns the only heading of the lowest level, or a first heading with a placeholder. If the first heading only says that this is
/// a template, the second one may be the title.
fn title(outline: &Outline) -> Option<SectionId> {
    let mut headings = outline.iter();
    let (id, first) = headings.next()?;
    let level = first.heading.level;
    let key = &first.heading.key;
    let says_template = says_template(key) || key.starts_with("how to use");
    if signs::has_placeholder(&first.heading.text) && !key.starts_with("how to use") {
        return Some(id);
    }
    if says_template
        && let Some((second, section)) = headings.next()
        && signs::has_placeholder(&section.heading.text)
        && section.heading.level >= level
    {
        return Some(second);
    }
    let is_alone = outline.iter().skip(1).all(|(_, section)| section.heading.level > level);
    (is_alone || says_template).then_some(id)
}

/// Returns the limits on the title and on the values of keys, which the template sets in the text `before` its first section and in
/// the placeholders of the keys.
fn limits(before: &str, title: Option<&Title>, metadata: &[MetadataKey]) -> HashMap<Option<usize>, Limits> {
    let said = Limits::all_in(before);
    let of = |name: &str| {
        let meant = said.iter().filter(|(sentence, _)| Limits::are_of(name, sentence)).map(|(_, limits)| *limits);
        meant.fold(Limits::default(), Limits::or)
    };
    let is_title = |index: usize| is_title_key(&metadata[index].name);
    let has_heading = title.is_some_and(|title| !title.is_constant);
    let mut found: HashMap<Option<usize>, Limits> = HashMap::new();
    found.insert(None, if has_heading { of("title") } else { Limits::default() });
    for (index, key) in metadata.iter().enumerate() {
        let own = Limits::said_in(&key.placeholder, |_| true);
        let name = if is_title(index) { "title".to_owned() } else { fold(&key.name) };
        let said = if has_heading && is_title(index) { Limits::default() } else { of(&name) };
        found.insert(Some(index), own.or(said));
    }
    found.retain(|_, limits| *limits != Limits::default());
    found
}

fn title_of(text: &Text, heading: &Heading, metadata: &[MetadataKey]) -> Title {
    let has_title = |key: &MetadataKey| key.form != Form::FrontMatter && is_title_key(&key.name);
    let says_template = heading.text.to_lowercase().contains("template") || says_template(&heading.key);
    let is_constant = !signs::has_placeholder(&heading.text) && !says_template && metadata.iter().any(has_title);
    let source = text.slice(heading.content);
    let prefix = signs::title_prefix(&source, &heading.text);
    let divider =
        |prefix: &String| signs::separator(&heading.text, prefix).or_else(|| signs::separator(&source, prefix));
    Title {
        level: heading.level,
        text: heading.text.clone(),
        placeholders: signs::placeholders(&heading.text, prefix.as_deref()),
        separator: prefix.as_ref().and_then(divider),
        prefix,
        is_constant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derive_text(content: &str) -> Template {
        Template::derive(content, None)
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
        assert_eq!(template.top().count(), 2);
        assert_eq!(template.title.map(|title| (title.level, title.prefix)), Some((1, None)));
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
    fn the_title_may_come_below_a_heading_that_says_template() {
        for first in ["Template", "Design Template"] {
            let template = derive_text(&format!(
                "# {first}\n\nCopy this.\n\n## Your Proposal Title\n\n- Status: x\n\n## Why\n\n## How\n"
            ));
            assert_eq!(template.top().map(|section| section.name.as_str()).collect::<Vec<_>>(), ["Why", "How"]);
            assert_eq!((template.title.map(|title| title.level), template.metadata.len()), (Some(2), 1));
        }
    }

    #[test]
    fn the_title_may_stand_beside_a_heading_about_the_template() {
        let template = derive_text(
            "# How to use this template\n\nCopy it.\n\n# Proposal NNNN: Title\n\n- Status: Draft\n\n## Why\n\n## How\n",
        );
        assert_eq!(template.top().map(|section| section.name.as_str()).collect::<Vec<_>>(), ["Why", "How"]);
        assert_eq!(template.title.and_then(|title| title.prefix).as_deref(), Some("Proposal "));
        assert_eq!(template.metadata.len(), 1);
    }

    #[test]
    fn sections_may_have_the_level_of_the_title_or_no_title_before_them() {
        assert_eq!(derive_text("# XIP-NNN: Title\n# Summary\n# Design\n## Part\n").top().count(), 2);
        let untitled = derive_text("- Feature Name: (fill me in)\n\n# Summary\n\n# Design\n\n## Part\n");
        assert_eq!((untitled.top().count(), &untitled.title), (2, &None));
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
        assert_eq!((section.name.as_str(), template.sections[2].name.as_str()), ("A", "B (of C)"));
    }

    #[test]
    fn anything_is_a_template() {
        for content in ["", "\n", "#", "# ", "text", "---\na: b\n---\n", "## A\n## A\n", "#\n##\n###\n"] {
            derive_text(content);
        }
    }
}
