//! Fixes: what is written, what is only shown, and what is left alone.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{folder, read, run, run_with, said};

const TEMPLATE: &str =
    "# VIP-`$N`: `$T`\n\n- **Status**: _one of ['Draft', 'Accepted']_\n\n## Introduction\n\n## Design\n";

fn proposal(status: &str) -> String {
    format!("# VIP-1: A\r\n\r\n- **Status**: {status}\r\n\r\n## Introduction\r\n\r\nOne 💡.")
}

fn workspace() -> tempfile::TempDir {
    folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", &proposal("Acepted")), ("vip-2.md", &proposal("Draft"))])
}

#[test]
fn safe_fixes_are_written_and_the_rest_is_reported() {
    let folder = workspace();
    let (before, _, _) = said(&run(folder.path(), &["check", "--output-format", "concise"]));
    assert!(before.contains("invalid-metadata-value"), "{before}");
    let (left, error, code) = said(&run(folder.path(), &["check", "--fix"]));
    assert_eq!(error, "vip-lsp: 1 finding fixed in 1 file\n");
    assert!(!left.contains("invalid-metadata-value") && left.contains("missing-section"), "{left}");
    assert_eq!(code, Some(1));
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Accepted"));
    assert_eq!(read(folder.path(), "vip-2.md"), proposal("Draft"));
    let again = said(&run(folder.path(), &["check", "--fix", "--quiet"]));
    assert_eq!(again, (left, String::new(), Some(1)));
}

#[test]
fn a_fix_that_would_bring_worse_is_left_with_its_reason() {
    let template = "# VIP-`$N`: `$T`\n\n- **Status**: _one of ['Draft', 'Accepted']_\n\n## Design\n\n_Say how._\n";
    let text = "# VIP-1: A\n\n- **Status**: Acepted\n\n## Design\n\n_Say how._\n";
    let settings =
        "[life-cycle.Draft]\nnext = ['Accepted']\n\n[life-cycle.Accepted]\nrelease = true\nfinished = true\n";
    let folder = folder(&[("vip-template.md", template), ("vip-1.md", text), ("vip-lsp.toml", settings)]);
    let (_, error, code) = said(&run(folder.path(), &["check", "--fix"]));
    let reason = "vip-lsp: vip-1.md: not fixed, because this would follow: \"Accepted\" requires a release; add it \
                  [status-requirement]\n";
    assert_eq!(error, format!("{reason}vip-lsp: 0 findings fixed in 0 files\n"));
    assert_eq!((read(folder.path(), "vip-1.md").as_str(), code), (text, Some(1)));
}

#[test]
fn fixes_are_those_of_the_selected_rules() {
    let folder = workspace();
    run(folder.path(), &["check", "--fix", "--ignore", "invalid-metadata-value"]);
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Acepted"));
}

#[test]
fn unsafe_fixes_are_asked_for() {
    let folder = workspace();
    let (_, error, code) = said(&run(folder.path(), &["check", "--unsafe-fixes"]));
    assert!(error.contains("--fix") && code == Some(2), "{error}");
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Acepted"));
    let (left, _, _) = said(&run(folder.path(), &["check", "--fix", "--unsafe-fixes"]));
    assert!(!left.contains("missing-section"), "{left}");
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Accepted") + "\r\n\r\n## Design");
}

