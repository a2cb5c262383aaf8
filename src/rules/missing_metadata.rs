//! `missing-metadata`: a metadata key of the template is not there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::{Deviation, Metadata, Proposal};
use crate::syntax::{Body, Entry, is_toml, item_content};
use crate::template::{Form, MetadataKey};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "missing-metadata",
    severity: Severity::Warning,
    summary: "a metadata key that the template asks for is missing",
    docs: Docs {
        why: "Status, authors and the like are what readers, index pages and tools look for first.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Authors**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Proposal,
    check: |proposal, findings| match proposal.metadata() {
        Some(metadata) => findings.extend(proposal.missing_keys().map(|key| finding(proposal, metadata, key))),
        None => findings.extend(all_missing(proposal)),
    },
    fixes,
};

fn finding(proposal: &Proposal<'_>, metadata: &Metadata, (index, key): (usize, &MetadataKey)) -> Finding {
    let (span, place) = match before(proposal, metadata, key) {
        Some(before) => (before.key_span, format!("after \"{}\"", before.key)),
        None => {
            let first = metadata.entries.first().map(|entry| entry.key_span);
            (first.unwrap_or(proposal.text().line_span_at(metadata.span.start)), "first".to_owned())
        }
    };
    let message = format!("metadata \"{}\" is missing; add it {place}", key.name);
    let finding = Finding { subject: Some(index), ..Finding::new(span, message) };
    finding.lowered(proposal, Deviation::NoKey(index))
}

/// One finding for a document that has none of the metadata, unless some of it is there in another way.
fn all_missing(proposal: &Proposal<'_>) -> Option<Finding> {
    let names: Vec<String> = proposal.required_keys().map(|(_, key)| format!("\"{}\"", key.name)).collect();
    let place = match proposal.template.form? {
        Form::FrontMatter => "as front matter",
        Form::Bullets | Form::Table if proposal.title().is_some() => "below the title",
        Form::Bullets | Form::Table => "at the start",
    };
    if names.is_empty() || is_said_otherwise(proposal) {
        return None;
    }
    let message = format!("metadata is missing; add {} {place}", names.join(", "));
    let finding = Finding::new(proposal.title_span(), message);
    Some(match proposal.required_keys().next() {
        Some((index, _)) => finding.lowered(proposal, Deviation::NoKey(index)),
        None => finding,
    })
}

/// Whether the text before the first section but the title has one of the keys, in whichever form.
fn is_said_otherwise(proposal: &Proposal<'_>) -> bool {
    let (text, preamble) = (proposal.text(), proposal.preamble());
    let title = proposal.title().map_or(preamble.start, |title| title.heading.span.start);
    let texts = [Span::new(text.start(), title.min(preamble.start).max(text.start())), preamble];
    let texts = texts.map(|span| text.slice(span).to_lowercase());
    let says = |key: &MetadataKey| {
        let name = key.name.trim_end_matches("(s)").trim_end_matches(['#', ' ']).to_lowercase();
        texts.iter().any(|text| text.contains(&name))
    };
    proposal.template.metadata.iter().any(says)
}

/// The entry for the nearest key before `key` that is there.
fn before<'a>(proposal: &Proposal<'_>, metadata: &'a Metadata, key: &MetadataKey) -> Option<&'a Entry> {
    let keys = proposal.template.metadata.iter().take_while(|other| other.name != key.name || other.form != key.form);
    keys.filter(|other| other.form == key.form).filter_map(|key| metadata.entry(&key.name)).last()
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (edit, title) = match (diagnostic.subject, proposal.metadata()) {
        (Some(index), Some(metadata)) => {
            let Some(key) = proposal.template.metadata.get(index) else { return Vec::new() };
            (insertion(proposal, metadata, key), format!("Insert metadata \"{}\"", key.name))
        }
        _ => (insertion_of_all(proposal), "Insert the template's metadata".to_owned()),
    };
    edit.map(|edit| Fix::new(title, vec![edit]).preferred()).into_iter().collect()
}

fn insertion(proposal: &Proposal<'_>, metadata: &Metadata, key: &MetadataKey) -> Option<Edit> {
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let before = before(proposal, metadata, key);
    let first_line = text.line_at(metadata.span.start);
    let line = match metadata.form {
        Form::FrontMatter if !is_line_by_line(proposal, metadata.span) => return None,
        Form::FrontMatter => key.label.clone(),
        Form::Table => format!("| {} | |", key.label),
        Form::Bullets => {
            // The bullet and the spaces around it are those of the entry that is there.
            let line = text.slice(text.line_span_at(metadata.entries.first()?.span.start));
            format!("{}{}", &line[..item_content(&line).unwrap_or(0)], key.label)
        }
    };
    let after = match (before, metadata.form) {
        (Some(before), _) => text.trim_end(Span::new(before.span.start, before.span.end)).end,
        (None, Form::Bullets) => {
            return Some(Edit::insert(metadata.entries.first()?.span.start, format!("{line}{ending}")));
        }
        (None, Form::FrontMatter) => text.line_span(first_line).end,
        (None, Form::Table) => text.line_span(first_line + 1).end,
    };
    // A table's header is followed by its delimiter row.
    let is_header = metadata.form == Form::Table && text.line_at(after) == first_line;
    let after = if is_header { text.line_span(first_line + 1).end } else { text.skip_blanks(after) };
    Some(Edit::insert(after, format!("{ending}{line}")))
}

/// Whether the front matter at `span` has a key a line, as YAML does but in braces.
fn is_line_by_line(proposal: &Proposal<'_>, span: Span) -> bool {
    let source = proposal.text().slice(span);
    let is_in_braces = source.lines().skip(1).any(|line| line.starts_with('{'));
    !is_toml(proposal.text(), span) && !is_in_braces
}

/// All of the metadata, where there is none: behind the title, or at the start of the text.
fn insertion_of_all(proposal: &Proposal<'_>) -> Option<Edit> {
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let bullet = match proposal.template.form? {
        Form::FrontMatter => "",
        Form::Bullets => "- ",
        Form::Table => return None,
    };
    let lines: Vec<String> = proposal.required_keys().map(|(_, key)| format!("{bullet}{}", key.label)).collect();
    let lines = lines.join(ending);
    if bullet.is_empty() {
        return Some(Edit::insert(text.start(), format!("---{ending}{lines}{ending}---{ending}{ending}")));
    }
    Some(match proposal.title() {
        Some(title) => Edit::insert(title.heading.span.end, format!("{ending}{ending}{lines}{}", gap(proposal))),
        None => Edit::insert(Body::of(text).start, format!("{lines}{ending}{ending}")),
    })
}

/// What has to follow a list behind the title so that it ends there: nothing, when a blank line does.
fn gap(proposal: &Proposal<'_>) -> &'static str {
    let text = proposal.text();
    let next = proposal.title().map_or(0, |title| text.line_at(title.heading.span.end) + 1);
    let is_followed = next < text.line_count() && !text.is_blank_line(next);
    if is_followed { text.line_ending().as_str() } else { "" }
}
