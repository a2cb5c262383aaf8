//! Hover: what is known about the thing under the pointer.

use super::stages;
use crate::document::{Length, Metadata, Proposal, is_value, said_in};
use crate::rules::{Diagnostic, Severities, page};
use crate::syntax::Entry;
use crate::template::{MetadataKey, TemplateSection};
use crate::text::{Offset, Span};

/// A hover to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The content, as Markdown that also reads well unrendered.
    pub markdown: String,
    /// The place that it is about.
    pub span: Span,
}

/// The separator between two parts of a hover.
const RULER: &str = "\n\n---\n\n";

/// Combines the rules of those of `diagnostics`, under `severities`, that are at `offset`, each once, the `preview` of the reference there, and what
/// the template says about the heading, key or value there.
pub fn hover(
    proposal: &Proposal<'_>,
    (diagnostics, severities): (&[Diagnostic], &Severities),
    preview: Option<Hover>,
    offset: Offset,
) -> Option<Hover> {
    let mut found = rules(diagnostics, offset);
    found.extend(preview);
    found.extend(section(proposal, offset).or_else(|| metadata(proposal, offset)));
    found.extend(status(proposal, (diagnostics, severities), offset));
    // The narrowest place, because the rest of a wider one may have other things to show.
    let span = found.iter().map(|found| found.span).min_by_key(|span| span.len())?;
    let markdown = found.into_iter().map(|found| found.markdown).collect::<Vec<_>>().join(RULER);
    Some(Hover { markdown, span })
}

/// Returns what can be said about the status, if that is at `offset`.
fn status(
    proposal: &Proposal<'_>,
    (diagnostics, severities): (&[Diagnostic], &Severities),
    offset: Offset,
) -> Option<Hover> {
    let status = proposal.status().filter(|status| is_at(status.span, offset))?;
    let told = stages::told(proposal, diagnostics, severities);
    (!told.is_empty()).then(|| Hover { markdown: told.join("\n\n"), span: status.span })
}

fn rules(diagnostics: &[Diagnostic], offset: Offset) -> Vec<Hover> {
    let mut met: Vec<&Diagnostic> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| is_at(diagnostic.span, offset)) {
        match met.iter_mut().find(|other| other.rule == diagnostic.rule) {
            Some(other) if diagnostic.span.len() < other.span.len() => *other = diagnostic,
            Some(_) => {}
            None => met.push(diagnostic),
        }
    }
    let rule = |diagnostic: &Diagnostic| {
        let markdown = format!("`{}`\n\n{}", diagnostic.rule.id, page::explanation(diagnostic.rule));
        Hover { markdown, span: diagnostic.span }
    };
    met.into_iter().map(rule).collect()
}

/// Whether a pointer at `offset` is on `span`.
fn is_at(span: Span, offset: Offset) -> bool {
    span.contains(offset) || span.is_empty() && span.touches(offset)
}

/// Returns what the template says about the section whose heading is at `offset`.
fn section(proposal: &Proposal<'_>, offset: Offset) -> Option<Hover> {
    let mut sections = proposal.document.outline().iter();
    let (id, section) = sections.find(|(_, section)| is_at(section.heading.span, offset))?;
    let version = proposal.template.version.as_ref().map(|version| format!("template of {}", version.day));
    if Some(id) == proposal.title_id() {
        let said = |version| format!("Follows the {version}, an earlier version in git");
        return version.map(said).map(|markdown| Hover { markdown, span: section.heading.span });
    }
    let of_template = proposal.template_section(id)?;
    let learnt = proposal.template.learnt.as_ref().and_then(|learnt| learnt.told(&of_template.key));
    let notes = notes(of_template, &proposal.lengths(of_template), learnt.or(version));
    // The guidance of a learned template is only its own markers.
    let guidance = if proposal.template.learnt.is_some() { String::new() } else { quoted(&of_template.guidance) };
    let parts: Vec<_> = [notes, guidance].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| Hover { markdown: parts.join("\n\n"), span: section.heading.span })
}

fn notes(section: &TemplateSection, lengths: &[Length], learnt: Option<String>) -> String {
    let limit = |length: &Length| format!("{} of at most {} {}", length.count, length.limit, length.unit.as_str());
    let optional = (section.is_optional && section.required_when.is_none()).then(|| "optional".to_owned());
    let when = section.told_conditions();
    let notes: Vec<_> = lengths.iter().map(limit).chain(optional).chain(when).chain(learnt).collect();
    notes.join(", ")
}

/// Formats `guidance` as a quote, with the text of comments, which would not be rendered.
fn quoted(guidance: &str) -> String {
    let shown = guidance.replace("<!--", "").replace("-->", "");
    let quote = |line: &str| format!("> {line}").trim_end().to_owned();
    shown.trim().lines().map(quote).collect::<Vec<_>>().join("\n")
}

/// Returns what the template says about the metadata whose key or value is at `offset`.
fn metadata(proposal: &Proposal<'_>, offset: Offset) -> Option<Hover> {
    proposal.all_metadata().find_map(|metadata| {
        let place = |entry: &Entry| [entry.key_span, entry.value].into_iter().find(|span| is_at(*span, offset));
        let (entry, span) = metadata.entries.iter().find_map(|entry| Some((entry, place(entry)?)))?;
        let markdown = entry_markdown(proposal, metadata, entry)?;
        Some(Hover { markdown, span })
    })
}

fn entry_markdown(proposal: &Proposal<'_>, metadata: &Metadata, entry: &Entry) -> Option<String> {
    let (_, key) = proposal.template.metadata_key(metadata.form, &entry.key)?;
    let (value, _) = said_in(proposal.text(), entry);
    let optional = (key.is_optional && key.required_when.is_none()).then(|| "optional".to_owned());
    let is_learnt = proposal.template.learnt.is_some();
    let notes: Vec<_> =
        expected(key, &value, is_learnt).into_iter().chain(key.told_demands()).chain(optional).collect();
    (!notes.is_empty()).then(|| format!("{}: {}", code(&key.name), notes.join("; ")))
}

/// Describes what the template expects for `key`, whose current value is `value`; `None` if it has neither values nor a
/// placeholder.
fn expected(key: &MetadataKey, value: &str, is_learnt: bool) -> Option<String> {
    if key.values.is_empty() {
        let place = if is_learnt { "similar documents" } else { "the template" };
        return (!key.placeholder.is_empty()).then(|| format!("{} in {place}", code(&key.placeholder)));
    }
    // Of two values that start alike, the longer one is meant.
    let met = key.values.iter().filter(|allowed| is_value(value, allowed));
    let current = met.max_by_key(|allowed| allowed.len());
    let shown = |allowed: &str| match Some(allowed) == current.map(String::as_str) {
        true => format!("**{}**", code(allowed)),
        false => code(allowed),
    };
    let values = key.told_choices(shown);
    Some(if key.is_open || key.is_loose {
        format!("one of {values}, or another value")
    } else {
        format!("one of {values}")
    })
}

/// Formats `text` as a code span (CommonMark 6.1: the delimiters are longer than any run of backticks in it).
fn code(text: &str) -> String {
    match text.split(|sign| sign != '`').map(str::len).max() {
        None | Some(0) => format!("`{text}`"),
        Some(row) => format!("{0} {text} {0}", "`".repeat(row + 1)),
    }
}
