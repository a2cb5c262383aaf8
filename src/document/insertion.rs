//! Inserts sections of the template into a document, each at its place.

use foldhash::{HashMap, HashMapExt};

use super::Proposal;
use crate::syntax::{Outline, blocks};
use crate::template::TemplateSection;
use crate::text::{Edit, Offset, Span, Text, apply};

/// The content of a new section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// No content.
    Nothing,
    /// The content that the template has.
    Guidance,
}

/// Returns the edits that insert `sections`, which `proposal` does not have: each after the whole of the section that it follows in
/// the template, else before the one that it precedes, else at the end. There is one edit for each place, and one blank line around
/// each section. `None` if a place cannot take a heading, as after an unclosed code fence.
pub fn insert_sections(proposal: &Proposal<'_>, sections: &[&TemplateSection], filling: Filling) -> Option<Vec<Edit>> {
    let mut places: Vec<(Spot, Vec<&TemplateSection>)> = Vec::new();
    let mut known: HashMap<Spot, usize> = HashMap::new();
    for section in sections {
        let place = place(proposal, section);
        let at = *known.entry(place).or_insert(places.len());
        if at == places.len() {
            places.push((place, Vec::new()));
        }
        places[at].1.push(section);
    }
    places.into_iter().map(|(place, together)| edit(proposal, place, &together, filling)).collect()
}

/// Returns the place where [`insert_sections`] would insert each of `sections`, as an empty span: on the blank line there if there
/// is one, else at the end of the text before it.
pub fn empty_places(proposal: &Proposal<'_>, sections: &[&TemplateSection]) -> Vec<Span> {
    // Many sections may be missing at one place, with many blank lines before it.
    let mut known: HashMap<Spot, Span> = HashMap::new();
    let spots = sections.iter().map(|section| place(proposal, section));
    spots.map(|spot| *known.entry(spot).or_insert_with(|| empty_place(proposal, spot))).collect()
}

fn empty_place(proposal: &Proposal<'_>, spot: Spot) -> Span {
    let text = proposal.text();
    let is_gap = |line: usize| line + 1 < text.line_count() && text.is_blank_line(line);
    Span::empty(match spot {
        Spot::After(end) => {
            let last = text.trim_end(Span::new(text.start(), end)).end;
            let next = text.line_at(last) + 1;
            if is_gap(next) { text.line_start(next) } else { last }
        }
        Spot::Before(start) => match text.line_at(start).checked_sub(1) {
            Some(line) if is_gap(line) => text.line_start(line),
            Some(_) => text.trim_end(Span::new(text.start(), start)).end,
            None => start,
        },
    })
}

/// The place of a new section.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Spot {
    /// After the last line before this offset that is not blank.
    After(Offset),
    /// Before the line that starts at this offset.
    Before(Offset),
}

fn place(proposal: &Proposal<'_>, section: &TemplateSection) -> Spot {
    let is_part = section.parent.is_some();
    let whole = |found| if is_part { found } else { proposal.whole(found) };
    match (proposal.before(section), proposal.after(section)) {
        (Some(before), _) => Spot::After(proposal.region(whole(before)).end),
        (None, Some(after)) => Spot::Before(proposal.region(whole(after)).start),
        (None, None) => {
            Spot::After(proposal.parent(section).map_or(proposal.text().end(), |parent| proposal.region(parent).end))
        }
    }
}

fn edit(proposal: &Proposal<'_>, place: Spot, sections: &[&TemplateSection], filling: Filling) -> Option<Edit> {
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let block = |section: &&TemplateSection| render(proposal, section, proposal.level_of(section), filling);
    let content = sections.iter().map(block).collect::<Vec<_>>().join("\n\n").replace('\n', ending);
    match place {
        Spot::After(end) => {
            let trimmed = text.trim_end(Span::new(Offset::ZERO, end));
            if trimmed.end <= text.start() {
                return Some(Edit::insert(trimmed.end, format!("{content}{ending}")));
            }
            let last = text.skip_blanks(trimmed.end);
            if proposal.document.blocks().at(text, last).is_some_and(|block| block.is_unclosed(text)) {
                return None;
            }
            let next = text.line_at(last) + 1;
            let is_followed = next < text.line_count() && !text.is_blank_line(next);
            let gap = if is_followed { ending } else { "" };
            Some(Edit::insert(last, format!("{ending}{ending}{content}{gap}")))
        }
        Spot::Before(start) => {
            let line = text.line_at(start);
            let gap = if line > 0 && !text.is_blank_line(line - 1) { ending } else { "" };
            Some(Edit::insert(start, format!("{gap}{content}{ending}{ending}")))
        }
    }
}

/// Returns the section as Markdown with LF, its heading at `level`, and its required parts, except for those that the document has
/// elsewhere.
fn render(proposal: &Proposal<'_>, section: &TemplateSection, level: u8, filling: Filling) -> String {
    let parts = || proposal.template.parts(section.index).filter(|part| proposal.elsewhere(part).is_none());
    let heading = format!("{} {}", "#".repeat(level.into()), section.name);
    match filling {
        Filling::Guidance if !section.guidance.is_empty() => {
            let there = proposal.template.parts(section.index).filter(|part| proposal.elsewhere(part).is_some());
            let guidance = without(&section.guidance, &there.collect::<Vec<_>>());
            let guidance = shifted(&guidance, i16::from(level) - i16::from(section.level));
            format!("{heading}\n\n{guidance}").trim_end().to_owned()
        }
        _ => {
            let parts = parts().filter(|part| !part.is_optional);
            let level_of = |part: &TemplateSection| (level + (part.level - section.level)).min(6);
            let parts = parts.map(|part| render(proposal, part, level_of(part), Filling::Nothing));
            std::iter::once(heading).chain(parts).collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// Returns `guidance`, that of a section, without its `parts`.
fn without(guidance: &str, parts: &[&TemplateSection]) -> String {
    if parts.is_empty() {
        return guidance.to_owned();
    }
    let text = Text::new(guidance);
    let outline = Outline::of(&text, &blocks(&text));
    let mut edits: Vec<Edit> = Vec::new();
    for (_, section) in outline.iter().filter(|(_, section)| parts.iter().any(|part| section.heading.key == part.key)) {
        if edits.last().is_none_or(|last| last.span.end <= section.span.start) {
            edits.push(Edit { span: section.span, content: String::new() });
        }
    }
    apply(&text, &edits).to_string()
}

/// Returns `markdown` with its headings `by` levels deeper.
fn shifted(markdown: &str, by: i16) -> String {
    let text = Text::new(markdown);
    if by == 0 {
        return markdown.to_owned();
    }
    let outline = Outline::of(&text, &blocks(&text));
    let edit = |heading: &crate::syntax::Heading| {
        let level = (i16::from(heading.level) + by).clamp(1, 6);
        Edit { span: heading.span, content: format!("{} {}", "#".repeat(level as usize), text.slice(heading.content)) }
    };
    let edits: Vec<Edit> = outline.iter().map(|(_, section)| edit(&section.heading)).collect();
    apply(&text, &edits).to_string()
}
