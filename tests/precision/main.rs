//! Whether all that must be said is said, and nothing else: small families, each document annotated in full.
//!
//! A family is a file in `families`. A new form of fault gets its line there first. The file has a few words for the reader,
//! and then the parts of a repository:
//!
//! ```text
//! //- docs/xip-template.md (template)
//! # XIP-NNN: Title
//!
//! ## Summary
//!
//! //- docs/xip-1.md
//! # XIP-1: Warm caches
//!
//! ## Sumary
//! ^^^ warning[section-name] "Summary"
//! ```
//!
//! - What has nothing behind its path must be known as a proposal; else it says `(template)`, `(index page)` or
//!   `(no proposal)`.
//! - A line of `^^^ severity[rule] message` is a finding in the line above; the message may be given in part or left out. What
//!   is not annotated must not be found, by `vip-lsp check --min-severity hint` and by the server.
//! - `//- docs/xip-{2..9}.md` writes several files, with the number for `{n}` in them.
//! - `//- commit` commits what comes before it.
//! - `//- $ vip-lsp new "Warm caches"` is run in the end, and must print what stands below; `//- $ cat FILE` shows what came
//!   of it.
//!
//! `FAMILY=front-matter cargo test --test precision` looks at one family alone.

#[path = "../lsp/client.rs"]
#[expect(dead_code, reason = "the tests of the server need more of it")]
mod client;
mod family;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use client::{Client, Folder};
use family::{Expected, Family, File, Kind, Part};
use serde_json::{Value, json};

/// How many families are looked at side by side.
const SIDE_BY_SIDE: usize = 4;

/// Findings by the path of their file.
type Findings = BTreeMap<String, Vec<Finding>>;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// From 0.
    line: usize,
    /// `severity[rule]`.
    head: String,
    message: String,
}

#[test]
fn all_that_must_be_said_is_said_and_nothing_else() {
    let families = Mutex::new(families());
    let faults = Mutex::new(Vec::new());
    let next = || families.lock().expect("no thread panics with it").pop();
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(family) = next() {
                    let found = faults_of(&family);
                    faults.lock().expect("no thread panics with it").extend(found);
                }
            });
        }
    });
    let mut faults = faults.into_inner().expect("no thread panics with it");
    faults.sort();
    assert!(faults.is_empty(), "\n\n{}\n", faults.join("\n\n"));
}

/// The families, or the one that `FAMILY` names.
fn families() -> Vec<Family> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/precision/families");
    let wanted = std::env::var("FAMILY").ok();
    let entries = std::fs::read_dir(folder).expect("the folder of families can be read");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let families = paths.filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let is_wanted = wanted.as_ref().is_none_or(|wanted| *wanted == name);
        is_wanted.then(|| Family::read(&path, format!("tests/precision/families/{name}.md")))
    });
    let families: Vec<_> = families.collect();
    assert!(!families.is_empty(), "there is no such family");
    families
}

/// What is said and must not be, is not said and must be, or is not what it must be.
fn faults_of(family: &Family) -> Vec<String> {
    let folder = written(family);
    let mut faults = kind_faults(family, &folder);
    let checked = by_check(&folder);
    let served = by_server(family, &folder);
    let (of_check, of_server) = (differences(family, &checked), differences(family, &served));
    if of_check != of_server {
        faults.extend(of_server.into_iter().map(|fault| format!("the server, unlike `check`:\n{fault}")));
    }
    faults.extend(of_check);
    faults.extend(command_faults(family, &folder));
    faults
}

