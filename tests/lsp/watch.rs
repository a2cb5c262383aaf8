//! Changes on the disk, for a client that does not tell of them.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Client, Folder, PATIENCE, uri};
use super::{TEMPLATE, capable};

const OPEN: &str = "# VIP-7: Open\n\n## Introduction\n\n## Design\n";

fn blind() -> Value {
    let mut capabilities = capable();
    capabilities["workspace"]["symbol"] = json!({});
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": false});
    capabilities
}

/// The titles of all proposals.
fn titles(client: &mut Client) -> Vec<String> {
    let found = client.request("workspace/symbol", &json!({"query": ""}));
    let titles = found.as_array().expect("a list").iter().filter_map(|found| found["name"].as_str());
    let mut titles: Vec<_> = titles.filter(|name| name.contains("IP-")).map(str::to_owned).collect();
    titles.sort();
    titles
}

/// Asks until the proposals have these titles.
fn wait_for(client: &mut Client, expected: &[&str]) {
    let started = Instant::now();
    while titles(client) != expected {
        assert!(started.elapsed() < PATIENCE, "{:?} instead of {expected:?}", titles(client));
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn rename(folder: &Folder, from: &str, to: &str) {
    std::fs::rename(folder.path(from), folder.path(to)).expect("it is there");
}

/// Takes diagnostics of `uri` until they are those.
fn wait_for_codes(client: &mut Client, uri: &str, expected: &[&str]) {
    while client.published_codes(uri) != expected {}
}

/// A client with the workspace `folder` read, so that it is watched.
fn client(folder: &Folder, titles: &[&str]) -> Client {
    let (mut client, _) = Client::initialized(Some(folder.root()), &blind(), &Value::Null);
    wait_for(&mut client, titles);
    client
}

#[test]
fn proposals_that_come_change_go_and_get_another_name_are_followed() {
    let folder =
        Folder::new(&[("docs/vip-1.md", "# VIP-1: A\n\n## Scope\n"), (".git/HEAD", ""), (".gitignore", "no\n")]);
    let mut client = client(&folder, &["VIP-1: A"]);
    folder.write("docs/vip-2.md", "# VIP-2: B\n\n## Scope\n");
    wait_for(&mut client, &["VIP-1: A", "VIP-2: B"]);
    folder.write("docs/vip-1.md", "# VIP-1: Z\n\n## Scope\n");
    wait_for(&mut client, &["VIP-1: Z", "VIP-2: B"]);
    rename(&folder, "docs/vip-2.md", "docs/notes.txt");
    wait_for(&mut client, &["VIP-1: Z"]);
    rename(&folder, "docs/notes.txt", "docs/vip-2.md");
    wait_for(&mut client, &["VIP-1: Z", "VIP-2: B"]);
    folder.write("no/vip-5.md", "# VIP-5: Ignored\n\n## Scope\n");
    std::fs::remove_file(folder.path("docs/vip-1.md")).expect("a file");
    wait_for(&mut client, &["VIP-2: B"]);
    client.close();
}

#[test]
fn folders_that_come_go_and_get_another_name_are_followed() {
    let folder = Folder::new(&[("docs/deep/vip-1.md", "# VIP-1: A\n\n## Scope\n")]);
    let mut client = client(&folder, &["VIP-1: A"]);
    rename(&folder, "docs", "old");
    folder.write("docs/new/vip-2.md", "# VIP-2: B\n\n## Scope\n");
    wait_for(&mut client, &["VIP-1: A", "VIP-2: B"]);
    folder.write("docs/new/vip-2.md", "# VIP-2: C\n\n## Scope\n");
    wait_for(&mut client, &["VIP-1: A", "VIP-2: C"]);
    folder.write("old/deep/vip-1.md", "# VIP-1: D\n\n## Scope\n");
    wait_for(&mut client, &["VIP-1: D", "VIP-2: C"]);
    std::fs::remove_dir_all(folder.path("docs")).expect("a folder");
    wait_for(&mut client, &["VIP-1: D"]);
    client.close();
}

#[test]
fn templates_and_configuration_files_are_followed() {
    let folder = Folder::new(&[("docs/xip-1.md", "# XIP-1: A\n\n## Introduction\n")]);
    let mut client = client(&folder, &[]);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, &OPEN.replace("VIP", "XIP"));
    let template = TEMPLATE.replace("VIP", "XIP");
    folder.write("docs/vip-template.md", &template);
    wait_for_codes(&mut client, &uri, &["missing-optional-section"]);
    folder.write("docs/vip-template.md", &template.replace("Appendix _(optional)_", "Plan"));
    wait_for_codes(&mut client, &uri, &["missing-section"]);
    wait_for(&mut client, &["XIP-1: A", "XIP-7: Open"]);
    folder.write("vip-lsp.toml", "exclude = ['docs/x*.md']\n[rules]\nmissing-section = 'off'\n");
    wait_for_codes(&mut client, &uri, &[]);
    wait_for(&mut client, &["XIP-7: Open"]);
    rename(&folder, "vip-lsp.toml", ".vip-lsp.toml");
    folder.write(".vip-lsp.toml", "x = 1\n");
    wait_for_codes(&mut client, &folder.uri(".vip-lsp.toml"), &["invalid-setting"]);
    wait_for_codes(&mut client, &uri, &["missing-section"]);
    std::fs::remove_file(folder.path(".vip-lsp.toml")).expect("a file");
    wait_for_codes(&mut client, &folder.uri(".vip-lsp.toml"), &[]);
    rename(&folder, "docs/vip-template.md", "docs/vip-template.txt");
    wait_for(&mut client, &["XIP-7: Open"]);
    client.close();
}

#[test]
fn folders_of_the_workspace_are_followed_while_they_are_in_it() {
    let (one, other) = (Folder::new(&[]), Folder::new(&[]));
    let mut client = client(&one, &[]);
    let folder = |path: &Path| json!({"uri": uri(path), "name": "folder"});
    let event = json!({"added": [folder(other.root())], "removed": [folder(one.root())]});
    client.notify("workspace/didChangeWorkspaceFolders", &json!({"event": event}));
    assert_eq!(titles(&mut client), Vec::<String>::new());
    one.write("vip-1.md", "# VIP-1: A\n\n## Scope\n");
    other.write("vip-2.md", "# VIP-2: B\n\n## Scope\n");
    wait_for(&mut client, &["VIP-2: B"]);
    client.close();
}

#[test]
fn what_is_written_behind_an_open_document_counts_once_it_is_closed() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    let mut client = client(&folder, &[]);
    let uri = folder.uri("vip-7.md");
    client.open(&uri, OPEN);
    folder.write("vip-7.md", "# VIP-7: Disk\n\n## Introduction\n");
    folder.write("vip-8.md", "# VIP-8: Other\n\n## Introduction\n");
    wait_for(&mut client, &["VIP-7: Open", "VIP-8: Other"]);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    wait_for(&mut client, &["VIP-7: Disk", "VIP-8: Other"]);
    client.close();
}
