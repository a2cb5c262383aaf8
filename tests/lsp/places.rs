//! What the editor shows at places of a document or does with them, in each position encoding.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{capable, workspace};

/// The encodings with the width of 💡 in each.
const ENCODINGS: [(&str, u32); 3] = [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)];

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({"start": at(start.0, start.1), "end": at(end.0, end.1)})
}

/// A client that has `feature` and counts in `encoding`, and the server's capabilities.
fn client(folder: &Folder, feature: &str, options: &Value, encoding: &str) -> (Client, Value) {
    let mut capabilities = capable();
    capabilities["textDocument"][feature] = options.clone();
    capabilities["general"] = json!({"positionEncodings": [encoding]});
    let (client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    assert_eq!(result["capabilities"]["positionEncoding"], encoding);
    (client, result["capabilities"].clone())
}

#[test]
fn hover_shows_what_the_template_says() {
    for (encoding, width) in ENCODINGS {
        let folder = workspace();
        let (mut client, _) = client(&folder, "hover", &json!({"contentFormat": ["markdown"]}), encoding);
        let uri = folder.uri("docs/vip-7.md");
        client
            .open(&uri, "# VIP-7: C\n\n- **Status**: _Draft (💡 é)_\n\n## Introduction\n\nOne 💡 two.\n\n## Design\n");
        let mut hover = |line: u32, character: u32| {
            let params = json!({"textDocument": {"uri": uri}, "position": at(line, character)});
            client.request("textDocument/hover", &params)
        };
        let value = |markdown: &str| json!({"kind": "markdown", "value": markdown});
        let accents = if encoding == "utf-8" { 2 } else { 1 };
        assert_eq!(
            hover(2, 22 + width),
            json!({
                "contents": value(
                    "`Status`: one of **`Draft`**, `Accepted`\n\n---\n\nNot ready for Accepted: section \"Design\" is empty."
                ),
                "range": range((2, 15), (2, 22 + width + 1 + accents + 1)),
            })
        );
        let shown = hover(4, 0);
        assert_eq!(shown["range"], range((4, 0), (4, 15)));
        assert_eq!(shown["contents"], value("2 of at most 6 words\n\n> _Say what changes._"));
        assert_eq!(hover(6, 0), Value::Null);
        client.close();
    }
}

#[test]
fn hints_stand_behind_the_headings_with_a_limit() {
    for (encoding, width) in ENCODINGS {
        let folder = workspace();
        let (mut client, capabilities) = client(&folder, "inlayHint", &json!({}), encoding);
        assert_eq!(capabilities["inlayHintProvider"], true);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: C\n\n## **Introduction** _(💡)_\n\nOne 💡 two.\n\n## Design\n");
        let mut hints = |uri: &str, end: u32| {
            let params = json!({"textDocument": {"uri": uri}, "range": range((0, 0), (end, 0))});
            client.request("textDocument/inlayHint", &params)
        };
        let hint = json!({"position": at(2, 24 + width), "label": "2/6 words", "paddingLeft": true});
        assert_eq!(hints(&uri, 7), json!([hint]));
        assert_eq!(hints(&uri, 2), json!([]));
        assert_eq!(hints(&folder.uri("docs/notes.md"), 7), Value::Null);
        client.close();
    }
}

#[test]
fn hints_are_asked_for_again_when_the_template_changes() {
    let folder = workspace();
    let mut capabilities = capable();
    capabilities["textDocument"]["inlayHint"] = json!({});
    capabilities["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    let template = folder.uri("docs/vip-template.md");
    client.open(&template, "# VIP-`$N`: `$T`\n\n## Introduction\n");
    client.next("workspace/inlayHint/refresh");
    client.close();
}

#[test]
fn folds_are_lines_within_the_clients_limit() {
    for (encoding, _) in ENCODINGS {
        for (limit, expected) in [(Value::Null, 3), (json!(1), 1)] {
            let folder = workspace();
            let mut options = json!({"lineFoldingOnly": true});
            if !limit.is_null() {
                options["rangeLimit"] = limit;
            }
            let (mut client, capabilities) = client(&folder, "foldingRange", &options, encoding);
            assert_eq!(capabilities["foldingRangeProvider"], true);
            let uri = folder.uri("docs/vip-7.md");
            client.open(&uri, "# VIP-7: 💡\n\n## Introduction\n\n<!-- é\n💡 -->\n\n## Design\n");
            let mut folds =
                |uri: &str| client.request("textDocument/foldingRange", &json!({"textDocument": {"uri": uri}}));
            let all = json!([
                {"startLine": 0, "endLine": 7},
                {"startLine": 2, "endLine": 5},
                {"startLine": 4, "endLine": 5, "kind": "comment"},
            ]);
            assert_eq!(folds(&uri).as_array().map(Vec::as_slice), all.as_array().map(|all| &all[..expected]));
            assert_eq!(folds(&folder.uri("docs/notes.md")), Value::Null);
            client.close();
        }
    }
}

#[test]
fn selections_grow_at_each_position() {
    for (encoding, width) in ENCODINGS {
        let folder = workspace();
        let (mut client, capabilities) = client(&folder, "selectionRange", &json!({}), encoding);
        assert_eq!(capabilities["selectionRangeProvider"], true);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "\u{feff}# VIP-7: C\r\n\r\n💡 one. 💡 two\r\n");
        let mut select = |uri: &str, positions: Value| {
            let params = json!({"textDocument": {"uri": uri}, "positions": positions});
            client.request("textDocument/selectionRange", &params)
        };
        let mark = if encoding == "utf-8" { 3 } else { 1 };
        let (sentence, end) = ((2, width + 6), (2, 2 * width + 10));
        let mut outer = json!({"range": range((0, 0), (3, 0))});
        for start in [(0, mark), (2, 0), sentence, (2, 2 * width + 7)] {
            let end = if start == (0, mark) { (3, 0) } else { end };
            outer = json!({"range": range(start, end), "parent": outer});
        }
        let last = json!({"range": range((0, mark), (3, 0)), "parent": {"range": range((0, 0), (3, 0))}});
        assert_eq!(select(&uri, json!([at(2, 2 * width + 8), at(9, 9)])), json!([outer, last]), "{encoding}");
        assert_eq!(select(&uri, json!([])), json!([]));
        assert_eq!(select(&folder.uri("docs/notes.md"), json!([at(0, 0)])), Value::Null);
        client.close();
    }
}