/// A folder with the files of `family`, those above `//- commit` committed.
fn written(family: &Family) -> Folder {
    let folder = Folder::new(&[]);
    if family.parts.iter().any(|part| matches!(part, Part::Commit)) {
        git(folder.root(), &["init", "-q"]);
    }
    for part in &family.parts {
        match part {
            Part::File(file) => folder.write(&file.path, &file.text),
            Part::Commit => {
                git(folder.root(), &["add", "."]);
                git(folder.root(), &["commit", "-q", "-m", "Proposals"]);
            }
            Part::Command(_) => {}
        }
    }
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let config = ["-c", "user.name=A. Author", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(config).args(arguments).output().expect("there is git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What the program prints in `folder`.
fn output(folder: &Folder, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    command.env("GIT_CONFIG_GLOBAL", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/precision/gitconfig"));
    let output = command.current_dir(folder.root()).args(arguments).output().expect("the binary runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() != Some(2), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// `text` with `{today}` for this day.
fn without_day(text: &str) -> String {
    let today = time::OffsetDateTime::now_utc().date();
    let today = format!("{:04}-{:02}-{:02}", today.year(), u8::from(today.month()), today.day());
    text.replace(&today, "{today}")
}

fn json_output(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    serde_json::from_str(&output(folder, arguments)).expect("a list in JSON")
}

/// The files of `family` that are not taken for what they are.
fn kind_faults(family: &Family, folder: &Folder) -> Vec<String> {
    let known = json_output(folder, &["families", "--json"]);
    let texts = |value: &Value| value.as_str().map(str::to_owned);
    let templates: BTreeSet<String> = known.iter().filter_map(|family| texts(&family["template"])).collect();
    let documents = known.iter().flat_map(|family| family["documents"].as_array().expect("a list"));
    let documents: BTreeSet<String> = documents.filter_map(texts).collect();
    let is_right = |file: &&File| {
        let (is_template, is_document) = (templates.contains(&file.path), documents.contains(&file.path));
        match file.kind {
            Kind::Proposal => is_document,
            Kind::Template => is_template,
            Kind::Index => output(folder, &["explain", &file.path]).contains("an index page"),
            Kind::Other => !is_template && !is_document,
        }
    };
    let wrong = family.files().filter(|file| !is_right(file));
    let said = |file: &File| output(folder, &["explain", &file.path]);
    wrong.map(|file| format!("{}: is not taken for what it is:\n{}", family.source, said(file))).collect()
}

fn by_check(folder: &Folder) -> Findings {
    let mut findings = Findings::new();
    for found in json_output(folder, &["check", "--min-severity", "hint", "--output-format", "json"]) {
        let text = |name: &str| found[name].as_str().expect("a text").to_owned();
        let line = found["start"]["line"].as_u64().expect("a number") as usize - 1;
        let head = format!("{}[{}]", text("severity"), text("rule"));
        findings.entry(text("path")).or_default().push(Finding { line, head, message: text("message") });
    }
    findings
}

/// The findings of a server whose client has all files open.
fn by_server(family: &Family, folder: &Folder) -> Findings {
    let capabilities = json!({
        "textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}},
    });
    let (mut client, _) = Client::initialized(Some(folder.root()), &capabilities, &Value::Null);
    for file in family.files().filter(|file| file.path.ends_with(".md")) {
        client.open(&folder.uri(&file.path), &file.text);
    }
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    client.close();
    let mut findings = Findings::new();
    for file in family.files() {
        let uri = folder.uri(&file.path);
        let items = report["items"].as_array().expect("a list").iter().filter(|item| item["uri"] == uri);
        let found = items.flat_map(|item| item["items"].as_array().expect("a list")).map(of_server);
        findings.insert(file.path.clone(), found.collect());
    }
    findings
}

fn of_server(found: &Value) -> Finding {
    let severities = ["", "error", "warning", "information", "hint"];
    let severity = severities[found["severity"].as_u64().expect("a number") as usize];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let line = found["range"]["start"]["line"].as_u64().expect("a number") as usize;
    Finding { line, head: format!("{severity}[{}]", text(&found["code"])), message: text(&found["message"]) }
}

/// Where `findings` are not those that `family` is annotated with.
fn differences(family: &Family, findings: &Findings) -> Vec<String> {
    let of_file = |file| file_differences(family, file, findings);
    let known = |path: &&String| !family.files().any(|file| file.path == **path);
    let elsewhere = findings.keys().filter(known).map(|path| format!("{}: a finding in {path}", family.source));
    family.files().flat_map(of_file).chain(elsewhere).collect()
}

fn file_differences(family: &Family, file: &File, findings: &Findings) -> Vec<String> {
    let mut missing = file.expected.clone();
    // The most exact annotation chooses first.
    missing.sort_by_key(|expected| std::cmp::Reverse(expected.message.len()));
    let mut extra = findings.get(&file.path).cloned().unwrap_or_default();
    missing.retain(|expected| {
        let place = extra.iter().position(|found| is_meant(expected, found));
        place.map(|place| extra.remove(place)).is_none()
    });
    let lines: BTreeSet<usize> =
        missing.iter().map(|expected| expected.line).chain(extra.iter().map(|found| found.line)).collect();
    let text: Vec<&str> = file.text.lines().collect();
    let difference = |line: usize| {
        let place = file.places.get(line).copied().unwrap_or_default();
        let shown = text.get(line).copied().unwrap_or_default();
        let missing = missing.iter().filter(|expected| expected.line == line);
        let missing = missing.map(|expected| format!("\n- ^^^ {} {}", expected.head, expected.message));
        let extra = extra.iter().filter(|found| found.line == line);
        let extra = extra.map(|found| format!("\n+ ^^^ {} {}", found.head, found.message));
        let lines: String = missing.chain(extra).collect();
        format!("{}:{place}: {}:{}\n  {shown}{lines}", family.source, file.path, line + 1)
    };
    lines.into_iter().map(difference).collect()
}

fn is_meant(expected: &Expected, found: &Finding) -> bool {
    expected.line == found.line && expected.head == found.head && found.message.contains(&expected.message)
}

/// The commands of `family` that print something else than they must.
fn command_faults(family: &Family, folder: &Folder) -> Vec<String> {
    let mut faults = Vec::new();
    for part in &family.parts {
        let Part::Command(command) = part else { continue };
        let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
        let said = match words[..] {
            ["vip-lsp", ..] => output(folder, &words[1..]),
            ["cat", path] => std::fs::read_to_string(folder.path(path)).unwrap_or_else(|error| error.to_string()),
            _ => panic!("{}:{}: only vip-lsp and cat are run", family.source, command.place),
        };
        let said = without_day(&said);
        if said.trim_end() != command.output.trim_end() {
            let (source, place, expected) = (&family.source, command.place, &command.output);
            faults.push(format!("{source}:{place}: expected\n{expected}\nprinted\n{said}"));
        }
    }
    faults
}
