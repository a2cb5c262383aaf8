//! The sections of a template, at every level.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::{Languages, Limits, TemplateSection, guidance, signs, stands_for_date, tail};
use crate::letters::is_dense;
use crate::syntax::{BlockKind, Blocks, Mark, Outline, Section, SectionId, fold, paragraphs};
use crate::terms::{self, Meaning};
use crate::text::{Offset, Span, Text};

/// Returns the sections of the template `text` below its title. A section comes before its parts.
pub(super) fn of(text: &Text, blocks: &Blocks, outline: &Outline, title: Option<SectionId>) -> Vec<TemplateSection> {
    let headings = outline.iter().filter(|(id, _)| Some(*id) != title).map(|(_, section)| &section.heading);
    let languages = Languages::of(headings);
    Derivation { text, blocks, outline, title, languages, of_parts: RefCell::default() }.sections()
}

/// The results so far.
struct Found {
    sections: Vec<TemplateSection>,
    /// The places of the sections in `sections`.
    by_id: HashMap<SectionId, usize>,
    /// The names so far, each with the place of the parent.
    names: HashSet<(Option<usize>, String)>,
}

/// What the sections are derived from.
struct Derivation<'a> {
    text: &'a Text,
    blocks: &'a Blocks,
    outline: &'a Outline,
    title: Option<SectionId>,
    languages: Languages,
    of_parts: RefCell<HashMap<Option<SectionId>, OfParts>>,
}

/// What a template says about all parts of a section.
#[derive(Clone, Copy)]
struct OfParts {
    /// Parts that do not apply may be left out.
    are_optional: bool,
    /// All parts have to stay.
    are_kept: bool,
}

