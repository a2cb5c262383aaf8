//! The navigations of sites, when their pages get other names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::follow::DocumentEdits;
use super::moving::Moving;
use crate::document::Document;
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
        edits.dedup();
        (!edits.is_empty()).then(|| DocumentEdits::of(DocumentId::File(site), document, edits))
    }

    /// Returns the edits of the entry for `page` in `settings`: of the number in its title, and of its path. Empty if the file goes
    /// where the site has no pages.
    fn entry(&self, settings: &Text, page: &SitePage) -> Vec<Edit> {
        let moved = self.moved(&page.file);
        let folder = page.file.ancestors().nth(Path::new(&page.written).components().count());
        let Some(folder) = folder.filter(|folder| moved != page.file && moved.starts_with(folder)) else {
            return Vec::new();
        };
        let Ok(line) = usize::try_from(page.line) else { return Vec::new() };
        let line = settings.line_span_at(settings.line_start(line));
        let source = settings.slice(line);
        let Some(at) = place_of(&source, &page.written) else { return Vec::new() };
        let edit = |from: usize, length: usize, content| Edit {
            span: Span::of_range(line.start, from..from + length),
            content,
        };
        let number = self.numbers.get(&page.file).and_then(|(old, new)| {
            let (from, digits) = number_in(&source[..at], old)?;
            Some(edit(from, digits.len(), format!("{new:0>width$}", width = digits.len())))
        });
        let path = edit(at, page.written.len(), files::relative(folder, &moved));
        number.into_iter().chain([path]).collect()
    }
}

/// Returns where `page` is in `line`, and not as a part of another page's path.
fn place_of(line: &str, page: &str) -> Option<usize> {
    let is_end = |sign: Option<char>| sign.is_none_or(|sign| sign.is_whitespace() || "\"'[]{},:#".contains(sign));
    let places = line.match_indices(page).map(|(at, _)| at);
    places.filter(|at| is_end(line[..*at].chars().next_back()) && is_end(line[at + page.len()..].chars().next())).last()
}

/// Returns the digits in `title` that are the number `number`, which has no leading zeros, and where they are.
fn number_in<'a>(title: &'a str, number: &str) -> Option<(usize, &'a str)> {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let starts = title.char_indices().filter(|(at, sign)| is_digit(*sign) && !title[..*at].ends_with(is_digit));
    let mut runs = starts
        .map(|(at, _)| (at, &title[at..at + title[at..].find(|sign| !is_digit(sign)).unwrap_or(title.len() - at)]));
    runs.find(|(_, run)| run.trim_start_matches('0') == number)
}
