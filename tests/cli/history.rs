//! What has changed since a commit, in repositories of all kinds, some of them made to harm.
#![cfg(unix)]

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::choices::git;
use super::{TEMPLATE, folder, hostile, said};

/// The names of the files that are checked because they have changed since `revision`, and what is said at standard error.
fn changed(folder: &Path, paths: &[&str], revision: &str) -> (Vec<String>, String) {
    let arguments = [&["check", "--changed-since", revision], paths].concat();
    let (found, error, code) = said(&hostile::run(folder, &arguments));
    assert!(code.is_some_and(|code| code < 3), "{found}{error}");
    let mut names: Vec<_> = found.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
    names.dedup();
    (names, error)
}

/// A proposal with findings.
const PROPOSAL: &str = "# VIP-1: A\n\n## Introduction\n\nA.\n";

/// A repository with a commit of three proposals.
fn repository() -> tempfile::TempDir {
    let files = ["docs/vip-1.md", "docs/vip-2.md", "docs/vip-3.md"].map(|name| (name, PROPOSAL));
    let folder = folder(&[&[("docs/vip-template.md", TEMPLATE)], &files[..]].concat());
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "A"]);
    folder
}

fn write(folder: &Path, name: &str, content: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, content).expect("a file");
}

#[test]
fn no_program_that_a_repository_names_is_run() {
    let folder = repository();
    let root = folder.path();
    git(root, &["checkout", "-q", "-b", "side"]);
    write(root, "docs/vip-2.md", &PROPOSAL.replace("A.", "D."));
    git(root, &["commit", "-q", "-a", "-m", "D"]);
    git(root, &["checkout", "-q", "-"]);
    write(root, ".gitattributes", "*.md filter=x diff=x merge=x\n");
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "B"]);
    let outside = tempfile::tempdir().expect("a folder");
    let (program, mark) = (outside.path().join("program"), outside.path().join("mark"));
    std::fs::write(&program, format!("#!/bin/sh\ntouch {}\nexec cat\n", mark.display())).expect("a file");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    // What promises are to be kept for: an object that is not there.
    git(root, &["repack", "-q", "-a", "-d"]);
    write(root, "docs/vip-3.md", &PROPOSAL.replace("A.", "B."));
    git(root, &["commit", "-q", "-a", "-m", "C"]);
    let blob = Command::new("git").current_dir(root).args(["rev-parse", "HEAD:docs/vip-3.md"]).output().expect("git");
    let blob = String::from_utf8(blob.stdout).expect("a name");
    std::fs::remove_file(root.join(format!(".git/objects/{}/{}", &blob[..2], blob[2..].trim()))).expect("a file");
    let program = program.display();
    let config = format!(
        "[core]\nrepositoryformatversion = 1\nfsmonitor = {program}\nhooksPath = hooks\nsshCommand = {program}\ngitProxy = {program}\n\
         pager = {program}\neditor = {program}\naskPass = {program}\nalternateRefsCommand = {program}\n\
         [filter \"x\"]\nclean = {program}\nsmudge = {program}\nprocess = {program}\nrequired = true\n\
         [diff]\nexternal = {program}\n[diff \"x\"]\ntextconv = {program}\ncommand = {program}\n[merge \"x\"]\ndriver = {program}\n\
         [gpg]\nprogram = {program}\n[log]\nshowSignature = true\n[credential]\nhelper = !{program}\n[sequence]\neditor = {program}\n\
         [alias]\ndiff = !{program}\nls-tree = !{program}\nmerge-base = !{program}\n[uploadpack]\npackObjectsHook = {program}\n\
         [protocol]\nallow = always\n[protocol \"ext\"]\nallow = always\n[extensions]\npartialClone = origin\n\
         [remote \"origin\"]\nurl = ext::{program}\npromisor = true\npartialCloneFilter = blob:none\nuploadpack = {program}\n\
         vcs = ext\nproxy = {program}\n[submodule \"docs/inner\"]\nupdate = !{program}\nurl = ext::{program}\n\
         [include]\npath = more\n[includeIf \"gitdir:/\"]\npath = more\n"
    );
    // In a repository within, too.
    git(root, &["init", "-q", "docs/inner"]);
    write(root, "docs/inner/vip-9.md", PROPOSAL);
    write(root, "docs/inner/.gitattributes", "* filter=x\n");
    git(&root.join("docs/inner"), &["add", "vip-9.md"]);
    for own in [".git", "docs/inner/.git"] {
        std::fs::write(root.join(own).join("more"), config.replace("path = more", "")).expect("a file");
        std::fs::write(root.join(own).join("config"), &config).expect("a file");
        for hook in ["post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman", "post-checkout"]
        {
            std::fs::copy(outside.path().join("program"), root.join(own).join("hooks").join(hook)).expect("a file");
        }
    }
    write(root, "docs/vip-1.md", &PROPOSAL.replace("A.", "B."));
    let merge = ["check", ".", "--merge-with", "side"];
    let checks =
        [&["check", "."][..], &merge, &["check", "--fix", "--diff", "."], &["families"], &["config", "docs/vip-1.md"]];
    let since = ["HEAD", "HEAD~1", "HEAD~2"].map(|revision| ["check", ".", "--changed-since", revision]);
    for arguments in since.iter().map(|since| &since[..]).chain(checks) {
        let (found, error, code) = said(&hostile::run(root, arguments));
        assert!(code.is_some() && !mark.exists(), "{arguments:?}: {found}{error}");
    }
    assert_eq!(changed(root, &["."], "HEAD"), (vec!["docs/vip-1.md".to_owned()], String::new()));
    // The traps are such: git itself goes into one.
    _ = Command::new("git").current_dir(root).args(["status"]).output().expect("git");
    assert!(mark.exists());
}

