//! `missing-metadata`: a metadata key of the template is missing.

use std::collections::{HashMap, HashSet};

use super::message::Message;
use super::{About, Diagnostic, Docs, Finding, Fix, Rule, Several, Severity, says};
use crate::document::{Deviation, Metadata, Proposal, insert_metadata};
use crate::template::{Form, MetadataKey};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "missing-metadata",
    severity: Severity::Warning,
    summary: "a metadata key that the template asks for is missing",
    docs: Docs {
        why: "Status, authors and the like are what readers, index pages and tools look for first. The file that the setting \
              `sidecar` names is asked for, too, if the template has one.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Authors**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        let lacking = proposal.lacking_sidecar();
        findings.extend(lacking.map(|name| Finding::new(proposal.title_span(), file_missing(name))));
        match proposal.metadata() {
            // A document with another form of metadata than the template also has another set of keys.
            Some(metadata) if Some(metadata.form) != proposal.template.form => {}
            Some(metadata) => {
                let missing = proposal.missing_keys().filter(|(index, _)| !is_later(proposal, *index));
                findings.extend(missing.map(|key| finding(proposal, metadata, key)));
            }
            None => findings.extend(all_missing(proposal)),
        }
    },
    fixes,
    several: Some(Several { says: "metadata keys are missing", about: About::Key }),
    reads_sidecars: true,
    ..Rule::PLAIN
};

/// Returns the message that the file `name`, which has the metadata, is missing.
fn file_missing(name: &str) -> Message {
    says(format!("the file \"{name}\" is missing"), "add it beside the document, as beside the template")
}

fn finding(proposal: &Proposal<'_>, metadata: &Metadata, (index, key): (usize, &MetadataKey)) -> Finding {
    let (span, place) = match proposal.entry_before(index) {
        Some(before) => (before.key_span, format!("after \"{}\"", before.key)),
        None => {
            let first = metadata.entries.first().map(|entry| entry.key_span);
            (first.unwrap_or(proposal.text().line_span_at(metadata.span.start)), "first".to_owned())
        }
    };
    let message = says(format!("metadata \"{}\" is missing", key.name), format!("add it {place}"));
    let finding = Finding { subject: Some(index), ..Finding::new(span, message) };
    finding.lowered(proposal, Deviation::NoKey(index))
}

/// Whether the template did not ask for the key at `index` yet when the document came in.
fn is_later(proposal: &Proposal<'_>, index: usize) -> bool {
    proposal.surroundings().is_some_and(|surroundings| surroundings.is_later(Deviation::NoKey(index)))
}

/// Returns a single finding for a document without any of the metadata, unless some of it is there in another form.
fn all_missing(proposal: &Proposal<'_>) -> Option<Finding> {
    let names: Vec<String> = proposal.required_keys().map(|(_, key)| format!("\"{}\"", key.name)).collect();
    let place = match proposal.template.form? {
        Form::FrontMatter => "as front matter",
        _ if proposal.title().is_some() => "below the title",
        _ => "at the start",
    };
    let are_later = || proposal.required_keys().all(|(index, _)| is_later(proposal, index));
    if names.is_empty() || is_said_otherwise(proposal) || are_later() {
        return None;
    }
    let message = says("metadata is missing", format!("add {} {place}", names.join(", ")));
    let finding = Finding::new(proposal.title_span(), message);
    Some(match proposal.required_keys().next() {
        Some((index, _)) => finding.lowered(proposal, Deviation::NoKey(index)),
        None => finding,
    })
}

/// Whether the text before the first section after the title has one of the keys, in any form.
fn is_said_otherwise(proposal: &Proposal<'_>) -> bool {
    let (text, preamble) = (proposal.text(), proposal.preamble());
    let title = proposal.title().map_or(preamble.start, |title| title.heading.span.start);
    let texts = [Span::new(text.start(), title.min(preamble.start).max(text.start())), preamble];
    let texts = texts.map(|span| text.slice(span).to_lowercase());
    let name = |key: &MetadataKey| key.name.trim_end_matches("(s)").trim_end_matches(['#', ' ']).to_lowercase();
    let names: HashSet<String> = proposal.template.metadata.iter().map(name).collect();
    let has =
        |key: &MetadataKey| proposal.other_metadata().iter().any(|other| other.entry_called(key.called()).is_some());
    say_any(&texts, &names) || proposal.template.metadata.iter().any(has)
}

/// The number of names from which it is faster to look up all substrings of the text with the length of a name.
const MANY: usize = 32;

/// Whether one of `texts` contains one of `names`.
fn say_any(texts: &[String], names: &HashSet<String>) -> bool {
    if names.len() < MANY {
        return names.iter().any(|name| texts.iter().any(|text| text.contains(name)));
    }
    let mut by_length: HashMap<usize, HashSet<&[u8]>> = HashMap::new();
    names.iter().for_each(|name| _ = by_length.entry(name.len()).or_default().insert(name.as_bytes()));
    by_length.iter().any(|(length, names)| {
        let has = |text: &String| text.as_bytes().windows(*length).any(|part| names.contains(part));
        *length == 0 || texts.iter().any(has)
    })
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    if proposal.lacking_sidecar().is_some_and(|name| diagnostic.message == file_missing(name)) {
        return Vec::new();
    }
    let (edit, title) = match (diagnostic.subject, proposal.metadata()) {
        (Some(index), Some(metadata)) => {
            let Some(key) = proposal.template.metadata.get(index) else { return Vec::new() };
            let edit = metadata.insertion(proposal, key, proposal.entry_before(index));
            (edit, format!("Insert metadata \"{}\"", key.name))
        }
        _ => (insert_metadata(proposal), "Insert the template's metadata".to_owned()),
    };
    edit.map(|edit| Fix::new(title, vec![edit]).preferred().filled_next()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_found_as_few_are() {
        let texts = ["état: keyed by name".to_owned(), String::new()];
        for (name, is_said) in
            [("key 7", false), ("état", true), ("by", true), ("name", true), ("names", false), ("", true)]
        {
            let few = HashSet::from([name.to_owned()]);
            let many = few.iter().cloned().chain((0..MANY).map(|number| format!("other {number}"))).collect();
            assert_eq!((say_any(&texts, &few), say_any(&texts, &many)), (is_said, is_said), "{name}");
        }
    }
}
