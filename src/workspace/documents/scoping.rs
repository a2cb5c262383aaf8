//! Which settings apply to a document, and which template they name.
//!
//! The editor's settings take precedence over the configuration file; what neither sets is as in the template.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::scope::Scope;
use super::templates;
use super::workspace::Workspace;
use crate::workspace::families::Standing;
use crate::workspace::files::DocumentId;
use crate::workspace::settings::{Config, ConfigSource, FamilySettings, Lookup};

impl Workspace {
    /// Returns the settings that apply to the document `id`.
    pub(in crate::workspace) fn scope(&self, id: &DocumentId) -> Scope {
        let config = self.config(id);
        let whole = config.as_ref().map_or_else(|| self.settings(), |config| config.settings.clone());
        let roots = self.roots();
        let set = whole.family_of(id.name(), &roots).map(|(index, family)| {
            let own = self.template_of_set(id, config.as_deref(), index, family);
            (index, family.settings().clone(), own)
        });
        let named = self.named_template(id, config.as_deref());
        match set {
            Some((index, settings, own)) => {
                let is_named = whole.families()[index].template().is_some();
                let template = self.given.template.clone().or(own).or(named);
                let family = self.set_family(id, config.as_deref(), &whole, index, template.clone());
                let is_lost = is_named && family.template.is_none();
                Scope { config, settings, family: Some(family), template, place: Some(index), is_lost }
            }
            None => Scope { config, settings: whole, family: None, template: named, place: None, is_lost: false },
        }
    }

    /// Whether settings exclude the document `id` from a configured family whose template is the one that it follows without
    /// settings.
    pub(in crate::workspace) fn is_left_out(&self, id: &DocumentId, scope: &Scope, standing: &Standing) -> bool {
        let Standing::Member(found) = standing else { return false };
        let (roots, name) = (self.roots(), id.name());
        let is_same = |(index, family): (usize, &FamilySettings)| {
            let own = self.template_of_set(id, scope.config.as_deref(), index, family);
            own.is_none() || own == found.template
        };
        let settings = &scope.settings;
        scope.place.is_none()
            && !settings.includes(name, &roots)
            && settings.families_without(name, &roots).any(is_same)
    }

    /// Returns the file of the template that settings name for `family`, the configured family with the index `index`.
    fn template_of_set(
        &self,
        id: &DocumentId,
        config: Option<&Config>,
        index: usize,
        family: &FamilySettings,
    ) -> Option<PathBuf> {
        let (template, folder) = family.template()?;
        // The editor's families come first.
        match folder {
            None => templates::configured(template, id, &self.roots()),
            Some(_) => config?.templates.get(index - self.settings().families().len())?.clone(),
        }
    }

    /// Returns the file of the template that the command line or settings name for the document `id`.
    fn named_template(&self, id: &DocumentId, config: Option<&Config>) -> Option<PathBuf> {
        let given = self.given.template.clone();
        let settings = self.settings();
        let of_editor = || templates::configured(settings.template.as_deref()?, id, &self.roots());
        given.or_else(of_editor).or_else(|| config?.template.clone())
    }

    /// Returns the configuration file for the document `id`. A document that is not a file uses that of the workspace's only
    /// folder.
    pub fn config(&self, id: &DocumentId) -> Option<Arc<Config>> {
        let roots = self.roots();
        let open = |path: &Path| self.document(&DocumentId::file(path));
        let settings = self.settings();
        if let ConfigSource::File(path) = &self.given.config {
            // The folder of a given file is as trusted as the file itself.
            let roots = roots.with(roots.iter().cloned().chain(path.parent().map(Path::to_owned)).collect());
            return Some(self.configs.at(path, &Lookup { roots: &roots, settings: &settings, open: &open }));
        }
        let folder = match id {
            _ if self.given.config == ConfigSource::None => return None,
            DocumentId::File(path) => path.parent()?,
            DocumentId::Other(_) => match &**roots {
                [root] => root,
                _ => return None,
            },
        };
        self.configs.of(folder, &Lookup { roots: &roots, settings: &settings, open: &open })
    }
}
