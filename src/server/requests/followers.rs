//! The proposals that follow an earlier version of a template: showing them, and bringing them to the current one.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{Location, MessageType, Range, Url};

use super::navigation::named;
use crate::features::rewrite::Rewrite;
use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::Session;

impl Session {
    /// Tells the user which proposals follow an earlier version of a template, `followers`, and returns their places.
    pub(super) async fn show_followers(&self, followers: &[PathBuf]) -> Option<Value> {
        if followers.is_empty() {
            self.client.show_message(MessageType::INFO, "every proposal follows the template as it is now").await;
        } else if !self.support().shows_references {
            let message = format!("these follow an earlier version: {}", named(followers));
            self.client.show_message(MessageType::INFO, message).await;
        }
        let uris = followers.iter().filter_map(|path| to_lsp::uri(path));
        let places: Vec<Location> = uris.map(|uri| Location { uri, range: Range::default() }).collect();
        serde_json::to_value(places).ok()
    }

    /// Brings the proposals that follow an earlier version of the template at `uri` to the current one. The client shows the changes, and
    /// the user confirms them.
    pub(super) async fn migrate_all(self: &Arc<Self>, uri: &Url) -> Result<Option<Value>> {
        self.is_read().await;
        let template = from_lsp::id(uri).path().map(ToOwned::to_owned);
        let Some(template) = template.filter(|path| self.workspace.followers(path).is_some()) else {
            return Err(Error::invalid_params(format!("{uri} is not a template of proposals; name one")));
        };
        let change = move |session: &Arc<Session>| {
            let migrations = session.workspace.migrations(&template);
            let changed = session.workspace.migrated(&migrations);
            let changed = session.changed_documents(&changed);
            (!changed.is_empty()).then(|| to_lsp::confirmed(changed, Rewrite::Migrate.title()))
        };
        match self.work(change).await {
            Some(edit) => _ = self.apply(Rewrite::Migrate.title(), edit).await,
            None => self.client.show_message(MessageType::INFO, "no proposal needs to be changed").await,
        }
        Ok(None)
    }
}
