//! Numbers that are reserved at a remote.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::choices::git;
use super::{folder, run, said};

const TEMPLATE: &str = "# XIP-0000: Title\n\n- Status: Draft\n\n## Summary\n\n_Say what._\n";
const DOCUMENT: &str = "# XIP-0001: A\n\n- Status: Draft\n\n## Summary\n\nSome words.\n";

/// How many reserve a number at once, and how long they may take, on a machine that is busy.
const AT_ONCE: usize = 50;
const PATIENCE: Duration = Duration::from_secs(240);

/// A bare repository `remote.git` with one document, and clones of it.
fn remote(clones: &[&str]) -> tempfile::TempDir {
    let folder = folder(&[("main/text/0000-template.md", TEMPLATE), ("main/text/0001-a.md", DOCUMENT)]);
    let root = folder.path();
    let main = root.join("main");
    git(&main, &["init", "-q", "-b", "main"]);
    git(&main, &["add", "text"]);
    git(&main, &["commit", "-q", "-m", "A"]);
    git(root, &["clone", "-q", "--bare", "main", "remote.git"]);
    for clone in clones {
        git(root, &["clone", "-q", "remote.git", clone]);
    }
    folder
}

/// The refs of the remote that reserve numbers.
fn reserved(root: &Path) -> Vec<String> {
    let mut command = Command::new("git");
    command.current_dir(root.join("remote.git")).args(["for-each-ref", "--format=%(refname)", "refs/proposals"]);
    let output = command.output().expect("there is git");
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

/// Reserves a number in the clone `name`; what is said at standard output and standard error.
fn new(root: &Path, name: &str, arguments: &[&str]) -> (String, String, Option<i32>) {
    said(&run(&root.join(name), &[&["new", "--reserve"], arguments].concat()))
}

fn fails(root: &Path, name: &str, arguments: &[&str], expected: &str) {
    let before = reserved(root);
    let (found, error, code) = new(root, name, arguments);
    assert!(found.is_empty() && error.contains(expected) && code == Some(2), "{found}{error}");
    assert_eq!(reserved(root), before);
    assert!(!root.join(name).join("text/0002-b.md").exists());
}

#[test]
fn a_number_is_reserved_at_the_remote_before_the_file_is_written() {
    let folder = remote(&["one", "two"]);
    let root = folder.path();
    let is_reserved = |number: u32| format!("reserved refs/proposals/{number} at the remote \"origin\"\n");
    let would = (
        "text/0002-b.md\n".to_owned(),
        "would reserve refs/proposals/2 at the remote \"origin\"\n".to_owned(),
        Some(0),
    );
    assert_eq!(new(root, "one", &["--dry-run", "B"]), would);
    assert_eq!(reserved(root), Vec::<String>::new());
    assert_eq!(new(root, "one", &["B"]), ("text/0002-b.md\n".to_owned(), is_reserved(2), Some(0)));
    assert_eq!(new(root, "two", &["C"]), ("text/0003-c.md\n".to_owned(), is_reserved(3), Some(0)));
    assert_eq!(new(root, "one", &["D"]), ("text/0004-d.md\n".to_owned(), is_reserved(4), Some(0)));
    assert_eq!(reserved(root), ["refs/proposals/2", "refs/proposals/3", "refs/proposals/4"]);
    // A number that is given back is free again, and what others have below it does not matter.
    git(&root.join("one"), &["push", "-q", "origin", "--delete", "refs/proposals/4"]);
    git(
        &root.join("one"),
        &["push", "-q", "origin", "main:refs/proposals/other/5", "main:refs/heads/refs/proposals/5"],
    );
    assert_eq!(new(root, "two", &["E"]), ("text/0004-e.md\n".to_owned(), is_reserved(4), Some(0)));
}

#[test]
fn nobody_gets_the_number_of_another_who_reserves_at_once() {
    let names: Vec<String> = (0..AT_ONCE).map(|name| format!("clone-{name}")).collect();
    let folder = remote(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let root = folder.path();
    let start = |name: &String| -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
        command.current_dir(root.join(name)).args(["new", "--reserve", "B"]).stdin(Stdio::null());
        command.env("GIT_CONFIG_GLOBAL", root.join(".gitconfig"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs")
    };
    let started = Instant::now();
    let mut children: Vec<Child> = names.iter().map(start).collect();
    while children.iter_mut().any(|child| child.try_wait().expect("a child").is_none()) {
        if started.elapsed() > PATIENCE {
            children.iter_mut().for_each(|child| _ = child.kill());
            panic!("they do not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let outputs = children.into_iter().map(|child| said(&child.wait_with_output().expect("it has ended")));
    let mut paths = BTreeSet::new();
    for (found, error, code) in outputs {
        assert_eq!(code, Some(0), "{error}");
        assert!(paths.insert(found.clone()), "{found} twice");
    }
    let expected: BTreeSet<String> = (2..AT_ONCE + 2).map(|number| format!("text/{number:04}-b.md\n")).collect();
    assert_eq!(paths, expected);
    assert_eq!(reserved(root).len(), AT_ONCE);
}

#[test]
fn families_do_not_take_numbers_from_each_other() {
    let folder = remote(&["one"]);
    let root = folder.path();
    let one = root.join("one");
    std::fs::create_dir(one.join("adr")).expect("a folder");
    for (name, content) in [
        ("template", "# Title\n\n## Status\n\nproposed\n\n## Context\n\n## Decision\n"),
        ("0001-a", "# A\n\n## Status\n\naccepted\n\n## Context\n\nx\n\n## Decision\n\nx\n"),
    ] {
        std::fs::write(one.join("adr").join(format!("{name}.md")), content).expect("a file");
    }
    let (found, error, _) = new(root, "one", &["-f", "adr", "B"]);
    assert_eq!(
        (found.as_str(), error.as_str()),
        ("adr/0002-b.md\n", "reserved refs/proposals/adr/2 at the remote \"origin\"\n")
    );
    let (found, error, _) = new(root, "one", &["-f", "xip", "B"]);
    assert_eq!(
        (found.as_str(), error.as_str()),
        ("text/0002-b.md\n", "reserved refs/proposals/xip/2 at the remote \"origin\"\n")
    );
    // What was reserved when there was one family counts for each.
    git(&one, &["push", "-q", "origin", "main:refs/proposals/3"]);
    let (found, _, _) = new(root, "one", &["-f", "adr", "C"]);
    assert_eq!(found, "adr/0004-c.md\n");
}

#[test]
fn a_number_that_cannot_be_reserved_is_not_used() {
    let folder = remote(&["one"]);
    let root = folder.path();
    let one = root.join("one");
    fails(
        root,
        "one",
        &["B", "--remote", "none"],
        "this repository has no remote \"none\"; name one with --remote: \"origin\"",
    );
    git(&one, &["remote", "add", "away", "../gone.git"]);
    fails(root, "one", &["B", "--remote", "away"], "the remote \"away\" is at ");
    git(&one, &["remote", "set-url", "away", "https://127.0.0.1:9/a.git"]);
    fails(root, "one", &["B", "--remote", "away"], "the remote \"away\" cannot read what is reserved there: ");
    git(&one, &["remote", "set-url", "away", "https://user:secret@127.0.0.1:9/a.git"]);
    assert!(!new(root, "one", &["B", "--remote", "away"]).1.contains("secret"));
    git(&one, &["remote", "rename", "origin", "else"]);
    fails(root, "one", &["B"], "this repository has several remotes; name one with --remote: ");
    git(&one, &["remote", "rename", "else", "upstream"]);
    // A remote that refuses.
    git(&root.join("remote.git"), &["config", "receive.fsckObjects", "true"]);
    git(&root.join("remote.git"), &["config", "transfer.hideRefs", "refs/proposals"]);
    fails(root, "one", &["B"], "the remote \"upstream\" refuses refs/proposals/2: ");
    git(&root.join("remote.git"), &["config", "--unset", "transfer.hideRefs"]);
    // A family whose numbers nobody takes in order.
    let (text, dated) = (one.join("text"), one.join("dated"));
    std::fs::rename(&text, &dated).expect("it moves");
    std::fs::rename(dated.join("0001-a.md"), dated.join("2026-01-02-a.md")).expect("it moves");
    std::fs::write(dated.join("2026-01-03-b.md"), DOCUMENT).expect("a file");
    fails(root, "one", &["B"], "no number of this family can be reserved: its documents are named by date");
    assert_eq!(new(root, "one", &["--remote", "upstream"]).2, Some(2));
    // No git, and one that comes with the repository.
    std::fs::rename(&dated, one.join("text")).expect("it moves");
    std::fs::remove_file(one.join("text/2026-01-03-b.md")).expect("a file");
    std::fs::rename(one.join("text/2026-01-02-a.md"), one.join("text/0001-a.md")).expect("it moves");
    let mark = root.join("mark");
    program(&one.join("git"), &mark);
    for path in [String::new(), ".".to_owned(), one.display().to_string(), format!("{0}/text/..:{0}", one.display())] {
        let output = with_path(&one, &path);
        let (found, error, code) = said(&output);
        assert!(found.is_empty() && error.contains("git is not on the path") && code == Some(2), "{path}: {error}");
    }
    assert!(!mark.exists());
}

/// Writes a program to `path` that leaves a mark.
fn program(path: &Path, mark: &Path) {
    std::fs::write(path, format!("#!/bin/sh\ntouch {}\nexit 1\n", mark.display())).expect("a file");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
}

fn with_path(folder: &Path, path: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    command.current_dir(folder).args(["new", "--reserve", "B"]).stdin(Stdio::null()).env("PATH", path);
    command.output().expect("the binary runs")
}

#[test]
fn no_program_that_the_repository_names_is_run() {
    let folder = remote(&["one"]);
    let root = folder.path();
    let one = root.join("one");
    let (run, mark) = (root.join("run"), root.join("mark"));
    program(&run, &mark);
    let names = run.display();
    // The traps of the repository, and those of a remote that came with it.
    let traps = format!(
        "[core]\nrepositoryformatversion = 0\nfsmonitor = {names}\nhooksPath = hooks\nsshCommand = {names}\ngitProxy = {names}\n\
         askPass = {names}\nalternateRefsCommand = {names}\npager = {names}\neditor = {names}\n[credential]\nhelper = !{names}\n\
         [gpg]\nprogram = {names}\n[push]\ngpgSign = true\n[commit]\ngpgSign = true\n[gc]\nrecentObjectsHook = {names}\nauto = 1\n\
         [uploadpack]\npackObjectsHook = {names}\n[protocol]\nallow = always\n[protocol \"ext\"]\nallow = always\n\
         [alias]\npush = !{names}\nls-remote = !{names}\n[include]\npath = more\n[url \"ext::{names}\"]\ninsteadOf = {0}\n\
         pushInsteadOf = {0}\n",
        root.display()
    );
    let remote = |rest: &str| {
        format!(
            "{traps}[remote \"origin\"]\n{rest}\nreceivepack = {names}\nuploadpack = {names}\nvcs = ext\nproxy = {names}\n"
        )
    };
    let hooks =
        ["pre-push", "reference-transaction", "pre-receive", "update", "post-receive", "post-update", "proc-receive"];
    for own in [one.join(".git"), root.join("remote.git")] {
        std::fs::create_dir_all(own.join("hooks")).expect("a folder");
        hooks.iter().for_each(|hook| program(&own.join("hooks").join(hook), &mark));
    }
    let inner = one.join("inner.git");
    git(root, &["clone", "-q", "--bare", "remote.git", inner.to_str().expect("a path")]);
    std::fs::write(
        root.join("remote.git/config"),
        format!("{traps}bare = true\n").replace("[include]\npath = more\n", "[core]\n"),
    )
    .expect("a file");
    let address = root.join("remote.git");
    for (rest, expected) in [
        (format!("url = ext::{names}"), "is reached by a program of its own"),
        (format!("url = {}\npushurl = ext::{names}", address.display()), "is reached by a program of its own"),
        (format!("url = -u{names}"), "has no valid address"),
        (format!("url = ssh://-oProxyCommand={names}/a"), "has no valid address"),
        ("url = ssh://127.0.0.1:9/a".to_owned(), "cannot read what is reserved there"),
        ("url = git://127.0.0.1:9/a".to_owned(), "cannot read what is reserved there"),
        ("url = http://127.0.0.1:9/a".to_owned(), "cannot read what is reserved there"),
        ("url = inner.git".to_owned(), "is within the repository itself"),
    ] {
        std::fs::write(one.join(".git/config"), remote(&rest)).expect("a file");
        let (found, error, code) = new(root, "one", &["B"]);
        assert!(found.is_empty() && error.contains(expected) && code == Some(2), "{rest}: {error}");
        assert!(!mark.exists(), "{rest}");
    }
    std::fs::write(one.join(".git/config"), remote(&format!("url = {}", address.display()))).expect("a file");
    let (found, error, _) = new(root, "one", &["B"]);
    assert_eq!(found, "text/0002-b.md\n", "{error}");
    assert!(!mark.exists());
    assert_eq!(reserved(root), ["refs/proposals/2"]);
    // The traps are such: git itself goes into one.
    _ = Command::new("git").current_dir(&one).args(["status"]).output();
    assert!(mark.exists());
}

/// Programs of the user's own are not among those: a helper for passwords is asked.
#[test]
fn the_users_own_settings_hold() {
    let folder = remote(&["one"]);
    let root = folder.path();
    let one = root.join("one");
    git(&one, &["remote", "set-url", "origin", "ssh://127.0.0.1:9/a"]);
    let (run, mark): (PathBuf, PathBuf) = (root.join("run"), root.join("mark"));
    program(&run, &mark);
    // Of `run`, the configuration in the folder is the user's.
    std::fs::write(one.join(".gitconfig"), format!("[core]\nsshCommand = {}\n", run.display())).expect("a file");
    fails(root, "one", &["B"], "cannot read what is reserved there");
    assert!(mark.exists());
    // An address that the user rewrites.
    let address = root.join("remote.git");
    std::fs::write(
        one.join(".gitconfig"),
        format!("[url \"{}\"]\ninsteadOf = ssh://127.0.0.1:9/a\n", address.display()),
    )
    .expect("a file");
    let (found, error, _) = new(root, "one", &["B"]);
    assert_eq!(found, "text/0002-b.md\n", "{error}");
    assert_eq!(reserved(root), ["refs/proposals/2"]);
}

#[test]
fn numbers_that_are_reserved_in_between_leave_no_gap() {
    let folder = remote(&["one"]);
    let root = folder.path();
    let one = root.join("one");
    for number in [2, 3, 4, 31, 32, 33, 34] {
        let content = DOCUMENT.replace("XIP-0001", &format!("XIP-{number:04}"));
        std::fs::write(one.join(format!("text/{number:04}-a{number}.md")), content).expect("a file");
    }
    let far = "its numbers are far apart, as if they were those of issues or pull requests";
    let (found, error, code) = new(root, "one", &["--dry-run", "B"]);
    assert!(found.is_empty() && error.contains(far) && code == Some(2), "{found}{error}");
    let refs: Vec<String> = (5..31).map(|number| format!("main:refs/proposals/{number}")).collect();
    let push = ["push", "-q", "origin"].into_iter().chain(refs.iter().map(String::as_str)).collect::<Vec<_>>();
    git(&one, &push);
    assert_eq!(new(root, "one", &["--dry-run", "B"]).0, "text/0035-b.md\n");
}