#[test]
fn a_diff_shows_what_would_be_written_and_git_takes_it() {
    let folder = workspace();
    let (diff, error, code) = said(&run(folder.path(), &["check", "--diff"]));
    let expected = "\
--- a/vip-1.md
+++ b/vip-1.md
@@ -1,6 +1,6 @@
 # VIP-1: A\r
 \r
-- **Status**: Acepted\r
+- **Status**: Accepted\r
 \r
 ## Introduction\r
 \r
";
    assert_eq!((diff.as_str(), error.as_str(), code), (expected, "", Some(1)));
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Acepted"));
    let all = run(folder.path(), &["check", "--diff", "--unsafe-fixes"]).stdout;
    assert!(String::from_utf8_lossy(&all).contains("\\ No newline at end of file\n"));
    let mut git = Command::new("git");
    let git = git.current_dir(folder.path()).args(["apply", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut git = git.spawn().expect("there is git");
    git.stdin.take().expect("piped").write_all(&all).expect("it reads");
    let applied = git.wait_with_output().expect("it ends");
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Accepted") + "\r\n\r\n## Design");
    assert_eq!(said(&run(folder.path(), &["check", "--diff"])), (String::new(), String::new(), Some(0)));
}

#[test]
fn standard_input_comes_out_fixed() {
    let folder = workspace();
    let arguments = ["check", "-", "--stdin-filename", "vip-1.md", "--fix"];
    let (fixed, findings, code) = said(&run_with(folder.path(), &arguments, proposal("Acepted").as_bytes()));
    assert_eq!((fixed, code), (proposal("Accepted"), Some(1)));
    assert!(findings.starts_with("vip-1.md:7:7: warning[missing-section]"), "{findings}");
    let (same, _, code) = said(&run_with(folder.path(), &["check", "-", "--fix"], b"# Notes\n"));
    assert_eq!((same.as_str(), code), ("# Notes\n", Some(0)));
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Acepted"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_fails_the_run_and_the_rest_is_fixed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace();
    std::fs::write(folder.path().join("vip-3.md"), proposal("Acepted").replace('1', "3")).expect("a file");
    let set = |mode: u32| std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(folder.path().join("vip-1.md"), set(0o444)).expect("a mode");
    let (found, error, code) = said(&run(folder.path(), &["check", "--fix"]));
    assert!(error.contains("vip-1.md: read-only; it was left unchanged") && code == Some(2), "{error}");
    assert!(found.contains("vip-1.md:3:15: warning[invalid-metadata-value]"), "{found}");
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Acepted"));
    assert_eq!(read(folder.path(), "vip-3.md"), proposal("Accepted").replace('1', "3"));
}

#[test]
fn links_to_a_heading_follow_its_fix_in_all_files() {
    let sumary = "# VIP-1: A\n\n- **Status**: Draft\n\n## Introductoin\n\nOne. [a](#introductoin) [b](vip-1.md#introductoin)\n\n## Design\n\n[c](#introductoin)\n";
    let other = "# VIP-2: B\n\n- **Status**: Draft\n\n## Introduction\n\nTwo.\n\n## Design\n\n[d](vip-1.md#introductoin) [e](#introduction)\n";
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", sumary), ("vip-2.md", other)]);
    let (_, error, code) = said(&run(folder.path(), &["check", "vip-1.md", "--fix", "--unsafe-fixes"]));
    assert_eq!((error.as_str(), code), ("vip-lsp: 1 finding fixed in 2 files\n", Some(0)));
    assert_eq!(read(folder.path(), "vip-1.md"), sumary.replace("ntroductoin", "ntroduction"));
    assert_eq!(read(folder.path(), "vip-2.md"), other.replace("ntroductoin", "ntroduction"));
    let again = said(&run(folder.path(), &["check", "--fix", "--unsafe-fixes"]));
    assert_eq!(again, (String::new(), "vip-lsp: 0 findings fixed in 0 files\n".to_owned(), Some(0)));
}

#[test]
fn a_section_comes_in_at_the_level_that_the_others_get() {
    let source = "# VIP-1: A\n\n- **Status**: Draft\n\n### Introduction\n\nOne.\n\n#### Own\n";
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", source)]);
    run(folder.path(), &["check", "--fix", "--unsafe-fixes"]);
    let fixed = "# VIP-1: A\n\n- **Status**: Draft\n\n## Introduction\n\nOne.\n\n### Own\n\n## Design\n";
    assert_eq!(read(folder.path(), "vip-1.md"), fixed);
}

#[test]
fn fixes_of_two_files_agree_on_the_names_of_headings() {
    let misspelt = "# VIP-1: A\n\n- **Status**: Draft\n\n## Desing\n\nB\n\n## Introductoin\n\nI\n";
    let other = "# VIP-2: B\n\n- **Status**: Draft\n\n## Introduction\n\n[d](vip-1.md#design) [i](vip-1.md#introductoin) [c](vip-1.md#desing)\n\n## Design\n\nB\n";
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", misspelt), ("vip-2.md", other)]);
    run(folder.path(), &["check", "--fix", "--unsafe-fixes"]);
    let fixed = "# VIP-1: A\n\n- **Status**: Draft\n\n## Introduction\n\nI\n\n## Design\n\nB\n";
    assert_eq!(read(folder.path(), "vip-1.md"), fixed);
    let right = other.replace("introductoin", "introduction").replace("#desing", "#design");
    assert_eq!(read(folder.path(), "vip-2.md"), right);
    let (_, again, _) = said(&run(folder.path(), &["check", "--fix", "--unsafe-fixes"]));
    assert_eq!(again, "vip-lsp: 0 findings fixed in 0 files\n");
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_had_taken_away_is_fixed_by_the_next() {
    use std::os::unix::fs::MetadataExt;
    let folder = workspace();
    // It was killed right after the two had changed places.
    std::fs::write(folder.path().join("vip-1.md"), proposal("Accepted")).expect("a file");
    let status = std::fs::metadata(folder.path().join("vip-1.md")).expect("a file");
    let time = status.mtime() * 1_000_000_000 + status.mtime_nsec();
    let name = format!(".vip-lsp-{:x}-{time:x}-vip-1.md.tmp", status.ino());
    std::fs::write(folder.path().join(&name), proposal("Acepted") + " Saved.").expect("a file");
    run(folder.path(), &["check", "--fix"]);
    assert_eq!(read(folder.path(), "vip-1.md"), proposal("Accepted") + " Saved.");
    assert!(!folder.path().join(name).exists());
}
