//! Comments that suppress rules, and what they suppress.
//!
//! `<!-- vip-lsp-disable rule -->` acts up to the `<!-- vip-lsp-enable rule -->` that follows it or the end of the document,
//! `<!-- vip-lsp-disable-next-line rule -->` on the next line that is neither blank nor a suppression, and
//! `<!-- vip-lsp-disable-file rule -->` on the whole document. Several rules are separated by commas or white space; without any,
//! all are meant except `unused-suppression`, which has to be named.

mod disable;

use super::directives::{Directive, Suppression, suppressions};
use super::{Diagnostic, Rule};
use crate::document::Proposal;
use crate::text::{Offset, Span, Text};

pub use disable::Suppressing;

/// The range in which a suppression applies to one rule.
#[derive(Debug)]
struct Reach {
    rule: &'static Rule,
    span: Span,
    /// The index of the suppression in the list.
    of: usize,
    is_used: bool,
}

/// The suppressions of a document, and which of them were used.
#[derive(Debug)]
pub(super) struct Suppressions {
    pub(super) list: Vec<Suppression>,
    reaches: Vec<Reach>,
}

impl Suppressions {
    /// Returns the suppressions in `proposal`, matched with `rules`.
    pub(super) fn of(proposal: &Proposal<'_>, rules: &[&'static Rule]) -> Suppressions {
        let list = suppressions(proposal);
        Suppressions { reaches: reaches(proposal.text(), &list, rules), list }
    }

    /// Removes what is suppressed from `diagnostics`.
    pub(super) fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|diagnostic| {
            let mut is_kept = true;
            for reach in &mut self.reaches {
                if reach.rule == diagnostic.rule && reach.span.touches(diagnostic.suppressed_at()) {
                    reach.is_used = true;
                    is_kept = false;
                }
            }
            is_kept
        });
    }

    /// Whether one of them suppresses `rule` at `span`.
    pub(super) fn reach(&self, rule: &Rule, span: Span) -> bool {
        self.reaches.iter().any(|reach| reach.rule == rule && reach.span.touches(span.start))
    }

    /// Whether the suppression at `index` of the list suppresses anything, or anything of `rule` if it is given. One that enables
    /// is used if it ends another one.
    pub(super) fn is_used(&self, index: usize, rule: Option<&Rule>) -> bool {
        let suppression = &self.list[index];
        let mut reaches = self.reaches.iter().filter(|reach| rule.is_none_or(|rule| rule == reach.rule));
        match suppression.directive {
            Directive::Enable => reaches.any(|reach| reach.span.end == suppression.comment.start),
            _ => reaches.any(|reach| reach.of == index && reach.is_used),
        }
    }

    /// Returns the spans in which the suppression at `index` of the list applies.
    fn spans(&self, index: usize) -> impl Iterator<Item = Span> {
        self.reaches.iter().filter(move |reach| reach.of == index).map(|reach| reach.span)
    }
}

impl Suppression {
    /// Whether the suppression is about `rule`.
    fn is_about(&self, rule: &Rule) -> bool {
        match self.names.is_empty() {
            true => self.directive == Directive::Enable || !rule.is_named,
            false => self.names.iter().any(|name| name.id == rule.id),
        }
    }
}

fn reaches(text: &Text, list: &[Suppression], rules: &[&'static Rule]) -> Vec<Reach> {
    let mut reaches = Vec::new();
    let next_lines = next_lines(text, list);
    for (of, suppression) in list.iter().enumerate().filter(|(_, one)| one.directive != Directive::Enable) {
        for rule in rules.iter().copied().filter(|rule| suppression.is_about(rule)) {
            let end = match suppression.directive {
                Directive::Disable => end(list, of, rule).unwrap_or(text.end()),
                Directive::DisableNextLine => next_lines[of].end,
                Directive::Enable | Directive::DisableFile => text.end(),
            };
            let start = match suppression.directive {
                Directive::DisableFile => Offset::ZERO,
                _ => start(text, suppression.comment),
            };
            reaches.push(Reach { rule, span: Span::new(start, end), of, is_used: false });
        }
    }
    reaches
}

/// Returns where a suppression by `comment` starts: at the start of its line, if the comment comes first there, as faults of a
/// document that has only comments are reported there.
fn start(text: &Text, comment: Span) -> Offset {
    let line = text.line_start(text.line_at(comment.start));
    let before = text.slice(Span::new(line, comment.start));
    let is_first = before.trim_start_matches('\u{feff}').trim().is_empty();
    if is_first { line } else { comment.start }
}

/// Returns where `rule`, which the suppression at `index` disables, is enabled again.
fn end(list: &[Suppression], index: usize, rule: &Rule) -> Option<Offset> {
    let ends = |other: &&Suppression| other.directive == Directive::Enable && other.is_about(rule);
    list[index + 1..].iter().find(ends).map(|enable| enable.comment.start)
}

/// Returns, for each suppression, the next line after it that is neither blank nor a suppression. Goes from the last to the first,
/// so that blank lines after a stack of suppressions are skipped only once.
fn next_lines(text: &Text, list: &[Suppression]) -> Vec<Span> {
    let mut lines = vec![Span::empty(text.end()); list.len()];
    for (index, suppression) in list.iter().enumerate().rev() {
        let line = text.line_at(suppression.comment.end);
        let next = list.get(index + 1).map(|next| next.comment.start);
        let is_stacked = next.is_some_and(|next| text.line_at(next) == line || next == first_after(text, line));
        lines[index] = if is_stacked { lines[index + 1] } else { text.line_span_at(first_after(text, line)) };
    }
    lines
}

/// Returns the first place in the lines after `line` that is not blank.
fn first_after(text: &Text, line: usize) -> Offset {
    let mut place = text.skip_blanks(text.line_start(line + 1));
    while let Some(b'\n' | b'\r') = text.byte(place) {
        place = text.skip_blanks(place + 1);
    }
    place
}
