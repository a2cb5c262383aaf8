//! What proposals say of each other: diagnostics and fixes across files, hints, and the graph.

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder, applied};

const TEMPLATE: &str = "# VIP-NNN: Title\n\n- **Status**: _one of ['Draft', 'Accepted']_\n- **Supersedes**: _(optional)_\n- **Superseded by**: _(optional)_\n\n## Introduction\n\n## Design\n";

fn proposal(number: u8, keys: &str) -> String {
    format!(
        "# VIP-{number}: 💡 {number}\n\n- **Status**: Accepted\n{keys}\n## Introduction\n\nA 💡 VIP-7.\n\n## Design\n\nB.\n"
    )
}

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", &proposal(7, "")),
        ("docs/vip-8.md", &proposal(8, "")),
        ("docs/vip-9.md", &proposal(9, "- **Supersedes**: VIP-7\n")),
    ])
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

#[test]
fn a_fix_in_one_file_makes_it_say_what_another_one_says_of_it() {
    for (encoding, _) in [("utf-8", 4), ("utf-16", 2)] {
        let folder = folder();
        let mut capabilities = capable();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let (uri, older) = (folder.uri("docs/vip-9.md"), folder.uri("docs/vip-7.md"));
        let newer = proposal(9, "- **Supersedes**: VIP-7\n");
        client.open(&uri, &newer);
        while client.published_codes(&uri) != ["asymmetric-reference"] {}
        let asked = json!({"textDocument": {"uri": uri}, "range": range(3, 19, 19), "context": {"diagnostics": []}});
        let actions = client.request("textDocument/codeAction", &asked);
        assert_eq!(actions[0]["title"], "Add \"Superseded by: VIP-9\" in \"vip-7.md\"");
        let change = &actions[0]["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"]["uri"], older);
        let expected = proposal(7, "- **Superseded by**: VIP-9\n");
        assert_eq!(applied(&proposal(7, ""), &change["edits"]), expected);
        // The other one reports it, too, until it says so.
        client.open(&older, &proposal(7, ""));
        while client.published_codes(&older) != ["asymmetric-reference"] {}
        client.change(&older, 2, &json!([{"text": expected}]));
        while !client.published_codes(&uri).is_empty() {}
        client.close();
    }
}

#[test]
fn the_successor_of_what_is_superseded_shows_behind_references_to_it() {
    let folder = folder();
    folder.write("docs/vip-7.md", &proposal(7, "- **Superseded by**: VIP-9\n"));
    folder.write("docs/index.md", "# All\n\n- [VIP-7](vip-7.md)\n- [VIP-8](vip-8.md)\n");
    let mut capabilities = capable();
    capabilities["textDocument"]["inlayHint"] = json!({});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    let mut hints = |name: &str, text: &str| {
        let uri = folder.uri(name);
        client.open(&uri, text);
        let end = json!({"start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0}});
        client.request("workspace/executeCommand", &json!({"command": "vip-lsp.explain", "arguments": [uri]}));
        client.request("textDocument/inlayHint", &json!({"textDocument": {"uri": uri}, "range": end}))
    };
    let hint = json!({"position": {"line": 6, "character": 10}, "label": "superseded by VIP-9", "paddingLeft": true});
    assert_eq!(hints("docs/vip-8.md", &proposal(8, "")), json!([hint]));
    assert_eq!(hints("docs/vip-9.md", &proposal(9, "- **Supersedes**: VIP-7\n")), json!([]));
    assert_eq!(hints("docs/index.md", "# All\n\n- [VIP-7](vip-7.md)\n- [VIP-8](vip-8.md)\n"), Value::Null);
    client.close();
}

#[test]
fn the_graph_of_a_family_is_a_page_with_a_flowchart() {
    let folder = folder();
    let (mut client, _) = Client::initialized(Some(folder.root()), &json!({}), &Value::Null);
    let mut graph = |arguments: Value| {
        client.request("workspace/executeCommand", &json!({"command": "vip-lsp.graph", "arguments": arguments}))
    };
    let page = "# Graph of proposals\n\n```mermaid\nflowchart LR\n  n0[\"VIP-7: 💡 7 (Accepted)\"]\n  n2[\"VIP-9: 💡 9 (Accepted)\"]\n  n2 -->|supersedes| n0\n```\n";
    assert_eq!(graph(json!([folder.uri("docs/vip-8.md")])), page);
    assert_eq!(graph(json!([])), page);
    let odd = json!({"command": "vip-lsp.graph", "arguments": [7]});
    let message = client.refusal("workspace/executeCommand", &odd);
    assert_eq!(message, "\"vip-lsp.graph\" got the wrong arguments; pass the URI of a document, or nothing");
    client.close();
}
