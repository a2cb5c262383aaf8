//! `unexpected-metadata`: a metadata key that the proposal must not have.

use super::message::joined;
use super::{About, Diagnostic, Docs, Finding, Fix, Rule, Several, Severity, says};
use crate::document::{Deviation, Proposal};
use crate::syntax::Entry;
use crate::template::Form;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "unexpected-metadata",
    severity: Severity::Warning,
    summary: "a metadata key that the proposal must not have",
    docs: Docs {
        why: "Tools refuse keys that they do not know, and a key that is only for some proposals misleads in others. The \
              template may say so in a comment: `# Only required for Standards Track. Otherwise, remove this field.` The setting \
              `only-when` of a key says the same, and `metadata-order` lists all keys that are allowed. In the example, it does \
              not list `Reviewer`.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Reviewer**: B. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        findings.extend(proposal.needless_keys().into_iter().map(|(index, entry)| needless(proposal, index, entry)));
        findings.extend(proposal.unlisted_keys().into_iter().map(|entry| {
            let message =
                says(format!("\"{}\" is not among the keys of the setting \"metadata-order\"", entry.key), "remove it");
            Finding::new(entry.key_span, message)
        }));
    },
    fixes,
    several: Some(Several { says: "metadata keys must not be there", about: About::Key }),
    reads_sidecars: true,
    ..Rule::PLAIN
};

fn needless(proposal: &Proposal<'_>, index: usize, entry: &Entry) -> Finding {
    let conditions = proposal.template.metadata[index].only_when.iter().flatten();
    let when: Vec<String> = conditions.map(ToString::to_string).collect();
    let message = says(format!("\"{}\" is only for proposals whose {}", entry.key, joined(&when, "and")), "remove it");
    let finding = Finding { subject: Some(index), ..Finding::new(entry.key_span, message) };
    finding.lowered(proposal, Deviation::NeedlessKey(index))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let text = proposal.text();
    let mut all = proposal.all_metadata().flat_map(|all| all.entries.iter().map(move |entry| (all.form, entry)));
    let found = all.find(|(_, entry)| entry.key_span == diagnostic.span);
    let Some((_, entry)) = found.filter(|(form, _)| matches!(form, Form::FrontMatter | Form::Bullets | Form::Lines))
    else {
        return Vec::new();
    };
    let (first, last) = (text.line_at(entry.span.start), text.line_at(entry.span.end));
    // An entry that shares its line with others stays.
    let before = text.slice(Span::new(text.line_start(first), entry.key_span.start));
    let is_alone = before.chars().all(|sign| !sign.is_alphanumeric() && !"{,[".contains(sign));
    let end = if last + 1 < text.line_count() { text.line_start(last + 1) } else { text.end() };
    let ends_line = text.slice(Span::new(entry.span.end, text.line_span(last).end)).trim().is_empty();
    let span =
        Span::new(text.line_start(first), if entry.span.end == text.line_start(last) { entry.span.end } else { end });
    let edit = Edit { span, content: String::new() };
    let fix = || Fix::new(format!("Remove \"{}\"", entry.key), vec![edit]).preferred();
    (is_alone && (ends_line || entry.span.end == text.line_start(last))).then(fix).into_iter().collect()
}
