//! `uncovered-prompt`: a section does not mention something that the template's guidance asks for.

use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::Proposal;
use crate::syntax::words;
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "uncovered-prompt",
    severity: Severity::Hint,
    summary: "a section does not mention something that the template's guidance asks for",
    docs: Docs {
        why: "The list items and bold questions in a section's guidance are prompts that the section should answer. A \
              prompt is covered if the section has one of its words. Only words of five or more letters count, except the \
              most common ones, and only their first five letters are compared. The rule is off unless you set a severity, \
              because it compares words and does not judge the content.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n\nA remark.\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n\nMeasured with a small benchmark.\n",
    },
    is_off_by_default: true,
    check: |proposal, findings| {
        let sections = proposal.template.sections.iter().filter(|section| !section.prompts.is_empty());
        sections.for_each(|section| uncovered(proposal, section, findings));
    },
    ..Rule::PLAIN
};

/// The number of letters of a word that are compared, and the minimum length of a word.
const LETTERS: usize = 5;

/// Words that any text has, by their first letters.
const USUAL: [&str; 24] = [
    "about", "after", "again", "among", "based", "befor", "being", "could", "descr", "docum", "every", "featu",
    "first", "inclu", "other", "propo", "provi", "secti", "shoul", "their", "there", "these", "which", "would",
];

fn uncovered(proposal: &Proposal<'_>, section: &TemplateSection, findings: &mut Vec<Finding>) {
    let Some(found) = proposal.section(section) else { return };
    let text = proposal.text();
    let said = words(text, found.body(), |paragraph| proposal.template.instructions.say(paragraph));
    // Another rule reports empty sections.
    if said.is_empty() {
        return;
    }
    let said: std::collections::HashSet<String> = said.iter().filter_map(|word| stem(&text.slice(*word))).collect();
    for prompt in &section.prompts {
        let asked: Vec<String> = prompt.split(|letter: char| !letter.is_alphanumeric()).filter_map(stem).collect();
        if !asked.is_empty() && !asked.iter().any(|word| said.contains(word)) {
            let message =
                says(format!("section \"{}\" does not mention \"{prompt}\"", section.name), "address it if it applies");
            let finding = Finding::of_section(found.heading.content, message, section);
            findings
                .push(finding.with_related(RelatedPlace::Template(section.heading), "the template asks for it here"));
        }
    }
}

/// Returns the first letters of `word` in lowercase, if it has enough of them and is not a usual word.
fn stem(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let stem: String = letters.chars().take(LETTERS).collect();
    (stem.chars().count() == LETTERS && !USUAL.contains(&stem.as_str())).then_some(stem)
}
