//! The metadata of a proposal in a file beside it.

use std::path::Path;

use super::choices::git;
use super::{folder, run, said};

const TEMPLATE: &str = "# XIP-NNN: Title\n\n## Summary\n\n## Design\n";

const BESIDE_TEMPLATE: &str = "title: <title>\nstatus: draft|final\nowners:\n  - <name>\n# optional\nreleases:\n";

const SETTINGS: &str = "\
sidecar = \"xip.yaml\"
[metadata.owners.pattern]
\"a handle\" = '^@\\w+$'
[metadata.\"releases.first\"]
required = true
type = \"version\"
[metadata.\"flags.name\"]
required = true
[metadata.\"flags.name\".pattern]
\"a name\" = '^[A-Z]\\w*$'
[metadata.\"flags.parts\"]
values = [\"client\", \"server\"]
";

const GOOD: &str = "title: Cache # short\nstatus: draft\nowners: [\"@a\", '@b']\n";

fn proposal(number: u32) -> String {
    format!("# XIP-{number}: Cache {number}\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n")
}

/// A repository with `settings` and four proposals, the first with `first` beside it.
fn repository(settings: &str, first: &[u8]) -> tempfile::TempDir {
    let pages: Vec<(String, String)> =
        (1..5).map(|number| (format!("xips/000{number}-cache/README.md"), proposal(number))).collect();
    let mut files: Vec<(&str, &str)> = pages.iter().map(|(path, page)| (path.as_str(), page.as_str())).collect();
    files.extend([
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("vip-lsp.toml", settings),
        ("xips/NNNN-template/README.md", TEMPLATE),
        ("xips/NNNN-template/xip.yaml", BESIDE_TEMPLATE),
        ("xips/0002-cache/xip.yaml", GOOD),
        ("xips/0003-cache/xip.yaml", GOOD),
        ("xips/0004-cache/xip.yaml", GOOD),
    ]);
    let repository = folder(&files);
    std::fs::write(repository.path().join("xips/0001-cache/xip.yaml"), first).expect("it can be written");
    repository
}

fn check(folder: &Path) -> (String, String, Option<i32>) {
    said(&run(folder, &["check"]))
}

#[test]
fn values_and_keys_beside_a_proposal_are_checked_there() {
    let first = "title: Cache\nstatus: drafft\nreleases:\n  second: 1.0 # later\nflags:\n  - name: lower\n    \
                 parts: [client, \"sever\"]\n  - parts: []\n";
    let repository = repository(SETTINGS, first.as_bytes());
    let (found, faults, code) = check(repository.path());
    let expected = "\
xips/0001-cache/xip.yaml:2:1: warning[missing-metadata] metadata \"owners\" is missing; add it after \"status\"
xips/0001-cache/xip.yaml:2:9: warning[invalid-metadata-value] \"drafft\" is not allowed for \"status\"; use one of \"draft\", \"final\"
xips/0001-cache/xip.yaml:3:1: warning[invalid-metadata-value] \"releases\" has no \"first\"; add it
xips/0001-cache/xip.yaml:6:11: warning[invalid-metadata-value] \"flags.name\" is not a name; correct it
xips/0001-cache/xip.yaml:7:22: warning[invalid-metadata-value] \"sever\" is not allowed for \"flags.parts\"; use one of \"client\" and \"server\"
xips/0001-cache/xip.yaml:8:5: warning[invalid-metadata-value] \"flags\" has no \"name\"; add it
";
    assert_eq!((found.as_str(), faults.as_str(), code), (expected, "", Some(1)));
    for format in ["json", "github", "gitlab", "sarif", "junit", "full"] {
        let (found, _, _) = said(&run(repository.path(), &["check", "--output-format", format]));
        assert!(found.contains("xips/0001-cache/xip.yaml"), "{format}: {found}");
    }
    let (listed, _, _) = said(&run(repository.path(), &["report", "--json", "xips/0002-cache/README.md"]));
    assert!(listed.contains("\"status\": \"draft\"") && listed.contains("\"@b\""), "{listed}");
}

#[test]
fn placeholders_beside_a_proposal_are_found_and_lists_may_end_at_the_start_of_a_line() {
    let first = "title: <title>\nstatus: draft|final\nowners: [\n  \"@a\",\n  b,\n]\nreleases: {\n  first: 1.0\n}\n";
    let expected = "\
xips/0001-cache/xip.yaml:1:8: warning[unfilled-placeholder] \"title\" still has the template's placeholder; fill it in
xips/0001-cache/xip.yaml:2:9: warning[unfilled-placeholder] \"status\" still has the template's placeholder; fill it in
xips/0001-cache/xip.yaml:5:3: warning[invalid-metadata-value] \"b\" in \"owners\" is not a handle; correct it
";
    assert_eq!(check(repository(SETTINGS, first.as_bytes()).path()).0, expected);
}

#[test]
fn a_list_that_is_not_valid_is_reported_once() {
    let first = "title: Cache\nstatus: draft\nowners: [\n  \"@a\",\n";
    let (found, _, _) = check(repository(SETTINGS, first.as_bytes()).path());
    let fault = "xips/0001-cache/xip.yaml:4:3: error[invalid-front-matter]";
    assert!(found.starts_with(fault) && found.lines().count() == 1, "{found}");
}

#[test]
fn without_the_setting_or_the_file_nothing_is_said() {
    for (settings, first) in [("", "status: x\n"), (SETTINGS, GOOD)] {
        assert_eq!(check(repository(settings, first.as_bytes()).path()).0, "", "{settings}");
    }
}

#[test]
fn a_file_that_the_template_has_is_missing_where_it_is_not() {
    let repository = repository(SETTINGS, GOOD.as_bytes());
    let folder = repository.path().join("xips");
    std::fs::remove_file(folder.join("0001-cache/xip.yaml")).expect("it is there");
    let expected = "xips/0001-cache/README.md:1:3: warning[missing-metadata] the file \"xip.yaml\" is missing; add it beside \
                    the document, as beside the template\n";
    assert_eq!(check(repository.path()).0, expected);
    // Neither does a page beside a proposal need one, nor any if the template has none.
    std::fs::rename(folder.join("0001-cache/README.md"), folder.join("0001-cache/notes.md")).expect("it is there");
    assert_eq!(check(repository.path()).0, "");
    std::fs::remove_file(folder.join("0002-cache/xip.yaml")).expect("it is there");
    std::fs::remove_file(folder.join("NNNN-template/xip.yaml")).expect("it is there");
    assert_eq!(check(repository.path()).0, "");
}

#[test]
fn a_proposal_has_changed_if_what_is_beside_it_has() {
    let repository = repository(SETTINGS, GOOD.as_bytes());
    let folder = repository.path();
    std::fs::write(folder.join("xips/0002-cache/xip.yaml"), "title: Old\n").expect("a file");
    std::fs::remove_dir_all(folder.join(".git")).expect("it is there");
    git(folder, &["init", "-q"]);
    git(folder, &["add", "vip-lsp.toml", "xips"]);
    git(folder, &["commit", "-q", "-m", "A"]);
    let changed = || said(&run(folder, &["check", "--changed-since", "HEAD"])).0;
    assert_eq!(changed(), "");
    std::fs::write(folder.join("xips/0001-cache/xip.yaml"), GOOD.replace("draft", "drafft")).expect("a file");
    let found = changed();
    assert!(found.starts_with("xips/0001-cache/xip.yaml:2:9: ") && found.lines().count() == 1, "{found}");
}

#[test]
fn a_name_with_folders_is_no_name_of_a_sidecar() {
    for name in ["a/b.yaml", "../xip.yaml", "..", "/etc/passwd", "a\\\\b.yaml", "", "C:a"] {
        let repository = repository(&format!("sidecar = \"{name}\"\n"), b"status: x\n");
        let (found, faults, code) = check(repository.path());
        assert!(faults.contains("sidecar: must be the name of a file, without folders"), "{name}: {faults}");
        assert_eq!((found.as_str(), code), ("", Some(2)), "{name}");
    }
}

#[test]
fn what_is_no_metadata_does_no_harm() {
    let deep = format!("a: {}", "[".repeat(60_000));
    let huge = "a: b\n".repeat(20_000);
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    for (first, is_told) in [
        (deep.as_bytes(), true),
        (huge.as_bytes(), false),
        (b"\xff\0\xfe".as_slice(), false),
        (b"", true),
        (bomb.as_bytes(), true),
    ] {
        let (found, _, code) = check(repository(SETTINGS, first).path());
        assert_eq!(found.contains("0001-cache/xip.yaml:1:"), is_told, "{found}");
        assert!(code < Some(2) && found.lines().all(|line| line.starts_with("xips/0001-cache/xip.yaml")), "{found}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_workspace_is_not_read() {
    let outside = folder(&[("secret.yaml", "status: secret\n")]);
    let repository = repository(SETTINGS, b"");
    let link = repository.path().join("xips/0001-cache/xip.yaml");
    std::fs::remove_file(&link).expect("it is there");
    std::os::unix::fs::symlink(outside.path().join("secret.yaml"), &link).expect("a link");
    let (found, faults, _) = check(repository.path());
    assert!(found.is_empty() && !faults.contains("status"), "{found}{faults}");
}
