//! `index-status`: an index page gives a proposal another status than the proposal itself.

use std::borrow::Cow;

use super::listing::{Said, status_agreement};
use super::{Docs, LooksAt, Rule, Severity, says};
use crate::document::{Facts, Proposal, allows};

pub(super) static RULE: Rule = Rule {
    id: "index-status",
    severity: Severity::Warning,
    summary: "an index page and a proposal disagree on the status",
    docs: Docs {
        why: "Most readers look only at the index, and believe that a decision is open when it was made long ago. The \
              proposal is right. This is reported on the index page and, as a hint, in the proposal. A status that the \
              template does not allow is not reported here: correct it first.",
        bad: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm caches | Draft |\n",
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
    word: "status",
    cell: |row| row.status.as_ref(),
    listed: |row| row.status.as_ref(),
    own: valid_status,
    written: |document, facts| valid_status(document, facts).map(Cow::Borrowed),
    place: |proposal| Some(proposal.status()?.span),
    agreement: status_agreement,
    on_page: |name, own, listed| {
        says(format!("\"{name}\" has the status \"{own}\", not \"{listed}\""), "change the row")
    },
    in_proposal: |page, listed| {
        says(format!("\"{page}\" has the status \"{listed}\" for this proposal"), "change the row there")
    },
};

/// Returns the status in `facts`, unless it is invalid, as it has to be fixed itself then.
fn valid_status<'a>(document: &Proposal<'_>, facts: &'a Facts) -> Option<&'a str> {
    let key = document.template.status_key();
    facts.status.as_deref().filter(|status| key.is_none_or(|key| allows(key, status)))
}
