//! Nothing waits for work that takes long: other requests, changes, cancellations and the end are heard meanwhile.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{PROPOSAL, TEMPLATE, capable, workspace};

/// A document over which code actions take long: each of its links leads nowhere, and has a name near it.
fn large() -> String {
    let links: String = (0..20_000).map(|number| format!("[a](#scope-{number}) ")).collect();
    let lines: String = links.split_inclusive(") ").map(|link| format!("{link}\n\n")).collect();
    format!("{PROPOSAL}\n## Scope\n\n{lines}")
}

/// A client that has asked for much, by the request 999, and a small document beside.
fn waiting(folder: &Folder) -> (Client, String, String) {
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (large_uri, uri) = (folder.uri("docs/vip-8.md"), folder.uri("docs/vip-7.md"));
    client.open(&uri, PROPOSAL);
    client.open(&large_uri, &large());
    client.published(&uri);
    client.published(&large_uri);
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 90_000, "character": 0}});
    let asked = json!({"textDocument": {"uri": large_uri}, "range": all, "context": {"diagnostics": []}});
    client.send(&json!({"jsonrpc": "2.0", "id": 999, "method": "textDocument/codeAction", "params": asked}));
    (client, large_uri, uri)
}

#[test]
fn other_requests_and_changes_do_not_wait() {
    let folder = workspace();
    let (mut client, large_uri, uri) = waiting(&folder);
    let symbols = client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
    assert!(symbols.as_array().is_some_and(|symbols| !symbols.is_empty()));
    client.change(&uri, 2, &json!([{"text": TEMPLATE}]));
    assert_eq!(client.published(&uri)["version"], 2);
    let is_answered = |client: &Client| client.sent().iter().any(|message| message["id"] == 999);
    assert!(!is_answered(&client), "the other request takes long enough to tell");
    // What is answered is what there was to ask about.
    client.change(&large_uri, 2, &json!([{"text": "# VIP-8: B\n"}]));
    let reply = client.wait(|message| message["id"] == 999);
    assert!(reply["result"].as_array().is_some_and(|actions| !actions.is_empty()));
    client.close();
}

#[test]
fn a_cancellation_is_answered_before_what_it_cancels_is_done() {
    let folder = workspace();
    let (mut client, _, uri) = waiting(&folder);
    client.notify("$/cancelRequest", &json!({"id": 999}));
    let reply = client.wait(|message| message["id"] == 999);
    assert_eq!(reply["error"]["code"], -32800);
    client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
    client.close();
}

#[test]
fn the_end_does_not_wait() {
    let folder = workspace();
    let (mut client, ..) = waiting(&folder);
    client.request("shutdown", &Value::Null);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), Some(0));
    assert!(client.sent().iter().all(|message| message["id"] != 999));
}

/// How many replies wait for a client that does not read.
const UNREAD: i64 = 40;

/// How much memory the process has had at most, in bytes.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line for it");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") * 1024
}

/// How much memory the server may take for a client that does not read, in bytes.
#[cfg(target_os = "linux")]
const MOST: usize = 200 << 20;

/// Waits until the process has taken no more memory for a while.
#[cfg(target_os = "linux")]
fn settle(client: &Client) {
    let (mut last, mut same) = (0, 0);
    while same < 15 {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let now = peak(client.process());
        same = if now == last { same + 1 } else { 0 };
        last = now;
        assert!(now < MOST, "{} MiB", now >> 20);
    }
}

/// Opens a proposal with `count` sections, and returns its URI.
#[cfg(target_os = "linux")]
fn open_sections(client: &mut Client, folder: &Folder, count: usize) -> String {
    let sections: String = (0..count).map(|number| format!("## Scope {number}\n\n[a](#scope-{number})\n\n")).collect();
    let uri = folder.uri("docs/vip-8.md");
    client.open(&uri, &format!("# VIP-8: B\n\n{sections}"));
    client.published(&uri);
    uri
}

#[cfg(target_os = "linux")]
fn ask_for_symbols(client: &mut Client, uri: &str, id: i64) {
    let asked = json!({"textDocument": {"uri": uri}});
    client.send(&json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": asked}));
}

#[test]
#[cfg(target_os = "linux")]
fn replies_that_nobody_reads_are_bounded_and_none_is_lost() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = open_sections(&mut client, &folder, 12_000);
    let reading = client.reading();
    let held = reading.lock().expect("not poisoned");
    for id in 0..UNREAD {
        ask_for_symbols(&mut client, &uri, 1000 + id);
    }
    settle(&client);
    drop(held);
    for id in 0..UNREAD {
        let reply = client.wait(|message| message["id"] == 1000 + id);
        assert!(reply["result"].as_array().is_some_and(|symbols| !symbols.is_empty()));
    }
    assert!(peak(client.process()) < MOST);
    client.close();
}

#[test]
#[cfg(target_os = "linux")]
fn requests_that_wait_keep_little_of_their_version_and_answer_from_it() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = open_sections(&mut client, &folder, 3000);
    let reading = client.reading();
    let held = reading.lock().expect("not poisoned");
    let start = json!({"line": 2, "character": 3});
    for id in 0..700 {
        ask_for_symbols(&mut client, &uri, 1000 + id);
        let change = json!([{"range": {"start": start, "end": start}, "text": "a"}]);
        client.change(&uri, id + 2, &change);
    }
    settle(&client);
    drop(held);
    for id in 0..10 {
        let reply = client.wait(|message| message["id"] == 1000 + id);
        let typed = "a".repeat(usize::try_from(id).expect("it is not negative"));
        assert_eq!(reply["result"][0]["children"][0]["name"], format!("{typed}Scope 0"));
    }
}
