//! The configuration files in use, and what is wrong with them and with templates.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::template::{Excess, MetadataKey, STATUS, Template};
use crate::text::Text;
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::families::Sketches;
use crate::workspace::files::{DocumentId, FILE_NAMES};
use crate::workspace::settings::{Config, Problem};

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
    pub(in crate::workspace) fn among(known: Option<Arc<Sketches>>, roots: Arc<Vec<PathBuf>>) -> ConfigsInUse {
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

impl Workspace {
    /// No configuration file yet, but what files there are for those that come.
    pub fn configs_in_use(&self) -> ConfigsInUse {
        ConfigsInUse::among(self.discovery.all(), self.roots())
    }

    /// The configuration files of the workspace's folders and of the open documents.
    pub fn configs(&self) -> ConfigsInUse {
        let mut configs = self.configs_in_use();
        let roots = self.roots();
        let in_roots = roots.iter().map(|root| DocumentId::File(root.join(FILE_NAMES[0])));
        for id in in_roots.chain(self.open()) {
            configs.add(self.config(&id));
            if let Some(snapshot) = self.proposal(&id) {
                configs.add_proposal(&snapshot);
            }
        }
        configs
    }
}

impl Config {
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

fn no_section(name: &str, template: &Template) -> String {
    let names: Vec<_> = template.sections.iter().map(|section| format!("\"{}\"", section.name)).collect();
    match names.is_empty() {
        true => format!("there is no section \"{name}\" in the template; it has none at all"),
        false => format!("there is no section \"{name}\" in the template; it has {}", names.join(", ")),
    }
}

fn too_much(excess: &Excess) -> Problem {
    Problem { setting: String::new(), message: excess.message.clone(), span: Some(excess.span), is_idle: false }
}

#[cfg(test)]
mod tests;