#[test]
fn changed_is_what_git_would_say_has_changed() {
    let folder = repository();
    let root = folder.path();
    let names = |names: &[&str]| (names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), String::new());
    // Other line endings, and times, change nothing.
    write(root, "docs/vip-1.md", &PROPOSAL.replace('\n', "\r\n"));
    write(root, "docs/vip-2.md", PROPOSAL);
    assert_eq!(changed(root, &["."], "HEAD"), names(&[]));
    write(root, "docs/vip-2.md", &PROPOSAL.replace("A.", "A"));
    assert_eq!(changed(root, &["."], "HEAD"), names(&["docs/vip-2.md"]));
    assert_eq!(changed(root, &["docs/vip-1.md", "docs/vip-2.md"], "HEAD"), names(&["docs/vip-2.md"]));
    // What is ignored counts only if it is tracked.
    write(root, ".gitignore", "docs/vip-2.md\nvip-4.md\n/docs/old/\n");
    write(root, "docs/vip-4.md", PROPOSAL);
    write(root, "docs/old/vip-5.md", PROPOSAL);
    write(root, "docs/vip-6.md", PROPOSAL);
    let all = ["vip-1", "vip-2", "vip-4", "old/vip-5", "vip-6"].map(|name| format!("docs/{name}.md"));
    let all = all.each_ref().map(String::as_str);
    assert_eq!(changed(root, &all, "HEAD"), names(&["docs/vip-2.md", "docs/vip-6.md"]));
    // What is in another repository or behind a link is not this one's.
    write(root, "docs/inner/vip-7.md", PROPOSAL);
    std::fs::create_dir(root.join("docs/inner/.git")).expect("a folder");
    symlink("inner", root.join("docs/link")).expect("a link");
    std::fs::remove_file(root.join("docs/vip-6.md")).expect("a file");
    let all = &all[..4];
    assert_eq!(
        changed(root, &[all, &["docs/link/vip-7.md", "docs/inner/vip-7.md"]].concat(), "HEAD"),
        names(&["docs/vip-2.md"])
    );
    // One pointer of Git LFS is that of the file.
    let sum = "835c10183302a04758e2392b80cd6cc6230dcbd4de73758d5a3567f23b14c262";
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{sum}\nsize {}\n", PROPOSAL.len());
    write(root, "docs/vip-3.md", &pointer);
    git(root, &["commit", "-q", "-a", "-m", "B"]);
    write(root, "docs/vip-3.md", PROPOSAL);
    assert_eq!(changed(root, &["."], "HEAD"), names(&[]));
    write(root, "docs/vip-3.md", &PROPOSAL.replace("A.", "B."));
    assert_eq!(changed(root, &["."], "HEAD"), names(&["docs/vip-3.md"]));
}

