//! What comes with a merge, before it is made.
#![cfg(unix)]

use std::path::Path;

use super::choices::git;
use super::{folder, run, said};

const TEMPLATE: &str = "# XIP-0000: Title\n\n- Status: Draft\n\n## Summary\n\n_Say what._\n\n## Design\n\n_Say how._\n";

/// The text of a document of the family.
fn text(number: u32, title: &str, words: &str) -> String {
    format!("# XIP-{number:04}: {title}\n\n- Status: Draft\n\n## Summary\n\n{words}\n\n## Design\n\nSome words.\n")
}

fn write(root: &Path, name: &str, content: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, content).expect("a file");
}

/// Writes `files` and commits them.
fn commit(root: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        write(root, name, content);
        git(root, &["add", name]);
    }
    git(root, &["commit", "-q", "-m", "A"]);
}

const INDEX: &str =
    "# Proposals\n\n| Number | Title |\n| --- | --- |\n| [1](0001-a.md) | A |\n| [2](0002-b.md) | B |\n";

/// A repository with two documents and their index.
fn repository() -> tempfile::TempDir {
    let folder = folder(&[]);
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    let link = "As in [A](0001-a.md#design).";
    let (one, two) = (text(1, "A", "Some words."), text(2, "B", link));
    commit(
        root,
        &[
            ("text/0000-template.md", TEMPLATE),
            ("text/0001-a.md", &one),
            ("text/0002-b.md", &two),
            ("text/README.md", INDEX),
        ],
    );
    folder
}

/// The findings of a check with `arguments`, what is said at standard error, and the exit code.
fn check(root: &Path, arguments: &[&str]) -> (Vec<String>, String, Option<i32>) {
    let (found, error, code) = said(&run(root, &[&["check"], arguments].concat()));
    (found.lines().map(str::to_owned).collect(), error, code)
}

fn is_clean(root: &Path, arguments: &[&str]) {
    assert_eq!(check(root, arguments), (Vec::new(), String::new(), Some(0)), "{arguments:?}");
}

#[test]
fn two_branches_that_take_one_number_are_told_before_the_second_is_merged() {
    // As in npryce/adr-tools#102: records without a template, and two branches from one commit.
    let folder = folder(&[]);
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    let record = |number: u32, title: &str| {
        format!(
            "# {number}. {title}\n\nDate: 2016-02-{number:02}\n\n## Status\n\nAccepted\n\n## Context\n\nSome words.\n\n\
             ## Decision\n\nSome words.\n\n## Consequences\n\nSome words.\n"
        )
    };
    let (one, two) = (record(1, "Record decisions"), record(2, "Use shell scripts"));
    commit(root, &[("doc/adr/0001-record-decisions.md", &one), ("doc/adr/0002-use-shell-scripts.md", &two)]);
    git(root, &["branch", "one"]);
    git(root, &["checkout", "-q", "-b", "two"]);
    commit(root, &[("doc/adr/0003-use-make.md", &record(3, "Use make"))]);
    git(root, &["checkout", "-q", "one"]);
    commit(root, &[("doc/adr/0003-test-on-alpine.md", &record(3, "Test on Alpine"))]);
    git(root, &["checkout", "-q", "main"]);
    git(root, &["merge", "-q", "--no-edit", "one"]);
    // A clone that has only the second branch and the target, as a runner has.
    git(root, &["branch", "-q", "-D", "one"]);
    git(root, &["checkout", "-q", "two"]);
    let (found, error, code) = check(root, &["--merge-with", "main", "--select", "duplicate-number"]);
    let own = "doc/adr/0003-use-make.md:1:3: warning[duplicate-number] \"0003-test-on-alpine.md\" also has the number 0003; use the next free number";
    assert!(found.iter().any(|finding| finding == own), "{found:#?}");
    assert_eq!((error.as_str(), code), ("", Some(1)));
    // Either may come first.
    git(root, &["checkout", "-q", "main"]);
    let (found, _, code) = check(root, &["--merge-with", "two", "--select", "duplicate-number"]);
    assert!(found.iter().any(|finding| finding.contains("warning[duplicate-number]")), "{found:#?}");
    assert_eq!(code, Some(1));
}

