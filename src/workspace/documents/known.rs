//! The kind of a document by what is known of it: a proposal, or something that is not checked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::Document;
use crate::syntax::BlockKind;
use crate::template::{NamePattern, Template, is_markdown, number_after};
use crate::workspace::families::{BUILT_IN_PREFIX, Family, Standing, is_record_page};
use crate::workspace::files::DocumentId;
use crate::workspace::index::Kind;
use crate::workspace::settings::Settings;

/// What is known of a document before it is read with its template.
pub(in crate::workspace) struct Known<'a> {
    pub(in crate::workspace) id: &'a DocumentId,
    pub(in crate::workspace) document: &'a Document,
    /// What it is by its family.
    pub(in crate::workspace) standing: &'a Standing,
    pub(in crate::workspace) settings: &'a Settings,
    pub(in crate::workspace) roots: &'a [PathBuf],
    /// Whether settings name its template.
    pub(in crate::workspace) is_template_set: bool,
    /// Whether settings put it in a family.
    pub(in crate::workspace) is_set: bool,
}

impl Known<'_> {
    /// Returns its kind, if `template` is the template for it.
    pub(in crate::workspace) fn kind(&self, template: &Template) -> Kind {
        let name = self.id.name();
        let is_markdown = is_markdown(name) || name.extension().is_none();
        if template.source.as_deref() == Some(name) {
            return Kind::Template;
        }
        if is_markdown && self.settings.excludes(name, self.roots) {
            return Kind::Other;
        }
        if matches!(self.standing, Standing::Template { is_sure: true }) {
            return Kind::Template;
        }
        if is_markdown && (self.is_set || self.settings.includes(name, self.roots)) {
            return Kind::Proposal;
        }
        match self.standing {
            Standing::Template { .. } => Kind::Template,
            Standing::Member(_) if is_markdown => Kind::Proposal,
            _ if !is_markdown => Kind::Other,
            _ if is_index(name, self.document, template) => Kind::Index,
            _ if self.is_called(template) => Kind::Proposal,
            _ => Kind::Other,
        }
    }

    /// Whether its name or title puts it in a family that is not found from files: either it is not a file, or settings name the
    /// template.
    fn is_called(&self, template: &Template) -> bool {
        let is_file = matches!(self.id, DocumentId::File(_));
        (!is_file || self.is_template_set) && (is_named(self.id.name(), template) || is_titled(self.document, template))
    }
}

/// Returns the family of a document with the standing `standing`.
pub(in crate::workspace) fn family(standing: &Standing) -> Option<&Arc<Family>> {
    match standing {
        Standing::Member(family) => Some(family),
        Standing::Template { .. } | Standing::Other => None,
    }
}

fn prefixes(template: &Template) -> impl Iterator<Item = &str> {
    let own = template.title.as_ref().and_then(|title| title.prefix.as_deref());
    [Some(BUILT_IN_PREFIX), own].into_iter().flatten().filter(|prefix| !prefix.is_empty())
}

fn is_named(name: &Path, template: &Template) -> bool {
    let beside = template.source.as_deref().filter(|source| source.parent() == name.parent());
    let by_template = beside.and_then(NamePattern::of_template);
    let by_title = prefixes(template).map(NamePattern::numbered);
    by_title.chain(by_template).any(|pattern| pattern.matches(name))
}

/// Whether the first heading starts with the family's prefix and a number, perhaps in brackets.
fn is_titled(document: &Document, template: &Template) -> bool {
    let Some((_, first)) = document.outline().first() else { return false };
    prefixes(template).any(|prefix| number_after(&first.heading.text, prefix))
}

/// Whether the file at `path` has the name of an index page.
pub(in crate::workspace) fn is_called_index(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_lowercase();
    matches!(stem.as_str(), "index" | "_index" | "readme" | "summary")
}

/// Whether the document is a page about proposals: by its name, or because it has a table or list with several links to documents
/// and no section of the template.
fn is_index(name: &Path, document: &Document, template: &Template) -> bool {
    if is_called_index(name) {
        return true;
    }
    if is_record_page(name) {
        return false;
    }
    if document.outline().iter().any(|(_, section)| template.section_of(&section.heading).is_some()) {
        return false;
    }
    let text = document.text();
    let mut lists =
        document.blocks().list.iter().filter(|block| matches!(block.kind, BlockKind::Table | BlockKind::List));
    lists.any(|block| text.slice(block.span).matches(".md)").count() > 1)
}
