//! Decision records: values in sections, and a form that is learnt from the documents, as an editor sees them.

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder};

const TEMPLATE: &str = "# NNNN. Title\n\nDate: YYYY-MM-DD\n\n## Status\n\n{Draft | Accepted | Superseded by NNNN}\n\n## Context\n\n## Decision\n";

fn record(number: usize, status: &str) -> String {
    format!(
        "# {number}. Maps\n\nDate: 2026-01-02\n\n## Status\n\n{status}\n\n## Context\n\nSo.\n\n## Decision\n\nThus.\n"
    )
}

/// A folder with six records, beside `template` where there is one.
fn folder(template: Option<&str>) -> Folder {
    let records: Vec<(String, String)> = (1..=6)
        .map(|number| (format!("docs/adr/000{number}-maps.md"), record(number, ["Accepted", "Draft"][number % 2])))
        .collect();
    let mut files: Vec<(&str, &str)> =
        records.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
    files.extend(template.map(|template| ("docs/adr/template.md", template)));
    files.push((".git/HEAD", "ref: x\n"));
    Folder::new(&files)
}

fn open(folder: &Folder, name: &str, text: &str) -> (Client, String) {
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    // All files are read when this is answered.
    client.request("workspace/symbol", &json!({"query": ""}));
    let uri = folder.uri(name);
    client.open(&uri, text);
    (client, uri)
}

fn at(uri: &str, line: u64, character: u64) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

fn labels(client: &mut Client, uri: &str, line: u64, character: u64) -> Vec<String> {
    let found = client.request("textDocument/completion", &at(uri, line, character));
    let items = found.as_array().cloned().or_else(|| found["items"].as_array().cloned()).unwrap_or_default();
    items.iter().filter_map(|item| item["label"].as_str().map(str::to_owned)).collect()
}

#[test]
fn the_values_of_a_section_are_completed_explained_and_checked() {
    let folder = folder(Some(TEMPLATE));
    let (mut client, uri) = open(&folder, "docs/adr/0001-maps.md", &record(1, "Acepted"));
    let published = client.published(&uri)["diagnostics"].clone();
    assert_eq!(published[0]["code"], "invalid-metadata-value", "{published}");
    assert_eq!(published[0]["range"]["start"], json!({"line": 6, "character": 0}));
    assert_eq!(labels(&mut client, &uri, 6, 3), ["Draft", "Accepted", "Superseded by"]);
    let hover = client.request("textDocument/hover", &at(&uri, 6, 3));
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains("`Status`: one of `Draft`, `Accepted`, `Superseded by …`"), "{shown}");
    client.change(&uri, 2, &json!([{"text": record(1, "")}]));
    assert_eq!(labels(&mut client, &uri, 6, 0), ["Draft", "Accepted", "Superseded by"]);
    client.close();
}

#[test]
fn a_learnt_form_is_said_calmly_and_with_its_evidence() {
    let folder = folder(None);
    let text = record(1, "Accepted").replace("## Decision\n\nThus.\n", "");
    let (mut client, uri) = open(&folder, "docs/adr/0001-maps.md", &text);
    let published = client.published(&uri)["diagnostics"].clone();
    assert_eq!(
        (&published[0]["code"], &published[0]["severity"]),
        (&json!("missing-section"), &json!(4)),
        "{published}"
    );
    let hover = client.request("textDocument/hover", &at(&uri, 8, 4));
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains("6 of 6 documents here have it"), "{shown}");
    assert_eq!(labels(&mut client, &uri, 6, 2), ["Accepted", "Draft"]);
    // A new one, which only the editor has.
    let new = folder.uri("docs/adr/0007-trees.md");
    client.open(&new, "# 7. Trees\n\n");
    assert_eq!(labels(&mut client, &new, 2, 0), ["## Status", "## Context", "## Decision"]);
    client.close();
}
