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
    super::without_summary(Output { status: child.wait().expect("it has ended"), stdout, stderr })
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
        // Braces are letters to git, some hundred of them are one name.
        still_checks(folder.path(), if levels > 300 { ".gitignore: " } else { "" });
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

#[test]
fn settings_are_bounded() {
    let folder = repository();
    let unknown: String = (0..20_000).map(|number| format!("a{number} = 1\n")).collect();
    for (config, fault) in [
        (format!("exclude = {}", "[".repeat(100_000)), "not valid TOML"),
        (format!("a = {}", "{a=".repeat(100_000)), "not valid TOML"),
        (format!("{}a = 1", "a.".repeat(100_000)), "not valid TOML"),
        (unknown, "and 19900 more problems in this file"),
        ("[[family]]\ndocuments = [\"docs/*.md\"]\n".repeat(5_000), "at most 100 families are allowed; remove some"),
    ] {
        std::fs::write(folder.path().join("vip-lsp.toml"), config).expect("a file");
        let (_, error, code) = said(&run(folder.path(), &["check", "."]));
        assert!(error.contains(fault) && error.lines().count() <= 110, "{error:.300}");
        assert_eq!(code, Some(2));
    }
}

/// A name and a title with what would colour a terminal, turn the direction of the text, or start a line of its own.
const STEERING: &str = "vip-2\u{1b}[31m\n::error::x\u{9b}\u{202e}\u{7f}.md";

#[test]
fn folders_that_lie_deep_in_each_other_are_not_looked_into() {
    let folder = repository();
    let deep = folder.path().join("docs").join("a/".repeat(1_000));
    std::fs::create_dir_all(&deep).expect("folders");
    std::fs::write(deep.join("vip-2.md"), "# VIP-2: A\n\n## Introduction\n\nA.\n").expect("a file");
    still_checks(folder.path(), "/a/a: over 128 folders deep; its contents are not checked\n");
}

#[test]
fn templates_are_bounded() {
    let check = |count: usize, expected: &str, missing: usize, status: i32| {
        let sections: String = (0..count).map(|index| format!("## Q{index}\n\n_Say {index}._\n\n")).collect();
        let template = format!("# VIP-N: Title\n\n{sections}");
        let folder = folder(&[("docs/vip-template.md", &template), ("docs/vip-1.md", "# VIP-1: A\n\n## Q0\n\nA.\n")]);
        let (found, error, code) = said(&run(folder.path(), &["check", "docs/vip-1.md"]));
        assert_eq!(error, expected);
        assert_eq!((found.matches("section \"Q").count(), code), (missing, Some(status)), "{found:.200}");
    };
    check(2_000, "", 1_999, 1);
    let many = "docs/vip-template.md:8003:4: error[template-too-large] a template has at most 2000 sections; the ones from here on are ignored\n";
    check(9_000, many, 1_999, 2);
    let large = "vip-lsp: docs/vip-template.md: over 1048576 bytes; if it is a template, it is not used\n";
    check(50_000, large, 0, 1);
}

#[test]
fn what_would_steer_a_terminal_is_shown() {
    let folder = repository();
    let text = "# VIP-2: A\u{1b}[2J\u{9b}1m\u{202e}\n\n- **Status**: Dr\u{1b}ft\u{202e}\n\n## Intro\u{1b}duction\n\n[a](\u{1b}b.md)\n";
    std::fs::write(folder.path().join("docs").join(STEERING), text).expect("a file");
    let listing = format!("# All\n\n- [Two\u{1b}]({})\n", "vip-2%1B[31m%0A::error::x.md");
    std::fs::write(folder.path().join("docs/README.md"), listing).expect("a file");
    let name = format!("docs/{STEERING}");
    let formats = ["concise", "full", "json", "github", "gitlab", "sarif", "junit"];
    let check = formats.map(|format| vec!["check", "--output-format", format, "."]);
    let others: [&[&str]; 10] = [
        &["check", "--statistics", "."],
        &["check", "\u{1b}none\n.md"],
        &["explain", &name],
        &["explain", "--json", &name],
        &["families"],
        &["families", "--json"],
        &["report", "."],
        &["report", "--markdown", "."],
        &["new", "A\u{1b}[31m", "--dry-run"],
        &["new", "A", "--folder", "\u{1b}[31m\n::error::"],
    ];
    for arguments in check.iter().map(Vec::as_slice).chain(others) {
        let (out, error, code) = said(&run(folder.path(), arguments));
        for said in [&out, &error] {
            let found = said.find(|c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c));
            assert_eq!(found.map(|at| &said[at..]), None, "{arguments:?}");
            assert!(!said.lines().any(|line| line.starts_with("::error::x")), "{arguments:?}: {said}");
        }
        assert!(code.is_some() && !(out + &error).is_empty(), "{arguments:?}");
    }
}

