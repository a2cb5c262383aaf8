//! Proposals that are found by themselves, what is said where there are none, and the settings for what is not found.

use serde_json::{Value, json};

use super::layouts::{DOCUMENT, LAYOUTS, NOTES, TEMPLATE};
use super::{choices::git, folder, read, run, run_with, said};

fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    folder(&[&[(".git/HEAD", "ref: x\n")][..], files].concat())
}

fn families(folder: &std::path::Path) -> Value {
    let output = run(folder, &["families", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn every_layout_is_understood_without_a_setting() {
    for layout in &LAYOUTS {
        let folder = repository(&layout.files());
        let mut documents: Vec<&str> = layout.documents.to_vec();
        documents.sort_unstable();
        let (output, error, code) = said(&run(folder.path(), &["check"]));
        let checked: Vec<&str> = output.lines().map(|line| line.split(':').next().expect("a path")).collect();
        assert_eq!(checked, documents, "{}: {output}{error}", layout.name);
        assert!(output.lines().all(|line| line.contains("\"Drawbacks\" is missing")), "{output}");
        assert_eq!(code, Some(1));
        let found = families(folder.path());
        let found = found.as_array().expect("an array");
        let mut listed: Vec<&str> = found
            .iter()
            .flat_map(|family| family["documents"].as_array().expect("an array"))
            .filter_map(Value::as_str)
            .collect();
        listed.sort_unstable();
        assert_eq!(listed, documents, "{}", layout.name);
        assert!(found.iter().all(|family| family["template"] == layout.templates[0] && family["kind"] == "template"));
    }
}

#[test]
fn families_are_those_below_the_current_folder() {
    let files = [("0000-template.md", TEMPLATE), ("text/0001-a.md", DOCUMENT), ("docs/vip-7.md", "# VIP-7: A\n")];
    let folder = repository(&files);
    let text = families(&folder.path().join("text"));
    assert_eq!((text[0]["documents"].clone(), text.as_array().map(Vec::len)), (json!(["0001-a.md"]), Some(1)));
    let docs = families(&folder.path().join("docs"));
    assert_eq!((docs[0]["kind"].clone(), docs[0]["template"].clone()), (json!("built-in"), Value::Null));
    assert_eq!(families(repository(&[("notes.md", NOTES)]).path()), json!([]));
    let (shown, _, _) = said(&run(folder.path(), &["families"]));
    assert!(shown.starts_with("VIP: 1 document\n  template  the built-in VIP template\n"), "{shown}");
}

#[test]
fn a_folder_its_subfolder_and_a_file_agree_wherever_the_repository_begins() {
    for begins in [".git/HEAD", ".jj/x", ".hg/x", "readme.txt"] {
        let files =
            [(begins, "x"), ("TEMPLATE.md", TEMPLATE), ("rfcs/0001-a.md", DOCUMENT), ("rfcs/0002-b.md", DOCUMENT)];
        let folder = folder(&[&files[..], &[("vip-lsp.toml", "[rules]\nmissing-section = 'error'\n")]].concat());
        let check = |arguments: &[&str]| said(&run(folder.path(), &[&["check"], arguments].concat())).0;
        let all = check(&[]);
        assert_eq!(all.lines().count(), 2, "{begins}: {all}");
        assert!(all.lines().all(|line| line.contains("error[missing-section]")), "{all}");
        assert_eq!(check(&["rfcs"]), all);
        assert_eq!(check(&["rfcs/0001-a.md", "rfcs/0002-b.md"]), all);
        let stdin = run_with(folder.path(), &["check", "-", "--stdin-filename", "rfcs/0003-c.md"], DOCUMENT.as_bytes());
        assert_eq!(said(&stdin).0.lines().count(), 1, "{begins}");
    }
}

#[test]
fn a_check_of_nothing_fails_and_says_what_it_looked_at() {
    let folder = repository(&[("docs/notes.md", NOTES), ("docs/README.md", NOTES), ("text/vip-7.md", "# VIP-7: A\n")]);
    let (output, error, code) = said(&run(folder.path(), &["check", "docs"]));
    let expected = "vip-lsp: no proposals found in docs: it has 2 Markdown files, none of which is one; vip-lsp explain FILE says why\n";
    assert_eq!((output.as_str(), error.as_str(), code), ("", expected, Some(2)));
    assert_eq!(
        said(&run(folder.path(), &["check", "docs", "--allow-empty", "--quiet"])),
        (String::new(), String::new(), Some(0))
    );
    let (_, error, code) = said(&run(folder.path(), &["check", "docs/notes.md"]));
    assert!(
        error.starts_with("vip-lsp: docs/notes.md: not a proposal: no template was found in this repository"),
        "{error}"
    );
    assert_eq!((error.lines().count(), code), (1, Some(0)));
    assert_eq!(said(&run(folder.path(), &["report", "docs"])).1, expected);
    // What is only passed over is there.
    std::fs::write(folder.path().join("vip-lsp.toml"), "exclude = ['text/**']\n").expect("a file");
    assert_eq!(said(&run(folder.path(), &["check"])).1, "vip-lsp: settings exclude every proposal in .\n");
    assert_eq!(run(folder.path(), &["check"]).status.code(), Some(0));
    // A file that is excluded is none for that.
    std::fs::write(folder.path().join("vip-lsp.toml"), "exclude = ['docs/**']\n").expect("a file");
    assert_eq!(run(folder.path(), &["check", "docs"]).status.code(), Some(2));
}

#[test]
fn what_a_family_leaves_out_is_not_found_by_its_template() {
    let settings = |exclude: &str| {
        format!(
            "[[family]]\nname = 'Text'\ntemplate = '0000-template.md'\ndocuments = ['text/*.md']\nexclude = ['{exclude}']\n"
        )
    };
    let files = [("0000-template.md", TEMPLATE), ("text/0001-a.md", DOCUMENT), ("text/0002-b.md", DOCUMENT)];
    let folder = repository(&files);
    std::fs::write(folder.path().join("vip-lsp.toml"), settings("text/0002*")).expect("a file");
    let documents = |folder: &std::path::Path| families(folder).pointer("/0/documents").cloned();
    assert_eq!(documents(folder.path()), Some(json!(["text/0001-a.md"])));
    let said = said(&run(folder.path(), &["explain", "text/0002-b.md"])).0;
    assert_eq!(said, "text/0002-b.md: not a proposal\n  - vip-lsp.toml excludes it\n");
}

#[test]
fn a_family_whose_template_is_gone_is_checked_by_no_other() {
    let settings = "[[family]]\ntemplate = 'gone.md'\ndocuments = ['adr/*.md']\n";
    let folder = repository(&[("adr/0001-a.md", DOCUMENT), ("vip-lsp.toml", settings)]);
    let (output, error, code) = said(&run(folder.path(), &["check", "adr"]));
    assert_eq!((output.as_str(), code), ("", Some(2)));
    assert!(error.contains("vip-lsp.toml:2:12: error[invalid-setting] family[0].template:"), "{error}");
    let said = said(&run(folder.path(), &["explain", "adr/0001-a.md"])).0;
    assert!(said.contains("the template that vip-lsp.toml names for its family does not exist"), "{said}");
}

#[test]
fn lines_that_a_file_cannot_take_are_not_written() {
    let files = [("TEMPLATE.md", TEMPLATE), ("te [x]/plan.md", DOCUMENT), ("te [x]/idea.md", DOCUMENT)];
    let folder = repository(&files);
    let write = |content: &str| std::fs::write(folder.path().join("vip-lsp.toml"), content).expect("a file");
    let init = || said(&run(folder.path(), &["init", "--write"]));
    for (content, reason) in [
        ("family = []\n", "its families are not [[family]] tables; rewrite them as such first"),
        ("[family]\nname = 'x'\n", "its families are not [[family]] tables; rewrite them as such first"),
        ("broken =\n", "it is not valid TOML"),
    ] {
        write(content);
        let (output, error, code) = init();
        assert_eq!((output.as_str(), code), ("", Some(2)), "{error}");
        assert!(error.starts_with(&format!("vip-lsp: vip-lsp.toml: {reason}")), "{error}");
        assert_eq!(read(folder.path(), "vip-lsp.toml"), content);
    }
    write("exclude = ['te *' , '*/idea.md', '*/plan.md']\r\n");
    assert_eq!(init().2, Some(0));
    write("# Ours\r\n");
    assert_eq!(init().2, Some(0));
    let written = read(folder.path(), "vip-lsp.toml");
    assert!(written.contains("documents = [\"te [[]x[]]/*.md\"]\r\n"), "{written}");
    assert_eq!(written.matches('\n').count(), written.matches("\r\n").count());
    assert_eq!(said(&run(folder.path(), &["config"])).2, Some(0));
    assert_eq!(families(folder.path()).pointer("/0/documents"), Some(&json!(["te [x]/idea.md", "te [x]/plan.md"])));
}

#[test]
fn a_suggestion_is_for_the_file_that_it_is_asked_of() {
    let files = [
        ("docs/TEMPLATE.md", TEMPLATE),
        ("README.md", "# Notes\n"),
        ("CHANGELOG.md", "# Changes\n"),
        ("other/deep/README.md", "# x\n"),
        ("tests/data/words.md", DOCUMENT),
    ];
    let folder = repository(&files);
    for name in ["README.md", "CHANGELOG.md", "other/deep/README.md"] {
        let _ = std::fs::remove_file(folder.path().join("vip-lsp.toml"));
        let output = said(&run(folder.path(), &["explain", "--json", name])).0;
        let said: Value = serde_json::from_str(&output).expect("JSON");
        assert_eq!((&said["proposal"], &said["settings"]), (&json!(false), &json!("vip-lsp.toml")), "{name}");
        std::fs::write(folder.path().join("vip-lsp.toml"), said["suggestion"].as_str().expect("lines"))
            .expect("a file");
        assert_eq!(families(folder.path()).pointer("/0/documents"), Some(&json!([name])));
    }
    let apart = said(&run(folder.path(), &["explain", "tests/data/notes.md"])).1;
    assert!(apart.contains("no such file"), "{apart}");
    std::fs::write(folder.path().join("tests/data/notes.md"), "# x\n").expect("a file");
    let apart = said(&run(folder.path(), &["explain", "tests/data/notes.md"])).0;
    assert!(apart.contains("files in the folder \"tests\" are not treated as proposals"), "{apart}");
}

#[cfg(unix)]
#[test]
fn a_reader_of_errors_that_has_gone_does_no_harm() {
    let folder = repository(&[("vip-lsp.toml", "nothing = 1\n"), ("text/vip-7.md", "# VIP-7: A\n")]);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    let status = command.arg("check").current_dir(folder.path()).stdout(std::process::Stdio::null()).stderr(writer);
    assert_eq!(status.status().expect("it runs").code(), Some(2));
}

#[test]
fn explain_says_why_and_its_lines_make_a_file_a_proposal() {
    let files =
        [("docs/TEMPLATE.md", TEMPLATE), ("docs/words.md", DOCUMENT), ("docs/notes.md", NOTES), ("docs/x.rst", "x\n")];
    let folder = repository(&files);
    let explain = |name: &str| -> Value {
        let output = run(folder.path(), &["explain", "--json", name]);
        assert_eq!(output.status.code(), Some(0));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    for name in ["docs/words.md", "docs/notes.md"] {
        let before = explain(name);
        assert_eq!((&before["path"], &before["proposal"]), (&json!(name), &json!(false)));
        std::fs::write(folder.path().join("vip-lsp.toml"), before["suggestion"].as_str().expect("lines"))
            .expect("a file");
        let after = explain(name);
        let expected = json!({"proposal": true, "family": "docs", "kind": "setting", "template": "docs/TEMPLATE.md"});
        for (key, value) in expected.as_object().expect("an object") {
            assert_eq!(&after[key], value, "{name}: {after}");
        }
        std::fs::remove_file(folder.path().join("vip-lsp.toml")).expect("a file");
    }
    assert_eq!(explain("docs/x.rst")["reasons"], json!(["reStructuredText is not supported; only Markdown is"]));
    assert_eq!(explain("docs/TEMPLATE.md")["reasons"], json!(["it is a template: the template's name says so"]));
    let (_, told, code) = said(&run(folder.path(), &["explain", "--json", "docs/none.md"]));
    assert_eq!((told.as_str(), code), ("vip-lsp: docs/none.md: there is no such file\n", Some(2)));
    let (shown, _, _) = said(&run(folder.path(), &["explain", "docs/words.md"]));
    assert!(shown.starts_with("docs/words.md: not a proposal\n  - it has 6 of the 7 headings"), "{shown}");
    assert!(shown.contains("add this to vip-lsp.toml:\n\n    [[family]]\n"), "{shown}");
}

#[test]
fn explain_offers_no_template_of_other_documents_to_one_that_has_nothing_of_it() {
    let own = "# Use maps\n\nText.\n\n## Context\n\nA.\n\n## Decision\n\nB.\n";
    let files = [
        ("kep/TEMPLATE.md", TEMPLATE),
        ("kep/0001-a.md", DOCUMENT),
        ("adr/0001-use-maps.md", own),
        ("adr/notes.md", own),
        ("kep/0002-own.md", own),
    ];
    let folder = repository(&files);
    let explain = |name: &str| said(&run(folder.path(), &["explain", name])).0;
    let shown = explain("adr/0001-use-maps.md");
    assert!(shown.ends_with("a file next to it such as \"template.md\" becomes its template\n"), "{shown}");
    assert!(shown.starts_with("adr/0001-use-maps.md: not a proposal\n") && !shown.contains("[[family]]"), "{shown}");
    // Without a number, or beside the template, it may well be meant.
    for name in ["adr/notes.md", "kep/0002-own.md"] {
        let shown = explain(name);
        assert!(shown.contains("[[family]]") || shown.contains(": a proposal"), "{shown}");
    }
}

#[test]
fn init_proposes_what_falls_just_short_and_keeps_what_is_there() {
    let files = [
        ("docs/TEMPLATE.md", TEMPLATE),
        ("docs/words.md", DOCUMENT),
        ("docs/more.md", DOCUMENT),
        ("vip-lsp.toml", "# Ours\n[rules]\n"),
    ];
    let folder = repository(&files);
    let (shown, _, code) = said(&run(folder.path(), &["init"]));
    assert!(shown.starts_with("--- vip-lsp.toml\n+++ vip-lsp.toml\n") && shown.contains("+[[family]]\n"), "{shown}");
    assert_eq!((read(folder.path(), "vip-lsp.toml").as_str(), code), ("# Ours\n[rules]\n", Some(0)));
    assert_eq!(said(&run(folder.path(), &["init", "--write"])), ("vip-lsp.toml\n".to_owned(), String::new(), Some(0)));
    let written = read(folder.path(), "vip-lsp.toml");
    let family = "[[family]]\nname = \"docs\"\ntemplate = \"docs/TEMPLATE.md\"\ndocuments = [\"docs/*.md\"]\n";
    assert_eq!(written, format!("# Ours\n[rules]\n\n{family}"));
    assert_eq!(said(&run(folder.path(), &["check"])).0.lines().count(), 2);
    let again = said(&run(folder.path(), &["init", "--write"])).0;
    assert_eq!(again, "nothing to set: the only family here is found automatically; see vip-lsp families\n");
    assert_eq!(read(folder.path(), "vip-lsp.toml"), written);
}

#[test]
fn pages_that_share_only_their_front_matter_with_a_template_are_not_offered() {
    let front = "---\nowner: docs\npriority: low\nreviewed: 2026-01-30\nstatus: draft\n---\n\n";
    let folder = repository(&[
        ("adr/template.md", &format!("{front}# ADR-NNN: Title\n\n## Context\n\n## Decision\n\n## Effects\n")),
        ("docs/setup.md", &format!("{front}# Set up\n\n## Tools\n\n## First steps\n")),
        ("docs/audit.md", &format!("{front}# Audit\n\n## Parts\n")),
    ]);
    let (shown, _, _) = said(&run(folder.path(), &["init"]));
    assert!(!shown.contains("[[family]]"), "{shown}");
    let (shown, _, _) = said(&run(folder.path(), &["explain", "docs/setup.md"]));
    assert!(
        shown.contains("4 of the 7 headings and metadata keys of adr/template.md, the nearest template: too few"),
        "{shown}"
    );
}

#[test]
fn families_that_are_set_come_first_and_what_has_no_effect_is_said() {
    let settings = "include = ['docs/README.md', 'none/*.md']\n\n[[family]]\nname = 'Old'\ntemplate = 'short.md'\n\
                    documents = ['text/000*.md']\nexclude = ['text/0002*']\nrules = { missing-section = 'error' }\n\n\
                    [[family]]\ndocuments = ['gone/*.md']\n";
    let files = [
        ("0000-template.md", TEMPLATE),
        ("short.md", "# Title\n\n## Summary\n\n## Cost\n"),
        ("text/0001-a.md", DOCUMENT),
        ("text/0002-b.md", DOCUMENT),
        ("docs/README.md", DOCUMENT),
        ("vip-lsp.toml", settings),
    ];
    let folder = repository(&files);
    let (output, error, code) = said(&run(folder.path(), &["check", "--select", "missing-section"]));
    let expected = "\
docs/README.md:17:3: warning[missing-section] section \"Drawbacks\" is missing; add it after \"Design\"
text/0001-a.md:10:1: error[missing-section] section \"Cost\" is missing; add it after \"Summary\", unless \"Motivation\" covers it
text/0002-b.md:17:3: warning[missing-section] section \"Drawbacks\" is missing; add it after \"Design\"
";
    assert_eq!((output.as_str(), code), (expected, Some(1)));
    let idle = "\
vip-lsp.toml:1:30: warning[invalid-setting] include[1]: no file matches \"none/*.md\"; correct the path or remove it
vip-lsp.toml:11:14: warning[invalid-setting] family[1].documents[0]: no file matches \"gone/*.md\"; correct the path or remove it
";
    assert_eq!(error, idle);
    let found = families(folder.path());
    let names: Vec<_> =
        found.as_array().expect("an array").iter().map(|family| (&family["name"], &family["kind"])).collect();
    assert!(names.contains(&(&json!("Old"), &json!("setting"))), "{found}");
}

/// A template and documents, all but the last two of which have no "Drawbacks", no "Owner", no number and another name for "Design".
fn drifted(count: usize) -> tempfile::TempDir {
    let template =
        "# XIP-NNN: Title\n\n- Status: (draft)\n- Owner: (name)\n\n## Summary\n\n## Detailed design\n\n## Drawbacks\n";
    let old = "# Cache\n\n- Status: Final\n\n## Summary\n\nA.\n\n## Detail design\n\nB.\n";
    let new = "# XIP-2: Cache\n\n- Status: Final\n- Owner: A. Author\n\n## Summary\n\nA.\n\n## Detailed design\n\nB.\n\n## Drawbacks\n\nC.\n";
    let paths: Vec<String> = (1..=count + 2).map(|number| format!("text/{number:04}-x.md")).collect();
    let mut files = vec![("0000-template.md", template)];
    files.extend(paths.iter().enumerate().map(|(at, path)| (path.as_str(), if at < count { old } else { new })));
    repository(&files)
}

#[test]
fn what_most_documents_lack_is_a_hint_that_says_so() {
    let folder = drifted(6);
    let lines = |folder: &std::path::Path| said(&run(folder, &["check", "text/0001-x.md"])).0;
    let found = lines(folder.path());
    for part in [
        "hint[title-format] title has no number; write \"XIP-<number>: <title>\"; 5 of the 7 other documents lack it too",
        "hint[missing-metadata] metadata \"Owner\" is missing; add it after \"Status\"; 5 of the 7 other documents lack it too",
        "hint[section-name] section \"Detail design\" is called \"Detailed design\" in the template; rename it; 5 of the 7 other documents do the same",
        "hint[missing-section] section \"Drawbacks\" is missing; add it after \"Detail design\"; 5 of the 7 other documents lack it too",
    ] {
        assert!(found.contains(part), "{found}");
    }
    assert_eq!(said(&run(folder.path(), &["check", "text/0001-x.md"])).2, Some(0));
    // By the letter.
    std::fs::write(folder.path().join("vip-lsp.toml"), "strict = true\n").expect("a file");
    let found = lines(folder.path());
    assert!(found.contains("warning[missing-section]") && !found.contains("other documents"), "{found}");
    // A severity that is set holds.
    std::fs::write(folder.path().join("vip-lsp.toml"), "[rules]\nmissing-section = 'error'\n").expect("a file");
    assert!(lines(folder.path()).contains("error[missing-section] section \"Drawbacks\" is missing"));
}

#[test]
fn what_many_documents_lack_is_information_and_the_thresholds_can_be_set() {
    let folder = drifted(3);
    let found = || said(&run(folder.path(), &["check", "text/0001-x.md"])).0;
    let share = "section \"Drawbacks\" is missing; add it after \"Detail design\"";
    assert!(found().contains(&format!("warning[missing-section] {share}\n")), "{}", found());
    let set = |settings: &str| std::fs::write(folder.path().join("vip-lsp.toml"), settings).expect("a file");
    set("evidence-documents = 4\n");
    assert!(
        found().contains(&format!("information[missing-section] {share}; 2 of the 4 other documents lack it too\n")),
        "{}",
        found()
    );
    set("evidence-documents = 4\nevidence-hint = 40\n");
    assert!(
        found().contains(&format!("hint[missing-section] {share}; 2 of the 4 other documents lack it too\n")),
        "{}",
        found()
    );
    set("evidence-documents = 4\nevidence-information = 60\n");
    assert!(found().contains(&format!("warning[missing-section] {share}\n")), "{}", found());
}

#[test]
fn a_document_that_is_not_committed_goes_by_the_template() {
    let folder = drifted(6);
    let git = |arguments: &[&str]| git(folder.path(), arguments);
    std::fs::remove_file(folder.path().join(".git/HEAD")).expect("a file");
    std::fs::remove_dir(folder.path().join(".git")).expect("a folder");
    git(&["init", "-q"]);
    // Where nothing is committed, nothing is new.
    let found =
        |options: &[&str]| said(&run(folder.path(), &[&["check", "--select", "missing-section"], options].concat())).0;
    let is_lowered = |found: &str, name: &str| {
        let line = found.lines().find(|line| line.starts_with(&format!("text/{name}-x.md"))).expect("a finding");
        assert!(line.contains("hint[") || line.contains("warning["), "{line}");
        line.contains("hint[")
    };
    assert!(is_lowered(&found(&[]), "0002"));
    git(&["add", "0000-template.md", "text/0001-x.md", "text/0003-x.md"]);
    git(&["commit", "-q", "-m", "A"]);
    let now = found(&[]);
    assert!(is_lowered(&now, "0001") && is_lowered(&now, "0003") && !is_lowered(&now, "0002"), "{now}");
    git(&["checkout", "-q", "-b", "topic"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "B"]);
    // It is new until the branch is merged.
    assert!(!is_lowered(&found(&[]), "0002"));
    assert!(!is_lowered(&found(&["--changed-since", "main"]), "0002"));
    git(&["checkout", "-q", "main"]);
    git(&["merge", "-q", "topic"]);
    assert!(is_lowered(&found(&[]), "0002"));
}

#[test]
fn families_show_what_many_documents_do_otherwise() {
    let folder = drifted(6);
    let found = families(folder.path());
    let entry = |what: &str| json!({ "what": what, "count": 6, "of": 8 });
    let expected = [
        "have no section \"Drawbacks\"",
        "have another name for \"Detailed design\"",
        "have no metadata \"Owner\"",
        "have no number in the title",
    ];
    assert_eq!(found[0]["evidence"], json!(expected.map(entry)));
    let text = said(&run(folder.path(), &["families"])).0;
    assert!(
        text.contains("  evidence  6 of 8 have no section \"Drawbacks\"\n            6 of 8 have another name"),
        "{text}"
    );
}

#[test]
fn what_a_few_documents_lack_is_a_fault() {
    let folder = drifted(3);
    let found = said(&run(folder.path(), &["check", "text/0001-x.md"])).0;
    assert!(found.contains("warning[missing-section]") && !found.contains("other documents"), "{found}");
}

#[test]
fn what_many_documents_keep_of_the_template_is_meant_to_stay() {
    let template = "# Title\n\n- Status: (draft)\n\n## Summary\n\n_Say what changes._\n\n## Risks\n\n_A box is ticked where it applies._\n";
    let document = |own: &str| {
        format!(
            "# Cache\n\n- Status: Final\n\n## Summary\n\n{own}A.\n\n## Risks\n\n_A box is ticked where it applies._\n\nB.\n"
        )
    };
    let (one, others) = (document("_Say what changes._\n\n"), document(""));
    let paths: Vec<String> = (1..=7).map(|number| format!("text/{number:04}-x.md")).collect();
    let mut files = vec![("0000-template.md", template)];
    files.extend(
        paths.iter().enumerate().map(|(at, path)| (path.as_str(), if at == 0 { &one } else { &others }.as_str())),
    );
    let folder = repository(&files);
    let check = || said(&run(folder.path(), &["check", "--select", "template-instruction"])).0;
    let found = check();
    assert!(found.contains("text/0001-x.md:7:1: information[template-instruction]"), "{found}");
    assert_eq!(found.lines().count(), 1, "{found}");
    std::fs::write(folder.path().join("vip-lsp.toml"), "strict = true\n").expect("a file");
    assert_eq!(check().lines().count(), 8);
}

#[test]
fn what_settings_add_to_a_family_that_is_found_is_of_that_family() {
    let settings = "template = 'text/TEMPLATE.md'\ninclude = ['text/*.md']\n";
    let files = [
        ("text/TEMPLATE.md", TEMPLATE),
        ("text/0001-a.md", DOCUMENT),
        ("text/0002-b.md", DOCUMENT),
        ("text/README.md", DOCUMENT),
        ("vip-lsp.toml", settings),
    ];
    let folder = repository(&files);
    let found = families(folder.path());
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!((&found[0]["kind"], &found[0]["documents"][2]), (&json!("setting"), &json!("text/README.md")));
    assert_eq!(said(&run(folder.path(), &["new", "Foo"])).0, "text/0003-foo.md\n");
}

#[test]
fn settings_are_proposed_for_files_that_are_alike_and_no_others() {
    let files = [
        ("TEMPLATE.md", TEMPLATE),
        ("wiki/plan.md", DOCUMENT),
        ("wiki/home.md", NOTES),
        ("wiki/questions.md", NOTES),
        ("other/README.md", DOCUMENT),
        ("src/README.md", NOTES),
    ];
    let folder = repository(&files);
    assert_eq!(said(&run(folder.path(), &["init", "--write"])).2, Some(0));
    assert!(read(folder.path(), "vip-lsp.toml").contains("documents = [\"wiki/plan.md\"]\n"));
    assert_eq!(families(folder.path()).pointer("/0/documents"), Some(&json!(["wiki/plan.md"])));
}

#[test]
fn paths_are_from_the_current_folder_wherever_that_is() {
    let files = [("0000-template.md", TEMPLATE), ("text/0001-a.md", DOCUMENT), ("text/.old/0002-b.md", DOCUMENT)];
    let folder = repository(&files);
    let text = folder.path().join("text");
    assert_eq!(families(&text)[0]["template"], json!("../0000-template.md"));
    let output = said(&run(&text, &["explain", "--json", "0001-a.md"])).0;
    let explained: Value = serde_json::from_str(&output).expect("JSON");
    assert_eq!((&explained["path"], &explained["template"]), (&json!("0001-a.md"), &json!("../0000-template.md")));
    let hidden = said(&run(&text, &["explain", ".old/0002-b.md"])).0;
    assert!(hidden.contains("in a hidden folder: it is checked only if you name it"), "{hidden}");
}

/// Records that share a form and have no template: so many of them.
fn records(count: usize) -> tempfile::TempDir {
    let record = |number: usize| {
        let content = format!(
            "# {number}. Maps\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\nx\n"
        );
        (format!("doc/adr/000{number}-maps.md"), content)
    };
    let files: Vec<(String, String)> = (1..=count).map(record).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
    repository(&files)
}

#[test]
fn a_family_without_a_template_is_learnt_and_says_so() {
    let folder = records(6);
    let found = families(folder.path());
    assert_eq!((found[0]["kind"].clone(), found[0]["template"].clone()), (json!("learnt"), Value::Null));
    assert_eq!(found[0]["documents"].as_array().map(Vec::len), Some(6));
    let (shown, _, _) = said(&run(folder.path(), &["families"]));
    assert!(shown.contains("  template  none; learnt from 6 similar documents\n"), "{shown}");
    let (shown, _, _) = said(&run(folder.path(), &["explain", "doc/adr/0002-maps.md"]));
    assert!(
        shown.contains("a proposal\n") && shown.contains("vip-lsp init --template turns it into a template"),
        "{shown}"
    );
    let (shown, _, _) = said(&run(folder.path(), &["template", "--json", "doc/adr/0002-maps.md"]));
    let template: Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!((template["learnt_from"].clone(), template["sections"][1]["documents"].clone()), (json!(6), json!(6)));
}

#[test]
fn a_template_is_made_of_what_documents_share() {
    let folder = records(6);
    let (shown, error, code) = said(&run(folder.path(), &["init", "--template", "--write"]));
    assert_eq!((shown.as_str(), error.as_str(), code), ("doc/adr/template.md\n", "", Some(0)));
    let made = read(folder.path(), "doc/adr/template.md");
    assert_eq!(made, "# NNNN. Title\n\nDate: YYYY-MM-DD\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n");
    let found = families(folder.path());
    assert_eq!(
        (found[0]["kind"].clone(), found[0]["template"].clone()),
        (json!("template"), json!("doc/adr/template.md"))
    );
    let (shown, _, _) = said(&run(folder.path(), &["check", "--min-severity", "hint"]));
    assert_eq!(shown, "");
    let (_, error, code) = said(&run(folder.path(), &["init", "--template"]));
    assert_eq!((error.as_str(), code), ("vip-lsp: every family here has a template; see vip-lsp families\n", Some(2)));
    let (_, error, code) = said(&run(records(2).path(), &["init", "--template"]));
    assert_eq!(
        (error.as_str(), code),
        ("vip-lsp: family \"adr\" has 2 documents, and learning a form takes at least 5\n", Some(2))
    );
}

#[test]
fn a_document_of_very_many_values_is_read() {
    let lines = "Date: 2026-01-02\n".repeat(12_000);
    let big = format!("# 7. Big\n\n{lines}\n## Context\n\nx\n\n## Decision\n\nx\n\n## Consequences\n\nx\n");
    let folder = repository(&[("doc/adr/0007-big.md", &big), ("doc/adr/0008-small.md", DOCUMENT)]);
    assert_eq!(run(folder.path(), &["families"]).status.code(), Some(0));
}

#[test]
fn records_are_found_in_any_language_beside_what_is_none() {
    const RECORD: &str = "\n\n## Status\n\nAccepted\n\n## Context\n\nSo.\n\n## Decision\n\nThus.\n";
    let numbered = |folder: &str| {
        (1..=5).map(|n| (format!("{folder}/000{n}-a.md"), format!("# 000{n} A{RECORD}"))).collect::<Vec<_>>()
    };
    let found = |files: &[(String, String)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
        let folder = repository(&files);
        let found = families(folder.path());
        found[0]["documents"].as_array().map_or(0, Vec::len)
    };
    for folder in ["docs/adr", "docs/entscheidungen", "docs/décisions", "docs/решения", "docs/意思決定"] {
        let mut files = numbered(folder);
        let german = RECORD.replace("Accepted", "Akzeptiert").replace("Context", "Kontext").replace("Decision", "Wahl");
        files.extend((1..=5).map(|n| (format!("{folder}/000{n}-a.de.md"), format!("# 000{n} A{german}"))));
        files.push((format!("{folder}/0000-how.md"), "# How to write one\n\n## When\n\nNow.\n".to_owned()));
        assert_eq!(found(&files), 5, "{folder}");
    }
    let columns = "| Status | Date | Author |\n|--|--|--|\n| Accepted | 2026-01-02 | A. Author |\n";
    let record = format!("# A\n\n{columns}\n## Context\n\nSo.\n\n## Decision\n\nThus.\n");
    assert_eq!(found(&(1..=3).map(|n| (format!("adr/000{n}-a.md"), record.clone())).collect::<Vec<_>>()), 3);
    let plain = ["maps", "trees", "logs"].map(|name| (format!("docs/adr/use-{name}.md"), format!("# A{RECORD}")));
    assert_eq!(found(&plain), 3);
    // A sentence under each heading makes no records of pages without a decision.
    let pages = ["maps", "trees", "logs"]
        .map(|name| (format!("docs/design/{name}.md"), "# A\n\n## Context\n\nSo.\n\n## Usage\n\nThus.\n".to_owned()));
    assert_eq!(found(&pages), 0);
}
