//! Proposals that are found by themselves: in every layout, and while files come, move and go.

use std::path::Path;

use serde_json::{Value, json};

use super::capable;
use super::client::{Client, Folder, codes};
use super::layouts::{DOCUMENT, LAYOUTS, NOTES, TEMPLATE};

/// The codes of what is published for the open document `uri`, once all files are read.
fn found(client: &mut Client, uri: &str, version: i64) -> Vec<String> {
    client.request("workspace/symbol", &json!({"query": ""}));
    client.change(uri, version, &json!([{"text": DOCUMENT}]));
    let is_it = |params: &Value| params["version"] == version && params["uri"] == uri;
    codes(&client.wait(|message| is_it(&message["params"]))["params"]["diagnostics"])
}

#[test]
fn every_layout_is_understood_without_a_setting() {
    for layout in &LAYOUTS {
        let folder = Folder::new(&layout.files());
        let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
        let documents = layout.documents.iter().map(|name| (name, vec!["missing-section".to_owned()]));
        let silent = layout.silent.iter().map(|name| (name, Vec::new()));
        for (name, expected) in documents.chain(silent) {
            let uri = folder.uri(name);
            client.open(&uri, DOCUMENT);
            assert_eq!(found(&mut client, &uri, 2), expected, "{}: {name}", layout.name);
        }
        client.close();
    }
}

#[test]
fn a_document_is_known_at_once_where_its_template_is_near() {
    for (template, name) in [
        ("0000-template.md", "text/0001-a.md"),
        (".github/XIP-TEMPLATE.md", "XIP-0001/README.md"),
        ("xeps/NNNN-xep-template/README.md", "xeps/area/12-caches/README.md"),
    ] {
        let folder = Folder::new(&[(template, TEMPLATE), (name, DOCUMENT), (".git/HEAD", "ref: x\n")]);
        // Without a folder nothing is read but what is near.
        let (mut client, _) = Client::initialized(None, &capable(), &Value::Null);
        let uri = folder.uri(name);
        client.open(&uri, DOCUMENT);
        assert_eq!(client.published_codes(&uri), ["missing-section"], "{name}");
        client.close();
    }
}

/// A client with one document open, in a folder that has others.
struct Session {
    folder: Folder,
    client: Client,
    /// Whether the client watches the folder, and the server does not.
    watches: bool,
    uri: String,
}

impl Session {
    fn new(files: &[(&str, &str)], open: &str, watches: bool) -> Session {
        let folder = Folder::new(files);
        let mut capabilities = capable();
        capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": watches});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        client.request("workspace/symbol", &json!({"query": ""}));
        let uri = folder.uri(open);
        client.open(&uri, DOCUMENT);
        Session { folder, client, watches, uri }
    }

