//! Paths that leave the workspace: nothing out there is read or shown.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::everything::{able, ask};

/// A word that stands in each file outside the workspace, and nowhere inside.
const SECRET: &str = "Zanzibar";

const OUTSIDE: [(&str, &str); 5] = [
    ("out/vip-9.md", "# VIP-9: Zanzibar\n\n## Zanzibar\n\nZanzibar VIP-7.\n\n[7](../in/docs/vip-7.md)\n"),
    ("out/notes.md", "# Zanzibar\n\nZanzibar.\n\n[7](../in/docs/vip-7.md)\n"),
    (
        "out/vip-template.md",
        "# VIP-`$N`: `$T`\n\n## Zanzibar _(6 words at most)_\n\n_Say Zanzibar._\n\n## Introduction\n",
    ),
    ("out/vip-lsp.toml", "[rules]\nZanzibar = 'off'\n"),
    ("out/index.md", "# All\n\n| VIP | Title |\n| - | - |\n| [VIP-7](../in/docs/vip-7.md) | Zanzibar |\n"),
];

const TEMPLATE: &str = "# VIP-`$N`: `$T`\n\n## Introduction\n\n_Say what._\n\n## Design\n\n_Say how._\n";

/// A folder with the workspace `in` and with `out` beside it, which links in the workspace lead to.
fn folder() -> Folder {
    let folder = Folder::new(&OUTSIDE);
    folder.write("in/docs/vip-template.md", TEMPLATE);
    folder.write("in/docs/vip-8.md", "# VIP-8: Inside\n\n## Part\n");
    folder.write("in/docs/vip-7.md", "# VIP-7: A\n");
    for (to, link) in [("out", "linked"), ("out/vip-9.md", "vip-9.md"), ("out/notes.md", "linked.md")] {
        std::os::unix::fs::symlink(folder.path(to), folder.path(&format!("in/docs/{link}"))).expect("a link");
    }
    folder
}

fn start(folder: &Folder, options: &Value) -> (Client, Value) {
    let (client, result) = Client::initialized(Some(&folder.path("in")), &able(), options);
    (client, result["capabilities"].clone())
}

/// Opens `text` as the proposal, and asks for everything at each third column of it.
fn ask_everywhere(client: &mut Client, capabilities: &Value, folder: &Folder, text: &str) {
    let uri = folder.uri("in/docs/vip-7.md");
    client.open(&uri, text);
    for (line, content) in text.lines().enumerate() {
        for character in (0..content.chars().count()).step_by(3) {
            ask(client, capabilities, &uri, &json!({"line": line, "character": character}));
        }
    }
}

/// Ends the session: nothing that the server sent has the secret word or `path`, which is outside.
fn close(client: Client, path: &str) {
    for message in client.close() {
        let text = message.to_string();
        assert!(!text.contains(SECRET) && !text.contains(path), "{text}");
    }
}

#[test]
fn links_lead_to_nothing_outside() {
    let folder = folder();
    let absolute = folder.path("out/vip-9.md");
    let absolute = absolute.to_str().expect("UTF-8");
    let paths = [
        "../../out/vip-9.md",
        "../../out/notes.md#zanzibar",
        "..%2f..%2fout/vip-9.md",
        "%2e%2e/%2e%2e/out/vip-9.md",
        "../../../../../../../../../../../../etc/passwd",
        "linked/vip-9.md#zanzibar",
        "vip-9.md#zanzibar",
        "linked.md",
        "vip-9.md%00",
        "<../../out/vip-9.md>",
    ];
    for path in paths {
        let (mut client, capabilities) = start(&folder, &Value::Null);
        let text = format!("# VIP-7: A\n\n[x]({path}) [y][z] VIP-9\n\n[z]: {path}\n");
        ask_everywhere(&mut client, &capabilities, &folder, &text);
        for link in ["definition", "hover"] {
            let params = json!({"textDocument": {"uri": folder.uri("in/docs/vip-7.md")}, "position": {"line": 2, "character": 2}});
            assert_eq!(client.request(&format!("textDocument/{link}"), &params), Value::Null, "{path}");
        }
        close(client, folder.path("out").to_str().expect("UTF-8"));
    }
    for path in [absolute.to_owned(), format!("file://{absolute}")] {
        let (mut client, capabilities) = start(&folder, &Value::Null);
        ask_everywhere(&mut client, &capabilities, &folder, &format!("# VIP-7: A\n\n[x]({path}) VIP-9\n"));
        close(client, "no such path");
    }
}

