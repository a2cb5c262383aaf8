//! `vip-lsp new`.

use super::{TEMPLATE, folder, read, said};

const INDEX: &str = "# All\n\n| VIP | Title |\n| - | - |\n| [VIP-9](vip-9.md) | Größe 💡 |\n";

fn proposals() -> tempfile::TempDir {
    folder(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-9.md", "# VIP-9: Größe 💡\n\n## Design\n"),
        ("docs/index.md", INDEX),
        ("rfcs/0000-template.md", "# Title\n\n## Design\n"),
        ("rfcs/0003-a.md", "# A\n\n## Design\n"),
    ])
}

#[test]
fn the_next_proposal_is_written_with_its_row() {
    let folder = proposals();
    let (path, note, code) = said(folder.path(), &["new", "--family", "vip", "Warm | hot"]);
    assert_eq!((path.as_str(), note.as_str(), code), ("docs/vip-10.md\n", "added a row to docs/index.md\n", Some(0)));
    let text =
        TEMPLATE.replace("VIP-`$N`: `$T`", "VIP-10: Warm | hot").replace("One of ['Draft', 'Accepted']", "Draft");
    assert_eq!(read(folder.path(), "docs/vip-10.md"), text);
    let row = "| [VIP-10](vip-10.md) | Warm \\| hot |\n";
    assert_eq!(read(folder.path(), "docs/index.md"), format!("{INDEX}{row}"));
    let names = std::fs::read_dir(folder.path().join("docs")).expect("a folder").count();
    assert_eq!(names, 4, "nothing else is left there");
}

#[test]
fn the_folder_is_the_one_named_or_the_one_with_proposals() {
    let folder = proposals();
    let rfcs = folder.path().join("rfcs");
    assert_eq!(said(&rfcs, &["new", "B c"]), ("0004-b-c.md\n".to_owned(), String::new(), Some(0)));
    let named = said(folder.path(), &["new", "-d", "rfcs", "D"]);
    assert_eq!(named, ("rfcs/0005-d.md\n".to_owned(), String::new(), Some(0)));
    let fresh = said(folder.path(), &["new", "--folder", "more/deep", "--family", "rfcs", "D"]);
    assert_eq!(fresh, ("more/deep/0006-d.md\n".to_owned(), String::new(), Some(0)));
}

#[test]
fn where_several_places_are_possible_they_are_named() {
    let folder = proposals();
    let places = "--family VIP --folder docs\n  --family rfcs --folder rfcs\n";
    let expected = format!("vip-lsp: there are several places for it; choose one:\n  {places}");
    assert_eq!(said(folder.path(), &["new", "A"]), (String::new(), expected, Some(2)));
    let unknown = said(folder.path(), &["new", "A", "--family", "KEP"]);
    let expected = "vip-lsp: there is no family \"KEP\" here; the families are \"VIP\", \"rfcs\"\n";
    assert_eq!(unknown, (String::new(), expected.to_owned(), Some(2)));
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = proposals();
    let (path, note, code) = said(folder.path(), &["new", "--dry-run", "-f", "VIP", "A"]);
    let expected = ("docs/vip-10.md\n", "would add a row to docs/index.md\n", Some(0));
    assert_eq!((path.as_str(), note.as_str(), code), expected);
    assert!(!folder.path().join("docs/vip-10.md").exists());
    assert_eq!(read(folder.path(), "docs/index.md"), INDEX);
}

#[test]
fn what_cannot_be_made_is_refused_with_exit_code_2() {
    let folder = proposals();
    for (arguments, expected) in [
        (&["new", " "][..], "vip-lsp: the title is empty; give the proposal one\n"),
        (&["new", "A", "-d", "docs/index.md"], "index.md\" is not a folder of the workspace; name one that is\n"),
    ] {
        let (output, error, code) = said(folder.path(), arguments);
        assert!(error.ends_with(expected), "{error}");
        assert_eq!((output.as_str(), code), ("", Some(2)));
    }
    std::fs::write(folder.path().join("vip-lsp.toml"), "template = 7\n").expect("a file");
    let (_, error, code) = said(folder.path(), &["new", "A", "-d", "rfcs"]);
    assert!(error.starts_with("vip-lsp: vip-lsp.toml:1:"), "{error}");
    assert_eq!(code, Some(2));
    assert!(!folder.path().join("rfcs/0004-a.md").exists());
}

#[cfg(unix)]
#[test]
fn an_index_page_that_cannot_be_written_is_told_of() {
    use std::os::unix::fs::PermissionsExt;
    let folder = proposals();
    let index = folder.path().join("docs/index.md");
    std::fs::set_permissions(&index, PermissionsExt::from_mode(0o444)).expect("a mode");
    let (output, error, code) = said(folder.path(), &["new", "A", "-d", "docs"]);
    assert!(error.ends_with("; the proposal was written, but its row was not\n"), "{error}");
    assert_eq!((output.as_str(), code), ("", Some(2)));
    assert!(folder.path().join("docs/vip-10.md").exists());
    assert_eq!(read(folder.path(), "docs/index.md"), INDEX);
}

#[test]
fn an_index_page_without_a_list_for_it_is_named() {
    let status = |status: &str| format!("# VIP-1: A\n\n- **Status**: {status}\n\n## Design\n");
    let (done, gone) = (status("Accepted"), status("Rejected"));
    let lists = "## Accepted\n\n- [VIP-1](vip-1.md)\n\n## Rejected\n\n- [VIP-2](vip-2.md)\n";
    let folder = folder(&[("docs/vip-1.md", &done), ("docs/vip-2.md", &gone), ("docs/index.md", lists)]);
    let (path, note, code) = said(folder.path(), &["new", "B"]);
    let expected = "docs/index.md lists the other proposals; add this one to it\n";
    assert_eq!((path.as_str(), note.as_str(), code), ("docs/vip-3.md\n", expected, Some(0)));
    assert_eq!(read(folder.path(), "docs/index.md"), lists);
}
