//! Diagnostics of the whole workspace, pulled.

use serde_json::{Value, json};

use super::client::{Client, Folder, codes};
use super::{PROPOSAL, TEMPLATE, capable};

fn pulling() -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    capabilities
}

fn pull(client: &mut Client, previous: &Value) -> Vec<Value> {
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": previous}));
    report["items"].as_array().expect("a list").clone()
}

/// What a client that got `items` knows.
fn previous(items: &[Value]) -> Value {
    items.iter().map(|item| json!({"uri": item["uri"], "value": item["resultId"]})).collect()
}

fn kinds(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["kind"].as_str().expect("a kind")).collect()
}

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", PROPOSAL),
        ("docs/vip-8.md", "# VIP-8: Cold\n"),
        ("docs/notes.md", "# Notes\n"),
    ])
}

#[test]
fn it_is_announced_to_a_client_that_asks_for_it_alone() {
    let mut capabilities = pulling();
    let provider = |capabilities: &Value| {
        let (client, result) = Client::initialized(None, capabilities, &Value::Null);
        client.close();
        result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"].clone()
    };
    assert_eq!(provider(&capabilities), true);
    capabilities["workspace"]["diagnostics"] = Value::Null;
    capabilities["textDocument"]["publishDiagnostics"] = Value::Null;
    assert_eq!(provider(&capabilities), false);
    assert_eq!(provider(&capable()), Value::Null);
}

#[test]
fn closed_documents_are_read_and_open_ones_are_as_in_the_editor() {
    let folder = folder();
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let uri = folder.uri("docs/vip-8.md");
    let items = pull(&mut client, &json!([]));
    let names: Vec<_> = items.iter().map(|item| (&item["uri"], &item["version"])).collect();
    assert_eq!(names, [(&json!(folder.uri("docs/vip-7.md")), &Value::Null), (&json!(uri), &Value::Null)]);
    assert_eq!(codes(&items[0]["items"]), ["section-too-long", "missing-section", "missing-optional-section"]);
    assert_eq!(codes(&items[1]["items"]), ["stub-proposal"]);
    client.open(&uri, "# VIP-8: Cold\n\n## Introduction\n\n## Design\n");
    let items = pull(&mut client, &previous(&items));
    assert_eq!(kinds(&items), ["unchanged", "full"]);
    assert_eq!((&items[1]["version"], codes(&items[1]["items"])), (&json!(1), vec!["missing-optional-section".into()]));
    let document = client.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
    assert_eq!((&document["items"], &document["resultId"]), (&items[1]["items"], &items[1]["resultId"]));
    client.close();
}

#[test]
fn what_is_as_it_was_is_unchanged_and_what_is_gone_is_empty_once() {
    let folder = folder();
    folder.write(
        "docs/vip-9.md",
        "# VIP-9: Good\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n\n## Appendix\n\nC.\n",
    );
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let first = pull(&mut client, &json!([]));
    assert_eq!(kinds(&first), ["full", "full", "full"]);
    assert_eq!(first[2]["items"], json!([]));
    assert_eq!(kinds(&pull(&mut client, &previous(&first))), ["unchanged", "unchanged", "unchanged"]);
    std::fs::remove_file(folder.path("docs/vip-8.md")).expect("a file");
    let change = json!({"changes": [{"uri": folder.uri("docs/vip-8.md"), "type": 3}]});
    client.notify("workspace/didChangeWatchedFiles", &change);
    let second = pull(&mut client, &previous(&first));
    assert_eq!(kinds(&second), ["unchanged", "full", "unchanged"]);
    assert_eq!(second[1], json!({"kind": "full", "uri": folder.uri("docs/vip-8.md"), "version": null, "items": []}));
    client.close();
}

#[test]
fn index_pages_are_checked_against_the_proposals() {
    let folder = folder();
    folder.write("docs/index.md", "# All\n\n| VIP | Status |\n| - | - |\n| [VIP-7](vip-7.md) | Accepted |\n");
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let items = pull(&mut client, &json!([]));
    let found = items.iter().find(|item| item["uri"] == folder.uri("docs/index.md")).expect("a report");
    assert!(codes(&found["items"]).contains(&"index-status".to_owned()));
    client.close();
}

#[test]
fn a_document_that_is_no_proposal_is_reported_where_the_client_knows_of_it() {
    let folder = folder();
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let uri = folder.uri("vip-lsp.toml");
    client.open(&uri, "x = 1\n");
    let document = client.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
    let items = pull(&mut client, &json!([{"uri": uri, "value": document["resultId"]}]));
    let found = items.iter().find(|item| item["uri"] == *uri).expect("a report");
    assert_eq!(found["kind"], "unchanged");
    client.close();
}

#[test]
fn places_in_closed_documents_are_in_the_clients_units() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = Folder::new(&[
            ("docs/vip-template.md", TEMPLATE),
            ("docs/vip-7.md", "# VIP-7: A\n\n## Introduction\n\n## Design\n\n💡💡 [a](none.md)\n\n## Appendix\n"),
        ]);
        let mut capabilities = pulling();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let items = pull(&mut client, &json!([]));
        let found = items[0]["items"].as_array().expect("a list").iter().find(|found| found["code"] == "broken-link");
        let start = &found.expect("a broken link")["range"]["start"];
        assert_eq!(start, &json!({"line": 6, "character": 2 * width + 1}), "{encoding}");
        client.close();
    }
}

#[test]
fn a_client_that_takes_parts_gets_all_in_parts() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    for number in 1..=250 {
        folder.write(&format!("vip-{number}.md"), &format!("# VIP-{number}: Title\n"));
    }
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let params = json!({"previousResultIds": [], "partialResultToken": "parts"});
    assert_eq!(client.request("workspace/diagnostic", &params), json!({"items": []}));
    let parts: Vec<_> = client.drain().into_iter().filter(|message| message["method"] == "$/progress").collect();
    assert!(parts.iter().all(|part| part["params"]["token"] == "parts"));
    let counts = parts.iter().map(|part| part["params"]["value"]["items"].as_array().expect("a list").len());
    assert_eq!(counts.collect::<Vec<_>>(), [100, 100, 50]);
    client.close();
}

#[test]
fn a_request_that_is_cancelled_ends_early() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    for number in 1..=1500 {
        folder.write(&format!("vip-{number}.md"), &PROPOSAL.replace("VIP-7", &format!("VIP-{number}")));
    }
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let params = json!({"previousResultIds": [], "partialResultToken": "parts"});
    client.send(&json!({"jsonrpc": "2.0", "id": "all", "method": "workspace/diagnostic", "params": params}));
    client.next("$/progress");
    client.notify("$/cancelRequest", &json!({"id": "all"}));
    let reply = client.wait(|message| message["id"] == "all");
    assert_eq!(reply["error"]["code"], -32800);
    let parts = client.drain().into_iter().filter(|message| message["method"] == "$/progress").count();
    assert!(parts < 14, "{parts}");
    client.close();
}
