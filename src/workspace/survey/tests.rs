//! The index follows the files.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::*;
use crate::document::Document;
use crate::rules::Severity;
use crate::workspace::documents::Workspace;
use crate::workspace::files::DocumentId;
use crate::workspace::tests::Folder;

fn titles(workspace: &Workspace) -> Vec<String> {
    workspace.overviews().iter().map(|found| found.facts.title.clone()).collect()
}

fn folder() -> Folder {
    Folder::new(&[
        ("docs/vip-1.md", "# VIP-1: A\n\n## Scope\n"),
        ("docs/vip-2.md", "# VIP-2: B\n\n## Scope\n"),
        ("docs/notes.md", "# Notes\n"),
        (".gitignore", "old\n"),
        (".git/HEAD", "ref: x\n"),
        ("old/vip-3.md", "# VIP-3: C\n"),
    ])
}

#[test]
fn proposals_are_read_and_other_files_are_not() {
    let folder = folder();
    let workspace = folder.workspace();
    assert_eq!(titles(&workspace), Vec::<String>::new());
    workspace.read_all();
    assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
}

#[test]
fn a_file_that_changes_comes_or_goes_is_read_again() {
    let folder = folder();
    let workspace = folder.workspace();
    workspace.read_all();
    folder.write("docs/vip-1.md", "# VIP-1: Z\n\n## Scope\n");
    folder.write("docs/vip-4.md", "# VIP-4: D\n\n## Scope\n");
    std::fs::remove_file(folder.path("docs/vip-2.md")).expect("a file");
    for name in ["docs/vip-1.md", "docs/vip-2.md", "docs/vip-4.md"] {
        workspace.read_again(&folder.path(name));
    }
    assert_eq!(titles(&workspace), ["VIP-1: Z", "VIP-4: D"]);
    std::fs::remove_file(folder.path("docs/vip-1.md")).expect("a file");
    std::fs::create_dir(folder.path("docs/vip-1.md")).expect("a folder");
    workspace.read_all();
    assert_eq!(titles(&workspace), ["VIP-4: D"]);
}

#[test]
fn a_reading_that_is_broken_off_keeps_what_it_has_read_and_what_was_there() {
    let folder = folder();
    let workspace = folder.workspace();
    let until = |count: usize| {
        move |at: Progress| {
            assert_eq!(at.total, 3);
            if at.read < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        }
    };
    workspace.read_all_while(&until(0));
    assert_eq!(titles(&workspace), Vec::<String>::new());
    workspace.read_all_while(&until(2));
    assert_eq!(titles(&workspace), ["VIP-1: A"]);
    workspace.read_all_while(&until(3));
    workspace.read_all_while(&until(0));
    assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
}

#[test]
fn the_text_in_the_editor_wins_over_the_disk() {
    let folder = folder();
    let workspace = folder.workspace();
    workspace.read_all();
    let id = DocumentId::file(&folder.path("docs/vip-1.md"));
    workspace.put(id.clone(), Arc::new(Document::open("# VIP-1: Open\n\n## Scope\n")));
    assert_eq!(titles(&workspace), ["VIP-1: Open", "VIP-2: B"]);
    workspace.remove(&id);
    assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_a_large_file_and_a_way_out_do_no_harm() {
    let folder = folder();
    let outside = Folder::new(&[("vip-9.md", "# VIP-9: Out\n\n## Scope\n")]);
    std::os::unix::fs::symlink(folder.path("docs"), folder.path("docs/again")).expect("a link");
    std::os::unix::fs::symlink(outside.path("vip-9.md"), folder.path("docs/vip-9.md")).expect("a link");
    folder.write("docs/vip-5.md", &"x".repeat(crate::syntax::MAX_BYTES + 1));
    let workspace = folder.workspace();
    workspace.read_all();
    workspace.read_again(&folder.path("docs/vip-9.md"));
    workspace.read_again(&outside.path("vip-9.md"));
    assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
}

#[test]
fn what_is_learnt_is_a_hint_unless_settings_are_strict() {
    let record = "# A\n\n- Status: Accepted\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n## Consequences\n\nC.\n";
    let names: Vec<String> = (1..20).map(|number| format!("adr/{number:04}-a.md")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), record)).collect();
    let short = record.replace("## Consequences\n\nC.\n", "");
    files.push(("adr/0020-b.md", &short));
    let severity = |settings: &str| {
        let folder = Folder::new(&files);
        folder.write("vip-lsp.toml", settings);
        let workspace = folder.workspace();
        workspace.read_all();
        let id = DocumentId::file(&folder.path("adr/0020-b.md"));
        let page = workspace.page_of(&id, Arc::new(Document::closed(&short))).expect("a proposal");
        let found = workspace.diagnostics(&page);
        found.iter().find(|found| found.rule.id == "missing-section").map(|found| found.severity)
    };
    assert_eq!(severity(""), Some(Severity::Hint));
    assert_eq!(severity("strict = true\n"), Some(Severity::Warning));
}
