//! The reading of the workspace as the client shows it, and its early end.

use std::fmt::Write;

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder};

/// More files than are read without a word.
const MANY: usize = 1500;

fn can_show() -> Value {
    let mut capabilities = capable();
    capabilities["workspace"]["symbol"] = json!({});
    capabilities["window"] = json!({"workDoneProgress": true});
    capabilities
}

fn folder(files: usize) -> Folder {
    let folder = Folder::new(&[]);
    for number in 1..=files {
        let mut content = format!("# VIP-{number}: Title\n");
        for section in 0..20 {
            write!(content, "\n## Section {section}\n\nWords of the section.\n").expect("a string");
        }
        folder.write(&format!("vip-{number}.md"), &content);
    }
    folder
}

/// Whether the proposal with this number is known once the reading is over.
fn is_known(client: &mut Client, number: usize) -> bool {
    let title = format!("VIP-{number}: Title");
    let found = client.request("workspace/symbol", &json!({"query": title}));
    found.as_array().expect("a list").iter().any(|found| found["name"] == title)
}

/// What is reported for `token` up to the end.
fn reported(client: &mut Client, token: &Value) -> Vec<Value> {
    let mut reported = Vec::new();
    while reported.last().is_none_or(|last: &Value| last["kind"] != "end") {
        let params = client.next("$/progress");
        assert_eq!(params["token"], *token);
        reported.push(params["value"].clone());
    }
    reported
}

#[test]
fn a_long_reading_is_shown_from_its_beginning_to_its_end() {
    let folder = folder(MANY);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_show(), &Value::Null);
    let token = client.next("window/workDoneProgress/create")["token"].clone();
    let reported = reported(&mut client, &token);
    let begin = json!({"kind": "begin", "title": "Reading proposals", "cancellable": true, "percentage": 0});
    assert_eq!(reported[0], begin);
    assert_eq!(reported.last(), Some(&json!({"kind": "end"})));
    let percentages: Vec<_> =
        reported[1..reported.len() - 1].iter().map(|report| report["percentage"].as_u64().expect("a number")).collect();
    assert!(percentages.is_sorted() && percentages.iter().all(|percentage| *percentage <= 100), "{percentages:?}");
    client.close();
}

#[test]
fn a_reading_that_the_user_ends_keeps_what_was_read() {
    let folder = folder(MANY);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_show(), &Value::Null);
    // The tokens count from 1, so that the reading can be ended before it gets far.
    client.notify("window/workDoneProgress/cancel", &json!({"token": 1}));
    let token = client.next("window/workDoneProgress/create")["token"].clone();
    assert_eq!(token, 1);
    assert_eq!(reported(&mut client, &token).last(), Some(&json!({"kind": "end"})));
    // Files are read in the order of their names.
    assert!(!is_known(&mut client, 999));
    folder.write("vip-9999.md", "# VIP-9999: Title\n\n## Scope\n");
    let change = json!({"changes": [{"uri": folder.uri("vip-9999.md"), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", &change);
    assert!(is_known(&mut client, 9999) && !is_known(&mut client, 999));
    client.close();
}

#[test]
fn a_short_reading_and_a_client_without_progress_get_none() {
    for (files, capabilities) in [(3, can_show()), (300, capable())] {
        let folder = folder(files);
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert!(is_known(&mut client, 3));
        let is_progress = |message: &Value| message["method"].as_str().is_some_and(|method| method.contains("rogress"));
        assert_eq!(client.drain().into_iter().find(is_progress), None);
        client.close();
    }
}

#[test]
fn a_client_that_refuses_a_progress_gets_none_and_all_is_read() {
    let folder = folder(300);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_show(), &Value::Null);
    client.refuses.push("window/workDoneProgress/create");
    client.next("window/workDoneProgress/create");
    assert!((1..=300).all(|number| is_known(&mut client, number)));
    assert!(client.drain().iter().all(|message| message["method"] != "$/progress"));
    client.close();
}
