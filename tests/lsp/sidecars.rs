//! The metadata in a file beside a proposal.

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder, codes};

const GOOD: &str = "title: Cache\nstatus: draft\n";

const PAGE: &str = "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n";

const BESIDE: &str = "xips/0001-cache/xip.yaml";

fn folder() -> Folder {
    let folder = Folder::new(&[
        ("vip-lsp.toml", "sidecar = \"xip.yaml\"\n"),
        ("xips/NNNN-template/README.md", "# XIP-NNN: Title\n\n## Summary\n\n## Design\n"),
        ("xips/NNNN-template/xip.yaml", "title: <title>\nstatus: draft|final\n"),
        (BESIDE, GOOD),
        ("xips/0001-cache/README.md", PAGE),
    ]);
    for number in 2..5 {
        folder.write(&format!("xips/000{number}-other/README.md"), &PAGE.replace('1', &number.to_string()));
    }
    folder
}

fn blind() -> Value {
    let mut capabilities = capable();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": false});
    capabilities
}

fn wait_for(client: &mut Client, uri: &str, expected: &[&str]) {
    while client.published_codes(uri) != expected {}
}

#[test]
fn faults_beside_an_open_proposal_are_published_there_and_follow_the_disk() {
    let folder = folder();
    folder.write(BESIDE, "title: Cache\nstatus: drafft\n");
    let (mut client, _) = Client::initialized(Some(folder.root()), &blind(), &Value::Null);
    let (page, beside) = (folder.uri("xips/0001-cache/README.md"), folder.uri(BESIDE));
    client.open(&page, PAGE);
    wait_for(&mut client, &beside, &["invalid-metadata-value"]);
    folder.write(BESIDE, GOOD);
    wait_for(&mut client, &beside, &[]);
    folder.write(BESIDE, "title: Cache\nstatus: done\n");
    wait_for(&mut client, &beside, &["invalid-metadata-value"]);
    folder.write("xips/NNNN-template/xip.yaml", "title: <title>\nstatus: draft|done\n");
    wait_for(&mut client, &beside, &[]);
    folder.write(BESIDE, "title: Cache\nstatus: [\n");
    wait_for(&mut client, &beside, &["invalid-front-matter"]);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": page}}));
    wait_for(&mut client, &beside, &[]);
    client.close();
}

#[test]
fn a_client_that_watches_tells_of_changes_and_what_it_has_open_counts() {
    let folder = folder();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (page, beside) = (folder.uri("xips/0001-cache/README.md"), folder.uri(BESIDE));
    folder.write(BESIDE, "title: Cache\nstatus: drafft\n");
    client.open(&page, PAGE);
    wait_for(&mut client, &beside, &["invalid-metadata-value"]);
    folder.write(BESIDE, GOOD);
    let change = |name: &str| json!({"changes": [{"uri": folder.uri(name), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &change("other.yaml"));
    client.notify("workspace/didChangeWatchedFiles", &change(BESIDE));
    wait_for(&mut client, &beside, &[]);
    client.open(&beside, "title: Cache\nstatus: fin\n");
    wait_for(&mut client, &beside, &["invalid-metadata-value"]);
    client.close();
}

#[test]
fn faults_beside_closed_proposals_are_in_the_reports_of_the_workspace() {
    let folder = folder();
    folder.write(BESIDE, "title: 💡\nstatus: \"d💡x\" # b\n");
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    let mut pull = |previous: Value| {
        let report = client.request("workspace/diagnostic", &json!({"previousResultIds": previous}));
        let items = report["items"].as_array().expect("a list").clone();
        items.into_iter().find(|item| item["uri"] == folder.uri(BESIDE)).expect("a report")
    };
    let first = pull(json!([]));
    assert_eq!(codes(&first["items"]), ["invalid-metadata-value"]);
    let range = json!({"start": {"line": 1, "character": 9}, "end": {"line": 1, "character": 13}});
    assert_eq!(first["items"][0]["range"], range);
    let known = json!([{"uri": folder.uri(BESIDE), "value": first["resultId"]}]);
    assert_eq!(pull(known)["kind"], "unchanged");
    client.close();
}
