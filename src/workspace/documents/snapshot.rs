//! A proposal or index page as one request sees it.

use std::path::Path;
use std::sync::Arc;

use super::sidecar::Sidecar;
use crate::document::{Document, Proposal};
use crate::rules::Severities;
use crate::template::Template;
use crate::text::Text;
use crate::workspace::families::Family;
use crate::workspace::files::DocumentId;
use crate::workspace::index::{Kind, Page};
use crate::workspace::settings::{Config, Settings};

/// A proposal or index page as one request sees it, unaffected by later changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The document.
    pub document: Arc<Document>,
    /// Its template.
    pub template: Arc<Template>,
    pub(in crate::workspace) settings: Arc<Settings>,
    pub(in crate::workspace) id: DocumentId,
    pub(in crate::workspace) kind: Kind,
    pub(in crate::workspace) config: Option<Arc<Config>>,
    pub(in crate::workspace) family: Option<Arc<Family>>,
    pub(in crate::workspace) sidecar: Option<Arc<Sidecar>>,
    /// The name of the file of metadata that it should have and has not.
    pub(in crate::workspace) lacking: Option<String>,
}

impl Snapshot {
    /// Returns the document read with its template.
    pub fn proposal(&self) -> Proposal<'_> {
        let proposal = Proposal::of(&self.document, &self.template).in_file(self.id.name());
        let facts = self.sidecar.as_ref().map(|sidecar| &sidecar.facts);
        let proposal = proposal.beside(facts, self.lacking.as_deref());
        if self.kind == Kind::Index { proposal.as_index() } else { proposal }
    }

    /// Returns what the index keeps of it, for the file at `path`.
    pub(in crate::workspace) fn indexed(&self, path: &Path) -> Page {
        Page::of(path, self.kind, &self.proposal())
    }

    /// Whether it is an index page with rows that link to other files.
    pub(in crate::workspace) fn lists_any(&self) -> bool {
        self.proposal().index_page().is_some_and(|page| !page.rows().is_empty())
    }

    /// Whether it is a proposal and not an index page.
    pub fn is_proposal(&self) -> bool {
        self.kind == Kind::Proposal
    }

    /// Returns the family of the document, if it is known.
    pub fn family(&self) -> Option<&Arc<Family>> {
        self.family.as_ref()
    }

    /// Returns the ID of the document.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// Returns the severities that the settings give to rules.
    pub fn severities(&self) -> &Severities {
        &self.settings.terms.severities
    }

    /// Whether saving it in an editor updates its rows on index pages.
    pub fn updates_index_on_save(&self) -> bool {
        self.is_proposal() && self.settings.updates_index_on_save()
    }

    /// Returns the file of metadata beside the proposal, if the settings name one and it is there.
    pub fn sidecar(&self) -> Option<&Arc<Sidecar>> {
        self.sidecar.as_ref()
    }

    /// Returns the file of metadata beside the proposal as a document of its own, which is checked with its own template.
    pub fn beside(&self) -> Option<Snapshot> {
        let sidecar = self.sidecar.as_ref()?;
        let (document, template) = (sidecar.document.clone(), sidecar.template.clone());
        let id = DocumentId::File(sidecar.path.clone());
        Some(Snapshot { document, template, id, sidecar: None, ..self.clone() })
    }

    /// Returns the text of the document.
    pub fn text(&self) -> &Text {
        self.document.text()
    }
}
