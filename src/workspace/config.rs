//! Configuration files: the one nearest to a document, read, and kept until something changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cache::Cache;
use super::discovery::Sketches;
use super::{Problem, Settings, Snapshot, files};
use crate::document::Document;
use crate::template::{Excess, MetadataKey, STATUS, Template};
use crate::text::{Offset, Span, Text};

/// The names of a configuration file; of two in one folder the first counts.
pub const FILE_NAMES: [&str; 2] = ["vip-lsp.toml", ".vip-lsp.toml"];

/// A configuration file.
#[derive(Debug)]
pub struct Config {
    /// Where it is.
    pub path: PathBuf,
    /// What it says; empty if it cannot be read.
    pub text: Text,
    /// What it sets.
    own: Settings,
    /// The editor's settings over its own.
    pub(super) settings: Arc<Settings>,
    /// The template that it names, if that is there.
    pub(super) template: Option<PathBuf>,
    /// Those that it names for its families, in their order.
    pub(super) templates: Vec<Option<PathBuf>>,
    /// What is wrong with it, whatever the template.
    problems: Vec<Problem>,
}

/// What a configuration file is looked for and read with.
pub(super) struct Lookup<'a> {
    pub(super) roots: &'a [PathBuf],
    /// The editor's settings.
    pub(super) settings: &'a Settings,
    /// The document that an editor has open for a path, whose text wins over the file.
    pub(super) open: &'a dyn Fn(&Path) -> Option<Arc<Document>>,
}

/// The configuration files in use. What was found is kept until [`Configs::forget`].
#[derive(Debug, Default)]
pub(super) struct Configs {
    /// By folder: the file that is for the documents in it.
    folders: Cache<PathBuf, Option<Arc<Config>>>,
    files: Cache<PathBuf, Arc<Config>>,
}

impl Configs {
    /// The file in `folder` or the nearest one above it, up to the workspace's root.
    pub(super) fn of(&self, folder: &Path, lookup: &Lookup<'_>) -> Option<Arc<Config>> {
        self.folders.get_or(folder, || {
            let root = files::root_of(folder, lookup.roots).unwrap_or(folder);
            let folders = folder.ancestors().take_while(|ancestor| ancestor.starts_with(root));
            let mut paths = folders.flat_map(|folder| FILE_NAMES.map(|name| folder.join(name)));
            paths.find(|path| lookup.has(path)).map(|path| self.at(&path, lookup))
        })
    }

    /// The file at `path`, be it there or not. Of all that ask at once, one's reading counts: a template is adapted once for a
    /// file's settings.
    pub(super) fn at(&self, path: &Path, lookup: &Lookup<'_>) -> Arc<Config> {
        self.files.get_or(path, || Arc::new(Config::read(path, lookup)))
    }

    /// Reads everything again when it is needed next.
    pub(super) fn forget(&self) {
        // The files first: a folder's is taken from them.
        self.files.forget();
        self.folders.forget();
    }
}

impl Lookup<'_> {
    /// Whether there is a file at `path`, in the editor or in the workspace itself.
    fn has(&self, path: &Path) -> bool {
        (self.open)(path).is_some() || files::look(path, self.roots) == files::Found::File
    }

    /// What the file at `path` says.
    fn content(&self, path: &Path) -> std::io::Result<String> {
        match (self.open)(path) {
            Some(document) if document.is_too_large() => Err(std::io::Error::other("it is too large")),
            Some(document) => Ok(document.text().to_string()),
            None => files::read(path, self.roots),
        }
    }

    /// The file that the path `template` in a file of `folder` names; else what is wrong with it.
    fn template(&self, template: &str, folder: &Path) -> Result<PathBuf, &'static str> {
        let own = [folder.to_owned()];
        let roots = if self.roots.is_empty() { &own } else { self.roots };
        let path = files::normalize(&folder.join(template));
        match files::root_of(&path, roots).map_or(files::Found::Outside, |_| files::look(&path, roots)) {
            files::Found::Outside => Err("leads outside the workspace; name a file within it"),
            files::Found::File => Ok(path),
            _ => Err("there is no such file; name one by its path from this file's folder"),
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

    /// What is wrong with it, in the order of the places. `templates` are those of the proposals that it is for: what it
    /// says of a section must fit one of them.
    fn problems(&self, templates: &[Arc<Template>], files: &Files) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        if let Some(known) = &files.known {
            problems.extend(self.own.idle(|| known.keys(), &files.roots));
        }
        // Several threads may have come upon them.
        if let Some(first) = templates.iter().min_by_key(|template| &template.source) {
            let mut sections = self.own.terms.overrides.sections.values().map(|section| section.name.as_str());
            let is_unknown = |name: &&str| templates.iter().all(|template| template.section_called(name).is_none());
            let unknown = sections.by_ref().filter(is_unknown);
            problems.extend(unknown.map(|name| self.own.problem(&format!("sections.{name}"), no_section(name, first))));
            let has_status = templates.iter().any(|template| template.metadata.iter().any(MetadataKey::is_status));
            if self.own.terms.overrides.status.is_some() && !has_status {
                let message = format!("there is no metadata key \"{STATUS}\" in the template; add it there");
                problems.push(self.own.problem("status", message));
            }
        }
        // What only matches nothing says the least.
        problems.sort_by_key(|problem| (problem.is_idle, problem.span));
        let more = problems.len().saturating_sub(MAX_PROBLEMS);
        problems.truncate(MAX_PROBLEMS);
        problems.sort_by_key(|problem| problem.span);
        let rest = problems
            .last()
            .filter(|_| more > 0)
            .map(|last| Problem { message: format!("and {more} more problems in this file"), ..last.clone() });
        problems.extend(rest);
        problems
    }
}

