//! Settings, as an editor sends them or a file has them, of which whatever is wrong is named and the default holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::globs::Globs;
use super::problem::Problem;
use super::terms::Terms;
use crate::document::Evidence;
use crate::rules::Rule;
use crate::text::Span;

/// What a user or a team can set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The template's path, relative to the file's folder or to a workspace folder.
    pub template: Option<String>,
    /// What they say of rules and of the template.
    pub terms: Terms,
    /// Rules that are on even where what these settings are put over has them off.
    pub selected: Vec<&'static Rule>,
    pub(super) include: Option<Globs>,
    pub(super) exclude: Option<Globs>,
    /// Families that are set, in order.
    pub(super) families: Vec<FamilySettings>,
    /// Where each setting is in the file, by its full name; for a section, where its name is.
    pub(super) places: BTreeMap<String, Span>,
}

/// What is set of one family.
#[derive(Clone, Debug, Default)]
pub struct FamilySettings {
    /// What people call it.
    pub name: Option<String>,
    pub(super) template: Option<String>,
    pub(super) documents: Option<Globs>,
    pub(super) exclude: Option<Globs>,
    pub(super) terms: Terms,
    /// What its template's path is relative to; the workspace folder, if there is none.
    pub(super) folder: Option<PathBuf>,
    /// All settings for its documents.
    pub(super) whole: Arc<Settings>,
}

impl Settings {
    /// These, and what they leave out as in `below`.
    pub(in crate::workspace) fn over(&self, below: &Settings) -> Settings {
        let mut below_terms = below.terms.clone();
        for rule in &self.selected {
            let level = below_terms.severities.0.entry(rule.id);
            level.and_modify(|level| *level = level.or(Some(rule.severity)));
        }
        let settings = Settings {
            template: self.template.clone().or_else(|| below.template.clone()),
            terms: self.terms.over(&below_terms),
            selected: self.selected.clone(),
            include: self.include.clone().or_else(|| below.include.clone()),
            exclude: self.exclude.clone().or_else(|| below.exclude.clone()),
            families: self.families.iter().chain(&below.families).cloned().collect(),
            places: BTreeMap::new(),
        };
        settings.with_families()
    }

    /// The same, with all settings for the documents of each family that is set.
    pub(in crate::workspace) fn with_families(self) -> Settings {
        let whole = |family: &FamilySettings| {
            Arc::new(Settings { terms: family.terms.over(&self.terms), families: Vec::new(), ..self.clone() })
        };
        let families =
            self.families.iter().map(|family| FamilySettings { whole: whole(family), ..family.clone() }).collect();
        Settings { families, ..self }
    }

    /// The first family that is set for the document called `name`, and its place.
    pub(in crate::workspace) fn family_of(&self, name: &Path, roots: &[PathBuf]) -> Option<(usize, &FamilySettings)> {
        let has = |globs: &Option<Globs>| globs.as_ref().is_some_and(|globs| globs.matches(name, roots));
        self.families.iter().enumerate().find(|(_, family)| has(&family.documents) && !has(&family.exclude))
    }

    /// The families that are set.
    pub(in crate::workspace) fn families(&self) -> &[FamilySettings] {
        &self.families
    }

    /// What has no effect, as none of `files` is meant by it.
    pub(in crate::workspace) fn idle<'a, I>(&self, files: impl Fn() -> I, roots: &[PathBuf]) -> Vec<Problem>
    where
        I: Iterator<Item = &'a PathBuf>,
    {
        let own =
            [&self.include, &self.exclude].into_iter().chain(self.families.iter().map(|family| &family.documents));
        let mut problems = Vec::new();
        for globs in own.flatten() {
            for (name, pattern, matcher) in &globs.patterns {
                let is_meant =
                    |file: &'a PathBuf| globs.relative(file, roots).is_some_and(|file| matcher.is_match(file));
                if !files().any(is_meant) {
                    let message = format!("no file matches \"{pattern}\"; correct the path or take it out");
                    problems.push(Problem { is_idle: true, ..self.problem(name, message) });
                }
            }
        }
        problems
    }

    /// Whether all goes by the template's letter, whatever other documents do.
    pub(in crate::workspace) fn is_strict(&self) -> bool {
        self.terms.strict.unwrap_or_default()
    }

    /// From where on what other documents do says something.
    pub(in crate::workspace) fn evidence(&self) -> Evidence {
        let (set, default) = (self.terms.evidence, Evidence::default());
        Evidence {
            documents: set.documents.unwrap_or(default.documents),
            information: set.information.unwrap_or(default.information),
            hint: set.hint.unwrap_or(default.hint),
            kept: set.kept.unwrap_or(default.kept),
        }
    }

    /// Whether the document called `name` is a proposal because the settings say so.
    pub(in crate::workspace) fn includes(&self, name: &Path, roots: &[PathBuf]) -> bool {
        self.include.as_ref().is_some_and(|globs| globs.matches(name, roots))
    }

    /// Whether the document called `name` is no proposal because the settings say so.
    pub(in crate::workspace) fn excludes(&self, name: &Path, roots: &[PathBuf]) -> bool {
        self.exclude.as_ref().is_some_and(|globs| globs.matches(name, roots))
    }

    /// The families that would have the document called `name`, did they not leave it out; with their places.
    pub(in crate::workspace) fn families_without<'a>(
        &'a self,
        name: &'a Path,
        roots: &'a [PathBuf],
    ) -> impl Iterator<Item = (usize, &'a FamilySettings)> {
        let has = move |globs: &Option<Globs>| globs.as_ref().is_some_and(|globs| globs.matches(name, roots));
        self.families.iter().enumerate().filter(move |(_, family)| has(&family.documents) && has(&family.exclude))
    }

    /// A problem with `setting`, at its place.
    pub(in crate::workspace) fn problem(&self, setting: &str, message: impl Into<String>) -> Problem {
        let span = self.places.get(setting).copied();
        Problem { setting: setting.to_owned(), message: message.into(), span, is_idle: false }
    }
}

impl FamilySettings {
    /// All settings for its documents.
    pub(in crate::workspace) fn settings(&self) -> &Arc<Settings> {
        &self.whole
    }

    /// Its template's path as it is written, and what that is relative to; the workspace folder, if there is none.
    pub(in crate::workspace) fn template(&self) -> Option<(&str, Option<&Path>)> {
        Some((self.template.as_deref()?, self.folder.as_deref()))
    }
}

#[cfg(test)]
mod tests;
