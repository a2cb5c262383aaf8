//! The command line: the real binary over files and folders.

mod bad_input;
mod baseline;
mod branches;
mod choices;
#[path = "../dated/mod.rs"]
mod dated;
mod families;
mod feed;
mod fixes;
mod formats;
mod history;
mod hostile;
mod index;
#[path = "../layouts/mod.rs"]
mod layouts;
mod life_cycle;
mod merging;
mod presets;
mod relations;
mod reserving;
mod schema;
mod shell;
mod sidecars;
mod times;
mod watching;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const TEMPLATE: &str = "# VIP-`$N`: `$T`\n\n## Introduction _(3 words at most)_\n\n## Design\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    folder
}

/// The output of `vip-lsp` with `arguments`, without the line that sums up a check.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    without_summary(run_whole(folder, arguments))
}

fn without_summary(output: Output) -> Output {
    let text = String::from_utf8_lossy(&output.stderr);
    let is_summary = |line: &&str| line.starts_with("Found ") || line.starts_with("No findings in ");
    let rest: String = text.split_inclusive('\n').filter(|line| !is_summary(line)).collect();
    Output { stderr: rest.into_bytes(), ..output }
}

fn run_whole(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    // The author of a new proposal is not who runs the tests.
    command.env("GIT_CONFIG_GLOBAL", folder.join(".gitconfig"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().expect("the binary runs")
}

/// As [`run`], with `input` at standard input.
fn run_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    let command = command.current_dir(folder).args(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    child.stdin.take().expect("piped").write_all(input).expect("it reads");
    child.wait_with_output().expect("it ends")
}

/// What `output` has at standard output and standard error, and the exit code.
fn said(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("a file")
}

/// Runs `vip-lsp check` and compares standard output, the exit code, and a part of standard error.
fn check(folder: &Path, paths: &[&str], expected: &str, code: i32, error: &str) {
    let output = run(folder, &[&["check"], paths].concat());
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains(error) && stderr.is_empty() == error.is_empty(), "{stderr}");
    assert_eq!(output.status.code(), Some(code));
}

#[test]
fn findings_are_printed_by_path_and_place_with_exit_code_1() {
    let folder = folder(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-2.md", "# VIP-2: 💡\n\n## Introduction\n\nOne 💡 two three four.\n"),
        ("docs/vip-1.md", "# VIP-1: A\n"),
        ("docs/index.md", "# VIP-1: and others\n"),
        ("docs/notes.md", "# Notes\n"),
        (".hidden/vip-3.md", "# VIP-3: Hidden\n"),
    ]);
    let findings = "\
docs/vip-1.md:1:3: information[stub-proposal] proposal has no sections yet; insert the template's sections, starting with \"Introduction\"
docs/vip-2.md:3:4: warning[section-too-long] section \"Introduction\" has 4 words, but at most 3 are allowed
docs/vip-2.md:5:22: warning[missing-section] section \"Design\" is missing; add it after \"Introduction\"
";
    check(folder.path(), &["docs"], findings, 1, "");
    check(folder.path(), &["docs/vip-2.md", "docs", "docs/vip-1.md"], findings, 1, "");
    check(
        folder.path(),
        &["docs/vip-1.md"],
        findings.lines().next().map(|line| format!("{line}\n")).as_deref().expect("a line"),
        0,
        "",
    );
    check(folder.path(), &[], findings, 1, "");
}

#[test]
fn nothing_to_report_is_silent_with_exit_code_0() {
    let folder = folder(&[
        ("vip-template.md", TEMPLATE),
        ("vip-1.md", "# VIP-1: A\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n"),
    ]);
    check(folder.path(), &["."], "", 0, "");
    let quiet = run_whole(folder.path(), &["check", "vip-1.md", "vip-template.md", "--quiet"]);
    assert_eq!(said(&quiet), (String::new(), String::new(), Some(0)));
}

