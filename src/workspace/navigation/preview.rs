//! Previews of the targets of references.

use super::references::Goal;
use crate::document::{Destination, Proposal, fold_label};
use crate::syntax::{BlockKind, fold_space};
use crate::text::Span;
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::files::DocumentId;

/// The maximum length of a previewed text in characters.
const MAX_CHARACTERS: usize = 300;

impl Workspace {
    /// Returns a preview of the target of `to` in `snapshot`, as Markdown: for a proposal the title, the status and the
    /// beginning, for a heading the text below it. `None` if nothing is there.
    pub fn preview(&self, snapshot: &Snapshot, to: &Destination) -> Option<String> {
        if let Destination::Label(label) = to {
            let proposal = snapshot.proposal();
            let mut definitions = proposal.links().definitions.iter();
            let definition = definitions.find(|found| fold_label(&found.label) == *label)?;
            let own = proposal.references().iter().find(|reference| reference.span == definition.span);
            return match own {
                Some(reference) => self.preview(snapshot, &reference.to),
                None => Some(format!("<{}>", definition.destination)),
            };
        }
        let goal = self.goal(snapshot, to)?;
        let id = goal.id()?;
        let target = self.read_as(&id, self.read_or_open(&id)?);
        let proposal = target.proposal();
        match goal {
            Goal::File(_) => Some(of_document(&target, &proposal)),
            Goal::Anchor { place, .. } => of_anchor(&proposal, place),
            Goal::Label(..) => None,
        }
    }

    /// Returns a preview of the document at `path`.
    pub fn preview_of(&self, path: &std::path::Path) -> Option<String> {
        let id = DocumentId::File(path.to_owned());
        let target = self.read_as(&id, self.read_or_open(&id)?);
        Some(of_document(&target, &target.proposal()))
    }
}

fn of_document(target: &Snapshot, proposal: &Proposal<'_>) -> String {
    let facts = proposal.facts();
    let status = facts.status.clone().filter(|_| target.is_proposal());
    let sections = proposal.template.sections.iter();
    let first = sections.filter_map(|section| proposal.section(section)).min_by_key(|section| section.span.start);
    let body = first.map_or(proposal.preamble(), |section| section.body());
    let parts = [Some(format!("**{}**", facts.title)), status, start(proposal, body)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Returns a preview of the section that the anchor at the index `place` heads or is in.
fn of_anchor(proposal: &Proposal<'_>, place: usize) -> Option<String> {
    let at = proposal.document.anchors().get(place)?.span.start;
    let outline = proposal.document.outline();
    let around = || outline.iter().rfind(|(_, section)| section.span.contains(at));
    let (_, section) = outline.headed_at(at).or_else(around)?;
    let heading = format!("**{}**", section.heading.text);
    Some([Some(heading), start(proposal, section.body())].into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

/// Returns the first paragraph in `body` that is the author's, shortened if it is long.
fn start(proposal: &Proposal<'_>, body: Span) -> Option<String> {
    let text = proposal.text();
    let blocks = &proposal.document.blocks().list;
    let first = blocks.partition_point(|block| block.span.start < body.start);
    let inside = blocks[first..].iter().take_while(|block| block.span.start < body.end && !block.is_heading());
    let is_instruction = |span: Span| proposal.instructions().iter().any(|found| found.span.meets(span));
    let paragraphs = inside.filter(|block| block.kind == BlockKind::Paragraph && !is_instruction(block.span));
    let paragraph = fold_space(&text.slice(paragraphs.into_iter().next()?.span));
    let cut = paragraph.char_indices().nth(MAX_CHARACTERS).map(|(at, _)| at);
    Some(match cut.and_then(|cut| paragraph[..cut].rfind(' ')) {
        Some(word) => format!("{} …", &paragraph[..word]),
        None => paragraph,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::DocumentId;
    use crate::document::Document;
    use crate::text::Offset;
    use crate::workspace::tests::Folder;

    #[test]
    fn a_reference_shows_how_its_target_starts() {
        let long = "w💡rd ".repeat(80);
        let own = "# VIP-7: A\n\nVIP-8 [b](vip-8.md#größe) [c][L] [d](#own) [e][x] [f](gone.md) [g](notes.md) [h](vip-8.md#deep)\n\n\
                   [l]: vip-8.md\n[x]: https://example.org\n\n## Own\n\n```\ncode\n```\n";
        let folder = Folder::new(&[
            (
                "docs/vip-8.md",
                &format!(
                    "# VIP-8: 💡 B\n\n- **Status**: _Accepted_\n\n## Introduction\n\n<!-- x -->\n\nIt _is_\nso.\n\n## Größe\n\n{long}\n\n### Costs\n\nFew <a id=deep></a> rows.\n"
                ),
            ),
            ("docs/notes.md", "# Notes\n\nFirst.\n"),
        ]);
        let workspace = folder.workspace();
        workspace.read_all();
        let id = DocumentId::file(&folder.path("docs/vip-7.md"));
        workspace.put(id.clone(), Arc::new(Document::open(own)));
        let snapshot = workspace.page(&id).expect("a proposal");
        let check = |needle: &str, expected: Option<&str>| {
            let offset = Offset::new(own.find(needle).expect("it is there"));
            let proposal = snapshot.proposal();
            let reference = proposal.reference_at(offset).expect("a reference");
            assert_eq!(workspace.preview(&snapshot, &reference.to).as_deref(), expected, "{needle}");
        };
        let proposal = "**VIP-8: 💡 B**\n\nAccepted\n\nIt _is_ so.";
        check("VIP-8", Some(proposal));
        check("c][L]", Some(proposal));
        check("b](", Some(&format!("**Größe**\n\n{} …", "w💡rd ".repeat(60).trim_end())));
        check("d](", Some("**Own**"));
        check("e][", Some("<https://example.org>"));
        check("f](", None);
        check("h](", Some("**Costs**\n\nFew <a id=deep></a> rows."));
        check("g](", Some("**Notes**\n\nFirst."));
        assert_eq!(workspace.preview_of(&folder.path("docs/vip-8.md")).as_deref(), Some(proposal));
    }
}
