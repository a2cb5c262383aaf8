//! The comments that suppress rules, as they are written.

use std::sync::LazyLock;

use crate::document::Proposal;
use crate::syntax::{Block, BlockKind, Origin, comments};
use crate::text::{Span, Text};

/// A part of every suppression, so that a block without it need not be searched for comments.
pub(super) const MARK: &str = "vip-lsp-";

/// The origin of the places of suppressions, which depend only on the text.
static PLACES: LazyLock<Origin> = LazyLock::new(Origin::default);

/// The maximum number of suppressions that count in a document, from the first on: many more than anyone writes, and few enough to
/// compare each with every diagnostic.
const MAX: usize = 100;

/// A comment that suppresses rules, or ends a suppression.
#[derive(Debug)]
pub(super) struct Suppression {
    /// The whole comment.
    pub(super) comment: Span,
    pub(super) directive: Directive,
    /// The rules that it names; empty if all rules are meant.
    pub(super) names: Vec<Name>,
}

/// The effect of a suppression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Disable,
    Enable,
    DisableNextLine,
    DisableFile,
}

/// The name of a rule in a suppression.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) span: Span,
    /// The name as written.
    pub(super) id: String,
}

/// Returns the suppressions in `proposal`, in order.
pub(super) fn suppressions(proposal: &Proposal<'_>) -> Vec<Suppression> {
    let text = proposal.text();
    let comments = proposal.document.by_piece(&PLACES, |blocks| {
        let blocks = blocks.iter().filter(|block| may_have_one(text, block));
        blocks.flat_map(|block| comments(text, block.span)).collect()
    });
    comments.into_iter().filter_map(|comment| suppression(text, comment)).take(MAX).collect()
}

/// Whether the HTML at `block` of `text` is just a suppression.
pub(super) fn is_suppression(text: &Text, block: Span) -> bool {
    suppression(text, text.trim_end(block)).is_some()
}

fn may_have_one(text: &Text, block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Fence | BlockKind::IndentedCode | BlockKind::Break)
        && text.slice(block.span).contains(MARK)
}

/// Returns the suppression in the comment at `comment`.
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
    let names = words.map(|(span, id)| Name { span, id: id.to_owned() }).collect();
    Some(Suppression { comment, directive, names })
}

/// Whether `sign` may separate two words of a suppression. In a quote, the mark of each line is between them, too.
pub(super) fn is_separator(sign: char) -> bool {
    matches!(sign, ',' | '>') || sign.is_whitespace()
}

/// Returns the words in `source`, separated by commas and white space, each with its place.
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
