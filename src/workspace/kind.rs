//! What a document is: a proposal, or something that stays silent.

use std::path::{Path, PathBuf};

use super::Settings;
use crate::document::Document;
use crate::syntax::BlockKind;
use crate::template::{NamePattern, Template, is_markdown, is_template_name};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Checked.
    Proposal,
    /// What proposals are checked against.
    Template,
    /// A page that lists proposals: what it says of them is checked.
    Index,
    /// Any other Markdown.
    Other,
}

/// The family that needs no template of its own.
const DEFAULT_PREFIX: &str = "VIP-";

pub(super) fn of(
    name: &Path,
    document: &Document,
    template: &Template,
    roots: &[PathBuf],
    settings: &Settings,
) -> Kind {
    if is_template_name(name) || template.source.as_deref() == Some(name) {
        return Kind::Template;
    }
    let is_markdown = is_markdown(name) || name.extension().is_none();
    if !is_markdown || settings.excludes(name, roots) {
        return Kind::Other;
    }
    let is_proposal = || is_named(name, template) || is_titled(document, template) || settings.includes(name, roots);
    match is_index(name, document, template) {
        true => Kind::Index,
        false if is_proposal() => Kind::Proposal,
        false => Kind::Other,
    }
}

fn prefixes(template: &Template) -> impl Iterator<Item = &str> {
    let own = template.title.as_ref().and_then(|title| title.prefix.as_deref());
    [Some(DEFAULT_PREFIX), own].into_iter().flatten()
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
    let title = first.heading.text.trim_start_matches('[').to_lowercase();
    prefixes(template).any(|prefix| {
        let number = title.strip_prefix(&prefix.to_lowercase());
        number.is_some_and(|number| number.starts_with(|character: char| character.is_ascii_digit()))
    })
}

/// Whether it is a page about proposals: by its name, or because it has a table or list that links to several documents and
/// no section of the template.
fn is_index(name: &Path, document: &Document, template: &Template) -> bool {
    let stem = name.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_lowercase();
    if matches!(stem.as_str(), "index" | "_index" | "readme" | "summary") {
        return true;
    }
    if document.outline().iter().any(|(_, section)| template.section_of(&section.heading).is_some()) {
        return false;
    }
    let text = document.text();
    let mut lists =
        document.blocks().list.iter().filter(|block| matches!(block.kind, BlockKind::Table | BlockKind::List));
    lists.any(|block| text.slice(block.span).matches(".md)").count() > 1)
}
