//! The statuses that a document had before, from git.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::workspace::Workspace;
use crate::document::{Before, Document, Proposal, is_same_value};
use crate::template::Template;
use crate::workspace::history::day;

/// The maximum number of versions of a document that are read to tell since when it has its status.
const MAX_VERSIONS: usize = 500;

impl Workspace {
    /// Returns the status that the document at `path`, which follows `template`, had where its branch began.
    pub(in crate::workspace) fn before(&self, path: &Path, template: &Template) -> Before {
        if let Some((origin, known)) = self.times.before.get(path)
            && origin == *template.origin()
        {
            return known;
        }
        let since = self.times.before.now();
        let found = self.status_before(path, template);
        self.times.before.keep(since, path.to_owned(), (template.origin().clone(), found.clone()));
        found
    }

    fn status_before(&self, path: &Path, template: &Template) -> Before {
        // What a merge brings was judged on its own branch.
        if self.roots().overlay().has(path) {
            return Before::Unknown;
        }
        if self.is_new(path) {
            return Before::New;
        }
        let status = self.text_before(path).and_then(|text| status(&text, template));
        status.map_or(Before::Unknown, Before::Status)
    }

    /// Returns since when the document at `path`, which is now `document`, has had its status, as `2026-01-30`. `None` if git does not
    /// have it with this status, or not all of its history.
    pub(in crate::workspace) fn status_since(
        &self,
        path: &Path,
        template: &Template,
        document: &Document,
    ) -> Option<String> {
        let now = Proposal::of(document, template).status()?.text.clone();
        let history = self.times.history(path)?;
        let is_there = |path: &Path| self.is_there(path);
        let versions = history.versions(&history.before(path, &document.text().to_string(), &is_there)?);
        let mut since = None;
        for version in versions.iter().rev().take(MAX_VERSIONS) {
            let then = history.text(*version).and_then(|text| status(&text, template));
            if !then.is_some_and(|then| is_same_value(&then, &now)) {
                return since.map(day);
            }
            since = Some(version.time);
        }
        // The first version has it, too, unless there are more than were read.
        since.filter(|_| versions.len() <= MAX_VERSIONS && !history.is_cut()).map(day)
    }
}

/// How many documents come in with one commit at most, if it is none that brings together what was elsewhere before.
const MAX_TOGETHER: usize = 3;

impl Workspace {
    /// For each of `documents`: whether it came in on its own, or with few others, as far as git knows.
    pub(in crate::workspace) fn came_alone(&self, documents: &[PathBuf]) -> Vec<bool> {
        let added = documents.iter().map(|path| Some(self.times.history(path)?.added(path)?.commit));
        let added: Vec<_> = added.collect();
        let mut counts = HashMap::new();
        added.iter().flatten().for_each(|commit| *counts.entry(*commit).or_insert(0) += 1);
        added.iter().map(|commit| commit.is_some_and(|commit| counts[&commit] <= MAX_TOGETHER)).collect()
    }

    /// Returns the statuses, as written, that the document at `path` has had in git, the oldest first, as read with `template`.
    pub(in crate::workspace) fn statuses(&self, path: &Path, template: &Template) -> Vec<String> {
        let Some(history) = self.times.history(path) else { return Vec::new() };
        let versions = history.versions(path);
        let latest = &versions[versions.len().saturating_sub(MAX_VERSIONS)..];
        let texts = latest.iter().filter_map(|version| history.text(*version));
        let mut statuses: Vec<String> = texts.filter_map(|text| status(&text, template)).collect();
        statuses.dedup();
        statuses
    }
}

/// Returns the status in `text`, a document that follows `template`.
fn status(text: &str, template: &Template) -> Option<String> {
    let document = Document::closed(text);
    let proposal = Proposal::of(&document, template);
    proposal.status().map(|status| status.text.clone())
}
