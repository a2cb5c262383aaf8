//! What is said of a document that was edited, against what is said of a fresh one.

use std::sync::Arc;

use vip_lsp::document::Document;
use vip_lsp::features::folds::folds;
use vip_lsp::features::outline::outline;
use vip_lsp::features::tokens::tokens;
use vip_lsp::rules::Diagnostic;
use vip_lsp::workspace::{DocumentId, Workspace};

/// Checks that all that `workspace` says of its `document` is what it says of a fresh one with the same text; `story` tells what
/// happened.
pub(crate) fn check_same(workspace: &Workspace, id: &DocumentId, document: &Document, story: &dyn Fn() -> String) {
    let fresh = Arc::new(Document::closed(&document.text().to_string()));
    let page = workspace.page(id);
    let found = page.as_ref().map(|page| workspace.diagnostics(page)).unwrap_or_default();
    assert_eq!(document.blocks(), fresh.blocks(), "{}", story());
    assert_eq!(document.outline(), fresh.outline(), "{}", story());
    assert_eq!(document.links(), fresh.links(), "{}", story());
    assert_eq!(document.anchors(), fresh.anchors(), "{}", story());
    let fresh = workspace.page_of(id, fresh);
    assert_eq!(page.is_some(), fresh.is_some(), "{}", story());
    let (Some(page), Some(fresh)) = (page, fresh) else { return };
    assert_eq!(told(&found), told(&workspace.diagnostics(&fresh)), "{}", story());
    let (page, fresh) = (page.proposal(), fresh.proposal());
    assert_eq!(outline(&page), outline(&fresh), "{}", story());
    assert_eq!(folds(&page, usize::MAX), folds(&fresh, usize::MAX), "{}", story());
    let all = document.text().span();
    assert_eq!(tokens(&page, all), tokens(&fresh, all), "{}", story());
}

/// What is said, to compare.
fn told(found: &[Diagnostic]) -> Vec<String> {
    let told = |found: &Diagnostic| {
        format!("{} {:?} {:?} {} {:?}", found.rule.id, found.severity, found.span, found.message, found.related)
    };
    found.iter().map(told).collect()
}
