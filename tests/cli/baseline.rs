//! Findings that are known and not reported again.

use super::{TEMPLATE, folder, read, run, said};

const PROPOSAL: &str = "# VIP-1: A\n\n## Introduction\n\n[a][b] and [a][b].\n";

fn workspace() -> tempfile::TempDir {
    folder(&[("docs/vip-template.md", TEMPLATE), ("docs/vip-1.md", PROPOSAL), ("docs/vip-2.md", PROPOSAL)])
}

const CHECK: [&str; 4] = ["check", "docs", "--baseline", "known.json"];

fn write(folder: &std::path::Path, paths: &[&str]) {
    let (output, error, code) = said(&run(folder, &[&["check", "--write-baseline", "known.json"], paths].concat()));
    assert_eq!((output.as_str(), code), ("", Some(0)), "{error}");
    assert!(error.ends_with(" findings are in known.json\n"), "{error}");
}

#[test]
fn what_is_known_is_not_reported_and_what_is_new_is() {
    let folder = workspace();
    let (found, _, code) = said(&run(folder.path(), &["check", "docs"]));
    assert!(found.contains("undefined-reference") && code == Some(1), "{found}");
    write(folder.path(), &["docs"]);
    assert_eq!(said(&run(folder.path(), &CHECK)), (String::new(), String::new(), Some(0)));
    // Edits elsewhere in the file, also of the sections that findings are reported at, change nothing.
    let edited = PROPOSAL.replace("A\n\n##", "A\n\nMore.\n\n## Own\n\n##") + "\n## Also own\n";
    std::fs::write(folder.path().join("docs/vip-1.md"), &edited).expect("a file");
    assert_eq!(said(&run(folder.path(), &CHECK)), (String::new(), String::new(), Some(0)));
    std::fs::write(folder.path().join("docs/vip-1.md"), edited + "\n[c][d]\n").expect("a file");
    let (found, error, code) = said(&run(folder.path(), &CHECK));
    assert_eq!((found.lines().count(), error.as_str(), code), (1, "", Some(1)), "{found}");
    assert!(found.contains("undefined-reference"), "{found}");
}

#[test]
fn what_is_fixed_is_dropped_and_what_was_not_checked_is_kept() {
    let folder = workspace();
    write(folder.path(), &["docs"]);
    let before = read(folder.path(), "known.json");
    write(folder.path(), &["docs/vip-1.md"]);
    assert_eq!(read(folder.path(), "known.json"), before);
    std::fs::write(folder.path().join("docs/vip-1.md"), PROPOSAL.replace("[a][b] and ", "")).expect("a file");
    write(folder.path(), &["docs/vip-1.md"]);
    let after = read(folder.path(), "known.json");
    assert!(after.matches("vip-1.md").count() < before.matches("vip-1.md").count(), "{after}");
    assert_eq!(after.matches("vip-2.md").count(), before.matches("vip-2.md").count());
    std::fs::remove_file(folder.path().join("docs/vip-2.md")).expect("a file");
    write(folder.path(), &["docs/vip-1.md"]);
    assert_eq!(read(folder.path(), "known.json").matches("vip-2.md").count(), 0);
}

#[test]
fn a_baseline_counts_from_its_own_folder() {
    let folder = workspace();
    write(folder.path(), &["docs"]);
    let output = run(&folder.path().join("docs"), &["check", "--baseline", "../known.json"]);
    assert_eq!(said(&output), (String::new(), String::new(), Some(0)));
}

#[test]
fn what_is_no_baseline_fails_the_run_and_is_not_overwritten() {
    let folder = workspace();
    let (_, error, code) = said(&run(folder.path(), &CHECK));
    assert!(error.contains("known.json: ") && error.contains("--write-baseline") && code == Some(2), "{error}");
    std::fs::write(folder.path().join("known.json"), "# Notes\n").expect("a file");
    for option in ["--baseline", "--write-baseline"] {
        let (output, error, code) = said(&run(folder.path(), &["check", "docs", option, "known.json"]));
        assert_eq!((output.as_str(), code), ("", Some(2)));
        assert!(error.contains("known.json: not a baseline"), "{error}");
    }
    assert_eq!(read(folder.path(), "known.json"), "# Notes\n");
}
