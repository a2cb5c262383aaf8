//! URIs as the client spells them.
//!
//! Clients differ in what they percent-encode, and some compare returned URIs as strings. The protocol types normalize
//! (`file:///a b.md` becomes `file:///a%20b.md`), so the client's own spelling is restored on the way out.

use std::collections::HashMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use tower_lsp::jsonrpc::Request;
use tower_lsp::lsp_types::Url;

/// The spellings of opened documents that differ from the normalized form.
#[derive(Debug, Default)]
pub(in crate::server) struct Echo {
    is_needed: AtomicBool,
    spellings: RwLock<HashMap<String, String>>,
}

impl Echo {
    /// Records the spelling in a `didOpen`. It is kept after `didClose`, because the empty diagnostics that follow need it.
    pub(in crate::server) fn listen(&self, request: &Request) {
        if request.method() != "textDocument/didOpen" {
            return;
        }
        let uri = request.params().and_then(|params| params.pointer("/textDocument/uri")).and_then(Value::as_str);
        let Some((spelling, normalized)) = uri.and_then(|uri| Some((uri, Url::parse(uri).ok()?))) else { return };
        if normalized.as_str() != spelling {
            let mut spellings = self.spellings.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            spellings.insert(normalized.into(), spelling.to_owned());
            self.is_needed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether any document has a spelling of its own.
    pub(in crate::server) fn is_needed(&self) -> bool {
        self.is_needed.load(Ordering::Relaxed)
    }

    /// Replaces every URI in `value`, whether a value or a key, with the client's spelling.
    pub(in crate::server) fn apply(&self, value: Value) -> Value {
        let spellings = self.spellings.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        respell(value, &spellings)
    }
}

fn respell(value: Value, spellings: &HashMap<String, String>) -> Value {
    let spell = |text: String| spellings.get(&text).cloned().unwrap_or(text);
    match value {
        Value::String(text) => Value::String(spell(text)),
        Value::Array(values) => values.into_iter().map(|value| respell(value, spellings)).collect(),
        Value::Object(entries) => {
            entries.into_iter().map(|(key, value)| (spell(key), respell(value, spellings))).collect()
        }
        value => value,
    }
}
