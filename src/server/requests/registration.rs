//! What the server asks of the client: notifications of changed settings and files, and the settings themselves.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::lsp_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
};

use crate::server::session::Session;

/// The section of the settings.
const SECTION: &str = "vip-lsp";

/// The files that the client is asked to watch: documents, configuration files, YAML files, which may be the settings of a site
/// or the metadata of a proposal, and the file that tells of new commits.
const WATCHED: [&str; 4] =
    ["**/*.{md,markdown,mdown,mkd,md.template}", "**/{vip-lsp,.vip-lsp}.toml", "**/*.{yml,yaml}", "**/.git/logs/HEAD"];

impl Session {
    /// Asks the client to report changed settings and files, if it supports that.
    pub(in crate::server) async fn register(&self) {
        let support = self.support();
        let mut registrations = Vec::new();
        let mut register = |method: &str, register_options| {
            let registration = Registration { id: method.to_owned(), method: method.to_owned(), register_options };
            registrations.push(registration);
        };
        if support.registers_configuration {
            register("workspace/didChangeConfiguration", Some(serde_json::json!({ "section": SECTION })));
        }
        if support.registers_watchers {
            let watchers = WATCHED.map(|glob| {
                let glob_pattern = GlobPattern::String(glob.to_owned());
                FileSystemWatcher { glob_pattern, kind: None }
            });
            let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.to_vec() };
            register("workspace/didChangeWatchedFiles", serde_json::to_value(options).ok());
        }
        if !registrations.is_empty()
            && let Err(error) = self.client.register_capability(registrations).await
        {
            tracing::warn!("the client refused a registration: {error}");
        }
    }

    /// Applies the client's settings: those it returns when asked, or else `sent`.
    pub(in crate::server) async fn configure(self: &Arc<Self>, sent: Value) {
        if !self.support().configuration {
            let section = sent.get(SECTION).cloned().unwrap_or(sent);
            return self.set_settings(section).await;
        }
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        let section = match self.client.configuration(vec![item]).await {
            Ok(sections) => sections.into_iter().next().unwrap_or_default(),
            Err(error) => {
                tracing::debug!("the client has no settings: {error}");
                Value::Null
            }
        };
        self.set_settings(section).await;
    }
}
