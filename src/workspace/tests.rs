//! Which documents are proposals, and by which template.

mod examples;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::*;
use crate::document::Document;

pub(super) const TEMPLATE: &str = "# VIP-`$N`: `$T`\n\n## Summary\n\n## Design\n";

pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The path's name in this folder, with `/` on every system.
    pub(super) fn name(&self, path: &Path) -> String {
        path.strip_prefix(self.0.path()).expect("inside the folder").to_string_lossy().replace('\\', "/")
    }

    pub(super) fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }

    pub(super) fn workspace(&self) -> Workspace {
        let workspace = Workspace::default();
        workspace.set_roots(vec![self.0.path().to_owned()]);
        workspace
    }

    /// The template's source and the number of sections that are missing, of a proposal.
    pub(super) fn check(&self, workspace: &Workspace, name: &str, content: &str) -> Option<(Option<String>, usize)> {
        let id = DocumentId::file(&self.path(name));
        let snapshot = workspace.snapshot(&id, Arc::new(Document::closed(content)))?;
        let source = snapshot.template.source.as_ref().map(|path| self.name(path));
        Some((source, snapshot.proposal().missing().count()))
    }
}

pub(super) const TITLED: &str = "# VIP-7: Cache\n\n## Summary\n";

#[test]
fn a_proposal_is_known_by_its_name_or_its_title() {
    let folder = Folder::new(&[]);
    let workspace = folder.workspace();
    for name in ["vip-7.md", "VIP-7.md", "docs/Vip_12-cache.MD", "vip-7-cache.markdown"] {
        assert!(folder.check(&workspace, name, "text").is_some(), "{name}");
    }
    for name in ["cache.md", "docs/notes.md"] {
        assert!(folder.check(&workspace, name, TITLED).is_some(), "{name}");
        assert!(folder.check(&workspace, name, "# [VIP-7] Cache\n").is_some(), "{name}");
        assert!(folder.check(&workspace, name, "# About VIP-7\n").is_none(), "{name}");
        assert!(folder.check(&workspace, name, "# VIP-process\n").is_none(), "{name}");
        assert!(folder.check(&workspace, name, "VIP-7\n").is_none(), "{name}");
    }
    assert!(folder.check(&workspace, "vip-7.txt", TITLED).is_none());
}

#[test]
fn templates_index_pages_and_other_markdown_are_silent() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    let workspace = folder.workspace();
    assert!(folder.check(&workspace, "vip-template.md", TEMPLATE).is_none());
    assert!(folder.check(&workspace, "README.md", "# VIP-1: and others\n").is_none());
    assert!(folder.check(&workspace, "vip-process.md", "# How it works\n").is_none());
    let index = "# All\n\n| a |\n| - |\n| [1](vip-1.md) |\n| [2](vip-2.md) |\n";
    assert!(folder.check(&workspace, "all.md", index).is_none());
    let (settings, _) = Settings::of_json(&serde_json::json!({"include": ["*.md"]}));
    workspace.set_settings(settings);
    for name in ["cache.md", "README.md", "all.md"] {
        assert!(folder.check(&workspace, name, "# Cache\n").is_some(), "{name}");
    }
    assert!(folder.check(&workspace, "vip-template.md", TEMPLATE).is_none());
}

#[test]
fn the_template_beside_a_proposal_wins_over_those_above_it() {
    let folder = Folder::new(&[
        ("docs/proposals/VIP_TEMPLATE.md", TEMPLATE),
        ("template.md", "# T\n\n## Only\n"),
        ("docs/ISSUE_TEMPLATE.md", "# T\n\n## Issue\n"),
        ("other/template.md", "no section"),
    ]);
    let workspace = folder.workspace();
    let check = |name| folder.check(&workspace, name, TITLED);
    assert_eq!(check("docs/proposals/vip-7.md"), Some((Some("docs/proposals/VIP_TEMPLATE.md".into()), 1)));
    assert_eq!(check("docs/vip-7.md"), Some((Some("template.md".into()), 1)));
    assert_eq!(check("other/vip-7.md"), Some((Some("template.md".into()), 1)));
    workspace.set_roots(vec![folder.path("other")]);
    assert_eq!(check("other/vip-7.md"), Some((None, 10)));
}

