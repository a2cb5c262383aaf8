//! Configuration files: finding the one nearest to a document, reading it, and caching it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::layer::Settings;
use super::problem::Problem;
use crate::document::Document;
use crate::text::{Offset, Span, Text};
use crate::workspace::cache::Cache;
use crate::workspace::files::{self, FILE_NAMES, Roots};

/// A configuration file.
#[derive(Debug)]
pub struct Config {
    /// Where it is.
    pub path: PathBuf,
    /// Its text; empty if it cannot be read.
    pub text: Text,
    /// The settings in the file.
    pub(in crate::workspace) own: Settings,
    /// The editor's settings, and the file's for what those leave out.
    pub(in crate::workspace) settings: Arc<Settings>,
    /// The template that it names, if that exists.
    pub(in crate::workspace) template: Option<PathBuf>,
    /// The templates that it names for its families, in order.
    pub(in crate::workspace) templates: Vec<Option<PathBuf>>,
    /// Its problems that do not depend on the template.
    pub(in crate::workspace) problems: Vec<Problem>,
}

/// What is needed to find and read a configuration file.
pub(in crate::workspace) struct Lookup<'a> {
    pub(in crate::workspace) roots: &'a Roots,
    /// The editor's settings.
    pub(in crate::workspace) settings: &'a Settings,
    /// Returns the open document for a path; its text takes precedence over the file.
    pub(in crate::workspace) open: &'a dyn Fn(&Path) -> Option<Arc<Document>>,
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

impl Lookup<'_> {
    /// Whether there is a file at `path`, in the editor or within the workspace.
    fn has(&self, path: &Path) -> bool {
        (self.open)(path).is_some() || files::look(path, self.roots) == files::Found::File
    }

    /// Returns the text of the file at `path`.
    fn content(&self, path: &Path) -> std::io::Result<String> {
        match (self.open)(path) {
            Some(document) if document.is_too_large() => Err(std::io::Error::other("it is too large")),
            Some(document) => Ok(document.text().to_string()),
            None => files::read(path, self.roots),
        }
    }

    /// Returns the file that the path `template` in a file of `folder` names, or what is wrong with the path.
    fn template(&self, template: &str, folder: &Path) -> Result<PathBuf, &'static str> {
        let own = self.roots.with(vec![folder.to_owned()]);
        let roots = if self.roots.is_empty() { &own } else { self.roots };
        let path = files::normalize(&folder.join(template));
        match files::root_of(&path, roots).map_or(files::Found::Outside, |_| files::look(&path, roots)) {
            files::Found::Outside => Err("points outside the workspace; name a file in it"),
            files::Found::File => Ok(path),
            _ => Err("there is no such file; give its path relative to this file's folder"),
        }
    }
}

impl Config {
    fn read(path: &Path, lookup: &Lookup<'_>) -> Config {
        let folder = path.parent().unwrap_or(path);
        let (content, fault) = match lookup.content(path) {
            Ok(content) => (content, None),
            Err(error) => (String::new(), Some(unreadable(&error))),
        };
        let (own, mut problems) = Settings::of_toml(&content, folder);
        problems.extend(fault);
        let template = own.template.as_ref().map(|template| lookup.template(template, folder)).transpose();
        let template = template.unwrap_or_else(|message| {
            problems.push(own.problem("template", message));
            None
        });
        let mut templates = Vec::new();
        for (index, family) in own.families().iter().enumerate() {
            let found = family.template().map(|(template, _)| lookup.template(template, folder)).transpose();
            templates.push(found.unwrap_or_else(|message| {
                problems.push(own.problem(&format!("family[{index}].template"), message));
                None
            }));
        }
        let settings = Arc::new(lookup.settings.over(&own));
        Config { path: path.to_owned(), text: Text::new(&content), own, settings, template, templates, problems }
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    let message = format!("cannot be read: {error}");
    Problem { setting: String::new(), message, span: Some(Span::empty(Offset::ZERO)), is_idle: false }
}
