//! The order of a proposal's sections compared with the template's, and a fix that moves whole sections.

use foldhash::{HashSet, HashSetExt};

use super::{Proposal, fold_label};
use crate::syntax::{Section, SectionId};
use crate::template::TemplateSection;
use crate::text::{Edit, Offset, Span};

/// A section that is out of the template's order.
#[derive(Clone, Copy, Debug)]
pub struct Misplaced<'a> {
    /// The section of the template.
    pub section: &'a TemplateSection,
    /// The section of the document.
    pub found: &'a Section,
    /// The section next to which it belongs.
    pub next_to: NextTo<'a>,
}

/// A section next to which another one belongs.
#[derive(Clone, Copy, Debug)]
pub enum NextTo<'a> {
    /// This section comes right before the other one.
    Before(&'a Section),
    /// This section comes right after the other one.
    After(&'a Section),
}

/// A section with everything that moves with it.
struct Chunk<'a> {
    section: &'a Section,
    /// The template's section that it is; `None` for a section of the author's own.
    of_template: Option<&'a TemplateSection>,
}

impl Chunk<'_> {
    /// Returns the span from the comments directly above the heading to those of the next chunk.
    fn span(&self, proposal: &Proposal<'_>) -> Span {
        let lead = |at: Offset| proposal.document.blocks().lead(proposal.text(), at);
        Span::new(lead(self.section.span.start), lead(self.section.span.end))
    }

    fn index(&self) -> Option<usize> {
        self.of_template.map(|section| section.index)
    }
}

/// Returns the first section out of the template's order, among the smallest set of sections that would have to move.
pub fn misplaced<'a>(proposal: &Proposal<'a>) -> Option<Misplaced<'a>> {
    let chunks = chunks(proposal);
    let placed: Vec<&Chunk<'a>> = chunks.iter().filter(|chunk| chunk.of_template.is_some()).collect();
    let indexes: Vec<Option<usize>> = placed.iter().map(|chunk| chunk.index()).collect();
    let staying = longest_ascending(&indexes);
    let place = (0..placed.len()).find(|place| staying.get(*place) != Some(place))?;
    let chunk = placed[place];
    let is_before = |other: &&usize| indexes[**other] <= indexes[place];
    let before = staying.iter().rev().find(is_before).map(|other| NextTo::Before(placed[*other].section));
    let after = staying.iter().find(|other| !is_before(other)).map(|other| NextTo::After(placed[*other].section));
    Some(Misplaced { section: chunk.of_template?, found: chunk.section, next_to: before.or(after)? })
}

/// Returns the edit that puts the sections in the template's order, each with all of its content. The author's own sections stay
/// after the section that they follow. `None` if the sections are in order, or if one of them never ends, as with an unclosed code
/// fence.
pub fn reorder(proposal: &Proposal<'_>) -> Option<Edit> {
    let text = proposal.text();
    let chunks = chunks(proposal);
    let order = order(&chunks);
    let first = order.iter().enumerate().position(|(place, from)| place != *from)?;
    let last = order.iter().enumerate().rposition(|(place, from)| place != *from)?;
    let spans: Vec<Span> = chunks.iter().map(|chunk| chunk.span(proposal)).collect();
    let span = Span::new(spans[first].start, spans[last].end);
    if proposal.document.blocks().list.iter().any(|block| block.is_unclosed(text) && span.meets(block.span)) {
        return None;
    }
    // Of two definitions of a label, the first one counts.
    if defines_twice(&text.slice(span)) {
        return None;
    }
    let body = |place: usize| Span::new(spans[place].start, text.skip_blanks(text.trim_end(spans[place]).end));
    let mut content = String::new();
    for place in first..=last {
        content.push_str(&text.slice(body(order[place])));
        // The blank lines stay in place, so that those at the end of the document do.
        let gap = Span::new(body(place).end, spans[place].end);
        content.push_str(&text.slice(gap));
        let lines = text.line_at(gap.end) - text.line_at(gap.start);
        if place < last {
            content.push_str(&text.line_ending().as_str().repeat(2_usize.saturating_sub(lines)));
        }
    }
    Some(Edit { span, content })
}

