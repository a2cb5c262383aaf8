//! Git at a day of January 2026, for repositories whose history matters.

use std::path::Path;
use std::process::Command;

/// Runs git in `folder` at `day`.
pub(crate) fn git_at(folder: &Path, day: u32, arguments: &[&str]) {
    let date = format!("2026-01-{day:02}T12:00:00Z");
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
    command.env("GIT_COMMITTER_DATE", &date).env("GIT_AUTHOR_DATE", &date).env("GIT_CONFIG_GLOBAL", "/dev/null");
    assert!(command.status().expect("there is git").success(), "{arguments:?}");
}
