//! Which configuration file is for which document, what it changes, and what is wrong with it.

use serde_json::json;

use super::*;
use crate::document::Document;
use crate::workspace::settings::Settings;
use crate::workspace::tests::{Folder, TEMPLATE, TITLED};

/// The problems of all files in use by the documents at `names`, as `path:offset message`.
fn problems(folder: &Folder, workspace: &Workspace, names: &[&str]) -> Vec<String> {
    let mut configs = workspace.configs();
    for name in names {
        let id = DocumentId::file(&folder.path(name));
        configs.add(workspace.config(&id));
        if let Some(snapshot) = workspace.snapshot(&id, Arc::new(Document::closed(TITLED))) {
            configs.add_proposal(&snapshot);
        }
    }
    let lines = |faulty: Faulty| {
        let line = |problem: &Problem| {
            let span = problem.span.expect("a place");
            format!("{}:{} {}", folder.name(&faulty.path), faulty.text.slice(span), problem.in_file())
        };
        faulty.problems.iter().map(line).collect::<Vec<_>>()
    };
    configs.problems().flat_map(lines).collect()
}

/// The sorted codes of the diagnostics of a proposal that says `content`.
fn codes(folder: &Folder, workspace: &Workspace, name: &str, content: &str) -> Vec<&'static str> {
    let id = DocumentId::file(&folder.path(name));
    let snapshot = workspace.snapshot(&id, Arc::new(Document::closed(content))).expect("a proposal");
    let mut codes: Vec<_> = workspace.diagnostics(&snapshot).iter().map(|diagnostic| diagnostic.rule.id).collect();
    // Nearly every small document has empty sections.
    codes.retain(|code| *code != "empty-section");
    codes.sort_unstable();
    codes
}

fn path_for(folder: &Folder, workspace: &Workspace, name: &str) -> Option<PathBuf> {
    workspace.config(&DocumentId::file(&folder.path(name))).map(|config| config.path.clone())
}

