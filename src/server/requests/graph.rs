//! The graph of the proposals.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;

use crate::features::graph::Format;
use crate::server::protocol::from_lsp;
use crate::server::session::Session;

impl Session {
    /// Returns the graph of the family of the document at `uri`, or of all proposals, as a page of Markdown with a flowchart.
    pub(in crate::server) async fn graph(self: &Arc<Self>, uri: Option<Url>) -> Result<Option<Value>> {
        // A proposal that has not been read yet would be missing.
        self.is_read().await;
        let session = self.clone();
        let draw = move || session.workspace.graph_around(uri.as_ref().map(from_lsp::id).as_ref());
        let graph = tokio::task::spawn_blocking(draw).await.map_err(|_| Error::internal_error())?;
        if graph.edges.is_empty() {
            return Ok(Some(json!("# Graph of proposals\n\nNo proposal here names another one in its metadata.\n")));
        }
        let flowchart = graph.text(Format::Mermaid, |_| String::new());
        Ok(Some(json!(format!("# Graph of proposals\n\n```mermaid\n{flowchart}```\n"))))
    }
}
