//! The full format: findings with their lines, the place marked, and what can be done.

use std::io::{Result, Write};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::Report;
use super::style::Look;
use crate::cli::check::reported::Reported;
use crate::cli::paths::named;
use crate::letters::shown;
use crate::rules::Severity;

pub(super) fn write(report: &Report<'_>, look: Look, output: &mut dyn Write) -> Result<()> {
    let renderer = if look.has_colours { Renderer::styled() } else { Renderer::plain() };
    for (path, finding) in report.findings() {
        writeln!(output, "{}\n", renderer.render(&[group(path, finding, look)]))?;
    }
    Ok(())
}

fn group<'a>(path: &Path, finding: &'a Reported, look: Look) -> Group<'a> {
    let title = level(finding.severity).primary_title(shown(&finding.message)).id(finding.rule.id);
    let title = match look.address(finding.rule.id) {
        Some(address) => title.id_url(address),
        None => title,
    };
    let group = title.element(source(path, finding));
    match finding.fixes.iter().min_by_key(|fix| fix.safety) {
        Some(fix) => group.element(Level::HELP.message(help(fix.safety, &fix.title))),
        None => group,
    }
}

fn help(safety: &str, title: &str) -> String {
    let option = if safety == "safe" { " (--fix)" } else { "" };
    format!("{}{option}", shown(title))
}

fn source<'a>(path: &Path, finding: &'a Reported) -> Element<'a> {
    let path = named(path);
    match &finding.excerpt {
        Some(excerpt) => {
            let mark = AnnotationKind::Primary.span(excerpt.range.clone());
            Snippet::source(excerpt.source.as_str()).line_start(excerpt.line).path(path).annotation(mark).into()
        }
        None => Origin::path(path).line(finding.start.line as usize).char_column(finding.start.column as usize).into(),
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name(severity.as_str()),
        Severity::Hint => Level::NOTE.with_name(severity.as_str()),
    }
}
