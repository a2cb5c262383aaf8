//! Whatever a document says, everything that an editor can ask for is answered.

use proptest::prelude::*;
use proptest::sample::select;
use vip_lsp::document::{Document, Proposal};
use vip_lsp::features::completion::{Trigger, complete};
use vip_lsp::features::fix_all::fix_all;
use vip_lsp::features::folds::{Fold, folds};
use vip_lsp::features::highlights::highlights;
use vip_lsp::features::hints::hints;
use vip_lsp::features::hover::hover;
use vip_lsp::features::linked::linked;
use vip_lsp::features::outline::outline;
use vip_lsp::features::selection::selection;
use vip_lsp::features::tokens::{Token, tokens};
use vip_lsp::rules::{Severities, Suppressing, check, fixes};
use vip_lsp::template::Template;
use vip_lsp::text::{Offset, Span, Text};

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

/// Asks for everything that an editor can ask for, at every place of a small document.
fn ask_for_everything(content: &str) {
    let template = Template::derive(content, None);
    for document in [Document::open(content), Document::open(content), Document::closed(content)] {
        for template in [&*Template::built_in(), &template] {
            let proposal = Proposal::of(&document, template);
            let diagnostics = check(&proposal, &Severities::default());
            for diagnostic in &diagnostics {
                fixes(&proposal, diagnostic);
                Suppressing::of(&proposal).fixes(&proposal, diagnostic);
            }
            fix_all(&proposal, &Severities::default());
            outline(&proposal);
            hints(&proposal, document.text().span());
            folds(&proposal, 3);
            check_folds(document.text(), &folds(&proposal, usize::MAX));
            check_tokens(document.text(), &tokens(&proposal, document.text().span()));
            let step = 1 + content.len() / 50;
            for offset in (0..=content.len()).step_by(step).filter(|&offset| content.is_char_boundary(offset)) {
                let offset = Offset::new(offset);
                complete(&proposal, offset, Trigger::Invoked);
                hover(&proposal, &diagnostics, None, offset);
                highlights(&proposal, offset);
                linked(&proposal, offset);
                check_selection(document.text(), offset, &selection(&proposal, offset));
            }
        }
    }
}

/// Folds have more than one line each, no two the same, and none ends behind one that it starts in.
fn check_folds(text: &Text, folds: &[Fold]) {
    let lines: Vec<_> = folds.iter().map(|fold| (text.line_at(fold.span.start), text.line_at(fold.span.end))).collect();
    assert!(lines.iter().all(|(first, last)| first < last), "{lines:?}");
    let is_ordered = |pair: &[(usize, usize)]| pair[0].0 < pair[1].0 || pair[0].0 == pair[1].0 && pair[0].1 > pair[1].1;
    assert!(lines.windows(2).all(is_ordered), "{lines:?}");
    for (index, outer) in lines.iter().enumerate() {
        let crosses = |inner: &(usize, usize)| inner.0 <= outer.1 && inner.1 > outer.1;
        assert!(!lines[index + 1..].iter().any(crosses), "{lines:?}");
    }
}

/// Tokens have something of one line each, and none shares a byte with another.
fn check_tokens(text: &Text, tokens: &[Token]) {
    let is_in_line = |token: &Token| text.line_at(token.span.start) == text.line_at(token.span.end);
    assert!(tokens.iter().all(|token| !token.span.is_empty() && is_in_line(token)), "{tokens:?}");
    assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{tokens:?}");
}

/// Every selection has the one before it and more, and the place; the last is the document.
fn check_selection(text: &Text, offset: Offset, spans: &[Span]) {
    assert_eq!(spans.last(), Some(&text.span()));
    assert!(spans.iter().all(|span| span.touches(offset)), "{offset:?} {spans:?}");
    let content = text.to_string();
    let is_boundary = |offset: Offset| content.is_char_boundary(offset.get());
    assert!(spans.iter().all(|span| is_boundary(span.start) && is_boundary(span.end)), "{spans:?}");
    let grows =
        |pair: &[Span]| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0].len() < pair[1].len();
    assert!(spans.windows(2).all(grows), "{offset:?} {spans:?}");
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