#[test]
fn a_linked_worktree_has_its_own_head_and_ignores_what_all_do() {
    let folder = repository();
    let root = folder.path();
    let linked = root.join("linked");
    git(root, &["worktree", "add", "-q", "linked", "-b", "topic"]);
    write(root, ".git/info/exclude", "vip-8.md\n");
    write(&linked, "docs/vip-8.md", PROPOSAL);
    write(&linked, "docs/vip-9.md", PROPOSAL);
    let (names, error) = changed(&linked, &["."], "HEAD");
    assert_eq!((names, error.as_str()), (vec!["docs/vip-9.md".to_owned()], ""));
    let (found, _, _) = said(&hostile::run(&linked, &["check", "."]));
    assert!(!found.contains("vip-8") && found.contains("vip-9"), "{found}");
    // One that says it is this one's, and is not.
    std::fs::write(linked.join(".git"), format!("gitdir: {}\n", root.join(".git").display())).expect("a file");
    let (names, error) = changed(&linked, &["."], "HEAD");
    assert!(names.is_empty() && error.contains("does not point back"), "{error}");
    let (found, _, _) = said(&hostile::run(&linked, &["check", "."]));
    assert!(found.contains("vip-8"), "{found}");
}

#[test]
fn a_repository_that_is_broken_is_said_and_the_rest_is_checked() {
    for (name, target) in [
        ("HEAD", "/dev/zero"),
        ("config", "/dev/zero"),
        ("packed-refs", "/dev/zero"),
        ("objects", "/proc/self"),
        ("refs", "/proc/self"),
        ("shallow", "/dev/stdin"),
    ] {
        let folder = repository();
        let root = folder.path();
        let path = root.join(".git").join(name);
        git(root, &["pack-refs", "--all"]);
        if path.exists() {
            std::fs::rename(&path, root.join("away")).expect("it moves");
        }
        symlink(target, &path).expect("a link");
        let (names, error) = changed(root, &["."], "main");
        assert!(names.is_empty() && error.contains("a link, which is not followed"), "{name}: {error}");
        let (found, error, code) = said(&hostile::run(root, &["check", "."]));
        assert_eq!((found.matches("missing-section").count(), error.as_str(), code), (3, "", Some(1)), "{name}");
        std::fs::remove_file(&path).expect("a link");
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
        let (names, error) = changed(root, &["."], "main");
        // Names of commits may be in one file instead of this folder.
        assert!(names.is_empty() && (error.starts_with("vip-lsp: ") || name == "refs"), "{name}: {error}");
        let (found, error, code) = said(&hostile::run(root, &["check", "."]));
        assert_eq!((found.matches("missing-section").count(), error.as_str(), code), (3, "", Some(1)), "{name}");
    }
}

#[test]
fn objects_and_lists_that_are_made_to_fill_the_memory_do_not() {
    // Some of it is for threads, and for what a run without a repository takes.
    const MEMORY: &str = "600000";
    let zeros = |size: u64| std::io::Read::take(std::io::repeat(0), size);
    let says = |folder: &Path, revision: &str, fault: &str| {
        let arguments = ["check", ".", "--changed-since", revision];
        let (_, error, code) = said(&hostile::run_within(folder, &arguments, MEMORY));
        assert!(error.contains(fault) && error.lines().count() == 1 && code == Some(2), "{error}");
    };
    let folder = repository();
    let root = folder.path();
    let commit = root.join(".git/objects/aa").join("a".repeat(38));
    std::fs::create_dir_all(commit.parent().expect("a parent")).expect("a folder");
    for (header, fault, size) in [
        ("commit 10", "not 10 bytes", 1 << 30),
        ("commit 10000000000", "has 10000000000 bytes", 1 << 20),
        ("tree 1", "not 1 bytes", 1 << 20),
    ] {
        let file = std::fs::File::create(&commit).expect("a file");
        let mut encoder = flate2::write::ZlibEncoder::new(file, flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, format!("{header}\0").as_bytes()).expect("it is written");
        std::io::copy(&mut zeros(size), &mut encoder).expect("it is written");
        encoder.finish().expect("it is written");
        says(root, &"a".repeat(40), fault);
    }
    std::io::copy(&mut zeros(1 << 30), &mut std::fs::File::create(root.join(".git/config")).expect("a file"))
        .expect("it is written");
    says(root, "HEAD", "config is over ");
    std::fs::remove_file(root.join(".git/config")).expect("a file");
    // A file that takes no room on the disk.
    std::fs::File::create(root.join(".git/packed-refs")).and_then(|file| file.set_len(1 << 40)).expect("a file");
    says(root, "none", "packed-refs is over ");
}
