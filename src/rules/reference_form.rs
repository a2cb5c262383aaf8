//! `reference-form`: another proposal is not mentioned as the settings say.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{MentionFault, OddMention, Proposal};

pub(super) static RULE: Rule = Rule {
    id: "reference-form",
    severity: Severity::Warning,
    summary: "another proposal is not mentioned as the settings say",
    docs: Docs {
        why: "Readers follow links, and tools find proposals by their names. Nothing is said without the setting \
              `references`: it lists prefixes, and says whether the first mention is a link, whether a mention may be code, and \
              which key lists the proposals that the title mentions. In the example, its only prefix is `XIP`.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\nLike XIP 2.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\nLike XIP-2.\n\n## Notes\n",
    },
    has_safe_fix: true,
    check: |proposal, findings| {
        findings.extend(proposal.odd_mentions().iter().map(|odd| Finding::new(odd.span, message(odd))));
    },
    fixes,
    ..Rule::PLAIN
};

fn message(odd: &OddMention) -> super::Message {
    let wanted = &odd.wanted;
    match &odd.fault {
        MentionFault::Form => says(format!("the proposal is called \"{wanted}\""), format!("write \"{wanted}\"")),
        MentionFault::Unlinked => says(format!("the first mention of \"{wanted}\" is not a link"), "link to it"),
        MentionFault::Code => says(format!("\"{wanted}\" is a proposal, not code"), "remove the backticks"),
        MentionFault::Unknown => says(format!("there is no proposal \"{wanted}\""), "correct the number"),
        MentionFault::Unlisted(key) => says(
            format!("\"{key}\" does not list \"{wanted}\", which is mentioned here"),
            format!("add it to \"{key}\""),
        ),
    }
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let is_it = |odd: &OddMention| odd.span == diagnostic.span && message(odd) == diagnostic.message;
    let Some(odd) = proposal.odd_mentions().iter().find(|odd| is_it(odd)).cloned() else { return Vec::new() };
    let title = match odd.fault {
        MentionFault::Unlinked => format!("Link to \"{}\"", odd.wanted),
        MentionFault::Code => "Remove the backticks".to_owned(),
        _ => format!("Write \"{}\"", odd.wanted),
    };
    odd.mended.map(|edit| Fix::new(title, vec![edit]).preferred().safe()).into_iter().collect()
}
