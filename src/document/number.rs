//! The proposal's own number, in all places of the document.

use std::ops::Range;
use std::path::Path;

use super::Proposal;
use crate::syntax::Entry;
use crate::template::{Form, lone_number};
use crate::text::Span;

/// A place with the proposal's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnNumber {
    /// The digits.
    pub span: Span,
    /// The metadata key that has it, and the key's form; `None` for the title.
    pub key: Option<(String, Form)>,
}

/// Returns every number in `proposal` that should be its own: in the title, then in the metadata.
pub fn own_numbers(proposal: &Proposal<'_>) -> Vec<OwnNumber> {
    let of_title = title_number(proposal).map(|span| OwnNumber { span, key: None });
    let mut numbers: Vec<OwnNumber> = of_title.into_iter().collect();
    for metadata in proposal.all_metadata() {
        // A value that YAML or TOML parses to something other than its source cannot be edited in the source.
        for entry in metadata.entries.iter().filter(|entry| entry.scalar.is_none()) {
            numbers.extend(number_in(proposal, metadata.form, entry).map(|range| {
                let span = Span::of_range(entry.value.start, range);
                OwnNumber { span, key: Some((entry.key.clone(), metadata.form)) }
            }));
        }
    }
    numbers
}

fn number_in(proposal: &Proposal<'_>, form: Form, entry: &Entry) -> Option<Range<usize>> {
    let source = proposal.text().slice(entry.value);
    match (form, entry.key.to_lowercase().as_str()) {
        (_, "title") => in_title(proposal, &source),
        (Form::FrontMatter, "permalink" | "url" | "slug") => in_path(proposal, &source),
        // Fast path: few values are numbers, so the name of the key is checked last.
        _ => lone_number(&source, |word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
            .filter(|_| proposal.template.is_number_key(&entry.key)),
    }
}

/// Returns the digits of the number in the title.
pub fn title_number(proposal: &Proposal<'_>) -> Option<Span> {
    let content = proposal.title()?.heading.content;
    let range = in_title(proposal, &proposal.text().slice(content))?;
    Some(Span::of_range(content.start, range))
}

/// Returns the number in the title with its prefix, as `VIP-7`, without brackets or marks around it.
pub fn prefixed_title_number(proposal: &Proposal<'_>) -> Option<Span> {
    let digits = title_number(proposal)?;
    let content = proposal.title()?.heading.content;
    let prefix = proposal.text().slice(content).find(char::is_alphanumeric)?;
    Some(Span::new(content.start + prefix, digits.end))
}

fn in_title(proposal: &Proposal<'_>, title: &str) -> Option<Range<usize>> {
    Some(proposal.template.read_number(title)?.digits)
}

/// Returns the number in the last part of the path `source`.
fn in_path(proposal: &Proposal<'_>, source: &str) -> Option<Range<usize>> {
    let path = source.trim_end_matches('/');
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    let number = proposal.template.number_of(Path::new(&path[start..]))?;
    let at = start + path[start..].find(number)?;
    Some(at..at + number.len())
}
