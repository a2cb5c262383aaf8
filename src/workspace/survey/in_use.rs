//! The configuration files in use, and the problems of these and of templates.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::document::is_same_value;
use crate::template::{Condition, Excess, KeyName, MetadataKey, Overrides, STATUS, Template};
use crate::terms::KeyKind;
use crate::text::Text;
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::families::Sketches;
use crate::workspace::files::{DocumentId, FILE_NAMES, Roots};
use crate::workspace::settings::{Config, Problem};

/// The configuration files in use, each with the templates of the proposals that it applies to, and the templates that are too
/// large.
#[derive(Debug, Default)]
pub struct ConfigsInUse {
    configs: BTreeMap<PathBuf, (Arc<Config>, Vec<Arc<Template>>)>,
    templates: BTreeMap<PathBuf, Arc<Template>>,
    files: Files,
}

/// A configuration file or template with its problems.
#[derive(Debug)]
pub struct Faulty {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: Text,
    /// The code shown in place of a rule's ID.
    pub code: &'static str,
    /// The problems, in order of place; possibly none.
    pub problems: Vec<Problem>,
}

/// The code of a problem in a configuration file.
const INVALID_SETTING: &str = "invalid-setting";

/// The code of a problem in a template.
const TEMPLATE_TOO_LARGE: &str = "template-too-large";

/// The files of the workspace.
#[derive(Debug, Default)]
struct Files {
    /// All Markdown files; `None` if not all have been searched for.
    known: Option<Arc<Sketches>>,
    roots: Arc<Roots>,
}

impl ConfigsInUse {
    /// Creates an empty collection. If `known` has all Markdown files in the folders `roots`, settings that match none of them
    /// are reported.
    pub(in crate::workspace) fn among(known: Option<Arc<Sketches>>, roots: Arc<Roots>) -> ConfigsInUse {
        ConfigsInUse { files: Files { known, roots }, ..ConfigsInUse::default() }
    }

    /// Adds `config`, if there is one.
    pub fn add(&mut self, config: Option<Arc<Config>>) {
        if let Some(config) = config {
            self.configs.entry(config.path.clone()).or_insert((config, Vec::new()));
        }
    }

    /// Adds the configuration file of the proposal `snapshot`, and its template.
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

    /// Returns each file with its problems: first the configuration files, then the templates, each ordered by path.
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
    /// Returns a collection without configuration files that knows the files of the workspace.
    pub fn configs_in_use(&self) -> ConfigsInUse {
        ConfigsInUse::among(self.discovery.all(), self.roots())
    }

    /// Returns the configuration files of the workspace's folders and of the open documents.
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
    /// Returns the problems of the file, in order of place. `templates` are those of the proposals that it applies to: a section
    /// with settings must exist in one of them.
    fn problems(&self, templates: &[Arc<Template>], files: &Files) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        if let Some(known) = &files.known {
            problems.extend(self.own.idle(|| known.keys(), &files.roots));
            let of_base = self.base.idle(|| known.keys(), &files.roots).into_iter();
            let shown = |problem: Problem| self.own.problem("extends", problem.in_file());
            problems.extend(of_base.map(|problem| Problem { is_idle: true, ..shown(problem) }));
        }
        // The first by path, because the order of the templates depends on the threads that found them.
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
            problems.extend(self.unknown_states(templates));
            problems.extend(self.unknown_keys(templates, first));
        }
        // Patterns that match nothing are the least important.
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

impl Config {
    /// Returns a problem for each state of the life cycle that none of `templates` has, if they all list the values of the status.
    fn unknown_states(&self, templates: &[Arc<Template>]) -> Vec<Problem> {
        let Some(life_cycle) = &self.own.terms.overrides.life_cycle else { return Vec::new() };
        let keys = templates.iter().map(|template| template.status_key());
        let Some(keys) = keys.collect::<Option<Vec<&MetadataKey>>>() else { return Vec::new() };
        if keys.iter().any(|key| key.is_open || key.is_loose || key.values.is_empty()) {
            return Vec::new();
        }
        let values = keys.iter().flat_map(|key| key.values.iter().chain(&key.starts)).map(String::as_str);
        let values: Vec<&str> = values.collect();
        let is_unknown = |name: &str| !values.iter().any(|value| is_same_value(name, value));
        let problem = |setting: String, name: &str| {
            let known = values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
            self.own.problem(&setting, format!("there is no status \"{name}\" in the template; it has {known}"))
        };
        let mut problems = Vec::new();
        for stage in &life_cycle.stages {
            let own = format!("life-cycle.{}", stage.name);
            problems.extend(is_unknown(&stage.name).then(|| problem(own.clone(), &stage.name)));
            let next = stage.next.iter().flatten().filter(|next| is_unknown(next));
            problems.extend(next.map(|next| problem(format!("{own}.next"), next)));
        }
        problems
    }

    /// Returns a problem for each key in a condition that neither one of `templates`, of which `first` is named, nor a setting has.
    fn unknown_keys(&self, templates: &[Arc<Template>], first: &Template) -> Vec<Problem> {
        let (own, all) = (&self.own.terms.overrides, &self.settings.terms.overrides);
        // The keys of a sidecar are not known here.
        if all.sidecar.is_some() {
            return Vec::new();
        }
        let set = all.metadata.values().map(|constraint| &constraint.name).chain(all.key_order.iter().flatten());
        let set: Vec<KeyName> = set.map(|name| KeyName::of(name)).collect();
        let is_unknown = |(_, condition): &(String, &Condition)| {
            let name = KeyName::of(&condition.key);
            let in_templates = templates.iter().flat_map(|template| &template.metadata).map(MetadataKey::called);
            // A title may be a heading.
            name.kind() != Some(KeyKind::Title) && !in_templates.chain(&set).any(|known| name.is(known))
        };
        let problem = |(table, condition): (String, &Condition)| {
            let known: Vec<_> = first.metadata.iter().map(|key| format!("\"{}\"", key.name)).collect();
            let known = if known.is_empty() { "none at all".to_owned() } else { known.join(", ") };
            let message = format!("there is no metadata key \"{}\" in the template; it has {known}", condition.key);
            Problem { is_idle: true, ..self.own.problem(&format!("{table}.{}", condition.key), message) }
        };
        conditions(own).filter(is_unknown).map(problem).collect()
    }
}

/// Returns the conditions in `overrides`, each with the full name of its table.
fn conditions(overrides: &Overrides) -> impl Iterator<Item = (String, &Condition)> {
    let of_sections = overrides.sections.values().flat_map(|section| {
        let table = format!("sections.{}", section.name);
        [(table.clone() + ".required-when", &section.required_when), (table + ".only-when", &section.only_when)]
    });
    let of_keys = overrides.metadata.values().flat_map(|key| {
        let table = format!("metadata.{}", key.name);
        [(table.clone() + ".required-when", &key.required_when), (table + ".only-when", &key.only_when)]
    });
    let all = of_sections.chain(of_keys);
    all.flat_map(|(table, conditions)| conditions.iter().flatten().map(move |condition| (table.clone(), condition)))
}

/// The maximum number of problems reported per file.
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
