//! The families of the workspace, with their documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::Document;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Family, FamilyKind, Standing, Unused};
use crate::workspace::files::DocumentId;

impl Workspace {
    /// Returns the family of the proposal in the file `id`: the one from settings, or else the one that was found, with the
    /// template that settings name.
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

    /// Returns the families of the workspace's folders.
    pub(in crate::workspace) fn found_families(&self) -> Vec<Arc<Family>> {
        self.documents_by_family().into_iter().map(|(family, _)| family).collect()
    }

    /// Returns the families that `name` means, each with the files of its documents.
    pub fn families_called(&self, name: &str) -> Vec<(Arc<Family>, Vec<PathBuf>)> {
        // A folder may have the name of another family.
        let mut families = self.documents_by_family();
        let is_named = |family: &Family| family.name.eq_ignore_ascii_case(name);
        let has_named = families.iter().any(|(family, _)| is_named(family));
        families.retain(|(family, _)| if has_named { is_named(family) } else { family.is_called(name) });
        families
    }

    /// Returns a message that no family is called `name`, with the names of those that there are.
    pub fn no_family(&self, name: &str) -> String {
        let mut names: Vec<_> = self.found_families().iter().map(|family| format!("\"{}\"", family.name)).collect();
        names.sort();
        let known = match names.is_empty() {
            true => "there are none".to_owned(),
            false => format!("the families are {}", names.join(", ")),
        };
        format!("there is no family \"{name}\" here; {known}")
    }

    /// Returns the templates that no document follows yet.
    pub(in crate::workspace) fn unused_templates(&self) -> Vec<Unused> {
        self.discovery.families().map(|families| families.unused()).unwrap_or_default()
    }

    /// Returns the proposals that follow an earlier version of the template at `source`; `None` if no family has that template.
    pub fn followers(&self, source: &Path) -> Option<Vec<PathBuf>> {
        self.is_template_in_use(source).then(|| {
            let mut followers: Vec<PathBuf> = self.proposal_paths().into_iter().collect();
            followers.retain(|path| self.follows_earlier(path, source));
            followers
        })
    }

    /// Returns the families of the workspace, each with the files of its documents, ordered by template.
    pub fn documents_by_family(&self) -> Vec<(Arc<Family>, Vec<PathBuf>)> {
        type Name = (Option<PathBuf>, String);
        let mut found: BTreeMap<Name, (Arc<Family>, Vec<PathBuf>)> = BTreeMap::new();
        for path in self.proposal_paths() {
            let Some(family) = self.known_family(&DocumentId::File(path.clone())) else { continue };
            let name = (family.template.clone(), family.name.clone());
            let (known, paths) = found.entry(name).or_insert_with(|| (family.clone(), Vec::new()));
            // What settings add to a family that was found belongs to that family.
            if known.kind != family.kind {
                Arc::make_mut(known).add(&family);
            }
            paths.push(path);
        }
        found.into_values().collect()
    }
}
