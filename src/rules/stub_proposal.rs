//! `stub-proposal`: a proposal has no section at all.

use super::{Applies, Blocks, Diagnostic, Docs, Finding, Fix, Rule, Severity, missing_section, says};
use crate::document::Proposal;
use crate::syntax::words;

/// The maximum number of words of a redirect, which says little more than where the proposal went.
const REDIRECT_WORDS: usize = 60;

/// The number of words from which a text is more than the start of a proposal.
const TEXT_WORDS: usize = 100;

pub(super) static RULE: Rule = Rule {
    id: "stub-proposal",
    severity: Severity::Information,
    summary: "a proposal has no sections",
    docs: Docs {
        why: "The number is taken, and the text is still to come. One finding says so, instead of one for each section of \
              the template. A document that only says where the proposal moved is not reported.",
        bad: "# XIP-1: Cache\n\nDiscussed elsewhere for now.\n",
        good: "# XIP-1: Cache\n\nMoved to [XIP-2](xip-2.md).\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes,
    applies: Applies::Stub,
    blocks: Blocks::Always,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    if !proposal.is_stub() || is_redirect(proposal) {
        return None;
    }
    let first = &proposal.template.sections.first()?.name;
    let count = words(proposal.text(), proposal.preamble(), |_| false).len();
    let what = if count > TEXT_WORDS { "proposal has text but no sections" } else { "proposal has no sections yet" };
    let message = says(what, format!("insert the template's sections, starting with \"{first}\""));
    Some(Finding::new(proposal.title_span(), message))
}

fn is_redirect(proposal: &Proposal<'_>) -> bool {
    let text = proposal.text();
    if proposal.document.blocks().front_matter.is_some_and(|span| text.slice(span).contains("\nredirect")) {
        return true;
    }
    let said = words(text, proposal.preamble(), |_| false);
    let is_move = |word: &crate::text::Span| {
        let word = text.slice(*word).to_lowercase();
        let word = word.trim_matches(|character: char| !character.is_alphanumeric());
        matches!(word, "moved" | "renamed" | "redirect" | "redirects" | "redirected")
    };
    said.len() <= REDIRECT_WORDS && said.iter().any(is_move)
}

fn fixes(proposal: &Proposal<'_>, _: &Diagnostic) -> Vec<Fix> {
    missing_section::insert_many(proposal)
}