#[test]
fn a_template_above_the_folder_is_found_within_the_repository() {
    let proposal = "# VIP-1: A\n\n## Introduction\n\nA.\n";
    let with_git = folder(&[(".git/HEAD", "ref: x\n"), ("template.md", TEMPLATE), ("docs/vip-1.md", proposal)]);
    let finding =
        "docs/vip-1.md:5:3: warning[missing-section] section \"Design\" is missing; add it after \"Introduction\"\n";
    check(with_git.path(), &["docs"], finding, 1, "");
}

#[test]
fn a_path_that_is_not_there_fails_the_run_but_not_the_rest_of_it() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n"), ("vip-2.md", "")]);
    std::fs::write(folder.path().join("vip-2.md"), b"# VIP-2: \xff\n").expect("a file");
    let found = "vip-1.md:1:3: information[stub-proposal] proposal has no sections yet; insert the template's sections, starting with \"Introduction\"\n";
    check(folder.path(), &["vip-9.md", "vip-1.md"], found, 2, "vip-9.md");
    check(folder.path(), &["vip-2.md", "vip-1.md"], found, 2, "vip-2.md: not valid UTF-8");
}

#[test]
fn a_folder_that_is_named_like_a_file_is_looked_into() {
    let folder = folder(&[("vip-1.md/vip-2.md", "# VIP-2: A\n")]);
    let output = run(folder.path(), &["check", "vip-1.md"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("vip-1.md/vip-2.md:1:3: information[stub-proposal]"));
}

#[test]
fn unknown_arguments_fail_the_run() {
    let folder = folder(&[]);
    assert_eq!(run(folder.path(), &["check", "--nonsense"]).status.code(), Some(2));
    assert_eq!(run(folder.path(), &["nonsense"]).status.code(), Some(2));
}

#[test]
fn rules_explain_themselves() {
    let folder = folder(&[]);
    let list = run(folder.path(), &["rule"]);
    assert!(String::from_utf8_lossy(&list.stdout).lines().any(|line| line.starts_with("section-too-long ")));
    let page = run(folder.path(), &["rule", "section-too-long"]);
    let page = String::from_utf8_lossy(&page.stdout);
    assert!(
        page.starts_with("# section-too-long\n\nSeverity: warning. ") && page.contains("```markdown\n# XIP-1"),
        "{page}"
    );
    let all = run(folder.path(), &["rule", "--all"]);
    assert_eq!(String::from_utf8_lossy(&all.stdout), vip_lsp::rules::page::page());
    assert_eq!(run(folder.path(), &["rule", "--all", "section-too-long"]).status.code(), Some(2));
    let unknown = run(folder.path(), &["rule", "no-such-rule"]);
    assert_eq!((unknown.status.code(), unknown.stdout.as_slice()), (Some(2), b"".as_slice()));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no-such-rule"));
}

#[test]
fn a_configuration_file_holds_and_its_faults_fail_the_run_once() {
    let proposal = "# VIP: A\n\n## Summary\n\nA.\n";
    let folder = folder(&[
        (".git/HEAD", "ref: x\n"),
        ("vip-template.md", TEMPLATE),
        ("docs/vip-1.md", proposal),
        ("docs/vip-2.md", proposal),
        ("old/vip-3.md", proposal),
    ]);
    let write = |config: &str| std::fs::write(folder.path().join(".vip-lsp.toml"), config).expect("a file");
    let config = "exclude = ['old/**']\nrules = {missing-section = 'error', title-format = 'off'}\n[sections.Introduction]\naliases = ['Summary']\n";
    let finding = |name: &str| {
        let message = "section \"Design\" is missing; add it after \"Summary\"";
        let name_message = "section \"Summary\" is called \"Introduction\" in the template; rename it";
        format!(
            "docs/{name}.md:3:4: warning[section-name] {name_message}\ndocs/{name}.md:5:3: error[missing-section] {message}\n"
        )
    };
    let findings = finding("vip-1") + &finding("vip-2");
    write(config);
    check(folder.path(), &["docs", "old"], &findings, 1, "vip-lsp: settings exclude every proposal in old\n");
    write(&format!("{config}\n['💡'] 1\n"));
    let fault =
        ".vip-lsp.toml:6:7: error[invalid-setting] not valid TOML: unexpected key or value, expected newline, `#`\n";
    check(folder.path(), &["docs", "old"], &findings, 2, fault);
    write(&format!("{config}[sections.'💡'.x]\n[sections.Desing]\noptional = true\n"));
    let output = run(folder.path(), &["check", "docs"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "\
.vip-lsp.toml:5:11: error[invalid-setting] sections.💡: there is no section \"💡\" in the template; it has \"Introduction\", \"Design\"
.vip-lsp.toml:5:15: error[invalid-setting] sections.💡.x: there is no such setting; the settings are \"aliases\", \"optional\", \"required-when\", \"only-when\", \"max-words\", \"text\" and \"last\"
.vip-lsp.toml:6:11: error[invalid-setting] sections.Desing: there is no section \"Desing\" in the template; it has \"Introduction\", \"Design\"
"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn config_names_the_file_for_the_folder_and_its_problems() {
    let folder = folder(&[(".git/HEAD", "ref: x\n"), ("docs/vip-1.md", "# VIP-1: A\n"), ("docs/own/notes.md", "")]);
    let config = |name: &str| {
        let output = run(&folder.path().join(name), &["config"]);
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
    };
    let (none, code) = config("docs");
    assert!(none.starts_with("no vip-lsp.toml or .vip-lsp.toml here or above"), "{none}");
    assert_eq!(code, Some(0));
    std::fs::write(folder.path().join("docs/vip-lsp.toml"), "sections.A.optional = true\n").expect("a file");
    std::fs::write(folder.path().join("docs/own/.vip-lsp.toml"), "").expect("a file");
    let problem =
        "vip-lsp.toml:1:10: error[invalid-setting] sections.A: there is no section \"A\" in the template; it has";
    let (found, code) = config("docs");
    assert!(found.starts_with(&format!("vip-lsp.toml applies to this folder\n{problem}")), "{found}");
    assert_eq!((found.lines().count(), code), (2, Some(1)));
    assert_eq!(config("docs/own"), (".vip-lsp.toml applies to this folder\n".to_owned(), Some(0)));
    assert!(config("").0.starts_with("no vip-lsp.toml"));
}

#[test]
fn the_schema_of_a_configuration_file_is_printed() {
    let output = run(folder(&[]).path(), &["config", "--schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let names = |pointer: &str| {
        let properties = schema.pointer(pointer).and_then(|properties| properties.as_object()).expect("a table");
        properties.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        names("/properties"),
        [
            "accepted-status",
            "body",
            "evidence-documents",
            "evidence-hint",
            "evidence-information",
            "evidence-kept",
            "exclude",
            "extends",
            "family",
            "include",
            "index-on-save",
            "life-cycle",
            "metadata",
            "metadata-order",
            "references",
            "released-status",
            "rules",
            "sections",
            "sidecar",
            "status",
            "strict",
            "template",
            "template-version"
        ]
    );
    assert_eq!(
        names("/properties/sections/additionalProperties/properties"),
        ["aliases", "last", "max-words", "only-when", "optional", "required-when", "text"]
    );
    let mut rules = vip_lsp::rules::RULES.map(|rule| rule.id);
    rules.sort_unstable();
    assert_eq!(names("/properties/rules/properties"), rules);
}

#[test]
fn version_and_help() {
    let folder = folder(&[]);
    let version = said(&run(folder.path(), &["--version"])).0;
    let commit = version.trim().strip_prefix(concat!("vip-lsp ", env!("CARGO_PKG_VERSION"))).expect("the version");
    let digits = commit.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    let is_commit = digits.len() == 9 && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    // Outside of a checkout there is none.
    assert!(commit.is_empty() || is_commit, "{version}");
    let help = run(folder.path(), &["--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("check"));
}

#[test]
fn completions_are_printed_for_each_shell() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (script, error, code) = said(&run(folder.path(), &["completions", shell]));
        assert!(script.contains("output-format"), "{shell}: {script}");
        assert_eq!((error.as_str(), code), ("", Some(0)));
    }
    assert_eq!(run(folder.path(), &["completions", "none"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_does_no_harm() {
    let long: String = (0..3000).map(|number| format!("vip-{number}.md ")).collect();
    let files: Vec<(&str, &str)> = long.split_whitespace().map(|name| (name, "# VIP-1: A\n")).collect();
    let folder = folder(&files);
    let mut child = Command::new(env!("CARGO_BIN_EXE_vip-lsp"))
        .current_dir(folder.path())
        .arg("check")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(1), ""));
}

const SCHEMA: &str = "\
---
title: <Title>
requires: <number> # Only if there is one; otherwise remove this.
---

# XIP-NNN: Title

- **Status**: _one of ['Draft', 'Final']_
- **Pull Request**: _(Link)_

_Fill this in._

## Summary _(40 words at most)_

## Design

- _What changes?_
- _What breaks?_

<!-- This section is optional. -->
## Notes (100 characters or less)
";

#[test]
fn the_schema_of_a_template_is_printed() {
    let config = "[sections.Design]\nmax-words = 500\n";
    let folder = folder(&[
        (".git/HEAD", "ref: x\n"),
        ("docs/xip-template.md", SCHEMA),
        ("docs/xip-7.md", "# XIP-7: A\n"),
        ("vip-lsp.toml", config),
    ]);
    let expected = "\
docs/xip-template.md

title, a heading of level 1: XIP-<number>: <title>

metadata, as a list:
  Status        one of \"Draft\", \"Final\"
  Pull Request  a link

sections, headings of level 2:
  Summary  at most 40 words
  Design   at most 500 words; prompts: 2
  Notes    optional; at most 100 characters

4 instructions, to be removed
";
    for file in ["docs/xip-template.md", "docs/xip-7.md", "docs"] {
        let output = run(folder.path(), &["template", file]);
        let of = match file {
            "docs/xip-7.md" => "the template for docs/xip-7.md: ",
            "docs" => "family XIP: ",
            _ => "",
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{of}{expected}"), "{file}");
        assert_eq!(output.status.code(), Some(0));
    }
    let here = String::from_utf8(run(folder.path(), &["template"]).stdout).expect("UTF-8");
    assert_eq!(here, format!("family XIP: {expected}"));
    std::fs::create_dir(folder.path().join("none")).expect("a folder");
    std::fs::remove_dir_all(folder.path().join("docs")).expect("a folder");
    let built_in = String::from_utf8(run(folder.path(), &["template"]).stdout).expect("UTF-8");
    assert!(built_in.starts_with("the built-in VIP template\n"), "{built_in}");
}

#[test]
fn the_schema_of_a_template_is_printed_for_programs() {
    let folder = folder(&[("template.md", SCHEMA)]);
    let output = run(folder.path(), &["template", "template.md", "--json"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(schema["title"]["prefix"], "XIP-");
    assert_eq!(schema["title"]["separator"], ": ");
    let names: Vec<_> = schema["metadata"].as_array().expect("a list").iter().map(|key| &key["name"]).collect();
    assert_eq!(names, ["title", "requires", "Status", "Pull Request"]);
    assert_eq!(schema["metadata"][1]["optional"], true);
    assert_eq!(schema["sections"][1]["prompts"], serde_json::json!(["What changes?", "What breaks?"]));
    assert_eq!(schema["sections"][2]["max_characters"], 100);
    assert_eq!(schema["instructions"][0], "Fill this in.");
}

#[test]
fn a_template_that_cannot_be_read_fails_the_run() {
    let folder = folder(&[("a.md", "")]);
    let output = run(folder.path(), &["template", "no-such.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("vip-lsp: no-such.md: "));
    assert!(output.stdout.is_empty());
}
