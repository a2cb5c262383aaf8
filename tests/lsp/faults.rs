//! What goes wrong on the disk: files that go, that become folders, that cannot be read, and that change unseen.

use std::path::Path;

use serde_json::{Value, json};

use super::client::{Client, Folder, codes};
use super::everything::{able, ask};

const TEMPLATE: &str = "# VIP-`$N`: `$T`\n\n## Introduction _(6 words at most)_\n\n_Say what._\n\n## Design\n";

const OWN: &str = "# VIP-7: A\n\n## Introduction\n\n💡 VIP-8 [8](vip-8.md#größe)\n\n## Plan\n";

const OTHER: &str = "# VIP-8: B\n\n## Größe\n\n💡 VIP-7 [7](vip-7.md#plan)\n";

const INDEX: &str =
    "# All\n\n| VIP | Title | Status |\n| - | - | - |\n| [VIP-7](vip-7.md) | Z | |\n| [VIP-8](vip-8.md) | B | |\n";

const CONFIG: &str = "[rules]\nmissing-section = 'error'\n";

/// What there is besides the proposal that the client has open, and what the file says.
const FILES: [(&str, &str); 4] = [
    ("docs/vip-8.md", OTHER),
    ("docs/vip-template.md", TEMPLATE),
    ("docs/vip-lsp.toml", CONFIG),
    ("docs/index.md", INDEX),
];

/// A client and the folder that it works in, with one proposal open.
struct Session {
    folder: Folder,
    client: Client,
    capabilities: Value,
    uri: String,
    version: i64,
}

fn session() -> Session {
    let folder = Folder::new(&FILES);
    folder.write("docs/vip-7.md", OWN);
    let (mut client, result) = Client::initialized(Some(folder.root()), &able(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, OWN);
    client.request("workspace/symbol", &json!({"query": ""}));
    Session { capabilities: result["capabilities"].clone(), folder, client, uri, version: 1 }
}

impl Session {
    /// The client tells that the file `name` has changed, come or gone.
    fn tell(&mut self, name: &str) {
        let change = json!({"uri": self.folder.uri(name), "type": 2});
        self.client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [change]}));
    }

    fn close(&mut self, name: &str) {
        self.client.notify("textDocument/didClose", &json!({"textDocument": {"uri": self.folder.uri(name)}}));
    }

    /// Asks for everything at each link of the open proposal, and at its title.
    fn ask(&mut self) {
        for (line, character) in [(0, 6), (2, 4), (4, 5), (4, 10)] {
            let place = json!({"line": line, "character": character});
            ask(&mut self.client, &self.capabilities, &self.uri, &place);
        }
    }

    /// The answer to a request about a place in the open proposal, which takes `more` besides.
    fn request(&mut self, method: &str, line: u64, character: u64, more: &Value) -> Value {
        let mut params = more.clone();
        params["textDocument"] = json!({"uri": self.uri});
        params["position"] = json!({"line": line, "character": character});
        self.client.request(method, &params)
    }

    /// What can be told of the file `name` from outside: whether the proposal is known, whether the template asks for
    /// "Design", whether the configuration file's severity holds, and whether the index page is at fault.
    fn is_felt(&mut self, name: &str) -> bool {
        let found = self.client.request("workspace/symbol", &json!({"query": "VIP-8"}));
        self.version += 1;
        let version = self.version;
        self.client.change(&self.uri, version, &json!([{"text": OWN}]));
        let published = self.client.wait(|message| message["params"]["version"] == version)["params"].clone();
        let diagnostics = published["diagnostics"].as_array().expect("a list").clone();
        let missing = diagnostics.iter().filter(|one| one["code"] == "missing-section").collect::<Vec<_>>();
        match name {
            "docs/vip-8.md" => !found.as_array().expect("a list").is_empty(),
            "docs/vip-template.md" => missing.len() == 1,
            "docs/vip-lsp.toml" => missing.iter().all(|one| one["severity"] == 1),
            _ => codes(&published["diagnostics"]).contains(&"index-title".to_owned()),
        }
    }
}

fn remove(path: &Path) {
    std::fs::remove_file(path).expect("a file");
}

#[test]
fn files_that_go_while_they_are_closed_are_gone() {
    for (name, content) in FILES {
        let mut session = session();
        assert!(session.is_felt(name), "{name}");
        remove(&session.folder.path(name));
        session.ask();
        session.tell(name);
        assert!(!session.is_felt(name), "{name}");
        session.ask();
        session.folder.write(name, content);
        session.tell(name);
        assert!(session.is_felt(name), "{name}");
        session.client.close();
    }
}

