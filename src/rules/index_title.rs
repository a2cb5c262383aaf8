//! `index-title`: an index page gives a proposal another title than the proposal itself.

use super::listing::{Said, is_same_title};
use super::{Docs, Rule, Scope, Severity};

pub(super) static RULE: Rule = Rule {
    id: "index-title",
    severity: Severity::Warning,
    summary: "an index page gives a proposal another title than the proposal itself",
    docs: Docs {
        why: "Titles change while a proposal is discussed, and the index is forgotten. The proposal counts. Case and punctuation do \
              not; a title that the index cuts off with an ellipsis will do. It is said on the index page and, as information, in \
              the proposal.",
        bad: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm starts | Accepted |\n",
        good: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm caches | Accepted |\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Index,
    check: |document, findings| SAID.check(document, findings),
    fixes: |document, diagnostic| SAID.fixes(document, diagnostic),
};

static SAID: Said = Said {
    word: "title",
    cell: |row| row.title.as_ref(),
    listed: |row| row.title.as_ref(),
    own: |document, facts| Some(document.title_of(facts)),
    place: |proposal| Some(proposal.title_span()),
    is_same: is_same_title,
    on_page: |name, own| format!("\"{name}\" is called \"{own}\"; change the row"),
    in_proposal: |page, listed| format!("\"{page}\" calls this proposal \"{listed}\"; change the row there"),
};
