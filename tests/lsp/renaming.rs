//! References and renaming across files, in every encoding.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

const OWN: &str = "# VIP-7: A\n\n## Größe\n\n💡 [own](#größe)\n";
const OTHER: &str = "# VIP-8: B\n\n💡💡 VIP-7 [7](vip-7.md#größe)\n";
const INDEX: &str = "| 💡 | VIP |\n| - | - |\n| 💡 | [VIP-7](vip-7.md) |\n| | [VIP-8](vip-8.md) |\n";

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", OWN),
        ("docs/vip-8.md", OTHER),
        ("docs/index.md", INDEX),
    ])
}

fn can_rename(encoding: &str) -> Value {
    let mut capabilities = capable();
    capabilities["general"] = json!({"positionEncodings": [encoding]});
    capabilities["textDocument"]["references"] = json!({});
    capabilities["textDocument"]["rename"] = json!({"prepareSupport": true});
    capabilities["textDocument"]["hover"] = json!({"contentFormat": ["markdown"]});
    capabilities["textDocument"]["codeLens"] = json!({});
    capabilities["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create", "rename"]);
    capabilities["workspace"]["fileOperations"] = json!({"willRename": true});
    capabilities
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

/// The units of `💡` and of `ö` and `ß`.
const ENCODINGS: [(&str, u64, u64); 3] = [("utf-8", 4, 2), ("utf-16", 2, 1), ("utf-32", 1, 1)];

#[test]
fn references_are_found_in_all_files() {
    for (encoding, sign, letter) in ENCODINGS {
        let folder = folder();
        let (mut client, result) = Client::initialized(Some(folder.root()), &can_rename(encoding), &Value::Null);
        assert_eq!(result["capabilities"]["referencesProvider"], true);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, OWN);
        let mut find = |line: u64, character: u64, with_own: bool| {
            let place = json!({"line": line, "character": character});
            let context = json!({"includeDeclaration": with_own});
            let params = json!({"textDocument": {"uri": uri}, "position": place, "context": context});
            client.request("textDocument/references", &params)
        };
        let at = |name: &str, range: Value| json!({"uri": folder.uri(&format!("docs/{name}")), "range": range});
        let size = 3 + 2 * letter;
        let link = 2 * sign + 7;
        let links =
            [at("vip-7.md", range(4, sign + 1, sign + 1 + 8 + size)), at("vip-8.md", range(2, link, link + 14 + size))];
        assert_eq!(find(4, sign + 2, false), json!(links), "{encoding}");
        let heading = at("vip-7.md", range(2, 3, 3 + size));
        assert_eq!(find(2, 4, true), json!([heading, links[0], links[1]]), "{encoding}");
        let number = at("vip-8.md", range(2, 2 * sign + 1, 2 * sign + 6));
        let row = at("index.md", range(2, sign + 5, sign + 22));
        assert_eq!(find(0, 3, false), json!([row, number, links[1]]), "{encoding}");
        assert_eq!(find(1, 0, false), Value::Null);

        let hover =
            json!({"textDocument": {"uri": folder.uri("docs/vip-8.md")}, "position": {"line": 2, "character": link}});
        client.open(&folder.uri("docs/vip-8.md"), OTHER);
        let shown = client.request("textDocument/hover", &hover);
        let expected = "**Größe**\n\n💡 [own](#größe)";
        assert_eq!(shown["contents"], json!({"kind": "markdown", "value": expected}), "{encoding}");
        assert_eq!(shown["range"], range(2, link, link + 14 + size), "{encoding}");

        let lenses = client.request("textDocument/codeLens", &json!({"textDocument": {"uri": uri}}));
        let lens = client.request("codeLens/resolve", &lenses[1]);
        assert_eq!(lens["command"]["title"], "2 documents refer to this");
        let shown = json!({"command": lens["command"]["command"], "arguments": lens["command"]["arguments"]});
        assert_eq!(client.request("workspace/executeCommand", &shown), json!([row, number, links[1]]));
        let message = client.next("window/showMessage");
        assert_eq!(message["message"], "this proposal is referred to by index.md, vip-8.md");
        client.close();

        let mut capabilities = can_rename(encoding);
        capabilities["experimental"] = json!({"showsReferences": true});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        client.open(&uri, OWN);
        assert_eq!(client.request("workspace/executeCommand", &shown), json!([row, number, links[1]]));
        assert!(client.close().iter().all(|message| message["method"] != "window/showMessage"));
    }
}

