//! The states of proposals, and the moves between them that a life cycle allows.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::dated::git_at;
use super::{folder, run, said};

const TEMPLATE: &str = "# XIP-0000: Title\n\n- Status: Draft | Review | Last Call | Final | Withdrawn\n- Author: Name\n\n\
                        ## Summary\n\n_Say what._\n\n## Tests\n\n_Say how it is tested._\n";

const LIFE_CYCLE: &str = "\
[life-cycle.Draft]
start = true
next = [\"Review\", \"Withdrawn\"]

[life-cycle.Review]
next = [\"Last Call\", \"Draft\", \"Withdrawn\"]

[life-cycle.\"Last Call\"]
next = [\"Final\", \"Review\"]

[life-cycle.Final]
next = []

[life-cycle.Withdrawn]
next = [\"Draft\"]
";

/// The setting that documents follow the template as it is now, though they came in before it was so.
const CURRENT: &str = "template-version = \"current\"\n\n";

const STATES: [&str; 5] = ["Draft", "Review", "Last Call", "Final", "Withdrawn"];

/// For each state: those that may follow.
const NEXT: [&[usize]; 5] = [&[1, 4], &[2, 0, 4], &[3, 1], &[], &[0]];

fn document(number: usize, status: &str) -> String {
    format!(
        "# XIP-{number:04}: Caches {number}\n\n- Status: {status}\n- Author: A. Author\n\n## Summary\n\nSome words.\n\n\
         ## Tests\n\nSome more.\n"
    )
}

fn name(number: usize) -> String {
    format!("text/{number:04}-caches-{number}.md")
}

fn put(root: &Path, name: &str, content: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, content).expect("a file");
}

fn commit(root: &Path, day: u32) {
    let all = ["text", "templates", "vip-lsp.toml"];
    let there = all.into_iter().filter(|name| root.join(name).exists());
    git_at(root, day, &["add"].into_iter().chain(there).collect::<Vec<_>>());
    git_at(root, day, &["commit", "-q", "-m", "A"]);
}

/// A repository with a life cycle and a document for each of `statuses`, on the first day.
fn repository(statuses: &[&str]) -> tempfile::TempDir {
    let folder = folder(&[("templates/0000-template.md", TEMPLATE), ("vip-lsp.toml", LIFE_CYCLE)]);
    let root = folder.path();
    git_at(root, 1, &["init", "-q", "-b", "main"]);
    for (index, status) in statuses.iter().enumerate() {
        put(root, &name(index + 1), &document(index + 1, status));
    }
    commit(root, 1);
    folder
}

/// The findings of `rule`, without their places.
fn found(root: &Path, rule: &str, arguments: &[&str]) -> Vec<String> {
    let (found, error, _) = said(&run(root, &[&["check", "--select", rule], arguments].concat()));
    assert!(!error.contains("vip-lsp:"), "{error}");
    let line = |line: &str| {
        let (path, rest) = line.split_once(':')?;
        Some(format!("{path}: {}", rest.split_once("] ")?.1))
    };
    found.lines().filter(|line| line.contains(&format!("[{rule}]"))).filter_map(line).collect()
}

#[test]
fn every_illegal_move_of_a_branch_is_found_and_no_legal_one() {
    // All moves from each state to each other one, many times over.
    let moves: Vec<(usize, usize)> = (0..330).map(|index| (index % 5, (index / 5) % 5)).collect();
    let before: Vec<&str> = moves.iter().map(|(from, _)| STATES[*from]).collect();
    let folder = repository(&before);
    let root = folder.path();
    git_at(root, 2, &["checkout", "-q", "-b", "topic"]);
    let mut illegal = BTreeSet::new();
    for (index, (from, to)) in moves.iter().enumerate() {
        put(root, &name(index + 1), &document(index + 1, STATES[*to]));
        if from != to && !NEXT[*from].contains(to) {
            illegal.insert(name(index + 1));
        }
    }
    commit(root, 2);
    assert!(illegal.len() > 30, "{}", illegal.len());
    for arguments in [&[][..], &["--changed-since", "main"]] {
        let found = found(root, "illegal-transition", arguments);
        let paths: BTreeSet<String> =
            found.iter().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
        assert_eq!((paths, found.len()), (illegal.clone(), illegal.len()));
    }
    // After the merge it is history.
    git_at(root, 3, &["checkout", "-q", "main"]);
    git_at(root, 3, &["merge", "-q", "topic"]);
    assert_eq!(found(root, "illegal-transition", &[]), Vec::<String>::new());
    assert_eq!(found(root, "illegal-transition", &["--changed-since", "main~1"]).len(), illegal.len());
}

#[test]
fn each_move_is_judged_by_the_commit_before_whatever_the_file_is_called() {
    let folder = repository(&["Draft", "Draft", "Draft"]);
    let root = folder.path();
    let steps =
        [("Review", None), ("Review (again)", None), ("Final", Some("Review (again)")), ("draft", Some("Final"))];
    for (day, (status, before)) in steps.into_iter().enumerate() {
        std::fs::remove_file(root.join(format!("text/0001-caches-{}.md", if day == 0 { 1 } else { day + 10 })))
            .expect("a file");
        put(root, &format!("text/0001-caches-{}.md", day + 11), &document(1, status));
        commit(root, day as u32 + 2);
        let found = found(root, "illegal-transition", &["--changed-since", "HEAD~1"]);
        assert_eq!(found.len(), usize::from(before.is_some()), "{status}: {found:?}");
        assert!(before.is_none_or(|before| found[0].contains(&format!("the status was \"{before}\""))), "{found:?}");
    }
}

#[test]
fn a_new_proposal_starts_where_it_may() {
    let folder = repository(&["Draft", "Review", "Final"]);
    let root = folder.path();
    put(root, &name(4), &document(4, "Draft"));
    put(root, &name(5), &document(5, "Last Call"));
    // No state of all: another rule says so.
    put(root, &name(6), &document(6, "Drafty"));
    assert_eq!(
        found(root, "illegal-transition", &[]),
        ["text/0005-caches-5.md: a new proposal does not start as \"Last Call\"; start as \"Draft\""]
    );
    put(root, "vip-lsp.toml", &LIFE_CYCLE.replace("start = true\n", ""));
    assert_eq!(found(root, "illegal-transition", &[]), Vec::<String>::new());
}

#[test]
fn a_state_that_the_life_cycle_leaves_out_is_free() {
    let folder = repository(&["Draft", "Review", "Final"]);
    let root = folder.path();
    put(root, "vip-lsp.toml", "[life-cycle.Draft]\nnext = [\"Review\"]\n\n[life-cycle.Final]\ndate = true\n");
    for (number, status) in [(1, "Review"), (2, "Withdrawn"), (3, "Draft")] {
        put(root, &name(number), &document(number, status));
    }
    assert_eq!(found(root, "illegal-transition", &[]), Vec::<String>::new());
}

#[test]
fn without_git_or_a_life_cycle_no_move_is_illegal() {
    let folder = repository(&["Draft", "Draft", "Draft"]);
    let root = folder.path();
    put(root, &name(1), &document(1, "Final"));
    assert_eq!(found(root, "illegal-transition", &[]).len(), 1);
    std::fs::rename(root.join("vip-lsp.toml"), root.join("other.toml")).expect("a file");
    assert_eq!(found(root, "illegal-transition", &[]), Vec::<String>::new());
    std::fs::rename(root.join("other.toml"), root.join("vip-lsp.toml")).expect("a file");
    std::fs::remove_dir_all(root.join(".git")).expect("a folder");
    assert_eq!(found(root, "illegal-transition", &[]), Vec::<String>::new());
}

#[test]
fn a_shallow_clone_and_a_worktree_know_the_status_before() {
    let folder = repository(&["Draft", "Draft", "Draft"]);
    let root = folder.path();
    put(root, &name(2), &document(2, "Review"));
    commit(root, 2);
    let parent = tempfile::tempdir().expect("a folder");
    let (shallow, worktree) = (parent.path().join("shallow"), parent.path().join("worktree"));
    let source = format!("file://{}", root.display());
    git_at(parent.path(), 2, &["clone", "-q", "--depth", "1", &source, "shallow"]);
    git_at(root, 2, &["worktree", "add", "-q", "-b", "topic", worktree.to_str().expect("text")]);
    for place in [&shallow, &worktree] {
        put(place, &name(1), &document(1, "Final"));
        put(place, &name(2), &document(2, "Last Call"));
        assert_eq!(found(place, "illegal-transition", &[]).len(), 1, "{}", place.display());
    }
}

#[test]
fn a_state_requires_what_the_life_cycle_says() {
    let folder = repository(&["Draft", "Review", "Last Call", "Final", "Withdrawn"]);
    let root = folder.path();
    let table = "[life-cycle.Review]\nkeys = [\"author\", \"Pull Request\"]\nsections = [\"Tests\", \"Risks\"]\n\n\
                 [life-cycle.\"Last Call\"]\nfinished = true\n\n[life-cycle.Final]\nrelease = true\ndate = true\n";
    put(root, "vip-lsp.toml", table);
    let own = document(3, "Last Call").replace("Some words.", "_Say what._");
    put(root, &name(3), &own);
    assert_eq!(
        found(root, "status-requirement", &[]),
        [
            "text/0002-caches-2.md: \"Review\" requires a value for \"Pull Request\" and the section \"Risks\"; add them",
            "text/0004-caches-4.md: \"Final\" requires a release and a date; add them",
        ]
    );
    assert_eq!(found(root, "unfinished-accepted", &[]).len(), 1);
    let key = |line: &str| document(2, "Review").replace("- Author", &format!("{line}\n- Author"));
    for (content, lacking) in [
        (key("- Pull Request: #7") + "\n## Risks\n\nFew.\n", false),
        (key("- Pull Request: #7") + "\n## Risks\n", true),
        (key("- Pull Request: TBD") + "\n## Risks\n\nFew.\n", true),
    ] {
        put(root, &name(2), &content);
        let all = found(root, "status-requirement", &[]);
        assert_eq!(all.iter().any(|line| line.contains("0002")), lacking, "{content}\n{all:?}");
    }
    put(root, &name(4), &document(4, "Final").replace("- Author", "- Release: 1.2\n- Created: 2026-01-02\n- Author"));
    assert!(!found(root, "status-requirement", &[]).iter().any(|line| line.contains("0004")));
}

#[test]
fn a_deadline_has_passed_only_while_nothing_is_decided() {
    let folder = repository(&["Draft", "Draft", "Draft"]);
    let root = folder.path();
    for (status, key, day, has_passed) in [
        ("Draft", "Deadline", "2001-02-03", true),
        ("Last Call", "last-call-deadline", "2001/02/03", true),
        ("Review", "Review ends", "2001-02-03 (UTC)", true),
        ("Draft", "Deadline", "2999-02-03", false),
        ("Final", "Deadline", "2001-02-03", false),
        ("Withdrawn", "Deadline", "2001-02-03", false),
        ("Draft", "Deadline", "03.02.2001", false),
        ("Draft", "Deadline", "YYYY-MM-DD", false),
        ("Draft", "Created", "2001-02-03", false),
    ] {
        put(root, &name(1), &document(1, status).replace("- Author", &format!("- {key}: {day}\n- Author")));
        let found = found(root, "deadline-passed", &[]);
        assert_eq!(found.len(), usize::from(has_passed), "{status} {key} {day}");
        assert!(!has_passed || found[0].contains("was 2001-02-03, but the status is"), "{found:?}");
    }
}

#[test]
fn a_life_cycle_is_proposed_by_what_proposals_did() {
    let folder = repository(&[]);
    let root = folder.path();
    for number in 1..=12 {
        put(root, &name(number), &document(number, "Draft"));
        commit(root, 1);
    }
    std::fs::remove_file(root.join("vip-lsp.toml")).expect("a file");
    let steps: [&[usize]; 12] =
        [&[1, 2, 3], &[1, 2, 3], &[1, 0, 1], &[1, 0], &[4], &[4], &[1], &[1], &[1], &[1], &[3], &[]];
    for step in 0..3 {
        for (index, steps) in steps.iter().enumerate() {
            if let Some(state) = steps.get(step) {
                put(root, &name(index + 1), &document(index + 1, STATES[*state]));
            }
        }
        git_at(root, step as u32 + 2, &["commit", "-q", "-a", "-m", "A"]);
    }
    let (proposed, error, code) = said(&run(root, &["init", "--life-cycle"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let mut expected = String::new();
    for (state, rest) in [
        (
            "Draft",
            "start = true # 12 documents\nnext = [\"Review\", \"Withdrawn\"]\n# Review: 9 times\n# Withdrawn: 2 times\n# left out: Final, once\n",
        ),
        ("Review", "next = [\"Draft\", \"Last Call\", \"Withdrawn\"]\n# Draft: 2 times\n# Last Call: 2 times\n"),
        ("Last Call", "next = [\"Final\", \"Withdrawn\"]\n# Final: 2 times\n"),
        ("Final", "# next is left out, as git knows of no document that has left this state\n"),
        ("Withdrawn", "next = []\n"),
    ] {
        write!(expected, "\n[life-cycle.\"{state}\"]\n{rest}").expect("text");
    }
    let added: String =
        proposed.lines().filter_map(|line| line.strip_prefix('+')).skip(2).map(|line| format!("{line}\n")).collect();
    assert_eq!(added, expected);
    // Written, it is in force, and there is nothing more to propose.
    assert_eq!(
        said(&run(root, &["init", "--life-cycle", "--write"])),
        ("vip-lsp.toml\n".to_owned(), String::new(), Some(0))
    );
    assert_eq!(said(&run(root, &["config"])).2, Some(0));
    put(root, &name(12), &document(12, "Last Call"));
    assert_eq!(found(root, "illegal-transition", &[]).len(), 1);
    let again = said(&run(root, &["init", "--life-cycle"]));
    assert!(again.1.contains("already has a life cycle") && again.2 == Some(2), "{again:?}");
}

#[test]
fn a_state_that_the_template_does_not_know_is_a_mistake_in_the_settings() {
    let folder = repository(&["Draft"; 3]);
    let root = folder.path();
    put(root, "vip-lsp.toml", "[life-cycle.Draft]\nnext = [\"Reviw\"]\n\n[life-cycle.Acepted]\nstart = 1\n");
    let (found, _, code) = said(&run(root, &["config"]));
    for said in [
        "life-cycle.Draft.next: there is no status \"Reviw\"",
        "life-cycle.Acepted: there is no status \"Acepted\"",
        "life-cycle.Acepted.start: must be true or false",
    ] {
        assert!(found.contains(said), "{said}: {found}");
    }
    assert_eq!(code, Some(1));
}

/// The states that `init` proposes, without the comments.
fn proposed(root: &Path) -> Vec<String> {
    let (proposed, error, code) = said(&run(root, &["init", "--life-cycle"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let added = proposed.lines().filter_map(|line| line.strip_prefix('+')).skip(1);
    added
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("++"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_came_in_all_at_once_says_nothing_of_where_proposals_start_or_go() {
    let folder = repository(&["Final", "Final", "Review", "Final", "Withdrawn"]);
    let root = folder.path();
    std::fs::remove_file(root.join("vip-lsp.toml")).expect("a file");
    let ordered = [
        "[life-cycle.\"Draft\"]",
        "start = true",
        "next = [\"Review\", \"Withdrawn\"]",
        "[life-cycle.\"Review\"]",
        "next = [\"Last Call\", \"Withdrawn\"]",
        "[life-cycle.\"Last Call\"]",
        "next = [\"Final\", \"Withdrawn\"]",
        "[life-cycle.\"Final\"]",
        "[life-cycle.\"Withdrawn\"]",
        "next = []",
    ];
    assert_eq!(proposed(root), ordered);
    // Without a list in the template, nothing may be said.
    put(
        root,
        "templates/0000-template.md",
        &TEMPLATE.replace("Draft | Review | Last Call | Final | Withdrawn", "Draft"),
    );
    assert_eq!(proposed(root), ["[life-cycle.\"Final\"]"]);
}

#[test]
fn a_document_that_is_moved_and_not_committed_is_not_new() {
    let folder = repository(&["Review", "Final", "Draft"]);
    let root = folder.path();
    let to = |name: &str| root.join("text").join(name);
    std::fs::create_dir_all(to("done")).expect("a folder");
    std::fs::rename(root.join(name(2)), to("done/0002-caches-2.md")).expect("a file");
    // Written anew, it still has its number.
    std::fs::remove_file(root.join(name(1))).expect("a file");
    let anew: String = (0..40).map(|line| format!("Line {line} of something else.\n\n")).collect();
    put(root, "text/0001-other.md", &document(1, "Last Call").replace("Some words.", &anew));
    assert_eq!(found(root, "illegal-transition", &[]), Vec::<String>::new());
    // What changes with the move is seen.
    put(root, "text/done/0002-caches-2.md", &document(2, "Draft"));
    assert_eq!(found(root, "illegal-transition", &[]).len(), 1);
}

#[test]
fn what_a_merge_brings_was_judged_on_its_own_branch() {
    let folder = repository(&["Draft", "Draft", "Draft"]);
    let root = folder.path();
    git_at(root, 2, &["branch", "-q", "topic"]);
    for (day, status) in [(2, "Review"), (3, "Last Call")] {
        put(root, &name(2), &document(2, status));
        commit(root, day);
    }
    git_at(root, 4, &["checkout", "-q", "topic"]);
    put(root, &name(1), &document(1, "Final"));
    let found = found(root, "illegal-transition", &["--merge-with", "main"]);
    assert!(found.len() == 1 && found[0].contains("0001"), "{found:?}");
}

#[test]
fn a_status_in_bold_is_one_even_if_the_template_has_it_so() {
    for (of_template, status) in [
        ("**Draft**", "**Draft**"),
        ("**Draft** | Review | Last Call | Final | Withdrawn", "Draft"),
        ("_Draft_", "_Draft_"),
    ] {
        let folder = repository(&[status; 3]);
        let root = folder.path();
        put(
            root,
            "templates/0000-template.md",
            &TEMPLATE.replace("Draft | Review | Last Call | Final | Withdrawn", of_template),
        );
        put(root, "vip-lsp.toml", &format!("{CURRENT}{LIFE_CYCLE}"));
        commit(root, 2);
        assert_eq!(said(&run(root, &["check"])).2, Some(0), "{of_template}");
        put(root, &name(1), &document(1, "Final"));
        assert_eq!(found(root, "illegal-transition", &[]).len(), 1, "{of_template}");
    }
}

#[test]
fn what_no_table_names_may_not_follow_either() {
    let folder = repository(&["Draft", "Final", "Draft"]);
    let root = folder.path();
    put(
        root,
        "templates/0000-template.md",
        &TEMPLATE.replace("Draft | Review | Last Call | Final | Withdrawn", "Draft"),
    );
    let table = "[life-cycle.Draft]\nnext = [\"Review\"]\n\n[life-cycle.Final]\nnext = []\n";
    put(root, "vip-lsp.toml", &format!("{CURRENT}{table}"));
    commit(root, 2);
    for (number, status) in [(1, "Accepted"), (2, "Reopened")] {
        put(root, &name(number), &document(number, status));
    }
    assert_eq!(found(root, "illegal-transition", &[]).len(), 2);
}

#[test]
fn a_history_that_cannot_be_read_is_told() {
    let folder = repository(&["Draft", "Draft", "Draft"]);
    let root = folder.path();
    put(root, &name(1), &document(1, "Final"));
    let head = std::fs::read_to_string(root.join(".git/refs/heads/main")).expect("a commit");
    let (folder, rest) = head.trim().split_at(2);
    std::fs::remove_file(root.join(".git/objects").join(folder).join(rest)).expect("a file");
    let (_, error, _) = said(&run(root, &["check"]));
    assert!(error.contains("moves between states are not checked, as git's history cannot be read: "), "{error}");
}