/// How many problems of a file are named.
const MAX_PROBLEMS: usize = 100;

fn unreadable(error: &std::io::Error) -> Problem {
    let message = format!("cannot be read: {error}");
    Problem { setting: String::new(), message, span: Some(Span::empty(Offset::ZERO)), is_idle: false }
}

fn no_section(name: &str, template: &Template) -> String {
    let names: Vec<_> = template.sections.iter().map(|section| format!("\"{}\"", section.name)).collect();
    match names.is_empty() {
        true => format!("there is no section \"{name}\" in the template; it has none at all"),
        false => format!("there is no section \"{name}\" in the template; it has {}", names.join(", ")),
    }
}

/// Configuration files, each with the templates of the proposals that it is for, and the templates that have too much.
#[derive(Debug, Default)]
pub struct ConfigsInUse {
    configs: BTreeMap<PathBuf, (Arc<Config>, Vec<Arc<Template>>)>,
    templates: BTreeMap<PathBuf, Arc<Template>>,
    files: Files,
}

/// A configuration file or template, and what is wrong with it.
#[derive(Debug)]
pub struct Faulty {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: Text,
    /// What stands where a finding has its rule's id.
    pub code: &'static str,
    /// What is wrong, in the order of the places; may be nothing.
    pub problems: Vec<Problem>,
}

/// What a problem of a configuration file is called where a rule's id stands.
const INVALID_SETTING: &str = "invalid-setting";

/// What one of a template is called.
const TEMPLATE_TOO_LARGE: &str = "template-too-large";

/// The files that there are.
#[derive(Debug, Default)]
struct Files {
    /// Where they are; none where not all have been looked for.
    known: Option<Arc<Sketches>>,
    roots: Arc<Vec<PathBuf>>,
}

impl ConfigsInUse {
    /// The same, where `known` are all Markdown files in the folders `roots`: settings that mean none of them are named.
    pub(super) fn among(known: Option<Arc<Sketches>>, roots: Arc<Vec<PathBuf>>) -> ConfigsInUse {
        ConfigsInUse { files: Files { known, roots }, ..ConfigsInUse::default() }
    }

    /// Takes in `config`, where there is one.
    pub fn add(&mut self, config: Option<Arc<Config>>) {
        if let Some(config) = config {
            self.configs.entry(config.path.clone()).or_insert((config, Vec::new()));
        }
    }

    /// Takes in the file that is for the proposal `snapshot`, and its template.
    pub fn add_proposal(&mut self, snapshot: &Snapshot) {
        self.add(snapshot.config.clone());
        let template = &snapshot.template;
        let known = snapshot.config.as_ref().and_then(|config| self.configs.get_mut(&config.path));
        if let Some((_, templates)) = known
            && templates.iter().all(|known| !Arc::ptr_eq(known, template))
        {
            templates.push(template.clone());
        }
        if let Some(source) = template.source.as_ref().filter(|_| !template.excess.is_empty()) {
            self.templates.entry(source.clone()).or_insert_with(|| template.clone());
        }
    }

    /// Each file with what is wrong with it: the configuration files, then the templates, in the order of the paths.
    pub fn problems(&self) -> impl Iterator<Item = Faulty> {
        let configs = self.configs.values().map(|(config, templates)| Faulty {
            path: config.path.clone(),
            text: config.text.clone(),
            code: INVALID_SETTING,
            problems: config.problems(templates, &self.files),
        });
        let templates = self.templates.iter().map(|(source, template)| Faulty {
            path: source.clone(),
            text: template.text.clone(),
            code: TEMPLATE_TOO_LARGE,
            problems: template.excess.iter().map(too_much).collect(),
        });
        configs.chain(templates)
    }
}

fn too_much(excess: &Excess) -> Problem {
    Problem { setting: String::new(), message: excess.message.clone(), span: Some(excess.span), is_idle: false }
}

#[cfg(test)]
mod tests;
