//! What the server says of a document, `vip-lsp check` says as well.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{PROPOSAL, TEMPLATE, capable};

const FRONT_MATTER: &str = "---\ntitle: [\n---\n\n# VIP-9: 💡 é\r\n\r\n## Design\r\n\r\n_Say how._ [x](nope.md) [y][z]\r\n\r\n## Introduction\r\n\r\n<!-- vip-lsp-disable-next-line section-too-long -->\r\n## Apendix\r\n";

const INDEX: &str = "# All 💡\n\n| VIP | Title | Status |\n| - | - | - |\n| [VIP-7](vip-7.md) | 💡 Other | Accepted |\n| [VIP-8](vip-8.md) | B | |\n";

fn workspace() -> Folder {
    Folder::new(&[
        ("vip-lsp.toml", "[rules]\nuncovered-prompt = 'hint'\nmissing-section = 'error'\n"),
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", PROPOSAL),
        ("docs/vip-9.md", FRONT_MATTER),
        (
            "docs/vip-09-again.md",
            "# VIP-9: A\n\n## Introduction\n\n## Introduction\n\n[a](vip-7.md#none) [b](#💡-own)\n",
        ),
        ("docs/vip-10.md", "# VIP-11: Title\n"),
        ("docs/index.md", INDEX),
        ("docs/notes.md", "# Notes\n"),
    ])
}

/// Rule, severity, message and range of each finding, in order, by path.
fn of_check(folder: &Folder) -> BTreeMap<String, Vec<Value>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    let output =
        command.current_dir(folder.root()).args(["check", "--output-format", "json"]).output().expect("it runs");
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let from_0 = |place: &Value| {
        let number = |name: &str| place[name].as_u64().expect("a number") - 1;
        json!({"line": number("line"), "character": number("column")})
    };
    let mut by_path: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for found in &findings {
        let range = json!({"start": from_0(&found["start"]), "end": from_0(&found["end"])});
        let path = found["path"].as_str().expect("a text").to_owned();
        by_path.entry(path).or_default().push(json!([found["rule"], found["severity"], found["message"], range]));
    }
    by_path
}

fn of_server(published: &Value) -> Vec<Value> {
    let severities = ["", "error", "warning", "information", "hint"];
    let finding = |found: &Value| {
        let severity = severities[found["severity"].as_u64().expect("a number") as usize];
        json!([found["code"], severity, found["message"], found["range"]])
    };
    published["diagnostics"].as_array().expect("a list").iter().map(finding).collect()
}

#[test]
fn check_and_the_server_find_the_same() {
    let folder = workspace();
    let checked = of_check(&folder);
    let rules: BTreeSet<_> = checked.values().flatten().map(|found| found[0].to_string()).collect();
    assert!(rules.len() > 10 && checked.len() == 5, "the fixtures are to have many faults: {rules:?}");
    let mut capabilities = capable();
    capabilities["general"] = json!({"positionEncodings": ["utf-32"]});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    for name in checked.keys() {
        client.open(&folder.uri(name), &std::fs::read_to_string(folder.path(name)).expect("a file"));
    }
    for (name, expected) in &checked {
        let uri = folder.uri(name);
        // What is published before the workspace has been read is not the last word.
        client.wait(|message| {
            let is_it = message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri;
            is_it && of_server(&message["params"]) == *expected
        });
    }
    client.close();
}
