//! What rules see of the workspace.

use super::*;
use crate::rules::{self, Diagnostic};
use crate::workspace::tests::Folder;

fn messages(workspace: &Workspace, folder: &Folder, name: &str) -> Vec<String> {
    let content = files::read(&folder.path(name), &files::Roots::default()).expect("a file");
    let id = DocumentId::file(&folder.path(name));
    let snapshot = workspace.snapshot(&id, Arc::new(Document::closed(&content))).expect("a proposal");
    let found = Arc::unwrap_or_clone(workspace.diagnostics(&snapshot)).into_iter();
    let of_references =
        |rule: &str| matches!(rule, "broken-link" | "broken-anchor" | "duplicate-number" | "number-mismatch");
    found.filter(|found| of_references(found.rule.id)).map(|found| found.message.to_string()).collect()
}

#[test]
fn links_are_held_against_the_workspace() {
    let folder = Folder::new(&[
        (
            "docs/vip-7.md",
            "# VIP-7: A\n\n## Scope\n\n[1](vip-8.md) [2](vip-8.md#scope-1) [3](#scope) [4](../code.rs#L7) [5](vip-8) [6](vip-8.html)\n\
             [7](vip-8.md#own) [8](vip-8.md#Attr) [9](../docs) [10](../../../../../../etc/none) [11](vip-8.md#L3)\n\
             [12](vip-8.md#in-quote) [13](vip-8.md#bare) [14](vip-8.md#été) [15](vip-8.md#ete)\n\
             [16](v1.2) [17](v1.2#x) [18](#user-content-scope) [19](vip-8.md#user-content-own)\n\
             [20](vip-8.md#limits) [21](vip-8.md#upper-case) [22](#limits) [23](#scope:~:text=a)\n\n## Limits[^1]\n\n[^1]: Ibid.\n\n\
             [a](vip-9.md) [b](vip-8.md#none) [c](#nope)\n",
        ),
        (
            "docs/vip-8.md",
            "# VIP-8: B\n\n## Scope\n\n## Scope\n\n<a id=\"own\"></a>\n\n## Other { #attr }\n\n> ## In quote\n\n<a id=bare></a>\n\n## Été\n\n## Limits[^1]\n\n<H2>Upper Case</H2>\n\n[^1]: Ibid.\n",
        ),
        ("docs/v1.2.md", "# X\n"),
        ("code.rs", "x"),
    ]);
    let workspace = folder.workspace();
    workspace.read_all();
    assert_eq!(
        messages(&workspace, &folder, "docs/vip-7.md"),
        [
            "link points to \"vip-9.md\", which does not exist; correct the path",
            "link points to \"#none\", but \"vip-8.md\" has no such heading; correct the anchor",
            "link points to \"#nope\", but this document has no such heading; correct the anchor",
        ]
    );
    folder.write("docs/vip-9.md", "x");
    let id = DocumentId::file(&folder.path("docs/vip-8.md"));
    workspace.put(
        id,
        Arc::new(Document::open(
            "# VIP-8: B\n\n## None\n\n## Scope\n\n## Scope\n\n<a id=\"own\"></a> <b name='attr'>\n\n\
             > ## In quote\n\n<a id=bare></a>\n\n## Été\n\n## Limits\n\n## Upper Case\n",
        )),
    );
    workspace.refresh();
    assert_eq!(messages(&workspace, &folder, "docs/vip-7.md").len(), 1);
}

#[test]
fn a_number_is_taken_once_in_a_folder() {
    let folder = Folder::new(&[
        ("docs/vip-7.md", "# VIP-7: A\n\n## Scope\n"),
        ("docs/vip-007-again.md", "# VIP-7: B\n\n## Scope\n"),
        ("old/vip-7.md", "# VIP-7: Old\n\n## Scope\n"),
    ]);
    let workspace = folder.workspace();
    workspace.read_all();
    assert_eq!(messages(&workspace, &folder, "old/vip-7.md"), Vec::<String>::new());
    assert_eq!(
        messages(&workspace, &folder, "docs/vip-7.md"),
        ["\"vip-007-again.md\" also has the number 7; use the next free number"]
    );
}

