//! Completion that starts a proposal in an empty document.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, TextDocumentPositionParams, TextEdit,
};

use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::Session;
use crate::text::Span;
use crate::workspace::{Wanted, author};

/// What the author types for it.
const WORD: &str = "proposal";

impl Session {
    /// Returns the item that puts the text of the next proposal in the document at `place`, which has at most the start of its name.
    /// `None` for a document with other text, and if it is not certain which proposal is next.
    pub(in crate::server) async fn start_of_proposal(
        self: &Arc<Self>,
        place: &TextDocumentPositionParams,
    ) -> Option<CompletionItem> {
        let id = from_lsp::id(&place.text_document.uri);
        let document = self.workspace.document(&id)?;
        let text = document.text();
        let typed = text.trim_end(Span::new(text.start(), text.end()));
        if typed.len() > WORD.len() || !WORD.starts_with(&text.slice(typed).to_lowercase()) {
            return None;
        }
        let range = to_lsp::range(text, typed, self.support());
        self.is_read().await;
        let make = move |session: &Arc<Session>| {
            let (author, near) = (author(), id.path().and_then(Path::parent));
            session.workspace.new_proposal(&Wanted { author: author.as_deref(), near, ..Wanted::default() }).ok()
        };
        let new = self.work(make).await?;
        Some(CompletionItem {
            label: WORD.to_owned(),
            kind: Some(CompletionItemKind::SNIPPET),
            detail: new.number.map(|number| format!("the next proposal, number {number}")),
            documentation: Some(to_lsp::documentation(new.text.clone(), self.support())),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: new.text })),
            ..CompletionItem::default()
        })
    }
}
