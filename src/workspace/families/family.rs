//! A family: its template, how its documents are named, and how it was recognized.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::learnt::Learnt;
use super::naming::Naming;
use super::shape::{Mask, Shape};
use crate::template::NamePattern;

/// The prefix of the numbers of the built-in family, which needs no template.
pub(in crate::workspace) const BUILT_IN_PREFIX: &str = "VIP-";

/// The documents that follow one template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The template's file; `None` for the built-in one, or if there is no template.
    pub template: Option<PathBuf>,
    /// Where the family comes from.
    pub kind: FamilyKind,
    /// What people call it: its prefix, or else its folder.
    pub name: String,
    /// How its documents are named, in words.
    pub naming: String,
    /// How it was recognized, in words.
    pub reason: String,
    /// How many documents it has.
    pub count: usize,
    /// What is known of a family without a template.
    pub(in crate::workspace) learnt: Option<Arc<Learnt>>,
    /// Where its documents have their numbers.
    pub(in crate::workspace) pattern: Option<NamePattern>,
    /// The folders of its documents, or the parents of those folders; the one with the most documents first.
    pub(in crate::workspace) folders: Vec<PathBuf>,
}

/// Where a family comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FamilyKind {
    /// From a template in the repository.
    Template,
    /// From the names or titles of documents of the built-in family.
    BuiltIn,
    /// From what its documents have in common: there is no template.
    Learnt,
    /// From the settings.
    Setting,
}

impl Family {
    /// Whether `name` means this family: by its name, its folder, its prefix or its template.
    pub(in crate::workspace) fn is_called(&self, name: &str) -> bool {
        let is_template = || self.template.as_deref().is_some_and(|template| template.ends_with(name));
        let is_folder = || {
            let own = self.folders.first().and_then(|folder| folder.file_name());
            own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        self.name.eq_ignore_ascii_case(name)
            || is_template()
            || is_folder()
            || self.kind == FamilyKind::BuiltIn && is_built_in(name)
    }

    /// Adds `other`, which has the same name and template; what settings say about one of them applies to both.
    pub(in crate::workspace) fn add(&mut self, other: &Family) {
        let new = other.folders.iter().filter(|folder| !self.folders.contains(folder)).cloned();
        let new: Vec<PathBuf> = new.collect();
        self.folders.extend(new);
        if other.kind == FamilyKind::Setting {
            self.reason = format!("{}; {}", self.reason, other.reason);
        } else if self.kind == FamilyKind::Setting {
            self.reason = format!("{}; {}", other.reason, self.reason);
        }
        self.kind = FamilyKind::Setting;
    }

    /// Returns the family that settings, in the file at `source` or the editor's, make of the documents at `paths`.
    pub(in crate::workspace) fn set(
        name: Option<String>,
        template: Option<PathBuf>,
        learnt: Option<Arc<Learnt>>,
        paths: &[PathBuf],
        source: Option<&Path>,
    ) -> Family {
        let naming = Naming::of(paths.iter().map(PathBuf::as_path));
        let folders = folders(paths);
        let file = source.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        Family {
            name: name.unwrap_or_else(|| naming.name(None, paths, None)),
            template,
            kind: FamilyKind::Setting,
            naming: naming.text(),
            reason: format!("{} says so", file.as_deref().unwrap_or("the editor's settings")),
            count: paths.len(),
            learnt,
            pattern: Some(naming.pattern()),
            folders,
        }
    }
}

/// Whether `name` means the built-in family.
pub(in crate::workspace) fn is_built_in(name: &str) -> bool {
    name.eq_ignore_ascii_case(BUILT_IN_PREFIX.trim_end_matches('-'))
}

/// Returns the folders of the documents at `paths`, or the parents of those folders; the one with the most documents first. A
/// README among files does not count for the folder above.
pub(super) fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut counts: HashMap<PathBuf, usize> = HashMap::new();
    let is_page = |path: &&PathBuf| Shape::of(path, true).mask == Mask::PlainFolder;
    let are_pages = paths.iter().all(|path| is_page(&path));
    for path in paths.iter().filter(|path| are_pages || !is_page(path)) {
        *counts.entry(Shape::of(path, true).base).or_default() += 1;
    }
    let mut folders: Vec<(PathBuf, usize)> = counts.into_iter().collect();
    folders.sort_by(|(one, count), (other, others)| others.cmp(count).then_with(|| one.cmp(other)));
    folders.into_iter().map(|(folder, _)| folder).collect()
}

impl FamilyKind {
    /// Returns the name in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            FamilyKind::Template => "template",
            FamilyKind::BuiltIn => "built-in",
            FamilyKind::Learnt => "learnt",
            FamilyKind::Setting => "setting",
        }
    }
}
