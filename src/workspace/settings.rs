//! Settings, as an editor sends them or a file has them, of which whatever is wrong is named and the default holds.

mod read;
pub(super) mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::GlobSet;

use super::files;
use super::value::Value;
use crate::rules::{Rule, Severities};
use crate::template::Overrides;
use crate::text::Span;

/// What a user or a team can set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The template's path, relative to the file's folder or to a workspace folder.
    pub template: Option<String>,
    /// The severities of rules.
    pub severities: Severities,
    /// Rules that are on even where what these settings are put over has them off.
    pub selected: Vec<&'static Rule>,
    /// What they say of the template.
    pub overrides: Overrides,
    include: Option<Globs>,
    exclude: Option<Globs>,
    /// Where each setting is in the file, by its full name; for a section, where its name is.
    places: BTreeMap<String, Span>,
}

/// Patterns of paths.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    /// What paths are relative to; the workspace folder that has them, if there is none.
    folder: Option<PathBuf>,
    set: GlobSet,
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
}

/// What a [`Problem`] is called where a rule's id stands.
pub const INVALID_SETTING: &str = "invalid-setting";

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
            Some(fault) => {
                (settings, vec![Problem { setting: String::new(), message: fault.message, span: Some(fault.span) }])
            }
            None => (settings, problems),
        }
    }

    /// These, and what they leave out as in `below`.
    pub(super) fn over(&self, below: &Settings) -> Settings {
        let mut severities = below.severities.clone();
        for rule in &self.selected {
            severities.0.entry(rule.id).and_modify(|level| *level = level.or(Some(rule.severity)));
        }
        severities.0.extend(&self.severities.0);
        Settings {
            template: self.template.clone().or_else(|| below.template.clone()),
            severities,
            selected: self.selected.clone(),
            overrides: self.overrides.over(&below.overrides),
            include: self.include.clone().or_else(|| below.include.clone()),
            exclude: self.exclude.clone().or_else(|| below.exclude.clone()),
            places: BTreeMap::new(),
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

    /// A problem with `setting`, at its place.
    pub(super) fn problem(&self, setting: &str, message: impl Into<String>) -> Problem {
        let span = self.places.get(setting).copied();
        Problem { setting: setting.to_owned(), message: message.into(), span }
    }
}

impl Globs {
    fn matches(&self, name: &Path, roots: &[PathBuf]) -> bool {
        let folder = self.folder.as_deref().or_else(|| files::root_of(name, roots));
        match folder.and_then(|folder| name.strip_prefix(folder).ok()) {
            Some(relative) => self.set.is_match(relative),
            None => name.file_name().is_some_and(|file| self.set.is_match(Path::new(file))),
        }
    }
}

#[cfg(test)]
mod tests;
