//! What is left to do in a proposal.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{MessageType, Url};

use crate::features::readiness::Readiness;
use crate::features::todo::{Todo, todo};
use crate::server::protocol::to_lsp;
use crate::server::session::Session;
use crate::workspace::Snapshot;

impl Session {
    /// Returns how far the proposal at `uri` has come, and what is left to do in it, place by place. A client that does not show that
    /// itself, and one that has nothing to show, is told in a message.
    pub(in crate::server) async fn show_readiness(&self, uri: &Url) -> Result<Option<Value>> {
        // Some diagnostics need the whole index, such as whether the number is free.
        self.is_read().await;
        let (readiness, list) = self.readiness(uri)?;
        let line = readiness.line();
        if list.is_empty() || !self.support().shows_readiness {
            self.client.show_message(MessageType::INFO, line.clone()).await;
        }
        let mut answer = json!(readiness);
        answer["line"] = json!(line);
        answer["todo"] = json!(list);
        Ok(Some(answer))
    }

    fn readiness(&self, uri: &Url) -> Result<(Readiness, Vec<Value>)> {
        let (_, snapshot) = self.open_proposal(uri)?;
        let around = self.workspace.around(&snapshot);
        let (proposal, severities) = (snapshot.proposal().within(&around), snapshot.severities());
        let diagnostics = self.workspace.diagnostics(&snapshot);
        let todo = todo(&proposal, &diagnostics, severities);
        let list = todo.iter().map(|todo| self.item(&snapshot, todo)).collect();
        Ok((Readiness::of(&proposal, &diagnostics, severities), list))
    }

    fn item(&self, snapshot: &Snapshot, Todo { message, span, is_required }: &Todo) -> Value {
        let range = to_lsp::range(snapshot.text(), *span, self.support());
        json!({ "message": message, "range": range, "required": is_required })
    }
}
