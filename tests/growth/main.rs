//! What twice as much input costs: at most about twice as much, by the instructions that the real binary executes.
//!
//! They are counted by Valgrind, and so are the same on a busy machine. `VIP_LSP_GROWTH` names another binary to count those of,
//! `VIP_LSP_GROWTH_ROW` a part of the name of the only row to count.
#![cfg(target_os = "linux")]

mod rows;

use std::fs::{create_dir_all, write};
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use rows::{Input, ROWS, Row, Run};
use serde_json::Value;
use tempfile::TempDir;

/// How many times as much twice the input may cost: a logarithm is as good as nothing.
const MOST: f64 = 2.3;

fn binary() -> PathBuf {
    std::env::var_os("VIP_LSP_GROWTH").map_or_else(|| env!("CARGO_BIN_EXE_vip-lsp").into(), PathBuf::from)
}

#[test]
fn twice_the_input_costs_about_twice_as_much() {
    let version = Command::new("valgrind").arg("--version").output();
    assert!(version.is_ok(), "this test counts instructions with Valgrind, which is not there: install valgrind");
    let empty = [&Run::Check(&[]), &Run::Session].map(|run| count(&Input::default(), run));
    let rows: Vec<&Row> = ROWS.iter().filter(|row| is_wanted(row)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut lines = Vec::new();
        while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
            let empty = empty[usize::from(matches!(row.run, Run::Session))];
            let counted = || [row.size, 2 * row.size].map(|size| count(&(row.input)(size), &row.run) - empty);
            let [mut one, mut two] = counted();
            // A session may do more behind its back: the least counts.
            if two / one > MOST {
                let [again, twice] = counted();
                (one, two) = (one.min(again), two.min(twice));
            }
            let line = format!("{:6.2}  {one:12.0} {two:12.0}  {}", two / one, row.name);
            println!("{line}");
            lines.extend((two / one > MOST).then_some(line));
        }
        lines
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let over: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("it counts")).collect()
    });
    assert!(over.is_empty(), "twice the input costs more than {MOST} times as much:\n{}", over.join("\n"));
}

/// Whether `row` is to be counted.
fn is_wanted(row: &Row) -> bool {
    std::env::var("VIP_LSP_GROWTH_ROW").map_or(true, |wanted| row.name.contains(&wanted))
}

/// How many instructions `run` takes with `input`.
fn count(input: &Input, run: &Run) -> f64 {
    let folder = folder(input);
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]).arg(binary());
    let output = self::run(valgrind, folder.path(), input, run);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0..=2)), "{said}");
    let refs = said.lines().find_map(|line| line.split_once("refs:")).expect("Valgrind counts");
    refs.1.trim().replace(',', "").parse().expect("a number")
}

/// `input` in a new folder.
fn folder(input: &Input) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in &input.files {
        let path = folder.path().join(name);
        create_dir_all(path.parent().expect("a parent")).expect("a folder");
        write(path, content).expect("a file");
    }
    folder
}

/// Runs the binary by `command` in `folder`, which has `input`.
fn run(mut command: Command, folder: &Path, input: &Input, run: &Run) -> Output {
    command.current_dir(folder).env_remove("VIP_LSP_LOG");
    match run {
        Run::Check(arguments) => {
            command.arg("check").args(*arguments).stdin(Stdio::null()).output().expect("the binary runs")
        }
        Run::Session => {
            // Nobody reads what Valgrind says before the end; a file takes all of it.
            let mut said = tempfile::tempfile().expect("a file");
            command.arg("--stdio").stdin(Stdio::piped()).stdout(Stdio::piped());
            command.stderr(said.try_clone().expect("a file"));
            let mut output = converse(command.spawn().expect("the binary runs"), &input.session(folder));
            said.rewind().expect("a file");
            said.read_to_end(&mut output.stderr).expect("a file");
            output
        }
    }
}

/// Sends `server` the `messages`, each once the one before is answered.
fn converse(mut server: Child, messages: &[Value]) -> Output {
    let mut input = server.stdin.take().expect("piped");
    let mut output = BufReader::new(server.stdout.take().expect("piped"));
    for message in messages {
        let content = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{content}", content.len()).expect("the server reads");
        while !is_answered(message, || receive(&mut output).expect("the server answers")) {}
    }
    drop(input);
    server.wait_with_output().expect("the server ends")
}

/// Whether what comes `next` answers `message`: a request by its reply, a version of a document by its diagnostics.
fn is_answered(message: &Value, next: impl FnOnce() -> Value) -> bool {
    let document = &message["params"]["textDocument"];
    match message.get("id") {
        Some(id) => next().get("id") == Some(id),
        None if document.is_object() => {
            let params = &next()["params"];
            (&params["uri"], &params["version"]) == (&document["uri"], &document["version"])
        }
        None => true,
    }
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut content = vec![0; length];
    output.read_exact(&mut content).ok()?;
    serde_json::from_slice(&content).ok()
}
