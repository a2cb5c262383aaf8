//! Completion, outline, quick fixes, and edits in each position encoding.

use serde_json::{Value, json};

use super::client::{Client, applied, codes};
use super::{PROPOSAL, capable, workspace};

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

#[test]
fn places_and_edits_count_in_the_negotiated_encoding() {
    for (offered, expected, width) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 4),
        (json!(["utf-16", "utf-32"]), "utf-16", 2),
        (json!(["utf-32"]), "utf-32", 1),
        (Value::Null, "utf-16", 2),
    ] {
        let folder = workspace();
        let mut capabilities = capable();
        if !offered.is_null() {
            capabilities["general"] = json!({"positionEncodings": offered});
        }
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert_eq!(result["capabilities"]["positionEncoding"], expected);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: 💡💡 C\n\n## Introduction\n\na 💡 b\n\n## Design\n\n## Appendix\n");
        assert_eq!(client.published_codes(&uri), Vec::<String>::new());
        // Behind the sign: more words than allowed. In the title: one sign and the space behind it go.
        let behind = at(4, 2 + width);
        let changes = json!([
            {"range": {"start": behind, "end": behind}, "text": " c d e f g 💡"},
            {"range": {"start": at(0, 9 + width), "end": at(0, 10 + 2 * width)}, "text": ""},
        ]);
        client.change(&uri, 2, &changes);
        let published = client.published(&uri);
        assert_eq!(codes(&published["diagnostics"]), ["section-too-long"], "{expected}");
        let mut found = published["diagnostics"].as_array().expect("a list").iter();
        let found = found.find(|found| found["code"] == "section-too-long").expect("it is found");
        assert_eq!(
            found["relatedInformation"][0]["location"]["range"],
            json!({"start": at(4, 2 + width + 11 + width + 1), "end": at(4, 2 + width + 11 + width + 2)}),
        );
        let symbols = client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
        assert_eq!(symbols[0]["name"], "VIP-7: 💡C", "{expected}");
        assert_eq!(symbols[0]["selectionRange"], json!({"start": at(0, 2), "end": at(0, 10 + width)}));
        client.close();
    }
}

#[test]
fn the_outline_is_nested_or_flat() {
    for is_nested in [true, false] {
        let folder = workspace();
        let mut capabilities = capable();
        capabilities["textDocument"]["documentSymbol"]["hierarchicalDocumentSymbolSupport"] = json!(is_nested);
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, PROPOSAL);
        let symbols = client.request("textDocument/documentSymbol", &json!({"textDocument": {"uri": uri}}));
        if is_nested {
            let children = symbols[0]["children"].as_array().expect("children");
            let names: Vec<_> = children.iter().map(|child| child["name"].as_str().expect("a name")).collect();
            assert_eq!(names, ["Status", "💡 Own", "Introduction"]);
            assert_eq!((&children[0]["detail"], &children[2]["detail"]), (&json!("Draft"), &json!("7/6 words")));
            assert_eq!(children[2]["range"], json!({"start": at(6, 0), "end": at(9, 0)}));
            assert_eq!(children[2]["selectionRange"], json!({"start": at(6, 3), "end": at(6, 15)}));
        } else {
            let names: Vec<_> = symbols.as_array().expect("a list").iter().map(|symbol| &symbol["name"]).collect();
            assert_eq!(names, ["VIP-7: Cache 💡", "Status", "💡 Own", "Introduction"]);
            assert_eq!(symbols[3]["containerName"], "VIP-7: Cache 💡");
            assert_eq!(symbols[3]["location"], json!({"uri": uri, "range": {"start": at(6, 0), "end": at(9, 0)}}));
        }
        client.close();
    }
}