impl Derivation<'_> {
    fn sections(&self) -> Vec<TemplateSection> {
        let mut found = Found { sections: Vec::new(), by_id: HashMap::new(), names: HashSet::new() };
        for (id, section) in self.outline.iter().filter(|(id, _)| self.title.is_none_or(|title| *id > title)) {
            let parent = self.parent(section);
            let place = match parent.map(|parent| found.by_id.get(&parent)) {
                None => None,
                Some(Some(parent)) => Some(*parent),
                // What is below a heading that is not a section of the template is not a section, either.
                Some(None) => continue,
            };
            let is_again = !found.names.insert((place, section.heading.key.clone()));
            // A top-level section may occur twice: a proposal only needs one of them.
            if self.is_no_section(section, place) || is_again && place.is_some() {
                continue;
            }
            let index = found.sections.len();
            let own = self.section(section, index, place.map(|place| &found.sections[place]));
            found.by_id.insert(id, index);
            found.sections.push(own);
        }
        found.sections
    }

    /// Returns the heading above `section`, ignoring the title and what comes before it.
    fn parent(&self, section: &Section) -> Option<SectionId> {
        section.parent.filter(|parent| self.title.is_none_or(|title| *parent > title))
    }

    /// Whether `section` is about the template itself, is made by a tool, or is an example of what the author may add.
    fn is_no_section(&self, section: &Section, parent: Option<usize>) -> bool {
        let heading = &section.heading;
        heading.core.is_empty()
            || is_about_template(&heading.key)
            || signs::is_sign(&heading.core)
            || parent.is_some() && is_sample(&heading.core)
    }

    fn section(&self, section: &Section, index: usize, parent: Option<&TemplateSection>) -> TemplateSection {
        let heading = &section.heading;
        let source = self.text.slice(heading.content);
        let in_comment = || source.split_once("<!--")?.1.split_once("-->").map(|(note, _)| note);
        let said_behind = heading.tail.as_ref().map(|tail| tail.text.as_str()).or_else(in_comment);
        let note = said_behind.map(tail::Note::of).unwrap_or_default();
        let is_note = note.is_meaningful() || heading.tail.as_ref().is_some_and(|tail| tail.is_italic);
        let body = Span::new(heading.span.end, self.lead(section.span.end));
        let own = self.own_guidance(section);
        let said = Limits::said_in(&self.text.slice(own[0]), |sentence| {
            !["title", "heading", "name"].iter().any(|other| sentence.contains(other))
                && terms::find_within(sentence, Meaning::TitleSign).is_none()
        });
        let name = if is_note || heading.tail.is_none() { heading.core.clone() } else { heading.text.clone() };
        let bare = tail::without_duty(&name);
        TemplateSection {
            index,
            parent: parent.map(|parent| parent.index),
            key: bare.map_or_else(|| heading.key.clone(), fold),
            name: bare.map_or_else(|| name.clone(), str::to_owned),
            other_names: if note.is_meaningful() { Vec::new() } else { self.languages.names(heading) },
            level: heading.level,
            heading: heading.content,
            note: heading.tail.as_ref().filter(|tail| tail.is_italic).map(|tail| tail.text.clone()),
            word_limit: note.limits.words.or(said.words),
            character_limit: note.limits.characters.or(said.characters),
            sentence_limit: note.limits.sentences,
            line_limit: note.limits.lines,
            is_optional: note.is_optional
                || bare.is_some() && tail::is_optional_note(&name.to_lowercase())
                || self.is_optional(section, own)
                || tail::is_back_matter(&heading.key),
            required_text: None,
            is_last: false,
            required_when: None,
            only_when: None,
            guidance: guidance(&self.text.slice(body)),
            prompts: self.prompts(own[0]),
        }
    }

    /// Returns the start of the comments directly above the heading at `heading`.
    fn lead(&self, heading: Offset) -> Offset {
        self.blocks.lead(self.text, heading)
    }

    /// Returns the spans of what the template says about `section`: before its first part, and in a comment directly above it.
    fn own_guidance(&self, section: &Section) -> [Span; 2] {
        let heading = section.heading.span;
        let next = self.outline.after(heading.start).map_or(section.span.end, |next| next.heading.span.start);
        [Span::new(heading.end, self.lead(next)), Span::new(self.lead(heading.start), heading.start)]
    }

    /// Whether the template says that `section` may be left out: in its `own` guidance, or in that of a heading above about
    /// everything below it.
    fn is_optional(&self, section: &Section, own: [Span; 2]) -> bool {
        let own = own.map(|span| self.text.slice(span));
        if own.iter().any(|said| guidance::is_optional_guidance(said)) {
            return true;
        }
        let above = std::iter::successors(section.parent, |id| self.outline.get(*id).parent);
        let of_parts: Vec<OfParts> = above.chain(self.title).map(|id| self.of_parts(Some(id))).collect();
        let is_said = |of: fn(&OfParts) -> bool| of_parts.iter().any(of) || of(&self.of_parts(None));
        let is_if_applicable = || own.iter().any(|said| guidance::is_if_applicable(said));
        let is_kept = || own.iter().any(|said| guidance::keeps_parts(said)) || is_said(|said| said.are_kept);
        (is_said(|said| said.are_optional) || is_if_applicable()) && !is_kept()
    }

    /// Returns what the template says below the heading at `id` about everything below it; for `None`, before the first heading.
    fn of_parts(&self, id: Option<SectionId>) -> OfParts {
        *self.of_parts.borrow_mut().entry(id).or_insert_with(|| {
            let spans = match id {
                Some(id) => self.own_guidance(self.outline.get(id)),
                None => {
                    let first = self.outline.first().map_or(self.text.end(), |(_, first)| first.heading.span.start);
                    [Span::new(self.text.start(), first), Span::empty(first)]
                }
            };
            let said = spans.map(|span| self.text.slice(span));
            OfParts {
                are_optional: said.iter().any(|said| guidance::are_parts_optional(said)),
                are_kept: said.iter().any(|said| guidance::keeps_parts(said)),
            }
        })
    }

    /// Returns the prompts in the section at `body`: list items, and paragraphs that are a question in bold.
    fn prompts(&self, body: Span) -> Vec<String> {
        let list = &self.blocks.list;
        let first = list.partition_point(|block| block.span.start < body.start);
        let blocks = list[first..].iter().take_while(|block| body.contains(block.span.start));
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

/// Names of sections that are about a document rather than part of it.
const ABOUT: [&str; 4] = ["additional sections", "how to use this document", "instructions", "other sections"];

/// Whether `key`, a folded name, names something about the template, or made by a tool.
fn is_about_template(key: &str) -> bool {
    ABOUT.contains(&key)
        || terms::is(key, Meaning::Contents)
        || key.split(' ').any(|word| terms::is(word, Meaning::Template))
}

/// Whether `name` is one of a series that the author continues or replaces: `Story 1`, `Option B`, `FR2`, `1.0.0 - First version`,
/// `2026-01-31`, `…`.
fn is_sample(name: &str) -> bool {
    // `Option 1: Name` is the same as `Option 1`.
    let name =
        match name.split_once([':', '：', '–', '—']).map(|(first, rest)| (first.trim(), rest.trim().to_lowercase()))
        {
            Some((first, rest)) if signs::stands_for_title(&rest) => first,
            _ => name,
        };
    let is_version = |word: &str| {
        let numbers: Vec<&str> = word.trim_start_matches('v').split(['.', '-', '/']).collect();
        numbers.len() > 2
            && numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.last().copied().unwrap_or_default().trim_matches(|sign: char| !sign.is_alphanumeric());
    // `方案1`
    let counts = |name: &str| name.ends_with(|sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit());
    let is_dense_count = || {
        let series = last.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign.is_ascii_uppercase());
        counts(last) && series.ends_with(is_dense)
    };
    let is_last = is_dense_count()
        || match last.chars().count() {
            0 => true,
            1 => words.len() > 1 && last.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit()),
            _ => {
                let letters = last.trim_end_matches(|sign: char| sign.is_ascii_digit());
                letters.len() < last.len() && letters.chars().all(|letter| letter.is_ascii_uppercase())
            }
        };
    is_last
        || stands_for_date(name)
        || words.first().is_some_and(|first| is_version(first))
        || name.to_lowercase().contains("yyyy")
}