#[test]
fn files_that_go_while_they_are_open_are_as_in_the_editor_until_they_are_closed() {
    for (name, content) in FILES {
        let mut session = session();
        let uri = session.folder.uri(name);
        session.client.open(&uri, content);
        remove(&session.folder.path(name));
        session.tell(name);
        assert!(session.is_felt(name), "{name}");
        session.ask();
        session.close(name);
        session.tell(name);
        assert!(!session.is_felt(name), "{name}");
        session.ask();
        session.client.close();
    }
    let mut session = session();
    remove(&session.folder.path("docs/vip-7.md"));
    session.tell("docs/vip-7.md");
    session.ask();
    session.close("docs/vip-7.md");
    session.ask();
    session.client.close();
}

#[test]
fn files_that_become_folders_are_gone_and_come_back() {
    for (name, content) in FILES {
        for is_open in [false, true] {
            let mut session = session();
            let uri = session.folder.uri(name);
            if is_open {
                session.client.open(&uri, content);
            }
            remove(&session.folder.path(name));
            std::fs::create_dir(session.folder.path(name)).expect("a folder");
            session.ask();
            session.tell(name);
            assert_eq!(session.is_felt(name), is_open, "{name}");
            session.ask();
            if is_open {
                session.close(name);
                session.tell(name);
                assert!(!session.is_felt(name), "{name}");
            }
            std::fs::remove_dir(session.folder.path(name)).expect("a folder");
            session.folder.write(name, content);
            session.tell(name);
            assert!(session.is_felt(name), "{name}");
            session.client.close();
        }
    }
}

