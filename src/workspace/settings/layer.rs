//! Settings from an editor or a file. An invalid setting is reported, and its default applies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::globs::Globs;
use super::problem::Problem;
use super::terms::Terms;
use crate::document::Evidence;
use crate::rules::Rule;
use crate::text::Span;

/// What a user or a team can configure.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The path of the template, relative to the file's folder or to a workspace folder.
    pub template: Option<String>,
    /// The preset or the file on which a file of settings builds.
    pub extends: Option<String>,
    /// The settings of rules and of the template.
    pub terms: Terms,
    /// Rules that are on even if the settings below switch them off.
    pub selected: Vec<&'static Rule>,
    /// Whether saving a proposal in an editor updates its rows on index pages.
    pub(super) index_on_save: Option<bool>,
    pub(super) include: Option<Globs>,
    pub(super) exclude: Option<Globs>,
    /// The configured families, in order.
    pub(super) families: Vec<FamilySettings>,
    /// For each setting by its full name: its place in the file; for a section, the place of its name.
    pub(super) places: BTreeMap<String, Span>,
}

/// The settings of one family.
#[derive(Clone, Debug, Default)]
pub struct FamilySettings {
    /// The name of the family.
    pub name: Option<String>,
    pub(super) template: Option<String>,
    /// The preset or the file on which its settings build.
    pub(super) extends: Option<String>,
    pub(super) documents: Option<Globs>,
    pub(super) exclude: Option<Globs>,
    pub(super) terms: Terms,
    /// The folder that its template's path is relative to; `None` for the workspace folder.
    pub(super) folder: Option<PathBuf>,
    /// All settings that apply to its documents.
    pub(super) whole: Arc<Settings>,
}

impl Settings {
    /// Returns these settings, with those they leave out taken from `below`.
    pub(in crate::workspace) fn over(&self, below: &Settings) -> Settings {
        let mut below_terms = below.terms.clone();
        for rule in &self.selected {
            let level = below_terms.severities.0.entry(rule.id);
            level.and_modify(|level| *level = level.or(Some(rule.severity)));
        }
        let settings = Settings {
            template: self.template.clone().or_else(|| below.template.clone()),
            extends: self.extends.clone().or_else(|| below.extends.clone()),
            terms: self.terms.over(&below_terms),
            selected: self.selected.clone(),
            index_on_save: self.index_on_save.or(below.index_on_save),
            include: self.include.clone().or_else(|| below.include.clone()),
            exclude: self.exclude.clone().or_else(|| below.exclude.clone()),
            families: self.families.iter().chain(&below.families).cloned().collect(),
            places: BTreeMap::new(),
        };
        settings.with_families()
    }

    /// Returns these settings, with the complete settings for the documents of each configured family.
    pub(in crate::workspace) fn with_families(self) -> Settings {
        let whole = |family: &FamilySettings| {
            Arc::new(Settings { terms: family.terms.over(&self.terms), families: Vec::new(), ..self.clone() })
        };
        let families =
            self.families.iter().map(|family| FamilySettings { whole: whole(family), ..family.clone() }).collect();
        Settings { families, ..self }
    }

    /// Returns the first configured family for the document with the path `name`, and its index.
    pub(in crate::workspace) fn family_of(&self, name: &Path, roots: &[PathBuf]) -> Option<(usize, &FamilySettings)> {
        let has = |globs: &Option<Globs>| globs.as_ref().is_some_and(|globs| globs.matches(name, roots));
        self.families.iter().enumerate().find(|(_, family)| has(&family.documents) && !has(&family.exclude))
    }

    /// Returns the configured families.
    pub(in crate::workspace) fn families(&self) -> &[FamilySettings] {
        &self.families
    }

    /// Returns a problem for each pattern that matches none of `files`.
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
                    let message = format!("no file matches \"{pattern}\"; correct the path or remove it");
                    problems.push(Problem { is_idle: true, ..self.problem(name, message) });
                }
            }
        }
        problems
    }

    /// Whether the template is taken literally, whatever other documents do.
    pub(in crate::workspace) fn is_strict(&self) -> bool {
        self.terms.strict.unwrap_or_default()
    }

    /// Whether documents follow the template as it is now, rather than as it was when they came in.
    pub(in crate::workspace) fn is_by_current_template(&self) -> bool {
        self.is_strict() || self.terms.is_current.unwrap_or_default()
    }

    /// Whether saving a proposal in an editor updates its rows on index pages.
    pub(in crate::workspace) fn updates_index_on_save(&self) -> bool {
        self.index_on_save.unwrap_or_default()
    }

    /// Returns the thresholds at which the practice of other documents counts.
    pub(in crate::workspace) fn evidence(&self) -> Evidence {
        let (set, default) = (self.terms.evidence, Evidence::default());
        Evidence {
            documents: set.documents.unwrap_or(default.documents),
            information: set.information.unwrap_or(default.information),
            hint: set.hint.unwrap_or(default.hint),
            kept: set.kept.unwrap_or(default.kept),
        }
    }

    /// Whether the settings include the document with the path `name` as a proposal.
    pub(in crate::workspace) fn includes(&self, name: &Path, roots: &[PathBuf]) -> bool {
        self.include.as_ref().is_some_and(|globs| globs.matches(name, roots))
    }

    /// Whether the settings exclude the document with the path `name` from the proposals.
    pub(in crate::workspace) fn excludes(&self, name: &Path, roots: &[PathBuf]) -> bool {
        self.exclude.as_ref().is_some_and(|globs| globs.matches(name, roots))
    }

    /// Returns the families, with their indices, that would have the document with the path `name` if they did not exclude it.
    pub(in crate::workspace) fn families_without<'a>(
        &'a self,
        name: &'a Path,
        roots: &'a [PathBuf],
    ) -> impl Iterator<Item = (usize, &'a FamilySettings)> {
        let has = move |globs: &Option<Globs>| globs.as_ref().is_some_and(|globs| globs.matches(name, roots));
        self.families.iter().enumerate().filter(move |(_, family)| has(&family.documents) && has(&family.exclude))
    }

    /// Returns a problem with `setting`, at its place.
    pub(in crate::workspace) fn problem(&self, setting: &str, message: impl Into<String>) -> Problem {
        let span = self.places.get(setting).copied();
        Problem { setting: setting.to_owned(), message: message.into(), span, is_idle: false }
    }
}

impl FamilySettings {
    /// Returns all settings that apply to its documents.
    pub(in crate::workspace) fn settings(&self) -> &Arc<Settings> {
        &self.whole
    }

    /// Returns its template's path as written, and the folder that this is relative to, `None` for the workspace folder.
    pub(in crate::workspace) fn template(&self) -> Option<(&str, Option<&Path>)> {
        Some((self.template.as_deref()?, self.folder.as_deref()))
    }
}

#[cfg(test)]
mod tests;
