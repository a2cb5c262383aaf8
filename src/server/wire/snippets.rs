//! Edits that are snippets (LSP 3.18). The protocol types do not have them, so they are annotated edits until they are sent.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Response;

/// The annotation of an edit that is a snippet.
pub(in crate::server) const SNIPPET: &str = "vip-lsp.snippet";

/// Copies the client's support for snippet edits to `experimental.snippetEdits` of its `capabilities`.
pub(super) fn announce(capabilities: &mut Value) {
    if capabilities.pointer("/workspace/workspaceEdit/snippetEditSupport") != Some(&Value::Bool(true)) {
        return;
    }
    match capabilities.get_mut("experimental") {
        Some(Value::Object(own)) => _ = own.insert("snippetEdits".to_owned(), Value::Bool(true)),
        _ => capabilities["experimental"] = json!({"snippetEdits": true}),
    }
}

/// Whether the reply to `method` may have snippets.
pub(super) fn may_have(method: &str) -> bool {
    matches!(method, "textDocument/codeAction" | "codeAction/resolve")
}

/// Turns the annotated edits of the code actions in `response` into snippets.
pub(super) fn spelled_out(response: Response) -> Response {
    let (id, result) = response.into_parts();
    let result = result.map(|mut result| {
        match &mut result {
            Value::Array(actions) => actions.iter_mut().for_each(in_action),
            action => in_action(action),
        }
        result
    });
    Response::from_parts(id, result)
}

fn in_action(action: &mut Value) {
    let changes = action.pointer_mut("/edit/documentChanges").and_then(Value::as_array_mut);
    let edits = changes.into_iter().flatten().filter_map(|change| change.get_mut("edits")?.as_array_mut());
    for edit in edits.flatten().filter(|edit| edit["annotationId"] == SNIPPET) {
        let snippet = json!({"kind": "snippet", "value": edit["newText"].take()});
        *edit = json!({"range": edit["range"].take(), "snippet": snippet});
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp::jsonrpc::Id;

    use super::*;

    #[test]
    fn the_support_of_a_client_is_copied_to_where_the_types_have_room() {
        let support = json!({"workspaceEdit": {"snippetEditSupport": true}});
        let cases = [
            (json!({"workspace": support}), json!({"snippetEdits": true})),
            (json!({"workspace": support, "experimental": {"own": 1}}), json!({"own": 1, "snippetEdits": true})),
            (json!({"workspace": support, "experimental": 7}), json!({"snippetEdits": true})),
            (json!({"workspace": {"workspaceEdit": {"snippetEditSupport": "yes"}}}), Value::Null),
            (json!({}), Value::Null),
        ];
        for (mut capabilities, experimental) in cases {
            announce(&mut capabilities);
            assert_eq!(capabilities["experimental"], experimental);
        }
    }

    #[test]
    fn only_annotated_edits_become_snippets() {
        let edit = |own: Value| {
            let plain = json!({"range": {"line": 1}, "newText": "a"});
            json!({"edit": {"documentChanges": [{"kind": "rename"}, {"edits": [plain, own]}]}, "title": "Insert"})
        };
        let marked = edit(json!({"range": {"line": 2}, "newText": "b$0", "annotationId": SNIPPET}));
        let sent = edit(json!({"range": {"line": 2}, "snippet": {"kind": "snippet", "value": "b$0"}}));
        for (reply, expected) in [
            (json!([marked, null, {"title": "None"}]), json!([sent, null, {"title": "None"}])),
            (marked.clone(), sent.clone()),
            (json!(7), json!(7)),
        ] {
            let response = spelled_out(Response::from_ok(Id::Number(1), reply));
            assert_eq!(response.result(), Some(&expected));
        }
    }
}
