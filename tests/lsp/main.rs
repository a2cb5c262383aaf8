//! End to end: the real binary, over pipes.

mod capabilities;
mod client;
mod commands;
mod config;
#[path = "../dated/mod.rs"]
mod dated;
mod editing;
mod encodings;
mod everything;
mod families;
mod faults;
mod highlights;
mod index;
mod languages;
#[path = "../layouts/mod.rs"]
mod layouts;
mod lenses;
mod link_completion;
mod navigation;
#[cfg(unix)]
mod outside;
mod parity;
mod places;
mod progress;
mod records;
mod relations;
mod renaming;
mod saving;
mod settings;
mod sidecars;
mod source_actions;
mod stale;
mod starting;
mod symbols;
mod times;
mod tokens;
mod waiting;
mod watch;
mod workspace_diagnostics;

use client::{Client, Folder, codes};
use serde_json::{Value, json};

/// A template in Venice's form.
const TEMPLATE: &str = "\
# VIP-`$NUMBER`: `$TITLE`

- **Status**: _one of ['Draft', 'Accepted']_

## Introduction _(6 words at most)_

_Say what changes._

## Design

_Say how._

## Appendix _(optional)_
";

const PROPOSAL: &str = "# VIP-7: Cache 💡\n\n- **Status**: Draft\n\n## 💡 Own\n\n## Introduction\n\nOne two 💡 three four five six séven.\n";

fn workspace() -> Folder {
    Folder::new(&[("docs/vip-template.md", TEMPLATE), ("docs/vip-7.md", PROPOSAL)])
}

/// A client that can do what VS Code can, but pull diagnostics.
fn capable() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix"]}}, "isPreferredSupport": true,
            },
            "completion": {"completionItem": {
                "snippetSupport": true, "preselectSupport": true, "documentationFormat": ["markdown", "plaintext"],
            }},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
        "workspace": {
            "workspaceEdit": {"documentChanges": true}, "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
    })
}

#[test]
fn diagnostics_are_pushed_with_the_version_and_taken_back() {
    let folder = workspace();
    let (mut client, result) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    assert_eq!(result["capabilities"].get("diagnosticProvider"), None);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, PROPOSAL);
    let published = client.published(&uri);
    assert_eq!(published["version"], 1);
    let template = folder.uri("docs/vip-template.md");
    let range = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    let at = |uri: &str, range: Value, message: &str| json!([{"location": {"uri": uri, "range": range}, "message": message}]);
    assert_eq!(
        published["diagnostics"],
        json!([
            {
                "range": range(6, 3, 15), "severity": 2, "code": "section-too-long", "source": "vip-lsp",
                "message": "section \"Introduction\" has 7 words, but at most 6 are allowed",
                "relatedInformation": at(&uri, range(8, 31, 37), "word 7 is here"),
            },
            {
                "range": range(8, 37, 37), "severity": 2, "code": "missing-section", "source": "vip-lsp",
                "message": "section \"Design\" is missing; add it after \"Introduction\"",
                "relatedInformation": at(&template, range(8, 3, 9), "this is the template's section"),
            },
            {
                "range": range(8, 37, 37), "severity": 4, "code": "missing-optional-section", "source": "vip-lsp",
                "message": "optional section \"Appendix\" is missing; add it after \"Introduction\" if it applies",
                "relatedInformation": at(&template, range(12, 3, 24), "this is the template's section"),
            },
        ])
    );
    client.change(&uri, 2, &json!([{"range": range(9, 0, 0), "text": "\n## Design\n"}]));
    let published = client.published(&uri);
    assert_eq!(
        (published["version"].as_i64(), codes(&published["diagnostics"])),
        (Some(2), vec!["section-too-long".into(), "missing-optional-section".into()])
    );
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(client.published(&uri), json!({"uri": uri, "diagnostics": []}));
    client.close();
}

#[test]
fn changes_that_queue_up_are_all_applied_and_the_last_version_is_analysed() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "");
    let text =
        "# VIP-7: Cache 💡\n\n- **Status**: Draft\n\n## Introduction\n\nOne two 💡.\n\n## Design\n\n## Appendix\n";
    for (index, character) in text.chars().rev().enumerate() {
        let start = json!({"line": 0, "character": 0});
        client.change(&uri, index as i64 + 2, &json!([{"range": {"start": start, "end": start}, "text": character}]));
    }
    let last = text.chars().count() as i64 + 1;
    let published = client.wait(|message| message["params"]["version"] == last);
    assert_eq!(codes(&published["params"]["diagnostics"]), Vec::<String>::new());
    client.close();
}

#[test]
fn diagnostics_are_pulled_where_the_client_can_and_never_pushed() {
    let folder = workspace();
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({"dynamicRegistration": true, "tagSupport": {"valueSet": [1]}});
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    assert_eq!(result["capabilities"]["diagnosticProvider"]["interFileDependencies"], true);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, PROPOSAL);
    let document = json!({"uri": uri});
    let first = client.request("textDocument/diagnostic", &json!({"textDocument": document}));
    assert_eq!((first["kind"].as_str(), codes(&first["items"]).len()), (Some("full"), 3));
    let again = json!({"textDocument": document, "previousResultId": first["resultId"]});
    assert_eq!(
        client.request("textDocument/diagnostic", &again),
        json!({"kind": "unchanged", "resultId": first["resultId"]})
    );
    client.change(&uri, 2, &json!([{"text": "# VIP-7: Cache\n"}]));
    let changed = client.request("textDocument/diagnostic", &again);
    assert_eq!(codes(&changed["items"]), ["stub-proposal"]);
    folder.write("docs/vip-template.md", "# VIP-`$N`: `$T`\n");
    client.notify("textDocument/didSave", &json!({"textDocument": {"uri": folder.uri("docs/vip-template.md")}}));
    client.next("workspace/diagnostic/refresh");
    let other = client.request("textDocument/diagnostic", &json!({"textDocument": {"uri": folder.uri("notes.md")}}));
    assert_eq!(codes(&other["items"]), Vec::<String>::new());
    assert!(client.drain().iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    client.close();
}

