//! Semantic tokens: what only the template can tell about a text, for the editor to color.

use crate::document::{Destination, Proposal, heading_notes, prefixed_title_number};
use crate::text::{Span, Text};

/// A token, within one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// Its kind.
    pub kind: TokenKind,
}

/// The kind of a token. Where two tokens overlap, the kind listed first wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// An instruction of the template.
    Instruction,
    /// A placeholder that the author has yet to replace.
    Placeholder,
    /// The number of a proposal, with its prefix.
    Number,
}

impl TokenKind {
    /// All kinds.
    pub const ALL: [TokenKind; 3] = [TokenKind::Instruction, TokenKind::Placeholder, TokenKind::Number];
}

/// Returns the tokens of `proposal` that overlap `span`, in order. No token spans lines, and none overlaps another.
pub fn tokens(proposal: &Proposal<'_>, span: Span) -> Vec<Token> {
    let text = proposal.text();
    let found = instructions(proposal).chain(placeholders(proposal)).chain(numbers(proposal));
    let mut tokens: Vec<Token> = found.flat_map(|token| lines(text, token)).collect();
    tokens.sort_by_key(|token| (token.span.start, token.kind));
    retain_apart(&mut tokens);
    tokens.retain(|token| token.span.start < span.end && span.start < token.span.end);
    tokens
}

fn instructions(proposal: &Proposal<'_>) -> impl Iterator<Item = Token> {
    let notes = heading_notes(proposal).into_iter().map(|found| found.span);
    let spans = proposal.instructions().iter().map(|found| found.span).chain(notes);
    spans.map(|span| Token { span, kind: TokenKind::Instruction })
}

fn placeholders(proposal: &Proposal<'_>) -> impl Iterator<Item = Token> {
    let spans = proposal.unfilled().iter().flat_map(|found| found.placeholders.iter().copied());
    spans.map(|span| Token { span, kind: TokenKind::Placeholder })
}

fn numbers(proposal: &Proposal<'_>) -> impl Iterator<Item = Token> {
    let references = proposal.references().iter();
    let others = references.filter(|reference| matches!(reference.to, Destination::Number(_)));
    let spans = others.map(|reference| reference.span).chain(prefixed_title_number(proposal));
    spans.map(|span| Token { span, kind: TokenKind::Number })
}

/// Splits `token` by line, without white space at the ends of each part.
fn lines(text: &Text, token: Token) -> impl Iterator<Item = Token> {
    let Token { span, kind } = token;
    let pieces = (text.line_at(span.start)..=text.line_at(span.end)).map(move |line| {
        let line = text.line_span(line);
        let start = text.skip_blanks(line.start.max(span.start));
        text.trim_end(Span::new(start, line.end.min(span.end)))
    });
    pieces.filter(|piece| !piece.is_empty()).map(move |span| Token { span, kind })
}

/// Removes from `tokens`, which are in order, those that start inside another.
fn retain_apart(tokens: &mut Vec<Token>) {
    let mut end = None;
    tokens.retain(|token| {
        let is_apart = end.is_none_or(|end| end <= token.span.start);
        if is_apart {
            end = Some(token.span.end);
        }
        is_apart
    });
}
