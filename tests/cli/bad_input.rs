//! What cannot be read or is not as it should be: said at standard error, with exit code 2, and nothing else is lost.

use super::{TEMPLATE, folder, run, run_with, said};

const FOUND: &str = "vip-1.md:1:3: information[stub-proposal] proposal has no sections yet; insert the template's sections, starting with \"Introduction\"\n";

/// Runs `check` with `arguments` in a folder with one proposal and `files`; the proposal's finding is to be there.
fn check(files: &[(&str, &str)], arguments: &[&str], error: &str) {
    let mut all = vec![("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n")];
    all.extend(files);
    let folder = folder(&all);
    let (found, said, code) = said(&run(folder.path(), &[&["check"], arguments].concat()));
    assert_eq!((found.as_str(), code), (FOUND, Some(2)), "{said}");
    assert!(said.contains(error), "{said}");
}

#[test]
fn a_path_that_is_not_there() {
    check(&[], &["vip-9.md", "vip-1.md"], "vip-9.md");
}

#[test]
fn a_file_that_is_no_text() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n")]);
    std::fs::write(folder.path().join("vip-2.md"), b"# VIP-2: \xff\n").expect("a file");
    let expected = "vip-lsp: vip-2.md: not valid UTF-8\n".to_owned();
    assert_eq!(said(&run(folder.path(), &["check"])), (FOUND.to_owned(), expected, Some(2)));
    let (found, error, code) = said(&run_with(folder.path(), &["check", "-"], b"# VIP-2: \xff\n"));
    assert_eq!((found.as_str(), error.as_str(), code), ("", "vip-lsp: standard input: not valid UTF-8\n", Some(2)));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n")]);
    // Not even an administrator can: it leads to itself.
    std::os::unix::fs::symlink("vip-2.md", folder.path().join("vip-2.md")).expect("a link");
    let (found, error, code) = said(&run(folder.path(), &["check", "vip-2.md", "vip-1.md"]));
    assert_eq!((found.as_str(), code), (FOUND, Some(2)));
    assert!(error.contains("vip-2.md"), "{error}");
}

#[test]
fn a_folder_that_is_named_like_a_file() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md/vip-1.md", "# VIP-1: A\n")]);
    assert_eq!(said(&run(folder.path(), &["check"])), (format!("vip-1.md/{FOUND}"), String::new(), Some(0)));
}

#[test]
fn a_broken_configuration_file() {
    let error = "vip-lsp.toml:1:9: error[invalid-setting] not valid TOML";
    check(&[("vip-lsp.toml", "[rules] =\n")], &[], error);
    check(&[("own.toml", "[rules] =\n")], &["--config", "own.toml"], &error.replace("vip-lsp.toml", "own.toml"));
}

#[test]
fn a_template_or_configuration_file_that_is_not_there() {
    let folder = folder(&[("vip-1.md", "# VIP-1: A\n")]);
    for option in ["--template", "--config"] {
        let (found, error, code) = said(&run(folder.path(), &["check", option, "no-such.file"]));
        assert_eq!((found.as_str(), code), ("", Some(2)));
        assert!(error.starts_with("vip-lsp: no-such.file: "), "{error}");
    }
}

#[test]
fn a_diff_of_some_is_no_diff_of_all() {
    let folder = folder(&[("vip-1.md", "# VIP-1: A\n"), ("docs/vip-lsp.toml", "[rules] =\n"), ("docs/vip-3.md", "")]);
    std::fs::write(folder.path().join("vip-2.md"), b"# VIP-2: \xff\n").expect("a file");
    let (diff, error, code) = said(&run(folder.path(), &["check", "--diff"]));
    assert_eq!((diff.as_str(), code), ("", Some(2)));
    assert!(error.contains("vip-2.md: not valid UTF-8") && error.contains("docs/vip-lsp.toml:1:9: error["), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full() {
    let folder = folder(&[("vip-1.md", "# VIP-1: A\n")]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    let output = command.current_dir(folder.path()).arg("check").stdout(full).output().expect("the binary runs");
    let (_, error, code) = said(&output);
    assert!(error.starts_with("vip-lsp: standard output: ") && code == Some(2), "{error}");
}
