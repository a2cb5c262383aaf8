//! Documents that are about to become proposals: empty ones, and those that are no files.

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder};

const TEMPLATE: &str = "# ADR-NNNN: Title\n\n- Status: {proposed | accepted}\n\n## Context\n\n## Decision\n";

fn records() -> Folder {
    let record =
        |number: u8| format!("# ADR-000{number}: A\n\n- Status: accepted\n\n## Context\n\nx\n\n## Decision\n\nx\n");
    let (one, two) = (record(1), record(2));
    Folder::new(&[("docs/adr/template.md", TEMPLATE), ("docs/adr/0001-a.md", &one), ("docs/adr/0002-b.md", &two)])
}

fn completed(client: &mut Client, uri: &str, character: usize) -> Value {
    let place = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": character}});
    client.request("textDocument/completion", &place)
}

#[test]
fn an_empty_document_is_offered_the_text_of_the_next_proposal() {
    let folder = records();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let text = TEMPLATE.replace("ADR-NNNN: Title", "ADR-0003: Title").replace("{proposed | accepted}", "proposed");
    for (number, typed) in ["", "Pro", "proposal\n"].into_iter().enumerate() {
        let uri = format!("untitled:Untitled-{number}");
        client.open(&uri, typed);
        let end = typed.trim_end().len();
        let found = completed(&mut client, &uri, end);
        assert_eq!(found[0]["label"], "proposal", "{typed:?}: {found}");
        assert_eq!(found[0]["detail"], "the next proposal, number 3");
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": end}});
        assert_eq!(found[0]["textEdit"], json!({"range": range, "newText": text}), "{typed:?}");
    }
    for (number, other) in ["# Notes\n", "property", "pro\n\nx\n"].into_iter().enumerate() {
        let uri = format!("untitled:Other-{number}");
        client.open(&uri, other);
        assert_eq!(completed(&mut client, &uri, 3), Value::Null, "{other:?}");
    }
    client.close();
}

#[test]
fn a_document_that_is_no_file_follows_the_only_family_there_is() {
    let folder = records();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    client.request("workspace/symbol", &json!({"query": ""}));
    client.open("untitled:Untitled-1", "# ADR-0009: Cache\n\n- Status: proposed\n\n## Context\n\nx\n");
    let published = client.published("untitled:Untitled-1");
    let codes: Vec<&str> = published["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|found| found["code"].as_str())
        .collect();
    assert_eq!(codes, ["missing-section"], "{published}");
    assert!(published.to_string().contains("\\\"Decision\\\" is missing"), "{published}");
    client.close();
}
