//! `vip-lsp new` and `vip-lsp report`: the real binary over files and folders.

mod new;
mod report;

use std::path::Path;
use std::process::{Command, Output, Stdio};

const TEMPLATE: &str = "# VIP-`$N`: `$T`\n\n- **Status**: One of ['Draft', 'Accepted']\n\n## Introduction _(3 words at most)_\n\n## Design\n";

/// A folder that is a repository of its own, with `files`.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join(".git")).expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    command.env("GIT_CONFIG_GLOBAL", folder.join(".gitconfig"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().expect("the binary runs")
}

/// Standard output, standard error and the exit code of `vip-lsp` with `arguments`.
fn said(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = run(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("a file")
}
