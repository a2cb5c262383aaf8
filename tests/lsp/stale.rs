//! Several open documents that speak of each other: after each edit, what the client was sent of all of them is what a fresh server
//! would say.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use vip_lsp::document::Document;
use vip_lsp::workspace::{DocumentId, Workspace};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable};

/// What is open, and what each may say.
const TEXTS: [(&str, [&str; 4]); 6] = [
    (
        "docs/vip-template.md",
        [
            TEMPLATE,
            "# VIP-\\<number\\>: Title\n\n* **Author(s)**: *The authors*\n* **Status**: *Draft, Accepted*\n\n## Introduction\n\n*What?*\n\n## Design\n",
            "# VIP-\\<number\\>: Title\n\n* **Status**: *Draft, Accepted*\n\n## Plan\n\n## Introduction\n\n*What?*\n\n## Cost\n\n## Design\n",
            "# VIP-\\<number\\>: Title\n\n* **Status**: *Draft, Accepted*\n\n## Design\n\n## Introduction\n\n*Why?*\n",
        ],
    ),
    (
        "docs/vip-7.md",
        [
            "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\n[a](notes.md#aims) [b](vip-8.md#design) [c](#design)\n\n## Design\n\nB.\n",
            "# VIP-7: A\n\n- **Status**: Accepted\n\n## Introduction\n\n[a](notes.md#mark) [b](vip-8.md#own)\n\n## Design\n\n[x][y]\n\n[y]: notes.md#aims\n",
            "# VIP-7: Other\n\n- **Status**: Draft\n\n## Introduction\n\n[a](notes.md#none) [b](#own)\n\n## Own\n\n## Design\n\nB.\n",
            "# VIP-8: A\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\n[n](none.md)\n",
        ],
    ),
    (
        "docs/vip-8.md",
        [
            "# VIP-8: B\n\n- **Status**: Draft\n\n## Introduction\n\n[a](vip-7.md#design)\n\n## Design\n\nB.\n",
            "# VIP-8: B\n\n- **Status**: Accepted\n\n## Introduction\n\n[a](vip-7.md#own)\n\n## Own\n\n## Design\n\nB.\n",
            "# VIP-8: Cache\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n",
            "",
        ],
    ),
    (
        "docs/vip-08-again.md",
        [
            "# VIP-8: Again\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n",
            "# VIP-9: Again\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n",
            "# Again\n\n## Introduction\n\n[m](notes.md#mark)\n\n## Design\n\nB.\n",
            "# VIP-8: Moved\n\nMoved to [VIP-7](vip-7.md).\n",
        ],
    ),
    (
        "docs/notes.md",
        [
            "# Notes\n\n## Aims\n\n<a id=\"mark\"></a>\n",
            "# Notes\n\n## Goals\n\n<a id=\"mark\"></a>\n",
            "# Notes\n\nAims\n----\n\nx\n",
            "# Notes\n\n```\n## Aims\n```\n",
        ],
    ),
    (
        "docs/index.md",
        [
            "# All\n\n| VIP | Title | Status |\n|-|-|-|\n| [VIP-7](vip-7.md) | A | Draft |\n| [VIP-8](vip-8.md) | B | Draft |\n| [VIP-8](vip-08-again.md) | Again | Draft |\n",
            "# All\n\n| VIP | Title | Status |\n|-|-|-|\n| [VIP-7](vip-7.md) | A | Accepted |\n| [VIP-8](vip-8.md) | Cache | Draft |\n",
            "# All\n\n- [VIP-7: A](vip-7.md)\n- [VIP-8: B](vip-8.md)\n- [VIP-9: C](vip-9.md)\n",
            "# Nothing\n",
        ],
    ),
];

/// How many edits there are.
const EDITS: usize = 60;

/// What is said of each document: codes and messages, in order.
type Said = BTreeMap<String, Vec<(String, String)>>;

/// What a workspace says that has just been opened, with `texts` in the editor.
fn expected(folder: &Folder, texts: &[(&str, &str)]) -> Said {
    let workspace = Workspace::default();
    workspace.set_roots(vec![folder.root().to_owned()]);
    let id = |name: &str| DocumentId::file(&folder.path(name));
    for (name, text) in texts {
        workspace.put(id(name), Arc::new(Document::open(text)));
    }
    workspace.read_all();
    let said = |name: &str| {
        let found = workspace.page(&id(name)).map(|page| workspace.diagnostics(&page)).unwrap_or_default();
        found.iter().map(|found| (found.rule.id.to_owned(), found.message.to_string())).collect()
    };
    texts.iter().map(|(name, _)| (folder.uri(name), said(name))).collect()
}

#[test]
fn what_was_sent_is_what_a_fresh_server_says() {
    // Enough others to tell what is usual: they have no author and no design.
    let names: Vec<String> = (20..27).map(|number| format!("docs/vip-{number}.md")).collect();
    let other = "# VIP-20: O\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Plan\n\nB.\n";
    let others = names.iter().map(|name| (name.as_str(), other));
    let files: Vec<(&str, &str)> = TEXTS.iter().map(|(name, texts)| (*name, texts[0])).chain(others).collect();
    let folder = Folder::new(&files);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let mut texts: Vec<(&str, &str)> = TEXTS.iter().map(|(name, texts)| (*name, texts[0])).collect();
    for (name, text) in &texts {
        client.open(&folder.uri(name), text);
    }
    let mut said = Said::new();
    agree(&mut client, &mut said, &expected(&folder, &texts), "opening");
    let mut random = 11_usize;
    let mut below = |end: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % end
    };
    for edit in 0..EDITS {
        let (place, text) = (below(TEXTS.len()), below(4));
        let (name, choices) = TEXTS[place];
        texts[place].1 = choices[text];
        client.change(&folder.uri(name), edit as i64 + 2, &json!([{"text": choices[text]}]));
        agree(&mut client, &mut said, &expected(&folder, &texts), &format!("{name} {text}"));
    }
    client.close();
}

/// Waits until what the client was sent is `expected`, which has to come in time.
fn agree(client: &mut Client, said: &mut Said, expected: &Said, edit: &str) {
    while said != expected {
        let is_news = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
        let still = |said: &Said| {
            expected.iter().find(|(uri, found)| said.get(*uri) != Some(*found)).map(|(uri, _)| uri.clone())
        };
        let of = still(said).expect("one differs");
        let news = client.try_wait(is_news).unwrap_or_else(|| {
            panic!("after {edit}, {of} has {:?}, and a fresh server says {:?}", said.get(&of), expected[&of])
        });
        let diagnostics = news["params"]["diagnostics"].as_array().expect("a list");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let found = diagnostics.iter().map(|found| (text(&found["code"]), text(&found["message"])));
        said.insert(text(&news["params"]["uri"]), found.collect());
    }
}
