//! Code lenses, and when the client is told to ask again.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

fn can_show() -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["codeLens"] = json!({});
    capabilities["workspace"]["codeLens"] = json!({"refreshSupport": true});
    capabilities
}

/// The lenses of `uri`, resolved.
fn lenses(client: &mut Client, uri: &str) -> Vec<Value> {
    let lenses = client.request("textDocument/codeLens", &json!({"textDocument": {"uri": uri}}));
    let lenses = lenses.as_array().cloned().unwrap_or_default();
    lenses.iter().map(|lens| client.request("codeLens/resolve", lens)).collect()
}

fn title(client: &mut Client, uri: &str) -> Value {
    lenses(client, uri)[0]["command"]["title"].clone()
}

#[test]
fn a_lens_stands_at_the_title_and_says_its_text_when_it_is_seen() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
        let mut capabilities = can_show();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert_eq!(result["capabilities"]["codeLensProvider"], json!({"resolveProvider": true}));
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "\n# VIP-7: 💡 A\n\n- **Status**: Draft\n\n## Introduction\n\nText.\n");
        let place = json!({"textDocument": {"uri": uri}});
        let unresolved = client.request("textDocument/codeLens", &place)[0].clone();
        let at = |character: u64| json!({"line": 1, "character": character});
        assert_eq!(unresolved["range"], json!({"start": at(2), "end": at(11 + width)}), "{encoding}");
        assert_eq!(unresolved.get("command"), None);
        let resolved = client.request("codeLens/resolve", &unresolved);
        let title = "1 of 2 sections, 1 finding";
        let command = json!({"title": title, "command": "vip-lsp.showReadiness", "arguments": [uri]});
        assert_eq!((&resolved["range"], &resolved["command"]), (&unresolved["range"], &command));
        client.change(
            &uri,
            2,
            &json!([{"text": "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n"}]),
        );
        assert_eq!(client.request("codeLens/resolve", &unresolved)["command"]["title"], "2 of 2 sections, no findings");
        client.close();
    }
}

#[test]
fn a_lens_that_is_not_from_here_is_refused() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_show(), &Value::Null);
    let start = json!({"line": 0, "character": 0});
    let lens = |data: Value| json!({"range": {"start": start, "end": start}, "data": data});
    let uri = folder.uri("docs/vip-7.md");
    for foreign in [Value::Null, json!(7), json!({"uri": uri}), json!({"uri": uri, "kind": "other"})] {
        let message = client.refusal("codeLens/resolve", &lens(foreign));
        assert_eq!(message, "the code lens is not from this server; request lenses again");
    }
    let closed = client.refusal("codeLens/resolve", &lens(json!({"uri": uri, "kind": "readiness"})));
    assert_eq!(closed, "vip-7.md is not open; open it first");
    client.close();
}

#[test]
fn the_client_asks_again_when_a_lens_would_read_differently() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_show(), &Value::Null);
    let (uri, notes) = (folder.uri("docs/vip-7.md"), folder.uri("docs/xip-7.md"));
    client.open(&uri, "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\nText.\n");
    client.open(&notes, "# XIP-7: A\n");
    assert_eq!(title(&mut client, &uri), "1 of 2 sections, 1 finding");
    assert_eq!(lenses(&mut client, &notes), Vec::<Value>::new());
    let template = json!({"changes": [{"uri": folder.uri("docs/vip-template.md"), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &template);
    for version in [2, 3] {
        let end = json!({"line": 6, "character": 0});
        client.change(&uri, version, &json!([{"range": {"start": end, "end": end}, "text": "More "}]));
        // What is published for the second change comes after all that follows from what was before the first.
        while client.published(&uri)["version"] != version {}
    }
    assert!(client.drain().iter().all(|message| message["method"] != "workspace/codeLens/refresh"));
    folder.write("docs/vip-template.md", &TEMPLATE.replace("## Design", "## Tests\n\n## Design"));
    client.notify("workspace/didChangeWatchedFiles", &template);
    client.next("workspace/codeLens/refresh");
    assert_eq!(title(&mut client, &uri), "1 of 3 sections, 2 findings");
    folder.write("docs/xip-template.md", &TEMPLATE.replace("VIP", "XIP"));
    std::fs::remove_file(folder.path("docs/vip-template.md")).expect("a file");
    client.notify("workspace/didChangeWatchedFiles", &template);
    // Once for what is gone, and once for what the other files, read again meanwhile, are then.
    client.next("workspace/codeLens/refresh");
    while lenses(&mut client, &notes).is_empty() {
        client.next("workspace/codeLens/refresh");
    }
    assert_eq!(lenses(&mut client, &notes).len(), 1);
    client.close();
}

#[test]
fn lenses_have_commands_and_no_refresh_for_a_client_that_says_of_neither() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &json!({}), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: A\n");
    // Neovim has commands executed and does not say so.
    assert_eq!(lenses(&mut client, &uri)[0]["command"]["command"], "vip-lsp.showReadiness");
    client.close();
}