#[test]
fn a_link_within_the_workspace_is_followed_by_the_same_requests() {
    let folder = folder();
    let (mut client, capabilities) = start(&folder, &Value::Null);
    ask_everywhere(&mut client, &capabilities, &folder, "# VIP-7: A\n\n[x](../docs/vip-8.md) VIP-8\n");
    let shown = client.close();
    assert!(shown.iter().any(|message| message["result"]["contents"].to_string().contains("Inside")));
}

#[test]
fn what_a_client_hands_back_changed_leads_to_nothing_outside() {
    let folder = folder();
    let (mut client, _) = start(&folder, &Value::Null);
    client.open(&folder.uri("in/docs/vip-7.md"), "# VIP-7: A\n");
    for name in ["out/vip-9.md", "in/docs/linked/vip-9.md", "in/docs/vip-9.md", "in/../out/vip-9.md"] {
        let uri = folder.uri(name);
        let place = json!({"line": 0, "character": 3});
        let data = [json!(uri), json!({"uri": uri, "position": place}), json!({"uri": uri, "what": "fixAll"})];
        for data in data {
            client.reply("completionItem/resolve", &json!({"label": "x", "data": data}));
            let range = json!({"start": place, "end": place});
            client.reply("documentLink/resolve", &json!({"range": range, "data": data}));
            client.reply("codeAction/resolve", &json!({"title": "x", "data": data}));
            client.reply("codeLens/resolve", &json!({"range": range, "data": data}));
        }
        for command in ["vip-lsp.showReadiness", "vip-lsp.showReferences", "vip-lsp.insertMissingSections"] {
            client.reply("workspace/executeCommand", &json!({"command": command, "arguments": [uri]}));
        }
        let document = json!({"textDocument": {"uri": uri}});
        assert_eq!(client.request("textDocument/documentSymbol", &document), Value::Null);
    }
    close(client, "no such path");
}

/// The paths that a setting may have for the file `name` outside, from the folder `docs`.
fn ways_out(folder: &Folder, name: &str) -> [String; 3] {
    let absolute = folder.path("out").join(name);
    [format!("../../out/{name}"), format!("linked/{name}"), absolute.to_str().expect("UTF-8").to_owned()]
}

#[test]
fn settings_name_no_template_outside() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path("out/vip-template.md"), folder.path("in/docs/own.md")).expect("a link");
    let mut paths = ways_out(&folder, "vip-template.md").to_vec();
    paths.push("own.md".to_owned());
    for path in paths {
        let from_root = format!("docs/{path}").replace("docs//", "/");
        let (mut client, capabilities) = start(&folder, &json!({"template": from_root}));
        ask_everywhere(&mut client, &capabilities, &folder, "# VIP-7: A\n\n## \n");
        close(client, "no such path");

        folder.write("in/docs/vip-lsp.toml", &format!("template = '{path}'\n"));
        let (mut client, capabilities) = start(&folder, &Value::Null);
        ask_everywhere(&mut client, &capabilities, &folder, "# VIP-7: A\n\n## \n");
        let found = client.published(&folder.uri("in/docs/vip-lsp.toml"));
        let message = "template: points outside the workspace; name a file in it";
        assert_eq!(found["diagnostics"][0]["message"], message, "{path}");
        close(client, "no such path");
        std::fs::remove_file(folder.path("in/docs/vip-lsp.toml")).expect("a file");
    }
}

