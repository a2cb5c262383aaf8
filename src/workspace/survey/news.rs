//! Whether a document has changed in a way that others can see.

use std::sync::atomic::Ordering;

use crate::workspace::documents::{Seen, Workspace};
use crate::workspace::files::DocumentId;

impl Workspace {
    /// Whether the open document `id` has changed in a way that may affect the diagnostics of others: since the last call, or
    /// else compared to the disk.
    pub fn has_news(&self, id: &DocumentId) -> bool {
        let (Some(document), Some(exports), DocumentId::File(path)) = (self.document(id), self.open_page(id), id)
        else {
            return false;
        };
        let on_disk =
            || Some(Seen { exports: self.on_disk(path)?.exports.clone(), names: self.anchors_on_disk(path)? });
        let seen = Seen { exports, names: document.anchor_names().clone() };
        let known = self.seen.get(id).map(|known| *known == seen);
        let is_news = !known.unwrap_or_else(|| on_disk().is_some_and(|known| known == seen));
        self.seen.insert(id.clone(), seen);
        self.epoch.fetch_add(u64::from(is_news), Ordering::Relaxed);
        is_news
    }
}
