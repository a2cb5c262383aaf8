//! Tokens as they stand in the document.

use crate::document::{Document, Proposal};
use crate::features::tokens::{TokenKind, tokens};
use crate::template::Template;
use crate::text::{Edit, Offset, Span, apply};

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

- **Status**: _one of ['Draft', 'Accepted']_
- **Author(s)**: _(Names
  and addresses)_

## Summary _(8 words at most)_

_Say what changes._

## Design

> Say how.
> And why.

## Plain

Every word of this is to be followed to the letter, see XIP-1.
";

/// `expected` has the tokens in braces behind their kinds; the range asked for is between the two `$0` of `marked`, or all
/// of it.
fn check(marked: &str, expected: &str) {
    let parts: Vec<&str> = marked.split("$0").collect();
    let document = Document::open(&parts.concat());
    let span = match parts[..] {
        [before, inside, _] => Span::of_range(Offset::new(before.len()), 0..inside.len()),
        _ => document.text().span(),
    };
    let template = Template::derive(TEMPLATE, None);
    let tokens = tokens(&Proposal::of(&document, &template), span);
    for pair in tokens.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "in order and apart: {pair:?}");
    }
    let edits = tokens.iter().flat_map(|token| {
        let kind = match token.kind {
            TokenKind::Instruction => "i{",
            TokenKind::Placeholder => "p{",
            TokenKind::Number => "n{",
        };
        [Edit::insert(token.span.start, kind.to_owned()), Edit::insert(token.span.end, "}".to_owned())]
    });
    let edits: Vec<_> = edits.collect();
    assert_eq!(apply(document.text(), &edits).to_string(), expected);
}

#[test]
fn instructions_and_notes_are_tokens_line_by_line() {
    check(
        "\u{feff}## Summary _(8 words at most)_\r\n\r\n_Say 💡\r\nwhat._\r\n\r\n- _Say\r\n  what changes._\r\n\r\n## Design\r\n\r\n> Say how.\r\n> And why.\r\n",
        "\u{feff}## Summary i{_(8 words at most)_}\r\n\r\n_Say 💡\r\nwhat._\r\n\r\n- i{_Say}\r\n  i{what changes._}\r\n\r\n## Design\r\n\r\ni{> Say how.}\r\ni{> And why.}\r\n",
    );
    check("## Summary _(mine)_\n\n_Say what changed._\n", "## Summary _(mine)_\n\n_Say what changed._\n");
}

#[test]
fn placeholders_are_tokens_where_they_stand() {
    check(
        "# XIP-`$NUMBER`: `$TITLE`\n\n- **Status**: Draft\n- **Author(s)**: _(Names\n  and addresses)_\n",
        "# XIP-`p{$NUMBER}`: `p{$TITLE}`\n\n- **Status**: Draft\n- **Author(s)**: p{_(Names}\n  p{and addresses)_}\n",
    );
    check("# XIP-7: $TI**TLE**\n", "# p{XIP-7: $TI**TLE**}\n");
    check("# XIP-7: Mine\n\n- **Author(s)**: _A. Author_\n", "# n{XIP-7}: Mine\n\n- **Author(s)**: _A. Author_\n");
}

#[test]
fn numbers_are_tokens_in_the_title_and_in_prose() {
    check(
        "# [xip 7] 💡 `$TITLE`\n\nSee XIP-8, 💡 XIP-009 and `XIP-1`, [XIP-2](xip-2.md) or XIP-x.\n",
        "# [n{xip 7}] 💡 `p{$TITLE}`\n\nSee n{XIP-8}, 💡 n{XIP-009} and `XIP-1`, [XIP-2](xip-2.md) or XIP-x.\n",
    );
    check(
        "## Plain\n\nEvery word of this is to be followed to the letter, see XIP-1.\n\nXIP-1\n",
        "## Plain\n\ni{Every word of this is to be followed to the letter, see XIP-1.}\n\nn{XIP-1}\n",
    );
    check("", "");
}

#[test]
fn only_tokens_that_have_something_of_the_range_are_given() {
    check("XIP-1 X$0IP-2 $0XIP-3\n", "XIP-1 n{XIP-2} XIP-3\n");
    check("> Say how.\n$0> And why.\n$0\nXIP-1\n", "> Say how.\ni{> And why.}\n\nXIP-1\n");
    check("XIP-1$0$0\n", "XIP-1\n");
}