#[test]
fn the_nearest_file_counts_up_to_the_root() {
    let folder = Folder::new(&[
        ("vip-lsp.toml", ""),
        ("root/a/.vip-lsp.toml", ""),
        ("root/a/b/notes.md", ""),
        ("root/both/.vip-lsp.toml", ""),
        ("root/both/vip-lsp.toml", ""),
        ("root/folder/vip-lsp.toml/x", ""),
        ("root/.vip-lsp.toml", ""),
    ]);
    let workspace = folder.workspace();
    workspace.set_roots(vec![folder.path("root")]);
    for (name, path) in [
        ("root/a/b/vip-7.md", Some("root/a/.vip-lsp.toml")),
        ("root/a/vip-7.md", Some("root/a/.vip-lsp.toml")),
        ("root/both/vip-7.md", Some("root/both/vip-lsp.toml")),
        ("root/folder/vip-7.md", Some("root/.vip-lsp.toml")),
        ("root/vip-7.md", Some("root/.vip-lsp.toml")),
        ("elsewhere/vip-7.md", None),
    ] {
        assert_eq!(path_for(&folder, &workspace, name), path.map(|path| folder.path(path)), "{name}");
    }
    workspace.set_roots(vec![folder.path("root/a/b")]);
    assert_eq!(path_for(&folder, &workspace, "root/a/b/vip-7.md"), None);
    workspace.set_roots(Vec::new());
    assert_eq!(path_for(&folder, &workspace, "root/a/vip-7.md"), Some(folder.path("root/a/.vip-lsp.toml")));
    assert_eq!(path_for(&folder, &workspace, "root/a/b/vip-7.md"), None);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_outside_is_not_followed() {
    let folder = Folder::new(&[("outside.toml", "a = b"), ("in/vip-7.md", TITLED), ("in/out.md", TEMPLATE)]);
    std::os::unix::fs::symlink(folder.path("outside.toml"), folder.path("in/vip-lsp.toml")).expect("a link");
    let workspace = folder.workspace();
    workspace.set_roots(vec![folder.path("in")]);
    assert_eq!(path_for(&folder, &workspace, "in/vip-7.md"), None);
    std::fs::remove_file(folder.path("in/vip-lsp.toml")).expect("it is there");
    std::fs::rename(folder.path("in/out.md"), folder.path("out.md")).expect("it is there");
    std::os::unix::fs::symlink(folder.path("out.md"), folder.path("in/schema.md")).expect("a link");
    folder.write("in/vip-lsp.toml", "template = 'schema.md'");
    workspace.refresh();
    let expected = ["in/vip-lsp.toml:'schema.md' template: points outside the workspace; name a file in it"];
    assert_eq!(problems(&folder, &workspace, &["in/vip-7.md"]), expected);
    assert_eq!(folder.check(&workspace, "in/vip-7.md", TITLED), Some((None, 10)));
}

#[test]
fn its_template_counts_from_its_folder_and_the_editors_wins() {
    let folder = Folder::new(&[
        ("docs/vip-lsp.toml", "template = 'schemas/one.md'"),
        ("docs/schemas/one.md", "# T\n\n## A\n"),
        ("two.md", "# T\n\n## A\n\n## B\n"),
        ("docs/vip-template.md", TEMPLATE),
    ]);
    let workspace = folder.workspace();
    let one = Some((Some("docs/schemas/one.md".to_owned()), 1));
    assert_eq!(folder.check(&workspace, "docs/vip-7.md", TITLED), one);
    assert_eq!(folder.check(&workspace, "docs/schemas/one.md", TITLED), None);
    workspace.set_settings(Settings::of_json(&json!({"template": "two.md"})).0);
    assert_eq!(folder.check(&workspace, "docs/vip-7.md", TITLED), Some((Some("two.md".into()), 2)));
    workspace.set_settings(Settings::of_json(&json!({"template": "no-such.md"})).0);
    assert_eq!(folder.check(&workspace, "docs/vip-7.md", TITLED), one);
}

#[test]
fn a_template_that_is_not_there_is_a_problem_and_the_nearest_one_holds() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE), ("root/vip-template.md", TEMPLATE)]);
    let workspace = folder.workspace();
    workspace.set_roots(vec![folder.path("root")]);
    let absolute = folder.path("vip-template.md");
    let outside = "points outside the workspace; name a file in it";
    let absent = "there is no such file; give its path relative to this file's folder";
    for (path, message) in [
        ("no-such.md", absent),
        (".", absent),
        ("../vip-template.md", outside),
        ("../no-such.md", outside),
        ("../root/no-such.md", absent),
        (absolute.to_str().expect("UTF-8"), outside),
    ] {
        folder.write("root/vip-lsp.toml", &format!("template = '{path}'"));
        workspace.refresh();
        let expected = [format!("root/vip-lsp.toml:'{path}' template: {message}")];
        assert_eq!(problems(&folder, &workspace, &["root/vip-7.md"]), expected);
        let nearest = Some((Some("root/vip-template.md".to_owned()), 1));
        assert_eq!(folder.check(&workspace, "root/vip-7.md", TITLED), nearest);
    }
    workspace.set_roots(Vec::new());
    folder.write("root/vip-lsp.toml", "template = 'vip-template.md'");
    workspace.refresh();
    assert_eq!(problems(&folder, &workspace, &["root/vip-7.md"]), Vec::<String>::new());
}

#[test]
fn it_says_which_documents_are_proposals() {
    let folder = Folder::new(&[
        ("docs/vip-lsp.toml", "include = ['design/*.md']\nexclude = ['old/**', 'design/x.md']"),
        ("docs/vip-template.md", TEMPLATE),
    ]);
    let workspace = folder.workspace();
    let is_proposal = |name| folder.check(&workspace, name, TITLED).is_some();
    assert!(is_proposal("docs/vip-7.md"));
    assert!(!is_proposal("docs/old/vip-7.md") && !is_proposal("docs/old/er/vip-7.md"));
    assert!(!is_proposal("docs/design/x.md"));
    assert!(folder.check(&workspace, "docs/design/cache.md", "# Cache\n").is_some());
    assert!(folder.check(&workspace, "design/cache.md", "# Cache\n").is_none());
    workspace.set_settings(Settings::of_json(&json!({"exclude": ["docs/design/*.md"]})).0);
    assert!(is_proposal("docs/old/vip-7.md") && !is_proposal("docs/design/cache.md"));
}

