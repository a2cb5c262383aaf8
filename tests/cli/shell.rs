//! What a person at a shell sees.

use super::{TEMPLATE, folder, run, run_whole, said};

const GOOD: &str = "# VIP-1: A\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n";

/// A folder with a finding that a safe fix mends, one that none does, and a file without findings.
fn mixed() -> tempfile::TempDir {
    folder(&[
        ("vip-template.md", &TEMPLATE.replacen("\n\n", "\n\n* **Status**: Draft | Accepted\n\n", 1)),
        ("vip-1.md", &with_status(GOOD, "Draft")),
        ("vip-2.md", &with_status(GOOD, "Acepted").replace("VIP-1", "VIP-2")),
        ("vip-3.md", &with_status("# VIP-3: C\n\n## Introduction\n\nA.\n", "Draft")),
    ])
}

fn with_status(proposal: &str, status: &str) -> String {
    proposal.replacen("\n\n", &format!("\n\n* **Status**: {status}\n\n"), 1)
}

#[test]
fn a_check_ends_with_a_line_that_sums_it_up() {
    let folder = mixed();
    let summary = |arguments: &[&str]| said(&run_whole(folder.path(), &[&["check"], arguments].concat())).1;
    let found = "Found 2 findings in 2 of 3 files: 2 warnings. 1 can be fixed with --fix.\n";
    assert_eq!(summary(&["."]), found);
    assert_eq!(summary(&[".", "--output-format", "full"]), found);
    assert_eq!(summary(&["vip-3.md"]), "Found 1 finding in 1 file: 1 warning.\n");
    assert_eq!(summary(&["vip-1.md"]), "No findings in 1 file.\n");
    assert_eq!(summary(&[".", "--min-severity", "error"]), "No findings in 3 files.\n");
    for arguments in [&[".", "--quiet"][..], &[".", "--output-format", "json"], &[".", "--diff"]] {
        assert_eq!(summary(arguments), "", "{arguments:?}");
    }
    // A run that fails has not found that there is nothing.
    assert!(!summary(&["vip-1.md", "no-such.md"]).contains("findings"));
    // What is not reported is not fixed.
    assert_eq!(
        summary(&[".", "--fix", "--min-severity", "error"]),
        "vip-lsp: 0 findings fixed in 0 files\nNo findings in 3 files.\n"
    );
    let fixed = summary(&[".", "--fix"]);
    assert_eq!(fixed, "vip-lsp: 1 finding fixed in 1 file\nFound 1 finding in 1 of 3 files: 1 warning.\n");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = mixed();
    let lines = |arguments: &[&str]| said(&run(folder.path(), &[&["check", "vip-3.md"], arguments].concat())).0;
    let plain = lines(&[]);
    assert!(!plain.contains('\u{1b}') && lines(&["--color", "never"]) == plain);
    let coloured = lines(&["--color", "always"]);
    assert!(
        coloured.starts_with("\u{1b}[1mvip-3.md\u{1b}[0m:7:3: \u{1b}[1m\u{1b}[33mwarning[missing-section]\u{1b}[0m ")
    );
    assert!(lines(&["--color", "always", "--output-format", "full"]).contains('\u{1b}'));
    // A format for programs has none.
    assert!(!lines(&["--color", "always", "--output-format", "json"]).contains('\u{1b}'));
}

#[test]
fn a_misspelt_rule_is_told_its_name() {
    let folder = mixed();
    let (_, error, code) = said(&run(folder.path(), &["rule", "section-to-long"]));
    let expected = "vip-lsp: there is no rule \"section-to-long\"; did you mean \"section-too-long\"? vip-lsp rule lists them all\n";
    assert_eq!((error.as_str(), code), (expected, Some(2)));
    let (_, error, _) = said(&run(folder.path(), &["rule", "zzzz"]));
    assert_eq!(error, "vip-lsp: there is no rule \"zzzz\"; vip-lsp rule lists them all\n");
}

#[test]
fn a_report_names_the_section_whose_length_it_has() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", GOOD)]);
    let (report, ..) = said(&run(folder.path(), &["report"]));
    assert!(report.starts_with("NO  TITLE  STATUS  SECTIONS  INTRODUCTION  FINDINGS  READINESS\n"), "{report}");
}

#[test]
fn what_a_learnt_form_finds_is_not_called_fixable() {
    let record = |number: usize| {
        format!("# {number}. Maps\n\n## Context\n\nSo.\n\n## Decision\n\nThus.\n\n## Consequences\n\nYes.\n")
    };
    let mut records: Vec<(String, String)> =
        (1..=7).map(|number| (format!("docs/adr/000{number}-maps.md"), record(number))).collect();
    records[6].1 = records[6].1.replace("## ", "# ");
    let files: Vec<(&str, &str)> = records.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let (found, summary, _) = said(&run_whole(folder.path(), &["check", "."]));
    assert!(found.contains("hint[section-level]"), "{found}");
    assert_eq!(summary, "Found 1 finding in 1 of 7 files: 1 hint.\n");
    assert!(said(&run(folder.path(), &["check", ".", "--fix"])).1.contains("0 findings fixed in 0 files"));
}