#[test]
fn files_in_one_folder_with_a_number_and_one_that_has_moved_do_not_take_it_twice() {
    let proposal = |title: &str| format!("# XIP-{title}\n\n## Summary\n\n## Motivation\n\n## Design\n");
    let folder = Folder::new(&[
        (
            "vip-lsp.toml",
            "[[family]]\nname = \"x\"\ntemplate = \"xips/NNN-template/xip.md\"\ndocuments = [\"xips/*-*/*.md\"]\n",
        ),
        ("xips/NNN-template/xip.md", &proposal("NNN: Title")),
        ("xips/76-a/xip.md", &proposal("76: A")),
        ("xips/76-a/beta.md", &proposal("76: Beta")),
        ("xips/77-b/xip.md", &proposal("78: B")),
        ("xips/77-c/xip.md", "# XIP-78: C\n\nMoved to [77-b](../77-b/xip.md).\n"),
    ]);
    let workspace = folder.workspace();
    workspace.read_all();
    let number = |name: &str| {
        let page = workspace.kept(&folder.path(name)).expect("a proposal");
        page.facts.clone().expect("facts").number.clone()
    };
    for (name, expected) in [
        ("xips/76-a/xip.md", Some("76")),
        ("xips/76-a/beta.md", Some("76")),
        ("xips/77-b/xip.md", Some("77")),
        ("xips/77-c/xip.md", None),
    ] {
        assert_eq!(number(name).as_deref(), expected, "{name}");
        let of_number = |found: &String| found.contains("number");
        let found: Vec<_> = messages(&workspace, &folder, name).into_iter().filter(of_number).collect();
        let mismatch = "the title has the number 78, but the folder's name has 77; use the same number";
        assert_eq!(found, if name.contains("77-b") { vec![mismatch] } else { Vec::new() }, "{name}");
    }
}

#[test]
fn a_number_is_taken_once_in_a_family() {
    let template = "# Title\n\n## Summary\n\n## Motivation\n\n## Design\n";
    let document = "# A\n\n## Summary\n\n## Motivation\n\n## Design\n";
    let folder = Folder::new(&[
        ("docs/adr-template.md", template),
        ("docs/rfc-template.md", template),
        ("docs/adr-001-a.md", document),
        ("docs/rfc-001-b.md", document),
        ("keps/NNNN-template/README.md", template),
        ("keps/a/7-x/README.md", document),
        ("keps/a/007-y/README.md", document),
        ("keps/b/7-z/README.md", document),
    ]);
    let workspace = folder.workspace();
    workspace.read_all();
    for name in ["docs/adr-001-a.md", "docs/rfc-001-b.md", "keps/b/7-z/README.md"] {
        assert_eq!(messages(&workspace, &folder, name), Vec::<String>::new(), "{name}");
    }
    let expected = "\"007-y/README.md\" also has the number 7; use the next free number";
    assert_eq!(messages(&workspace, &folder, "keps/a/7-x/README.md"), [expected]);
}

#[test]
fn an_example_that_more_than_a_third_keep_is_a_value() {
    let document = |owner: &str| format!("# A\n\n- Owner: {owner}\n- Status: x\n\n## Summary\n\n## Design\n");
    let check = |kept: usize, expected: usize| {
        let owner = |index: usize| if index < kept { "The team" } else { "A. Author" };
        let files: Vec<_> = (0..6).map(|index| (format!("docs/{index:04}-a.md"), document(owner(index)))).collect();
        let template = ("docs/0000-template.md".to_owned(), document("The team").replace("# A", "# Title"));
        let files: Vec<_> =
            files.iter().chain([&template]).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let folder = Folder::new(&files);
        let workspace = folder.workspace();
        workspace.read_all();
        let id = DocumentId::file(&folder.path("docs/0000-a.md"));
        let snapshot = workspace.snapshot(&id, Arc::new(Document::closed(&document("The team")))).expect("a proposal");
        let found = Arc::unwrap_or_clone(workspace.diagnostics(&snapshot)).into_iter();
        assert_eq!(found.filter(|found| found.rule.id == "unfilled-placeholder").count(), expected, "{kept}");
    };
    check(2, 1);
    check(3, 0);
}

const INDEX: &str = "# All\n\n| VIP | Title | Status |\n| - | - | - |\n\
                     | [VIP-7](vip-7.md) | Cold 💡 | Draft |\n| [VIP-9](vip-9.md) | C | Draft |\n";

