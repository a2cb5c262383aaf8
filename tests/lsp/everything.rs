//! A client that can do everything, and all requests that the server announces to it.

use serde_json::{Value, json};

use super::client::Client;

/// What a client can do that the server makes any use of.
pub(crate) fn able() -> Value {
    let kinds = json!(["", "quickfix", "source", "source.fixAll"]);
    let formats = json!(["markdown", "plaintext"]);
    let tokens = json!(["keyword", "number", "comment", "parameter"]);
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "window": {"workDoneProgress": true, "showDocument": {"support": true}},
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
                "tagSupport": {"valueSet": [1, 2]}, "dataSupport": true,
            },
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": kinds}}, "isPreferredSupport": true,
                "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
            },
            "completion": {"contextSupport": true, "completionItem": {
                "snippetSupport": true, "preselectSupport": true, "documentationFormat": formats,
                "resolveSupport": {"properties": ["documentation"]},
            }},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "declaration": {}, "definition": {}, "references": {}, "documentHighlight": {}, "documentLink": {},
            "codeLens": {},
            "inlayHint": {}, "selectionRange": {}, "linkedEditingRange": {},
            "hover": {"contentFormat": formats}, "rename": {"prepareSupport": true},
            "foldingRange": {"lineFoldingOnly": true},
            "semanticTokens": {
                "requests": {"full": {"delta": true}, "range": true}, "tokenTypes": tokens, "tokenModifiers": [],
                "formats": ["relative"],
            },
        },
        "workspace": {
            "applyEdit": true, "workspaceFolders": true, "symbol": {},
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
            "didChangeWatchedFiles": {"dynamicRegistration": true}, "fileOperations": {"willRename": true},
        },
    })
}

/// Where the server's capabilities announce a request, and the request. One that resolves what another one answers follows it.
pub(crate) const ANNOUNCED: [(&str, &str); 27] = [
    ("/completionProvider", "textDocument/completion"),
    ("/completionProvider/resolveProvider", "completionItem/resolve"),
    ("/documentLinkProvider", "textDocument/documentLink"),
    ("/documentLinkProvider/resolveProvider", "documentLink/resolve"),
    ("/codeActionProvider", "textDocument/codeAction"),
    ("/codeActionProvider/resolveProvider", "codeAction/resolve"),
    ("/codeLensProvider", "textDocument/codeLens"),
    ("/codeLensProvider/resolveProvider", "codeLens/resolve"),
    ("/semanticTokensProvider/full", "textDocument/semanticTokens/full"),
    ("/semanticTokensProvider/range", "textDocument/semanticTokens/range"),
    ("/documentSymbolProvider", "textDocument/documentSymbol"),
    ("/workspaceSymbolProvider", "workspace/symbol"),
    ("/declarationProvider", "textDocument/declaration"),
    ("/definitionProvider", "textDocument/definition"),
    ("/referencesProvider", "textDocument/references"),
    ("/renameProvider", "textDocument/rename"),
    ("/renameProvider/prepareProvider", "textDocument/prepareRename"),
    ("/workspace/fileOperations/willRename", "workspace/willRenameFiles"),
    ("/hoverProvider", "textDocument/hover"),
    ("/documentHighlightProvider", "textDocument/documentHighlight"),
    ("/linkedEditingRangeProvider", "textDocument/linkedEditingRange"),
    ("/inlayHintProvider", "textDocument/inlayHint"),
    ("/foldingRangeProvider", "textDocument/foldingRange"),
    ("/selectionRangeProvider", "textDocument/selectionRange"),
    ("/executeCommandProvider", "workspace/executeCommand"),
    ("/diagnosticProvider", "textDocument/diagnostic"),
    ("/diagnosticProvider/workspaceDiagnostics", "workspace/diagnostic"),
];

/// The parameters of the request `method` about `place` in the document at `uri`.
fn params(method: &str, uri: &str, place: &Value) -> Value {
    let document = json!({"uri": uri});
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 1000, "character": 0}});
    match method {
        "workspace/symbol" => json!({"query": ""}),
        "workspace/diagnostic" => json!({"previousResultIds": []}),
        "workspace/willRenameFiles" => json!({"files": [{"oldUri": uri, "newUri": format!("{uri}.moved.md")}]}),
        "workspace/executeCommand" => json!({"command": "vip-lsp.showReferences", "arguments": [uri]}),
        _ => match method.strip_prefix("textDocument/").expect("a request about a document") {
            "completion" | "declaration" | "definition" | "prepareRename" | "hover" | "documentHighlight"
            | "linkedEditingRange" => {
                json!({"textDocument": document, "position": place})
            }
            "references" => {
                json!({"textDocument": document, "position": place, "context": {"includeDeclaration": true}})
            }
            "rename" => json!({"textDocument": document, "position": place, "newName": "70"}),
            "selectionRange" => json!({"textDocument": document, "positions": [place]}),
            "codeAction" => json!({"textDocument": document, "range": range, "context": {"diagnostics": []}}),
            "inlayHint" | "semanticTokens/range" => json!({"textDocument": document, "range": range}),
            _ => json!({"textDocument": document}),
        },
    }
}

/// The items in the answer to a request that gives things to resolve.
fn items(answer: &Value) -> Vec<Value> {
    answer.get("items").unwrap_or(answer).as_array().cloned().unwrap_or_default()
}

/// Sends each request that `capabilities`, which are the server's, announce, about `place` in the document at `uri`, and
/// resolves what can be; the requests with their replies.
pub(crate) fn ask(client: &mut Client, capabilities: &Value, uri: &str, place: &Value) -> Vec<(&'static str, Value)> {
    let is_announced = |pointer: &str| {
        let value = capabilities.pointer(pointer);
        value.is_some_and(|value| !value.is_null() && *value != false)
    };
    let mut replies: Vec<(&'static str, Value)> = Vec::new();
    let mut last = Value::Null;
    for (_, method) in ANNOUNCED.iter().filter(|(pointer, _)| is_announced(pointer)) {
        if method.ends_with("/resolve") {
            replies.extend(items(&last).iter().map(|item| (*method, client.reply(method, item))));
            continue;
        }
        let reply = client.reply(method, &params(method, uri, place));
        last = reply["result"].clone();
        replies.push((method, reply));
    }
    replies
}
