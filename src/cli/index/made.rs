//! A new index page: a heading, and a table of the proposals.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::paths::{named, relative};
use crate::document::{Document, Facts, Overview, Proposal, encode_path, escaped, in_cell};
use crate::features::upkeep::upkeep;
use crate::letters::shown_path;
use crate::template::{Template, is_markdown};
use crate::terms::KeyKind;
use crate::workspace::{DocumentId, Family, Workspace, files};

/// A new page.
pub(super) struct Page {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Returns the folder that the page at `path`, which does not exist, belongs to.
pub(super) fn folder_of(path: &Path) -> Option<PathBuf> {
    let path = files::normalize(&std::path::absolute(path).ok()?);
    path.ancestors().skip(1).find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Returns the new page at `path`, which lists the proposals of the family called `family`, or of the only one.
///
/// # Errors
///
/// When it is not clear which family that is, or when the page would not be an index page by its name.
pub(super) fn page(workspace: &Workspace, path: &Path, family: Option<&str>) -> Result<Page, String> {
    let shown = shown_path(path);
    let path =
        std::path::absolute(path).map(|path| files::normalize(&path)).map_err(|error| format!("{shown}: {error}"))?;
    if !is_markdown(&path) {
        return Err(format!("{shown}: not a name of a Markdown file; end it in \".md\""));
    }
    if !path.parent().is_some_and(Path::is_dir) {
        return Err(format!("{shown}: there is no such folder"));
    }
    let (family, documents) = only_family(workspace, &path, family)?;
    let text = listing(workspace, &path, &family, documents);
    let id = DocumentId::file(&path);
    let snapshot = workspace.page_of(&id, Arc::new(Document::closed(&text)));
    let kept = snapshot.and_then(|snapshot| {
        let around = workspace.around(&snapshot);
        upkeep(&snapshot.proposal().within(&around), snapshot.severities())
    });
    let kept =
        kept.ok_or(format!("{shown}: would not count as an index page; call it \"index.md\" or \"README.md\""))?;
    Ok(Page { path, text: kept.text.to_string() })
}

/// Returns the family called `name`, or else the only one that has documents below the folder of `path`, or the only one; with its
/// documents.
fn only_family(workspace: &Workspace, path: &Path, name: Option<&str>) -> Result<(Arc<Family>, Vec<PathBuf>), String> {
    let mut families = match name {
        Some(name) => workspace.families_called(name),
        None => workspace.documents_by_family(),
    };
    if families.len() > 1 {
        let is_here =
            |paths: &[PathBuf]| paths.iter().any(|own| path.parent().is_some_and(|here| own.starts_with(here)));
        let here: Vec<_> = families.iter().filter(|(_, paths)| is_here(paths)).cloned().collect();
        families = if here.is_empty() { families } else { here };
    }
    let mut names: Vec<String> = families.iter().map(|(family, _)| format!("\"{}\"", family.name)).collect();
    names.sort();
    let page = named(relative(path));
    match families.pop() {
        None => Err(format!("{page}: there are no proposals to list")),
        Some(only) if families.is_empty() => Ok(only),
        Some(_) => Err(format!("{page}: there are several families; choose one with --family: {}", names.join(", "))),
    }
}

/// What a table has a column for.
enum Column {
    Number,
    Title,
    Status,
    Day,
}

/// Returns the text of the page at `path` that lists the `documents` of `family`.
fn listing(workspace: &Workspace, path: &Path, family: &Family, documents: Vec<PathBuf>) -> String {
    let documents: HashSet<PathBuf> = documents.into_iter().collect();
    let mut listed: Vec<Overview> = workspace.overviews();
    listed.retain(|overview| documents.contains(&overview.path) && !overview.facts.is_moved);
    listed.sort_by_cached_key(|Overview { path, facts, .. }| (number(facts), path.clone()));
    let first = listed.first().map_or(path, |overview| &overview.path);
    let template = workspace.template(&DocumentId::file(first));
    let columns = columns(&template, &listed);
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let header = row(columns.iter().map(|(_, name)| in_cell(name)).collect());
    let delimiters = row(columns.iter().map(|_| "---".to_owned()).collect());
    let document = Document::closed("");
    let form = Proposal::of(&document, &template);
    let folder = path.parent().unwrap_or(path);
    let rows = listed.iter().map(|overview| row(cells(&form, folder, overview, &columns)));
    format!("# {}\n\n{header}{delimiters}{}", family.name, rows.collect::<String>())
}

fn number(facts: &Facts) -> Option<u64> {
    facts.number.as_ref()?.parse().ok()
}

/// Returns the columns for proposals of `template`, with their names.
fn columns(template: &Template, listed: &[Overview]) -> Vec<(Column, String)> {
    let day = template.metadata.iter().find(|key| key.kind() == Some(KeyKind::Date));
    let has_numbers = listed.iter().any(|overview| overview.facts.number.is_some());
    let number = has_numbers.then(|| (Column::Number, "Number".to_owned()));
    let status = template.status_key().map(|key| (Column::Status, capital(&key.name)));
    let day = day.map(|key| (Column::Day, capital(&key.name)));
    number.into_iter().chain([(Column::Title, "Title".to_owned())]).chain(status).chain(day).collect()
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns the cells for a proposal; `form` is any document with its template. The first one is a link.
fn cells(form: &Proposal<'_>, folder: &Path, overview: &Overview, columns: &[(Column, String)]) -> Vec<String> {
    let Overview { path, facts, .. } = overview;
    let (title, to) = (form.written_title(facts), encode_path(&files::relative(folder, path)));
    let prefix = form.template.title.as_ref().and_then(|title| title.prefix.as_deref()).unwrap_or_default();
    let number = form.template.number_of(path).or(facts.number.as_deref());
    // Without a number, the title has the link.
    let link = |label: &str| format!("[{}]({to})", escaped(label, &['[', ']']));
    let cell = |(column, _): &(Column, String)| match column {
        Column::Number => number.map(|number| link(&format!("{prefix}{number}"))).unwrap_or_default(),
        Column::Title if number.is_none() => link(&title),
        Column::Title => title.clone().into_owned(),
        Column::Status => facts.status.as_deref().unwrap_or_default().trim_end_matches('.').to_owned(),
        Column::Day => facts.date.clone().unwrap_or_default(),
    };
    columns.iter().map(|column| in_cell(&cell(column))).collect()
}
