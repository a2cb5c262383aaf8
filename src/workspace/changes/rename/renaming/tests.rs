//! What becomes of a small workspace when something in it is renamed.

use std::sync::Arc;

use super::*;
use crate::workspace::tests::Folder;

const OWN: &str = "---\ntitle: \"VIP-7: 💡\"\npermalink: /docs/vip-007\n---\n\n# VIP-7: 💡 Café\n\n## Größe\n\n[own](#größe) [two](#scope-1) VIP-7 [self](vip-007-cafe.md#scope)\n\n## Scope\n\n## Scope\n";

const OTHER: &str = "# VIP-8: B\n\n💡 VIP-007, [VIP-7](vip-007-cafe.md#gr%C3%B6%C3%9Fe), [VIP-7](https://example.org/vip-7) VIP-70\n\n\
                     - [7][L] and [c](<./vip-007-cafe> \"t\")\n\n[l]: ../docs/vip-007-cafe.md#scope_1\n";

const INDEX: &str =
    "| # | VIP | Title |\n| - | - | - |\n| 7 | [VIP-7](vip-007-cafe.md) | 7 |\n| 8 | [VIP-8](vip-8.md) | B |\n";

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-007-cafe.md", OWN),
        ("docs/vip-8.md", OTHER),
        ("docs/index.md", INDEX),
        ("README.md", "[7](docs/vip-007-cafe.md) VIP-7\n"),
        ("old/vip-7.md", "# VIP-7: Old\n\nVIP-7 [7](vip-7.md)\n"),
        ("old/notes.md", "[8](../docs/vip-8.md#none)\n"),
    ])
}

/// The documents that change, by name, as they are then.
fn changed(folder: &Folder, documents: &[DocumentEdits]) -> Vec<(String, String)> {
    let name = |id: &DocumentId| {
        let DocumentId::File(path) = id else { unreachable!("all are files") };
        folder.name(path)
    };
    let text = |changed: &DocumentEdits| apply(changed.document.text(), &changed.edits).to_string();
    documents.iter().map(|changed| (name(&changed.id), text(changed))).collect()
}

/// The documents that change, by name, and the file's new name.
type Renamed = (Vec<(String, String)>, Option<String>);

/// Renames what the author points at with the first `needle` of the file `name`.
fn rename(folder: &Folder, name: &str, needle: &str, to: &str) -> Result<Renamed, String> {
    let workspace = folder.workspace();
    workspace.read_all();
    let content = files::read(&folder.path(name), &files::Roots::default()).expect("a file");
    let id = DocumentId::file(&folder.path(name));
    workspace.put(id.clone(), Arc::new(Document::open(&content)));
    let snapshot = workspace.page(&id).expect("a proposal");
    let offset = Offset::new(content.find(needle).expect("the needle is there"));
    let renaming = workspace.renaming_at(&snapshot, offset).ok_or("nothing to rename")?;
    assert_eq!(renaming.name, snapshot.text().slice(renaming.span));
    let changes = workspace.rename(&snapshot, &renaming, to)?;
    let file = changes.file.map(|(_, to)| to.file_name().expect("a name").to_string_lossy().into_owned());
    Ok((changed(folder, &changes.documents), file))
}