#[test]
fn two_pull_requests_that_were_both_green_are_told_apart() {
    // As in johanhaleby/occurrent#595: both take the next number, and both add a row to the index.
    let folder = repository();
    let root = folder.path();
    let branches = ["one", "two"];
    for (branch, title) in branches.into_iter().zip(["Replay", "Leases"]) {
        git(root, &["checkout", "-q", "-b", branch, "main"]);
        let name = format!("text/0003-{}.md", title.to_lowercase());
        let index = format!("{INDEX}| [3](0003-{}.md) | {title} |\n", title.to_lowercase());
        commit(root, &[(&name, &text(3, title, "Some words.")), ("text/README.md", &index)]);
    }
    // Each is green on its own, as the runner of one does not have the other.
    let clone = tempfile::tempdir().expect("a folder");
    let at = root.to_str().expect("a path");
    for branch in branches {
        let name = clone.path().join(branch);
        git(clone.path(), &["clone", "-q", "--single-branch", "-b", branch, at, branch]);
        is_clean(&name, &[]);
    }
    git(root, &["checkout", "-q", "main"]);
    git(root, &["merge", "-q", "one"]);
    let two = clone.path().join("two");
    git(&two, &["fetch", "-q", "origin", "main"]);
    let (found, error, code) = check(&two, &["--merge-with", "FETCH_HEAD"]);
    let duplicate = "text/0003-leases.md:1:3: warning[duplicate-number] \"0003-replay.md\" also has the number 0003; use the next free number";
    assert!(found.iter().any(|finding| finding == duplicate), "{found:#?}");
    // Rows that both add at one place are both there.
    assert!(!found.iter().any(|finding| finding.contains("index-missing-entry")), "{found:#?}");
    let conflict =
        "vip-lsp: text/README.md:7: conflicts with \"FETCH_HEAD\": both add lines here; it is judged with both\n";
    assert_eq!((error.as_str(), code), (conflict, Some(1)));
    // With another number, it can be merged.
    git(&two, &["mv", "text/0003-leases.md", "text/0004-leases.md"]);
    write(&two, "text/0004-leases.md", &text(4, "Leases", "Some words."));
    write(&two, "text/README.md", &format!("{INDEX}| [4](0004-leases.md) | Leases |\n"));
    let (found, _, code) = check(&two, &["--merge-with", "FETCH_HEAD"]);
    assert_eq!((found, code), (Vec::new(), Some(0)));
}

#[test]
fn rows_links_anchors_and_names_are_as_after_the_merge() {
    let folder = repository();
    let root = folder.path();
    // One side moves a document, renames a heading, and changes a title; the other one refers to them as they were.
    git(root, &["checkout", "-q", "-b", "theirs"]);
    git(root, &["mv", "text/0001-a.md", "text/0001-anchors.md"]);
    let moved = text(1, "Anchors", "Some words.").replace("## Design", "## Design of it");
    let index = INDEX.replace("[1](0001-a.md) | A", "[1](0001-anchors.md) | Anchors");
    let two = text(2, "B", "As in [A](0001-anchors.md#design-of-it).");
    commit(root, &[("text/0001-anchors.md", &moved), ("text/0002-b.md", &two), ("text/README.md", &index)]);
    git(root, &["checkout", "-q", "-b", "ours", "main"]);
    let links = "Unlike [A](0001-a.md), as in [B](0002-b.md#design).";
    let index = format!("{INDEX}| [3](0003-c.md) | C |\n");
    commit(root, &[("text/0003-c.md", &text(3, "C", links)), ("text/README.md", &index)]);
    is_clean(root, &[]);
    let (found, error, _) = check(root, &["--merge-with", "theirs"]);
    assert_eq!(error, "");
    assert_eq!(
        found,
        [
            "text/0001-anchors.md:8:1: information[missing-section] section \"Design\" is missing; add it after \"Summary\", unless \"Design of it\" covers it",
            "text/0003-c.md:7:8: warning[broken-link] link points to \"0001-a.md\", which does not exist; correct the path",
        ]
    );
    // What the working tree changes meanwhile counts, too, and nothing is written.
    write(root, "text/0003-c.md", &text(3, "C", "Unlike [A](0001-anchors.md#design)."));
    let (found, _, _) = check(root, &["text/0003-c.md", "--merge-with", "theirs"]);
    assert!(found.len() == 1 && found[0].contains("broken-anchor"), "{found:#?}");
    let (found, error, code) = check(root, &["text/0001-a.md", "--merge-with", "theirs"]);
    assert_eq!(
        (found, error.as_str(), code),
        (Vec::new(), "vip-lsp: text/0001-a.md: gone after the merge, so not checked\n", Some(0))
    );
    // What was there before can be left out.
    check(root, &["--write-baseline", "known.json"]);
    let (found, _, _) = check(root, &["--merge-with", "theirs", "--baseline", "known.json"]);
    assert_eq!(found.len(), 2, "{found:#?}");
    check(root, &["--merge-with", "theirs", "--write-baseline", "known.json"]);
    is_clean(root, &["--merge-with", "theirs", "--baseline", "known.json"]);
    assert!(root.join("text/0001-a.md").exists() && !root.join("text/0001-anchors.md").exists());
}