#[test]
fn a_heading_and_a_number_are_renamed_everywhere() {
    for (encoding, sign, letter) in ENCODINGS {
        let folder = folder();
        let (mut client, result) = Client::initialized(Some(folder.root()), &can_rename(encoding), &Value::Null);
        assert_eq!(result["capabilities"]["renameProvider"], json!({"prepareProvider": true}));
        let uri = |name: &str| folder.uri(&format!("docs/{name}"));
        client.open(&uri("vip-7.md"), OWN);
        let place = |line: u64, character: u64| json!({"textDocument": {"uri": uri("vip-7.md")}, "position": {"line": line, "character": character}});
        let size = 3 + 2 * letter;
        let prepared = client.request("textDocument/prepareRename", &place(2, 4));
        assert_eq!(prepared, json!({"range": range(2, 3, 3 + size), "placeholder": "Größe"}), "{encoding}");
        assert_eq!(client.request("textDocument/prepareRename", &place(1, 0)), Value::Null);
        let mut rename = |line: u64, character: u64, name: &str| {
            let mut params = place(line, character);
            params["newName"] = json!(name);
            client.request("textDocument/rename", &params)["documentChanges"].clone()
        };
        let edits = |name: &str, version: Value, edits: &[(Value, &str)]| {
            let edits: Vec<_> = edits.iter().map(|(range, text)| json!({"range": range, "newText": text})).collect();
            json!({"textDocument": {"uri": uri(name), "version": version}, "edits": edits})
        };
        let (own, link) = (sign + 1 + 7, 2 * sign + 7 + 13);
        let expected = json!([
            edits("vip-7.md", json!(1), &[(range(2, 3, 3 + size), "Café 💡"), (range(4, own, own + size), "café-")]),
            edits("vip-8.md", Value::Null, &[(range(2, link, link + size), "café-")]),
        ]);
        assert_eq!(rename(2, 3, "Café 💡"), expected, "{encoding}");
        let (number, path) = (2 * sign + 5, 2 * sign + 11);
        let expected = json!([
            edits("index.md", Value::Null, &[
                (range(2, sign + 10, sign + 11), "12"),
                (range(2, sign + 13, sign + 21), "vip-12.md"),
            ]),
            edits("vip-7.md", json!(1), &[(range(0, 6, 7), "12")]),
            edits("vip-8.md", Value::Null, &[
                (range(2, number, number + 1), "12"),
                (range(2, path, path + 8), "vip-12.md"),
            ]),
            {"kind": "rename", "oldUri": uri("vip-7.md"), "newUri": uri("vip-12.md")},
        ]);
        assert_eq!(rename(0, 6, "12"), expected, "{encoding}");

        let files = json!([{"oldUri": uri("vip-8.md"), "newUri": folder.uri("docs/old/vip-8.md")}]);
        let changes = client.request("workspace/willRenameFiles", &json!({"files": files}));
        let expected = json!([
            edits("index.md", Value::Null, &[(range(3, 12, 20), "old/vip-8.md")]),
            edits("vip-8.md", Value::Null, &[(range(2, path, path + 8), "../vip-7.md")]),
        ]);
        assert_eq!(changes["documentChanges"], expected, "{encoding}");
        client.close();
    }
}

#[test]
fn what_cannot_be_renamed_is_refused_with_a_reason() {
    let folder = folder();
    let mut capabilities = can_rename("utf-16");
    capabilities["workspace"]["workspaceEdit"] = json!({});
    capabilities["textDocument"]["rename"] = json!({});
    let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    assert_eq!(result["capabilities"]["renameProvider"], true);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, OWN);
    let mut refuse = |line: u64, name: &str, reason: &str| {
        let place = json!({"line": line, "character": 4});
        let params = json!({"textDocument": {"uri": uri}, "position": place, "newName": name});
        assert_eq!(client.refusal("textDocument/rename", &params), reason);
    };
    refuse(1, "x", "nothing to rename here; place the cursor on a heading or a proposal's number");
    refuse(2, "", "a heading needs a name on one line");
    refuse(0, "8", "the number 8 is taken by \"vip-8.md\"; choose another one");
    refuse(0, "12", "the editor cannot rename files for a language server; rename the file, title and links by hand");
    client.close();
}
