//! What git knows of the files in a folder.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::letters::shown_path;

/// The files below `root`, the top of a repository, that differ from where the current branch left `revision`, and those that
/// are not tracked; none that is gone.
///
/// # Errors
///
/// When there is no git, no repository or no such revision.
pub fn changed(root: &Path, revision: &str) -> Result<HashSet<PathBuf>, String> {
    let base = base(root, revision).map_err(|error| no_revision(root, revision, error))?;
    let differing = ["diff", "--name-only", "--relative", "--no-ext-diff", "--diff-filter=d", "-z", &base, "--"];
    let mut names = git(root, &differing).map_err(message)?;
    names.extend(git(root, &["ls-files", "--others", "--exclude-standard", "-z"]).map_err(message)?);
    Ok(paths(root, &names))
}

/// The files below `root` that are committed: in the last commit, or where the current branch left `revision`. None when git
/// cannot say so, or not in a few seconds.
pub(super) fn committed(root: &Path, revision: Option<&str>) -> Option<HashSet<PathBuf>> {
    let (root, revision) = (root.to_owned(), revision.map(str::to_owned));
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let revision = match revision {
            Some(revision) => base(&root, &revision),
            None => Ok("HEAD".to_owned()),
        };
        let names = revision.and_then(|revision| git(&root, &["ls-tree", "-r", "-z", "--name-only", &revision]));
        // Nobody may wait for it any more.
        _ = send.send(names.ok().map(|names| paths(&root, &names)));
    });
    receive.recv_timeout(PATIENCE).ok().flatten()
}

/// How long a document waits for git before it is checked without.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the current branch left `revision`.
fn base(root: &Path, revision: &str) -> Result<String, Fault> {
    let name = format!("{revision}^{{commit}}");
    let commit = text(&git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?);
    // A history that was fetched in part may not have it; the revision itself is the next best.
    Ok(git(root, &["merge-base", &commit, "HEAD"]).map_or(commit, |base| text(&base)))
}

/// The paths below `root` that git lists in `names`.
fn paths(root: &Path, names: &[u8]) -> HashSet<PathBuf> {
    names.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(|name| root.join(path(name))).collect()
}

enum Fault {
    NoGit(std::io::Error),
    /// What git says.
    Refused(String),
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Fault> {
    // A repository may name a program that watches its files, or one that fetches what it lacks; nothing of it is run.
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false"]).args(arguments);
    command.envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none"), ("GIT_OPTIONAL_LOCKS", "0")]);
    command.stdin(Stdio::null());
    let output = command.output().map_err(Fault::NoGit)?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(Fault::Refused(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
    }
}

fn message(fault: Fault) -> String {
    match fault {
        Fault::NoGit(error) if error.kind() == ErrorKind::NotFound => {
            "--changed-since needs git, which is not there; install it or leave the option out".to_owned()
        }
        Fault::NoGit(error) => format!("git cannot be run: {error}"),
        Fault::Refused(said) => said,
    }
}

fn no_revision(root: &Path, revision: &str, fault: Fault) -> String {
    match fault {
        // With --quiet, git is silent about just this.
        Fault::Refused(said) if said.is_empty() => {
            format!("git knows no revision \"{revision}\" in {}; name a commit, branch or tag", shown_path(root))
        }
        fault => message(fault),
    }
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim().to_owned()
}

#[cfg(unix)]
fn path(name: &[u8]) -> &OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(name)
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> &OsStr {
    OsStr::new(std::str::from_utf8(name).unwrap_or_default())
}
