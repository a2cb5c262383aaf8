//! Folding ranges: what an editor can hide below its first line.

use std::cmp::Reverse;

use crate::document::Proposal;
use crate::syntax::{Block, BlockKind};
use crate::text::{Span, Text};

/// A range of lines to fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From within the first line, which stays visible, to within the last one.
    pub span: Span,
    /// Its kind.
    pub kind: FoldKind,
}

/// The kinds that editors distinguish, to fold all of one kind at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// The author's content.
    Content,
    /// A comment, or an instruction of the template.
    Comment,
}

/// Returns at most `limit` folds of `proposal`, the longest ones, in document order with outer folds first. No fold crosses the
/// end of another.
pub fn folds(proposal: &Proposal<'_>, limit: usize) -> Vec<Fold> {
    let text = proposal.text();
    let blocks = proposal.document.blocks();
    let front_matter = blocks.front_matter.map(|span| Fold { span: text.trim_end(span), kind: FoldKind::Content });
    let found = instructions(proposal).into_iter().chain(sections(proposal)).chain(front_matter);
    let found = found.chain(blocks.list.iter().filter_map(|block| fold(text, *block)));
    let mut folds: Vec<_> = found.map(|fold| Lines::of(text, fold)).filter(|lines| lines.first < lines.last).collect();
    // The sort is stable: of two folds with the same lines, the one found first stays.
    folds.sort_by_key(Lines::place);
    folds.dedup_by_key(|lines| lines.place());
    retain_nested(&mut folds);
    retain_longest(&mut folds, limit);
    folds.into_iter().map(|lines| lines.fold).collect()
}

/// A fold and its lines.
struct Lines {
    first: usize,
    last: usize,
    fold: Fold,
}

impl Lines {
    fn of(text: &Text, fold: Fold) -> Lines {
        Lines { first: text.line_at(fold.span.start), last: text.line_at(fold.span.end), fold }
    }

    /// The sort key that puts folds in order.
    fn place(&self) -> (usize, Reverse<usize>) {
        (self.first, Reverse(self.last))
    }
}

/// Removes from `folds`, which are in order, those that start inside another and end after it: instructions can start in the
/// middle of a list and go on below it.
fn retain_nested(folds: &mut Vec<Lines>) {
    let mut open: Vec<usize> = Vec::new();
    folds.retain(|fold| {
        while open.last().is_some_and(|last| *last < fold.first) {
            open.pop();
        }
        let is_nested = open.last().is_none_or(|last| fold.last <= *last);
        if is_nested {
            open.push(fold.last);
        }
        is_nested
    });
}

/// Removes the shortest from `folds`, which are in order, until `limit` are left.
fn retain_longest(folds: &mut Vec<Lines>, limit: usize) {
    if folds.len() > limit {
        folds.sort_by_key(|fold| Reverse(fold.last - fold.first));
        folds.truncate(limit);
        folds.sort_by_key(Lines::place);
    }
}

fn sections<'a>(proposal: &'a Proposal<'_>) -> impl Iterator<Item = Fold> + 'a {
    let sections = proposal.document.outline().iter();
    sections.map(|(_, section)| Fold { span: proposal.text().trim_end(section.span), kind: FoldKind::Content })
}

fn fold(text: &Text, block: Block) -> Option<Fold> {
    let kind = match block.kind {
        BlockKind::Fence | BlockKind::List | BlockKind::Table | BlockKind::Quote => FoldKind::Content,
        BlockKind::Html if text.slice(block.span).trim_start().starts_with("<!--") => FoldKind::Comment,
        _ => return None,
    };
    Some(Fold { span: text.trim_end(block.span), kind })
}

/// Returns a fold for each run of the template's instructions with nothing else in between.
fn instructions(proposal: &Proposal<'_>) -> Vec<Fold> {
    let text = proposal.text();
    let mut runs: Vec<Fold> = Vec::new();
    for found in proposal.instructions() {
        let span = text.trim_end(found.span);
        match runs.last_mut() {
            Some(run) if is_gap(text, Span::new(run.span.end, span.start)) => {
                run.span = Span::new(run.span.start, span.end.max(run.span.end));
            }
            _ => runs.push(Fold { span, kind: FoldKind::Comment }),
        }
    }
    runs
}

/// Whether `span` has nothing but white space and list markers.
fn is_gap(text: &Text, span: Span) -> bool {
    let is_number = |word: &str| {
        let number = word.strip_suffix(['.', ')']);
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.slice(span).split_whitespace().all(|word| matches!(word, "-" | "*" | "+") || is_number(word))
}
