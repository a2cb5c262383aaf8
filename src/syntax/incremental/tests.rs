//! Whatever is typed: the text is what a plain string would be, and the tree what a fresh parse gives.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::text::{Encoding, Position};

/// What documents and insertions are made of: every construct that the parsers know, whole and in pieces.
const PIECES: [&str; 52] = [
    "# T",
    "## S",
    "### ",
    "#",
    "Title\n===",
    "Title\n---",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "    ",
    "- a",
    "* ",
    "1. b",
    "  - c",
    "```",
    "~~~~",
    "``` rust\ncode\n```",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<script>",
    "> q",
    ">",
    "| a | b |",
    "|---|---|",
    "***",
    "---",
    "---\na: b\n---\n",
    "+++",
    "[r]: /u",
    "[r]: /u\n'",
    "text",
    "é",
    "💡",
    "一二",
    "\u{feff}",
    "\0",
    "\\",
    "`",
    "*i*",
    "_",
    "=",
    "===",
    "a\nb",
    "x",
    "\u{2028}",
    "\u{85}",
    "&amp;",
];

fn content(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let separators = select(vec!["", "\n", "\n", "\n\n", "\r\n", "\r", " "]);
    prop::collection::vec((select(PIECES.to_vec()), separators), pieces)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, separator)| [piece, separator]).collect())
}

/// An edit: where it starts, how far it reaches, and what it puts there.
fn edits() -> impl Strategy<Value = Vec<(Index, usize, String)>> {
    prop::collection::vec((any::<Index>(), select(vec![0, 0, 0, 1, 1, 2, 5, 40]), content(0..3)), 1..40)
}

/// The boundaries of `text`'s characters.
fn boundaries(text: &str) -> Vec<usize> {
    text.char_indices().map(|(index, _)| index).chain([text.len()]).collect()
}

fn tree_of(parsed: &Parsed) -> String {
    let State::Tree(tree) = &parsed.tree else { return String::new() };
    let mut nodes = String::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        nodes.push_str(&format!("{} {:?} {:?}\n", node.kind(), node.byte_range(), node.range().end_point));
        if cursor.goto_first_child() || cursor.goto_next_sibling() {
            continue;
        }
        loop {
            if !cursor.goto_parent() {
                return nodes;
            }
            if cursor.goto_next_sibling() {
                break;
            }
        }
    }
}

/// Whether the parser met something that the grammar does not have.
fn has_error(parsed: &Parsed) -> bool {
    tree_of(parsed).contains("ERROR ")
}

/// The position of a byte in a plain string, counted character by character.
fn position_in(text: &str, offset: usize, encoding: Encoding) -> Position {
    let (mut line, mut column) = (0, 0);
    let mut characters = text[..offset].chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().or_else(|| text[offset..].chars().next());
        if character == '\n' || character == '\r' && next != Some('\n') {
            (line, column) = (line + 1, 0);
        } else {
            column += match encoding {
                Encoding::Utf8 => character.len_utf8() as u32,
                Encoding::Utf16 => character.len_utf16() as u32,
                Encoding::Utf32 => 1,
            };
        }
    }
    Position { line, column }
}

proptest! {
    // With up to 40 edits a case, some 20,000 edits; PROPTEST_CASES sets more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(1000)) })]

    #[test]
    fn random_edits_leave_text_and_tree_as_fresh_ones(start in content(0..20), edits in edits()) {
        let mut model = start.clone();
        let mut parsed = Parsed::open(&start).with_tree();
        for (at, reach, content) in edits {
            let places = boundaries(&model);
            let from = at.index(places.len());
            let to = (from + reach).min(places.len() - 1);
            let span = Span::new(Offset::new(places[from]), Offset::new(places[to]));
            model.replace_range(places[from]..places[to], &content);
            let mut editing = parsed.edit();
            editing.apply(&Edit { span, content });
            parsed = editing.finish();
            prop_assert_eq!(parsed.text().to_string(), model.clone());
            if !parsed.has_tree() {
                parsed = parsed.with_tree();
            }
            let fresh = Parsed::open(&model).with_tree();
            // A machine that stands still for a moment makes a parse too slow; that is no difference. How the parser gets over what
            // it cannot read depends on where it came from; the blocks must not.
            if parsed.has_tree() && fresh.has_tree() && !has_error(&fresh) && !has_error(&parsed) {
                prop_assert_eq!(tree_of(&parsed), tree_of(&fresh));
            }
            prop_assert_eq!(parsed.blocks(), fresh.blocks());
        }
    }

    #[test]
    fn positions_are_those_of_a_plain_string(content in content(0..20)) {
        let text = Text::new(&content);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for offset in boundaries(&content) {
                let position = text.position(Offset::new(offset), encoding);
                prop_assert_eq!(position, position_in(&content, offset, encoding));
                // A place between CR and LF is in no line; it is taken for the line's end.
                let is_inside_ending = content[..offset].ends_with('\r') && content[offset..].starts_with('\n');
                if !is_inside_ending {
                    prop_assert_eq!(text.offset(position, encoding), Offset::new(offset));
                }
            }
        }
    }
}

#[test]
fn a_parse_that_takes_too_long_is_given_up_on_and_the_text_read_afresh() {
    let text = Text::new(&"- - - ".repeat(50_000));
    let body = Body::of(&text);
    let given_up = Parsed { tree: parse(&text, body, None, Duration::ZERO), body, text };
    assert!(matches!(given_up.tree, State::TooSlow));
    let mut edits = given_up.edit();
    edits.apply(&Edit::insert(Offset::ZERO, "# T\n"));
    let edited = edits.finish();
    assert!(!edited.has_tree() && !edited.wants_tree());
    assert_eq!(edited.blocks(), closed::blocks(edited.text()));
    assert_eq!(edited.blocks().headings().count(), 1);
}

#[test]
fn only_large_documents_want_a_tree() {
    let large = "word\n".repeat(INCREMENTAL_FROM / 5 + 1);
    assert!(!Parsed::open("# T\n").wants_tree());
    assert!(Parsed::open(&large).wants_tree());
    assert!(!Parsed::open(&large).with_tree().wants_tree());
    assert!(!Parsed::open(&large.repeat(MAX_BYTES / INCREMENTAL_FROM + 1)).wants_tree());
}

fn cases(default: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(default)
}
