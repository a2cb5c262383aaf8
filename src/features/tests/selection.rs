//! Selections that grow, each shown in full.

use expect_test::{Expect, expect};

use crate::document::{Document, Proposal};
use crate::features::selection::selection;
use crate::template::Template;
use crate::text::Offset;

/// What a selection at the cursor grows to, line by line.
fn check(marked: &str, expected: Expect) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let spans = selection(&Proposal::of(&document, &Template::built_in()), offset);
    let shown: Vec<_> = spans.iter().map(|span| format!("{:?}\n", document.text().slice(*span))).collect();
    expected.assert_eq(&shown.concat());
}

#[test]
fn a_word_grows_to_its_sentence_block_sections_and_document() {
    check(
        "# A\n\n## B\n\nOne. Two\nth💡 fo$0ur! Five.\n\nSix.\n\n### C\n\n## D\n",
        expect![[r###"
            "four"
            "Two\nth💡 four!"
            "One. Two\nth💡 four! Five."
            "One. Two\nth💡 four! Five.\n\nSix.\n\n### C"
            "## B\n\nOne. Two\nth💡 four! Five.\n\nSix.\n\n### C\n\n"
            "## B\n\nOne. Two\nth💡 four! Five.\n\nSix.\n\n### C\n\n## D"
            "# A\n\n## B\n\nOne. Two\nth💡 four! Five.\n\nSix.\n\n### C\n\n## D\n"
        "###]],
    );
}

#[test]
fn a_sentence_ends_where_white_space_follows() {
    check(
        "At 1.5 ms e.g.$0x? Yes.",
        expect![[r#"
            "x"
            "At 1.5 ms e.g.x?"
            "At 1.5 ms e.g.x? Yes."
        "#]],
    );
    check(
        "One. $0Two?",
        expect![[r#"
            "Two"
            "Two?"
            "One. Two?"
        "#]],
    );
    check(
        "One.$0 Two?",
        expect![[r#"
            "One."
            "One. Two?"
        "#]],
    );
    check(
        "One.  $0  Two?",
        expect![[r#"
            "One.    Two?"
        "#]],
    );
    check(
        "One. $0",
        expect![[r#"
            "One. "
        "#]],
    );
    check(
        "One.\r\nTwo$0",
        expect![[r#"
            "Two"
            "One.\r\nTwo"
        "#]],
    );
}

#[test]
fn elsewhere_it_grows_to_the_line() {
    check(
        "- **Status**: e\u{301}t$0a\n- b\n",
        expect![[r#"
            "e\u{301}ta"
            "**Status**: e\u{301}ta"
            "- **Status**: e\u{301}ta"
            "- **Status**: e\u{301}ta\n- b"
            "- **Status**: e\u{301}ta\n- b\n"
        "#]],
    );
    check(
        "# A\n\n## B $0c ##\n\nText.\n",
        expect![[r###"
            "c"
            "## B c ##"
            "## B c ##\n\nText.\n"
            "# A\n\n## B c ##\n\nText.\n"
        "###]],
    );
    check(
        "---\na: $0b\n---\n\n# A\n",
        expect![[r#"
            "b"
            "a: b"
            "---\na: b\n---"
            "---\na: b\n---\n\n# A\n"
        "#]],
    );
    check(
        "```\n$0\n```\n",
        expect![[r#"
            "```\n\n```"
            "```\n\n```\n"
        "#]],
    );
}

#[test]
fn in_lists_and_tables_it_grows_by_items_and_cells() {
    check(
        "- a\n  - b c$0\n    d\n  - e\n- f\n",
        expect![[r#"
        "c"
        "- b c"
        "- b c\n    d"
        "- b c\n    d\n  - e"
        "- a\n  - b c\n    d\n  - e"
        "- a\n  - b c\n    d\n  - e\n- f"
        "- a\n  - b c\n    d\n  - e\n- f\n"
    "#]],
    );
    check(
        "| A | B |\n|---|---|\n| c | d$0 e |\n",
        expect![[r#"
        "d"
        "d e"
        "| c | d e |"
        "| A | B |\n|---|---|\n| c | d e |"
        "| A | B |\n|---|---|\n| c | d e |\n"
    "#]],
    );
}

#[test]
fn it_works_at_the_ends_of_a_document() {
    check(
        "$0",
        expect![[r#"
            ""
        "#]],
    );
    check(
        "$0\u{feff}# A\r\n",
        expect![[r#"
            "\u{feff}# A\r\n"
        "#]],
    );
    check(
        "\u{feff}$0# A\r\n",
        expect![[r##"
            "# A"
            "# A\r\n"
            "\u{feff}# A\r\n"
        "##]],
    );
    check(
        "# A\r\n\r\n$0",
        expect![[r##"
            "# A\r\n\r\n"
        "##]],
    );
    check(
        "# A\r\n\r\nText 💡$0",
        expect![[r##"
            "Text 💡"
            "# A\r\n\r\nText 💡"
        "##]],
    );
    check(
        "# A\n\n$0\n\n# B\n",
        expect![[r##"
            "# A\n\n\n\n"
            "# A\n\n\n\n# B\n"
        "##]],
    );
}
