//! `vip-lsp init`: the preset that is nearest to the template at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::open::root;
use crate::workspace::{DocumentId, FILE_NAMES, FamilyKind, Workspace, nearest_preset};

/// The percentage of the documents that a preset has to be for, as it applies to all of them.
const MOST: usize = 80;

/// Returns the preset that is for nearly all documents below `folder`, and the file that it is to be named in. `None` if the settings
/// build on something already.
pub(super) fn nearest(workspace: &Workspace, folder: &Path) -> Option<(PathBuf, &'static str)> {
    let (mut all, mut counts) = (0, BTreeMap::<(PathBuf, &str), usize>::new());
    for (family, documents) in workspace.documents_by_family() {
        let here: Vec<&PathBuf> = documents.iter().filter(|path| path.starts_with(folder)).collect();
        let Some(first) = here.first() else { continue };
        all += here.len();
        let id = DocumentId::File(first.to_path_buf());
        let config = workspace.config(&id);
        if config.as_ref().is_some_and(|config| config.builds_on_another()) {
            return None;
        }
        let file = config.map_or_else(|| root(folder).join(FILE_NAMES[0]), |config| config.path.clone());
        // What is learnt from documents has no wishes of its own.
        let is_template = family.kind != FamilyKind::Learnt;
        if let Some(name) = nearest_preset(&workspace.template(&id)).filter(|_| is_template) {
            *counts.entry((file, name)).or_default() += here.len();
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (100 * most.1 >= MOST * all).then_some(most.0)
}
