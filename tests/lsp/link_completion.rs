//! Completion of numbers, paths, anchors and labels, in every encoding.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

const OWN: &str = "# VIP-7: A\n\n## Größe\n\n💡 VIP-\n💡 VIP-1\n💡 [a](vip-8.md)\n💡 [a](arch\n💡 [a](old/\n💡 [a](#\n💡 [a](<vip-8.md#x> b\n💡 [a][b\n\
                   💡 [a](a%20b/\n💡 [a](<a b/C\n💡 [a](a%20b/C%23.md#\n💡 ![a](\n\
                   💡 `VIP-\n💡 XVIP-\n```\n[a](vip\n```\n\n[l]: vip-8.md\n";

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-7.md", OWN),
        ("docs/vip-8.md", "# VIP-8: Bär\n\n- **Status**: Draft\n\n## Introduction\n\nIt is.\n\n## 💡 Ideas\n"),
        ("docs/vip-012.md", "# VIP-12: C\n"),
        ("docs/old/vip 1.md", "# VIP-1: Old\n"),
        ("docs/a b/C#.md", "# C\n\n## Größe\n"),
        ("docs/picture.png", "x"),
        ("docs/.hidden.md", "x"),
    ])
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

#[test]
fn what_a_link_or_number_can_lead_to_is_offered() {
    for (encoding, sign) in [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)] {
        let folder = folder();
        let mut capabilities = capable();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        capabilities["workspace"]["symbol"] = json!({});
        let (mut client, result) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
        assert_eq!(result["capabilities"]["completionProvider"]["resolveProvider"], true);
        client.request("workspace/symbol", &json!({"query": ""}));
        let uri = folder.uri("docs/vip-7.md");
        client.open(&uri, OWN);
        let complete = |client: &mut Client, line: u64, character: u64| {
            let place = json!({"line": line, "character": character});
            let context = json!({"triggerKind": 2, "triggerCharacter": "-"});
            let params = json!({"textDocument": {"uri": uri}, "position": place, "context": context});
            client.request("textDocument/completion", &params)
        };
        let mut check = |line: u64, character: u64, labels: &[&str], from: u64, to: u64| {
            let found = complete(&mut client, line, character);
            let items = found.as_array().map(Vec::as_slice).unwrap_or_default();
            assert_eq!(items.iter().map(|item| &item["label"]).collect::<Vec<_>>(), labels, "{encoding} {line}");
            for item in items {
                assert_eq!(item["textEdit"]["range"], range(line, from, to), "{encoding} {line}");
            }
        };
        let start = sign + 1;
        check(4, start + 4, &["VIP-8", "VIP-12"], start + 4, start + 4);
        check(5, start + 5, &["VIP-12"], start + 4, start + 5);
        check(
            6,
            start + 4,
            &["a b/", "old/", "vip-012.md", "vip-7.md", "vip-8.md", "vip-template.md"],
            start + 4,
            start + 12,
        );
        check(6, start + 8, &["vip-012.md", "vip-7.md", "vip-8.md", "vip-template.md"], start + 4, start + 12);
        check(7, start + 8, &[], 0, 0);
        check(8, start + 8, &["vip 1.md"], start + 8, start + 8);
        check(9, start + 5, &["vip-7-a", "größe"], start + 5, start + 5);
        check(10, start + 14, &["vip-8-bär", "introduction", "-ideas"], start + 14, start + 15);
        check(11, start + 5, &["l"], start + 4, start + 5);
        check(12, start + 10, &["C#.md"], start + 10, start + 10);
        check(13, start + 10, &["C#.md"], start + 9, start + 10);
        check(14, start + 18, &["c", "größe"], start + 18, start + 18);
        check(15, start + 5, &["a b/", "old/", "picture.png"], start + 5, start + 5);
        check(16, start + 5, &[], 0, 0);
        check(17, start + 5, &[], 0, 0);
        check(19, 7, &[], 0, 0);

        let item = complete(&mut client, 4, start + 4)[0].clone();
        assert_eq!((&item["detail"], &item["textEdit"]["newText"]), (&json!("Bär"), &json!("8")));
        let resolved = client.request("completionItem/resolve", &item);
        let shown = json!({"kind": "markdown", "value": "**VIP-8: Bär**\n\nDraft\n\nIt is."});
        assert_eq!(resolved["documentation"], shown, "{encoding}");
        let path = complete(&mut client, 8, start + 8)[0].clone();
        assert_eq!(path["textEdit"]["newText"], "vip%201.md");
        for line in [12, 13] {
            let path = complete(&mut client, line, start + 10)[0].clone();
            assert_eq!(path["textEdit"]["newText"], "C%23.md");
        }
        client.close();
    }
}
