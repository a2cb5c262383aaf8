//! Settings, as an editor sends them or a file has them, of which whatever is wrong is named and the default holds.

mod read;
pub(super) mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobMatcher, GlobSet};

use super::files;
use super::value::Value;
use crate::document::Evidence;
use crate::rules::{Rule, Severities};
use crate::template::Overrides;
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
    include: Option<Globs>,
    exclude: Option<Globs>,
    /// Families that are set, in order.
    families: Vec<FamilySettings>,
    /// Where each setting is in the file, by its full name; for a section, where its name is.
    places: BTreeMap<String, Span>,
}

/// What can be set for all proposals, and for those of one family.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The severities of rules.
    pub severities: Severities,
    /// What is said of the template.
    pub overrides: Overrides,
    /// Whether all goes by the template's letter, whatever other documents do.
    strict: Option<bool>,
    /// See [`Evidence`].
    evidence: EvidenceTerms,
}

/// What is set of [`Evidence`].
#[derive(Clone, Copy, Debug, Default)]
struct EvidenceTerms {
    documents: Option<usize>,
    information: Option<usize>,
    hint: Option<usize>,
    kept: Option<usize>,
}

/// What is set of one family.
#[derive(Clone, Debug, Default)]
pub struct FamilySettings {
    /// What people call it.
    pub name: Option<String>,
    template: Option<String>,
    documents: Option<Globs>,
    exclude: Option<Globs>,
    terms: Terms,
    /// What its template's path is relative to; the workspace folder, if there is none.
    folder: Option<PathBuf>,
    /// All settings for its documents.
    whole: Arc<Settings>,
}

/// Patterns of paths.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    /// What paths are relative to; the workspace folder that has them, if there is none.
    folder: Option<PathBuf>,
    set: GlobSet,
    /// Each with its full name.
    patterns: Vec<(String, String, GlobMatcher)>,
}

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The setting's full name; empty where the file itself cannot be read.
    pub setting: String,
    /// What is wrong and what to do.
    pub message: String,
    /// Where it is, if it comes from a file.
    pub span: Option<Span>,
    /// Whether it only has no effect: what is set is what was meant.
    pub is_idle: bool,
}

impl Problem {
    /// The message for a reader who sees the file, on one line whatever names and values the file has.
    pub fn in_file(&self) -> String {
        let message = match self.setting.as_str() {
            "" | "*" => self.message.clone(),
            setting => format!("{setting}: {}", self.message),
        };
        message.replace(char::is_control, " ")
    }
}

impl std::fmt::Display for Problem {
    /// For a user who sees no file.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "setting \"vip-lsp.{}\": {}", self.setting, self.message)
    }
}

/// Settings of the editors' extensions, which are not for the server.
const OF_EXTENSIONS: [&str; 2] = ["server", "trace"];

impl Settings {
    /// Reads the settings object `value` of an editor; `null` is an empty one.
    pub fn of_json(value: &serde_json::Value) -> (Settings, Vec<Problem>) {
        let mut value = value.clone();
        if let Some(entries) = value.as_object_mut() {
            entries.retain(|name, _| !OF_EXTENSIONS.contains(&name.as_str()));
        }
        if value.is_null() {
            return (Settings::default(), Vec::new());
        }
        read::read(&Value::of_json(&value), None)
    }

    /// Reads the settings file `content`, which lies in `folder`. Of a file that is no valid TOML, the place where it stops
    /// being so is the one problem, and the entries that are whole hold.
    pub fn of_toml(content: &str, folder: &Path) -> (Settings, Vec<Problem>) {
        let (value, fault) = Value::of_toml(content);
        let (settings, problems) = read::read(&value, Some(folder));
        match fault {
            Some(fault) => (
                settings,
                vec![Problem {
                    setting: String::new(),
                    message: fault.message,
                    span: Some(fault.span),
                    is_idle: false,
                }],
            ),
            None => (settings, problems),
        }
    }

