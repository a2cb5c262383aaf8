//! By which template a document goes, with what settings and its family say of it.

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
    /// The template for a document called `id`, with what the settings say of it.
    pub fn template(&self, id: &DocumentId) -> Arc<Template> {
        let standing = self.standing(id, &Document::closed(""));
        self.template_for(id, family(&standing))
    }

    /// `template`, which comes from the document `id`, with what the settings there say of it.
    pub fn adapted(&self, id: &DocumentId, template: Template) -> Arc<Template> {
        self.templates.adapted(Arc::new(template), None, &self.scope(id))
    }

    /// The template for a document `id` of `family`, with what the settings say of it.
    pub(in crate::workspace) fn template_for(&self, id: &DocumentId, family: Option<&Arc<Family>>) -> Arc<Template> {
        self.template_with(id, &self.scope(id), family)
    }

    /// The template in the file at `path`, else the built-in one, for the document `id`, with what the settings say of it.
    pub(in crate::workspace) fn template_at(&self, id: &DocumentId, path: Option<&Path>) -> Arc<Template> {
        let scope = self.scope(id);
        let sources = Sources { roots: &self.roots(), documents: &self.documents, faults: &self.faults };
        let template = self.templates.of(scope.template.as_deref(), path, &sources);
        self.templates.adapted(template, None, &scope)
    }

    /// The template for the document `id` of `family`: the one that is named in its `scope`, else the family's, else that of the
    /// family around it.
    pub(super) fn template_with(&self, id: &DocumentId, scope: &Scope, family: Option<&Arc<Family>>) -> Arc<Template> {
        let around = match (id, family) {
            (_, Some(family)) => Some(family.clone()),
            (DocumentId::File(path), None) => self.families_for(path).around(path),
            (DocumentId::Other(_), None) => None,
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
