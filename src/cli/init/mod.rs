//! `vip-lsp init`: the settings for what is almost recognized without any, templates for families that have none, and life cycles.

mod life_cycle;
mod preset;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use similar::TextDiff;

use super::exit::finish;
use super::open::{opened, root};
use super::paths::{current, named, relative};
use super::write;
use crate::letters::shown_path;
use crate::template::LearntFrom;
use crate::workspace::{DocumentId, Family, FamilyKind, Suggestion, Workspace, files, toml_string};

/// What becomes of the settings.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Write the settings into the file; its content is kept.
    #[arg(long)]
    write: bool,
    /// Make a template from what the documents of a family without one have in common.
    #[arg(long, group = "of_family")]
    template: bool,
    /// Set the states of a family and what may follow each, from its template and what its documents did in git.
    #[arg(long, group = "of_family")]
    life_cycle: bool,
    /// The family that the template or the states are for.
    #[arg(long, value_name = "NAME", requires = "of_family")]
    family: Option<String>,
}

/// Prints or writes what `options` ask for, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    finish(match (options.template, options.life_cycle) {
        (true, _) => template(options),
        (_, true) => life_cycle::propose(options.family.as_deref())
            .and_then(|(file, behind)| change(&file, &Added { behind, ..Added::default() }, options.write)),
        _ => propose(options),
    })
}

fn propose(options: &Options) -> Result<String, String> {
    let folder = current()?;
    let workspace = opened(root(&folder));
    let mut added: BTreeMap<PathBuf, Added> = BTreeMap::new();
    for suggestion in workspace.suggestions().into_iter().filter(|suggestion| suggestion.file.starts_with(&folder)) {
        let lines = &mut added.entry(suggestion.file).or_default().behind;
        lines.push_str(if lines.is_empty() { "" } else { "\n" });
        lines.push_str(&suggestion.lines);
    }
    if let Some((file, name)) = preset::nearest(&workspace, &folder) {
        added.entry(file).or_default().before = format!("extends = {}\n", toml_string(name));
    }
    if added.is_empty() {
        let count = workspace.documents_by_family().len();
        let found = match count {
            0 => "no template here has documents that look like it".to_owned(),
            1 => "the only family here is found automatically; see vip-lsp families".to_owned(),
            count => format!("the {count} families here are found automatically; see vip-lsp families"),
        };
        return Ok(format!("nothing to set: {found}\n"));
    }
    let change = |(file, added): (&PathBuf, &Added)| change(file, added, options.write);
    added.iter().map(change).collect::<Result<Vec<String>, String>>().map(|changes| changes.concat())
}

/// What is added to a file of settings.
#[derive(Debug, Default)]
struct Added {
    /// The lines at its start.
    before: String,
    /// The lines at its end.
    behind: String,
}

impl Added {
    /// Returns the text `old` with what is added.
    ///
    /// # Errors
    ///
    /// When it cannot be added: the file is invalid, or has its families in another form.
    fn to(&self, old: &str) -> Result<String, String> {
        let behind = Suggestion::behind(old, &self.behind)?;
        let (mark, old) = old.strip_prefix('\u{feff}').map_or(("", old), |rest| ("\u{feff}", rest));
        let gap = if self.before.is_empty() || old.is_empty() && behind.is_empty() { "" } else { "\n" };
        let ending = if old.contains("\r\n") { "\r\n" } else { "\n" };
        let before = format!("{}{gap}", self.before).replace('\n', ending);
        Ok(format!("{mark}{before}{old}{}", if self.behind.is_empty() { "" } else { &behind }))
    }
}

/// The file name of a generated template.
const TEMPLATE: &str = "template.md";

/// Prints or writes a template learned from the documents of a family.
fn template(options: &Options) -> Result<String, String> {
    let folder = current()?;
    let workspace = opened(root(&folder));
    let (family, first) = family_without_template(&workspace, options.family.as_deref())?;
    let template = workspace.template(&DocumentId::File(first.clone()));
    let (count, text) = (family.count, template.text.to_string());
    let home = template.learnt.as_ref().map_or(folder, |learnt| learnt.folder.clone());
    if count < LearntFrom::ENOUGH {
        let least = LearntFrom::ENOUGH;
        return Err(format!(
            "family \"{}\" has {count} documents, and learning a form takes at least {least}",
            family.name
        ));
    }
    let path = home.join(TEMPLATE);
    let name = named(relative(&path));
    if path.symlink_metadata().is_ok() {
        return Err(format!("\"{name}\" already exists; move it out of the way"));
    }
    if !options.write {
        let diff = TextDiff::from_lines("", text.as_str());
        return Ok(diff.unified_diff().header("/dev/null", &name).to_string());
    }
    write::put(&path, &text).map_err(|error| format!("{name}: {error}"))?;
    Ok(format!("{name}\n"))
}

/// Returns the family without a template that is called `name`, or else the only one, with the first of its documents.
fn family_without_template(workspace: &Workspace, name: Option<&str>) -> Result<(Arc<Family>, PathBuf), String> {
    let all = workspace.documents_by_family().into_iter().filter(|(family, _)| family.kind == FamilyKind::Learnt);
    let all: Vec<_> = all.filter_map(|(family, paths)| Some((family, paths.into_iter().next()?))).collect();
    let names = || all.iter().map(|(family, _)| format!("\"{}\"", family.name)).collect::<Vec<_>>().join(", ");
    let is_named = |(family, _): &&(Arc<Family>, PathBuf)| name == Some(family.name.as_str());
    match (all.as_slice(), name) {
        ([], _) => Err("every family here has a template; see vip-lsp families".to_owned()),
        ([one], None) => Ok(one.clone()),
        (_, None) => Err(format!("several families have no template; name one with --family: {}", names())),
        (_, Some(name)) => all
            .iter()
            .find(is_named)
            .cloned()
            .ok_or_else(|| format!("no family without a template is called \"{name}\"; there is {}", names())),
    }
}

/// Returns the diff of adding `added` to the settings in `file`, or writes them and returns the file's name.
fn change(file: &Path, added: &Added, is_written: bool) -> Result<String, String> {
    let fault = |error: std::io::Error| format!("{}: {error}", shown_path(relative(file)));
    let old = match files::read_named(file) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(fault(error)),
    };
    let name = named(relative(file));
    let lines = || format!("{}{}", added.before, added.behind);
    let new = added.to(&old).map_err(|fault| format!("{name}: {fault}; to add:\n\n{}", lines()))?;
    if is_written {
        write::put(file, &new).map_err(fault)?;
        return Ok(format!("{name}\n"));
    }
    let diff = TextDiff::from_lines(old.as_str(), new.as_str());
    Ok(diff.unified_diff().header(&name, &name).to_string())
}
