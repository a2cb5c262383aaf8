//! Checking again after changes.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{TEMPLATE, folder, run_with, said};

/// How long to wait for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A process that goes with the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The lines that come from `output`, as they come.
fn lines(output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

/// A check of `folder` that goes on.
fn watch(folder: &Path) -> Watching {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vip-lsp"));
    let command = command.current_dir(folder).args(["check", "--watch"]);
    Watching(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs"))
}

#[test]
fn a_change_is_followed_by_another_check() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n")]);
    let mut watching = watch(folder.path());
    let found = lines(watching.0.stdout.take().expect("piped"));
    let said = lines(watching.0.stderr.take().expect("piped"));
    let next = |lines: &Receiver<String>| lines.recv_timeout(PATIENCE).expect("a line in time");
    assert!(next(&found).starts_with("vip-1.md:1:3: information[stub-proposal]"));
    for number in [2, 3] {
        assert!(next(&said).starts_with("Found "));
        assert_eq!(next(&said), "vip-lsp: watching for changes");
        let content = format!("# VIP-1: A\n\n{}## Introduction\n", "\n".repeat(number));
        std::fs::write(folder.path().join("vip-1.md"), content).expect("a file");
        let place = format!("vip-1.md:{}:4: ", number + 3);
        while !next(&found).starts_with(&place) {}
    }
}

#[test]
fn a_reader_that_leaves_ends_it() {
    let folder = folder(&[("vip-template.md", TEMPLATE), ("vip-1.md", "# VIP-1: A\n")]);
    let mut watching = watch(folder.path());
    drop(watching.0.stdout.take());
    let said = lines(watching.0.stderr.take().expect("piped"));
    // It may have left before anything was said.
    while said.recv_timeout(PATIENCE).is_ok() {
        std::fs::write(folder.path().join("vip-1.md"), "# VIP-1: B\n").expect("a file");
    }
    let start = Instant::now();
    while watching.0.try_wait().expect("a process").is_none() {
        assert!(start.elapsed() < PATIENCE, "it goes on");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = run_with(folder(&[]).path(), &["check", "-", "--watch"], b"");
    let (_, error, code) = said(&output);
    assert!(error.contains("--watch require files") && code == Some(2), "{error}");
}
