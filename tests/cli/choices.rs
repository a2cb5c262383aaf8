//! What is checked, and by which rules.

use std::path::Path;
use std::process::Command;

use super::{TEMPLATE, check, folder, run, run_with, said};

const PROPOSAL: &str = "# VIP-1: A\n\n## Introduction\n\nOne two\nthree four\n...\n";
const LONG: &str =
    "vip-1.md:3:4: warning[section-too-long] section \"Introduction\" has 4 words, but at most 3 are allowed\n";
const MISSING: &str =
    "vip-1.md:7:4: warning[missing-section] section \"Design\" is missing; add it after \"Introduction\"\n";

fn workspace() -> tempfile::TempDir {
    folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", PROPOSAL)])
}

#[test]
fn rules_are_selected_and_ignored() {
    let folder = workspace();
    check(folder.path(), &["--select", "section-too-long"], LONG, 1, "");
    check(folder.path(), &["--select", "section-too-long,missing-section"], &format!("{LONG}{MISSING}"), 1, "");
    check(folder.path(), &["--ignore", "section-too-long", "--ignore", "empty-section"], MISSING, 1, "");
    check(folder.path(), &["--select", "section-too-long", "--ignore", "section-too-long"], "", 0, "");
    let config = "[rules]\nsection-too-long = 'off'\nmissing-section = 'error'\n";
    std::fs::write(folder.path().join("vip-lsp.toml"), config).expect("a file");
    check(folder.path(), &["--select", "section-too-long"], LONG, 1, "");
    check(folder.path(), &["--select", "missing-section"], &MISSING.replace("warning", "error"), 1, "");
}

#[test]
fn a_rule_that_is_not_there_fails_the_run_with_the_nearest_one() {
    for option in ["--select", "--ignore"] {
        let (output, error, code) = said(&run(workspace().path(), &["check", option, "missing-sections"]));
        assert_eq!((output.as_str(), code), ("", Some(2)));
        assert!(error.contains("did you mean \"missing-section\"?"), "{error}");
    }
}

#[test]
fn severities_have_a_floor() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n")]);
    let (found, _, code) = said(&run(folder.path(), &["check"]));
    assert_eq!((found.lines().count(), code), (1, Some(0)));
    check(folder.path(), &["--min-severity", "information"], &found, 1, "");
    check(folder.path(), &["--min-severity", "warning"], "", 0, "");
    assert_eq!(run(folder.path(), &["check", "--min-severity", "bad"]).status.code(), Some(2));
}

#[test]
fn a_status_that_the_settings_do_not_name_is_wrong_whoever_has_it() {
    let template = "# VIP-NNN: Title\n\n- Status: _Draft | Agreed_\n\n## Introduction\n";
    let folder = folder(&[("vip-template.md", template)]);
    for number in 1..=6 {
        let proposal = format!("# VIP-{number}: A\n\n- Status: Under Discussion\n\n## Introduction\n\nSo.\n");
        std::fs::write(folder.path().join(format!("vip-{number}.md")), proposal).expect("a file");
    }
    let codes = |severity: &str| {
        let (found, error, code) = said(&run(folder.path(), &["check", "--select", "invalid-metadata-value"]));
        let severity = format!(" {severity}[invalid-metadata-value] \"Under Discussion\" is not allowed");
        assert_eq!(found.matches(&severity).count(), 6, "{found}{error}");
        code
    };
    assert_eq!(codes("hint"), Some(0));
    std::fs::write(folder.path().join("vip-lsp.toml"), "status = ['Draft', 'Accepted']\n").expect("a file");
    assert_eq!(codes("warning"), Some(1));
}

#[test]
fn a_template_and_a_configuration_file_are_named_or_left_out() {
    let folder = workspace();
    let outside = folder_of_settings();
    let path = |name: &str| outside.path().join(name).to_str().expect("UTF-8").to_owned();
    check(folder.path(), &["--template", &path("other.md")], "", 0, "");
    check(folder.path(), &["--config", &path("own.toml")], MISSING, 1, "");
    std::fs::write(folder.path().join("vip-lsp.toml"), "exclude = ['**']\n").expect("a file");
    check(folder.path(), &[], "", 0, "vip-lsp: settings exclude every proposal in .\n");
    check(folder.path(), &["--isolated"], &format!("{LONG}{MISSING}"), 1, "");
    check(folder.path(), &["--config", &path("own.toml")], MISSING, 1, "");
    assert_eq!(run(folder.path(), &["check", "--isolated", "--config", "vip-lsp.toml"]).status.code(), Some(2));
}

/// A template and a configuration file that are for no one.
fn folder_of_settings() -> tempfile::TempDir {
    folder(&[
        ("other.md", "# VIP-`$N`: `$T`\n\n## Introduction\n"),
        ("own.toml", "rules = {section-too-long = 'off'}\n"),
    ])
}

#[test]
fn standard_input_stands_for_a_file() {
    let folder = workspace();
    let stdin = |arguments: &[&str], input: &str| said(&run_with(folder.path(), arguments, input.as_bytes()));
    let found = stdin(&["check", "-", "--stdin-filename", "vip-1.md"], &PROPOSAL.replace(" four", ""));
    assert_eq!(found, (MISSING.to_owned(), String::new(), Some(1)));
    let found = stdin(&["check", "-"], &PROPOSAL.replace("VIP-1", "VIP-2"));
    assert_eq!(found, (format!("{LONG}{MISSING}").replace("vip-1.md", "-"), String::new(), Some(1)));
    let note = "vip-lsp: the title of standard input is not that of a proposal; name its file with --stdin-filename\n";
    assert_eq!(stdin(&["check", "-"], "# Notes\n"), (String::new(), note.to_owned(), Some(0)));
    for arguments in [&["check", "-", "vip-1.md"][..], &["check", "--stdin-filename", "vip-1.md"]] {
        let (_, error, code) = stdin(arguments, "");
        assert!(error.starts_with("vip-lsp: ") && code == Some(2), "{error}");
    }
}

