//! Families from settings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::scope::Scope;
use super::workspace::Workspace;
use crate::workspace::families::{Family, Learnt, Standing};
use crate::workspace::files::{self, DocumentId};
use crate::workspace::settings::{Config, Settings};

/// The index of the family made by the setting `include`, which comes after all configured ones.
const INCLUDED: usize = usize::MAX;

/// How many files of a family are examined for the template that they follow.
const MAX_FILES: usize = 24;

impl Workspace {
    /// Returns the configured family with the index `index` for the document `id`, with this template.
    pub(in crate::workspace) fn set_family(
        &self,
        id: &DocumentId,
        config: Option<&Config>,
        settings: &Settings,
        index: usize,
        template: Option<PathBuf>,
    ) -> Arc<Family> {
        let roots = self.roots();
        let root = || files::root_of(id.name(), &roots).unwrap_or(Path::new("")).to_owned();
        let key = (config.map_or_else(root, |config| config.path.clone()), index);
        self.discovery.set.get_or(&key, || Arc::new(self.family_by_settings(id, config, settings, index, template)))
    }

    fn family_by_settings(
        &self,
        id: &DocumentId,
        config: Option<&Config>,
        settings: &Settings,
        index: usize,
        template: Option<PathBuf>,
    ) -> Family {
        let roots = self.roots();
        let is_own = |path: &Path| match settings.family_of(path, &roots) {
            Some((place, _)) => place == index,
            None => index == INCLUDED && settings.includes(path, &roots),
        };
        let mut paths: Vec<PathBuf> = self.discovery.sketches().keys().filter(|path| is_own(path)).cloned().collect();
        if paths.is_empty() {
            paths.push(id.name().to_owned());
        }
        let name = settings.families().get(index).and_then(|family| family.name.clone());
        let source = config.map(|config| config.path.as_path());
        let template = template.or_else(|| self.likely_template(&paths));
        let learnt = template.is_none().then(|| self.likely_lesson(&paths)).flatten();
        Family::set(name, template, learnt, &paths, source)
    }

    /// Returns the lesson of the family without a template that the first of the files at `paths` belongs to, if it does.
    fn likely_lesson(&self, paths: &[PathBuf]) -> Option<Arc<Learnt>> {
        let path = paths.first()?;
        match self.families_for(path).standing(path, Arc::default) {
            Standing::Member(family) => family.learnt.clone(),
            Standing::Template { .. } | Standing::Other => None,
        }
    }

    /// Returns the template that most of the files at `paths` follow or are closest to, judging by the first ones.
    fn likely_template(&self, paths: &[PathBuf]) -> Option<PathBuf> {
        let sketches = self.discovery.sketches();
        let mut counts: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for path in paths.iter().take(MAX_FILES) {
            let (families, sketch) = (self.families_for(path), sketches.get(path).cloned().unwrap_or_default());
            let template = match families.standing(path, || sketch.clone()) {
                Standing::Member(family) => family.template.clone(),
                _ => families.nearest(path, &sketch).map(|nearest| nearest.template),
            };
            if let Some(template) = template {
                *counts.entry(template).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(template, _)| template)
    }

    /// Returns the family of the document `id`, if only the setting `include` makes it a proposal.
    pub(in crate::workspace) fn included(&self, id: &DocumentId, scope: &Scope) -> Option<Arc<Family>> {
        let is_included = scope.settings.includes(id.name(), &self.roots());
        is_included
            .then(|| self.set_family(id, scope.config.as_deref(), &scope.settings, INCLUDED, scope.template.clone()))
    }
}
