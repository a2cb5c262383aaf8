//! Numbers that other branches have taken.
#![cfg(unix)]

use std::path::Path;

use super::choices::git;
use super::{folder, run, said};

const TEMPLATE: &str = "# XIP-0000: Title\n\n- Status: Draft\n\n## Summary\n\n_Say what._\n";

fn commit(root: &Path, name: &str, title: &str) {
    std::fs::write(root.join(name), format!("# {title}\n\n- Status: Draft\n\n## Summary\n\nSome words.\n"))
        .expect("a file");
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", name]);
}

/// A repository with three documents, and a branch with a fourth one.
fn repository() -> tempfile::TempDir {
    let folder = folder(&[("text/0000-template.md", TEMPLATE)]);
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    for number in 1..4 {
        commit(root, &format!("text/000{number}-a.md"), &format!("XIP-000{number}: A"));
    }
    git(root, &["checkout", "-q", "-b", "topic"]);
    commit(root, "text/0004-topic.md", "XIP-0004: Topic");
    git(root, &["checkout", "-q", "main"]);
    folder
}

fn new(root: &Path) -> String {
    said(&run(root, &["new", "--dry-run", "Views"])).0.lines().next().unwrap_or_default().to_owned()
}

fn duplicates(root: &Path) -> Vec<String> {
    let found = said(&run(root, &["check", "--select", "duplicate-number"])).0;
    found.lines().map(str::to_owned).collect()
}

#[test]
fn a_new_proposal_gets_a_number_that_no_branch_has() {
    let folder = repository();
    let root = folder.path();
    assert_eq!(new(root), "text/0005-views.md");
    // The branch of a remote counts as well, wherever git keeps it.
    git(root, &["update-ref", "refs/remotes/origin/theirs", "topic"]);
    git(root, &["branch", "-q", "-D", "topic"]);
    assert_eq!(new(root), "text/0005-views.md");
    git(root, &["pack-refs", "--all"]);
    assert_eq!(new(root), "text/0005-views.md");
    git(root, &["update-ref", "-d", "refs/remotes/origin/theirs"]);
    assert_eq!(new(root), "text/0004-views.md");
}

#[test]
fn a_number_that_another_branch_has_is_a_duplicate_while_the_proposal_is_new() {
    let folder = repository();
    let root = folder.path();
    git(root, &["checkout", "-q", "-b", "mine"]);
    std::fs::write(root.join("text/0004-mine.md"), "# XIP-0004: Mine\n\n- Status: Draft\n\n## Summary\n\nA.\n")
        .expect("a file");
    let expected = [
        "text/0004-mine.md:1:3: warning[duplicate-number] \"0004-topic.md\" on the branch \"topic\" also has the number 0004; \
                     use the next free number",
    ];
    assert_eq!(duplicates(root), expected);
    commit(root, "text/0004-mine.md", "XIP-0004: Mine");
    assert_eq!(duplicates(root), expected);
    // The same document on another branch, and the same branch at a remote under an older name, are none.
    git(root, &["branch", "-q", "copy"]);
    git(root, &["update-ref", "refs/remotes/origin/mine", "mine"]);
    git(root, &["mv", "text/0004-mine.md", "text/0004-ours.md"]);
    git(root, &["commit", "-q", "-m", "B"]);
    git(root, &["branch", "-q", "-D", "copy", "topic"]);
    assert_eq!(duplicates(root), Vec::<String>::new());
    // Neither is what was merged and removed.
    git(root, &["checkout", "-q", "-b", "old", "main"]);
    commit(root, "text/0004-old.md", "XIP-0004: Old");
    git(root, &["checkout", "-q", "mine"]);
    git(root, &["merge", "-q", "--no-edit", "old"]);
    git(root, &["rm", "-q", "text/0004-old.md"]);
    git(root, &["commit", "-q", "-m", "C"]);
    assert_eq!(duplicates(root), Vec::<String>::new());
}
