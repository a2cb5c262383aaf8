//! `vip-lsp new`: creating the next proposal from the template.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::exit::{CLEAN, FAILED};
use super::open::{opened, root};
use super::paths::{current, named, relative};
use super::problem::problem_line;
use super::streams::{say, tell};
use super::write;
use crate::door;
use crate::letters::shown_path;
use crate::rules::FileEdits;
use crate::template::is_markdown;
use crate::text::apply;
use crate::workspace::{
    Choice, ConfigsInUse, DocumentId, Faulty, NewProposal, NoProposal, Roots, Wanted, Workspace, author, files,
};

/// What may be said of a new proposal.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The title, without the number.
    title: String,
    /// The family, as its name in `vip-lsp families` or its template's path [default: that of the current folder, or the
    /// only one].
    #[arg(short = 'f', long, value_name = "NAME")]
    family: Option<String>,
    /// Where to put it [default: the family's folder].
    #[arg(short = 'd', long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Show what would be written, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Creates the proposal that `options` ask for, prints its path, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    let made = next(options).and_then(|(new, roots)| match options.dry_run {
        true => Ok(new),
        false => create(&new, &roots).map(|()| new),
    });
    match made {
        Ok(new) => {
            // The path is alone on standard output, so that it can be passed to an editor.
            let _ = writeln!(std::io::stdout(), "{}", named(relative(&new.path)));
            let verb = if options.dry_run { "would add" } else { "added" };
            let row = |page: &FileEdits| {
                let what = if is_markdown(&page.path) { "a row" } else { "an entry" };
                tell(format_args!("{verb} {what} to {}", named(relative(&page.path))));
            };
            new.rows.iter().for_each(row);
            let page = |page: &PathBuf| {
                tell(format_args!("{} lists the other proposals; add this one to it", named(relative(page))));
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

/// Returns the proposal that `options` ask for, and the folders that it may be written to.
fn next(options: &Options) -> Result<(NewProposal, Arc<Roots>), String> {
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
        return Err(format!("\"{}\" is outside this repository; run the command in that one", shown_path(folder)));
    }
    let workspace = opened(root_for(folder.as_deref().unwrap_or(&current), &current));
    let author = author();
    let wanted = Wanted {
        title: Some(title),
        family: options.family.as_deref(),
        folder: folder.as_deref(),
        author: author.as_deref(),
        near: Some(&current),
    };
    let new = workspace.new_proposal(&wanted).map_err(|error| match error {
        NoProposal::Refused(message) => message,
        NoProposal::Unsure(choices) => unsure(&choices),
    })?;
    check_config(&workspace, &new.path)?;
    Ok((new, workspace.roots()))
}

/// The maximum number of choices listed.
const MAX_CHOICES: usize = 12;

/// Lists the choices as options.
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
    format!("there are several places for it; choose one:{lines}{more}")
}

/// Quotes `word` for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_./".contains(character);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// Returns the root folder for `folder`, which need not exist; see [`root`].
fn root_for(folder: &Path, current: &Path) -> PathBuf {
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    root(if folder.starts_with(current) { current } else { there })
}

/// Fails if the settings have errors, because the proposal might then follow another template than intended.
fn check_config(workspace: &Workspace, path: &Path) -> Result<(), String> {
    let mut configs = ConfigsInUse::default();
    configs.add(workspace.config(&DocumentId::file(path)));
    let line = |faulty: Faulty| {
        let problem = faulty.problems.iter().find(|problem| !problem.is_idle)?;
        Some(problem_line(&faulty, problem))
    };
    configs.problems().find_map(line).map_or(Ok(()), Err)
}

/// Writes the file first and the rows after it: a row that leads nowhere is worse than none.
fn create(new: &NewProposal, roots: &[PathBuf]) -> Result<(), String> {
    let written = [&new.path].into_iter().chain(new.rows.iter().map(|page| &page.path));
    written.filter_map(|path| path.parent()).for_each(|folder| door::tidy_up(folder, roots));
    door::create(&new.path, roots, &new.text)
        .map_err(|error| format!("{}: {error}", shown_path(relative(&new.path))))?;
    new.rows.iter().try_for_each(|page| add_row(page, roots))
}

fn add_row(page: &FileEdits, roots: &[PathBuf]) -> Result<(), String> {
    let content = apply(&page.text, &page.edits).to_string();
    write::replace(&page.path, roots, &page.text.to_string(), &content).map_err(|error| {
        format!("{}: {error}; the proposal was written, but its row was not", shown_path(relative(&page.path)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_has_changed_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index.md");
        std::fs::write(&path, "changed").expect("a file");
        let text = crate::text::Text::new("known");
        let page = FileEdits { path: path.clone(), text, version: None, edits: Vec::new() };
        let fault = add_row(&page, &[folder.path().to_owned()]).expect_err("it has changed");
        assert!(fault.ends_with("the proposal was written, but its row was not"), "{fault}");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "changed");
    }
}
