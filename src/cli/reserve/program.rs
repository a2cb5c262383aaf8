//! The user's own git, run in an empty repository, for a limited time.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use crate::letters::shown_path;

/// How long git may take for one question: of a person, it may ask for a password.
const PATIENCE: Duration = Duration::from_secs(60);
const PATIENCE_WITH_PERSON: Duration = Duration::from_secs(600);

/// How often it is asked whether git has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// How long to wait, once git has ended, for what a program that it has started says of errors: one that keeps a connection open for
/// later goes on.
const GRACE: Duration = Duration::from_secs(1);

/// The maximum length in bytes of what git says to one question.
const MAX_SAID: usize = 32 * 1024 * 1024;

/// The variables that tell git which repository to use (git-rev-parse(1), `--local-env-vars`), except for settings, which are the user's.
const LOCAL: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The settings that hold whatever else is set. No hook is run, and no program in place of a server.
const SETTINGS: [&str; 5] = [
    "core.fsmonitor=false",
    "protocol.ext.allow=never",
    "protocol.fd.allow=never",
    "user.useConfigOnly=false",
    "gc.auto=0",
];

/// The user's git.
#[derive(Debug)]
pub(super) struct Git {
    pub(super) program: PathBuf,
    /// The folders to look for other programs in.
    paths: OsString,
    /// The empty repository.
    folder: tempfile::TempDir,
}

/// What git has said.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) is_fine: bool,
    pub(super) output: String,
    pub(super) error: String,
}

impl Git {
    /// Finds git on the user's path. Folders that are not absolute, or are below one of `untrusted`, are left out.
    ///
    /// # Errors
    ///
    /// When there is none, or there is no place for its repository.
    pub(super) fn outside_of(untrusted: &[&Path]) -> Result<Git, String> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_outside = |path: &Path| {
            let is_below = |path: &Path| untrusted.iter().any(|folder| path.starts_with(folder));
            path.is_absolute() && !is_below(path) && path.canonicalize().is_ok_and(|real| !is_below(&real))
        };
        let folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|folder| is_outside(folder)).collect();
        let programs = folders.iter().map(|folder| folder.join(format!("git{}", std::env::consts::EXE_SUFFIX)));
        let program = programs.into_iter().find(|program| is_program(program) && is_outside(program));
        let program =
            program.ok_or("git is not on the path, and --reserve needs it to reach the remote; install it")?;
        let paths = std::env::join_paths(&folders).map_err(|error| error.to_string())?;
        let folder = tempfile::Builder::new().prefix("vip-lsp-").tempdir();
        Ok(Git { program, paths, folder: folder.map_err(|error| format!("no folder for git: {error}"))? })
    }

    /// Returns the setting that no hook is run: the folder of hooks is one that does not exist.
    pub(super) fn no_hooks(&self) -> OsString {
        let mut setting = OsString::from("core.hooksPath=");
        setting.push(self.folder.path().join("no-hooks"));
        setting
    }

    /// Runs git with `arguments`.
    ///
    /// # Errors
    ///
    /// When it cannot be run, takes too long, or says too much.
    pub(super) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Said, String> {
        let is_with_person = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let mut command = Command::new(&self.program);
        command.current_dir(self.folder.path()).env("GIT_DIR", self.folder.path()).env("PATH", &self.paths);
        LOCAL.iter().for_each(|name| _ = command.env_remove(name));
        if !is_with_person {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        if std::env::var_os("EMAIL").is_none() {
            command.env("EMAIL", "vip-lsp@localhost");
        }
        command
            .arg("-c")
            .arg(self.no_hooks())
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
            .args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let fault = |error: std::io::Error| format!("{}: {error}", shown_path(&self.program));
        let mut child = command.spawn().map_err(fault)?;
        let heard = hear(&mut child, if is_with_person { PATIENCE_WITH_PERSON } else { PATIENCE });
        if heard.is_err() {
            _ = child.kill();
            _ = child.wait();
        }
        heard.map_err(|fault| format!("git {fault}"))
    }
}

/// What was said so far on standard output and standard error, and whether that is all.
#[derive(Debug, Default)]
struct Heard([(Vec<u8>, bool); 2]);

/// Waits until `child` ends, for at most `patience`.
fn hear(child: &mut Child, patience: Duration) -> Result<Said, String> {
    let (sender, parts) = channel();
    listen(child.stdout.take(), 0, &sender);
    listen(child.stderr.take(), 1, &sender);
    let (started, mut ended, mut heard) = (Instant::now(), None, Heard::default());
    loop {
        // The sender is kept, so that this also waits while nobody says anything.
        if let Ok(part) = parts.recv_timeout(PAUSE) {
            heard.add(part);
        }
        let Heard([(output, is_whole), (error, has_error)]) = &heard;
        if output.len() + error.len() > MAX_SAID {
            return Err(format!("said over {MAX_SAID} bytes"));
        }
        if ended.is_none() {
            ended = child.try_wait().map_err(|error| error.to_string())?.map(|status| (status, Instant::now()));
        }
        if let Some((status, at)) = ended
            && *is_whole
            && (*has_error || at.elapsed() > GRACE)
        {
            let text = |said: &[u8]| String::from_utf8_lossy(said).into_owned();
            return Ok(Said { is_fine: status.success(), output: text(output), error: text(error) });
        }
        if started.elapsed() > patience {
            return Err(format!("did not end within {} seconds", patience.as_secs()));
        }
    }
}

impl Heard {
    /// Adds a part of what is said in one of the two places; an empty one is the end.
    fn add(&mut self, (place, part): (usize, Vec<u8>)) {
        let (said, is_whole) = &mut self.0[place];
        *is_whole |= part.is_empty();
        said.extend(part);
    }
}

/// Sends what comes from `stream`, part by part and an empty one at the end, as that of `place`.
fn listen(stream: Option<impl Read + Send + 'static>, place: usize, sender: &Sender<(usize, Vec<u8>)>) {
    let (mut stream, sender) = (stream, sender.clone());
    std::thread::spawn(move || {
        let mut part = [0; 8192];
        while let Some(Ok(length)) = stream.as_mut().map(|stream| stream.read(&mut part))
            && length > 0
            && sender.send((place, part[..length].to_vec())).is_ok()
        {}
        // Nobody may listen any more.
        _ = sender.send((place, Vec::new()));
    });
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn check(script: &str, patience: u64, expected: Result<(bool, &str, &str), &str>) {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a shell");
        let heard = hear(&mut child, Duration::from_secs(patience));
        _ = child.kill();
        _ = child.wait();
        let heard = heard.map(|Said { is_fine, output, error }| (is_fine, output, error));
        let expected = expected.map(|(is_fine, output, error)| (is_fine, output.to_owned(), error.to_owned()));
        assert_eq!(heard, expected.map_err(str::to_owned), "{script}");
    }

    #[test]
    fn a_program_is_heard_until_it_ends_and_not_for_ever() {
        check("echo a; echo b >&2", 20, Ok((true, "a\n", "b\n")));
        check("echo a; exit 3", 20, Ok((false, "a\n", "")));
        check("exec sleep 30", 0, Err("did not end within 0 seconds"));
        check("exec cat /dev/zero", 20, Err("said over 33554432 bytes"));
        // One that stays, as ssh does for the next connection.
        check("echo a; sleep 3 >/dev/null & exit 0", 20, Ok((true, "a\n", "")));
    }
}
