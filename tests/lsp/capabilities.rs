//! What is announced: to a client that can do everything, and to one that can do nothing.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::everything::{ANNOUNCED, able, ask};
use super::{PROPOSAL, workspace};

/// The error code for a method that is not served.
const METHOD_NOT_FOUND: i64 = -32601;

/// Asks for all that is announced to a client with these `capabilities`; the requests that were answered.
fn served(folder: &Folder, capabilities: &Value) -> (Value, BTreeSet<&'static str>) {
    let (mut client, result) = Client::initialized(Some(folder.root()), capabilities, &Value::Null);
    let announced = result["capabilities"].clone();
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, &format!("{PROPOSAL}\n[8](vip-8.md#scope)\n"));
    let mut served = BTreeSet::new();
    for place in [json!({"line": 0, "character": 6}), json!({"line": 10, "character": 6})] {
        for (method, reply) in ask(&mut client, &announced, &uri, &place) {
            assert_ne!(reply["error"]["code"], METHOD_NOT_FOUND, "{method}");
            served.insert(method);
        }
    }
    client.close();
    (announced, served)
}

fn folder() -> Folder {
    let folder = workspace();
    folder.write("docs/vip-8.md", "# VIP-8: B\n\n## Scope\n\nVIP-7\n");
    folder
}

#[test]
fn all_that_is_announced_to_a_client_that_can_do_everything_is_served() {
    let folder = folder();
    let mut pulling = able();
    pulling["textDocument"]["diagnostic"] = json!({"relatedDocumentSupport": true});
    pulling["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    let (announced, served) = served(&folder, &pulling);
    let expected: BTreeSet<_> = ANNOUNCED.iter().map(|(_, method)| *method).collect();
    assert_eq!(served, expected);
    let basics = ["positionEncoding", "textDocumentSync", "workspace"];
    for name in announced.as_object().expect("an object").keys().filter(|name| !basics.contains(&name.as_str())) {
        assert!(ANNOUNCED.iter().any(|(pointer, _)| pointer.split('/').nth(1) == Some(name)), "{name}");
    }
    let commands = announced["executeCommandProvider"]["commands"].as_array().map(Vec::len);
    assert_eq!(commands, Some(11));
}

#[test]
fn a_client_that_can_do_nothing_is_announced_what_every_client_can_take() {
    let folder = folder();
    let (announced, served) = served(&folder, &json!({}));
    let names: Vec<_> = announced.as_object().expect("an object").keys().collect();
    // The specification wants these announced only to clients that say more of themselves.
    let for_others = ["codeActionProvider", "diagnosticProvider", "semanticTokensProvider"];
    let (everything, _) = self::served(&folder, &able());
    let all = everything.as_object().expect("an object").keys();
    let expected: Vec<_> = all.filter(|name| !for_others.contains(&name.as_str())).collect();
    assert_eq!(names, expected);
    assert_eq!(announced["positionEncoding"], "utf-16");
    let folders = json!({"workspaceFolders": {"supported": true, "changeNotifications": true}});
    assert_eq!(announced["workspace"], folders);
    let not_asked = ["textDocument/prepareRename", "workspace/willRenameFiles"];
    let expected = ANNOUNCED.iter().filter(|(pointer, method)| {
        let name = pointer.split('/').nth(1).expect("a name");
        !for_others.contains(&name) && !not_asked.contains(method)
    });
    assert_eq!(served, expected.map(|(_, method)| *method).collect());
}

#[test]
fn nothing_is_sent_to_a_client_that_can_do_nothing_but_diagnostics_and_the_log() {
    let folder = folder();
    let (mut client, _) = Client::initialized(Some(folder.root()), &json!({}), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, PROPOSAL);
    let published = client.published(&uri);
    assert_eq!(published.get("version"), None);
    for diagnostic in published["diagnostics"].as_array().expect("a list") {
        let names: Vec<_> = diagnostic.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["code", "message", "range", "severity", "source"]);
    }
    let template = folder.uri("docs/vip-template.md");
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [{"uri": template, "type": 2}]}));
    let methods: BTreeSet<_> =
        client.close().iter().filter_map(|message| message["method"].as_str()).map(str::to_owned).collect();
    let allowed = ["textDocument/publishDiagnostics", "window/logMessage"];
    assert!(methods.iter().all(|method| allowed.contains(&method.as_str())), "{methods:?}");
}