/// A repository beside a file and a folder that nobody in it may see or change.
struct Beside {
    folder: tempfile::TempDir,
    away: tempfile::TempDir,
}

/// What the file outside says: a proposal with a finding that has a safe fix.
const SECRET: &str = "# VIP-9: secret\n\n## Introductoin\n\nsecret\n\n## Design\n\nsecret\n";

impl Beside {
    fn new() -> Beside {
        let beside = Beside { folder: repository(), away: tempfile::tempdir().expect("a folder") };
        std::fs::create_dir(beside.folder.path().join(".git")).expect("a folder");
        std::fs::write(beside.away.path().join("vip-9.md"), SECRET).expect("a file");
        beside
    }

    /// Makes a link at `name` to `target` in the folder outside.
    fn link(&self, target: &str, name: &str) {
        symlink(self.away.path().join(target), self.folder.path().join(name)).expect("a link");
    }

    /// What a run says, which must not be what the file outside says; that is as it was.
    fn run(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let (out, error, code) = said(&run(self.folder.path(), arguments));
        assert!(!(out.clone() + &error).contains("secret"), "{arguments:?}: {out}{error}");
        let names = std::fs::read_dir(self.away.path()).expect("a folder").count();
        let secret = std::fs::read_to_string(self.away.path().join("vip-9.md")).expect("a file");
        assert_eq!((names, secret.as_str()), (1, SECRET), "{arguments:?}");
        (out + &error, code)
    }
}

#[test]
fn links_that_are_named_are_followed_only_where_that_is_said() {
    let beside = Beside::new();
    beside.link("vip-9.md", "docs/vip-2.md");
    beside.link("", "docs/more");
    for arguments in [&["check", "--output-format", "full"][..], &["check", "--fix"], &["check", "--diff"], &["report"]]
    {
        for (name, fault) in [
            ("docs/vip-2.md", "docs/vip-2.md: a link; use check --follow to check what it points to"),
            ("docs/more", "docs/more: a link; use check --follow to check what it points to"),
            ("docs/more/", "docs/more/: a link; use check --follow to check what it points to"),
            // Whether it is there is not told.
            (
                "docs/more/vip-9.md",
                "docs/more/vip-9.md: behind a link that points elsewhere; use check --follow to check it",
            ),
            (
                "docs/more/none.md",
                "docs/more/none.md: behind a link that points elsewhere; use check --follow to check it",
            ),
            ("docs/more/none", "docs/more/none: behind a link that points elsewhere; use check --follow to check it"),
        ] {
            let (told, code) = beside.run(&[arguments, &[name]].concat());
            assert!(told.contains(fault), "{arguments:?} {name}: {told}");
            assert_eq!(code, Some(2), "{arguments:?} {name}: {told}");
        }
        // What is found in a folder, and is a link, is left alone.
        assert!(!beside.run(&[arguments, &["docs"]].concat()).0.contains("vip-2.md"));
    }
    for arguments in [
        &["explain", "docs/vip-2.md"][..],
        &["template", "docs/vip-2.md"],
        &["check", "docs", "--template", "docs/vip-2.md"],
        &["check", "docs", "--config", "docs/vip-2.md"],
        &["check", "docs", "--baseline", "docs/vip-2.md"],
        &["check", "docs", "--write-baseline", "docs/vip-2.md"],
        &["check", "docs", "--write-baseline", "docs/more/baseline.json"],
        &["new", "A", "--folder", "docs/more"],
    ] {
        let (told, code) = beside.run(arguments);
        assert!(
            code == Some(2) || arguments[0] == "explain" && told.contains("behind a link"),
            "{arguments:?}: {told}"
        );
    }
    beside.link("none.json", "none.json");
    let (told, code) = beside.run(&["check", "docs", "--write-baseline", "none.json"]);
    assert_eq!(code, Some(2), "{told}");

    let (found, error, code) = said(&run(beside.folder.path(), &["check", "--follow", "docs/vip-2.md"]));
    assert!(found.contains("vip-9.md") && code == Some(1), "{found}{error}");
}

