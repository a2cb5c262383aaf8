//! The outline: title, metadata, sections.

use crate::document::Proposal;
use crate::syntax::{Entry, Section, SectionId};
use crate::text::Span;

/// A node of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The name; never blank.
    pub name: String,
    /// A detail beside the name.
    pub detail: Option<String>,
    /// Its kind.
    pub kind: SymbolKind,
    /// Its whole extent.
    pub span: Span,
    /// Its name in the text, within `span`.
    pub selection: Span,
    /// The nodes below it.
    pub children: Vec<Symbol>,
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The title of the proposal.
    Title,
    /// A metadata key, with its value as the detail.
    Metadata,
    /// A section.
    Section,
}

/// The maximum number of sections in an outline: many more than anyone looks through.
const MAX: usize = 10_000;

/// Returns the outline of `proposal`, in document order.
pub fn outline(proposal: &Proposal<'_>) -> Vec<Symbol> {
    let mut roots = Vec::new();
    let mut open: Vec<(u8, Symbol)> = Vec::new();
    let mut metadata = metadata(proposal);
    if proposal.title().is_none() {
        roots.append(&mut metadata);
    }
    for (id, section) in proposal.document.outline().iter().take(MAX) {
        while open.last().is_some_and(|(level, _)| *level >= section.heading.level) {
            close(&mut open, &mut roots);
        }
        let mut symbol = symbol(proposal, id, section);
        if symbol.kind == SymbolKind::Title {
            symbol.children.append(&mut metadata);
        }
        open.push((section.heading.level, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn close(open: &mut Vec<(u8, Symbol)>, roots: &mut Vec<Symbol>) {
    if let Some((_, symbol)) = open.pop() {
        open.last_mut().map_or(roots, |(_, parent)| &mut parent.children).push(symbol);
    }
}

fn symbol(proposal: &Proposal<'_>, id: SectionId, section: &Section) -> Symbol {
    let heading = &section.heading;
    let lengths = proposal.template_section(id).map(|section| proposal.lengths(section)).unwrap_or_default();
    let lengths: Vec<_> = lengths.iter().map(ToString::to_string).collect();
    let name = if heading.text.is_empty() { "(no name)" } else { &heading.text };
    Symbol {
        name: name.to_owned(),
        detail: (!lengths.is_empty()).then(|| lengths.join(", ")),
        kind: if proposal.title_id() == Some(id) { SymbolKind::Title } else { SymbolKind::Section },
        span: section.span,
        selection: heading.content,
        children: Vec::new(),
    }
}

fn metadata(proposal: &Proposal<'_>) -> Vec<Symbol> {
    let symbol = |entry: &Entry| {
        let value = entry.value_text(proposal.text());
        let value = value.trim_matches(['_', '*']);
        Symbol {
            detail: (!value.is_empty()).then(|| value.to_owned()),
            name: entry.key.clone(),
            kind: SymbolKind::Metadata,
            span: entry.span,
            selection: entry.key_span,
            children: Vec::new(),
        }
    };
    proposal.entries().iter().map(symbol).collect()
}