pub(super) fn git(folder: &Path, arguments: &[&str]) {
    let config = ["-c", "user.name=A. Author", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let mut command = Command::new("git");
    let output = command.current_dir(folder).args(config).args(arguments).output().expect("there is git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn only_what_has_changed_is_checked() {
    let folder = workspace();
    let add = |name: &str| std::fs::write(folder.path().join(name), "# VIP-2: A\n").expect("a file");
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "A"]);
    let changed = |revision: &str| said(&run(folder.path(), &["check", "--changed-since", revision]));
    assert_eq!(changed("HEAD"), (String::new(), String::new(), Some(0)));
    git(folder.path(), &["checkout", "-q", "-b", "topic"]);
    add("vip-2 💡.md");
    let (found, error, _) = changed("main");
    assert!(found.starts_with("vip-2 💡.md:1:3: ") && found.lines().count() == 1 && error.is_empty(), "{found}");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "B"]);
    assert_eq!(changed("main").0, found);
    // What others did since is not ours.
    git(folder.path(), &["checkout", "-q", "main"]);
    std::fs::write(folder.path().join("vip-1.md"), "# VIP-1: B\n").expect("a file");
    git(folder.path(), &["commit", "-q", "-a", "-m", "C"]);
    git(folder.path(), &["checkout", "-q", "topic"]);
    assert_eq!(changed("main").0, found);
    for revision in ["no-such", "--output=x"] {
        let (output, error, code) = said(&run(folder.path(), &["check", &format!("--changed-since={revision}")]));
        assert_eq!((output.as_str(), code), ("", Some(2)));
        assert!(error.contains(&format!("there is no git revision \"{revision}\"")), "{error}");
    }
}

#[test]
fn what_has_changed_is_known_without_a_git_to_run_but_not_without_a_repository() {
    let folder = workspace();
    let (_, error, code) = said(&run(folder.path(), &["check", "--changed-since", "HEAD"]));
    assert!(error.contains("is not in a git repository") && code == Some(2), "{error}");
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "A"]);
    let changed = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
        let command = command.current_dir(folder.path()).env("PATH", folder.path());
        said(&command.args(["check", "--quiet", "--changed-since", "HEAD"]).output().expect("the binary runs"))
    };
    assert_eq!(changed(), (String::new(), String::new(), Some(0)));
    std::fs::write(folder.path().join("vip-1.md"), PROPOSAL.replace(" four", "")).expect("a file");
    assert_eq!(changed(), (MISSING.to_owned(), String::new(), Some(1)));
}

#[test]
fn folders_below_a_named_one_follow_its_template() {
    let folder = folder(&[("docs/vip-template.md", TEMPLATE), ("docs/old/vip-1.md", PROPOSAL)]);
    let findings = format!("docs/old/{LONG}docs/old/{MISSING}");
    check(folder.path(), &["docs"], &findings, 1, "");
    check(folder.path(), &["docs/old", "docs"], &findings, 1, "");
}

const FORM: &str = "# VIP-NNN: Title\n\n* **Status**: Draft | Accepted\n* **Author**: _(Names)_\n\n_Copy this file, and give it a number._\n\n## Introduction\n\n_Say what it is about._\n\n## Design\n\n_Say how._\n";

#[test]
fn what_is_to_be_filled_in_is_a_hint_while_a_proposal_is_written() {
    let started = FORM.replace("NNN: Title", "1: A").replace("Draft | Accepted", "Draft");
    let folder = folder(&[("vip-template.md", FORM), ("vip-1.md", &started)]);
    let warned = |arguments: &[&str]| {
        let (found, _, code) = said(&run(folder.path(), &[&["check"], arguments].concat()));
        let warnings = found.lines().filter(|line| line.contains(": warning[unfilled-placeholder] \"Author\""));
        (warnings.count(), code)
    };
    assert_eq!(warned(&["."]), (0, Some(0)));
    let (report, ..) = said(&run(folder.path(), &["report"]));
    assert!(report.contains("not ready for Accepted: \"Author\" still has the template's placeholder"), "{report}");
    // Where only what has changed is checked, a new proposal is to be merged.
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["commit", "-q", "--allow-empty", "-m", "A"]);
    assert_eq!(warned(&[".", "--changed-since", "HEAD"]), (1, Some(1)));
    std::fs::write(folder.path().join("vip-lsp.toml"), "strict = true\n").expect("a file");
    assert_eq!(warned(&["."]), (1, Some(1)));
    std::fs::remove_file(folder.path().join("vip-lsp.toml")).expect("a file");
    // The status moves on, or every section has been written.
    let write = |text: String| std::fs::write(folder.path().join("vip-1.md"), text).expect("a file");
    write(started.replace("Draft", "Accepted"));
    assert_eq!(warned(&["."]), (1, Some(1)));
    write(started.replace("_Say what it is about._", "Maps.").replace("_Say how._", "Well."));
    assert_eq!(warned(&["."]), (1, Some(1)));
}
