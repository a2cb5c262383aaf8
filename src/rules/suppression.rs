//! Comments that keep rules quiet, and what they suppress.
//!
//! `<!-- vip-lsp-disable rule -->` acts up to the `<!-- vip-lsp-enable rule -->` that follows it or the end of the document,
//! `<!-- vip-lsp-disable-next-line rule -->` on the next line that says something, `<!-- vip-lsp-disable-file rule -->` on all
//! of the document. Several rules are separated by commas or white space; without any, all are meant but
//! `unused-suppression`, which has to be named.

mod disable;

use std::sync::LazyLock;

use super::{Diagnostic, Rule, Severities, rule, unused_suppression};
use crate::document::Proposal;
use crate::syntax::{Block, BlockKind, Origin, comments};
use crate::text::{Offset, Span, Text};

pub use disable::Suppressing;

/// What stands in every suppression, so that a block without it need not be searched for comments.
pub(super) const MARK: &str = "vip-lsp-";

/// What the places of suppressions are kept by: they go by nothing but the text.
static PLACES: LazyLock<Origin> = LazyLock::new(Origin::default);

/// How many suppressions of a document count, from the first on: many more than anyone writes, and few enough for each to
/// be held against every diagnostic.
const MAX: usize = 100;

/// A comment that keeps rules quiet, or ends that.
#[derive(Debug)]
pub(super) struct Suppression {
    /// All of the comment.
    pub(super) comment: Span,
    pub(super) directive: Directive,
    /// The rules that it names; all rules are meant where there are none.
    pub(super) names: Vec<Name>,
}

/// What a suppression does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Disable,
    Enable,
    DisableNextLine,
    DisableFile,
}

/// A rule's name in a suppression.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) span: Span,
    /// What is written there.
    pub(super) id: String,
    /// The rule, when there is one of this name.
    pub(super) rule: Option<&'static Rule>,
}

/// Where a suppression keeps one rule quiet.
#[derive(Debug)]
struct Scope {
    rule: &'static Rule,
    span: Span,
    /// The suppression's place in the list.
    of: usize,
    is_used: bool,
}

/// The suppressions of a document, and what they have been good for.
#[derive(Debug)]
pub(super) struct Suppressions {
    pub(super) list: Vec<Suppression>,
    scopes: Vec<Scope>,
}

/// Takes out of `diagnostics`, which `rules` found, what is suppressed, and adds the suppressions that were not needed.
pub(super) fn suppress(
    proposal: &Proposal<'_>,
    rules: &[&'static Rule],
    severities: &Severities,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut suppressions = Suppressions::of(proposal);
    suppressions.apply(diagnostics);
    let unused = &unused_suppression::RULE;
    if rules.contains(&unused) {
        let findings = unused_suppression::findings(&suppressions, rules);
        let mut found = findings.into_iter().map(|finding| finding.judged(unused, severities)).collect();
        suppressions.apply(&mut found);
        diagnostics.append(&mut found);
    }
}

impl Suppressions {
    /// Those in `proposal`.
    fn of(proposal: &Proposal<'_>) -> Suppressions {
        let list = suppressions(proposal);
        Suppressions { scopes: scopes(proposal.text(), &list), list }
    }

    /// Takes what is suppressed out of `diagnostics`.
    fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|diagnostic| {
            let mut is_kept = true;
            for scope in &mut self.scopes {
                if scope.rule == diagnostic.rule && scope.span.touches(diagnostic.span.start) {
                    scope.is_used = true;
                    is_kept = false;
                }
            }
            is_kept
        });
    }

    /// Whether the suppression at `index` of the list keeps something quiet, of `rule` where one is given. One that enables is
    /// of use where it ends another one.
    pub(super) fn is_used(&self, index: usize, rule: Option<&Rule>) -> bool {
        let suppression = &self.list[index];
        let mut scopes = self.scopes.iter().filter(|scope| rule.is_none_or(|rule| rule == scope.rule));
        match suppression.directive {
            Directive::Enable => scopes.any(|scope| scope.span.end == suppression.comment.start),
            _ => scopes.any(|scope| scope.of == index && scope.is_used),
        }
    }

    /// The places that the suppression at `index` of the list keeps quiet.
    fn spans(&self, index: usize) -> impl Iterator<Item = Span> {
        self.scopes.iter().filter(move |scope| scope.of == index).map(|scope| scope.span)
    }
}