fn is_bold_question(source: &str) -> bool {
    let is_bold = |mark: &str| source.starts_with(mark) && source.ends_with(mark);
    (is_bold("**") || is_bold("__")) && source.trim_end_matches(['*', '_']).ends_with('?')
}

/// Returns `body` with LF and without blank lines at its ends.
fn guidance(body: &str) -> String {
    let lines = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines = lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    lines.trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::is_sample;
    use crate::template::Template;

    /// Checks the sections of `template`, indented by their depth, the optional ones with a question mark.
    fn check(template: &str, expected: &[&str]) {
        let template = Template::derive(template, None);
        let depth =
            |index: usize| std::iter::successors(template.sections[index].parent, |at| template.sections[*at].parent);
        let line = |index: usize| {
            let section = &template.sections[index];
            let mark = if section.is_optional { "?" } else { "" };
            format!("{}{}{mark}", " ".repeat(depth(index).count()), section.name)
        };
        let found: Vec<String> = (0..template.sections.len()).map(line).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sections_have_parts_at_every_level() {
        check(
            "# XIP-N: Title\n\n## Plan\n\n### Tests\n\n##### Unit tests\n\n### Risks (optional)\n\n## Notes\n\n### Tests\n",
            &["Plan", " Tests", "  Unit tests", " Risks?", "Notes", " Tests"],
        );
        check(
            "# Title\n\n## 1. Why\n\n## 2. How\n\n# Appendix\n\n## Figures\n",
            &["1. Why", "2. How", "Appendix?", " Figures"],
        );
    }

    #[test]
    fn samples_of_parts_and_what_is_about_the_template_are_none() {
        check(
            "# Title\n\n## Table of Contents\n\n## Stories\n\n### Story 1\n\n#### Cost\n\n### Option B\n\n### Option 1: Name\n\n### Way A: <title>\n\n### FR2\n\n### {name}\n\n### ...\n\n## Web 2\n\n### e2e tests\n\n### 1.0.0 - First version\n\n## Other sections\n\n## Changelog of this template\n",
            &["Stories", "Web 2", " e2e tests"],
        );
    }

    #[test]
    fn sections_are_read_in_any_language() {
        check(
            "# 决策模板\n\n## 目录\n\n## 1. 背景\n\n## 方案\n\n### 方案1\n\n### 方案 2：（名称）\n\n### 优点\n\n## 风险（可选）\n\n## 费用【选填】\n\n## 测试\n\n（可选）写明测试。\n\n## 附录\n",
            &["1. 背景", "方案", " 优点", "风险?", "费用?", "测试?", "附录?"],
        );
        check(
            "# Modèle\n\n## Contexte\n\n## Décision (obligatoire)\n\n## Risques _(facultatif)_\n\n## Migration\n\nLe cas échéant, décrire.\n\n## Annexe\n",
            &["Contexte", "Décision", "Risques?", "Migration?", "Annexe?"],
        );
    }

    #[test]
    fn a_note_may_stand_before_a_name_or_behind_a_dash() {
        check(
            "# Title\n\n## (Optional) Security\n\n## Optional: Cost\n\n## Risks — optional\n\n## Goals (required)\n\n## Tests [required]\n\n## Plan (not optional)\n\n## Notes (delete if not needed)\n\n## Optional features\n",
            &["Security?", "Cost?", "Risks?", "Goals", "Tests", "Plan", "Notes?", "Optional features"],
        );
    }

    #[test]
    fn a_heading_speaks_for_all_below_it() {
        check(
            "# Title\n\n## Plan\n\nKeep all headings, whatever you say there.\n\n### Upgrade\n\nIf applicable, say when.\n\n## Aspects\n\nRemove the parts that do not apply.\n\n### Cost\n\n### Risks\n\n## Moving\n\n_If applicable, say when._\n",
            &["Plan", " Upgrade", "Aspects", " Cost?", " Risks?", "Moving?"],
        );
        check("# Title\n\nDelete any section that is not relevant.\n\n## Why\n\n## How\n", &["Why?", "How?"]);
        check("# Title\n\nDo not remove sections that do not apply.\n\n## Why\n", &["Why"]);
        check(
            "# Title\n\n## Upgrade\n\nIf applicable, how is it done?\n\n## Notes\n\nOptionally, say more.\n",
            &["Upgrade", "Notes"],
        );
        check(
            "# Title\n\n## Upgrade\n\nIf applicable, say when. Please keep this heading.\n\n## Notes\n",
            &["Upgrade", "Notes"],
        );
    }

    #[test]
    fn names_with_a_version_a_date_or_a_count_are_samples() {
        for name in ["v1.2.0 to v1.3.0", "2026-01-31", "Option 1", "Option A", "Option 1: Title", "US1", "方案1"] {
            assert!(is_sample(name), "{name}");
        }
        for name in ["Phase-2-plan", "v1.x.y notes", "Costs", "Plan for 2 teams"] {
            assert!(!is_sample(name), "{name}");
        }
    }
}
