//! `section-too-long`: a section is longer than the template allows it.

use super::{Docs, Finding, Place, Rule, Severity, no_fixes};
use crate::document::Proposal;
use crate::template::TemplateSection;
use crate::text::{Span, Text};

pub(super) static RULE: Rule = Rule {
    id: "section-too-long",
    severity: Severity::Warning,
    summary: "a section is longer than the template allows",
    docs: Docs {
        why: "A limit is a promise to the reader: the introduction can be read in a minute. Words are counted as a word \
              processor counts the rendered text; code blocks, HTML, comments, link targets, images and instructions left \
              over from the template do not count.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows in memory so that reads are fast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows in memory.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    check: |proposal, findings| {
        findings.extend(proposal.template.sections.iter().filter_map(|section| finding(proposal, section)))
    },
    fixes: no_fixes,
};

fn finding(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Finding> {
    section.word_limit.or(section.character_limit)?;
    let heading = &proposal.section(section)?.heading;
    let words = proposal.words(section)?;
    let name = sentence_case(&section.name);
    let (message, place, related) = match (section.word_limit, section.character_limit) {
        (Some(limit), _) if words.len() > limit => {
            let message = format!("{name} has {} words, at most {limit} allowed", words.len());
            (message, words[limit], format!("word {} is here", limit + 1))
        }
        (_, Some(limit)) => {
            let (count, over) = characters(proposal.text(), &words, limit);
            let message = format!("{name} has {count} characters, at most {limit} allowed");
            (message, over?, "the first word over the limit is here".to_owned())
        }
        _ => return None,
    };
    let finding = Finding::of_section(heading.content, message, section);
    Some(finding.with_related(Place::Document(place), &related))
}

/// The number of characters in `words` with a blank between each two, and the first word that goes over `limit`.
fn characters(text: &Text, words: &[Span], limit: usize) -> (usize, Option<Span>) {
    let (mut count, mut over) = (0, None);
    for (index, word) in words.iter().enumerate() {
        count += usize::from(index > 0) + text.slice(*word).chars().count();
        over = over.or((count > limit).then_some(*word));
    }
    (count, over)
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
