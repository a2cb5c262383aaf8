//! Whatever a document says, everything that an editor can ask for is answered.

use proptest::prelude::*;
use proptest::sample::select;

use crate::targets::asking::ask_for_everything;

/// Documents that broke servers for Markdown, and some that could.
fn odd_documents() -> Vec<String> {
    let mut documents: Vec<String> = [
        "",
        "\n",
        "\0",
        "\u{feff}",
        "\u{feff}---\n---",
        "---",
        "---\n",
        "[][][]",
        "# ",
        "#\n#\n##",
        "- ",
        "-\n-\n  -",
        "* **",
        "- **:",
        "- **a**",
        "- **a:b",
        "- __a__: ",
        "|",
        "||\n|-|",
        "=",
        "a\n=",
        "```",
        "~~~\n```",
        "<!--",
        "<",
        "</",
        "<?",
        "<![CDATA[",
        "&#0;",
        "# &#0; &notanentity;",
        "# _a_ (b) [c] {#d}",
        "# ()",
        "# (a",
        "# a)",
        "# (a) b (",
        "# `",
        "# _",
        "# [a](b) (c)",
        "\r\r\n\n\r",
        "\u{2028}# a\u{85}# b",
        "# a\\",
    ]
    .map(str::to_owned)
    .to_vec();
    for (piece, times) in [
        ("> ", 300),
        ("- ", 300),
        ("[", 2000),
        ("*a_ ", 2000),
        ("~~a ~b ", 2000),
        ("# ", 500),
        ("\n", 5000),
        ("<a>", 1000),
        ("| a ", 2000),
        ("\t", 500),
        ("<!-- vip-lsp-disable -->\n", 40),
        ("<!-- vip-lsp-disable-next-line a --> ", 40),
    ] {
        documents.push(piece.repeat(times));
        documents.push(format!("# VIP-7: A\n\n## Introduction\n\n{}", piece.repeat(times)));
    }
    documents
}

#[test]
fn odd_documents_are_served() {
    for document in odd_documents() {
        ask_for_everything(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_served(pieces in prop::collection::vec(select(odd_documents()), 0..8), text in any::<String>()) {
        let short: Vec<&String> = pieces.iter().filter(|piece| piece.len() < 100).collect();
        let content: String = short.into_iter().flat_map(|piece| [piece.as_str(), "\n"]).chain([text.as_str()]).collect();
        ask_for_everything(&content);
    }
}
