//! Index pages: checked against the proposals, and changed from there, in every encoding.

use serde_json::{Value, json};

use super::client::{Client, Folder, codes};
use super::{TEMPLATE, capable};

const INDEX: &str = "# All\n\n| VIP | 💡 | Status |\n| - | - | - |\n| [VIP-7](vip-7.md) | 💡 | Draft    |\n";

fn proposal(status: &str) -> String {
    format!(
        "# VIP-7: Café 💡\n\n- **Status**: {status}\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n\n## Appendix\n\nC.\n"
    )
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

#[test]
fn a_row_and_its_proposal_are_checked_against_each_other_as_they_change() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = Folder::new(&[
            ("docs/vip-template.md", TEMPLATE),
            ("docs/vip-7.md", &proposal("Draft")),
            ("docs/index.md", INDEX),
        ]);
        let mut capabilities = capable();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let (index, uri) = (folder.uri("docs/index.md"), folder.uri("docs/vip-7.md"));
        client.open(&index, INDEX);
        client.open(&uri, &proposal("Draft"));
        assert_eq!(client.published_codes(&index), Vec::<String>::new());
        client.change(&uri, 2, &json!([{"text": proposal("Accepted")}]));
        let found =
            client.wait(|message| message["params"]["uri"] == index && message["params"]["diagnostics"] != json!([]));
        let diagnostic = &found["params"]["diagnostics"][0];
        let cell = 25 + width;
        assert_eq!((&diagnostic["code"], &diagnostic["range"]), (&json!("index-status"), &range(4, cell, cell + 5)));
        let related = &diagnostic["relatedInformation"][0]["location"];
        assert_eq!(related, &json!({"uri": uri, "range": range(0, 0, 0)}));

        let asked = json!({"textDocument": {"uri": uri}, "range": range(2, 14, 14), "context": {"diagnostics": []}});
        let actions = client.request("textDocument/codeAction", &asked);
        let action = &actions[0];
        assert_eq!(action["title"], "Change the status to \"Accepted\" in \"index.md\"");
        let change = &action["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({"uri": index, "version": 1}));
        let edit = json!({"range": range(4, cell, cell + 9), "newText": "Accepted "});
        assert_eq!(change["edits"], json!([edit]), "{encoding}");

        let changes = json!([{"range": edit["range"], "text": edit["newText"]}]);
        client.change(&index, 2, &changes);
        let gone = |message: &Value| message["params"]["uri"] == uri && message["params"]["version"] == 2;
        while !codes(&client.wait(gone)["params"]["diagnostics"]).is_empty() {}
        client.close();
    }
}

#[test]
fn a_client_that_cannot_be_told_to_ask_again_is_sent_what_other_files_change() {
    let folder = Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", &proposal("Accepted")),
        ("docs/index.md", INDEX),
    ]);
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({"dynamicRegistration": true});
    let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    assert_eq!(result["capabilities"].get("diagnosticProvider"), None);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, &proposal("Accepted"));
    // Perhaps before the index page was read, and then again.
    while client.published_codes(&uri) != ["index-status"] {}
    client.close();
    let mut without_push = json!({"textDocument": {"diagnostic": {}}});
    without_push["workspace"] = json!({});
    let (client, result) = Client::initialized(Some(folder.root()), &without_push, &Value::Null);
    assert!(result["capabilities"]["diagnosticProvider"].is_object());
    client.close();
}

#[test]
fn two_pages_of_one_name_each_get_a_row() {
    let (row, below) =
        ("- [VIP-8: B](vip-8.md)\n- [VIP-9: C](vip-9.md)\n", "- [VIP-8](docs/vip-8.md)\n- [VIP-9](docs/vip-9.md)\n");
    let folder = Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", &proposal("Draft")),
        ("docs/vip-8.md", &proposal("Draft").replace("VIP-7", "VIP-8")),
        ("docs/vip-9.md", &proposal("Draft").replace("VIP-7", "VIP-9")),
        ("docs/README.md", row),
        ("README.md", below),
    ]);
    let mut client = Client::initialized(Some(folder.root()), &capable(), &Value::Null).0;
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, &proposal("Draft"));
    while client.published_codes(&uri) != ["index-missing-entry", "index-missing-entry"] {}
    let asked = json!({"textDocument": {"uri": uri}, "range": range(0, 3, 3), "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", &asked);
    let actions = actions.as_array().expect("a list").iter();
    let adding = actions.filter(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Add a row")));
    let changed = |action: &Value| action["edit"]["documentChanges"][0]["textDocument"]["uri"].clone();
    let mut pages: Vec<_> = adding.map(|action| (changed(action), action["title"].clone())).collect();
    pages.sort_by_key(|(uri, _)| uri.to_string());
    assert_eq!(
        pages,
        [
            (json!(folder.uri("README.md")), json!("Add a row in \"../README.md\"")),
            (json!(folder.uri("docs/README.md")), json!("Add a row in \"README.md\"")),
        ]
    );
    client.close();
}

#[test]
fn what_becomes_of_anchors_in_another_open_document_shows_at_once() {
    let link = "# VIP-7: A\n\n## Introduction\n\n[a](notes.md#aims) [b](notes.md#mark)\n\n## Design\n\nB.\n\n## Appendix\n\nC.\n";
    let notes = "# Notes\n\n## Aims\n\n<a id=\"mark\"></a>\n";
    let folder =
        Folder::new(&[("docs/vip-template.md", TEMPLATE), ("docs/vip-7.md", link), ("docs/notes.md", "# Notes\n")]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (uri, notes_uri) = (folder.uri("docs/vip-7.md"), folder.uri("docs/notes.md"));
    client.open(&uri, link);
    let expect = |client: &mut Client, expected: &[&str]| {
        while client.published_codes(&uri).iter().filter(|code| *code == "broken-anchor").count() != expected.len() {}
    };
    expect(&mut client, &["aims", "mark"]);
    client.open(&notes_uri, notes);
    expect(&mut client, &[]);
    client.change(&notes_uri, 2, &json!([{"range": range(2, 3, 7), "text": "Goals"}]));
    expect(&mut client, &["aims"]);
    client.change(&notes_uri, 3, &json!([{"range": range(4, 7, 11), "text": "sign"}]));
    expect(&mut client, &["aims", "mark"]);
    client.change(&notes_uri, 4, &json!([{"text": notes}]));
    expect(&mut client, &[]);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": notes_uri}}));
    expect(&mut client, &["aims", "mark"]);
    client.close();
}
