//! Everything that an editor can ask for of a document, and what must hold for the answers.

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

/// Asks for everything that an editor can ask for, at every place of a small document.
pub(crate) fn ask_for_everything(content: &str) {
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
                hover(&proposal, (&diagnostics, &Severities::default()), None, offset);
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
