//! Commands, in every encoding, and with clients that cannot do what they need.

use serde_json::{Value, json};

use super::client::{Client, Folder, applied};
use super::{TEMPLATE, capable};

/// All names, in the order in which they are announced.
const NAMES: [&str; 12] = [
    "vip-lsp.insertMissingSections",
    "vip-lsp.removeGuidance",
    "vip-lsp.orderSections",
    "vip-lsp.showReadiness",
    "vip-lsp.showReferences",
    "vip-lsp.explain",
    "vip-lsp.newProposal",
    "vip-lsp.addSetting",
    "vip-lsp.rule",
    "vip-lsp.migrate",
    "vip-lsp.graph",
    "vip-lsp.migrateAll",
];

/// Those for which a client needs to be able to do nothing else.
const FOR_EVERYONE: [&str; 5] = [NAMES[3], NAMES[4], NAMES[5], NAMES[8], NAMES[10]];

fn can_execute() -> Value {
    let mut capabilities = capable();
    capabilities["workspace"] = json!({
        "applyEdit": true,
        "workspaceEdit": {
            "documentChanges": true, "resourceOperations": ["create"], "changeAnnotationSupport": {"groupsOnLabel": true},
        },
    });
    capabilities["window"] = json!({"showDocument": {"support": true}});
    capabilities
}

fn started(folder: &Folder, capabilities: &Value) -> Client {
    let (mut client, _) = Client::initialized(Some(folder.root()), capabilities, &Value::Null);
    client.answers.push(("workspace/applyEdit", json!({"applied": true})));
    client.answers.push(("window/showDocument", json!({"success": true})));
    client
}

fn execute(client: &mut Client, command: &str, arguments: Value) -> Value {
    client.request("workspace/executeCommand", &json!({"command": command, "arguments": arguments}))
}

fn refused(client: &mut Client, command: &str, arguments: Value) -> String {
    client.refusal("workspace/executeCommand", &json!({"command": command, "arguments": arguments}))
}

/// The next message to the user: its type, and what it says.
fn message(client: &mut Client) -> (u64, String) {
    let shown = client.next("window/showMessage");
    (shown["type"].as_u64().expect("a type"), shown["message"].as_str().expect("a text").to_owned())
}

#[test]
fn commands_are_announced_as_far_as_the_client_can_take_them() {
    let commands = |capabilities: &Value| {
        let (client, result) = Client::initialized(None, capabilities, &Value::Null);
        client.close();
        result["capabilities"]["executeCommandProvider"]["commands"].clone()
    };
    // Neovim has commands executed and does not say so.
    assert_eq!(commands(&json!({})), json!(FOR_EVERYONE));
    assert_eq!(commands(&can_execute()), json!(NAMES));
    let mut without_files = can_execute();
    without_files["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["rename"]);
    assert_eq!(commands(&without_files), json!([&NAMES[..6], &NAMES[8..]].concat()));
    let mut without_edits = can_execute();
    without_edits["workspace"]["applyEdit"] = json!(false);
    assert_eq!(commands(&without_edits), json!(FOR_EVERYONE));
}

#[test]
fn missing_sections_come_in_and_the_others_into_order() {
    for with_versions in [true, false] {
        let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
        let mut capabilities = can_execute();
        capabilities["workspace"]["workspaceEdit"] = json!({"documentChanges": with_versions});
        let mut client = started(&folder, &capabilities);
        let uri = folder.uri("docs/vip-7.md");
        let mut text = "# VIP-7: 💡\r\n\r\n## Appendix\r\n\r\n💡\r\n\r\n## Introduction\r\n".to_owned();
        client.open(&uri, &text);
        for (version, command, expected) in [
            (1, NAMES[2], "# VIP-7: 💡\r\n\r\n## Introduction\r\n\r\n## Appendix\r\n\r\n💡\r\n"),
            (2, NAMES[0], "# VIP-7: 💡\r\n\r\n## Introduction\r\n\r\n## Design\r\n\r\n## Appendix\r\n\r\n💡\r\n"),
        ] {
            assert_eq!(execute(&mut client, command, json!([uri])), Value::Null);
            let edit = client.next("workspace/applyEdit")["edit"].clone();
            let edits = match with_versions {
                true => {
                    assert_eq!(edit["documentChanges"][0]["textDocument"], json!({"uri": uri, "version": version}));
                    edit["documentChanges"][0]["edits"].clone()
                }
                false => edit["changes"][&uri].clone(),
            };
            text = applied(&text, &edits);
            assert_eq!(text, expected);
            client.change(&uri, version + 1, &json!([{"text": text}]));
        }
        for (command, expected) in [
            (NAMES[0], "no section is missing"),
            (NAMES[1], "none of the template's guidance is left"),
            (NAMES[2], "no section is out of order"),
        ] {
            assert_eq!(execute(&mut client, command, json!([uri])), Value::Null);
            assert_eq!(message(&mut client), (3, expected.to_owned()));
        }
        assert!(client.drain().iter().all(|message| message["method"] != "workspace/applyEdit"));
        client.close();
    }
}

#[test]
fn guidance_is_removed_at_its_place_in_every_encoding() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let template =
            "# VIP-`$NUMBER`: `$TITLE`\n\n## 💡 Idea _(6 words at most)_\n\n_Say what changes._\n\n## Design\n";
        let folder = Folder::new(&[("docs/vip-template.md", template)]);
        let mut capabilities = can_execute();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let mut client = started(&folder, &capabilities);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: A\n\n## 💡 Idea _(6 words at most)_\n\n_Say what changes._\n\nMine.\n");
        execute(&mut client, NAMES[1], json!([uri]));
        let edits = client.next("workspace/applyEdit")["edit"]["documentChanges"][0]["edits"].clone();
        let at = |line: u64, character: u64| json!({"line": line, "character": character});
        let expected = json!([
            {"range": {"start": at(2, 8 + width), "end": at(2, 28 + width)}, "newText": ""},
            {"range": {"start": at(4, 0), "end": at(6, 0)}, "newText": ""},
        ]);
        assert_eq!(edits, expected, "{encoding}");
        client.close();
    }
}

