//! `section-text`: a section does not say what the settings require, or is not the last one.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::Proposal;
use crate::template::TemplateSection;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "section-text",
    severity: Severity::Warning,
    summary: "a section does not say what the settings require, or is not the last one",
    docs: Docs {
        why: "A licence or a waiver counts only in its own words. Nothing is said unless the settings of a section have a `text`, or \
              say that it is `last`. In the example, `Notes` must say `None.`",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n\nSome.\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n\nNone.\n",
    },
    check: |proposal, findings| {
        let sections = proposal.template.sections.iter();
        let demanding = sections.filter(|section| section.required_text.is_some() || section.is_last);
        findings.extend(demanding.flat_map(|section| found(proposal, section)));
    },
    fixes,
    ..Rule::PLAIN
};

fn found(proposal: &Proposal<'_>, section: &TemplateSection) -> Vec<Finding> {
    let Some(own) = proposal.section(section) else { return Vec::new() };
    let heading = own.heading.content;
    let mut found = Vec::new();
    if let Some(text) = &section.required_text
        && inside(proposal, section).is_some_and(|(_, says)| says != *text)
    {
        let message =
            says(format!("section \"{}\" does not have the required text", section.name), format!("write \"{text}\""));
        found.push(Finding::of_section(heading, message, section));
    }
    let is_followed = proposal.document.outline().iter().any(|(_, other)| other.heading.span.start >= own.span.end);
    if section.is_last && is_followed {
        let message = says(format!("section \"{}\" is not the last one", section.name), "move it to the end");
        found.push(Finding::new(heading, message));
    }
    found
}

/// Returns what the document's section that is the template's `section` says, and where.
fn inside(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<(Span, String)> {
    let body = proposal.section(section)?.body();
    let slice = proposal.text().slice(body);
    let start = body.start + (slice.len() - slice.trim_start().len());
    let span = Span::new(start, start + slice.trim().len());
    Some((span, slice.trim().replace("\r\n", "\n")))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(section) = diagnostic.subject.and_then(|index| proposal.template.sections.get(index)) else {
        return Vec::new();
    };
    let (Some(text), Some((span, said))) = (&section.required_text, inside(proposal, section)) else {
        return Vec::new();
    };
    // Definitions and comments may serve the whole document.
    if said.contains("]:") || said.contains("<!--") || said.lines().any(|line| line.starts_with('#')) {
        return Vec::new();
    }
    let ending = proposal.text().line_ending().as_str();
    let text = text.replace('\n', ending);
    let content = if said.is_empty() { apart(proposal, section, span, &text, ending) } else { text };
    vec![Fix::new("Write the required text", vec![Edit { span, content }]).preferred()]
}

/// Returns `text` for the empty place `span` in a section, with blank lines around it.
fn apart(proposal: &Proposal<'_>, section: &TemplateSection, span: Span, text: &str, ending: &str) -> String {
    let whole = proposal.text();
    let heading = proposal.section(section).map_or(span, |own| own.heading.span);
    let before = whole.slice(Span::new(heading.end, span.start)).matches('\n').count();
    let after = whole.slice(Span::new(span.end, whole.end()));
    let after = if after.is_empty() { 1 } else { 2_usize.saturating_sub(leading(&after)) };
    format!("{}{text}{}", ending.repeat(2_usize.saturating_sub(before)), ending.repeat(after))
}

/// Returns how many line endings `text` starts with.
fn leading(text: &str) -> usize {
    text.chars().take_while(|sign| sign.is_whitespace()).filter(|sign| *sign == '\n').count()
}
