//! The text of a proposal that is not as the settings demand.

use std::borrow::Cow;

use super::{Neighbor, Proposal, ReferenceKind, is_value};
use crate::syntax::{Section, TextRun, comments, fold, text_runs};
use crate::template::Pattern;
use crate::text::Span;

impl<'a> Proposal<'a> {
    /// Returns the runs of text after the front matter.
    pub(super) fn runs(&self) -> &[TextRun] {
        self.demanded.runs.get_or_init(|| text_runs(self.text(), self.body()))
    }

    /// Returns the span after the front matter.
    fn body(&self) -> Span {
        let start = self.document.blocks().front_matter.map_or(self.text().start(), |span| span.end);
        Span::new(start, self.text().end())
    }

    /// Returns the text that the settings forbid, each with its pattern, in order.
    pub fn forbidden_texts(&self) -> Vec<(Span, &'a Pattern)> {
        let patterns = &self.template.demands.body.forbidden;
        if patterns.is_empty() {
            return Vec::new();
        }
        let of_run = |run: &TextRun| -> Vec<(Span, &'a Pattern)> {
            let of = |pattern: &'a Pattern| {
                let places: Vec<_> = pattern.places(&run.text).collect();
                places.into_iter().map(move |place| (Span::of_range(run.span.start, place), pattern))
            };
            patterns.iter().flat_map(of).collect()
        };
        let mut found: Vec<_> = self.runs().iter().filter(|run| !run.is_code).flat_map(of_run).collect();
        found.sort_by_key(|(span, _)| *span);
        found
    }

    /// Returns the links to other sites that the settings do not allow, in order, each with its address.
    pub fn disallowed_links(&self) -> Vec<(Span, Cow<'_, str>)> {
        let Some(allowed) = &self.template.demands.body.links else { return Vec::new() };
        let is_outside = |address: &str| address.starts_with('/') || address.contains("://");
        let of_run = |run: &TextRun| bare_addresses(&self.text().slice(run.span), run.span);
        let plain = self.runs().iter().filter(|run| !run.is_code && !run.is_linked);
        let bare = plain.flat_map(of_run).map(|(span, address)| (span, Cow::Owned(address)));
        let is_allowed = |address: &str| allowed.iter().any(|pattern| pattern.is_in(address));
        let links = self.links();
        let of_links = links.links.iter().filter(|link| link.label.is_none());
        let of_links = of_links.map(|link| (link.span, Cow::Borrowed(&*link.destination)));
        let of_definitions = links.definitions.iter().map(|link| (link.span, Cow::Borrowed(&*link.destination)));
        let mut found: Vec<_> = of_links
            .chain(of_definitions)
            .chain(bare)
            .filter(|(_, address)| is_outside(address) && !is_allowed(address))
            .collect();
        found.sort_by_key(|(span, _)| *span);
        found
    }

    /// Returns the comments, if the settings do not allow any with this status.
    pub fn late_comments(&self) -> Vec<Span> {
        let Some(statuses) = &self.template.demands.body.comments else { return Vec::new() };
        let Some(status) = self.status() else { return Vec::new() };
        if status.is_one_of(statuses) { Vec::new() } else { comments(self.text(), self.body()) }
    }

    /// Returns the sections at the level of the template's that neither it nor the settings name, if these allow no others.
    pub fn extra_sections(&self) -> Vec<&'a Section> {
        // A document with none of the sections, or few, is of another kind.
        if !self.template.demands.body.is_closed || self.found_count() == 0 || self.has_own_form() {
            return Vec::new();
        }
        let level = self.template.section_level();
        let all = self.document.outline().iter().filter(|(id, _)| Some(*id) != self.matching.title);
        let named = &self.template.demands.sections;
        let extra = all.filter(|(_, section)| {
            section.heading.level == level
                && self.template.section_of(&section.heading).is_none()
                && !named.contains(&fold(&section.heading.text))
        });
        extra.map(|(_, section)| section).collect()
    }

    /// Returns the references to proposals of the family whose status is less stable than this one's, by the settings.
    pub fn unstable_references(&self) -> Vec<(Span, Neighbor)> {
        let steps = &self.template.demands.references.stability;
        let Some(surroundings) = self.surroundings().filter(|_| !steps.is_empty()) else { return Vec::new() };
        let step = |status: &str| {
            let has = |step: &Vec<String>| step.iter().any(|own| is_value(status, own));
            steps.iter().rposition(has)
        };
        let Some(own) = self.status().and_then(|status| step(&status.text)) else { return Vec::new() };
        let relations = self.relations().iter().map(|relation| (relation.span, &relation.says.to));
        let links = self.references().iter().filter(|reference| reference.kind == ReferenceKind::Link);
        let body = self.body();
        let links = links.map(|link| (link.span, &link.to)).filter(|(span, _)| body.contains(span.start));
        let unstable = relations.chain(links).filter_map(|(span, to)| {
            let neighbor = surroundings.named(to).filter(|neighbor| !self.is_itself(neighbor))?;
            let other = neighbor.facts.status.as_deref().and_then(step)?;
            (other < own).then_some((span, neighbor))
        });
        let mut found: Vec<_> = unstable.collect();
        found.sort_by_key(|(span, _)| *span);
        found
    }

    /// Returns the first text before any heading, if the settings want a heading first.
    pub fn text_before_headings(&self) -> Option<Span> {
        if !self.template.demands.body.starts_with_heading {
            return None;
        }
        let (body, text) = (self.body(), self.text());
        let first = self.document.outline().iter().next().map_or(body.end, |(_, section)| section.heading.span.start);
        let before = Span::new(body.start, first.max(body.start));
        let slice = text.slice(before);
        let start = before.start + (slice.len() - slice.trim_start().len());
        let before = Span::new(start, start + slice.trim().len());
        (!before.is_empty()).then_some(before)
    }
}

/// Returns the addresses in `text`, which is at `span`, that are written without any marks.
fn bare_addresses(text: &str, span: Span) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("://").map(|at| from + at) {
        let scheme = text[..at].rfind(|sign: char| !sign.is_ascii_alphabetic());
        let start = scheme.map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let ends = |sign: char| sign.is_whitespace() || "<>\"`".contains(sign);
        let end = text[at..].find(ends).map_or(text.len(), |end| at + end);
        let end = start + text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).len();
        if matches!(&text[start..at], "http" | "https") && start >= from {
            found.push((Span::of_range(span.start, start..end), text[start..end].to_owned()));
        }
        from = end.max(at + 3);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Offset;

    #[test]
    fn addresses_without_marks_end_before_a_full_stop() {
        let text = "see https://a.example/b, (http://c.example) and ftp://d or ://e; éhttps://f.example.";
        let found = bare_addresses(text, Span::new(Offset::ZERO, Offset::new(text.len())));
        let addresses: Vec<&str> = found.iter().map(|(_, address)| address.as_str()).collect();
        assert_eq!(addresses, ["https://a.example/b", "http://c.example", "https://f.example"]);
    }
}