/// Returns the sections at the level of the template's that are together, from the first of the template's on. Empty if they do not
/// all have the same parent, or if one is there twice, even under a nearly equal name, so that its place is ambiguous.
fn chunks<'a>(proposal: &Proposal<'a>) -> Vec<Chunk<'a>> {
    let outline = proposal.document.outline();
    let level = proposal.section_level();
    let is_own =
        |(id, section): &(SectionId, &Section)| Some(*id) != proposal.title_id() && section.heading.level <= level;
    let mut sections: Vec<(SectionId, &'a Section)> = outline.iter().filter(is_own).collect();
    let first = sections.iter().position(|(id, _)| proposal.template_section(*id).is_some());
    sections.drain(..first.unwrap_or(sections.len()));
    let is_apart = |section: &Section| section.heading.level != level || section.parent != sections[0].1.parent;
    let is_again = |id: SectionId, section: &Section| {
        let (template, heading) = (proposal.template, &section.heading);
        let is_named = || template.section_of(heading).is_some() || template.nearly(heading).is_some();
        proposal.template_section(id).is_none() && is_named()
    };
    if sections.iter().any(|(id, section)| is_apart(section) || is_again(*id, section)) {
        return Vec::new();
    }
    let chunk =
        |&(id, section): &(SectionId, &'a Section)| Chunk { section, of_template: proposal.template_section(id) };
    sections.iter().map(chunk).collect()
}

/// Whether `source` may define a label twice.
fn defines_twice(source: &str) -> bool {
    let label =
        |line: &str| Some(fold_label(line.trim_start_matches([' ', '>']).strip_prefix('[')?.split_once("]:")?.0));
    let mut seen = HashSet::new();
    source.split(['\n', '\r']).filter_map(label).any(|label| !seen.insert(label))
}

/// Returns, for each place, the index of the chunk that belongs there.
fn order(chunks: &[Chunk<'_>]) -> Vec<usize> {
    let mut key = 0;
    let mut keys = Vec::new();
    for chunk in chunks {
        key = chunk.index().unwrap_or(key);
        keys.push(key);
    }
    let mut order: Vec<usize> = (0..chunks.len()).collect();
    order.sort_by_key(|chunk| keys[*chunk]);
    order
}

/// Returns the places of a longest subsequence of `values` that does not descend. Of several, returns the one whose last place is
/// the last, and so on towards the first.
fn longest_ascending(values: &[Option<usize>]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    // For each value, by its rank, the longest subsequence that ends in it or a lower one, in a tree of maxima (Fenwick): its
    // length and the place where it ends.
    let mut longest: Vec<Option<(usize, usize)>> = vec![None; sorted.len() + 1];
    let mut before: Vec<Option<usize>> = Vec::new();
    let mut last = None;
    for (place, value) in values.iter().enumerate() {
        let rank = sorted.partition_point(|other| other < value) + 1;
        let mut best = None;
        let mut at = rank;
        while at > 0 {
            best = best.max(longest[at]);
            at &= at - 1;
        }
        let own = Some((best.map_or(1, |(length, _)| length + 1), place));
        before.push(best.map(|(_, place)| place));
        last = last.max(own);
        let mut at = rank;
        while at < longest.len() {
            longest[at] = longest[at].max(own);
            at += at & at.wrapping_neg();
        }
    }
    let last = last.map(|(_, place)| place);
    let mut places: Vec<usize> = std::iter::successors(last, |place| before[*place]).collect();
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;
    use crate::text::apply;

    /// Checks the result of putting `source` into the order A, B, C.
    fn check(source: &str, expected: Option<&str>) {
        let template = Template::derive("# T\n\n## A\n\n## B\n\n## C\n", None);
        let document = Document::closed(source);
        let proposal = Proposal::of(&document, &template);
        let edit = reorder(&proposal);
        let fixed = edit.map(|edit| apply(document.text(), &[edit]).to_string());
        assert_eq!(fixed.as_deref(), expected, "{source:?}");
        assert_eq!(misplaced(&proposal).is_some(), expected.is_some(), "{source:?}");
    }

    #[test]
    fn sections_move_as_wholes() {
        check(
            "# T\n\n## B\n\nb\n\n### b1\n\n## A\n\na\n\n## C\n",
            Some("# T\n\n## A\n\na\n\n## B\n\nb\n\n### b1\n\n## C\n"),
        );
        check("# T\n\n## A\n\n## B\n", None);
    }

    #[test]
    fn a_section_that_is_there_twice_has_no_place() {
        check("## B\n\n## A\n\n## B\n", None);
        let template = Template::derive("# T\n\n## Aims\n\n## Test Plan\n", None);
        let is_misplaced = |source: &str| {
            let document = Document::closed(source);
            misplaced(&Proposal::of(&document, &template)).is_some()
        };
        assert!(!is_misplaced("## Test Plans\n\n## Aims\n\n## Test Plans\n"));
        assert!(is_misplaced("## Test Plans\n\n## Aims\n"));
        assert!(!is_misplaced("## Test Plan\n\n## Aims\n\n## Test Plans\n"));
    }

    #[test]
    fn what_belongs_to_a_section_goes_with_it() {
        check(
            "## B\n\n## Own\n\no\n\n<!-- lead -->\n## A\n\na",
            Some("<!-- lead -->\n## A\n\na\n\n## B\n\n## Own\n\no"),
        );
    }

    #[test]
    fn line_endings_and_the_end_of_the_document_stay() {
        check("## B\r\nb\r\n## A\r\na", Some("## A\r\na\r\n\r\n## B\r\nb"));
        check("\u{feff}## B\n\n\n## A\n  \n", Some("\u{feff}## A\n\n\n## B\n  \n"));
    }

    #[test]
    fn sections_under_different_headings_have_no_order() {
        check("# One\n\n## B\n\n# Two\n\n## A\n", None);
    }

    #[test]
    fn a_label_that_is_defined_twice_cannot_move() {
        let template = Template::derive("# T\n\n## A\n\n## B\n", None);
        let document = Document::closed("## B\n\n[a]\n\n[a]: b.md\n\n## A\n\n[a]\n\n[a]: c.md\n");
        assert!(reorder(&Proposal::of(&document, &template)).is_none());
    }

    #[test]
    fn an_unclosed_fence_cannot_move() {
        let template = Template::derive("# T\n\n## A\n\n## B\n", None);
        let document = Document::closed("## B\n\n## A\n\n```\n");
        let proposal = Proposal::of(&document, &template);
        assert!(reorder(&proposal).is_none() && misplaced(&proposal).is_some());
    }
}