/// The index of a family with a document for each of `numbers`.
fn index(numbers: &[u32]) -> String {
    let row = |number: &u32| format!("| [{number}](00{number}-x.md) | X{number} |\n");
    format!("# Proposals\n\n| Number | Title |\n| --- | --- |\n{}", numbers.iter().map(row).collect::<String>())
}

/// What a branch does that takes `number` in a family with the documents 10, 20 and so on up to 90: one of five things, by `kind`.
fn branch(root: &Path, number: u32, kind: u32) {
    let numbers: Vec<u32> = (1..10).map(|number| number * 10).collect();
    let mut all = [&numbers[..], &[number]].concat();
    all.sort_unstable();
    let (name, near) = (format!("text/00{number}-x.md"), number / 10 * 10);
    let links = format!("As in [X](00{near}-x.md#summary), XIP-00{near} and [all](README.md).");
    let own = text(number, &format!("X{number}"), &links);
    let mut files = vec![(name, own), ("text/README.md".to_owned(), index(&all))];
    let near_text = |title: &str, words: &str| text(near, title, words);
    match kind {
        0 => files.push((format!("text/00{near}-x.md"), near_text(&format!("X{near}"), "Other words."))),
        1 => {
            let own = files[0].1.replace("Some words.", &format!("![a](00{number}.png)"));
            files[0].1 = own;
            files.push((format!("text/00{number}.png"), "a picture".to_owned()));
        }
        2 => {
            let before = index(&all).replace(&format!("| X{near} |"), &format!("| Y{near} |"));
            files[1].1 = before;
            files.push((format!("text/00{near}-x.md"), near_text(&format!("Y{near}"), "Some words.")));
        }
        3 => {
            git(root, &["mv", &format!("text/00{near}-x.md"), &format!("text/00{near}-y.md")]);
            for (_, content) in &mut files {
                *content = content.replace(&format!("(00{near}-x.md"), &format!("(00{near}-y.md"));
            }
        }
        _ => files.push((format!("notes/{number}.md"), "# Notes\n\n[X](../text/README.md)\n".to_owned())),
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    commit(root, &files);
}

#[test]
fn what_goes_together_is_silent() {
    let folder = folder(&[]);
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    let numbers: Vec<u32> = (1..10).map(|number| number * 10).collect();
    let texts =
        numbers.iter().map(|number| (format!("text/00{number}-x.md"), text(*number, &format!("X{number}"), "Words.")));
    let texts: Vec<(String, String)> = texts.collect();
    let mut files: Vec<(&str, &str)> = texts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    let all = index(&numbers);
    files.extend([("text/0000-template.md", TEMPLATE), ("text/README.md", all.as_str())]);
    commit(root, &files);
    is_clean(root, &[]);
    for pair in 0..50 {
        let (one, two) = (11 + pair % 9 + pair % 3 * 10, 51 + pair % 8 + pair % 3 * 10);
        git(root, &["checkout", "-q", "-B", "one", "main"]);
        branch(root, one, pair % 5);
        git(root, &["checkout", "-q", "-B", "two", "main"]);
        branch(root, two, pair / 5 % 5);
        is_clean(root, &["--merge-with", "one"]);
        // Git says so, too.
        git(root, &["merge", "-q", "--no-edit", "one"]);
        is_clean(root, &[]);
    }
}

#[test]
fn a_template_that_the_other_side_changes_holds_for_what_is_new_here() {
    let folder = repository();
    let root = folder.path();
    git(root, &["checkout", "-q", "-b", "mine"]);
    let index = format!("{INDEX}| [3](0003-c.md) | C |\n");
    commit(root, &[("text/0003-c.md", &text(3, "C", "Some words.")), ("text/README.md", &index)]);
    git(root, &["checkout", "-q", "main"]);
    commit(root, &[("text/0000-template.md", &format!("{TEMPLATE}\n## Security\n\n_Say what for._\n"))]);
    git(root, &["checkout", "-q", "mine"]);
    is_clean(root, &[]);
    let (found, _, code) = check(root, &["--merge-with", "main"]);
    let expected =
        "text/0003-c.md:11:12: warning[missing-section] section \"Security\" is missing; add it after \"Design\"";
    assert_eq!((found, code), (vec![expected.to_owned()], Some(1)));
}

#[test]
fn what_conflicts_is_said_and_judged_as_it_is_here() {
    let folder = repository();
    let root = folder.path();
    git(root, &["checkout", "-q", "-b", "theirs"]);
    git(root, &["rm", "-q", "text/0001-a.md"]);
    git(root, &["mv", "text/0002-b.md", "text/0002-theirs.md"]);
    commit(root, &[("text/README.md", &INDEX.replace("| A |", "| Theirs |"))]);
    git(root, &["checkout", "-q", "-b", "ours", "main"]);
    git(root, &["mv", "text/0002-b.md", "text/0002-ours.md"]);
    let index = INDEX.replace("| A |", "| Ours |").replace("0002-b", "0002-ours");
    commit(root, &[("text/0001-a.md", &text(1, "Ours", "Some words.")), ("text/README.md", &index)]);
    is_clean(root, &[]);
    let (found, error, code) = check(root, &["--merge-with", "theirs"]);
    assert_eq!((found, code), (Vec::new(), Some(0)));
    let expected = "\
vip-lsp: text/0001-a.md: conflicts with \"theirs\", which removes it; it is judged as it is here
vip-lsp: text/0002-ours.md: conflicts with \"theirs\", which moves it to text/0002-theirs.md; it is judged as it is here
vip-lsp: text/README.md:5: conflicts with \"theirs\": both change these lines; it is judged with those that are here
";
    assert_eq!(error, expected);
}

#[test]
fn several_revisions_are_merged_one_after_another() {
    let folder = repository();
    let root = folder.path();
    for (branch, number) in [("one", 3), ("two", 4), ("three", 4)] {
        git(root, &["checkout", "-q", "-b", branch, "main"]);
        commit(root, &[(&format!("text/000{number}-{branch}.md"), &text(number, "X", "Some words."))]);
    }
    // One that goes on where another one ends.
    git(root, &["checkout", "-q", "-b", "further", "one"]);
    commit(root, &[("text/0003-one.md", &text(3, "X", "Other words."))]);
    git(root, &["tag", "-a", "-m", "A", "v1", "further"]);
    git(root, &["checkout", "-q", "main"]);
    let duplicates = |arguments: &[&str]| {
        let (found, error, _) = check(root, &[&["--select", "duplicate-number"], arguments].concat());
        assert_eq!(error, "");
        found.len()
    };
    assert_eq!(duplicates(&["--merge-with", "one", "--merge-with", "two"]), 0);
    assert_eq!(duplicates(&["--merge-with", "one", "--merge-with", "v1"]), 0);
    assert_eq!(duplicates(&["--merge-with", "v1", "--merge-with", "one"]), 0);
    assert_eq!(duplicates(&["--merge-with", "two", "--merge-with", "three"]), 2);
    // What is merged already changes nothing.
    git(root, &["checkout", "-q", "further"]);
    assert_eq!(duplicates(&["--merge-with", "one", "--merge-with", "main", "--merge-with", "HEAD"]), 0);
}

#[test]
fn what_cannot_be_merged_is_said() {
    let folder = repository();
    let root = folder.path();
    let fails = |root: &Path, arguments: &[&str], expected: &str| {
        let (found, error, code) = check(root, arguments);
        assert!(found.is_empty() && error.contains(expected) && code == Some(2), "{error}{found:?}");
    };
    fails(root, &["--merge-with", "no-such"], "there is no git revision \"no-such\"");
    fails(root, &["--merge-with", "main", "--fix"], "cannot be used with");
    git(root, &["checkout", "-q", "--orphan", "other"]);
    commit(root, &[("other.md", "# Other\n")]);
    git(root, &["checkout", "-q", "main"]);
    fails(root, &["--merge-with", "other"], "\"other\" and HEAD have no commit in common here; name another");
    let alone = tempfile::tempdir().expect("a folder");
    fails(alone.path(), &["--merge-with", "main"], "is not in a git repository");
    // A clone without the commit that both have.
    for branch in ["one", "two"] {
        git(root, &["checkout", "-q", "-b", branch, "main"]);
        commit(root, &[(&format!("{branch}.md"), "# A\n")]);
    }
    let at = format!("file://{}", root.display());
    git(alone.path(), &["clone", "-q", "--depth", "1", "--no-single-branch", &at, "clone"]);
    fails(
        &alone.path().join("clone"),
        &["--merge-with", "origin/one"],
        "this clone is shallow and may lack it: fetch more",
    );
}
