//! Highlights and linked editing, in every encoding.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

fn capabilities(encoding: &str) -> Value {
    let mut capabilities = capable();
    capabilities["general"] = json!({"positionEncodings": [encoding]});
    capabilities["textDocument"]["documentHighlight"] = json!({});
    capabilities["textDocument"]["linkedEditingRange"] = json!({});
    capabilities
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

fn place(uri: &str, line: u64, character: u64) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

#[test]
fn a_heading_and_its_links_are_highlighted_from_each_other() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities(encoding), &Value::Null);
        assert_eq!(result["capabilities"]["documentHighlightProvider"], true);
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, "# VIP-7: A\n\n💡 VIP-8 💡 [own](#-part) [VIP-8](vip-8.md)\n\n## 💡 Part\n");
        let mut highlights =
            |line, character| client.request("textDocument/documentHighlight", &place(&uri, line, character));
        let link = 8 + 2 * width;
        let expected = json!([
            {"range": range(2, link, link + 13), "kind": 2},
            {"range": range(4, 3, 8 + width), "kind": 3},
        ]);
        assert_eq!(highlights(2, link), expected, "{encoding}");
        assert_eq!(highlights(4, 8 + width), expected, "{encoding}");
        let number = json!([{"range": range(2, width + 1, width + 6), "kind": 2}]);
        assert_eq!(highlights(2, width + 1), number, "{encoding}");
        assert_eq!(highlights(2, 0), Value::Null, "{encoding}");
        client.close();
    }
}

#[test]
fn the_number_is_edited_wherever_it_stands() {
    for (encoding, width) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities(encoding), &Value::Null);
        assert_eq!(result["capabilities"]["linkedEditingRangeProvider"], true);
        let uri = folder.uri("docs/vip-12.md");
        client.open(&uri, "---\ntitle: 💡 VIP-12\nslug: vip-13\n---\n\n# 💡 VIP-12: A\n\nVIP-12\n");
        let mut linked =
            |line, character| client.request("textDocument/linkedEditingRange", &place(&uri, line, character));
        let ranges = [range(1, 12 + width, 14 + width), range(5, 7 + width, 9 + width)];
        let expected = json!({"ranges": ranges, "wordPattern": "\\d+"});
        assert_eq!(linked(1, 14 + width), expected, "{encoding}");
        assert_eq!(linked(5, 7 + width), expected, "{encoding}");
        for (line, character) in [(2, 11), (5, 0), (7, 5)] {
            assert_eq!(linked(line, character), Value::Null, "{encoding}");
        }
        client.close();
    }
}

#[test]
fn rows_of_an_index_page_that_lead_to_the_same_proposal_are_highlighted() {
    let folder = Folder::new(&[("docs/vip-template.md", TEMPLATE)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities("utf-16"), &Value::Null);
    let uri = folder.uri("docs/index.md");
    client.open(&uri, "💡 [VIP-8](vip-8.md)\n\n- [VIP-8](vip-8.md)\n- [VIP-7](vip-7.md)\n");
    let found = client.request("textDocument/documentHighlight", &place(&uri, 2, 4));
    let read = |range: Value| json!({"range": range, "kind": 2});
    assert_eq!(found, json!([read(range(0, 3, 20)), read(range(2, 2, 19))]));
    client.close();
}

#[test]
fn tokens_are_not_announced_to_a_client_that_knows_no_type_of_them() {
    let (client, result) = Client::initialized(None, &capable(), &Value::Null);
    assert_eq!(result["capabilities"].get("semanticTokensProvider"), None);
    client.close();
}