#[test]
fn a_quick_fix_removes_its_diagnostic() {
    for with_versions in [true, false] {
        let folder = workspace();
        let mut capabilities = capable();
        capabilities["workspace"]["workspaceEdit"]["documentChanges"] = json!(with_versions);
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let uri = folder.uri("docs/vip-7.md");
        let text = PROPOSAL.replace('\n', "\r\n");
        client.open(&uri, &text);
        let diagnostics = client.published(&uri)["diagnostics"].clone();
        let missing: Vec<_> =
            diagnostics.as_array().expect("a list").iter().filter(|found| found["code"] == "missing-section").collect();
        let request = |only: Value| {
            let mut context = json!({"diagnostics": missing});
            if !only.is_null() {
                context["only"] = only;
            }
            json!({"textDocument": {"uri": uri}, "range": {"start": at(6, 5), "end": at(6, 5)}, "context": context})
        };
        assert_eq!(client.request("textDocument/codeAction", &request(json!(["source.organizeImports"]))), Value::Null);
        let actions = client.request("textDocument/codeAction", &request(Value::Null));
        let titles: Vec<_> = actions
            .as_array()
            .expect("a list")
            .iter()
            .map(|action| action["title"].as_str().expect("a title"))
            .collect();
        assert_eq!(
            titles,
            [
                "Insert section \"Design\"",
                "Insert section \"Design\" with the template's guidance",
                "Insert all 2 missing sections",
                "Insert section \"Appendix\"",
                "Disable `section-too-long` for this line",
                "Disable `section-too-long` for this file",
                "Disable `missing-section` after \"Introduction\"",
                "Disable `missing-section` for this file",
                "Disable `missing-optional-section` after \"Introduction\"",
                "Disable `missing-optional-section` for this file",
            ]
        );
        let action = &actions[0];
        assert_eq!((&action["kind"], &action["isPreferred"]), (&json!("quickfix"), &json!(true)));
        assert_eq!(action["diagnostics"][0], *missing[0]);
        assert_eq!(actions[2]["diagnostics"].as_array().map(Vec::len), Some(2));
        let edits = match with_versions {
            true => {
                let change = &action["edit"]["documentChanges"][0];
                assert_eq!(change["textDocument"], json!({"uri": uri, "version": 1}));
                &change["edits"]
            }
            false => &action["edit"]["changes"][&uri],
        };
        let fixed = applied(&text, edits);
        assert_eq!(fixed, text + "\r\n## Design\r\n");
        client.change(&uri, 2, &json!([{"text": fixed}]));
        assert_eq!(client.published_codes(&uri), ["section-too-long", "missing-optional-section"]);
        client.close();
    }
}

#[test]
fn fixes_are_offered_anywhere_in_the_line_to_a_client_that_names_its_diagnostics() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, PROPOSAL);
    let all = client.published(&uri)["diagnostics"].clone();
    let mut offered = |line: u32, known: &Value| {
        let params = json!({
            "textDocument": {"uri": uri}, "range": {"start": at(line, 0), "end": at(line, 0)},
            "context": {"diagnostics": known}
        });
        client.request("textDocument/codeAction", &params).as_array().map_or(0, Vec::len)
    };
    assert_eq!([offered(8, &json!([])), offered(8, &all), offered(7, &all)], [0, 8, 0]);
    client.close();
}

#[test]
fn what_a_fix_inserts_has_the_cursor_where_the_author_writes_on() {
    for takes_snippets in [true, false] {
        let folder = workspace();
        let mut capabilities = capable();
        capabilities["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(takes_snippets);
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, PROPOSAL);
        client.published(&uri);
        let params = json!({
            "textDocument": {"uri": uri}, "range": {"start": at(6, 5), "end": at(6, 5)}, "context": {"diagnostics": []}
        });
        let actions = client.request("textDocument/codeAction", &params);
        let edits = &actions[0]["edit"]["documentChanges"][0]["edits"];
        let range = json!({"start": at(8, 37), "end": at(8, 37)});
        let expected = match takes_snippets {
            true => json!([{"range": range, "snippet": {"kind": "snippet", "value": "\n\n## Design\n\n$0"}}]),
            false => json!([{"range": range, "newText": "\n\n## Design"}]),
        };
        assert_eq!(edits, &expected);
        client.close();
    }
}

#[test]
fn all_safe_fixes_are_applied_at_once() {
    let folder = workspace();
    let (mut client, result) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let kinds = &result["capabilities"]["codeActionProvider"]["codeActionKinds"];
    assert_eq!(kinds, &json!(["quickfix", "source.fixAll.vip-lsp", "source", "vip-lsp.suppress"]));
    let uri = folder.uri("docs/vip-7.md");
    let text = "# VIP-7: 💡\n\n- **Status**: _Drafft_\n\n## Introduction\n\n## Design\n\n## Appendix\n\n\
                <!-- vip-lsp-disable missing-section -->\n";
    client.open(&uri, text);
    assert_eq!(client.published_codes(&uri), ["invalid-metadata-value", "unused-suppression"]);
    let mut ask = |line: u32, only: Value| {
        let mut context = json!({"diagnostics": []});
        if !only.is_null() {
            context["only"] = only;
        }
        let range = json!({"start": at(line, 15), "end": at(line, 15)});
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        client.request("textDocument/codeAction", &params)
    };
    let kinds = |actions: &Value| {
        let kinds = actions.as_array().expect("a list").iter().map(|action| action["kind"].clone());
        kinds.filter(|kind| kind != "quickfix" && kind != "vip-lsp.suppress").collect::<Vec<_>>()
    };
    for only in ["source", "source.fixAll", "source.fixAll.vip-lsp"] {
        let actions = ask(0, json!([only]));
        assert_eq!(actions[0]["title"], "Apply all safe fixes");
        let edits = &actions[0]["edit"]["documentChanges"][0]["edits"];
        let fixed = text.replace("Drafft", "Draft");
        assert_eq!(applied(text, edits), fixed.split("\n<!--").next().expect("a first part"));
    }
    for only in ["source.fixAll.other", "source.fix", "refactor"] {
        assert_eq!(ask(0, json!([only])), Value::Null, "{only}");
    }
    assert_eq!(kinds(&ask(2, json!(["quickfix"]))), Vec::<Value>::new());
    // In the menu it stands where there is something safe to do.
    assert_eq!(kinds(&ask(2, Value::Null)), ["source.fixAll.vip-lsp"]);
    assert_eq!(kinds(&ask(4, Value::Null)), Vec::<Value>::new());
    client.close();
}

