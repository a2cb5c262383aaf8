//! Which files git says have changed.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files below `root`, the top of a repository, that differ from where the current branch left `revision`, and those that
/// are not tracked; none that is gone.
///
/// # Errors
///
/// When there is no git, no repository or no such revision.
pub(super) fn changed(root: &Path, revision: &str) -> Result<HashSet<PathBuf>, String> {
    let commit =
        git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
            .map_err(|error| no_revision(root, revision, error))?;
    let commit = text(&commit);
    // A history that was fetched in part may not have it; the revision itself is the next best.
    let base = git(root, &["merge-base", &commit, "HEAD"]).map_or(commit, |base| text(&base));
    let differing = ["diff", "--name-only", "--relative", "--no-ext-diff", "--diff-filter=d", "-z", &base, "--"];
    let mut names = git(root, &differing).map_err(message)?;
    names.extend(git(root, &["ls-files", "--others", "--exclude-standard", "-z"]).map_err(message)?);
    Ok(names.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(|name| root.join(path(name))).collect())
}

enum Fault {
    NoGit(std::io::Error),
    /// What git says.
    Refused(String),
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Fault> {
    // A repository may name a program that watches its files; nothing of it is run.
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false"]).args(arguments);
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
            format!("git knows no revision \"{revision}\" in {}; name a commit, branch or tag", root.display())
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
