//! `title-format`: the title does not have the form of the template's.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{Deviation, Proposal};
use crate::template::{NumberedTitle, Title, TitleForm};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "title-format",
    severity: Severity::Warning,
    summary: "the title does not have the template's format",
    docs: Docs {
        why: "Index pages, links and searches find a proposal by the number in its title, so all titles need the same \
              format. A title whose number is only written differently is information. A title with the word and number of \
              its file is fine.",
        bad: "# Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-12: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    has_safe_fix: true,
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let heading = &proposal.title()?.heading;
    let title = proposal.template.title.as_ref()?;
    let format = format!("{}<number>{}<title>", title.prefix.as_ref()?, separator(title));
    if heading.text.is_empty() || title.placeholders.iter().any(|placeholder| heading.text.contains(placeholder)) {
        return None;
    }
    // Reads the rendered title, as links or bold text around the number do not matter to a reader.
    let number = title.read_number(&heading.text);
    if number.as_ref().is_some_and(|number| !is_deviating(title, &heading.text, number)) {
        return None;
    }
    if is_as_file(proposal, &heading.text) {
        return None;
    }
    if number.is_some() || number_behind_word(proposal, &heading.text).is_some() {
        let message = says("title does not have the template's format", format!("write \"{format}\""));
        return Some(Finding { severity: Some(Severity::Information), ..Finding::new(heading.content, message) });
    }
    let finding = Finding::new(heading.content, says("title has no number", format!("write \"{format}\"")));
    Some(finding.lowered(proposal, Deviation::NoNumber))
}

/// Whether `title` starts with the word and the number in the file's name, if that word is not the template's. One family may use
/// several words.
fn is_as_file(proposal: &Proposal<'_>, title: &str) -> bool {
    let is_same = || {
        let number = proposal.number()?;
        let name = proposal.file()?.file_stem()?.to_str()?;
        let word = name[..name.find(number)?].trim_end_matches(DIVIDERS).rsplit(DIVIDERS).next()?;
        let own = TitleForm::of(title, number)?.prefix;
        let usual = proposal.template.title.as_ref().and_then(|title| title.prefix.as_deref()).unwrap_or_default();
        let is_other = !own.eq_ignore_ascii_case(usual);
        Some(is_other && !word.is_empty() && own.trim_end_matches(DIVIDERS).eq_ignore_ascii_case(word))
    };
    is_same() == Some(true)
}

/// The signs that separate words and numbers in names.
const DIVIDERS: [char; 3] = ['-', '_', ' '];

/// Returns the proposal's number in `title`, after a word that the template's title does not have.
fn number_behind_word(proposal: &Proposal<'_>, title: &str) -> Option<NumberedTitle> {
    let digits = proposal.number()?;
    let form = TitleForm::of(title, digits)?;
    let rest = title.len() - form.rest(title, digits)?.len();
    let start = form.prefix.len();
    Some(NumberedTitle { digits: start..rest - form.separator.len(), rest })
}

fn separator(title: &Title) -> &str {
    title.separator.as_deref().unwrap_or(" ")
}

/// Whether the prefix or the separator of the title `source`, which has `number`, differs from the template's.
fn is_deviating(title: &Title, source: &str, number: &NumberedTitle) -> bool {
    let is_prefix = Some(&source[..number.digits.start]) == title.prefix.as_deref();
    let rest = &source[number.digits.end..];
    // A title that ends with its number needs no separator.
    let (rest, separator) = (folded(rest), folded(title.separator.as_deref().unwrap_or_default()));
    let is_separator = rest.is_empty() || rest.starts_with(&separator) || rest == separator.trim_end();
    !(is_prefix && is_separator)
}

/// Returns `text` with one sign for all dashes and for all colons, as they look alike.
fn folded(text: &str) -> String {
    let sign = |character| match character {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '：' => ':',
        other => other,
    };
    text.chars().map(sign).collect()
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(title) = &proposal.template.title else { return Vec::new() };
    let source = proposal.text().slice(diagnostic.span);
    let number = title.read_number(&source).or_else(|| number_behind_word(proposal, &source));
    let digits = number.as_ref().map(|number| source[number.digits.clone()].to_owned());
    let Some(digits) = digits.or_else(|| Some(proposal.number()?.trim_start_matches('0').to_owned())) else {
        return Vec::new();
    };
    let end = number.as_ref().map_or(0, |number| number.rest);
    // Brackets or bold marks around the number would lose their counterparts.
    let is_marked = source[..end].contains(['[', '*', '`', '_']) && source[end..].contains([']', '*', '`', '_']);
    if is_marked || source.contains(['\n', '\r']) {
        return Vec::new();
    }
    let start = format!("{}{digits}{}", title.prefix.as_deref().unwrap_or_default(), separator(title));
    let content = if end == source.len() { start.trim_end().to_owned() } else { start };
    let edit = Edit { span: Span::of_range(diagnostic.span.start, 0..end), content };
    let fix = Fix::new("Rewrite the title in the template's format", vec![edit]).preferred();
    vec![if number.is_some() { fix.safe() } else { fix }]
}
