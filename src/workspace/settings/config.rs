//! Configuration files: finding the one nearest to a document, reading it, and caching it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::layer::Settings;
use super::lookup::Lookup;
use super::presets::extended;
use super::problem::Problem;
use crate::text::{Offset, Span, Text};
use crate::workspace::cache::Cache;
use crate::workspace::files::{self, FILE_NAMES};

/// A configuration file.
#[derive(Debug)]
pub struct Config {
    /// Where it is.
    pub path: PathBuf,
    /// Its text; empty if it cannot be read.
    pub text: Text,
    /// The settings in the file.
    pub(in crate::workspace) own: Settings,
    /// The settings that it builds on.
    pub(in crate::workspace) base: Settings,
    /// The editor's settings, and the file's for what those leave out.
    pub(in crate::workspace) settings: Arc<Settings>,
    /// The template that it names, if that exists.
    pub(in crate::workspace) template: Option<PathBuf>,
    /// The templates that it names for its families, in order.
    pub(in crate::workspace) templates: Vec<Option<PathBuf>>,
    /// Its problems that do not depend on the template.
    pub(in crate::workspace) problems: Vec<Problem>,
}

/// The configuration files in use, cached until [`Configs::forget`].
#[derive(Debug, Default)]
pub(in crate::workspace) struct Configs {
    /// For each folder: the configuration file for the documents in it.
    folders: Cache<PathBuf, Option<Arc<Config>>>,
    files: Cache<PathBuf, Arc<Config>>,
}

impl Configs {
    /// Returns the configuration file in `folder` or the nearest one above it, up to the workspace's root.
    pub(in crate::workspace) fn of(&self, folder: &Path, lookup: &Lookup<'_>) -> Option<Arc<Config>> {
        self.folders.get_or(folder, || {
            let root = files::root_of(folder, lookup.roots).unwrap_or(folder);
            let folders = folder.ancestors().take_while(|ancestor| ancestor.starts_with(root));
            let mut paths = folders.flat_map(|folder| FILE_NAMES.map(|name| folder.join(name)));
            paths.find(|path| lookup.has(path)).map(|path| self.at(&path, lookup))
        })
    }

    /// Returns the configuration file at `path`, whether it exists or not. If several threads ask at once, all get the same one,
    /// so that a template is adapted only once for the file's settings.
    pub(in crate::workspace) fn at(&self, path: &Path, lookup: &Lookup<'_>) -> Arc<Config> {
        self.files.get_or(path, || Arc::new(Config::read(path, lookup)))
    }

    /// Forgets everything, so that it is read again when it is needed.
    pub(in crate::workspace) fn forget(&self) {
        // The files first, because those of folders are taken from them.
        self.files.forget();
        self.folders.forget();
    }
}

impl Config {
    /// Whether the file builds on a preset or another file.
    pub fn builds_on_another(&self) -> bool {
        self.own.extends.is_some()
    }

    fn read(path: &Path, lookup: &Lookup<'_>) -> Config {
        let folder = path.parent().unwrap_or(path);
        let (content, fault) = match lookup.content(path) {
            Ok(content) => (content, None),
            Err(error) => (String::new(), Some(unreadable(&error))),
        };
        let (mut own, mut problems) = Settings::of_toml(&content, folder);
        problems.extend(fault);
        problems.extend(build_families(&mut own, folder, lookup));
        let template = own.template.as_ref().map(|template| lookup.file(template, folder)).transpose();
        let template = template.unwrap_or_else(|message| {
            problems.push(own.problem("template", message));
            None
        });
        let base = own.extends.as_ref().map(|extends| extended(extends, folder, lookup)).transpose();
        let base = base.unwrap_or_else(|message| {
            problems.push(own.problem("extends", message));
            None
        });
        let mut base = base.unwrap_or_default();
        let of_families = build_families(&mut base.settings, folder, lookup);
        problems.extend(of_families.iter().map(|problem| own.problem("extends", problem.in_file())));
        problems.extend(base.faults.iter().map(|fault| own.problem("extends", fault)));
        let template = if own.template.is_some() { template } else { base.template };
        let whole = if own.extends.is_some() { own.over(&base.settings) } else { own.clone() };
        let mut templates = Vec::new();
        for (index, family) in whole.families().iter().enumerate() {
            let found =
                family.template().map(|(template, own)| lookup.file(template, own.unwrap_or(folder))).transpose();
            templates.push(found.unwrap_or_else(|message| {
                // The families of the file that this one builds on come last, and their faults are known.
                let is_own = index < own.families().len();
                problems.extend(is_own.then(|| own.problem(&format!("family[{index}].template"), message)));
                None
            }));
        }
        let settings = Arc::new(lookup.settings.over(&whole));
        let (path, text, base) = (path.to_owned(), Text::new(&content), base.settings);
        Config { path, text, own, base, settings, template, templates, problems }
    }
}

/// Builds the families of `own`, each from a file in its folder, or else in `folder`, on what they extend. Returns a problem for each
/// that cannot be built.
fn build_families(own: &mut Settings, folder: &Path, lookup: &Lookup<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let places = own.places.clone();
    for (index, family) in own.families.iter_mut().enumerate() {
        let from = family.folder.as_deref().unwrap_or(folder);
        let faults = match family.extends.as_ref().map(|extends| extended(extends, from, lookup)) {
            Some(Ok(base)) => {
                family.terms = family.terms.over(&base.settings.terms);
                base.faults
            }
            Some(Err(message)) => vec![message],
            None => Vec::new(),
        };
        let setting = format!("family[{index}].extends");
        let span = places.get(&setting).copied();
        let problem = |message| Problem { setting: setting.clone(), message, span, is_idle: false };
        problems.extend(faults.into_iter().map(problem));
    }
    if !own.families.is_empty() {
        *own = std::mem::take(own).with_families();
    }
    problems
}

fn unreadable(error: &std::io::Error) -> Problem {
    let message = format!("cannot be read: {error}");
    Problem { setting: String::new(), message, span: Some(Span::empty(Offset::ZERO)), is_idle: false }
}
