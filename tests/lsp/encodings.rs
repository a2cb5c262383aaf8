//! Requests in each position encoding, with signs outside the Basic Multilingual Plane and combining ones before the place.

use serde_json::{Value, json};

use super::TEMPLATE;
use super::client::{Client, Folder};
use super::everything::able;

/// An encoding, and how it counts what stands before the places here: `💡`, and `e` with an accent of its own.
struct Units {
    encoding: &'static str,
    sign: u32,
    accented: u32,
}

const ENCODINGS: [Units; 3] = [
    Units { encoding: "utf-8", sign: 4, accented: 3 },
    Units { encoding: "utf-16", sign: 2, accented: 2 },
    Units { encoding: "utf-32", sign: 1, accented: 2 },
];

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

fn range(line: u32, from: u32, to: u32) -> Value {
    json!({"start": at(line, from), "end": at(line, to)})
}

/// A client that counts in `units`, with `text` open as a proposal.
fn client(units: &Units, capabilities: Value, text: &str) -> (Folder, Client, String) {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE), ("docs/vip-8.md", "\n# 💡e\u{301} VIP-8: 💡 B\n")]);
    let mut capabilities = capabilities;
    capabilities["general"]["positionEncodings"] = json!([units.encoding]);
    let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    assert_eq!(result["capabilities"]["positionEncoding"], units.encoding);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, text);
    (folder, client, uri)
}

#[test]
fn values_and_sections_are_completed() {
    for units in &ENCODINGS {
        let text = "# VIP-7: A\n\n| 💡e\u{301} | x |\n| - | - |\n| **Status** 💡e\u{301} | y |\n\n- **Status**: <!-- 💡e\u{301} --> Dr\n\n## De\n";
        let (_folder, mut client, uri) = client(units, able(), text);
        let mut complete = |line: u32, character: u32| {
            let params = json!({"textDocument": {"uri": uri}, "position": at(line, character)});
            client.request("textDocument/completion", &params)
        };
        let end = 26 + units.sign + units.accented;
        let values = complete(6, end);
        assert_eq!(values[0]["textEdit"]["newText"], "Draft", "{} {values}", units.encoding);
        assert_eq!(values[0]["textEdit"]["range"], range(6, 14, end), "{}", units.encoding);
        let sections = complete(8, 5);
        assert_eq!(sections[0]["textEdit"]["range"], range(8, 0, 5), "{}", units.encoding);
        client.close();
    }
}

#[test]
fn the_outline_hints_and_folds_are_in_the_clients_units() {
    for units in &ENCODINGS {
        let text = "# VIP-7: 💡e\u{301} A\n\n## Introduction _(💡e\u{301})_\n\nOne 💡e\u{301} two.\n\n## e\u{301}💡 Own\n\nEnd 💡e\u{301}.\n";
        let (_folder, mut client, uri) = client(units, able(), text);
        let both = units.sign + units.accented;
        let document = json!({"textDocument": {"uri": uri}});
        let symbols = client.request("textDocument/documentSymbol", &document);
        assert_eq!(symbols[0]["selectionRange"], range(0, 2, 11 + both), "{}", units.encoding);
        let own = symbols[0]["children"].as_array().and_then(|children| children.last()).expect("a section");
        assert_eq!(own["selectionRange"], range(6, 3, 7 + both), "{}", units.encoding);
        let params = json!({"textDocument": {"uri": uri}, "range": range(2, 0, 30 + both)});
        let hints = client.request("textDocument/inlayHint", &params);
        assert_eq!(hints[0]["position"], at(2, 20 + both), "{} {hints}", units.encoding);
        let folds = client.request("textDocument/foldingRange", &document);
        let lines = |fold: &Value| (fold["startLine"].as_u64(), fold["endLine"].as_u64());
        let lines: Vec<_> = folds.as_array().expect("a list").iter().map(lines).collect();
        assert_eq!(lines, [(Some(0), Some(8)), (Some(2), Some(4)), (Some(6), Some(8))], "{}", units.encoding);
        client.close();
    }
}

#[test]
fn diagnostics_that_are_pulled_and_their_fixes_are_in_the_clients_units() {
    for units in &ENCODINGS {
        let text = "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\n💡e\u{301} [x](vip-9.md) 💡\n\n## Design\n\n## Appendix\n";
        let mut capabilities = able();
        capabilities["textDocument"]["diagnostic"] = json!({});
        capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
        let (_folder, mut client, uri) = client(units, capabilities, text);
        let report = client.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
        let mut found = report["items"].as_array().expect("a list").iter();
        let found = found.find(|found| found["code"] == "broken-link").expect("it is found");
        let start = 1 + units.sign + units.accented;
        let path = range(6, start + 4, start + 12);
        assert_eq!(found["range"], range(6, start, start + 13), "{}", units.encoding);
        let params = json!({
            "textDocument": {"uri": uri}, "range": found["range"],
            "context": {"diagnostics": [found], "only": ["quickfix"]},
        });
        let actions = client.request("textDocument/codeAction", &params);
        let edit = &actions[0]["edit"]["documentChanges"][0]["edits"][0];
        assert_eq!((&edit["range"], &edit["newText"]), (&path, &json!("vip-8.md")), "{}", units.encoding);
        client.close();
    }
}

#[test]
fn edits_that_are_resolved_are_in_the_clients_units() {
    for units in &ENCODINGS {
        let text = "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\n💡e\u{301} <!-- vip-lsp-disable stub-proposal -->\n\n## Design\n";
        let (_folder, mut client, uri) = client(units, able(), text);
        let params = json!({
            "textDocument": {"uri": uri}, "range": range(2, 0, 0),
            "context": {"diagnostics": [], "only": ["source.fixAll"]},
        });
        let actions = client.request("textDocument/codeAction", &params);
        let action = client.request("codeAction/resolve", &actions[0]);
        let edit = &action["edit"]["documentChanges"][0]["edits"][0];
        let start = units.sign + units.accented;
        assert_eq!(edit["range"], range(6, start, start + 39), "{} {action}", units.encoding);
        client.close();
    }
}

#[test]
fn a_search_leads_to_the_same_lines_in_every_encoding() {
    for units in &ENCODINGS {
        let (folder, mut client, uri) =
            client(units, able(), "e\u{301}💡\n\n# VIP-7: 💡e\u{301} A\n\n## 💡e\u{301} Größe\n");
        let mut find = |query: &str| {
            let found = client.request("workspace/symbol", &json!({"query": query}));
            found[0]["location"].clone()
        };
        assert_eq!(find("größe"), json!({"uri": uri, "range": range(4, 0, 0)}), "{}", units.encoding);
        assert_eq!(find("vip-7"), json!({"uri": uri, "range": range(2, 0, 0)}), "{}", units.encoding);
        let other = json!({"uri": folder.uri("docs/vip-8.md"), "range": range(1, 0, 0)});
        assert_eq!(find("vip-8"), other, "{}", units.encoding);
        client.close();
    }
}