#[test]
fn code_actions_are_not_announced_to_a_client_that_cannot_take_them() {
    let (client, result) = Client::initialized(None, &json!({}), &Value::Null);
    assert_eq!(result["capabilities"].get("codeActionProvider"), None);
    client.close();
}

#[test]
fn hover_explains_a_diagnostic_as_markdown_or_as_plain_text() {
    for (formats, kind) in [(json!(["markdown", "plaintext"]), "markdown"), (json!(["plaintext"]), "plaintext")] {
        let folder = workspace();
        let mut capabilities = capable();
        capabilities["textDocument"]["hover"] = json!({"contentFormat": formats});
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert_eq!(result["capabilities"]["hoverProvider"], true);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: 💡\n\n- **Status**: _💡 Drafft_\n\n## Introduction\n\n## Design\n");
        let mut hover = |line: u32, character: u32| {
            let params = json!({"textDocument": {"uri": uri}, "position": at(line, character)});
            client.request("textDocument/hover", &params)
        };
        let shown = hover(2, 20);
        assert_eq!(shown["range"], json!({"start": at(2, 18), "end": at(2, 24)}));
        assert_eq!(shown["contents"]["kind"], kind);
        let value = shown["contents"]["value"].as_str().expect("a text");
        assert!(value.starts_with("`invalid-metadata-value`\n\nReported when "), "{value}");
        assert_eq!(hover(2, 0), Value::Null);
        client.close();
    }
}

#[test]
fn a_diagnostic_links_to_its_rule_where_the_client_follows_links() {
    for (follows, shows) in [(true, false), (true, true), (false, true)] {
        let folder = workspace();
        let mut capabilities = capable();
        capabilities["textDocument"]["publishDiagnostics"]["codeDescriptionSupport"] = json!(follows);
        capabilities["experimental"] = json!({"showsRules": shows});
        let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: 💡\n");
        let found = client.published(&uri)["diagnostics"][0].clone();
        let repository = Some(env!("CARGO_PKG_REPOSITORY")).filter(|repository| follows && !repository.is_empty());
        let on_the_web = repository.map(|repository| format!("{repository}/blob/main/RULES.md#stub-proposal"));
        let href = if follows && shows { Some("vip-lsp-rule:/stub-proposal.md".to_owned()) } else { on_the_web };
        assert_eq!(found.get("codeDescription"), href.map(|href| json!({"href": href})).as_ref());
        client.close();
    }
}

#[test]
fn completion_as_snippets_or_as_plain_text() {
    for has_snippets in [true, false] {
        let folder = workspace();
        let mut capabilities = capable();
        capabilities["textDocument"]["completion"]["completionItem"]["snippetSupport"] = json!(has_snippets);
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert_eq!(
            result["capabilities"]["completionProvider"]["triggerCharacters"],
            json!(["#", " ", ":", "(", "[", "/", "-"])
        );
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: 💡\n\n- **Status**: \n\n## Introduction\n\n## De\n");
        let mut complete = |line: u32, character: u32| {
            let params = json!({"textDocument": {"uri": uri}, "position": at(line, character)});
            client.request("textDocument/completion", &params)
        };
        let sections = complete(6, 5);
        assert_eq!(sections.as_array().map(Vec::len), Some(2));
        let design = &sections[0];
        let new_text = if has_snippets { "## Design\n\n$0" } else { "## Design" };
        assert_eq!(design["textEdit"], json!({"range": {"start": at(6, 0), "end": at(6, 5)}, "newText": new_text}));
        assert_eq!(design.get("insertTextFormat"), has_snippets.then_some(&json!(2)));
        assert_eq!((&design["label"], &design["preselect"]), (&json!("## Design"), &json!(true)));
        assert_eq!(design["documentation"], json!({"kind": "markdown", "value": "_Say how._"}));
        let values = complete(2, 14);
        assert_eq!(
            values[1]["textEdit"],
            json!({"range": {"start": at(2, 14), "end": at(2, 14)}, "newText": "Accepted"})
        );
        assert_eq!(complete(0, 3), Value::Null);
        client.close();
    }
}
