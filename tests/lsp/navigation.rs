//! Definition and document links, in every encoding.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

fn can_jump() -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["definition"] = json!({});
    capabilities["textDocument"]["documentLink"] = json!({});
    capabilities
}

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-8.md", "\n# VIP-8: Cold\n\n## Introduction\n\n## Größe\n"),
        ("docs/notes.md", "# Notes\n\n## Part\n"),
    ])
}

/// The target of a jump, by file and line.
fn target(location: &Value) -> (String, u64) {
    let uri = location["uri"].as_str().expect("a URI");
    let name = uri.rsplit('/').next().expect("a name");
    (name.to_owned(), location["range"]["start"]["line"].as_u64().expect("a line"))
}

#[test]
fn references_lead_to_their_definitions() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = folder();
        let mut capabilities = can_jump();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert_eq!(result["capabilities"]["definitionProvider"], true);
        let uri = folder.uri("docs/vip-7.md");
        client.open(
            &uri,
            "# VIP-7: A\n\n💡 VIP-8 💡 [size](vip-8.md#größe) [own](#design) [gone](no.md) [out](../../a)\n\n## Design\n",
        );
        let mut jump = |column: u64| {
            let place = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": column}});
            client.request("textDocument/definition", &place)
        };
        let size = 2 * width + 8;
        let shift = if encoding == "utf-8" { 2 } else { 0 };
        assert_eq!(target(&jump(width + 1)), ("vip-8.md".to_owned(), 1), "{encoding}");
        assert_eq!(target(&jump(size + 1)), ("vip-8.md".to_owned(), 5), "{encoding}");
        assert_eq!(target(&jump(size + 24 + shift)), ("vip-7.md".to_owned(), 4), "{encoding}");
        assert_eq!(jump(size + 40 + shift), Value::Null, "{encoding}");
        assert_eq!(jump(0), Value::Null, "{encoding}");
        let links = client.request("textDocument/documentLink", &json!({"textDocument": {"uri": uri}}));
        let starts: Vec<_> = links.as_array().expect("a list").iter().map(|link| &link["range"]["start"]).collect();
        let at = |line: u64, character: u64| json!({"line": line, "character": character});
        let expected = [at(2, width + 1), at(2, size), at(2, size + 23 + shift)];
        assert_eq!(starts, expected.iter().collect::<Vec<_>>(), "{encoding}");
        assert_eq!((&links[0]["target"], links[1].get("target")), (&json!(folder.uri("docs/vip-8.md")), None));
        let resolved = client.request("documentLink/resolve", &links[1]);
        assert_eq!(resolved["target"], format!("{}#L6", folder.uri("docs/vip-8.md")));
        client.close();
    }
}

#[test]
fn what_is_open_is_called_as_the_client_calls_it() {
    let folder =
        Folder::new(&[("docs/vip-template.md", TEMPLATE), ("docs/vip-8 a.md", "# VIP-8: A\n\n## Introduction\n")]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_jump(), &Value::Null);
    let other = folder.uri("docs/vip-8 a.md").replace("%20a", "%20%61");
    client.open(&other, "\n\n# VIP-8: A\n\n## Introduction\n");
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: A\n\nSee VIP-8.\n\n## Introduction\n");
    let place = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 5}});
    let found = client.request("textDocument/definition", &place);
    assert_eq!((&found["uri"], &found["range"]["start"]["line"]), (&json!(other), &json!(2)));
    client.close();
}

#[test]
fn a_section_is_declared_by_the_template() {
    let folder = folder();
    let (mut client, result) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    assert_eq!(result["capabilities"]["declarationProvider"], true);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: A\n\n## Introduction\n\n💡 A.\n\n## Own\n\nB.\n");
    let mut declared = |line: u64| {
        let place = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": 2}});
        client.request("textDocument/declaration", &place)
    };
    let found = declared(4);
    assert_eq!(target(&found), ("vip-template.md".to_owned(), 4));
    assert_eq!(found["range"]["end"], json!({"line": 4, "character": 35}));
    assert_eq!((declared(0), declared(8)), (Value::Null, Value::Null));
    client.close();
}
