//! What is kept of histories in the user's cache folder, from one start to the next. It can be deleted at any time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::door;
use crate::git::{Change, Id, Log, What};

/// Changes with the format of the files.
const FORMAT: u32 = 2;

/// The maximum length of such a file in bytes.
const MAX_LENGTH: usize = 128 * 1024 * 1024;

/// The log up to a commit.
#[derive(Debug, PartialEq)]
pub(super) struct Kept {
    pub(super) tip: Id,
    pub(super) log: Log,
}

/// The content of a file.
#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    tip: String,
    is_cut: bool,
    paths: Vec<String>,
    /// The commits and their times.
    commits: Vec<(String, i64)>,
    /// For each change: the index of the commit, the index of the path, what happened, the name of the content, and the index of the path before.
    changes: Vec<(usize, usize, char, String, usize)>,
}

/// Returns what is kept of the repository whose git folder is `git`.
pub(super) fn read(git: &Path) -> Option<Kept> {
    let (folder, name) = place(git)?;
    let stored: Stored = serde_json::from_str(&door::read_trusted(&folder.join(name), MAX_LENGTH).ok()?).ok()?;
    decoded(stored)
}

/// Keeps `kept` of the repository whose git folder is `git`. Where that is not possible, nothing is kept.
pub(super) fn write(git: &Path, kept: &Kept) {
    let Some((folder, name)) = place(git) else { return };
    let Some(stored) = encoded(kept) else { return };
    if let Ok(content) = serde_json::to_string(&stored)
        && content.len() <= MAX_LENGTH
    {
        _ = door::keep(&folder, &name, &content);
    }
}

/// Returns the folder and the name of the file for the repository whose git folder is `git`.
fn place(git: &Path) -> Option<(PathBuf, String)> {
    let mut hasher = DefaultHasher::new();
    git.hash(&mut hasher);
    Some((cache()?.join("vip-lsp/history"), format!("{:016x}.json", hasher.finish())))
}

/// Returns the user's cache folder.
fn cache() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir().filter(|path| path.is_absolute());
    let usual = || match std::env::consts::OS {
        "windows" => set("LOCALAPPDATA"),
        "macos" => home().map(|home| home.join("Library/Caches")),
        _ => home().map(|home| home.join(".cache")),
    };
    set("XDG_CACHE_HOME").or_else(usual)
}

fn encoded(kept: &Kept) -> Option<Stored> {
    let (mut paths, mut known) = (Vec::new(), HashMap::new());
    let mut index = |path: &[u8]| {
        if let Some(index) = known.get(path) {
            return Some(*index);
        }
        paths.push(String::from_utf8(path.to_vec()).ok()?);
        known.insert(path.to_vec(), paths.len() - 1);
        Some(paths.len() - 1)
    };
    let (mut commits, mut numbers) = (Vec::new(), HashMap::new());
    let mut change = |Change { commit, time, path, what }: &Change| {
        let path = index(path)?;
        let of = *numbers.entry(*commit).or_insert_with(|| {
            commits.push((commit.to_string(), *time));
            commits.len() - 1
        });
        Some(match what {
            What::Added(id) => (of, path, 'a', id.to_string(), 0),
            What::Changed(id) => (of, path, 'c', id.to_string(), 0),
            What::Removed => (of, path, 'r', String::new(), 0),
            What::Moved(from, id) => (of, path, 'm', id.to_string(), index(from)?),
        })
    };
    // The path of a file may be no text. Such a file is left out.
    let changes = kept.log.changes.iter().filter_map(&mut change).collect();
    let (tip, is_cut) = (kept.tip.to_string(), kept.log.is_cut);
    Some(Stored { format: FORMAT, tip, is_cut, paths, commits, changes })
}

fn decoded(stored: Stored) -> Option<Kept> {
    (stored.format == FORMAT).then_some(())?;
    let id = |hex: &str| Id::from_hex(hex.as_bytes()).ok();
    let path = |index: usize| Some(stored.paths.get(index)?.as_bytes().into());
    let commits = stored.commits.iter().map(|(hex, time)| Some((id(hex)?, *time))).collect::<Option<Vec<_>>>()?;
    let change = |(of, at, what, content, from): &(usize, usize, char, String, usize)| {
        let what = match what {
            'a' => What::Added(id(content)?),
            'c' => What::Changed(id(content)?),
            'r' => What::Removed,
            'm' => What::Moved(path(*from)?, id(content)?),
            _ => return None,
        };
        let (commit, time) = *commits.get(*of)?;
        Some(Change { commit, time, path: path(*at)?, what })
    };
    let changes = stored.changes.iter().map(change).collect::<Option<_>>()?;
    Some(Kept { tip: id(&stored.tip)?, log: Log { changes, is_cut: stored.is_cut } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_kept_as_it_is_and_what_is_no_log_is_none() {
        let id = |digit: char| Id::from_hex(digit.to_string().repeat(40).as_bytes()).expect("a name");
        let commit = |time: i64| id(if time == 3 { 'e' } else { 'f' });
        let change = |time, path: &str, what| Change { commit: commit(time), time, path: path.as_bytes().into(), what };
        let changes = vec![
            change(3, "docs/b.md", What::Moved(b"a.md".as_slice().into(), id('b'))),
            change(3, "c.md", What::Removed),
            change(-1, "a.md", What::Changed(id('c'))),
            change(-1, "c.md", What::Added(id('d'))),
        ];
        let kept = Kept { tip: id('a'), log: Log { changes, is_cut: true } };
        let stored = serde_json::to_string(&encoded(&kept).expect("text")).expect("JSON");
        let read = |text: &str| decoded(serde_json::from_str(text).ok()?);
        assert_eq!(read(&stored), Some(kept));
        for (from, to) in
            [("\"format\":2", "\"format\":1"), ("\"m\"", "\"x\""), (",0]", ",99]"), ("bbbb", "b"), ("[", "")]
        {
            let other = stored.replacen(from, to, if from == ",0]" { 9 } else { 1 });
            assert_ne!(other, stored, "{from}");
            let is_read = read(&other).is_some();
            // The path before is asked for only where there is one.
            assert_eq!(is_read, from == ",0]", "{from} {other}");
        }
    }
}