fn listed() -> Folder {
    let proposal = |number: u8, title: &str| {
        format!("# VIP-{number}: {title}\n\n- **Status**: _Accepted_\n- **Release**: 1\n\n## Scope\n")
    };
    Folder::new(&[
        ("docs/vip-7.md", &proposal(7, "Warm | hot")),
        ("docs/vip-8.md", &proposal(8, "B")),
        ("docs/vip-9.md", &proposal(9, "C")),
        ("docs/index.md", INDEX),
        ("docs/notes.md", "- [VIP-8: Other](vip-8.md)\n"),
        ("README.md", "- [VIP-7: Warm, hot](docs/vip-7.md)\n- [VIP-9: C](docs/vip-9.md)\n"),
    ])
}

/// What the rules of index pages find in the file `name`, and what comes of each of their fixes.
fn of_index(workspace: &Workspace, folder: &Folder, name: &str) -> Vec<(String, Vec<String>)> {
    let id = DocumentId::file(&folder.path(name));
    let content = files::read(&folder.path(name), &files::Roots::default()).expect("a file");
    let snapshot = workspace.page_of(&id, Arc::new(Document::closed(&content))).expect("a page");
    let around = workspace.around(&snapshot);
    let fixed = |found: &Diagnostic| {
        let fixes = rules::fixes(&snapshot.proposal().within(&around), found).into_iter();
        let changed = fixes.map(|fix| fix.elsewhere.expect("the page is changed"));
        changed.map(|changed| crate::text::apply(&changed.text, &changed.edits).to_string()).collect()
    };
    let found = Arc::unwrap_or_clone(workspace.diagnostics(&snapshot))
        .into_iter()
        .filter(|found| found.rule.id.starts_with("index-"));
    let text = |found: &Diagnostic| match found.severity {
        rules::Severity::Hint => found.message.to_string(),
        severity => format!("{}: {}", severity.as_str(), found.message),
    };
    found.map(|found| (text(&found), fixed(&found))).collect()
}

#[test]
fn a_proposal_knows_what_index_pages_say_of_it() {
    let folder = listed();
    let workspace = folder.workspace();
    workspace.read_all();
    assert_eq!(
        of_index(&workspace, &folder, "docs/vip-7.md"),
        [
            (
                "\"index.md\" calls this proposal \"Cold 💡\"; change the row there".to_owned(),
                vec![INDEX.replace("Cold 💡", "Warm \\| hot")]
            ),
            (
                "\"index.md\" has the status \"Draft\" for this proposal; change the row there".to_owned(),
                vec![INDEX.replacen("Draft", "Accepted", 1)]
            ),
        ]
    );
    let row = "| [VIP-8](vip-8.md) | B | Accepted |\n";
    let readme = "- [VIP-7: Warm, hot](docs/vip-7.md)\n- [VIP-9: C](docs/vip-9.md)\n- [VIP-8: B](docs/vip-8.md)\n";
    assert_eq!(
        of_index(&workspace, &folder, "docs/vip-8.md"),
        [
            ("\"README.md\" does not list this proposal; add a row there".to_owned(), vec![readme.to_owned()]),
            ("\"index.md\" does not list this proposal; add a row there".to_owned(), vec![format!("{INDEX}{row}")]),
        ]
    );
}

/// An index page in the folder of three proposals, and what is found on it with what comes of each fix.
fn of_page(rows: &str) -> Vec<(String, Vec<String>)> {
    let proposal = |number: u8| format!("# VIP-{number}: A\n\n- **Status**: Accepted\n- **Release**: 1\n\n## Scope\n");
    let folder = Folder::new(&[
        ("docs/vip-8.md", &proposal(8)),
        ("docs/vip-9.md", &proposal(9)),
        ("docs/vip-10.md", &proposal(10)),
        ("docs/index.md", rows),
    ]);
    let workspace = folder.workspace();
    workspace.read_all();
    let id = DocumentId::file(&folder.path("docs/index.md"));
    let snapshot = workspace.page_of(&id, Arc::new(Document::closed(rows))).expect("a page");
    let around = workspace.around(&snapshot);
    let fixed = |found: &Diagnostic| {
        let fixes = rules::fixes(&snapshot.proposal().within(&around), found).into_iter();
        fixes.map(|fix| crate::text::apply(snapshot.document.text(), &fix.edits).to_string()).collect()
    };
    let found = Arc::unwrap_or_clone(workspace.diagnostics(&snapshot))
        .into_iter()
        .filter(|found| found.rule.id.starts_with("index-"));
    let found = found.map(|found| (found.message.to_string(), fixed(&found))).collect();
    for number in [8, 9, 10] {
        let path = format!("docs/vip-{number}.md");
        let is_listed = |found: &(String, _)| !found.0.contains("does not list");
        let missing = of_index(&workspace, &folder, &path).iter().any(|found| !is_listed(found));
        assert_eq!(missing, !rows.contains(&format!("vip-{number}.md")), "{path} in {rows}");
    }
    found
}

