//! The navigations of sites, when their pages get other names.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::follow::DocumentEdits;
use super::moving::Moving;
use crate::document::Document;
use crate::syntax::{NavigationEntry, flow_title};
use crate::text::{Edit, Span, Text};
use crate::workspace::files::{self, DocumentId, is_site};
use crate::workspace::survey::{SitePage, pages_of_site};

impl Moving<'_> {
    /// Returns the changes in the settings of all sites that list one of the files.
    pub(super) fn entries(&self) -> Vec<DocumentEdits> {
        let files = self.workspace.paths_below(self.renames.iter().map(|(from, _)| from.as_path()));
        let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
        let pages = folders.into_iter().flat_map(|folder| self.workspace.listings(folder, None));
        let sites: BTreeSet<PathBuf> = pages.filter(|page| is_site(page)).collect();
        sites.into_iter().filter_map(|site| self.entries_of(site)).collect()
    }

    fn entries_of(&self, site: PathBuf) -> Option<DocumentEdits> {
        let content = files::read(&site, &self.workspace.roots()).ok()?;
        let document = Arc::new(Document::closed(&content));
        let pages = pages_of_site(&site, &content);
        let mut edits: Vec<Edit> = pages.iter().flat_map(|page| self.entry(document.text(), page)).collect();
        // A line may list a page twice.
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
        (!edits.is_empty()).then(|| DocumentEdits::of(DocumentId::File(site), document, edits))
    }

    /// Returns the edits of the entry for `page` in `settings`: of the number in its title, and of its path. Empty if the file goes
    /// where the site has no pages.
    fn entry(&self, settings: &Text, page: &SitePage) -> Vec<Edit> {
        let moved = self.moved(&page.file);
        let here = page.written.strip_prefix("./").map_or("", |_| "./");
        let folder = page.file.ancestors().nth(Path::new(&page.written[here.len()..]).components().count());
        let Some(folder) = folder.filter(|folder| moved != page.file && moved.starts_with(folder)) else {
            return Vec::new();
        };
        let path = format!("{here}{}", files::relative(folder, &moved));
        if !is_plain(&path) {
            return Vec::new();
        }
        let Ok(line) = usize::try_from(page.line) else { return Vec::new() };
        let line = settings.line_span_at(settings.line_start(line));
        let source = settings.slice(line);
        let source = without_comment(source.trim_end_matches(['\r', '\n']));
        let edit =
            |at: usize, length: usize, content| Edit { span: Span::of_range(line.start, at..at + length), content };
        let number = |at: usize| {
            let (old, new) = self.numbers.get(&page.file)?;
            let title = title_of(source, &page.written, at)?;
            let (digits, length) = number_in(&source[title.clone()], old)?;
            Some(edit(title.start + digits, length, format!("{new:0>length$}")))
        };
        let places = places_of(source, &page.written);
        places.flat_map(|at| [Some(edit(at, page.written.len(), path.clone())), number(at)]).flatten().collect()
    }
}

/// Returns the range of the title that `line` gives the `page` at `at`.
fn title_of(line: &str, page: &str, at: usize) -> Option<Range<usize>> {
    match NavigationEntry::read(line, page) {
        Some(entry) => {
            let title = entry.title()?;
            let start = line.find(title)?;
            Some(start..start + title.len())
        }
        None => flow_title(line, at),
    }
}

/// Whether `path` is the same in YAML with quotation marks and without, wherever it is.
fn is_plain(path: &str) -> bool {
    path.starts_with(|first: char| first.is_alphanumeric() || first == '.')
        && path.chars().all(|sign| sign.is_alphanumeric() || "/-_.+".contains(sign))
}

/// Returns `line`, which is YAML, up to a comment.
fn without_comment(line: &str) -> &str {
    line.find(" #").map_or(line, |end| &line[..end])
}

/// Returns where `page` is in `line`, and not as a part of another page's path.
fn places_of(line: &str, page: &str) -> impl Iterator<Item = usize> {
    let is_end = |sign: Option<char>| sign.is_none_or(|sign| sign.is_whitespace() || "\"'[]{},:".contains(sign));
    let places = line.match_indices(page).map(|(at, _)| at);
    places.filter(move |at| is_end(line[..*at].chars().next_back()) && is_end(line[at + page.len()..].chars().next()))
}

/// Returns where the digits in `title` are that are the proposal's `number`, which has no leading zeros, and how many: behind a
/// prefix, as in `VIP-7`, or before the text, as in `0007. Text`.
fn number_in(title: &str, number: &str) -> Option<(usize, usize)> {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let starts = title.char_indices().filter(|(at, sign)| is_digit(*sign) && !title[..*at].ends_with(is_digit));
    let length = |at: usize| title[at..].find(|sign| !is_digit(sign)).unwrap_or(title.len() - at);
    let mut runs = starts.map(|(at, _)| (at, length(at)));
    runs.find(|(at, length)| {
        let (before, behind) = (&title[..*at], &title[at + length..]);
        let is_set_off =
            before.ends_with(['-', '#', '_']) || before.is_empty() && behind.starts_with(['.', ':', '-', ')']);
        (is_set_off || before.is_empty() && behind.is_empty())
            && title[*at..at + length].trim_start_matches('0') == number
    })
}
