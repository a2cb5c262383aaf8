//! `document-too-large`: a document is too large to be checked.

use super::{Applies, Blocks, Docs, Finding, LooksAt, Rule, Severity, says};
use crate::document::Document;
use crate::syntax::MAX_BYTES;
use crate::text::{Offset, Span};

pub(super) static RULE: Rule = Rule {
    id: "document-too-large",
    severity: Severity::Information,
    summary: "a document is too large to check",
    docs: Docs {
        why: "People read proposals. A file of more than a mebibyte is most likely something else, and checking it would \
              slow down every keystroke, so no other rule looks at it.",
        bad: "",
        good: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows.\n\n## Design\n\nA map.\n\n## Notes\n\nNone.\n",
    },
    looks_at: LooksAt::Any,
    check: |proposal, findings| findings.extend(finding(proposal.document)),
    on_index: |page, findings| findings.extend(finding(page.document)),
    applies: Applies::TooLarge,
    blocks: Blocks::Always,
    ..Rule::PLAIN
};

fn finding(document: &Document) -> Option<Finding> {
    let fault = format!("document is over {MAX_BYTES} bytes and is not checked");
    let finding = || Finding::new(Span::empty(Offset::ZERO), says(fault, "split it or move data out of it"));
    document.is_too_large().then(finding)
}
