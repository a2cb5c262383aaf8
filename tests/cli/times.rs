//! Documents follow the template of the day on which they came in, as far as git knows it.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use super::dated::git_at;
use super::{folder, run, said};

const FIRST: &str = "# XIP-0000: Title\n\n- Status: Draft\n\n## Summary\n\n_Say what._\n\n## Design\n\n_Say how._\n";
const SECOND: &str = "# XIP-0000: Title\n\n- Status: Draft\n- Owner: Name\n\n## Summary\n\n_Say what._\n\n## Design\n\n_Say how._\n\n\
                      ## Security\n\n_Say what may go wrong._\n";

/// A document with `sections`.
fn document(number: u32, sections: &[&str]) -> String {
    let sections: String = sections.iter().map(|name| format!("\n## {name}\n\nSome words.\n")).collect();
    format!("# XIP-{number:04}: Caches {number}\n\n- Status: Accepted\n{sections}")
}

fn commit(folder: &Path, day: u32, files: &[(&str, &str)]) {
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    git_at(folder, day, &["add", "-A"]);
    git_at(folder, day, &["commit", "-q", "-m", "A"]);
}

/// A repository whose template got a section and a key on the tenth day, with documents from before and after.
fn repository() -> tempfile::TempDir {
    let folder = folder(&[]);
    let root = folder.path();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    commit(root, 1, &[("0000-template.md", FIRST)]);
    let whole = ["Summary", "Design"];
    commit(root, 2, &[("text/0001-a.md", &document(1, &whole)), ("text/0002-b.md", &document(2, &["Summary"]))]);
    commit(root, 3, &[("text/0003-c.md", &document(3, &whole)), ("text/0004-d.md", &document(4, &whole))]);
    // It moves, too.
    std::fs::remove_file(root.join("0000-template.md")).expect("a file");
    commit(root, 10, &[("templates/0000-template.md", SECOND)]);
    commit(root, 11, &[("text/0005-e.md", &document(5, &whole))]);
    folder
}

/// The findings about what is missing, without their places.
fn missing(root: &Path, arguments: &[&str]) -> Vec<String> {
    let (found, error, _) = said(&run(root, &[&["check"], arguments].concat()));
    assert!(!error.contains("vip-lsp:"), "{error}");
    let line = |line: &str| {
        let (path, rest) = line.split_once(':')?;
        let (rule, message) = rest.split_once(": ")?.1.split_once("] ")?;
        let (severity, rule) = rule.split_once('[')?;
        let message = message.split(" is missing").next()?;
        rule.starts_with("missing").then(|| format!("{path} {severity} {message}"))
    };
    found.lines().filter_map(line).collect()
}

const OF_ITS_DAY: [&str; 3] = [
    "text/0002-b.md warning section \"Design\"",
    "text/0005-e.md warning metadata \"Owner\"",
    "text/0005-e.md warning section \"Security\"",
];