/// Puts something at `path` that cannot be read, which is not up to the rights of whoever runs the tests.
#[cfg(unix)]
fn spoil(path: &Path, how: &str) {
    remove(path);
    match how {
        "not UTF-8" => std::fs::write(path, b"# VIP-8: \xff\n").expect("a file"),
        "a link to nothing" => std::os::unix::fs::symlink("nothing.md", path).expect("a link"),
        "a link to itself" => std::os::unix::fs::symlink(path, path).expect("a link"),
        _ => assert!(std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo").success()),
    }
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_read_harm_nothing_else() {
    for how in ["not UTF-8", "a link to nothing", "a link to itself", "a pipe"] {
        for (name, content) in FILES {
            let mut session = session();
            spoil(&session.folder.path(name), how);
            session.ask();
            session.tell(name);
            assert!(!session.is_felt(name), "{name} as {how}");
            session.ask();
            remove(&session.folder.path(name));
            session.folder.write(name, content);
            session.tell(name);
            assert!(session.is_felt(name), "{name} after {how}");
            session.client.close();
        }
    }
}

/// The lines of the client's log so far that name the file `name`.
fn named(session: &mut Session, name: &str) -> usize {
    // Lines come in order: once this one is there, so are those before it.
    let marker = format!("untitled:marker-{}", session.version);
    session.version += 1;
    session.client.change(&marker, 1, &json!([{"text": ""}]));
    let is_line = |message: &Value, word: &str| {
        message["method"] == "window/logMessage" && message["params"]["message"].to_string().contains(word)
    };
    session.client.wait(|message| is_line(message, &marker));
    // As it stands in JSON.
    let name = if cfg!(windows) { name.replace('/', "\\\\") } else { name.to_owned() };
    session.client.sent().iter().filter(|message| is_line(message, &name)).count()
}

#[test]
fn a_file_that_cannot_be_read_is_named_in_the_log_once() {
    for name in ["docs/vip-8.md", "docs/vip-template.md"] {
        let mut session = session();
        let spoilt = |session: &mut Session| {
            std::fs::write(session.folder.path(name), b"# VIP-8: \xff\n").expect("a file");
            session.tell(name);
            assert!(!session.is_felt(name), "{name}");
            named(session, name)
        };
        assert_eq!(named(&mut session, name), 0, "{name}");
        assert_eq!(spoilt(&mut session), 1, "{name}");
        assert_eq!(spoilt(&mut session), 1, "{name}");
        session.tell("docs/vip-lsp.toml");
        session.client.open(&session.folder.uri("docs/notes.md"), "# Notes\n");
        session.ask();
        assert_eq!(named(&mut session, name), 1, "{name}");
        session.folder.write(name, OTHER);
        session.tell(name);
        session.ask();
        assert_eq!(spoilt(&mut session), 2, "{name}");
        session.client.close();
    }
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

/// The edits of the document whose URI is `uri` in an edit of the workspace.
fn edits_of(edit: &Value, uri: &str) -> Value {
    let mut changes = edit["documentChanges"].as_array().expect("a list").iter();
    let change = changes.find(|change| change["textDocument"]["uri"] == uri);
    change.map(|change| change["edits"].clone()).unwrap_or_default()
}

#[test]
fn places_and_edits_are_those_of_the_files_as_they_are_now() {
    let mut session = session();
    let other = session.folder.uri("docs/vip-8.md");
    session.folder.write("docs/vip-8.md", &format!("💡\n\n{OTHER}"));
    let (others, name) = (json!({"context": {"includeDeclaration": false}}), json!({"newName": "Café"}));
    let found = session.request("textDocument/references", 6, 4, &others);
    assert_eq!(found, json!([{"uri": other, "range": range(6, 9, 27)}]));
    let renamed = session.request("textDocument/rename", 6, 4, &name);
    assert_eq!(edits_of(&renamed, &other), json!([{"range": range(6, 22, 26), "newText": "café"}]));
    let jump = session.request("textDocument/definition", 4, 10, &json!({}));
    assert_eq!(jump["range"]["start"]["line"], 4);
    session.folder.write("docs/vip-8.md", "# VIP-8: B\n");
    assert_eq!(session.request("textDocument/references", 6, 4, &others), json!([]));
    assert_eq!(edits_of(&session.request("textDocument/rename", 6, 4, &name), &other), Value::Null);
    assert_eq!(session.request("textDocument/definition", 4, 10, &json!({}))["range"]["start"]["line"], 0);
    session.client.close();
}

#[test]
fn files_that_change_unseen_between_index_and_request_do_no_harm() {
    let ways: [fn(&Path); 5] = [
        |path| std::fs::write(path, "").expect("a file"),
        |path| std::fs::write(path, "💡".repeat(3)).expect("a file"),
        |path| std::fs::write(path, b"\xff\n\n\n\n\n\n\xff").expect("a file"),
        remove,
        |path| {
            remove(path);
            std::fs::create_dir(path).expect("a folder");
        },
    ];
    for change in ways {
        for (name, _) in FILES {
            let mut session = session();
            change(&session.folder.path(name));
            session.ask();
            let other = session.folder.uri("docs/vip-8.md");
            let moved = json!({"files": [{"oldUri": other, "newUri": session.folder.uri("vip-8.md")}]});
            session.client.request("workspace/willRenameFiles", &moved);
            session.client.close();
        }
    }
}

#[test]
fn a_proposal_that_is_gone_gets_no_other_number() {
    let mut session = session();
    remove(&session.folder.path("docs/vip-8.md"));
    let place = json!({"line": 4, "character": 7});
    let params = json!({"textDocument": {"uri": session.uri}, "position": place, "newName": "12"});
    let refused = session.client.refusal("textDocument/rename", &params);
    assert_eq!(refused, "\"vip-8.md\" can no longer be read; restore it first");
    session.client.close();
}

#[cfg(unix)]
#[test]
fn folders_that_contain_themselves_are_read_once() {
    let folder = Folder::new(&FILES);
    for (to, link) in [("docs", "docs/again"), ("", "docs/all"), ("two", "one"), ("one", "two")] {
        std::os::unix::fs::symlink(folder.path(to), folder.path(link)).expect("a link");
    }
    let (mut client, result) = Client::initialized(Some(folder.root()), &able(), &Value::Null);
    let found = client.request("workspace/symbol", &json!({"query": "VIP-8"}));
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: A\n\n[8](again/again/all/docs/vip-8.md) [1](../one/vip-8.md)\n\n## Introduction\n");
    for character in [2, 40] {
        ask(&mut client, &result["capabilities"], &uri, &json!({"line": 2, "character": character}));
    }
    client.close();
}

/// How much of a document is read.
const MAX_BYTES: usize = 1024 * 1024;

#[test]
fn a_file_of_100_megabytes_is_left_alone() {
    let folder = Folder::new(&FILES);
    let large = std::fs::File::create(folder.path("docs/vip-5.md")).expect("a file");
    large.set_len(100 << 20).expect("room for a file without content");
    let (mut client, result) = Client::initialized(Some(folder.root()), &able(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: A\n\n[5](vip-5.md) [5](vip-5.md#x) VIP-5\n\n## Introduction\n\n## Design\n");
    for character in [2, 16, 32] {
        ask(&mut client, &result["capabilities"], &uri, &json!({"line": 2, "character": character}));
    }
    let found = client.request("workspace/symbol", &json!({"query": "VIP-5"}));
    assert_eq!(found, json!([]));
    let jump = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 2}});
    assert_eq!(client.request("textDocument/definition", &jump)["uri"], folder.uri("docs/vip-5.md"));
    client.close();
}

#[test]
fn a_document_just_over_the_limit_is_answered_and_one_just_within_it_is_read() {
    let folder = Folder::new(&FILES);
    let (mut client, result) = Client::initialized(Some(folder.root()), &able(), &Value::Null);
    let uri = folder.uri("docs/vip-5.md");
    let start = "# VIP-5: A\n\n## Introduction\n\n## Design\n\n";
    let text = format!("{start}{}", "line\n".repeat(MAX_BYTES / 5));
    client.open(&uri, &text[..MAX_BYTES + 1]);
    while client.published_codes(&uri) != ["document-too-large"] {}
    for character in [2, 6] {
        ask(&mut client, &result["capabilities"], &uri, &json!({"line": 0, "character": character}));
    }
    client.change(&uri, 2, &json!([{"text": text[..MAX_BYTES]}]));
    while client.published_codes(&uri) == ["document-too-large"] {}
    client.close();
}
