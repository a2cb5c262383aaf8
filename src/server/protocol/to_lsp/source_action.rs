//! Conversion of actions on the whole document.

use tower_lsp::lsp_types::CodeAction;

use super::Context;
use crate::document::Edited;
use crate::server::protocol::names::{ActionData, SourceAction};

impl Context<'_> {
    /// Converts the action `what`: with the edits, or, for a client that asks for edits when an action is taken, with the data to
    /// compute them.
    pub(in crate::server) fn source_action(&self, what: SourceAction, edited: impl FnOnce() -> Edited) -> CodeAction {
        let action = CodeAction { title: what.title().to_owned(), kind: Some(what.kind()), ..CodeAction::default() };
        if self.support.resolves_actions {
            let data = ActionData { uri: self.uri.clone(), what };
            return CodeAction { data: serde_json::to_value(data).ok(), ..action };
        }
        CodeAction { edit: Some(self.workspace_edit(edited(), None)), ..action }
    }
}