#[test]
fn files_beside_a_template_are_named_after_it() {
    let folder = Folder::new(&[
        ("rfcs/0000-template.md", "# Summary\n\n# Design\n"),
        ("xips/TEMPLATE.md", "# XIP-XXX: Title\n\n# Goals\n"),
    ]);
    let workspace = folder.workspace();
    assert_eq!(folder.check(&workspace, "rfcs/0042-cache.md", "# Summary\n").map(|found| found.1), Some(1));
    assert!(folder.check(&workspace, "rfcs/notes.md", "# Summary\n").is_none());
    assert_eq!(folder.check(&workspace, "xips/xip-3.md", "# XIP-3: Cache\n").map(|found| found.1), Some(1));
}

#[test]
fn the_setting_wins_and_never_leads_outside() {
    let folder = Folder::new(&[("a/vip-template.md", TEMPLATE), ("b/schema.md", "# T\n\n## One\n")]);
    let workspace = folder.workspace();
    let set = |path: &str| workspace.set_settings(Settings::of_json(&serde_json::json!({ "template": path })).0);
    set("b/schema.md");
    assert_eq!(folder.check(&workspace, "a/vip-7.md", TITLED), Some((Some("b/schema.md".into()), 1)));
    assert_eq!(folder.check(&workspace, "b/schema.md", "# VIP-1: T\n"), None);
    workspace.set_roots(vec![folder.path("a")]);
    for outside in ["../b/schema.md", folder.path("b/schema.md").to_str().expect("UTF-8")] {
        set(outside);
        assert_eq!(folder.check(&workspace, "a/vip-7.md", TITLED), Some((Some("a/vip-template.md".into()), 1)));
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_template_outside_is_not_followed() {
    let folder = Folder::new(&[("outside/schema.md", "# T\n\n## Secret\n"), ("in/vip-7.md", TITLED)]);
    std::os::unix::fs::symlink(folder.path("outside/schema.md"), folder.path("in/vip-template.md")).expect("a link");
    let workspace = folder.workspace();
    workspace.set_roots(vec![folder.path("in")]);
    assert_eq!(folder.check(&workspace, "in/vip-7.md", TITLED), Some((None, 10)));
}

#[test]
fn a_template_is_read_again_and_the_editors_text_wins() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    let workspace = folder.workspace();
    let missing = || folder.check(&workspace, "vip-7.md", TITLED).map(|found| found.1);
    assert_eq!(missing(), Some(1));
    folder.write("vip-template.md", "# T\n\n## Summary\n");
    assert_eq!(missing(), Some(1));
    workspace.refresh();
    assert_eq!(missing(), Some(0));
    let id = DocumentId::file(&folder.path("vip-template.md"));
    workspace.put(id.clone(), Arc::new(Document::open("# T\n\n## A\n\n## B\n\n## C\n")));
    assert_eq!(missing(), Some(3));
    workspace.remove(&id);
    assert_eq!(missing(), Some(0));
}

#[test]
fn a_document_that_is_no_file_is_judged_by_name_and_title() {
    let workspace = Workspace::default();
    let check = |uri: &str, content: &str| {
        workspace.snapshot(&DocumentId::Other(uri.into()), Arc::new(Document::closed(content))).is_some()
    };
    assert!(check("untitled:Untitled-1", TITLED));
    assert!(!check("untitled:Untitled-1", "# Notes\n"));
    assert!(check("git:/repo/vip-7.md?HEAD", TITLED));
    assert!(check("vscode-remote://host/repo/vip-7.md", "text"));
}

#[test]
fn news_is_what_other_documents_can_see() {
    let start = "# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n";
    let folder = Folder::new(&[("docs/vip-7.md", start)]);
    let workspace = folder.workspace();
    workspace.read_all();
    let id = DocumentId::file(&folder.path("docs/vip-7.md"));
    for (text, expected) in [
        (start.to_owned(), false),
        (start.replace("A.\n", "B.\n\nC.\n"), false),
        (start.replace("Draft", "Accepted"), true),
        (start.replace("## Introduction", "## Introduction\n\n## Own"), true),
        (format!("{start}\n<a id=mark></a>\n"), true),
        (format!("---\ntitle: Other\n---\n{start}"), true),
        (format!("---\ntitle: Another\n---\n{start}"), true),
        // The places that others point to are lines.
        (format!("---\ntitle: Another\n---\n\n{start}"), true),
    ] {
        workspace.put(id.clone(), Arc::new(Document::open(&text)));
        assert_eq!(workspace.has_news(&id), expected, "{text}");
        assert!(!workspace.has_news(&id), "{text}");
    }
}
