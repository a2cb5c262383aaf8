//! The entry for a new proposal in the navigation of a site.

use std::path::{Path, PathBuf};

use super::rows::Made;
use crate::rules::FileEdits;
use crate::syntax::NavigationEntry;
use crate::text::{Edit, Text};
use crate::workspace::documents::Workspace;
use crate::workspace::files;
use crate::workspace::survey::{SitePage, pages_of_site};

impl Workspace {
    /// Returns the edit that adds an entry for the proposal `made` to the settings of the site at `path`: after the last entry
    /// for a proposal and like it, or before the first one and like that, if the newest comes first. `None` if that entry is not
    /// on a line of its own.
    pub(super) fn entry_in(&self, path: PathBuf, made: &Made<'_>) -> Option<FileEdits> {
        let content = files::read(&path, &self.roots()).ok()?;
        let listed: Vec<_> =
            pages_of_site(&path, &content).into_iter().filter_map(|page| self.listed_in(page, made.folder)).collect();
        let (first, last) = (listed.first()?, listed.last()?);
        let starts_with_newest = first.number > last.number;
        let other = if starts_with_newest { first } else { last };
        let text = Text::new(&content);
        let line = text.line_span_at(text.line_start(usize::try_from(other.page.line).ok()?));
        let source = text.slice(line);
        let entry = NavigationEntry::read(source.trim_end_matches(['\r', '\n']), &other.page.written)?;
        let title = entry.title().map_or(String::new(), |title| titled(title, other.number, made));
        let page = format!("{}{}", other.page.written.strip_suffix(&other.name)?, made.name);
        let (entry, ending) = (entry.like(&title, &page), text.line_ending().as_str());
        let edit = match starts_with_newest {
            true => Edit::insert(line.start, format!("{entry}{ending}")),
            false => Edit::insert(text.trim_end(line).end, format!("{ending}{entry}")),
        };
        Some(FileEdits { text, version: None, edits: vec![edit], path })
    }

    fn listed_in(&self, page: SitePage, folder: &Path) -> Option<Listed> {
        let name = page.file.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
        let number = self.kept(&page.file)?.facts.as_ref()?.number.as_ref()?.parse().ok()?;
        Some(Listed { page, name, number })
    }
}

/// A proposal that the navigation lists.
struct Listed {
    page: SitePage,
    /// Its path in its folder.
    name: String,
    number: u64,
}

/// Returns the title of the proposal `made`, with its number in the place where `other`, the title of the proposal `number`, has
/// that.
fn titled(other: &str, number: u64, made: &Made<'_>) -> String {
    let title = made.title;
    let start = other.find(|sign: char| sign.is_ascii_digit()).unwrap_or(other.len());
    let (before, rest) = other.split_at(start);
    let (digits, rest) = rest.split_at(rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len()));
    let between = &rest[..rest.find(char::is_alphanumeric).unwrap_or(rest.len())];
    let own = made.facts.number.as_deref().map(|own| own.trim_start_matches('0'));
    match own.filter(|_| digits.parse() == Ok(number)) {
        Some(own) if rest.is_empty() => format!("{before}{own:0>width$}", width = digits.len()),
        Some(own) if !between.is_empty() => format!("{before}{own:0>width$}{between}{title}", width = digits.len()),
        _ => title.to_owned(),
    }
}
