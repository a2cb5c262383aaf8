//! `vip-lsp new`: the next proposal, from the template.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::config::problem_line;
use super::{CLEAN, FAILED, current, named, opened, relative, root, say, tell, write};
use crate::letters::shown_path;
use crate::rules::FileEdits;
use crate::text::apply;
use crate::workspace::{Choice, ConfigsInUse, DocumentId, NewProposal, NoProposal, Wanted, Workspace, files};

/// What may be said of a new proposal.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The title, without the number.
    title: String,
    /// The family, by its name in `vip-lsp families` or its template's path [default: that of the current folder, or the only
    /// one].
    #[arg(short = 'f', long, value_name = "NAME")]
    family: Option<String>,
    /// Where to put it [default: the family's folder].
    #[arg(short = 'd', long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Say what would be written, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Makes the proposal that `options` ask for and prints its path; the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    match next(options).and_then(|new| if options.dry_run { Ok(new) } else { create(&new).map(|()| new) }) {
        Ok(new) => {
            // Alone on standard output, so that an editor can be started with it.
            let _ = writeln!(std::io::stdout(), "{}", named(relative(&new.path)));
            let verb = if options.dry_run { "would add" } else { "added" };
            let row = |page: &FileEdits| tell(format_args!("{verb} a row to {}", named(relative(&page.path))));
            new.rows.iter().for_each(row);
            let page = |page: &PathBuf| {
                let page = named(relative(page));
                tell(format_args!(
                    "{page} lists the others; it says of no list that this one belongs there, so add a row"
                ));
            };
            new.unlisted.iter().for_each(page);
            CLEAN
        }
        Err(fault) => {
            say(fault);
            FAILED
        }
    }
}

fn next(options: &Options) -> Result<NewProposal, String> {
    let title = options.title.trim();
    if title.is_empty() {
        return Err("the title is empty; give the proposal one".to_owned());
    }
    let current = current()?;
    let folder = options.folder.as_ref().map(|folder| files::normalize(&current.join(folder)));
    let repository = files::repository(&current);
    if let (Some(folder), Some(repository)) = (&folder, repository)
        && !folder.starts_with(repository)
    {
        return Err(format!("\"{}\" is outside of this repository; start it in that one", shown_path(folder)));
    }
    let workspace = opened(root_for(folder.as_deref().unwrap_or(&current), &current));
    let wanted = Wanted {
        title: Some(title),
        family: options.family.as_deref(),
        folder: folder.as_deref(),
        near: Some(&current),
    };
    let new = workspace.new_proposal(&wanted).map_err(|error| match error {
        NoProposal::Refused(message) => message,
        NoProposal::Unsure(choices) => unsure(&choices),
    })?;
    check_config(&workspace, &new.path)?;
    Ok(new)
}

/// How many choices are named.
const MAX_CHOICES: usize = 12;

/// What there is to choose from, as options.
fn unsure(choices: &[Choice]) -> String {
    let line = |choice: &Choice| {
        let template = choice.template.as_deref().map(|path| named(relative(path)));
        let family = choice.family.clone().or(template).unwrap_or_default();
        let folder = Some(named(relative(&choice.folder))).filter(|folder| !folder.is_empty());
        format!("\n  --family {} --folder {}", quoted(&family), quoted(folder.as_deref().unwrap_or(".")))
    };
    let lines: String = choices.iter().take(MAX_CHOICES).map(line).collect();
    let more = choices.len().saturating_sub(MAX_CHOICES);
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    format!("there are several places for it; name one:{lines}{more}")
}

/// `word` for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_./".contains(character);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// The folder that everything around `folder`, which need not be there, is in.
fn root_for(folder: &Path, current: &Path) -> PathBuf {
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    root(if folder.starts_with(current) { current } else { there })
}

/// A proposal by settings that are not as they were meant might be by another template.
fn check_config(workspace: &Workspace, path: &Path) -> Result<(), String> {
    let mut configs = ConfigsInUse::default();
    configs.add(workspace.config(&DocumentId::file(path)));
    match configs
        .problems()
        .find_map(|(config, problems)| Some((config, problems.iter().find(|problem| !problem.is_idle)?.clone())))
    {
        Some((config, problem)) => Err(problem_line(config, &problem)),
        None => Ok(()),
    }
}

/// Writes the file, and then the rows: a row that leads nowhere is worse than none.
fn create(new: &NewProposal) -> Result<(), String> {
    write_new(&new.path, &new.text).map_err(|error| format!("{}: {error}", shown_path(relative(&new.path))))?;
    new.rows.iter().try_for_each(add_row)
}

/// Writes `text` to the file at `path`, which is not there yet, and makes the folders that it is in.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn add_row(page: &FileEdits) -> Result<(), String> {
    let content = apply(&page.text, &page.edits).to_string();
    write::replace(&page.path, &page.text.to_string(), &content).map_err(|error| {
        format!("{}: {error}; the proposal was written, its row was not", shown_path(relative(&page.path)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/vip-1.md");
        write_new(&path, "one").expect("it is written");
        let error = write_new(&path, "two").expect_err("it is there");
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "one");
    }

    #[test]
    fn a_page_that_has_changed_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index.md");
        std::fs::write(&path, "changed").expect("a file");
        let text = crate::text::Text::new("known");
        let fault = add_row(&FileEdits { path: path.clone(), text, version: None, edits: Vec::new() })
            .expect_err("it has changed");
        assert!(fault.ends_with("the proposal was written, its row was not"), "{fault}");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "changed");
    }
}
