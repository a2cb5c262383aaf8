//! `index-title`: an index page gives a proposal another title than the proposal itself.

use super::listing::Said;
use super::{Docs, LooksAt, Rule, Severity, says};
use crate::document::title_agreement;

pub(super) static RULE: Rule = Rule {
    id: "index-title",
    severity: Severity::Warning,
    summary: "an index page and a proposal disagree on the title",
    docs: Docs {
        why: "Titles change while a proposal is discussed, and the index is forgotten. The proposal is right. Case, \
              punctuation and the number do not matter. A title that the index cuts off with an ellipsis is fine, and a \
              shortened one is a hint. This is reported on the index page and, as a hint, in the proposal.",
        bad: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm starts | Accepted |\n",
        good: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm caches | Accepted |\n",
    },
    looks_at: LooksAt::IndexPages,
    check: |proposal, findings| SAID.check(proposal, findings),
    on_index: |page, findings| SAID.on_index(page, findings),
    fixes: |proposal, diagnostic| SAID.fixes(proposal, diagnostic),
    fixes_on_index: |page, diagnostic| SAID.fixes_on_index(page, diagnostic),
    ..Rule::PLAIN
};

static SAID: Said = Said {
    word: "title",
    cell: |row| row.title.as_ref(),
    listed: |row| row.title.as_ref(),
    own: |document, facts| Some(document.title_of(facts)),
    written: |document, facts| Some(document.written_title(facts)),
    place: |proposal| Some(proposal.title_span()),
    agreement: title_agreement,
    on_page: |name, own, listed| says(format!("\"{name}\" is called \"{own}\", not \"{listed}\""), "change the row"),
    in_proposal: |page, listed| says(format!("\"{page}\" calls this proposal \"{listed}\""), "change the row there"),
};
