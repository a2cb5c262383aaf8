//! The client's settings.

use std::sync::{Arc, PoisonError};

use serde_json::Value;
use tower_lsp::lsp_types::MessageType;

use super::Session;
use crate::workspace::Settings;

impl Session {
    /// Applies the client's settings of the section `vip-lsp`; for what they leave out, `initializationOptions` count.
    pub(in crate::server) async fn set_settings(self: &Arc<Self>, section: Value) {
        let mut settings = self.initial_settings.get().cloned().unwrap_or_default();
        match (&mut settings, section) {
            (Value::Object(settings), Value::Object(section)) => {
                settings.extend(section.into_iter().filter(|(_, value)| !value.is_null()));
            }
            (_, Value::Null) => {}
            (settings, section) => *settings = section,
        }
        let (settings, problems) = Settings::of_json(&settings);
        self.workspace.set_settings(settings);
        self.check_all();
        self.read_all();
        for problem in problems {
            if self.told.settings.lock().unwrap_or_else(PoisonError::into_inner).insert(problem.clone()) {
                self.client.show_message(MessageType::WARNING, problem).await;
            }
        }
    }
}