fn owned(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_heading_is_renamed_with_all_links_to_it() {
    let own = OWN.replace("## Größe", "## Neue Größe!").replace("(#größe)", "(#neue-größe)");
    let other = OTHER.replace("gr%C3%B6%C3%9Fe", "neue-größe");
    let found = rename(&folder(), "docs/vip-007-cafe.md", "Größe", "Neue Größe!");
    assert_eq!(found, Ok((owned(&[("docs/vip-007-cafe.md", &own), ("docs/vip-8.md", &other)]), None)));
}

#[test]
fn anchors_of_other_headings_of_the_same_name_are_kept_right() {
    let own = OWN
        .replacen("## Scope", "## Goals", 1)
        .replace("#scope-1", "#scope")
        .replace("cafe.md#scope)", "cafe.md#goals)");
    let other = OTHER.replace("#scope_1", "#scope");
    let found = rename(&folder(), "docs/vip-007-cafe.md", "Scope", "Goals");
    let own = own.replace("[two](#scope-1)", "[two](#scope)");
    assert_eq!(found, Ok((owned(&[("docs/vip-007-cafe.md", &own), ("docs/vip-8.md", &other)]), None)));
}

#[test]
fn a_number_is_renamed_with_file_title_front_matter_row_and_links() {
    let own = OWN
        .replace("VIP-7", "VIP-12")
        .replace("/docs/vip-007", "/docs/vip-012")
        .replace("vip-007-cafe.md", "vip-012-cafe.md");
    let other = OTHER
        .replace("VIP-007", "VIP-012")
        .replace("[VIP-7](vip-007", "[VIP-12](vip-012")
        .replace("vip-007-cafe", "vip-012-cafe");
    let index = INDEX.replace("| 7 | [VIP-7](vip-007", "| 12 | [VIP-12](vip-012").replace("| 7 |\n", "| 12 |\n");
    let readme = "[7](docs/vip-012-cafe.md) VIP-12\n";
    let expected = owned(&[
        ("README.md", readme),
        ("docs/index.md", &index),
        ("docs/vip-007-cafe.md", &own),
        ("docs/vip-8.md", &other),
    ]);
    let expected = Ok((expected, Some("vip-012-cafe.md".to_owned())));
    for (name, needle) in [
        ("docs/vip-007-cafe.md", "VIP-7: 💡 Café"),
        ("docs/vip-007-cafe.md", "007"),
        ("docs/vip-007-cafe.md", "VIP-7 [self"),
        ("docs/vip-8.md", "VIP-007"),
    ] {
        assert_eq!(rename(&folder(), name, needle, "12"), expected, "{needle}");
    }
}

#[test]
fn a_number_is_renamed_with_the_folder_that_has_it() {
    let template = "---\nXIP: ?\n---\n\n# XIP-NNNN: Title\n\n## Abstract\n\n## Motivation\n\n## Design\n";
    let own =
        "# XIP-0007: A\n\n## Abstract\n\n[map](./map.md) [two](../XIP-0008/README.md)\n\n## Motivation\n\n## Design\n";
    let two = "# XIP-0008: B\n\n## Abstract\n\n[one](../XIP-0007/README.md) XIP-0007\n\n## Motivation\n\n## Design\n";
    let folder = Folder::new(&[
        ("XIP-TEMPLATE.md", template),
        ("XIP-0007/README.md", own),
        ("XIP-0007/map.md", "[back](README.md) [two](../XIP-0008/README.md)\n"),
        ("XIP-0008/README.md", two),
        ("README.md", "| XIP | Title |\n| - | - |\n| [XIP-0007](XIP-0007/README.md) | A |\n| [8](./XIP-0008/) | B |\n"),
    ]);
    let (documents, file) = rename(&folder, "XIP-0007/README.md", "0007", "9").expect("it is renamed");
    assert_eq!(file.as_deref(), Some("XIP-0009"));
    let own = own.replace("XIP-0007: A", "XIP-0009: A");
    let two = two.replace("XIP-0007", "XIP-0009");
    let index = "| XIP | Title |\n| - | - |\n| [XIP-0009](XIP-0009/README.md) | A |\n| [8](./XIP-0008/) | B |\n";
    assert_eq!(documents, owned(&[("README.md", index), ("XIP-0007/README.md", &own), ("XIP-0008/README.md", &two)]));
    let taken = rename(&folder, "XIP-0007/README.md", "0007", "8").expect_err("it is taken");
    assert_eq!(taken, "the number 8 is taken by \"XIP-0008/README.md\"; choose another one");
}

#[test]
fn names_that_cannot_be_are_refused() {
    let refuse = |needle: &str, name: &str, reason: &str| {
        assert_eq!(rename(&folder(), "docs/vip-007-cafe.md", needle, name), Err(reason.to_owned()), "{name}");
    };
    refuse("Größe", " ", "a heading needs a name on one line");
    refuse("Größe", "💡!", "\"💡!\" leaves links without an anchor; choose a name with a letter or digit");
    refuse("Größe", "a\nb", "a heading needs a name on one line");
    refuse("VIP-7: 💡 C", "vip-8", "the number 8 is taken by \"vip-8.md\"; choose another one");
    refuse("VIP-7: 💡 C", "x", "\"x\" is not a proposal number; use digits only");
    refuse("VIP-7: 💡 C", "0", "\"0\" is not a proposal number; use digits only");
    refuse("VIP-7: 💡 C", "08", "the number 8 is taken by \"vip-8.md\"; choose another one");
    refuse("VIP-7: 💡 C", "007", "the proposal already has this number");
    refuse("[own]", "x", "nothing to rename");
    let folder = Folder::new(&[("vip-7.md", "# VIP-7: A\n\nScope\n---\n"), ("vip-9.md", "# Not in the index\n")]);
    folder.write(".gitignore", "vip-9.md\n");
    folder.write(".git/HEAD", "ref: x\n");
    let taken = rename(&folder, "vip-7.md", "VIP-7", "9").expect_err("the file is there");
    assert!(taken.ends_with("vip-9.md\" already exists; choose another number"), "{taken}");
    let none = rename(&folder, "vip-7.md", "Scope", "# a");
    assert_eq!(none, Err("\"# a\" cannot be used in this heading; choose another name".to_owned()));
}

#[test]
fn the_title_is_renamed_without_its_number() {
    let (documents, file) = rename(&folder(), "docs/vip-007-cafe.md", "Café", "Tea").expect("it is renamed");
    assert_eq!((documents.len(), file), (1, None));
    assert_eq!(documents[0].1, OWN.replace("💡 Café", "Tea"));
}

#[test]
fn files_that_move_take_their_links_with_them() {
    let folder = folder();
    let workspace = folder.workspace();
    workspace.read_all();
    let rename = |from: &str, to: &str| {
        let documents = workspace.rename_files(&[(folder.path(from), folder.path(to))]);
        changed(&folder, &documents)
    };
    let found = rename("docs/vip-8.md", "archive/vip 8.md");
    let other = OTHER
        .replace("(vip-007-cafe.md", "(../docs/vip-007-cafe.md")
        .replace("<./vip-007-cafe>", "<../docs/vip-007-cafe>");
    let index = INDEX.replace("vip-8.md", "../archive/vip%208.md");
    let expected = [
        ("docs/index.md", index.as_str()),
        ("docs/vip-8.md", &other),
        ("old/notes.md", "[8](../archive/vip%208.md#none)\n"),
    ];
    assert_eq!(found, owned(&expected));
    let found = rename("docs", "proposals");
    let expected = [
        ("README.md", "[7](proposals/vip-007-cafe.md) VIP-7\n"),
        ("docs/vip-8.md", &OTHER.replace("../docs/vip", "vip")),
        ("old/notes.md", "[8](../proposals/vip-8.md#none)\n"),
    ];
    assert_eq!(found, owned(&expected));
    let found = rename("docs/vip-8.md", "docs/vip-9.md");
    let expected = [
        ("docs/index.md", INDEX.replace("| 8 | [VIP-8](vip-8.md)", "| 9 | [VIP-9](vip-9.md)")),
        ("docs/vip-8.md", OTHER.replace("# VIP-8", "# VIP-9")),
        ("old/notes.md", "[8](../docs/vip-9.md#none)\n".to_owned()),
    ];
    assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text)).to_vec());
}

