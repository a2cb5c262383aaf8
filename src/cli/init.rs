//! `vip-lsp init`: the settings for what falls just short of being found by itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::{current, finish, opened, relative, root, slashed, write};
use crate::workspace::{Suggestion, files};

/// What becomes of the settings.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Write them into the file; what stands there already is kept.
    #[arg(long)]
    write: bool,
}

/// Prints or writes what `options` ask for; the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    finish(propose(options))
}

fn propose(options: &Options) -> Result<String, String> {
    let folder = current()?;
    let workspace = opened(root(&folder));
    let mut added: BTreeMap<PathBuf, String> = BTreeMap::new();
    for suggestion in workspace.suggestions().into_iter().filter(|suggestion| suggestion.file.starts_with(&folder)) {
        let lines = added.entry(suggestion.file).or_default();
        lines.push_str(if lines.is_empty() { "" } else { "\n" });
        lines.push_str(&suggestion.lines);
    }
    if added.is_empty() {
        let count = workspace.documents_by_family().len();
        let found = match count {
            0 => "no template here has documents that look like it".to_owned(),
            1 => "the one family here is found by itself; see vip-lsp families".to_owned(),
            count => format!("the {count} families here are found by themselves; see vip-lsp families"),
        };
        return Ok(format!("nothing to set: {found}\n"));
    }
    let changes = added.iter().map(|(file, lines)| change(file, lines, options.write));
    changes.collect::<Result<Vec<String>, String>>().map(|changes| changes.concat())
}

/// The change of the settings in `file` by `lines`, which is written where that is wanted.
fn change(file: &Path, lines: &str, is_written: bool) -> Result<String, String> {
    let fault = |error: std::io::Error| format!("{}: {error}", relative(file).display());
    let old = match files::read(file) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(fault(error)),
    };
    let name = slashed(relative(file));
    let added = Suggestion::behind(&old, lines).map_err(|fault| format!("{name}: {fault}; to add:\n\n{lines}"))?;
    let new = old.clone() + &added;
    if is_written {
        write::create(file, &new).map_err(fault)?;
        return Ok(format!("{name}\n"));
    }
    let diff = TextDiff::from_lines(old.as_str(), new.as_str());
    Ok(diff.unified_diff().header(&name, &name).to_string())
}