#[test]
fn settings_include_nothing_outside() {
    let folder = folder();
    for globs in [["../../out/*.md", "../out/*.md"], ["**/*.md", "linked/**"], ["/**", "/tmp/**"]] {
        let (mut client, capabilities) = start(&folder, &json!({"include": globs}));
        ask_everywhere(&mut client, &capabilities, &folder, "# VIP-7: A\n");
        close(client, folder.path("out").to_str().expect("UTF-8"));

        folder.write("in/docs/vip-lsp.toml", &format!("include = {}\n", json!(globs)));
        let (mut client, capabilities) = start(&folder, &Value::Null);
        ask_everywhere(&mut client, &capabilities, &folder, "# VIP-7: A\n");
        close(client, folder.path("out").to_str().expect("UTF-8"));
        std::fs::remove_file(folder.path("in/docs/vip-lsp.toml")).expect("a file");
    }
}

#[test]
fn a_template_configuration_file_or_index_page_that_is_a_link_outside_is_none() {
    let folder = folder();
    for name in ["vip-template.md", "vip-lsp.toml", "index.md"] {
        let path = folder.path("in/docs").join(name);
        let _ = std::fs::remove_file(&path);
        std::os::unix::fs::symlink(folder.path("out").join(name), &path).expect("a link");
        let (mut client, capabilities) = start(&folder, &Value::Null);
        let change = json!({"changes": [{"uri": folder.uri(&format!("in/docs/{name}")), "type": 1}]});
        client.notify("workspace/didChangeWatchedFiles", &change);
        ask_everywhere(&mut client, &capabilities, &folder, "# VIP-7: A\n\n## \n");
        close(client, folder.path("out").to_str().expect("UTF-8"));
    }
}

#[test]
fn no_proposal_is_made_outside() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path("nothing"), folder.path("in/dangling")).expect("a link");
    let (mut client, _) = start(&folder, &Value::Null);
    for name in ["out", "in/docs/linked", "in/docs/linked/new", "in/../out", "in/dangling", "in/dangling/new"] {
        let arguments = json!([{"title": "A", "folder": folder.uri(name)}]);
        let params = json!({"command": "vip-lsp.newProposal", "arguments": arguments});
        let refused = client.refusal("workspace/executeCommand", &params);
        assert!(refused.ends_with("is not a folder of the workspace; name one that is"), "{refused}");
    }
    assert!(client.sent().iter().all(|message| message["method"] != "workspace/applyEdit"));
    close(client, "no such path");
}

#[test]
fn files_that_are_renamed_outside_are_not_read() {
    let folder = folder();
    folder.write("in/docs/vip-7.md", "# VIP-7: A\n\n[9](../../out/vip-9.md) [n](../../out/none.md) [8](vip-8.md)\n");
    let (mut client, _) = start(&folder, &Value::Null);
    let mut rename = |old: &str, new: &str| {
        let files = json!([{"oldUri": folder.uri(old), "newUri": folder.uri(new)}]);
        client.request("workspace/willRenameFiles", &json!({"files": files}))
    };
    for (old, new) in [
        ("out/vip-9.md", "out/vip-10.md"),
        ("out/vip-9.md", "in/docs/vip-10.md"),
        ("out", "in/docs/new"),
        ("in/docs/linked/vip-9.md", "in/docs/vip-10.md"),
        ("in/docs/vip-9.md", "in/docs/vip-10.md"),
        ("in/docs/linked", "in/docs/new"),
    ] {
        assert_eq!(rename(old, new), Value::Null, "{old}");
    }
    // A link that leads outside goes on leading there, whether something is there or not.
    let edits = rename("in/docs/vip-7.md", "in/docs/old/vip-7.md")["documentChanges"][0]["edits"].clone();
    let texts: Vec<_> = edits.as_array().expect("a list").iter().map(|edit| &edit["newText"]).collect();
    assert_eq!(texts, ["../../../out/vip-9.md", "../../../out/none.md", "../vip-8.md"]);
    assert_ne!(rename("in/docs/vip-7.md", "out/vip-7.md"), Value::Null);
    close(client, "no such path");
}
