//! The families of the workspace, with their documents.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::document::Document;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Family, FamilyKind, Standing, Unused};
use crate::workspace::files::DocumentId;

impl Workspace {
    /// The family of the proposal in the file `id`: the one that settings put it in, else the one that was found, by the template
    /// that settings name.
    pub(in crate::workspace) fn known_family(&self, id: &DocumentId) -> Option<Arc<Family>> {
        let scope = self.scope(id);
        let found = || match self.standing(id, &Document::closed("")) {
            Standing::Member(family) => Some(family),
            Standing::Template { .. } | Standing::Other => None,
        };
        let family = scope.family.clone().or_else(found).or_else(|| self.included(id, &scope))?;
        match &scope.template {
            Some(template) if family.template.as_ref() != Some(template) => {
                let family =
                    Family { template: Some(template.clone()), kind: FamilyKind::Setting, ..(*family).clone() };
                Some(Arc::new(family))
            }
            _ => Some(family),
        }
    }

    /// The families of the workspace's folders.
    pub(in crate::workspace) fn found_families(&self) -> Vec<Arc<Family>> {
        self.documents_by_family().into_iter().map(|(family, _)| family).collect()
    }

    /// The templates that no document follows yet.
    pub(in crate::workspace) fn unused_templates(&self) -> Vec<Unused> {
        self.discovery.families().map(|families| families.unused()).unwrap_or_default()
    }

    /// The families of the workspace, each with the files of its documents; in the order of their templates.
    pub fn documents_by_family(&self) -> Vec<(Arc<Family>, Vec<PathBuf>)> {
        type Name = (Option<PathBuf>, String);
        let mut found: BTreeMap<Name, (Arc<Family>, Vec<PathBuf>)> = BTreeMap::new();
        for path in self.proposal_paths() {
            let Some(family) = self.known_family(&DocumentId::File(path.clone())) else { continue };
            let name = (family.template.clone(), family.name.clone());
            let (known, paths) = found.entry(name).or_insert_with(|| (family.clone(), Vec::new()));
            // What settings add to a family that is found is of that family.
            if known.kind != family.kind {
                Arc::make_mut(known).add(&family);
            }
            paths.push(path);
        }
        found.into_values().collect()
    }
}