#[test]
fn an_edit_that_the_client_does_not_make_is_told_to_the_user() {
    for (answer, expected) in [
        (json!({"applied": false, "failureReason": "it is locked"}), "the editor did not apply the edit: it is locked"),
        (json!({"applied": false}), "the editor did not apply the edit: it gives no reason"),
    ] {
        let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
        let mut client = started(&folder, &can_execute());
        client.answers.insert(0, ("workspace/applyEdit", answer));
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: A\n\n## Introduction\n");
        execute(&mut client, NAMES[0], json!([uri]));
        assert_eq!(message(&mut client), (1, expected.to_owned()));
        assert_eq!(execute(&mut client, NAMES[6], json!([])), Value::Null);
        assert_eq!(message(&mut client), (1, expected.to_owned()));
        assert!(client.drain().iter().all(|message| message["method"] != "window/showDocument"));
        client.close();
    }
}

#[test]
fn readiness_is_shown_and_returned() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let mut client = started(&folder, &can_execute());
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: 💡\n\n- **Status**: Draft\n\n## Introduction\n\nOne 💡 two.\n");
    let found = execute(&mut client, NAMES[3], json!([uri]));
    let end = json!({"line": 6, "character": 11});
    let end = json!({"start": end, "end": end});
    let expected = json!({
        "name": "VIP-7", "status": "Draft", "next": "Accepted", "sections": {"done": 1, "required": 2},
        "length": {"section": "Introduction", "count": 2, "limit": 6, "unit": "words"},
        "reasons": ["section \"Design\" is missing"],
        "line": "VIP-7 is not ready for Accepted: section \"Design\" is missing",
        "todo": [
            {
                "message": "section \"Design\" is missing; add it after \"Introduction\"", "required": true, "range": end,
            },
            {
                "message": "optional section \"Appendix\" is missing; add it after \"Introduction\" if it applies",
                "required": false, "range": end,
            },
        ],
    });
    assert_eq!(found, expected);
    let line = "VIP-7 is not ready for Accepted: section \"Design\" is missing";
    assert_eq!(message(&mut client), (3, line.to_owned()));
    client.change(
        &uri,
        2,
        &json!([{"text": "# VIP-7: 💡\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n"}]),
    );
    execute(&mut client, NAMES[3], json!([uri]));
    assert_eq!(message(&mut client), (3, "VIP-7 is ready for Accepted".to_owned()));
    client.close();
}

#[test]
fn a_client_that_lists_what_is_left_to_do_gets_no_message() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let mut capabilities = can_execute();
    capabilities["experimental"] = json!({"showsReadiness": true});
    let mut client = started(&folder, &capabilities);
    let uri = folder.uri("docs/vip-7.md");
    client.open(
        &uri,
        "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\na b c d e f g h\n\n## Design\n\n## Design\n\nB.\n",
    );
    let found = execute(&mut client, NAMES[3], json!([uri]));
    let todo: Vec<(bool, String, u64)> = found["todo"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|todo| {
            let text = todo["message"].as_str().expect("a text").to_owned();
            (todo["required"] == true, text, todo["range"]["start"]["line"].as_u64().expect("a line"))
        })
        .collect();
    // What is required comes first; a text that is too long leads to where the excess starts.
    assert_eq!(todo[0], (true, "\"Introduction\" is over by 2 words".to_owned(), 6), "{todo:?}");
    assert_eq!(found["todo"][0]["range"]["start"]["character"], 12);
    assert!(todo.is_sorted_by_key(|(is_required, ..)| !is_required) && todo.len() > 1, "{todo:?}");
    assert!(client.drain().iter().all(|message| message["method"] != "window/showMessage"));
    client.close();
}

