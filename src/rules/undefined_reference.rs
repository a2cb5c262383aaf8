//! `undefined-reference`: a link has a label that is not defined.

use super::{Docs, Finding, Rule, Severity, says};
use crate::text::{Span, Text};

pub(super) static RULE: Rule = Rule {
    id: "undefined-reference",
    severity: Severity::Warning,
    summary: "a link has a label that is not defined",
    docs: Docs {
        why: "The link is rendered as plain text with its brackets. Only `[text][label]` and `[label][]` are checked: \
              single brackets are often meant literally, and so are several in a row, labels without a word, and tags such \
              as `[Slow][Feature:X]`.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nSee [the design][design].\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nSee [the design][design] [1].\n\n[design]: #design\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| {
        let undefined = proposal.document.undefined().into_iter();
        findings.extend(undefined.filter(|found| !is_other(proposal.text(), found.span)).map(|found| {
            let label = &found.label;
            Finding::new(
                found.span,
                says(format!("label \"{label}\" is not defined"), format!("add a line \"[{label}]: …\"")),
            )
        }));
    },
    is_of_document: true,
    ..Rule::PLAIN
};

/// Whether the brackets at `span` of `text` are not those of a link: they are a footnote, or tags, or directly follow a name, as in
/// `a[0][1]`, or others directly follow them.
fn is_other(text: &Text, span: Span) -> bool {
    let before = text.slice(Span::new(text.line_span_at(span.start).start, span.start));
    let behind = text.slice(Span::new(span.end, text.line_span_at(span.end).end));
    let source = text.slice(span);
    source.contains("[^")
        || before.ends_with(|last: char| last.is_alphanumeric() || "])_".contains(last))
        || is_followed(&behind)
        || are_tags(&source)
}

/// Whether other brackets directly follow those before `behind`, except for their own `[]` and a footnote.
fn is_followed(behind: &str) -> bool {
    behind.starts_with('[') && !behind.starts_with("[]") && !behind.starts_with("[^")
}

/// Whether `brackets`, as in `[text][label]`, are tags, such as those of tests: one of them is a name and a value, as `Feature:X`,
/// or there is no word in the label.
fn are_tags(brackets: &str) -> bool {
    let (text, label) = brackets.trim_matches(['[', ']']).split_once("][").unwrap_or((brackets, brackets));
    let is_word = |word: &str| word.contains(char::is_alphanumeric) && !word.contains([' ', '/', ':']);
    let is_tag = |tag: &str| tag.split_once(':').is_some_and(|(name, value)| is_word(name) && is_word(value));
    // `[1][2]` are two citations.
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    !label.contains(char::is_alphanumeric) || is_tag(text) || is_tag(label) || is_number(text) && is_number(label)
}
