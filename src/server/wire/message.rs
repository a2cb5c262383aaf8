//! The client's JSON-RPC messages, and corrections to them.

use serde_json::{Map, Value, json};
use tower_lsp::jsonrpc::{ErrorCode, Id, Request, Response};

use super::{initialize, snippets};

pub(super) enum Message {
    Request(Request),
    Response(Response),
}

/// Parses the message in `content`, or returns the error to reply with.
pub(super) fn message(content: &[u8]) -> Result<Message, (Id, ErrorCode, &'static str)> {
    let invalid = |id, message| (id, ErrorCode::InvalidRequest, message);
    let mut value: Value = match serde_json::from_slice(content) {
        Ok(value) => value,
        Err(_) => return Err((Id::Null, ErrorCode::ParseError, "not valid JSON in UTF-8")),
    };
    let Some(object) = value.as_object_mut() else {
        let message = "expected a single JSON-RPC message (LSP has no batches)";
        return Err(invalid(Id::Null, message));
    };
    let id = match object.get("id") {
        Some(Value::String(id)) => Id::String(id.clone()),
        Some(Value::Number(id)) if id.is_i64() => Id::Number(id.as_i64().unwrap_or_default()),
        _ => Id::Null,
    };
    if object.contains_key("method") {
        mend(object);
        let request = serde_json::from_value(value).map_err(|_| invalid(id, "not a JSON-RPC 2.0 request"))?;
        return Ok(Message::Request(request));
    }
    if object.contains_key("result") || object.contains_key("error") {
        // tower-lsp treats a reply that has both a result and an error as invalid.
        if object.get("error").is_some_and(Value::is_null) {
            object.remove("error");
        }
        object.entry("jsonrpc").or_insert(json!("2.0"));
        return serde_json::from_value(value)
            .map(Message::Response)
            .map_err(|_| invalid(Id::Null, "not a JSON-RPC 2.0 reply"));
    }
    Err(invalid(id, "a message has a method, a result or an error"))
}

/// The client capability for semantic tokens of a range.
const SEMANTIC_TOKENS_RANGE: &str = "/capabilities/textDocument/semanticTokens/requests/range";

/// Corrects what the protocol types do not accept.
fn mend(request: &mut Map<String, Value>) {
    // Some clients send `"params": null` (eglot's `shutdown`), which JSON-RPC does not allow, or `{}` (lsp-mode's), where LSP has
    // no parameters.
    let is_shutdown = request.get("method").is_some_and(|method| method == "shutdown");
    if is_shutdown || request.get("params").is_some_and(Value::is_null) {
        request.remove("params");
    }
    if request.get("method").is_some_and(|method| method == "initialize") {
        let mut params = request.remove("params").unwrap_or_default();
        mend_capabilities(&mut params);
        let (params, left_out) = initialize::readable(params);
        initialize::log(&left_out);
        request.insert("params".to_owned(), params);
    }
}

fn mend_capabilities(params: &mut Value) {
    // LSP 3.17 has `workspace.diagnostics`; lsp-types 0.94 reads `workspace.diagnostic`.
    if let Some(workspace) = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut)
        && let Some(diagnostics) = workspace.get("diagnostics").cloned()
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
    // LSP 3.17 allows `{}` here; lsp-types 0.94 expects a boolean, and would reject the client.
    if let Some(range) = params.pointer_mut(SEMANTIC_TOKENS_RANGE).filter(|range| range.is_object()) {
        *range = json!(true);
    }
    if let Some(capabilities) = params.get_mut("capabilities").filter(|capabilities| capabilities.is_object()) {
        snippets::announce(capabilities);
    }
}
