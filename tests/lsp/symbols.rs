//! Proposals and sections across the workspace, by `workspace/symbol`.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

fn can_search() -> Value {
    let mut capabilities = capable();
    capabilities["workspace"]["symbol"] = json!({});
    capabilities
}

fn found(client: &mut Client, query: &str) -> Vec<(String, String, u64)> {
    let found = client.request("workspace/symbol", &json!({"query": query}));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let found = found.as_array().expect("a list").iter().map(|found| {
        let name = text(&found["location"]["uri"]).rsplit('/').next().expect("a name").to_owned();
        (name, text(&found["name"]), found["location"]["range"]["start"]["line"].as_u64().expect("a line"))
    });
    found.collect()
}

fn one(file: &str, name: &str, line: u64) -> Vec<(String, String, u64)> {
    vec![(file.to_owned(), name.to_owned(), line)]
}

#[test]
fn proposals_and_sections_are_found_on_the_disk_and_in_the_editor() {
    let folder = Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", "# VIP-7: Warm 💡 caches\n\n## Introduction\n\n## Größe\n"),
        ("docs/vip-8.md", "# VIP-8: Cold\n\n## Introduction\n"),
    ]);
    let (mut client, result) = Client::initialized(Some(folder.root()), &can_search(), &Value::Null);
    assert_eq!(result["capabilities"]["workspaceSymbolProvider"], true);
    assert_eq!(found(&mut client, "warm"), one("vip-7.md", "VIP-7: Warm 💡 caches", 0));
    assert_eq!(found(&mut client, "größe"), one("vip-7.md", "Größe", 4));
    let uri = folder.uri("docs/vip-8.md");
    client.open(&uri, "\n# VIP-8: Tepid\n\n## Introduction\n");
    assert_eq!(found(&mut client, "tepid"), one("vip-8.md", "VIP-8: Tepid", 1));
    assert_eq!(found(&mut client, "cold"), []);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(found(&mut client, "cold"), one("vip-8.md", "VIP-8: Cold", 0));
    client.close();
}

#[test]
fn files_that_come_change_and_go_are_found_or_not() {
    let folder = Folder::new(&[("docs/vip-7.md", "# VIP-7: Warm\n\n## Scope\n")]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_search(), &Value::Null);
    assert_eq!(found(&mut client, "").len(), 1);
    folder.write("docs/vip-9.md", "# VIP-9: New\n\n## Scope\n");
    std::fs::remove_file(folder.root().join("docs/vip-7.md")).expect("a file");
    let change = |name: &str, kind: u8| json!({"uri": folder.uri(name), "type": kind});
    let changes = json!({"changes": [change("docs/vip-9.md", 1), change("docs/vip-7.md", 3)]});
    client.notify("workspace/didChangeWatchedFiles", &changes);
    assert_eq!(found(&mut client, ""), one("vip-9.md", "VIP-9: New", 0));
    // What the family's files are called comes from the template: all are read again.
    folder.write("docs/xip-1.md", "# XIP-1: Other\n\n## Scope\n");
    folder.write("docs/xip-template.md", "# XIP-NNN: Title\n\n## Scope\n\n## Design\n");
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [change("docs/xip-template.md", 1)]}));
    assert_eq!(found(&mut client, "other"), one("xip-1.md", "XIP-1: Other", 0));
    client.close();
}

#[test]
fn a_number_that_is_taken_twice_is_reported_when_it_happens_and_while_it_lasts() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_search(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: Cache\n\n## Introduction\n\n## Design\n\n## Appendix\n");
    assert_eq!(client.published_codes(&uri), Vec::<String>::new());
    // Once all is read, nothing but a change of the disk can be the cause of what follows.
    found(&mut client, "");
    folder.write("docs/vip-7-again.md", "# VIP-7: Again\n\n## Introduction\n");
    let change = |kind: u8| json!({"changes": [{"uri": folder.uri("docs/vip-7-again.md"), "type": kind}]});
    client.notify("workspace/didChangeWatchedFiles", &change(1));
    while client.published_codes(&uri) != ["duplicate-number"] {}
    std::fs::remove_file(folder.root().join("docs/vip-7-again.md")).expect("a file");
    client.notify("workspace/didChangeWatchedFiles", &change(3));
    while !client.published_codes(&uri).is_empty() {}
    client.close();
}
