//! The template of a document, as changed by settings and its family.

use std::path::Path;
use std::sync::Arc;

use super::known::family;
use super::scope::Scope;
use super::templates::Sources;
use super::workspace::Workspace;
use crate::document::Document;
use crate::template::Template;
use crate::workspace::families::Family;
use crate::workspace::files::DocumentId;

impl Workspace {
    /// Returns the family of the workspace, if there is only one.
    fn only_family(&self) -> Option<Arc<Family>> {
        let families = self.discovery.families()?;
        let mut all = families.iter();
        all.next().filter(|_| all.next().is_none()).cloned()
    }

    /// Returns the template for a document with the ID `id`, changed by the settings.
    pub fn template(&self, id: &DocumentId) -> Arc<Template> {
        let standing = self.standing(id, &Document::closed(""));
        self.template_for(id, family(&standing))
    }

    /// Returns `template`, read from the document `id`, changed by the settings there.
    pub fn adapted(&self, id: &DocumentId, template: Template) -> Arc<Template> {
        self.templates.adapted(Arc::new(template), None, &self.scope(id))
    }

    /// Returns the template for a document `id` of `family`, changed by the settings.
    pub(in crate::workspace) fn template_for(&self, id: &DocumentId, family: Option<&Arc<Family>>) -> Arc<Template> {
        self.template_with(id, &self.scope(id), family)
    }

    /// Returns the template in the file at `path`, or else the built-in one, for the document `id`, changed by the settings.
    pub(in crate::workspace) fn template_at(&self, id: &DocumentId, path: Option<&Path>) -> Arc<Template> {
        let scope = self.scope(id);
        let sources = Sources { roots: &self.roots(), documents: &self.documents, faults: &self.faults };
        let template = self.templates.of(scope.template.as_deref(), path, &sources);
        self.templates.adapted(template, None, &scope)
    }

    /// Returns the template for the document `id` of `family`: the one that its `scope` names, or else the family's, or else that
    /// of the family around it.
    pub(super) fn template_with(&self, id: &DocumentId, scope: &Scope, family: Option<&Arc<Family>>) -> Arc<Template> {
        let around = match (id, family) {
            (_, Some(family)) => Some(family.clone()),
            (DocumentId::File(path), None) => self.families_for(path).around(path),
            (DocumentId::Other(_), None) => self.only_family(),
        };
        let sources = Sources { roots: &self.roots(), documents: &self.documents, faults: &self.faults };
        let named = scope.template.as_deref();
        let is_own = |family: &&Arc<Family>| named.is_none() || named == family.template.as_deref();
        let naming = around.as_ref().filter(is_own).and_then(|family| family.pattern.as_ref());
        let learnt = around.as_ref().and_then(|family| family.learnt.as_deref()).filter(|_| named.is_none());
        let found = around.as_ref().and_then(|family| family.template.as_deref());
        let template = match learnt {
            Some(learnt) => self.templates.learnt(learnt, naming, &sources),
            None => self.templates.of(named, found, &sources),
        };
        self.templates.adapted(template, naming, scope)
    }
}
