//! Whatever is typed into a document: all that is said of it is what is said of a fresh one.
//!
//! `VIP_LSP_EDITED` names a folder whose documents are edited in place of those that are made up, `VIP_LSP_EDITS` how many edits there
//! are in all: `VIP_LSP_EDITED=repository VIP_LSP_EDITS=100000 cargo test --release --test properties editing`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use vip_lsp::document::Document;
use vip_lsp::text::{Edit, Offset, Span};
use vip_lsp::workspace::{DocumentId, Workspace, files};

use crate::generate::{BLOCKS, STARTS};
use crate::random::Random;
use crate::targets::sameness::check_same;

/// How many edits there are in all.
const EDITS: usize = 6_000;

/// After how many edits of a document the two are compared.
const EVERY: usize = 20;

/// How many edits of one document follow each other.
const ROUND: usize = 200;

/// What is put in, besides what the documents have.
const TYPED: [&str; 40] = [
    "x",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "#",
    "## ",
    "### Scope\n",
    "- ",
    "1. ",
    "> ",
    "```\n",
    "~~~",
    "    ",
    "|",
    "| a | b |\n|---|---|\n",
    "<!--",
    "-->",
    "<div>\n",
    "</div>",
    "<a id=\"x\"></a>",
    "[a](#scope)",
    "[b](vip-8.md)",
    "[c][d]",
    "\n\n[d]: e.md\n\n",
    "[^1]",
    "\n\n[^1]: note\n\n",
    "---\n",
    "===\n",
    "***\n",
    "`",
    "*",
    "_",
    "$",
    "💡",
    "é",
    "一",
    "(n)=\n",
    "{#own}",
];

#[test]
fn edits_leave_what_a_fresh_document_has() {
    let edits = std::env::var("VIP_LSP_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(EDITS);
    let made_up = tempfile::tempdir().expect("a folder");
    let folder = std::env::var_os("VIP_LSP_EDITED").map_or_else(
        || {
            make_up(made_up.path());
            made_up.path().to_owned()
        },
        PathBuf::from,
    );
    let workspace = Workspace::default();
    workspace.set_roots(vec![folder.clone()]);
    workspace.read_all();
    let documents: Vec<PathBuf> = workspace.overviews().into_iter().map(|found| found.path).collect();
    assert!(!documents.is_empty(), "there are proposals in {}", folder.display());
    let mut random = Random(17);
    let mut done = 0;
    while done < edits {
        let path = &documents[random.below(documents.len())];
        if let Ok(content) = files::read(path, &files::Roots::default()) {
            edit(&workspace, path, &content, &mut random);
            done += ROUND;
        }
    }
}

/// Proposals by the built-in template, of all kinds of blocks.
fn make_up(folder: &Path) {
    let mut random = Random(3);
    for number in 1..=24 {
        let mut content = STARTS[random.below(STARTS.len())].to_owned();
        for _ in 0..number * 4 {
            content.push_str(BLOCKS[random.below(BLOCKS.len())]);
            content.push_str("\n\n");
            if random.below(4) == 0 {
                content.push_str(
                    ["## Scope\n\n", "para\nName | Type\n-----|----\na | b\n\n", "====\n\t====\n====\n\n"]
                        [random.below(3)],
                );
                content.push_str(
                    ["Para,\n2) Design\n---\n\n", "[x]: y\n## Design\n\n", "See [a](#scope) and VIP-3.\n\n"]
                        [random.below(3)],
                );
            }
        }
        std::fs::write(folder.join(format!("vip-{number}.md")), content).expect("a file");
    }
}

/// Edits the document at `path`, which says `content`, and compares it now and then.
fn edit(workspace: &Workspace, path: &Path, content: &str, random: &mut Random) {
    let id = DocumentId::file(path);
    let mut document = Arc::new(Document::open(content));
    let mut seen = Vec::new();
    for round in 1..=ROUND {
        let mut edits = document.edit();
        for _ in 0..=random.below(3) / 2 {
            let text = edits.text().clone();
            let at = text.floor(Offset::new(random.below(text.len() + 1)));
            let reach = [0, 0, 0, 1, 2, 30, 300][random.below(7)];
            let end = text.floor(Offset::new((at.get() + reach).min(text.len())));
            let content = match random.below(8) {
                0 => String::new(),
                1 => {
                    let from = text.floor(Offset::new(random.below(text.len() + 1)));
                    let to = text.floor(Offset::new((from.get() + random.below(400)).min(text.len())));
                    text.slice(Span::new(from, to)).into_owned()
                }
                _ => TYPED[random.below(TYPED.len())].to_owned(),
            };
            seen.push((at.get()..end.get(), content.clone()));
            edits.apply(&Edit { span: Span::new(at, end), content });
        }
        document = Arc::new(Document::edited(edits));
        workspace.put(id.clone(), document.clone());
        // What is kept of one version is there for the next.
        if round % EVERY == 0 {
            check_same(workspace, &id, &document, &|| format!("{} after {seen:?}", path.display()));
        } else if let Some(page) = workspace.page(&id) {
            workspace.diagnostics(&page);
        }
    }
    workspace.remove(&id);
}