#[test]
fn rows_lead_to_proposals_by_links_of_all_kinds() {
    let start = "- [VIP-8: A](vip-8.md)\n- [VIP-9: A](./vip-9.md)\n";
    for row in [
        "- [VIP-10: A](./vip-10.md)\n",
        "- [VIP-10: A](../docs/vip-10.md)\n",
        "- [VIP-10: A][v10]\n\n[v10]: vip-10.md\n",
        "- [VIP-10: A]\n\n[vip-10: a]: <vip-10.md#scope>\n",
        "- [VIP-10: A](/docs/vip-10.md)\n",
        "- [VIP-10: A](https://github.com/owner/repo/blob/main/docs/vip-10.md)\n",
        "- [VIP-10: A](https://github.com/owner/repo/tree/main/docs/vip-10.md#scope)\n",
        "- [VIP-8: A](vip-8.md), [VIP-10: A](vip-10.md)\n",
    ] {
        assert_eq!(of_page(&format!("# All\n\n{start}{row}")), [], "{row}");
    }
    // What is said in such a row counts.
    for link in ["[VIP-10](/docs/vip-10.md)", "[VIP-10][v]", "**[VIP-10](./vip-10.md)**, [x](vip-8.txt)"] {
        let page = format!("{start}\n| VIP | Status |\n|-|-|\n| {link} | Final |\n\n[v]: ../docs/vip-10.md\n");
        let found = of_page(&page);
        let messages: Vec<_> = found.iter().map(|(message, _)| message.as_str()).collect();
        assert_eq!(messages, ["\"vip-10.md\" has the status \"Accepted\", not \"Final\"; change the row"], "{link}");
    }
}

#[test]
fn a_missing_row_is_added_once_whatever_the_paths_of_the_others() {
    for (first, second, row) in [
        ("[VIP-8: A](./vip-8.md)", "[VIP-9: A](vip-9.md)", "[VIP-10: A](vip-10.md)"),
        ("[VIP-8: A](./vip-8.md)", "[VIP-9: A](../docs/vip-9.md)", "[VIP-10: A](./vip-10.md)"),
        ("[VIP-8: A](/docs/vip-8.md)", "[VIP-9: A](/docs/vip-9.md)", "[VIP-10: A](/docs/vip-10.md)"),
        ("[VIP-8: A][8]", "[VIP-9: A][9]", "[VIP-10: A](vip-10.md)"),
    ] {
        let page = format!("- {first}\n- {second}\n");
        let labels = if first.ends_with("[8]") { "\n[8]: vip-8.md\n[9]: vip-9.md\n" } else { "" };
        let found = of_page(&format!("{page}{labels}"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, [format!("{page}- {row}\n{labels}")]);
    }
}

#[test]
fn an_index_page_that_is_open_counts_as_it_is_there() {
    let folder = listed();
    let workspace = folder.workspace();
    workspace.read_all();
    let open = INDEX.replace("Cold 💡", "Warm \\| hot").replace("Draft", "Accepted") + "| [VIP-8](vip-8.md) | B | |\n";
    workspace.put(DocumentId::file(&folder.path("docs/index.md")), Arc::new(Document::open(&open)));
    workspace.put(DocumentId::file(&folder.path("README.md")), Arc::new(Document::open("# Nothing\n")));
    for name in ["docs/vip-7.md", "docs/vip-8.md"] {
        assert_eq!(of_index(&workspace, &folder, name), [], "{name}");
    }
}