    /// Tells of the changes of the files `names`, as far as the client watches.
    fn tell(&mut self, names: &[&str]) {
        if self.watches {
            let change = |name: &&str| {
                let kind = if self.folder.path(name).exists() { 1 } else { 3 };
                json!({"uri": self.folder.uri(name), "type": kind})
            };
            let changes: Vec<Value> = names.iter().map(change).collect();
            self.client.notify("workspace/didChangeWatchedFiles", &json!({"changes": changes}));
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        let path = self.folder.path(to);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::rename(self.folder.path(from), path).expect("it is there");
        self.tell(&[from, to]);
    }

    /// Takes diagnostics of the open document until they are those.
    fn expect(&mut self, expected: &[&str]) {
        let uri = self.uri.clone();
        while self.client.published_codes(&uri) != expected {}
    }
}

/// Runs `test` with a client that watches and with one that does not.
fn for_both(files: &[(&str, &str)], open: &str, test: impl Fn(&mut Session)) {
    for watches in [true, false] {
        let mut session = Session::new(files, open, watches);
        test(&mut session);
        session.client.close();
    }
}

const MISSING: [&str; 1] = ["missing-section"];

#[test]
fn a_template_that_comes_changes_its_name_and_goes_is_followed() {
    for_both(&[("text/0001-a.md", DOCUMENT), ("text/0002-b.md", DOCUMENT)], "text/0001-a.md", |session| {
        session.expect(&[]);
        session.folder.write("0000-template.md", TEMPLATE);
        session.tell(&["0000-template.md"]);
        session.expect(&MISSING);
        session.rename("0000-template.md", "notes.txt");
        session.expect(&[]);
        session.rename("notes.txt", "TEMPLATE.md");
        session.expect(&MISSING);
        std::fs::remove_file(session.folder.path("TEMPLATE.md")).expect("a file");
        session.tell(&["TEMPLATE.md"]);
        session.expect(&[]);
    });
}

#[test]
fn a_templates_folder_that_moves_is_followed() {
    let files =
        [("templates/xip-template.md", TEMPLATE), ("docs/xips/xip-1.md", DOCUMENT), ("docs/xips/xip-2.md", DOCUMENT)];
    for_both(&files, "docs/xips/xip-1.md", |session| {
        session.expect(&MISSING);
        let (from, to) = ("templates/xip-template.md", "more/docs/xip-template.md");
        std::fs::create_dir(session.folder.path("more")).expect("a folder");
        std::fs::rename(session.folder.path("templates"), session.folder.path("more/docs")).expect("a folder");
        session.folder.write(to, &TEMPLATE.replace("## Drawbacks\n", ""));
        session.tell(&[from, to]);
        session.expect(&[]);
    });
}

#[test]
fn a_document_that_moves_into_a_family_and_out_of_it_is_followed() {
    let files = [("docs/adr/template.md", TEMPLATE), ("docs/adr/0001-a.md", DOCUMENT), ("notes/b.md", DOCUMENT)];
    for_both(&files, "notes/b.md", |session| {
        session.expect(&[]);
        for (from, to, expected) in
            [("notes/b.md", "docs/adr/0002-b.md", &MISSING[..]), ("docs/adr/0002-b.md", "other/b.md", &[])]
        {
            session.client.notify("textDocument/didClose", &json!({"textDocument": {"uri": session.folder.uri(from)}}));
            session.rename(from, to);
            session.uri = session.folder.uri(to);
            let uri = session.uri.clone();
            session.client.open(&uri, DOCUMENT);
            session.expect(expected);
        }
    });
}

#[test]
fn an_open_template_counts_as_the_editor_has_it() {
    let files = [("docs/template.md", NOTES), ("docs/adr/0001-a.md", DOCUMENT), ("docs/adr/0002-b.md", DOCUMENT)];
    for_both(&files, "docs/adr/0001-a.md", |session| {
        session.expect(&[]);
        let template = session.folder.uri("docs/template.md");
        session.client.open(&template, TEMPLATE);
        session.expect(&MISSING);
        session.client.change(&template, 2, &json!([{"text": NOTES}]));
        session.expect(&[]);
    });
}

#[test]
fn a_new_document_is_one_of_the_family_before_it_is_saved() {
    let files = [("docs/adr/template.md", TEMPLATE), ("docs/adr/0001-a.md", DOCUMENT)];
    for_both(&files, "docs/adr/0002-b.md", |session| session.expect(&MISSING));
}

#[test]
fn why_a_file_is_a_proposal_or_none_is_said() {
    let files = [("0000-template.md", TEMPLATE), ("text/0001-a.md", DOCUMENT), ("notes.md", NOTES)];
    let folder = Folder::new(&files);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let mut explain = |name: &str| {
        let arguments = json!([folder.uri(name)]);
        client.request("workspace/executeCommand", &json!({"command": "vip-lsp.explain", "arguments": arguments}))
    };
    let proposal = explain("text/0001-a.md");
    assert_eq!(
        (&proposal["proposal"], &proposal["family"], &proposal["kind"]),
        (&json!(true), &json!("text"), &json!("template"))
    );
    assert_eq!(proposal["template"], folder.uri("0000-template.md"));
    let notes = explain("notes.md");
    assert_eq!((&notes["proposal"], &notes["template"]), (&json!(false), &Value::Null));
    let reason = "it has 0 of the 7 headings and metadata keys of 0000-template.md, the nearest template: too few";
    assert_eq!(notes["reasons"], json!([reason]));
    assert_eq!(notes["suggestion"]["likely"], false);
    client.close();
}

#[test]
fn the_setting_that_is_missing_is_added_to_the_file() {
    for before in ["", "[rules]\nmissing-section = 'off'\n"] {
        let files = [("docs/TEMPLATE.md", TEMPLATE), ("docs/glossary.md", DOCUMENT), ("docs/words.md", DOCUMENT)];
        let folder = Folder::new(&files);
        if !before.is_empty() {
            folder.write("vip-lsp.toml", before);
        }
        let mut capabilities = capable();
        capabilities["workspace"] =
            json!({"applyEdit": true, "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        client.answers.push(("workspace/applyEdit", json!({"applied": true})));
        let arguments = json!([folder.uri("docs/words.md")]);
        let command = json!({"command": "vip-lsp.addSetting", "arguments": arguments});
        let added = client.request("workspace/executeCommand", &command);
        assert_eq!(added["uri"], folder.uri("vip-lsp.toml"));
        let changes = client.next("workspace/applyEdit")["edit"]["documentChanges"].clone();
        let changes = changes.as_array().expect("a list");
        assert_eq!(changes[0]["kind"] == "create", before.is_empty());
        let edit = &changes[changes.len() - 1]["edits"];
        let after = super::client::applied(before, edit);
        assert!(after.starts_with(before), "{after}");
        write_and_see(&folder, &mut client, &after);
        client.close();
    }
}

/// With the settings `content`, a document beside the template that has no number is a proposal.
fn write_and_see(folder: &Folder, client: &mut Client, content: &str) {
    folder.write("vip-lsp.toml", content);
    let change = json!({"uri": folder.uri("vip-lsp.toml"), "type": 1});
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [change]}));
    let arguments = json!([folder.uri("docs/words.md")]);
    let command = json!({"command": "vip-lsp.explain", "arguments": arguments});
    let found = client.request("workspace/executeCommand", &command);
    assert_eq!((&found["proposal"], &found["kind"]), (&json!(true), &json!("setting")), "{content}: {found}");
    assert!(Path::new(found["template"].as_str().expect("a URI")).ends_with("docs/TEMPLATE.md"));
}

#[test]
fn a_setting_that_means_no_file_is_shown_at_its_place() {
    let settings = "include = ['none/*.md']\n";
    let folder =
        Folder::new(&[("0000-template.md", TEMPLATE), ("text/0001-a.md", DOCUMENT), ("vip-lsp.toml", settings)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    client.open(&folder.uri("text/0001-a.md"), DOCUMENT);
    let uri = folder.uri("vip-lsp.toml");
    let diagnostics = client.published(&uri)["diagnostics"].clone();
    let message = "include[0]: no file matches \"none/*.md\"; correct the path or remove it";
    assert_eq!((&diagnostics[0]["message"], &diagnostics[0]["severity"]), (&json!(message), &json!(2)));
    let place = |character: u64| json!({"line": 0, "character": character});
    assert_eq!(diagnostics[0]["range"], json!({"start": place(11), "end": place(22)}));
    folder.write("none/a.md", NOTES);
    let change = json!({"uri": folder.uri("none/a.md"), "type": 1});
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [change]}));
    while !client.published_codes(&uri).is_empty() {}
    client.close();
}
