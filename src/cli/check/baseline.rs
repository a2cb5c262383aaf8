//! Baselines: files of known findings that are not reported again.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::write;
use super::reported::FileReport;
use crate::letters::shown_path;
use crate::workspace::files;

/// The version of the format that [`record`] writes.
const VERSION: u32 = 1;

#[derive(Debug, Deserialize, Serialize)]
struct Content {
    version: u32,
    findings: BTreeSet<Known>,
}

/// A known finding. Its line and message may change with other parts of the file, so they do not identify it.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Known {
    /// The path relative to the baseline's folder, with `/`.
    path: String,
    rule: String,
    key: String,
}

/// The known findings of the files around a baseline.
#[derive(Debug)]
pub(super) struct Baseline {
    folder: PathBuf,
    known: HashSet<Known>,
}

impl Baseline {
    /// Reads the file at `path`.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is not a baseline.
    pub(super) fn read(path: &Path) -> Result<Baseline, String> {
        let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", shown_path(path));
        let content = files::read_named(path)
            .map_err(|error| fault(&format!("{error}; write a baseline with --write-baseline")))?;
        let content: Content =
            serde_json::from_str(&content).map_err(|error| fault(&format!("not a baseline: {error}")))?;
        if content.version != VERSION {
            return Err(fault(&format!("baseline version {} is not supported; write it again", content.version)));
        }
        Ok(Baseline {
            folder: folder(path).map_err(|error| fault(&error))?,
            known: content.findings.into_iter().collect(),
        })
    }

    /// Removes the known findings from `found`, those of the file at the normalized `path`.
    pub(super) fn apply(&self, path: &Path, found: &mut FileReport) {
        let known = names(&self.folder, path, found);
        let mut is_new = known.iter().map(|name| !self.known.contains(name));
        found.list.retain(|_| is_new.next().unwrap_or(true));
    }
}

/// Writes a baseline to `path` with the findings `found` in the files at their normalized paths. Entries of existing files that
/// were not checked are kept. Returns how many findings the baseline has.
///
/// # Errors
///
/// When the file cannot be written, or exists and is not a baseline.
pub(super) fn record(path: &Path, found: &[(&Path, &FileReport)]) -> Result<usize, String> {
    let fault = |error: std::io::Error| format!("{}: {error}", shown_path(path));
    let folder = folder(path).map_err(fault)?;
    let mut findings: BTreeSet<Known> = BTreeSet::new();
    if path.exists() {
        let checked: HashSet<String> = found.iter().map(|(path, _)| name(&folder, path)).collect();
        let is_kept = |known: &Known| !checked.contains(&known.path) && folder.join(&known.path).exists();
        findings.extend(Baseline::read(path)?.known.into_iter().filter(is_kept));
    }
    findings.extend(found.iter().flat_map(|(path, found)| names(&folder, path, found)));
    let content = Content { version: VERSION, findings };
    let text = serde_json::to_string_pretty(&content).map_err(|error| error.to_string())?;
    write::put(path, &format!("{text}\n")).map_err(fault)?;
    Ok(content.findings.len())
}

fn names(folder: &Path, path: &Path, found: &FileReport) -> Vec<Known> {
    let path = name(folder, path);
    let known = found.list.iter().map(|finding| Known {
        path: path.clone(),
        rule: finding.rule.id.to_owned(),
        key: format!("{:016x}", finding.key),
    });
    known.collect()
}

/// Returns `path` relative to `folder`, through parent folders if necessary.
fn name(folder: &Path, path: &Path) -> String {
    let above = folder.ancestors().position(|above| path.starts_with(above)).unwrap_or_default();
    let common = folder.ancestors().nth(above).unwrap_or(folder);
    let below = path.strip_prefix(common).unwrap_or(path).components().map(|part| part.as_os_str().to_string_lossy());
    std::iter::repeat_n("..".into(), above).chain(below).collect::<Vec<_>>().join("/")
}

fn folder(path: &Path) -> std::io::Result<PathBuf> {
    let path = files::normalize(&std::path::absolute(path)?);
    Ok(path.parent().unwrap_or(&path).to_owned())
}