#[test]
fn templates_index_pages_and_other_markdown_stay_silent() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    for name in ["docs/vip-template.md", "docs/index.md", "docs/notes.md", "docs/vip-7.txt"] {
        let uri = folder.uri(name);
        client.open(&uri, "# Notes\n\n- [VIP-7](vip-7.md)\n");
        assert_eq!(client.published_codes(&uri), Vec::<String>::new(), "{name}");
        let document = json!({"uri": uri});
        assert_eq!(client.request("textDocument/documentSymbol", &json!({"textDocument": document})), Value::Null);
    }
    client.close();
}

#[test]
fn a_changed_template_is_taken_from_the_editor_and_from_the_disk() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (uri, template) = (folder.uri("docs/vip-7.md"), folder.uri("docs/vip-template.md"));
    client.open(&uri, "# VIP-7: Cache\n\n## Introduction\n\n## Design\n");
    assert_eq!(client.published_codes(&uri), ["missing-optional-section"]);
    client.open(&template, "# VIP-`$N`: `$T`\n\n## Introduction\n\n## Tests\n");
    assert_eq!(client.published_codes(&uri), ["missing-section"]);
    let changes = json!([{"text": "# VIP-`$N`: `$T`\n\n## Introduction\n"}]);
    client.change(&template, 2, &changes);
    assert_eq!(client.published_codes(&uri), Vec::<String>::new());
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": template}}));
    assert_eq!(client.published_codes(&uri), ["missing-optional-section"]);
    // At once, as the server may look at the file at any time.
    folder.write("docs/new", "# VIP-`$N`: `$T`\n\n## Goals\n\n## Design\n");
    std::fs::rename(folder.path("docs/new"), folder.path("docs/vip-template.md")).expect("it is renamed");
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [{"uri": template, "type": 2}]}));
    assert_eq!(client.published_codes(&uri), ["missing-section"]);
    client.close();
}

#[test]
fn uris_come_back_as_the_client_wrote_them() {
    let folder = Folder::new(&[("dö cs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let root = client::uri(folder.root());
    for (number, name) in
        [(7, "dö cs/vip-7 [new].md"), (8, "d%C3%B6%20cs/vip-8%20%5Bnew%5D.md"), (9, "d%c3%b6%20cs/vip-9.md")]
    {
        let uri = format!("{root}/{name}");
        client.open(&uri, &format!("# VIP-{number}: Cache\n\n## Introduction\n\n## Design\n"));
        assert_eq!(client.published_codes(&uri), ["missing-optional-section"], "{name}");
        let start = json!({"line": 4, "character": 4});
        let params = json!({"textDocument": {"uri": uri}, "range": {"start": start, "end": start}, "context": {"diagnostics": []}});
        let actions = client.request("textDocument/codeAction", &params);
        assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["uri"], uri);
    }
    client.close();
}

#[test]
fn documents_that_are_no_files_are_served_from_the_editors_text() {
    let (mut client, _) = Client::initialized(None, &capable(), &Value::Null);
    for uri in ["untitled:Untitled-1", "git:/repo/docs/vip-7.md?HEAD", "vscode-remote://host/repo/vip-7.md"] {
        client.open(uri, "# VIP-7: Cache\n");
        assert_eq!(client.published_codes(uri), ["stub-proposal"], "{uri}");
    }
    client.close();
}

#[test]
fn a_large_document_is_answered_and_one_over_the_limit_is_not_analysed() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    let large = format!("# VIP-7: Cache\n\n## Introduction\n\n## Design\n\n{}", "A line of words.\n\n".repeat(20_000));
    client.open(&uri, &large);
    assert_eq!(client.published_codes(&uri), ["missing-optional-section"]);
    let end = json!({"line": 2, "character": 0});
    client.change(&uri, 2, &json!([{"range": {"start": end, "end": end}, "text": "a b c d e f g\n"}]));
    assert_eq!(client.published_codes(&uri), ["missing-optional-section"]);
    client.change(&uri, 3, &json!([{"text": large.repeat(4)}]));
    assert_eq!(client.published_codes(&uri), ["document-too-large"]);
    client.change(&uri, 4, &json!([{"text": "# VIP-7: Cache\n"}]));
    assert_eq!(client.published_codes(&uri), ["stub-proposal"]);
    client.close();
}

#[test]
fn stdio_is_accepted_twice_and_a_lost_client_ends_the_server() {
    let mut client = Client::start(&["--stdio", "--stdio"]);
    client.request("initialize", &json!({"capabilities": {}}));
    client.hang_up();
    assert_eq!(client.exit_code(), Some(1));
}

#[cfg(unix)]
#[test]
fn the_server_ends_when_its_parent_process_does() {
    let mut parent =
        std::process::Command::new("sleep").arg(client::PATIENCE.as_secs().to_string()).spawn().expect("sleep");
    let mut client = Client::start(&[]);
    client.request("initialize", &json!({"processId": parent.id(), "capabilities": {}}));
    parent.kill().expect("a child");
    parent.wait().expect("a child");
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn a_parent_that_was_never_there_does_not_end_the_server() {
    let mut gone =
        std::process::Command::new(env!("CARGO_BIN_EXE_vip-lsp")).arg("--version").spawn().expect("a process");
    let id = gone.id();
    gone.wait().expect("a child");
    let mut client = Client::start(&[]);
    client.request("initialize", &json!({"processId": id, "capabilities": {}}));
    client.close();
}