#[test]
fn the_next_proposal_is_made_filled_in_and_shown() {
    let folder = Folder::new(&[("dö cs/vip-template.md", TEMPLATE), ("dö cs/vip-9.md", "# VIP-9: A\n\n## Design\n")]);
    let mut client = started(&folder, &can_execute());
    let found = execute(&mut client, NAMES[6], json!([{"title": "Größe 💡"}]));
    let uri = found["uri"].as_str().expect("a URI").to_owned();
    assert!(uri.ends_with("/d%C3%B6%20cs/vip-10.md"), "{uri}");
    assert_eq!(found["number"], 10);
    let edit = client.next("workspace/applyEdit");
    assert_eq!(edit["label"], "New proposal");
    let start = json!({"line": 0, "character": 0});
    let text = TEMPLATE.replace("VIP-`$NUMBER`: `$TITLE`", "VIP-10: Größe 💡");
    let text = text.replace("_one of ['Draft', 'Accepted']_", "Draft");
    let expected = json!([
        {"kind": "create", "uri": uri, "options": {"overwrite": false, "ignoreIfExists": false}},
        {
            "textDocument": {"uri": uri, "version": null},
            "edits": [{"range": {"start": start, "end": start}, "newText": text}],
        },
    ]);
    assert_eq!(edit["edit"]["documentChanges"], expected);
    // The first thing to fill in is the text of the first section.
    let place = json!({"line": 6, "character": 0});
    let first = json!({"start": place, "end": place});
    assert_eq!(client.next("window/showDocument"), json!({"uri": uri, "takeFocus": true, "selection": first}));
    let elsewhere = execute(&mut client, NAMES[6], json!([{"folder": folder.uri("old")}]));
    assert_eq!(elsewhere, json!({"uri": folder.uri("old/vip-10.md"), "number": 10}));
    client.close();
}

#[test]
fn the_next_proposal_gets_a_row_on_the_index_page_in_every_encoding() {
    let index = "# All\r\n\r\n| 💡 | VIP | Title |\r\n| - | - | - |\r\n| 💡 | [VIP-9](vip-9.md) | A 💡 |\r\n";
    let open = index.replace("# All", "# All\r\n\r\n💡");
    let row = "\r\n|   | [VIP-10](vip-10.md) | Größe |";
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        for (is_open, version) in [(false, Value::Null), (true, json!(1))] {
            let folder = Folder::new(&[
                ("docs/vip-template.md", TEMPLATE),
                ("docs/vip-9.md", "# VIP-9: A 💡\n\n## Design\n"),
                ("docs/index.md", index),
            ]);
            let mut capabilities = can_execute();
            capabilities["general"] = json!({"positionEncodings": [encoding]});
            let mut client = started(&folder, &capabilities);
            let uri = folder.uri("docs/index.md");
            if is_open {
                client.open(&uri, &open);
            }
            let made = execute(&mut client, NAMES[6], json!([{"title": "Größe"}]));
            assert_eq!(made["changed"], json!([uri]));
            let operations = client.next("workspace/applyEdit")["edit"]["documentChanges"].clone();
            let end = json!({"line": if is_open { 6 } else { 4 }, "character": 29 + 2 * width});
            let expected = json!({
                "textDocument": {"uri": uri, "version": version},
                "edits": [{"range": {"start": end, "end": end}, "newText": row}],
            });
            assert_eq!(operations[0]["kind"], "create");
            assert_eq!(operations[2], expected, "{encoding}");
            assert_eq!(operations[3], Value::Null);
            client.close();
        }
    }
}

#[test]
fn a_new_document_is_shown_only_where_the_client_can() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    let mut capabilities = can_execute();
    capabilities["window"] = json!({});
    let mut client = started(&folder, &capabilities);
    assert_eq!(client.request("workspace/executeCommand", &json!({"command": NAMES[6]}))["number"], 1);
    assert!(client.drain().iter().all(|message| message["method"] != "window/showDocument"));
    client.close();
}

