//! `section-too-long`: a section has more words than the template allows it.

use super::{Docs, Finding, Place, Rule, Severity, no_fixes};
use crate::document::Proposal;
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "section-too-long",
    severity: Severity::Warning,
    summary: "a section has more words than the template allows",
    docs: Docs {
        why: "A limit is a promise to the reader: the introduction can be read in a minute. Words are counted as a word \
              processor counts the rendered text; code blocks, HTML, comments, link targets, images and instructions left \
              over from the template do not count.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows in memory so that reads are fast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows in memory.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    check: |proposal, findings| {
        findings.extend(proposal.template.sections.iter().filter_map(|section| finding(proposal, section)))
    },
    fixes: no_fixes,
};

fn finding(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Finding> {
    let limit = section.word_limit?;
    let heading = &proposal.section(section)?.heading;
    let words = proposal.words(section)?;
    let first_over = *words.get(limit)?;
    let name = sentence_case(&section.name);
    let message = format!("{name} has {} words, at most {limit} allowed", words.len());
    let finding = Finding::of_section(heading.content, message, section);
    Some(finding.with_related(Place::Document(first_over), &format!("word {} is here", limit + 1)))
}

/// `name` as it stands within a sentence: with a small first letter, unless it is an abbreviation.
fn sentence_case(name: &str) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}
