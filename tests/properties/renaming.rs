//! Links lead where they did after a heading is renamed.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use vip_lsp::document::{Destination, Document};
use vip_lsp::text::{Offset, apply};
use vip_lsp::workspace::{DocumentId, Goal, Workspace};

/// Lines of a document; the links lead to headings of any of the two documents.
const LINES: [&str; 16] = [
    "## Größe",
    "## Scope",
    "## Scope",
    "### Scope 1",
    "Scope\n---",
    "## 💡 [A](#scope) *b*",
    "## A_b - c ##",
    "[a](#scope)",
    "[a](#scope-1) 💡 [b](vip-8.md#scope_1)",
    "[a](vip-7.md#größe) [b](vip-8.md#gr%C3%B6%C3%9Fe)",
    "[a][l] [b](./vip-8.md#a-b)",
    "[l]: vip-7.md#a_b---c",
    "[a](<vip-8.md#scope-1-1> \"t\")",
    "```\n[a](#scope)\n```",
    "> [a](#-a-b)",
    "text",
];

const NAMES: [&str; 7] = ["Scope", "Größe", "New *name*", "💡", "scope 1", "`x` & y", "A-b c"];

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(select(LINES.to_vec()), 0..10).prop_map(|lines| lines.join("\n\n") + "\n")
}

fn workspace(documents: &[String; 2]) -> (Workspace, [DocumentId; 2]) {
    let workspace = Workspace::default();
    workspace.set_roots(vec![Path::new("/none/docs").to_owned()]);
    let ids = ["vip-7.md", "vip-8.md"].map(|name| DocumentId::file(&Path::new("/none/docs").join(name)));
    for (id, content) in ids.iter().zip(documents) {
        workspace.put(id.clone(), Arc::new(Document::open(content)));
    }
    (workspace, ids)
}

/// Where the links of the document `id` lead: which document, and which of its headings.
fn targets(workspace: &Workspace, id: &DocumentId) -> Vec<Option<(Option<DocumentId>, Option<usize>)>> {
    let snapshot = workspace.page(id).expect("a proposal");
    let proposal = snapshot.proposal();
    let in_heading =
        |place: Offset| snapshot.document.outline().iter().any(|(_, section)| section.heading.content.contains(place));
    // A link in the heading may go with the heading's name.
    let is_link = |to: &Destination| !matches!(to, Destination::Label(_));
    let links = proposal.references().iter().filter(|found| is_link(&found.to) && !in_heading(found.span.start));
    let target = |goal: Goal| match goal {
        Goal::Anchor { ref place, .. } => (goal.id(), Some(*place)),
        _ => (goal.id(), None),
    };
    links.map(|reference| workspace.goal(&snapshot, &reference.to).map(target)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn links_lead_to_the_same_headings_after_one_is_renamed(
        first in document(), second in document(), line in 0_usize..20, name in select(NAMES.to_vec()),
    ) {
        let documents = [format!("# VIP-7: A\n\n{first}"), format!("# VIP-8: B\n\n{second}")];
        let (before, ids) = workspace(&documents);
        let snapshot = before.page(&ids[0]).expect("a proposal");
        let headings: Vec<_> = snapshot.document.outline().iter().map(|(_, section)| section.heading.content).collect();
        let Some(heading) = headings.get(line) else { return Ok(()) };
        let Some(renaming) = before.renaming_at(&snapshot, Offset::new(heading.end.get())) else { return Ok(()) };
        let Ok(changes) = before.rename(&snapshot, &renaming, name) else { return Ok(()) };
        let mut changed = documents.clone();
        for found in &changes.documents {
            let place = ids.iter().position(|id| *id == found.id).expect("one of the two");
            prop_assert!(found.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{:?}", found.edits);
            changed[place] = apply(found.document.text(), &found.edits).to_string();
        }
        let (after, _) = workspace(&changed);
        for id in &ids {
            let (before, after) = (targets(&before, id), targets(&after, id));
            prop_assert_eq!(before.len(), after.len());
            // A link that led to no heading may lead to the new name by chance.
            let led = |target: &Option<(Option<DocumentId>, Option<usize>)>| matches!(target, Some((_, Some(_))));
            let is_kept = before.iter().zip(&after).all(|(before, after)| !led(before) || before == after);
            prop_assert!(is_kept, "{documents:?} became {changed:?}: {before:?}, {after:?}");
        }
    }
}
