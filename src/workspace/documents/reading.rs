//! Reading a document: its settings, its template and its kind.

use std::sync::Arc;

use super::known::{self, Known};
use super::scope::Scope;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::document::Document;
use crate::workspace::families::Standing;
use crate::workspace::files::DocumentId;
use crate::workspace::index::Kind;

impl Workspace {
    /// Reads `document`, whose ID is `id`, whatever its kind.
    pub(in crate::workspace) fn read_as(&self, id: &DocumentId, document: Arc<Document>) -> Snapshot {
        let standing = self.standing(id, &document);
        self.read_by(id, document, &standing)
    }

    /// Reads `document`, whose ID is `id` and whose standing is `standing`.
    pub(in crate::workspace) fn read_by(
        &self,
        id: &DocumentId,
        document: Arc<Document>,
        standing: &Standing,
    ) -> Snapshot {
        let (scope, roots) = (self.scope(id), self.roots());
        let family = scope.family.as_ref().or(known::family(standing)).cloned();
        let family = family.or_else(|| self.included(id, &scope));
        let template = self.template_with(id, &scope, family.as_ref());
        let Scope { settings, .. } = &scope;
        let (is_template_set, is_set) = (scope.template.is_some(), scope.family.is_some());
        let known = Known { id, document: &document, standing, settings, roots: &roots, is_template_set, is_set };
        let is_none = scope.is_lost || self.is_left_out(id, &scope, standing);
        let kind = if is_none { Kind::Other } else { known.kind(&template) };
        let family = family.filter(|_| kind == Kind::Proposal);
        let earlier = family.as_ref().and_then(|_| self.earlier(id, &document, &scope, &template));
        let template = earlier.unwrap_or(template);
        let Scope { config, settings, .. } = scope;
        let sidecar = (kind == Kind::Proposal).then(|| self.sidecar(id, &settings, &template)).flatten();
        let is_alone = kind == Kind::Proposal && sidecar.is_none();
        let lacking = is_alone.then(|| self.lacking_sidecar(id, &settings, &template)).flatten();
        Snapshot { document, template, settings, config, kind, family, sidecar, lacking, id: id.clone() }
    }
}