#[test]
fn what_the_template_did_not_ask_for_yet_is_not_missing() {
    let folder = repository();
    let root = folder.path();
    assert_eq!(missing(root, &[]), OF_ITS_DAY);
    // The same from a worktree, and from a clone.
    git_at(root, 12, &["worktree", "add", "-q", "../tree", "-b", "other"]);
    let tree = root.parent().expect("a parent").join("tree");
    assert_eq!(missing(&tree, &[]), OF_ITS_DAY);
    std::fs::remove_dir_all(&tree).expect("a folder");
    // An old document stays an old document when it is edited; one that is new follows the template as it is now.
    std::fs::write(root.join("text/0001-a.md"), document(1, &["Summary", "Design", "More"])).expect("a file");
    std::fs::write(root.join("text/0006-f.md"), document(6, &["Summary", "Design"])).expect("a file");
    let of_new = ["text/0006-f.md warning metadata \"Owner\"", "text/0006-f.md warning section \"Security\""];
    assert_eq!(missing(root, &[]), [&OF_ITS_DAY[..], &of_new].concat());
    // So does one that is committed on a branch.
    git_at(root, 12, &["checkout", "-q", "-b", "topic"]);
    commit(root, 12, &[]);
    assert_eq!(missing(root, &[]), [&OF_ITS_DAY[..], &of_new].concat());
    std::fs::write(root.join("vip-lsp.toml"), "template-version = \"current\"\n").expect("a file");
    assert_eq!(missing(root, &["text/0001-a.md"]).len(), 2);
    std::fs::write(root.join("vip-lsp.toml"), "template-version = \"old\"\n").expect("a file");
    let told = said(&run(root, &["check"])).1;
    let expected = "template-version: must be \"of-its-day\" or \"current\", not \"old\"";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn the_version_is_that_of_the_commit_whatever_the_clocks_said() {
    // The template changes after the document came in: in the same second, with an earlier clock, and on a branch that is merged later.
    for day in [2, 1] {
        let folder = folder(&[]);
        let root = folder.path();
        git_at(root, 1, &["init", "-q", "-b", "main"]);
        commit(root, 1, &[("0000-template.md", FIRST)]);
        commit(root, 2, &[("text/0001-a.md", &document(1, &["Summary", "Design"]))]);
        commit(root, day, &[("0000-template.md", SECOND)]);
        assert_eq!(missing(root, &[]), Vec::<String>::new(), "{day}");
    }
    let folder = folder(&[]);
    let root = folder.path();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    commit(root, 1, &[("0000-template.md", FIRST)]);
    git_at(root, 2, &["checkout", "-q", "-b", "side"]);
    commit(root, 2, &[("0000-template.md", SECOND)]);
    git_at(root, 3, &["checkout", "-q", "main"]);
    commit(root, 3, &[("text/0001-a.md", &document(1, &["Summary", "Design"]))]);
    git_at(root, 4, &["merge", "-q", "--no-edit", "side"]);
    assert_eq!(missing(root, &[]), Vec::<String>::new());
}

#[test]
fn a_document_that_is_moved_is_not_new() {
    let folder = repository();
    let root = folder.path();
    git_at(root, 12, &["checkout", "-q", "-b", "topic"]);
    git_at(root, 12, &["mv", "text/0001-a.md", "text/0009-a.md"]);
    std::fs::write(root.join("text/0009-a.md"), document(9, &["Summary", "Design"])).expect("a file");
    // Before it is committed, and after.
    assert_eq!(missing(root, &[]), OF_ITS_DAY);
    commit(root, 12, &[]);
    assert_eq!(missing(root, &[]), OF_ITS_DAY);
    // The template's own history goes on, too.
    std::fs::rename(root.join("templates/0000-template.md"), root.join("templates/template.md")).expect("a file");
    assert_eq!(missing(root, &[]), OF_ITS_DAY);
    std::fs::write(root.join("text/0010-other.md"), "# XIP-0010: Other\n\n- Status: Draft\n\n## Summary\n\nNew.\n")
        .expect("a file");
    let of_new = missing(root, &["text/0010-other.md"]);
    assert_eq!(of_new.len(), 3, "{of_new:?}");
}

#[test]
fn explain_says_which_version_a_document_follows() {
    let folder = repository();
    let root = folder.path();
    let said_of = |name: &str| said(&run(root, &["explain", name])).0;
    let said_of_old = said_of("text/0001-a.md");
    let expected = "it came in on 2026-01-02, so it follows the template of 2026-01-01, as it was on that day";
    assert!(said_of_old.contains(expected), "{said_of_old}");
    let said_of_new = said_of("text/0005-e.md");
    assert!(!said_of_new.contains("it came in"), "{said_of_new}");
    // A document that was brought to a later version follows that one.
    let later = document(3, &["Summary", "Design", "Security"]).replace("\n\n## Summary", "\n- Owner: A\n\n## Summary");
    commit(root, 12, &[("text/0003-c.md", &later)]);
    let said = said_of("text/0003-c.md");
    assert!(
        said.contains(
            "it came in on 2026-01-03, when the template was that of 2026-01-01, and follows it as it is now"
        ),
        "{said}"
    );
}

#[test]
fn a_history_that_was_not_fetched_is_not_made_up() {
    let folder = repository();
    let from = format!("file://{}", folder.path().display());
    let clone = tempfile::tempdir().expect("a folder");
    git_at(clone.path(), 12, &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let root = clone.path().join("shallow");
    // As without a history, all documents follow the template as it is now.
    let found = missing(&root, &[]);
    assert_eq!(found.len(), 11, "{found:?}");
    let told = said(&run(&root, &["explain", "text/0001-a.md"])).0;
    assert!(told.contains("git has too little of the history here to say when it came in"), "{told}");
    // Without git, nothing is said of it.
    std::fs::remove_dir_all(root.join(".git")).expect("a folder");
    assert_eq!(missing(&root, &[]), found);
}

#[test]
fn a_long_history_is_kept_in_the_cache_and_read_on_from_there() {
    let folder = repository();
    let (root, cache) = (folder.path(), tempfile::tempdir().expect("a folder"));
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
        command.env("XDG_CACHE_HOME", cache.path()).current_dir(root).args(["check", "--output-format", "json"]);
        String::from_utf8(command.output().expect("it runs").stdout).expect("text")
    };
    let kept = || std::fs::read_dir(cache.path().join("vip-lsp/history")).map_or(0, Iterator::count);
    let before = check();
    // A short one is read faster than it is found.
    assert_eq!(kept(), 0);
    let pages: Vec<(String, String)> =
        (0..250).map(|page| (format!("notes/page-{page}.md"), "# Notes\n".to_owned())).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
    commit(root, 12, &pages);
    assert_eq!((check(), kept()), (before.clone(), 1));
    assert_eq!(check(), before);
    // Only what came since is read; the old objects may even be gone.
    commit(root, 13, &[("text/0007-g.md", &document(7, &["Summary", "Design"]))]);
    assert!(check().contains("text/0007-g.md"));
    let file = std::fs::read_dir(cache.path().join("vip-lsp/history")).expect("a folder").next().expect("a file");
    let file = file.expect("a file").path();
    let after = check();
    for damaged in ["", "{", "{\"format\":1}", "[]"] {
        std::fs::write(&file, damaged).expect("a file");
        assert_eq!(check(), after, "{damaged}");
    }
    // A history that was rewritten is read from its start.
    git_at(root, 14, &["commit", "-q", "--amend", "-m", "B"]);
    assert_eq!(check(), after);
}

#[test]
fn documents_are_brought_to_the_template_as_it_is_now() {
    let folder = repository();
    let root = folder.path();
    let migrate = |arguments: &[&str]| said(&run(root, &[&["migrate"], arguments].concat()));
    let before = std::fs::read_to_string(root.join("text/0001-a.md")).expect("a file");
    let (diff, told, code) = migrate(&["--diff", "text/0001-a.md"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(
        diff.starts_with("--- a/text/0001-a.md\n+++ b/text/0001-a.md\n") && diff.contains("+## Security\n"),
        "{diff}"
    );
    assert!(told.contains("text/0001-a.md: insert section \"Security\"\n"), "{told}");
    assert!(told.ends_with("1 file would be changed.\n"), "{told}");
    assert_eq!(std::fs::read_to_string(root.join("text/0001-a.md")).expect("a file"), before);
    // Those that were accepted are left alone.
    let (_, told, code) = migrate(&["--open-only"]);
    assert_eq!(
        (told.as_str(), code),
        ("Every document follows the template as it is now, or needs no change.\n", Some(0))
    );
    let (_, told, code) = migrate(&["text"]);
    assert!(told.ends_with("4 files changed.\n") && code == Some(0), "{told}");
    let after = std::fs::read_to_string(root.join("text/0001-a.md")).expect("a file");
    assert!(after.contains("- Status: Accepted\n- Owner:\n") && after.contains("\n## Security\n"), "{after}");
    assert_eq!(migrate(&["--diff"]).2, Some(0));
    // A document that came in later follows the current version, unless one is named.
    let (_, told, _) = migrate(&["--diff", "--from", "HEAD~2", "text/0005-e.md"]);
    assert!(told.contains("text/0005-e.md: insert section \"Security\""), "{told}");
    let (_, told, code) = migrate(&["--from", "nothing"]);
    assert!(told.contains("there is no git revision") && code == Some(2), "{told}");
}

#[test]
fn a_document_that_was_put_in_the_new_order_follows_it() {
    let folder = folder(&[]);
    let root = folder.path();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    commit(root, 1, &[("0000-template.md", FIRST)]);
    let documents = ["text/0001-a.md", "text/0002-b.md", "text/0003-c.md"];
    let whole = document(1, &["Summary", "Design"]);
    commit(root, 2, &documents.map(|name| (name, whole.as_str())));
    let other = FIRST.replace(
        "## Summary\n\n_Say what._\n\n## Design\n\n_Say how._\n",
        "## Design\n\n_Say how._\n\n## Summary\n\n_Say what._\n",
    );
    commit(root, 3, &[("0000-template.md", &other)]);
    let order = || said(&run(root, &["check", "--select", "section-order"])).0;
    assert_eq!(order(), "");
    let told = said(&run(root, &["migrate"])).1;
    assert!(told.ends_with("3 files changed.\n"), "{told}");
    assert_eq!(order(), "");
    commit(root, 4, &[]);
    assert_eq!(order(), "");
    assert!(said(&run(root, &["migrate"])).1.starts_with("Every document follows"));
}

#[test]
fn a_migration_stays_in_its_repository_and_says_when_nothing_is_known() {
    let folder = repository();
    let root = folder.path();
    let linking = "# Notes\n\n[a](../text/0001-a.md#design)\n";
    let renamed = SECOND.replace("## Design", "## Detailed design");
    commit(root, 12, &[("templates/0000-template.md", &renamed), ("notes/b.md", linking)]);
    std::fs::create_dir(root.join("inner")).expect("a folder");
    git_at(&root.join("inner"), 12, &["init", "-q"]);
    std::fs::write(root.join("inner/c.md"), linking).expect("a file");
    let (_, told, code) = said(&run(root, &["migrate"]));
    assert!(code == Some(0) && told.contains("rename section \"Design\" to \"Detailed design\""), "{told}");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file");
    assert_eq!(read("notes/b.md"), linking.replace("#design", "#detailed-design"));
    assert_eq!(read("inner/c.md"), linking);
    std::fs::remove_dir_all(root.join(".git")).expect("a folder");
    let (_, told, _) = said(&run(root, &["migrate"]));
    assert!(told.starts_with("Nothing to do: git says of no document here when it came in"), "{told}");
}
