//! Whatever is typed: the text is what a plain string would be, and what is read of it what a fresh reading gives.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{anchors, closed};
use super::*;
use crate::text::{Encoding, Position};

/// What documents and insertions are made of: every construct that the parsers know, whole and in pieces.
const PIECES: [&str; 78] = [
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
    "[a](b.md)",
    "![a](b.png)",
    "[a 1][r]",
    "[r]",
    "[R][]",
    "[z][y]",
    "[y]: /y 'title'",
    "[^1]",
    "[^1]: 2",
    "[^1]: a 1\n\n    b",
    "$x$",
    "$$",
    "<a href=\"x\">",
    "<a id=y>",
    "<?",
    "?>",
    "VIP-7",
    "a | b",
    "2) c",
    "(n)=",
    "## A[^1] [r][]",
    "> # Q\n> # Q {#id}",
    "- # L\n  ===",
    "<h2>H</h2>",
    "[^b]: # N",
    "## B[^b]",
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

/// Checks that `parsed` is what a fresh reading of its text gives.
fn check_fresh(parsed: &Parsed) {
    let content = parsed.text().to_string();
    let fresh = closed::read(&Text::new(&content));
    assert_eq!(parsed.blocks(), fresh.blocks, "{content:?}");
    assert_eq!(parsed.links(), fresh.links, "{content:?}");
    assert_eq!(parsed.outline(), Outline::of(parsed.text(), &fresh.blocks), "{content:?}");
    let fresh = anchors(&Text::new(&content));
    assert_eq!(parsed.anchors(), fresh, "{content:?}");
    assert_eq!(*parsed.anchor_names(), AnchorNames::of(&fresh), "{content:?}");
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
    fn random_edits_leave_what_a_fresh_reading_finds(start in content(0..60), edits in edits()) {
        let mut model = start.clone();
        let mut parsed = Parsed::open(&start);
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
            check_fresh(&parsed);
        }
    }

    #[test]
    fn several_edits_at_once_and_a_whole_text_leave_what_a_fresh_reading_finds(
        start in content(0..60), edits in edits(), whole in content(0..60),
    ) {
        let parsed = Parsed::open(&start);
        let mut editing = parsed.edit();
        for (at, reach, content) in edits {
            let places = boundaries(&editing.text().to_string());
            let from = at.index(places.len());
            let to = (from + reach).min(places.len() - 1);
            editing.apply(&Edit { span: Span::new(Offset::new(places[from]), Offset::new(places[to])), content });
        }
        let parsed = editing.finish();
        check_fresh(&parsed);
        let mut editing = parsed.edit();
        editing.replace_all(&whole);
        let parsed = editing.finish();
        prop_assert_eq!(parsed.text().to_string(), whole);
        check_fresh(&parsed);
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
fn what_two_parsers_read_differently_is_read_as_by_one() {
    for source in [
        "para\nName | Type\n-----|----\na | b\n",
        "====\n\t====\n====\n",
        "Para,\n2) Design\n---\n",
        "[x]: y\n## Design\n",
    ] {
        let padding = "Words of prose.\n\n".repeat(200);
        let content = format!("# T\n\n{padding}{source}\n{padding}");
        let parsed = Parsed::open(&content);
        let places = [padding.len() + 5, padding.len() + 5 + source.len(), content.len() / 2];
        for at in places {
            let mut editing = parsed.edit();
            editing.apply(&Edit::insert(Offset::new(at), "x"));
            check_fresh(&editing.finish());
        }
    }
}

#[test]
fn an_edit_leaves_other_pieces_as_they_are() {
    let content = format!("# T\n\n{}", "## S\n\nWords of [prose](a.md).\n\n".repeat(2000));
    let parsed = Parsed::open(&content);
    let mut editing = parsed.edit();
    editing.apply(&Edit::insert(Offset::new(content.len() / 2), "x"));
    let edited = editing.finish();
    let before: Vec<_> = parsed.pieces().map(|(_, piece)| Arc::as_ptr(piece)).collect();
    let kept = edited.pieces().filter(|(_, piece)| before.contains(&Arc::as_ptr(piece))).count();
    assert!(before.len() > 20 && kept + 3 >= before.len(), "{kept} of {}", before.len());
}

fn cases(default: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(default)
}

#[test]
fn a_line_ending_that_becomes_another_ones_half_joins_pieces() {
    let (before, after) = ("text\ntext\ntext\n+ ***\n\r", " - a\nwords\n");
    let parsed = Parsed::open(&format!("{before}x{after}"));
    let mut editing = parsed.edit();
    let at = Offset::new(before.len());
    editing.apply(&Edit { span: Span::new(at, at + 1), content: "\n ".to_owned() });
    check_fresh(&editing.finish());
}
