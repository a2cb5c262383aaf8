//! Hints as they stand in the document.

use crate::document::{Document, Proposal};
use crate::features::hints::hints;
use crate::template::Template;
use crate::text::{Edit, Offset, Span, apply};

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

## Summary _(8 words at most)_

_Say what changes._

## Design

## Abstract _(at most 40 characters)_
";

/// `expected` has the hints in brackets; the range asked for is between the two `$0` of `marked`, or all of it.
fn check(marked: &str, expected: &str) {
    let parts: Vec<&str> = marked.split("$0").collect();
    let document = Document::open(&parts.concat());
    let span = match parts[..] {
        [before, inside, _] => Span::of_range(Offset::new(before.len()), 0..inside.len()),
        _ => document.text().span(),
    };
    let template = Template::derive(TEMPLATE, None);
    let hints = hints(&Proposal::of(&document, &template), span);
    let edits: Vec<_> = hints.iter().map(|hint| Edit::insert(hint.place, format!("[{}]", hint.label))).collect();
    assert_eq!(apply(document.text(), &edits).to_string(), expected);
}

#[test]
fn a_hint_stands_behind_each_heading_with_a_limit() {
    check(
        "\u{feff}# XIP-1: C\r\n\r\n## Abstract ##\r\n\r\nA wörd.\r\n\r\n## Design\r\n\r\nSumm*ary*\r\n---\r\n\r\n_Say what changes._\r\n",
        "\u{feff}# XIP-1: C\r\n\r\n## Abstract[7/40 characters] ##\r\n\r\nA wörd.\r\n\r\n## Design\r\n\r\nSumm*ary*[0/8 words]\r\n---\r\n\r\n_Say what changes._\r\n",
    );
}

#[test]
fn nothing_stands_behind_other_headings() {
    check("", "");
    check(
        "# XIP-1: C\n\n## Own\n\n## Design\n\n## Own _(8 words at most)_\n",
        "# XIP-1: C\n\n## Own\n\n## Design\n\n## Own _(8 words at most)_\n",
    );
}

#[test]
fn only_the_range_has_hints() {
    check("## Summary\n\n$0## Abstract$0\n", "## Summary\n\n## Abstract[0/40 characters]\n");
    check("$0## Summary\n$0\n## Abstract\n", "## Summary[0/8 words]\n\n## Abstract\n");
    check("## Summary\n$0\n$0## Abstract\n", "## Summary\n\n## Abstract\n");
}

#[test]
fn a_section_with_two_limits_has_one_hint() {
    let mut template = Template::derive(TEMPLATE, None);
    template.sections[0].character_limit = Some(30);
    let document = Document::open("## Summary\n\nOne, two.\n");
    let hints = hints(&Proposal::of(&document, &template), document.text().span());
    let labels: Vec<_> = hints.iter().map(|hint| hint.label.as_str()).collect();
    assert_eq!(labels, ["2/8 words, 9/30 characters"]);
}
