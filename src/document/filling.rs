//! Whether a section is filled in, or has only the template's text.

use super::{Deviation, Proposal, State, Status, is_value};
use crate::syntax::{Block, BlockKind, Section};
use crate::template::TemplateSection;
use crate::text::{Offset, Span};

impl<'a> Proposal<'a> {
    /// Returns the state of the document's section that is the template's `section`; `None` if it is missing. Unfilled text that
    /// many other documents keep, so that it is meant to stay, counts as filled.
    pub fn state(&self, section: &TemplateSection) -> Option<State> {
        let state = self.raw_state(section)?;
        let is_kept = state == State::Unfilled && self.is_usual(Deviation::Unfilled(section.index));
        Some(if is_kept { State::Filled } else { state })
    }

    /// Returns the state regardless of other documents.
    pub(super) fn raw_state(&self, section: &TemplateSection) -> Option<State> {
        self.states.get_or_init(|| self.read_states())[section.index]
    }

    /// Returns the sections that have only the template's text, except for those nested in another one of them.
    pub fn unfilled_sections(&self) -> impl Iterator<Item = (&'a TemplateSection, &'a Section)> + '_ {
        // A placeholder in place of a value is reported for the value.
        let is_value = |section: &TemplateSection| self.template.key_of_section(section.index).is_some();
        let is_unfilled =
            move |section: &TemplateSection| self.state(section) == Some(State::Unfilled) && !is_value(section);
        let found = self.template.sections.iter().filter(move |section| is_unfilled(section));
        let found = found.filter_map(|section| Some((section, self.section(section)?)));
        found.filter(|(_, found)| !self.is_within_unfilled(found))
    }

    /// Whether the proposal is being written: its status is the first of all or still a placeholder, and a section that the
    /// template requires has nothing but the template's text. If the template has no status, half of the sections that it
    /// requires have to be like that.
    pub fn is_being_written(&self) -> bool {
        let Some(key) = self.template.status_key() else {
            let required = self.template.sections.iter().filter(|section| !section.is_optional).count();
            let unfilled = self.unfilled_sections().filter(|(section, _)| !section.is_optional).count();
            return unfilled > 0 && 2 * unfilled >= required;
        };
        let is_first = |status: &Status| key.first_status().is_some_and(|first| is_value(&status.text, first));
        let is_new = self.status().map_or_else(|| self.has_status_key(), is_first);
        let is_due = || self.stage().is_some_and(|stage| stage.is_finished);
        is_new && !is_due() && self.unfilled_sections().any(|(section, _)| !section.is_optional)
    }

    /// Whether the document's `section` is nested in one that has only the template's text.
    pub fn is_within_unfilled(&self, section: &Section) -> bool {
        let outline = self.document.outline();
        let mut above = std::iter::successors(section.parent, |id| outline.get(*id).parent);
        above.any(|id| self.template_section(id).is_some_and(|section| self.state(section) == Some(State::Unfilled)))
    }

    /// Returns the span of `section`, from the comments directly above its heading to those above the next one.
    pub fn region(&self, section: &Section) -> Span {
        let lead = |offset: Offset| self.document.blocks().lead(self.text(), offset);
        Span::new(lead(section.span.start), lead(section.span.end))
    }

    /// Returns the blocks in the region of `section` except its heading.
    pub fn blocks_of(&self, section: &Section) -> impl Iterator<Item = &'a Block> {
        let heading = section.heading.span.start;
        self.blocks_in(self.region(section)).iter().filter(move |block| block.span.start != heading)
    }

    /// Whether `section` names its parts on lines of their own rather than in headings: followed by a colon, or in bold.
    pub fn has_named_parts(&self, section: &Section) -> bool {
        let is_name = |block: &&Block| {
            let source = self.text().slice(block.span);
            let name = source.trim();
            let is_bold = || name.len() > 4 && ["**", "__"].iter().any(|mark| encloses(name, mark));
            let ends = name.trim_end_matches(['*', '_']).ends_with([':', '：']) || is_bold();
            block.kind == BlockKind::Paragraph && !name.contains('\n') && ends
        };
        let mut known = self.named_parts.borrow_mut();
        *known.entry(section.span.start).or_insert_with(|| self.blocks_of(section).filter(is_name).nth(1).is_some())
    }

    fn blocks_in(&self, span: Span) -> &'a [Block] {
        let blocks = &self.document.blocks().list;
        let first = blocks.partition_point(|block| block.span.start < span.start);
        let count = blocks[first..].partition_point(|block| block.span.start < span.end);
        &blocks[first..first + count]
    }

    fn read_states(&self) -> Vec<Option<State>> {
        let state = |section: &TemplateSection| {
            let found = self.section(section)?;
            Some(match self.has_section_value(section) {
                Some(true) => State::Filled,
                Some(false) => State::Unfilled,
                None => self.read_state(found),
            })
        };
        self.template.sections.iter().map(state).collect()
    }

    fn read_state(&self, section: &Section) -> State {
        let inside = Span::new(section.heading.span.end, self.region(section).end);
        self.document.kept_in(inside, self.template.origin(), (), || self.read_state_in(inside))
    }

    fn read_state_in(&self, inside: Span) -> State {
        let mut state = State::Empty;
        for block in self.blocks_in(inside) {
            let next = match block.kind {
                BlockKind::Break => State::Bare,
                _ if block.is_heading() && self.is_of_template(block) => State::Bare,
                _ if self.template.instructions.say_all(self.text(), block) => State::Unfilled,
                BlockKind::Html if self.text().slice(block.span).trim_start().starts_with("<!--") => State::Bare,
                _ => return State::Filled,
            };
            if state != State::Unfilled {
                state = next;
            }
        }
        state
    }

    /// Whether the heading at `block` is one of the template's.
    fn is_of_template(&self, block: &Block) -> bool {
        let section = self.document.outline().starting_at(block.span.start);
        section.is_some_and(|section| self.template.instructions.has_heading(&section.heading.key))
    }
}

/// Whether `mark` is at both ends of `text`, and nowhere else.
fn encloses(text: &str, mark: &str) -> bool {
    let inside = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inside.is_some_and(|inside| !inside.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Proposal};
    use crate::template::Template;

    #[test]
    fn the_names_of_parts_are_lines_of_their_own() {
        let template = Template::derive("# T\n\n## Design\n", None);
        for (design, expected) in [
            ("Costs:\n\nFew.\n\nRisks:\n\nNone.", true),
            ("**Costs**\n\nFew.\n\n__Risks__\n\nNone.", true),
            ("Costs:\n\nFew.", false),
            ("What it takes\nto keep rows:\n\nAnd what\nit does not:", false),
            ("- Costs:\n\n1. Risks:", false),
            ("****\n\n****", false),
        ] {
            let document = Document::closed(&format!("# A\n\n## Design\n\n{design}\n"));
            let proposal = Proposal::of(&document, &template);
            let section = proposal.section(&template.sections[0]).expect("a section");
            assert_eq!(proposal.has_named_parts(section), expected, "{design}");
        }
    }
}
