//! `vip-lsp new`: creating the next proposal from the template.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::exit::{CLEAN, FAILED};
use super::open::{opened, root};
use super::paths::{current, named, relative};
use super::problem::problem_line;
use super::reserve::{self, Reserved, Wish};
use super::streams::{say, tell};
use super::write;
use crate::door;
use crate::letters::shown_path;
use crate::rules::FileEdits;
use crate::template::is_markdown;
use crate::text::apply;
use crate::workspace::{
    Choice, ConfigsInUse, DocumentId, Faulty, NewProposal, NoProposal, Wanted, Workspace, author, files,
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
    /// Reserve the number at a remote, so that nobody else gets it: git, the user's own, creates a ref there.
    #[arg(long)]
    reserve: bool,
    /// The remote to reserve it at [default: upstream, origin, or the only one].
    #[arg(long, value_name = "NAME", requires = "reserve")]
    remote: Option<String>,
    /// Show what would be written, and write and reserve nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Creates the proposal that `options` ask for, prints its path, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    match made(options) {
        Ok((new, reserved)) => {
            // The path is alone on standard output, so that it can be passed to an editor.
            let _ = writeln!(std::io::stdout(), "{}", named(relative(&new.path)));
            report(&new, reserved.as_ref(), options.dry_run);
            CLEAN
        }
        Err(fault) => {
            say(fault);
            FAILED
        }
    }
}

/// Says what else was done besides writing the file of `new`, or, for a dry run, would be.
fn report(new: &NewProposal, reserved: Option<&Reserved>, is_dry: bool) {
    if let Some(Reserved { name, remote }) = reserved {
        let verb = if is_dry { "would reserve" } else { "reserved" };
        tell(format_args!("{verb} {name} at the remote \"{remote}\""));
    }
    let verb = if is_dry { "would add" } else { "added" };
    let row = |page: &FileEdits| {
        let what = if is_markdown(&page.path) { "a row" } else { "an entry" };
        tell(format_args!("{verb} {what} to {}", named(relative(&page.path))));
    };
    new.rows.iter().for_each(row);
    let page = |page: &PathBuf| {
        tell(format_args!("{} lists the other proposals; add this one to it", named(relative(page))));
    };
    new.unlisted.iter().for_each(page);
}

/// Makes the proposal that `options` ask for, and reserves its number if they ask for that.
fn made(options: &Options) -> Result<(NewProposal, Option<Reserved>), String> {
    let desk = Desk::of(options)?;
    let (new, reserved) = match options.reserve {
        true => {
            let wish = Wish {
                folder: &desk.current,
                remote: options.remote.as_deref(),
                title: options.title.trim(),
                is_dry: options.dry_run,
            };
            let (new, reserved) = reserve::next(&wish, |taken| desk.next(options, taken))?;
            (new, Some(reserved))
        }
        false => (desk.next(options, &[])?, None),
    };
    if !options.dry_run {
        let stays = |fault: String| match &reserved {
            Some(Reserved { name, .. }) => format!("{fault}; its number stays reserved by {name}"),
            None => fault,
        };
        create(&new, &desk.workspace.roots()).map_err(stays)?;
    }
    Ok((new, reserved))
}

/// The workspace that a new proposal is made in.
struct Desk {
    workspace: Workspace,
    /// The current folder.
    current: PathBuf,
    /// The folder to put it in, if the user names one.
    folder: Option<PathBuf>,
}

impl Desk {
    fn of(options: &Options) -> Result<Desk, String> {
        if options.title.trim().is_empty() {
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
        Ok(Desk { workspace, current, folder })
    }

    /// Returns the proposal that `options` ask for, with none of the numbers in `taken`.
    fn next(&self, options: &Options, taken: &[u64]) -> Result<NewProposal, String> {
        let author = author();
        let wanted = Wanted {
            title: Some(options.title.trim()),
            family: options.family.as_deref(),
            folder: self.folder.as_deref(),
            author: author.as_deref(),
            taken,
            near: Some(&self.current),
        };
        let new = self.workspace.new_proposal(&wanted).map_err(|error| match error {
            NoProposal::Refused(message) => message,
            NoProposal::Unsure(choices) => unsure(&choices),
        })?;
        check_config(&self.workspace, &new.path)?;
        Ok(new)
    }
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