#[test]
fn what_it_says_of_the_template_holds() {
    let template = "# VIP-`$N`: `$T`\n\n- **Status**: _one of ['Draft', 'Accepted']_\n\n## Summary\n\n## Design\n";
    let folder = Folder::new(&[("vip-template.md", template)]);
    let workspace = folder.workspace();
    let proposal = "# VIP-7: Cache\n\n- **Status**: Done\n\n## TL;DR\n\nOne two three.\n";
    let check = |config: &str| {
        folder.write("vip-lsp.toml", config);
        workspace.refresh();
        assert_eq!(problems(&folder, &workspace, &["vip-7.md"]), Vec::<String>::new());
        codes(&folder, &workspace, "vip-7.md", proposal)
    };
    let missing = "missing-section";
    assert_eq!(check(""), ["invalid-metadata-value", missing, missing]);
    assert_eq!(check("status = ['Draft', 'Done']"), [missing, missing]);
    assert_eq!(check("status = []"), [missing, missing]);
    let aliases = "status = ['Done']\nsections.summary.aliases = ['TL;DR']\n";
    assert_eq!(check(aliases), [missing, "section-name"]);
    assert_eq!(
        check(&format!("{aliases}sections.design.optional = true")),
        ["missing-optional-section", "section-name"]
    );
    let aliases = format!("{aliases}rules.section-name = 'off'\n");
    assert_eq!(check(&format!("{aliases}sections.summary.max-words = 2")), [missing, "section-too-long"]);
    assert_eq!(check(&format!("{aliases}rules.missing-section = 'off'")), Vec::<&str>::new());
    let editor = json!({"rules": {"missing-section": "hint"}, "sections": {"Summary": {"max-words": 1}}});
    workspace.set_settings(Settings::of_json(&editor).0);
    assert_eq!(check(&format!("{aliases}rules.missing-section = 'off'")), [missing, "section-too-long"]);
}

#[test]
fn a_section_that_no_template_has_is_a_problem_at_its_name() {
    let config = "status = ['A']\n[sections.'Sumary']\noptional = true\n[sections.design]\n[sections.\"Cost\"]";
    let folder = Folder::new(&[("vip-lsp.toml", config), ("a/vip-template.md", TEMPLATE)]);
    let workspace = folder.workspace();
    // Before there is a proposal, nothing is known of its template.
    assert_eq!(problems(&folder, &workspace, &["a/notes.txt"]), Vec::<String>::new());
    let names = "it has \"Summary\", \"Design\"";
    let status =
        "vip-lsp.toml:['A'] status: there is no metadata key \"Status\" in the template; add it there".to_owned();
    let unknown = |quoted: &str, name: &str| {
        format!("vip-lsp.toml:{quoted} sections.{name}: there is no section \"{name}\" in the template; {names}")
    };
    assert_eq!(
        problems(&folder, &workspace, &["a/vip-7.md"]),
        [status, unknown("'Sumary'", "Sumary"), unknown("\"Cost\"", "Cost")]
    );
    folder.write("b/vip-template.md", "# T\n\n- **Status**: Draft\n\n## Cost\n");
    workspace.refresh();
    assert_eq!(problems(&folder, &workspace, &["a/vip-7.md", "b/vip-7.md"]), [unknown("'Sumary'", "Sumary")]);
}

#[test]
fn the_editors_text_wins_over_the_file() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    let workspace = folder.workspace();
    let codes = || codes(&folder, &workspace, "vip-7.md", TITLED);
    assert_eq!(codes(), ["missing-section"]);
    let id = DocumentId::file(&folder.path("vip-lsp.toml"));
    workspace.put(id.clone(), Arc::new(Document::open("rules.missing-section = 'off'")));
    assert_eq!(codes(), Vec::<&str>::new());
    workspace.put(id.clone(), Arc::new(Document::open("rules.missing-section = 'of'")));
    assert_eq!(codes(), ["missing-section"]);
    assert_eq!(problems(&folder, &workspace, &[]).len(), 1);
    workspace.remove(&id);
    assert_eq!(problems(&folder, &workspace, &[]), Vec::<String>::new());
}

#[test]
fn a_file_that_cannot_be_read_is_a_problem_at_its_start() {
    let folder = Folder::new(&[]);
    let workspace = folder.workspace();
    std::fs::write(folder.path("vip-lsp.toml"), b"status = ['\xff']").expect("a file");
    assert_eq!(problems(&folder, &workspace, &[]), ["vip-lsp.toml: cannot be read: not valid UTF-8"]);
    folder.write("vip-lsp.toml", &"#".repeat(crate::syntax::MAX_BYTES + 1));
    workspace.refresh();
    assert_eq!(problems(&folder, &workspace, &[]).len(), 1);
}

#[test]
fn a_document_that_is_no_file_has_that_of_the_only_folder() {
    let folder = Folder::new(&[("a/vip-lsp.toml", "exclude = ['*']"), ("b/x", "")]);
    let workspace = folder.workspace();
    let id = DocumentId::Other("untitled:Untitled-1".into());
    let is_proposal = || workspace.snapshot(&id, Arc::new(Document::closed(TITLED))).is_some();
    workspace.set_roots(vec![folder.path("a")]);
    assert!(!is_proposal());
    workspace.set_roots(vec![folder.path("a"), folder.path("b")]);
    assert!(is_proposal());
}
