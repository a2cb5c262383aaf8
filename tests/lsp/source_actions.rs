//! Actions on the whole document: with their edits, or with edits that are computed when they are taken.

use serde_json::{Value, json};

use super::client::{Client, Folder, applied};
use super::{TEMPLATE, capable};

const TEXT: &str = "# VIP-7: 💡\n\n- **Status**: _Drafft_\n\n## Appendix\n\n## Introduction\n\n_Say what changes._\n";

fn can_resolve() -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    capabilities
}

/// The actions at `line` that are of the kind `source` or below.
fn actions(client: &mut Client, uri: &str, line: u32, only: Value) -> Vec<Value> {
    let mut context = json!({"diagnostics": []});
    if !only.is_null() {
        context["only"] = only;
    }
    let place = json!({"line": line, "character": 3});
    let params = json!({"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context});
    let actions = client.request("textDocument/codeAction", &params);
    let actions = actions.as_array().cloned().unwrap_or_default();
    let is_source = |action: &Value| action["kind"].as_str().is_some_and(|kind| kind.starts_with("source"));
    actions.into_iter().filter(is_source).collect()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().expect("a title")).collect()
}

const REWRITES: [&str; 3] = ["Insert all required sections", "Remove all guidance", "Order the sections"];

#[test]
fn rewrites_are_offered_by_name_and_at_the_title_where_there_is_something_to_do() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, result) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    assert_eq!(result["capabilities"]["codeActionProvider"].get("resolveProvider"), None);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, TEXT);
    let by_name = actions(&mut client, &uri, 6, json!(["source"]));
    assert_eq!(titles(&by_name), ["Apply all safe fixes", REWRITES[0], REWRITES[1], REWRITES[2]]);
    assert_eq!(by_name[1]["kind"], "source");
    let insertion = &by_name[1]["edit"]["documentChanges"][0]["edits"];
    assert!(applied(TEXT, insertion).contains("\n## Design\n"));
    assert_eq!(titles(&actions(&mut client, &uri, 0, Value::Null)), REWRITES);
    assert_eq!(titles(&actions(&mut client, &uri, 6, Value::Null)), Vec::<&str>::new());
    for only in ["source.fixAll", "source.organizeImports", "quickfix"] {
        let found = actions(&mut client, &uri, 0, json!([only]));
        assert!(titles(&found).iter().all(|title| !REWRITES.contains(title)), "{only}");
    }
    client.change(&uri, 2, &json!([{"text": "# VIP-7: A\n\n## Introduction\n\n## Design\n"}]));
    assert_eq!(titles(&actions(&mut client, &uri, 0, json!(["source"]))), Vec::<&str>::new());
    client.close();
}

#[test]
fn edits_are_computed_when_an_action_is_taken_and_for_the_text_as_it_is_then() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, result) = Client::initialized(Some(folder.root()), &can_resolve(), &Value::Null);
    assert_eq!(result["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, TEXT);
    let found = actions(&mut client, &uri, 0, json!(["source"]));
    assert_eq!(titles(&found), ["Apply all safe fixes", REWRITES[0], REWRITES[1], REWRITES[2]]);
    assert!(found.iter().all(|action| action.get("edit").is_none() && action["data"]["uri"] == uri));
    let resolved = |client: &mut Client, version: u64, text: &str, action: usize| {
        let edit = client.request("codeAction/resolve", &found[action])["edit"]["documentChanges"][0].clone();
        assert_eq!(edit["textDocument"], json!({"uri": uri, "version": version}));
        applied(text, &edit["edits"])
    };
    assert_eq!(resolved(&mut client, 1, TEXT, 0), TEXT.replace("Drafft", "Draft"));
    let longer = format!("💡\n\n{TEXT}");
    client.change(&uri, 2, &json!([{"text": longer}]));
    assert_eq!(resolved(&mut client, 2, &longer, 2), longer.replace("\n\n_Say what changes._", ""));
    client.change(&uri, 3, &json!([{"text": "# VIP-7: A\n\n## Introduction\n\n## Design\n"}]));
    for action in &found {
        assert_eq!(client.request("codeAction/resolve", action), *action);
    }
    client.close();
}

#[test]
fn an_action_that_has_its_edit_stays_and_one_from_elsewhere_is_refused() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &can_resolve(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    let with_edit = json!({"title": "A", "edit": {"changes": {}}});
    assert_eq!(client.request("codeAction/resolve", &with_edit), with_edit);
    for data in [Value::Null, json!(7), json!({"uri": uri, "what": "other"}), json!({"what": "fixAll"})] {
        let message = client.refusal("codeAction/resolve", &json!({"title": "A", "data": data}));
        assert_eq!(message, "the code action is not from this server; request actions again");
    }
    let closed = json!({"title": "A", "data": {"uri": uri, "what": {"rewrite": "orderSections"}}});
    assert_eq!(client.refusal("codeAction/resolve", &closed), "vip-7.md is not open; open it first");
    client.close();
}