impl Suppression {
    /// Whether it is about `rule`.
    fn is_about(&self, rule: &Rule) -> bool {
        match self.names.is_empty() {
            true => self.directive == Directive::Enable || *rule != unused_suppression::RULE,
            false => self.names.iter().any(|name| name.rule == Some(rule)),
        }
    }
}

/// The suppressions in `proposal`, in order.
pub(super) fn suppressions(proposal: &Proposal<'_>) -> Vec<Suppression> {
    let text = proposal.text();
    let comments = proposal.document.by_piece(&PLACES, |blocks| {
        let blocks = blocks.iter().filter(|block| may_have_one(text, block));
        blocks.flat_map(|block| comments(text, block.span)).collect()
    });
    comments.into_iter().filter_map(|comment| suppression(text, comment)).take(MAX).collect()
}

/// Whether the HTML at `block` of `text` is a suppression and no more.
pub(super) fn is_suppression(text: &Text, block: Span) -> bool {
    suppression(text, text.trim_end(block)).is_some()
}

fn may_have_one(text: &Text, block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Fence | BlockKind::IndentedCode | BlockKind::Break)
        && text.slice(block.span).contains(MARK)
}

/// The suppression that the comment at `comment` is.
fn suppression(text: &Text, comment: Span) -> Option<Suppression> {
    let source = text.slice(comment);
    let inside = source.strip_prefix("<!--")?.strip_suffix("-->")?;
    let words = words(inside).map(|(at, word)| (comment.start + "<!--".len() + at, word));
    let mut words = words.map(|(start, word)| (Span::new(start, start + word.len()), word));
    let directive = match words.next()?.1.strip_prefix(MARK)? {
        "disable" => Directive::Disable,
        "enable" => Directive::Enable,
        "disable-next-line" => Directive::DisableNextLine,
        "disable-file" => Directive::DisableFile,
        _ => return None,
    };
    let names = words.map(|(span, id)| Name { span, id: id.to_owned(), rule: rule(id) }).collect();
    Some(Suppression { comment, directive, names })
}

/// Whether `sign` stands between two words of a suppression.
pub(super) fn is_separator(sign: char) -> bool {
    sign == ',' || sign.is_whitespace()
}

/// What commas and white space separate in `source`, each with its place.
fn words(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = source.split(is_separator);
    let mut at = 0;
    let placed = words.map(move |word| {
        let start = at;
        let separator = source[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        at = start + word.len() + separator;
        (start, word)
    });
    placed.filter(|(_, word)| !word.is_empty())
}

fn scopes(text: &Text, list: &[Suppression]) -> Vec<Scope> {
    let mut scopes = Vec::new();
    let next_lines = next_lines(text, list);
    for (of, suppression) in list.iter().enumerate().filter(|(_, one)| one.directive != Directive::Enable) {
        for rule in super::RULES.into_iter().filter(|rule| suppression.is_about(rule)) {
            let end = match suppression.directive {
                Directive::Disable => end(list, of, rule).unwrap_or(text.end()),
                Directive::DisableNextLine => next_lines[of].end,
                Directive::Enable | Directive::DisableFile => text.end(),
            };
            let start = match suppression.directive {
                Directive::DisableFile => Offset::ZERO,
                _ => start(text, suppression.comment),
            };
            scopes.push(Scope { rule, span: Span::new(start, end), of, is_used: false });
        }
    }
    scopes
}

/// Where a suppression by `comment` starts: at its line, when it is the first in it. What is wrong with a document that has
/// nothing but comments is reported there.
fn start(text: &Text, comment: Span) -> Offset {
    let line = text.line_start(text.line_at(comment.start));
    let before = text.slice(Span::new(line, comment.start));
    let is_first = before.trim_start_matches('\u{feff}').trim().is_empty();
    if is_first { line } else { comment.start }
}

/// Where `rule`, which the suppression at `index` disables, is enabled again.
fn end(list: &[Suppression], index: usize, rule: &Rule) -> Option<Offset> {
    let ends = |other: &&Suppression| other.directive == Directive::Enable && other.is_about(rule);
    list[index + 1..].iter().find(ends).map(|enable| enable.comment.start)
}

/// For each suppression the next line after it that says something; other suppressions do not. From the last to the first,
/// so that blank lines behind a stack of them are passed once.
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

/// The first place in the lines after `line` that is not blank.
fn first_after(text: &Text, line: usize) -> Offset {
    let mut place = text.skip_blanks(text.line_start(line + 1));
    while let Some(b'\n' | b'\r') = text.byte(place) {
        place = text.skip_blanks(place + 1);
    }
    place
}
