//! `index-status`: an index page gives a proposal another status than the proposal itself.

use super::listing::Said;
use super::{Docs, Rule, Scope, Severity};
use crate::document::is_same_value;

pub(super) static RULE: Rule = Rule {
    id: "index-status",
    severity: Severity::Warning,
    summary: "an index page gives a proposal another status than the proposal itself",
    docs: Docs {
        why: "Most readers look at the index alone, and take a decision for open that was made long ago. The proposal counts. It is \
              said on the index page and, as information, in the proposal.",
        bad: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm caches | Draft |\n",
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
    word: "status",
    cell: |row| row.status.as_ref(),
    listed: |row| row.status.as_ref(),
    own: |_, facts| facts.status.as_deref(),
    place: |proposal| Some(proposal.status()?.span),
    is_same: is_same_value,
    on_page: |name, own| format!("\"{name}\" has the status \"{own}\"; change the row"),
    in_proposal: |page, listed| {
        format!("\"{page}\" has the status \"{listed}\" for this proposal; change the row there")
    },
};
