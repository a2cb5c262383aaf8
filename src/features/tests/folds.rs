//! Folds as the lines that they start and end with.

use expect_test::{Expect, expect};

use crate::document::{Document, Proposal};
use crate::features::folds::{Fold, FoldKind, folds};
use crate::template::Template;

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

## Summary

_Say what changes._

_Say what does not change._

1. _Say it first._
2. _Say it second._

## Design
";

fn found(source: &str, limit: usize) -> (Document, Vec<Fold>) {
    let document = Document::open(source);
    let found = folds(&Proposal::of(&document, &Template::derive(TEMPLATE, None)), limit);
    (document, found)
}

fn check(source: &str, expected: Expect) {
    check_with(source, usize::MAX, expected);
}

fn check_with(source: &str, limit: usize, expected: Expect) {
    let (document, found) = found(source, limit);
    let text = document.text();
    let line = |offset| text.line_at(offset);
    let shown = |fold: &Fold| {
        let (first, last) = (line(fold.span.start), line(fold.span.end));
        let kind = if fold.kind == FoldKind::Comment { " (comment)" } else { "" };
        let end = |line| text.slice(text.line_span(line)).into_owned();
        format!("{first}-{last}{kind}: {} … {}\n", end(first), end(last))
    };
    expected.assert_eq(&found.iter().map(shown).collect::<String>());
}

#[test]
fn sections_fold_to_their_last_line_that_is_not_blank() {
    check(
        "\u{feff}# XIP-1: C\r\n\r\nSummary\r\n---\r\n\r\nTéxt 💡.\r\n \r\n### Part\r\n\r\nText.\r\n\r\n\t\r\n## Design\r\n\r\n## Own\r\nText.",
        expect![[r#"
            0-15: ﻿# XIP-1: C … Text.
            2-9: Summary … Text.
            7-9: ### Part … Text.
            14-15: ## Own … Text.
        "#]],
    );
}

#[test]
fn blocks_of_more_than_one_line_fold() {
    check(
        "---\nstatus: x\n---\n\n```\na\n```\n\n- a\n- b\n  - c\n\n| a |\n| - |\n| b |\n\n> a\nb\n\n<!-- a\n\nb -->\n\n~~~\nopen\n\n",
        expect![[r#"
            0-2: --- … ---
            4-6: ``` … ```
            8-10: - a …   - c
            12-14: | a | … | b |
            16-17: > a … b
            19-21 (comment): <!-- a … b -->
            23-24: ~~~ … open
        "#]],
    );
}

#[test]
fn what_is_no_block_to_fold_or_has_one_line_does_not() {
    check(
        "Text\ntext\n\n    code\n    code\n\n<div>\n</div>\n\n- a\n\n> a\n\n<!-- a -->\n\n***\n\n# A\n\n## Summary\n",
        expect![[r#"
            17-19: # A … ## Summary
        "#]],
    );
    check("", expect![]);
}

#[test]
fn instructions_fold_together() {
    check(
        "## Summary\n\n_Say what changes._\n\n_Say what does not change._\n\n1. _Say it first._\n2. _Say it second._\n\nOwn.\n\n_Say what\nchanges._\n\n## Design\n\n_Say what changes._\n",
        expect![[r#"
            0-12: ## Summary … changes._
            2-7 (comment): _Say what changes._ … 2. _Say it second._
            6-7: 1. _Say it first._ … 2. _Say it second._
            11-12 (comment): _Say what … changes._
            14-16: ## Design … _Say what changes._
        "#]],
    );
    check(
        "1. Own.\n2. _Say it first._\n\n_Say what changes._\n",
        expect![[r#"
            0-1: 1. Own. … 2. _Say it first._
        "#]],
    );
    check(
        "1. _Say it first._\n2. _Say it second._\n",
        expect![[r#"
            0-1 (comment): 1. _Say it first._ … 2. _Say it second._
        "#]],
    );
}

#[test]
fn the_longest_stay_within_a_limit() {
    let source = "# XIP-1: C\n\n## Summary\n\n- a\n- b\n\n## Design\n\nText.\n\nText.\n";
    check_with(
        source,
        2,
        expect![[r#"
            0-11: # XIP-1: C … Text.
            7-11: ## Design … Text.
        "#]],
    );
    check_with(source, 0, expect![]);
}