#[test]
fn what_a_command_does_not_understand_is_refused() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE), ("docs/notes.md", "# Notes\n")]);
    let mut client = started(&folder, &can_execute());
    let notes = folder.uri("docs/notes.md");
    client.open(&notes, "# Notes\n");
    let unknown = refused(&mut client, "other.command", json!([]));
    assert_eq!(unknown, format!("there is no command \"other.command\"; use one of {}", NAMES.join(", ")));
    for name in &NAMES[..5] {
        for arguments in [json!([]), json!([7]), json!(["no URI"]), json!([null]), json!([notes, notes])] {
            let message = refused(&mut client, name, arguments);
            let expected = "got the wrong arguments; pass the URI of a document";
            assert_eq!(message, format!("\"{name}\" {expected}"));
        }
        let why = "notes.md is not a proposal: it has 0 of the 4 headings and metadata keys of docs/vip-template.md, the nearest \
                   template: too few";
        assert_eq!(refused(&mut client, name, json!([notes])), why);
        let closed = folder.uri("docs/vip-7.md");
        assert_eq!(refused(&mut client, name, json!([closed])), "vip-7.md is not open; open it first");
    }
    for odd in [json!([7]), json!([{"name": "A"}]), json!([{"title": 7}]), json!([{"folder": "docs"}]), json!([{}, {}])]
    {
        assert!(refused(&mut client, NAMES[6], odd).starts_with("\"vip-lsp.newProposal\" got the wrong arguments"));
    }
    for outside in [folder.uri("../elsewhere"), "file:///".to_owned(), "untitled:docs".to_owned()] {
        let message = refused(&mut client, NAMES[6], json!([{"folder": outside}]));
        assert!(message.contains("is not a folder"), "{message}");
    }
    client.close();
}

#[test]
fn a_command_that_was_not_announced_is_refused() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let mut client = started(&folder, &capable());
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, "# VIP-7: A\n\n## Introduction\n");
    for name in NAMES.iter().filter(|name| !FOR_EVERYONE.contains(name)) {
        assert!(refused(&mut client, name, json!([uri])).starts_with("there is no command"));
    }
    for name in FOR_EVERYONE {
        let argument = if name == NAMES[8] { "missing-section" } else { &uri };
        assert_ne!(execute(&mut client, name, json!([argument])), Value::Null);
    }
    client.close();
}

#[test]
fn a_rule_has_the_page_that_the_command_line_prints() {
    let (mut client, _) = Client::initialized(None, &json!({}), &Value::Null);
    let all = execute(&mut client, NAMES[8], json!([]));
    assert_eq!(all.as_array().map(Vec::len), Some(vip_lsp::rules::RULES.len()));
    for rule in all.as_array().expect("a list") {
        let id = rule["id"].as_str().expect("an ID");
        let printed = std::process::Command::new(env!("CARGO_BIN_EXE_vip-lsp")).args(["rule", id]).output();
        let printed = String::from_utf8(printed.expect("an output").stdout).expect("UTF-8");
        assert_eq!(execute(&mut client, NAMES[8], json!([id])), json!(printed), "{id}");
        assert!(printed.contains(&format!("Severity: {}.", rule["severity"].as_str().expect("a word"))), "{printed}");
        assert!(printed.contains(rule["summary"].as_str().expect("a summary")), "{printed}");
    }
    let message = refused(&mut client, NAMES[8], json!(["mising-section"]));
    assert_eq!(message, "there is no rule \"mising-section\"; did you mean \"missing-section\"?");
    for odd in [json!([7]), json!([null]), json!(["missing-section", "missing-section"])] {
        let message = refused(&mut client, NAMES[8], odd);
        assert_eq!(message, "\"vip-lsp.rule\" got the wrong arguments; pass the ID of a rule, or nothing");
    }
    client.close();
}

#[test]
fn the_next_proposal_goes_where_the_user_is_in_a_document_or_a_folder() {
    let folder = Folder::new(&[
        ("one/vip-template.md", TEMPLATE),
        ("one/vip-9.md", "# VIP-9: A\n\n## Design\n"),
        ("two/vip-template.md", TEMPLATE),
        ("two/vip-3.md", "# VIP-3: B\n\n## Design\n"),
    ]);
    let mut client = started(&folder, &can_execute());
    for (near, expected) in [("one", 10), ("two", 4), ("one/vip-9.md", 10), ("two/vip-3.md", 4)] {
        for argument in [json!({"near": folder.uri(near)}), json!({"folder": folder.uri(near.split_at(3).0)})] {
            let found = execute(&mut client, NAMES[6], json!([argument]));
            let uri = folder.uri(&format!("{}/vip-{expected}.md", &near[..3]));
            assert_eq!(found, json!({"uri": uri, "number": expected}), "{argument}");
        }
    }
    client.close();
}