/// Renames the heading at the first `needle` of the only file `source`, and checks what comes of it.
fn check_heading(source: &str, needle: &str, to: &str, expected: &str) {
    let folder = Folder::new(&[("docs/vip-1.md", source)]);
    let found = rename(&folder, "docs/vip-1.md", needle, to);
    assert_eq!(found, Ok((owned(&[("docs/vip-1.md", expected)]), None)), "{source}");
}

#[test]
fn names_that_an_author_gives_stay_and_those_of_sites_follow() {
    for (heading, links, expected) in [
        ("Scope {#sc}", "[a](#sc) [b](#scope-sc)", "Goals {#sc}\n\n[a](#sc) [b](#goals-sc)"),
        ("<a name=\"x\"></a>Scope", "[a](#x) [b](#scope)", "<a name=\"x\"></a>Goals\n\n[a](#x) [b](#goals)"),
        ("Scope<!-- x -->", "[b](#scope)", "Goals<!-- x -->\n\n[b](#goals)"),
        ("<!-- Scope -->Scope", "[b](#scope)", "<!-- Scope -->Goals\n\n[b](#goals)"),
        ("Scope  Two", "[a](#scope--two)", "Goals\n\n[a](#goals)"),
        ("Scope\tTwo", "[a](#scopetwo)", "Goals\n\n[a](#goals)"),
        ("Scope `two`", "[a](#scope-two) [b](#other)", "Goals\n\n[a](#goals) [b](#other)"),
    ] {
        let source = format!("# VIP-1: A\n\n## {heading}\n\n{links}\n");
        let needle = if heading.starts_with("<!--") { "Scope\n" } else { "Scope" };
        check_heading(&source, needle, "Goals", &format!("# VIP-1: A\n\n## {expected}\n"));
    }
    let folder = Folder::new(&[("docs/vip-1.md", "# VIP-1: A\n\n## One <a id=\"x\"></a> two\n")]);
    assert!(rename(&folder, "docs/vip-1.md", "One", "Goals").is_err_and(|reason| reason.contains("cannot be used")));
}

#[test]
fn headings_in_quotes_and_html_count() {
    check_heading(
        "# VIP-1: A\n\n> ## Foo\n\n## Foo\n\n<h2>Foo</h2>\n\n[a](#foo) [b](#foo-1) [c](#foo-2)\n",
        "Foo\n\n<h2>",
        "Bar",
        "# VIP-1: A\n\n> ## Foo\n\n## Bar\n\n<h2>Foo</h2>\n\n[a](#foo) [b](#bar) [c](#foo-1)\n",
    );
    check_heading(
        "# VIP-1: A\n\n> ## Foo\n\n## Foo\n\n[a](#foo) [b](#foo-1)\n",
        "Foo\n\n## Foo",
        "Bar",
        "# VIP-1: A\n\n> ## Bar\n\n## Foo\n\n[a](#bar) [b](#foo)\n",
    );
}

#[test]
fn a_link_to_a_folder_leads_to_headings_of_its_page() {
    let own = "# VIP-2: B\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n### Costs\n";
    let folder = Folder::new(&[
        ("vips/0002-two/README.md", own),
        ("notes.md", "[u](vips/0002-two#costs) [v](vips/0002-two/#costs) [w](vips/0002-two/README.md#costs)\n"),
    ]);
    let found = rename(&folder, "vips/0002-two/README.md", "Costs", "Prices");
    let notes = "[u](vips/0002-two#prices) [v](vips/0002-two/#prices) [w](vips/0002-two/README.md#prices)\n";
    let changed = owned(&[("notes.md", notes), ("vips/0002-two/README.md", &own.replace("Costs", "Prices"))]);
    assert_eq!(found, Ok((changed, None)));
}
