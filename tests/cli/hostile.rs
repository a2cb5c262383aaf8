//! Repositories that somebody made to harm: each ends in time, within little memory, and with a message where something is left out.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::{TEMPLATE, folder, said};

/// How long a run may take, which takes a fraction of a second where nothing goes wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much a run may take of addresses, in KiB: threads have some, and what is read needs little more.
const MEMORY: &str = "2000000";

/// Runs the binary within bounds of time and memory.
pub(super) fn run(folder: &Path, arguments: &[&str]) -> Output {
    run_within(folder, arguments, MEMORY)
}

/// As [`run`], with `memory` in KiB.
pub(super) fn run_within(folder: &Path, arguments: &[&str], memory: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {memory}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_vip-lsp")]);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    // Files take what is said, however much that is.
    let [stdout, stderr] = [(); 2].map(|()| tempfile::NamedTempFile::new().expect("a file"));
    command.stdout(stdout.reopen().expect("a file")).stderr(stderr.reopen().expect("a file"));
    let mut child = command.spawn().expect("a shell");
    let started = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if started.elapsed() > PATIENCE {
            child.kill().expect("it is ours");
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let [stdout, stderr] = [stdout, stderr].map(|file| std::fs::read(file.path()).expect("a file"));
    Output { status: child.wait().expect("it has ended"), stdout, stderr }
}

/// A proposal with one finding, and its template.
fn repository() -> tempfile::TempDir {
    folder(&[("docs/vip-template.md", TEMPLATE), ("docs/vip-1.md", "# VIP-1: A\n\n## Introduction\n\nA.\n")])
}

/// Checks that `check` finds what there is, and says `fault` at standard error, if it is not empty.
fn still_checks(folder: &Path, fault: &str) {
    let (found, error, code) = said(&run(folder, &["check", "."]));
    assert!(found.contains("warning[missing-section]"), "{found}{error}");
    assert!(error.contains(fault) && error.is_empty() == fault.is_empty(), "{error}");
    assert_eq!(code, Some(if fault.is_empty() { 1 } else { 2 }), "{error}");
}

#[test]
fn ignore_files_that_are_no_files_are_not_opened() {
    for name in [".gitignore", ".ignore", "docs/.gitignore", ".git/info/exclude"] {
        // What git keeps may be anywhere, and is no fault of the repository.
        let is_own = name.starts_with(".git/");
        for target in ["/dev/zero", "/dev/stdin", "/dev/tty", "/proc/self/environ"] {
            let folder = repository();
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            symlink(target, &path).expect("a link");
            still_checks(folder.path(), if is_own { "" } else { "a link, which is not followed" });
        }
        let folder = repository();
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
        still_checks(folder.path(), if is_own { "" } else { "not a regular file" });
    }
    let folder = repository();
    symlink("/proc/self", folder.path().join(".git")).expect("a link");
    still_checks(folder.path(), "");
}

#[test]
fn patterns_are_bounded() {
    let deep = |levels: usize| "{a,".repeat(levels);
    for levels in [300, 20_000, 100_000] {
        let folder = repository();
        std::fs::write(folder.path().join(".gitignore"), format!("{}\nx.md\n", deep(levels))).expect("a file");
        still_checks(folder.path(), ".gitignore: ");
        let folder = repository();
        let config = format!("exclude = [\"{}\"]\n", deep(levels));
        std::fs::write(folder.path().join("vip-lsp.toml"), config).expect("a file");
        let (found, error, _) = said(&run(folder.path(), &["check", "."]));
        assert!(format!("{found}{error}").contains("glob"), "{found}{error}");
        let (found, error, code) = said(&run(folder.path(), &["config"]));
        assert!(format!("{found}{error}").contains("glob") && code.is_some(), "{found}{error}");
    }
    let folder = repository();
    let many: String = (0..20_000).map(|number| format!("*{number}*a/**/*b?[a-z]{{x,y}}\n")).collect();
    std::fs::write(folder.path().join(".gitignore"), &many[..200_000]).expect("a file");
    still_checks(folder.path(), "there are too many patterns");
    std::fs::write(folder.path().join(".gitignore"), many.repeat(8)).expect("a file");
    still_checks(folder.path(), "over ");
    let folder = repository();
    let globs: String = (0..20_000).map(|number| format!("\"*{number}*a/**/*b?\", ")).collect();
    std::fs::write(folder.path().join("vip-lsp.toml"), format!("exclude = [{globs}]\n")).expect("a file");
    let (found, error, _) = said(&run(folder.path(), &["check", "."]));
    assert!(format!("{found}{error}").contains("at most 1000 globs"), "{found}{error}");
}
