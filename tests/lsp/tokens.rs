//! Semantic tokens, in every encoding: whole, and of a range.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

const TYPES: [&str; 4] = ["keyword", "number", "comment", "parameter"];

fn can_colour(types: &[&str], requests: &Value) -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["semanticTokens"] =
        json!({"requests": requests, "tokenTypes": types, "tokenModifiers": [], "formats": ["relative"]});
    capabilities
}

fn folder() -> Folder {
    Folder::new(&[("docs/vip-template.md", TEMPLATE)])
}

fn full(client: &mut Client, uri: &str) -> Value {
    client.request("textDocument/semanticTokens/full", &json!({"textDocument": {"uri": uri}}))
}

#[test]
fn tokens_are_sent_whole_and_of_a_range() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = folder();
        let mut capabilities = can_colour(&TYPES, &json!({"full": true, "range": true}));
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let legend = json!({"tokenTypes": ["comment", "parameter", "number"], "tokenModifiers": []});
        assert_eq!(
            result["capabilities"]["semanticTokensProvider"],
            json!({"legend": legend, "full": true, "range": true})
        );
        let uri = folder.uri("docs/vip-7.md");
        client.open(
            &uri,
            "# 💡 VIP-7: `$TITLE`\n\n💡 VIP-8 💡 VIP-9\n\n## Introduction _(6 words at most)_\n\n- _Say what\n  changes._\n",
        );
        let title = [0, 3 + width, 5, 2, 0, 0, 8, 6, 1, 0];
        let prose = [2, 1 + width, 5, 2, 0, 0, 7 + width, 5, 2, 0];
        let rest = [2, 16, 19, 0, 0, 2, 2, 9, 0, 0, 1, 2, 9, 0, 0];
        assert_eq!(full(&mut client, &uri)["data"], json!([&title[..], &prose[..], &rest[..]].concat()), "{encoding}");

        client.change(
            &uri,
            2,
            &json!([{"range": {"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}}, "text": ""}]),
        );
        let rest = [3, 16, 19, 0, 0, 2, 2, 9, 0, 0, 1, 2, 9, 0, 0];
        assert_eq!(full(&mut client, &uri)["data"], json!([&title[..], &rest[..]].concat()), "{encoding}");

        let range = json!({"start": {"line": 0, "character": 5 + width}, "end": {"line": 0, "character": 9 + width}});
        let params = json!({"textDocument": {"uri": uri}, "range": range});
        let part = client.request("textDocument/semanticTokens/range", &params);
        assert_eq!(part, json!({"data": title[..5]}), "{encoding}");
        client.close();
    }
}

#[test]
fn only_what_the_client_takes_is_announced_and_sent() {
    let folder = folder();
    for (types, requests, expected) in [
        (&TYPES[..], json!({}), Value::Null),
        (&TYPES[..], json!({"full": false, "range": false}), Value::Null),
        (&TYPES[..1], json!({"full": true, "range": true}), Value::Null),
        (&TYPES[..2], json!({"full": true}), json!({"full": true})),
        (&TYPES[..2], json!({"full": {}}), json!({"full": true})),
        (&TYPES[..2], json!({"full": {"delta": true}}), json!({"full": true})),
        (&TYPES[..2], json!({"range": true}), json!({"range": true})),
        (&TYPES[..2], json!({"range": {}}), json!({"range": true})),
    ] {
        let capabilities = can_colour(types, &requests);
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        let mut provider = result["capabilities"]["semanticTokensProvider"].clone();
        if let Some(provider) = provider.as_object_mut() {
            let legend = provider.remove("legend");
            assert_eq!(legend, Some(json!({"tokenTypes": ["number"], "tokenModifiers": []})));
        }
        assert_eq!(provider, expected, "{requests}");
        if provider["full"] == true {
            let uri = folder.uri("docs/vip-7.md");
            client.open(&uri, "# VIP-7: `$TITLE`\n\nVIP-8\n");
            assert_eq!(full(&mut client, &uri), json!({"data": [0, 2, 5, 0, 0, 2, 0, 5, 0, 0]}));
        }
        client.close();
    }
}

#[test]
fn the_client_is_told_to_ask_again_when_the_template_changes() {
    let folder = folder();
    let mut capabilities = can_colour(&TYPES, &json!({"full": true}));
    capabilities["workspace"]["semanticTokens"] = json!({"refreshSupport": true});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    client.next("workspace/semanticTokens/refresh");
    let template = folder.uri("docs/vip-template.md");
    client.open(&template, "# VIP-`$N`: `$T`\n");
    client.next("workspace/semanticTokens/refresh");
    client.close();
}
