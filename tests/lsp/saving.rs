//! The rows of index pages when a proposal is saved, where the setting asks for that.

use serde_json::{Value, json};

use super::client::{Client, Folder, applied};
use super::{TEMPLATE, capable};

const INDEX: &str = "# All\n\n| VIP | Title | Status |\n| - | - | - |\n| [VIP-7](vip-7.md) | Café | Draft |\n";

fn proposal(title: &str, status: &str) -> String {
    format!(
        "# VIP-7: {title}\n\n- **Status**: {status}\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n\n## Appendix\n\nC.\n"
    )
}

/// A folder with an index page that says `index`, and a client with the settings `options`.
fn started(index: &str, capabilities: &Value, options: &Value) -> (Folder, Client) {
    let files =
        [("docs/vip-template.md", TEMPLATE), ("docs/vip-7.md", &proposal("Café", "Draft")), ("docs/index.md", index)];
    let folder = Folder::new(&files);
    let mut client = Client::initialized(Some(folder.root()), capabilities, options).0;
    client.answers.push(("workspace/applyEdit", json!({"applied": true})));
    client.open(&folder.uri("docs/vip-7.md"), &proposal("Café", "Draft"));
    (folder, client)
}

fn can_apply() -> Value {
    let mut capabilities = capable();
    capabilities["workspace"]["applyEdit"] = json!(true);
    capabilities
}

fn on() -> Value {
    json!({"index-on-save": true})
}

/// Changes the proposal to `text` in the editor and on the disk, and saves it.
fn save(client: &mut Client, folder: &Folder, version: i64, text: &str) {
    let uri = folder.uri("docs/vip-7.md");
    client.change(&uri, version, &json!([{"text": text}]));
    folder.write("docs/vip-7.md", text);
    client.notify("textDocument/didSave", &json!({"textDocument": {"uri": uri}}));
}

/// The changes of the next edit that the server asks for, which is of a single document.
fn change(client: &mut Client) -> Value {
    let changes = client.next("workspace/applyEdit")["edit"]["documentChanges"].clone();
    assert_eq!(changes.as_array().map(Vec::len), Some(1));
    changes[0].clone()
}

/// How many edits the server has asked for.
fn edits(sent: &[Value]) -> usize {
    sent.iter().filter(|message| message["method"] == "workspace/applyEdit").count()
}

/// Checks that the server asks for no edit: what is requested here is answered after the edit would have been asked for.
fn ask_for_none(mut client: Client, folder: &Folder) {
    let uri = folder.uri("docs/vip-7.md");
    for _ in 0..3 {
        client.request("workspace/symbol", &json!({"query": "Café"}));
        client.request("textDocument/codeLens", &json!({"textDocument": {"uri": uri}}));
    }
    assert_eq!(edits(&client.close()), 0);
}

#[test]
fn a_row_follows_the_saved_proposal_and_unsaved_text_of_its_page_stays() {
    let (folder, mut client) = started(INDEX, &can_apply(), &on());
    let index = folder.uri("docs/index.md");
    client.open(&index, INDEX);
    let unsaved = INDEX.replace("# All", "# All of 💡 them\n\nMore.");
    client.change(&index, 2, &json!([{"text": unsaved}]));
    save(&mut client, &folder, 2, &proposal("Warm caches", "Accepted"));
    let found = change(&mut client);
    assert_eq!(found["textDocument"], json!({"uri": index, "version": 2}));
    let text = applied(&unsaved, &found["edits"]);
    assert_eq!(text, unsaved.replace("Café | Draft", "Warm caches | Accepted"));
    // Saving the page, or a proposal whose row is right, asks for nothing more.
    client.change(&index, 3, &json!([{"text": text}]));
    folder.write("docs/index.md", &text);
    client.notify("textDocument/didSave", &json!({"textDocument": {"uri": index}}));
    save(&mut client, &folder, 3, &proposal("Warm caches", "Accepted"));
    save(&mut client, &folder, 4, &proposal("Warm caches", "Draft"));
    assert_eq!(applied(&text, &change(&mut client)["edits"]), text.replace("Accepted", "Draft   "));
    assert_eq!(edits(&client.close()), 2);
}

#[test]
fn a_page_that_is_not_open_is_named() {
    let (folder, mut client) = started(INDEX, &can_apply(), &on());
    save(&mut client, &folder, 2, &proposal("Café", "Accepted"));
    let found = change(&mut client);
    assert_eq!(found["textDocument"], json!({"uri": folder.uri("docs/index.md"), "version": null}));
    assert_eq!(applied(INDEX, &found["edits"]), INDEX.replace("Draft", "Accepted"));
    let said = client.next("window/showMessage");
    assert_eq!(said["message"], "the row of this proposal was updated in \"index.md\"; save it too");
    client.close();
}

#[test]
fn nothing_is_changed_without_the_setting_or_where_a_comment_suppresses_the_rule() {
    let (folder, mut client) = started(INDEX, &can_apply(), &Value::Null);
    save(&mut client, &folder, 2, &proposal("Café", "Accepted"));
    ask_for_none(client, &folder);

    let suppressed = INDEX.replace("# All\n", "# All\n\n<!-- vip-lsp-disable index-status -->\n");
    let (folder, mut client) = started(&suppressed, &can_apply(), &on());
    save(&mut client, &folder, 2, &proposal("Maps", "Accepted"));
    assert_eq!(applied(&suppressed, &change(&mut client)["edits"]), suppressed.replace("Café", "Maps"));
    client.close();

    let mut options = on();
    options["rules"] = json!({"index-title": "off"});
    let (folder, mut client) = started(INDEX, &can_apply(), &options);
    save(&mut client, &folder, 2, &proposal("Maps", "Accepted"));
    assert_eq!(applied(INDEX, &change(&mut client)["edits"]), INDEX.replace("Draft", "Accepted"));
    client.close();
}

#[test]
fn a_client_without_versions_keeps_what_it_has_open_and_one_without_edits_is_asked_for_none() {
    let mut capabilities = can_apply();
    capabilities["workspace"]["workspaceEdit"] = json!({});
    let (folder, mut client) = started(INDEX, &capabilities, &on());
    let index = folder.uri("docs/index.md");
    client.open(&index, INDEX);
    save(&mut client, &folder, 2, &proposal("Café", "Accepted"));
    ask_for_none(client, &folder);

    let (folder, mut client) = started(INDEX, &capabilities, &on());
    let index = folder.uri("docs/index.md");
    save(&mut client, &folder, 2, &proposal("Café", "Accepted"));
    let edit = client.next("workspace/applyEdit")["edit"].clone();
    assert_eq!(applied(INDEX, &edit["changes"][&index]), INDEX.replace("Draft", "Accepted"));
    client.close();

    let (folder, mut client) = started(INDEX, &capable(), &on());
    save(&mut client, &folder, 2, &proposal("Café", "Accepted"));
    ask_for_none(client, &folder);
}
