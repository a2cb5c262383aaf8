//! Texts in one piece and in many.

use super::*;

#[test]
fn what_lies_across_pieces_of_storage_is_found() {
    for before in (0..3000).step_by(41) {
        let content = "a".repeat(before) + "vip-lsp-" + &"b".repeat(MAX_WHOLE);
        assert!(Text::new(&content).contains("vip-lsp-"), "{before}");
        assert!(!Text::new(&content.replace("-b", " b")).contains("vip-lsp-"), "{before}");
    }
}

#[test]
fn lines_end_where_they_end_across_pieces_of_storage() {
    let content = "a\r\n\né💡b\rccccc\n".repeat(700) + "end";
    let text = Text::new(&content);
    let mut start = 0;
    for line in 0..text.line_count() {
        let rest = &content[start..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        assert_eq!(text.line_span(line), Span::new(Offset::new(start), Offset::new(start + length)), "{line}");
        start += length + if rest[length..].starts_with("\r\n") { 2 } else { 1 };
    }
    assert_eq!(text.line_span(text.line_count() + 3), Span::empty(text.end()));
    // The same lines, listed.
    let short = Text::new(&content[..content.len() / 2]);
    assert!(short.lines().is_none());
    let found = |text: &Text| {
        let lines = (0..text.line_count() + 2).map(|line| (text.line_start(line), text.line_span(line)));
        let all: Vec<_> = lines.collect();
        (all, (0..=text.len() + 1).map(|at| text.line_at(Offset::new(at))).collect::<Vec<_>>())
    };
    let unlisted = found(&short);
    assert!(!short.slice(short.span()).is_empty() && short.lines().is_some());
    assert_eq!(found(&short), unlisted);
    assert!(text.is(&content) && !text.is(&content[1..]));
}

#[test]
fn what_differs_between_two_texts_lies_on_boundaries_of_characters() {
    let long = "é💡x".repeat(2000);
    for (before, after, expected) in [
        ("", "", (0, 0, 0)),
        ("a", "a", (1, 1, 1)),
        ("ab", "aab", (1, 1, 2)),
        ("aab", "ab", (1, 2, 1)),
        ("é", "è", (0, 2, 2)),
        ("xéy", "xèy", (1, 3, 3)),
        ("\u{e9}", "\u{129}", (0, 2, 2)),
        ("abc", "", (0, 3, 0)),
        ("", "abc", (0, 0, 3)),
    ] {
        let expected = (Offset::new(expected.0), Offset::new(expected.1), Offset::new(expected.2));
        assert_eq!(Text::new(before).difference(after), expected, "{before} {after}");
        let (before, after) = (format!("{long}{before}{long}"), format!("{long}{after}{long}"));
        let (start, old_end, new_end) = Text::new(&before).difference(&after);
        assert_eq!((old_end - start, new_end - start), (expected.1 - expected.0, expected.2 - expected.0), "{after}");
        assert_eq!(before[..start.get()], after[..start.get()]);
        assert_eq!(before[old_end.get()..], after[new_end.get()..]);
    }
}

#[test]
fn a_text_reads_the_same_in_one_piece_and_in_many() {
    let line = "- é 💡 \t VIP-7 \r\n\n   x\r";
    let content = line.repeat(MAX_WHOLE / line.len() + 1);
    let large = Text::new(&content);
    assert!(large.whole().is_none());
    let mut small = Text::new(&content[..content.len() / 2]);
    assert!(small.whole().is_some());
    let place = |at: usize| Offset::new(at);
    for from in (0..content.len() / 2).step_by(331) {
        for length in [0, 1, 4, 19, 900] {
            let span = Span::new(place(from), place((from + length).min(small.len())));
            assert_eq!(small.slice(span), large.slice(span), "{from}, {length}");
            assert_eq!(small.slice(span), content.get(from..span.end.get()).unwrap_or(""), "{from}, {length}");
            assert_eq!(small.trim_end(span), large.trim_end(span), "{from}, {length}");
        }
        assert_eq!(small.byte(place(from)), large.byte(place(from)));
        assert_eq!(small.skip_blanks(place(from)), large.skip_blanks(place(from)));
    }
    assert_eq!((small.byte(small.end()), large.byte(large.end())), (None, None));
    assert_eq!((small.chunk_from(small.end()), large.chunk_from(large.end())), ("", ""));
    let first = Span::new(place(0), place(1));
    small.replace(first, "💡");
    assert_eq!(small.slice(Span::new(place(0), place(4))), "💡");
}