    /// These, and what they leave out as in `below`.
    pub(super) fn over(&self, below: &Settings) -> Settings {
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
    pub(super) fn with_families(self) -> Settings {
        let whole = |family: &FamilySettings| {
            Arc::new(Settings { terms: family.terms.over(&self.terms), families: Vec::new(), ..self.clone() })
        };
        let families =
            self.families.iter().map(|family| FamilySettings { whole: whole(family), ..family.clone() }).collect();
        Settings { families, ..self }
    }

    /// The first family that is set for the document called `name`, and its place.
    pub(super) fn family_of(&self, name: &Path, roots: &[PathBuf]) -> Option<(usize, &FamilySettings)> {
        let has = |globs: &Option<Globs>| globs.as_ref().is_some_and(|globs| globs.matches(name, roots));
        self.families.iter().enumerate().find(|(_, family)| has(&family.documents) && !has(&family.exclude))
    }

    /// The families that are set.
    pub(super) fn families(&self) -> &[FamilySettings] {
        &self.families
    }

    /// What has no effect, as none of `files` is meant by it.
    pub(super) fn idle<'a, I>(&self, files: impl Fn() -> I, roots: &[PathBuf]) -> Vec<Problem>
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
    pub(super) fn is_strict(&self) -> bool {
        self.terms.strict.unwrap_or_default()
    }

    /// From where on what other documents do says something.
    pub(super) fn evidence(&self) -> Evidence {
        let (set, default) = (self.terms.evidence, Evidence::default());
        Evidence {
            documents: set.documents.unwrap_or(default.documents),
            information: set.information.unwrap_or(default.information),
            hint: set.hint.unwrap_or(default.hint),
            kept: set.kept.unwrap_or(default.kept),
        }
    }

    /// Whether the document called `name` is a proposal because the settings say so.
    pub(super) fn includes(&self, name: &Path, roots: &[PathBuf]) -> bool {
        self.include.as_ref().is_some_and(|globs| globs.matches(name, roots))
    }

    /// Whether the document called `name` is no proposal because the settings say so.
    pub(super) fn excludes(&self, name: &Path, roots: &[PathBuf]) -> bool {
        self.exclude.as_ref().is_some_and(|globs| globs.matches(name, roots))
    }

    /// The families that would have the document called `name`, did they not leave it out; with their places.
    pub(super) fn families_without<'a>(
        &'a self,
        name: &'a Path,
        roots: &'a [PathBuf],
    ) -> impl Iterator<Item = (usize, &'a FamilySettings)> {
        let has = move |globs: &Option<Globs>| globs.as_ref().is_some_and(|globs| globs.matches(name, roots));
        self.families.iter().enumerate().filter(move |(_, family)| has(&family.documents) && has(&family.exclude))
    }

    /// A problem with `setting`, at its place.
    pub(super) fn problem(&self, setting: &str, message: impl Into<String>) -> Problem {
        let span = self.places.get(setting).copied();
        Problem { setting: setting.to_owned(), message: message.into(), span, is_idle: false }
    }
}

impl Terms {
    /// These, and what they leave out as in `below`.
    fn over(&self, below: &Terms) -> Terms {
        let mut severities = below.severities.clone();
        severities.0.extend(&self.severities.0);
        Terms {
            severities,
            overrides: self.overrides.over(&below.overrides),
            strict: self.strict.or(below.strict),
            evidence: self.evidence.over(below.evidence),
        }
    }
}

impl EvidenceTerms {
    /// These, and what they leave out as in `below`.
    fn over(self, below: EvidenceTerms) -> EvidenceTerms {
        EvidenceTerms {
            documents: self.documents.or(below.documents),
            information: self.information.or(below.information),
            hint: self.hint.or(below.hint),
            kept: self.kept.or(below.kept),
        }
    }
}

impl FamilySettings {
    /// All settings for its documents.
    pub(super) fn settings(&self) -> &Arc<Settings> {
        &self.whole
    }

    /// Its template's path as it is written, and what that is relative to; the workspace folder, if there is none.
    pub(super) fn template(&self) -> Option<(&str, Option<&Path>)> {
        Some((self.template.as_deref()?, self.folder.as_deref()))
    }
}

impl Globs {
    fn matches(&self, name: &Path, roots: &[PathBuf]) -> bool {
        match self.relative(name, roots) {
            Some(relative) => self.set.is_match(relative),
            None => name.file_name().is_some_and(|file| self.set.is_match(Path::new(file))),
        }
    }

    /// `name` from the folder that the patterns count from, if it is below that.
    fn relative<'a>(&self, name: &'a Path, roots: &[PathBuf]) -> Option<&'a Path> {
        let folder = self.folder.as_deref().or_else(|| files::root_of(name, roots));
        folder.and_then(|folder| name.strip_prefix(folder).ok())
    }
}

#[cfg(test)]
mod tests;