#[test]
fn templates_and_settings_that_lead_outside_are_not_read() {
    let beside = Beside::new();
    std::fs::remove_file(beside.folder.path().join("docs/vip-template.md")).expect("a template");
    beside.link("vip-9.md", "docs/vip-template.md");
    beside.link("vip-9.md", "vip-lsp.toml");
    beside.link("vip-9.md", "docs/README.md");
    for arguments in [
        &["check", "."][..],
        &["check", "--output-format", "full", "docs/vip-1.md"],
        &["explain", "docs/vip-1.md"],
        &["template", "docs/vip-1.md"],
        &["template", "docs"],
        &["families"],
        &["config"],
        &["new", "A"],
    ] {
        let (said, code) = beside.run(arguments);
        assert!(!said.is_empty() && code.is_some(), "{arguments:?}");
    }
}

#[test]
fn what_is_no_regular_file_is_neither_read_nor_waited_for() {
    let folder = repository();
    let name = "docs/vip-3.md";
    assert!(Command::new("mkfifo").arg(folder.path().join(name)).status().expect("mkfifo").success());
    symlink("/dev/zero", folder.path().join("zero")).expect("a link");
    for arguments in [
        &["check", name][..],
        &["check", "/dev/zero"],
        &["check", "zero"],
        &["check", "--follow", "zero"],
        &["report", name],
        &["template", name],
        &["check", ".", "--config", name],
        &["check", ".", "--template", name],
        &["check", ".", "--baseline", name],
        &["check", ".", "--baseline", "zero"],
        &["check", ".", "--baseline", "/dev/zero"],
        &["check", ".", "--write-baseline", name],
    ] {
        let (out, error, code) = said(&run(folder.path(), arguments));
        assert!(error.contains("regular file") || error.contains("a link"), "{arguments:?}: {out}{error}");
        assert_eq!(code, Some(2), "{arguments:?}: {out}{error}");
    }
    let (out, _, _) = said(&run(folder.path(), &["explain", name]));
    assert!(out.contains("it is not a regular file"), "{out}");
    still_checks(folder.path(), "");
}

#[test]
fn whether_there_is_something_outside_is_not_told() {
    let beside = Beside::new();
    beside.link("", "docs/more");
    beside.link("vip-9.md", "docs/there");
    beside.link("none.md", "docs/missing");
    let found = ["more/vip-9.md", "more/none.md", "there", "missing", "more/vip-9.md#none"].map(|target| {
        let text = format!("# VIP-1: A\n\n## Introduction\n\n[A]({target}).\n\n## Design\n\nB.\n");
        std::fs::write(beside.folder.path().join("docs/vip-1.md"), text).expect("a file");
        let (said, code) = beside.run(&["check", "docs/vip-1.md"]);
        (said.replace(target, ""), code)
    });
    assert!(found.iter().all(|said| *said == found[0] && !said.0.contains("broken-link")), "{found:?}");
}

#[test]
fn a_file_that_becomes_a_link_is_not_followed() {
    let beside = Beside::new();
    let path = beside.folder.path().join("docs/vip-1.md");
    let other = beside.folder.path().join("other");
    let text = std::fs::read(&path).expect("a file");
    let is_done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Each at once in the place of the other.
            while !is_done.load(std::sync::atomic::Ordering::Relaxed) {
                symlink(beside.away.path().join("vip-9.md"), &other).expect("a link");
                std::fs::rename(&other, &path).expect("it is moved");
                std::fs::write(&other, &text).expect("a file");
                std::fs::rename(&other, &path).expect("it is moved");
            }
        });
        for _ in 0..50 {
            beside.run(&["check", "--output-format", "full", "--fix", "docs"]);
        }
        is_done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
