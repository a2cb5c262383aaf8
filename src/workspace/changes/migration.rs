//! Bringing a document to the current version of its template.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::follow::DocumentEdits;
use crate::document::{Migration, Proposal, migrate};
use crate::git::{Fault, Repository};
use crate::template::Template;
use crate::terms::{self, Meaning};
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::files::DocumentId;

impl Workspace {
    /// Returns how the proposal `snapshot` is brought to its template as it is now: from the version `from` or, for `None`, from
    /// the version that it follows. `None` if that is the current one.
    pub fn migration(&self, snapshot: &Snapshot, from: Option<&Template>) -> Option<Migration> {
        let family = snapshot.family()?;
        let from = from.or_else(|| Some(&*snapshot.template).filter(|template| template.version.is_some()))?;
        let current = self.template_for(snapshot.id(), Some(family));
        let proposal = Proposal::of(&snapshot.document, from).in_file(snapshot.id().name());
        let migration = migrate(&proposal, &current);
        (!migration.steps.is_empty()).then_some(migration)
    }

    /// Returns how the proposals that follow an earlier version of the template at `source` are brought to the current one.
    pub fn migrations(&self, source: &Path) -> Vec<(Snapshot, Migration)> {
        let followers = self.followers(source).unwrap_or_default();
        let migration = |path: &PathBuf| {
            let id = DocumentId::File(path.clone());
            let snapshot = self.snapshot(&id, self.read_or_open(&id)?)?;
            Some((self.migration(&snapshot, None)?, snapshot)).map(|(migration, snapshot)| (snapshot, migration))
        };
        followers.iter().filter_map(migration).collect()
    }

    /// Returns the edits of `migrations`, at most one per document, with those of other documents that refer to the documents.
    pub fn migrated(&self, migrations: &[(Snapshot, Migration)]) -> Vec<DocumentEdits> {
        let edits = |(snapshot, migration): &(Snapshot, Migration)| {
            let edits = migration.edited.edits.clone();
            let own = DocumentEdits::of(snapshot.id().clone(), snapshot.document.clone(), edits);
            DocumentEdits { anchors: migration.edited.anchors.clone(), ..own }
        };
        self.follow_elsewhere(migrations.iter().map(edits).collect())
    }

    /// Returns the template of `snapshot` as it was at the git revision `revision`, if there was one.
    ///
    /// # Errors
    ///
    /// When there is no repository or no such revision, or git's data cannot be read.
    pub fn template_at_revision(&self, snapshot: &Snapshot, revision: &str) -> Result<Option<Arc<Template>>, Fault> {
        let Some(source) = &snapshot.template.source else { return Ok(None) };
        let folder = source.parent().unwrap_or(source);
        let repository = Repository::of(folder)?;
        let time = repository.commit(repository.revision(revision)?)?.time;
        Ok(self.template_at_time(source, time))
    }
}

impl Snapshot {
    /// Whether the status says that the proposal is settled: accepted, rejected or replaced.
    pub fn is_final(&self) -> bool {
        let proposal = self.proposal();
        let meaning = proposal.status().and_then(|status| terms::status(&status.text));
        let is_accepted = proposal.status().is_some_and(|status| status.is_accepted(&self.template));
        is_accepted || meaning.is_some_and(|meaning| meaning != Meaning::Draft)
    }
}
