//! Documents of a repository whose template has changed since they came in.

use std::path::Path;

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder, applied};
use super::dated::git_at;

const OLD: &str = "# VIP-`$N`: `$T`\n\n## Summary\n\n_Say it._\n";
const NEW: &str = "# VIP-`$N`: `$T`\n\n## Summary\n\n_Say it._\n\n## Risks\n\n_Say what may go wrong._\n";
const DOCUMENT: &str = "# VIP-7: A\n\n## Summary\n\nA.\n";

fn commit(folder: &Path, day: u32) {
    git_at(folder, day, &["add", "docs"]);
    git_at(folder, day, &["commit", "-q", "-m", "A"]);
}

/// The messages of the last diagnostics of `uri` that make `is_it` true, within a bounded time.
fn until(client: &mut Client, uri: &str, is_it: impl Fn(&[String]) -> bool) -> Vec<String> {
    loop {
        let found = client.published(uri)["diagnostics"].clone();
        let found = found.as_array().cloned().unwrap_or_default();
        let messages = found.iter().map(|found| found["message"].as_str().unwrap_or_default().to_owned());
        let messages: Vec<String> = messages.collect();
        if is_it(&messages) {
            return messages;
        }
    }
}

#[test]
fn an_old_document_is_held_to_its_own_template_and_can_be_brought_to_the_new_one() {
    let folder = Folder::new(&[("docs/vip-template.md", OLD), ("docs/vip-7.md", DOCUMENT)]);
    let root = folder.root();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    commit(root, 1);
    std::fs::write(root.join("docs/vip-template.md"), NEW).expect("a file");
    commit(root, 2);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, DOCUMENT);
    until(&mut client, &uri, <[String]>::is_empty);
    let place = json!({"line": 0, "character": 3});
    let hover = client.request("textDocument/hover", &json!({"textDocument": {"uri": uri}, "position": place}));
    assert_eq!(hover["contents"]["value"], "Follows the template of 2026-01-01, an earlier version in git");
    let context = json!({"diagnostics": [], "only": ["source"]});
    let params = json!({"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context});
    let actions = client.request("textDocument/codeAction", &params);
    let action = &actions.as_array().expect("actions")[0];
    assert_eq!(action["title"], "Bring to the current template");
    let after = applied(DOCUMENT, &action["edit"]["documentChanges"][0]["edits"]);
    assert_eq!(after, "# VIP-7: A\n\n## Summary\n\nA.\n\n## Risks\n\n_Say what may go wrong._\n");
    // A new document follows the template as it is now.
    let new = folder.uri("docs/vip-8.md");
    client.open(&new, &DOCUMENT.replace("VIP-7", "VIP-8"));
    until(&mut client, &new, |found| found.iter().any(|message| message.starts_with("section \"Risks\" is missing")));
    // What is committed meanwhile is seen when a file is saved.
    std::fs::write(root.join("docs/vip-template.md"), NEW.replace("Risks", "Dangers")).expect("a file");
    commit(root, 3);
    client.notify("textDocument/didSave", &json!({"textDocument": {"uri": folder.uri("docs/vip-template.md")}}));
    until(&mut client, &new, |found| found.iter().any(|message| message.starts_with("section \"Dangers\" is missing")));
    client.close();
}

#[test]
fn hover_on_a_status_says_since_when_and_what_may_follow() {
    let settings = "[life-cycle.Draft]\nnext = [\"Final\"]\n\n[life-cycle.Final]\nkeys = [\"Release\"]\n";
    let document = |status: &str| format!("# VIP-7: A\n\n- **Status**: {status}\n\n## Summary\n\nA.\n");
    let template = "# VIP-`$N`: `$T`\n\n- **Status**: _one of ['Odd', 'Draft', 'Final']_\n\n## Summary\n\n_Say it._\n";
    let folder =
        Folder::new(&[("vip-template.md", template), ("vip-7.md", &document("Odd")), ("vip-lsp.toml", settings)]);
    let root = folder.root();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    for (day, status) in [(1, "Odd"), (4, "Draft"), (5, "draft"), (6, "Draft (again)")] {
        std::fs::write(root.join("vip-7.md"), document(status)).expect("a file");
        git_at(root, day, &["add", "vip-7.md", "vip-template.md", "vip-lsp.toml"]);
        git_at(root, day, &["commit", "-q", "-m", "A"]);
    }
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = folder.uri("vip-7.md");
    client.open(&uri, &document("Draft (again)"));
    let mut hover = || {
        let place = json!({"line": 2, "character": 15});
        let found = client.request("textDocument/hover", &json!({"textDocument": {"uri": uri}, "position": place}));
        found["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    let expected = "`Status`: one of `Odd`, **`Draft`**, `Final`\n\n---\n\nSince 2026-01-04.\n\nOnly Final may follow.\n\n\
                    Not ready for Final: \"Final\" requires a value for \"Release\".";
    // The history is read in the background.
    let mut shown = hover();
    for _ in 0..200 {
        if shown.contains("Since") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        shown = hover();
    }
    assert_eq!(shown, expected);
}

#[test]
fn a_template_shows_who_follows_an_earlier_version_and_what_bringing_them_to_it_changes() {
    let folder =
        Folder::new(&[("docs/vip-template.md", OLD), ("docs/vip-7.md", DOCUMENT), ("docs/vip-8.md", DOCUMENT)]);
    let root = folder.root();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    commit(root, 1);
    std::fs::write(root.join("docs/vip-template.md"), NEW).expect("a file");
    commit(root, 2);
    std::fs::write(root.join("docs/vip-9.md"), NEW.replace("VIP-`$N`: `$T`", "VIP-9: A")).expect("a file");
    commit(root, 3);
    let mut capabilities = capable();
    capabilities["workspace"]["applyEdit"] = json!(true);
    capabilities["workspace"]["workspaceEdit"]["changeAnnotationSupport"] = json!({});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    client.answers.push(("workspace/applyEdit", json!({"applied": true})));
    let uri = folder.uri("docs/vip-template.md");
    client.open(&uri, NEW);
    let mut lenses = json!([]);
    // The history is read in the background.
    for _ in 0..200 {
        lenses = client.request("textDocument/codeLens", &json!({"textDocument": {"uri": uri}}));
        if lenses.as_array().is_some_and(|lenses| !lenses.is_empty()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let shown: Vec<Value> =
        lenses.as_array().expect("lenses").iter().map(|lens| client.request("codeLens/resolve", lens)).collect();
    let titles: Vec<&str> = shown.iter().filter_map(|lens| lens["command"]["title"].as_str()).collect();
    assert_eq!(titles, ["2 proposals follow an earlier version", "Preview bringing them to this one"]);
    let mut execute = |lens: &Value| client.request("workspace/executeCommand", &lens["command"]);
    let places = execute(&shown[0]);
    let uris: Vec<&str> = places.as_array().expect("places").iter().filter_map(|place| place["uri"].as_str()).collect();
    assert_eq!(uris, [folder.uri("docs/vip-7.md"), folder.uri("docs/vip-8.md")]);
    assert_eq!(execute(&shown[1]), Value::Null);
    let edit = client.next("workspace/applyEdit")["edit"].clone();
    assert_eq!(edit["changeAnnotations"]["confirmed"]["needsConfirmation"], true);
    let changes = edit["documentChanges"].as_array().expect("changes");
    assert_eq!(changes.len(), 2);
    for change in changes {
        assert!(change["edits"].as_array().expect("edits").iter().all(|edit| edit["annotationId"] == "confirmed"));
        assert_eq!(
            applied(DOCUMENT, &change["edits"]),
            "# VIP-7: A\n\n## Summary\n\nA.\n\n## Risks\n\n_Say what may go wrong._\n"
        );
    }
}

#[test]
fn a_commit_is_seen_although_no_document_changes_with_it() {
    let settings = "[life-cycle.Draft]\nnext = [\"Review\"]\n";
    let template =
        "# VIP-`$N`: `$T`\n\n- **Status**: _one of ['Draft', 'Review', 'Final']_\n\n## Summary\n\n_Say it._\n";
    let document = |status: &str| format!("# VIP-7: A\n\n- **Status**: {status}\n\n## Summary\n\nA.\n");
    for watches in [true, false] {
        let files = [("vip-template.md", template), ("vip-7.md", &document("Draft")), ("vip-lsp.toml", settings)];
        let folder = Folder::new(&files);
        let root = folder.root();
        git_at(root, 1, &["init", "-q", "-b", "main"]);
        git_at(root, 1, &["add", "vip-7.md", "vip-template.md", "vip-lsp.toml"]);
        git_at(root, 1, &["commit", "-q", "-m", "A"]);
        std::fs::write(root.join("vip-7.md"), document("Final")).expect("a file");
        let mut capabilities = capable();
        capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] = json!(watches);
        let (mut client, _) = Client::initialized(Some(root), &capabilities, &Value::Null);
        let uri = folder.uri("vip-7.md");
        client.open(&uri, &document("Final"));
        until(&mut client, &uri, |found| found.iter().any(|message| message.starts_with("the status was \"Draft\"")));
        git_at(root, 2, &["commit", "-q", "-a", "-m", "A"]);
        if watches {
            let head = json!({"changes": [{"uri": folder.uri(".git/logs/HEAD"), "type": 2}]});
            client.notify("workspace/didChangeWatchedFiles", &head);
        }
        until(&mut client, &uri, <[String]>::is_empty);
    }
}
