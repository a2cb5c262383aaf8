//! Findings in the form of reports, which do not need the document.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::document::Proposal;
use crate::features::fix_all::has_safe_fix;
use crate::rules::{self, Diagnostic, Rule, Severity};
use crate::text::{Encoding, Offset, Span, Text};

/// A file and its findings.
#[derive(Debug)]
pub(in crate::cli) struct FileReport {
    /// The path to show.
    pub(in crate::cli) path: PathBuf,
    /// Its findings in document order.
    pub(in crate::cli) list: Vec<Reported>,
    /// Whether the file is a proposal or an index page.
    pub(in crate::cli) is_checked: bool,
}

/// A place: line and column from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub(in crate::cli) struct Position {
    pub(in crate::cli) line: u32,
    pub(in crate::cli) column: u32,
}

/// A finding.
#[derive(Debug)]
pub(in crate::cli) struct Reported {
    pub(in crate::cli) rule: &'static Rule,
    pub(in crate::cli) severity: Severity,
    pub(in crate::cli) message: String,
    pub(in crate::cli) start: Position,
    pub(in crate::cli) end: Position,
    /// Identifies the finding within its file, whatever changes elsewhere in the file.
    pub(in crate::cli) key: u64,
    /// The fixes, if requested.
    pub(in crate::cli) fixes: Vec<Fix>,
    /// The excerpt, if requested.
    pub(in crate::cli) excerpt: Option<Excerpt>,
    /// Whether `--fix` would fix it, if requested.
    pub(in crate::cli) is_fixable: bool,
}

/// A fix.
#[derive(Debug, serde::Serialize)]
pub(in crate::cli) struct Fix {
    pub(in crate::cli) title: String,
    /// `safe` or `unsafe`.
    pub(in crate::cli) safety: &'static str,
    pub(in crate::cli) edits: Vec<Edit>,
}

/// Replaces the text between two places with `content`.
#[derive(Debug, serde::Serialize)]
pub(in crate::cli) struct Edit {
    pub(in crate::cli) start: Position,
    pub(in crate::cli) end: Position,
    pub(in crate::cli) content: String,
}

/// The lines of a finding.
#[derive(Debug)]
pub(in crate::cli) struct Excerpt {
    pub(in crate::cli) source: String,
    /// The number of the first line, from 1.
    pub(in crate::cli) line: usize,
    /// The range of the finding in `source`, in bytes.
    pub(in crate::cli) range: std::ops::Range<usize>,
}

/// What a report needs besides places and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Details {
    pub(in crate::cli) fixes: bool,
    pub(in crate::cli) excerpts: bool,
    /// Whether each finding has a safe fix.
    pub(in crate::cli) fixable: bool,
}

/// The maximum number of lines in an excerpt.
const MAX_LINES: usize = 6;

impl FileReport {
    /// Converts `diagnostics`, which were found in `proposal`, for a report.
    pub(super) fn of(path: &Path, proposal: &Proposal<'_>, diagnostics: &[Diagnostic], details: Details) -> FileReport {
        let mut long = None;
        let found = diagnostics.iter().map(|diagnostic| finding(proposal, diagnostic, details, &mut long));
        let mut list: Vec<Reported> = found.collect();
        number(&mut list);
        FileReport { path: path.to_owned(), list, is_checked: true }
    }
}

fn finding(
    proposal: &Proposal<'_>,
    diagnostic: &Diagnostic,
    details: Details,
    long: &mut Option<LongLine>,
) -> Reported {
    let text = proposal.text();
    Reported {
        rule: diagnostic.rule,
        severity: diagnostic.severity,
        message: diagnostic.message.to_string(),
        start: place(text, diagnostic.span.start),
        end: place(text, diagnostic.span.end),
        key: key(text, diagnostic, long),
        fixes: if details.fixes { fixes(proposal, diagnostic) } else { Vec::new() },
        excerpt: details.excerpts.then(|| excerpt(text, diagnostic.span)),
        is_fixable: details.fixable && has_safe_fix(proposal, diagnostic),
    }
}

fn place(text: &Text, offset: Offset) -> Position {
    let position = text.position(offset, Encoding::Utf32);
    Position { line: position.line + 1, column: position.column + 1 }
}

/// Returns the fixes within the file, the preferred one first. Fixes in another file belong to a finding there.
fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let text = proposal.text();
    let edit = |edit: crate::text::Edit| Edit {
        start: place(text, edit.span.start),
        end: place(text, edit.span.end),
        content: edit.content,
    };
    let mut own = rules::fixes(proposal, diagnostic);
    own.retain(|fix| fix.elsewhere.is_none());
    own.sort_by_key(|fix| !fix.is_preferred);
    let fixes = own.into_iter().map(|fix| Fix {
        title: fix.title,
        safety: if fix.is_safe { "safe" } else { "unsafe" },
        edits: proposal.following(fix.edits).into_iter().map(edit).collect(),
    });
    fixes.collect()
}

fn excerpt(text: &Text, span: Span) -> Excerpt {
    let first = text.line_at(span.start);
    let last = text.line_at(span.end).min(first + MAX_LINES - 1);
    let lines = Span::new(text.line_start(first), text.line_span(last).end);
    let range = span.relative_to(lines.start);
    let end = range.end.get().min(lines.len());
    if lines.len() > MAX_EXCERPT {
        let source = text.slice(lines);
        let from = source.floor_char_boundary(range.start.get().saturating_sub(MAX_LINE));
        let to = source.floor_char_boundary((from + MAX_EXCERPT).min(source.len()));
        let (start, end) = (range.start.get().clamp(from, to) - from, end.clamp(from, to) - from);
        let line = first + 1 + source[..from].matches('\n').count();
        return Excerpt { source: source[from..to].to_owned(), line, range: start..end };
    }
    Excerpt { source: text.slice(lines).into_owned(), line: first + 1, range: range.start.get().min(end)..end }
}

/// The maximum length of a line that is hashed again for each finding in it, and of an excerpt.
const MAX_LINE: usize = 4096;
const MAX_EXCERPT: usize = 3 * MAX_LINE;

/// A line so long that it is hashed once for all findings in it.
struct LongLine {
    span: Span,
    says: String,
}

impl LongLine {
    fn of(text: &Text, span: Span) -> LongLine {
        let mut hash = Hash::new();
        hash.add(text.slice(span).trim());
        LongLine { span, says: hash.0.to_string() }
    }
}

/// Hashes the rule, the message without numbers and advice, which change with the rest of the file, and the finding's line. The
/// line is left out if the finding is about a part of the template or something missing, because such a finding may be reported
/// anywhere.
fn key(text: &Text, diagnostic: &Diagnostic, long: &mut Option<LongLine>) -> u64 {
    let mut hash = Hash::new();
    hash.add(diagnostic.rule.id);
    hash.add(&without_numbers(diagnostic.message.fault()));
    if diagnostic.subject.is_none() && !diagnostic.rule.id.starts_with("missing-") {
        let line = text.line_span_at(diagnostic.span.start);
        match long {
            _ if line.len() <= MAX_LINE => hash.add(text.slice(line).trim()),
            Some(known) if known.span == line => hash.add(&known.says),
            _ => hash.add(&long.insert(LongLine::of(text, line)).says),
        }
    }
    hash.0
}

/// Removes the digits outside quotation marks from `message`: a count says how bad the fault is, not which one.
fn without_numbers(message: &str) -> String {
    let parts = message.split('"').enumerate();
    let parts = parts.map(|(place, part)| match place % 2 {
        0 => part.replace(|character: char| character.is_ascii_digit(), ""),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("\"")
}

/// Makes equal keys of findings different by numbering them.
fn number(findings: &mut [Reported]) {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for finding in findings {
        let count = counts.entry(finding.key).or_default();
        *count += 1;
        let mut hash = Hash(finding.key);
        hash.add(&count.to_string());
        finding.key = hash.0;
    }
}

/// 64-bit FNV-1a. The standard library's hashes may change with its version, and these are kept in files.
pub(in crate::cli) struct Hash(pub(in crate::cli) u64);

impl Hash {
    pub(in crate::cli) fn new() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    /// Adds `text` and a terminator.
    pub(in crate::cli) fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::Severities;
    use crate::template::Template;

    fn findings(source: &str) -> Vec<Reported> {
        let document = Document::closed(source);
        let template = Template::built_in();
        let proposal = Proposal::of(&document, &template);
        let found = rules::check(&proposal, &Severities::default());
        FileReport::of(Path::new("vip-1.md"), &proposal, &found, Details { fixes: true, excerpts: true, fixable: true })
            .list
    }

    const SOURCE: &str = "# VIP-1: A\n\n## Introduction\n\n[a][b] and [a][b].\n\n## Scope\n";

    fn keys(source: &str) -> Vec<(&'static str, u64)> {
        findings(source).iter().map(|finding| (finding.rule.id, finding.key)).collect()
    }

    #[test]
    fn keys_differ_and_survive_edits_elsewhere() {
        let known = keys(SOURCE);
        let distinct: std::collections::HashSet<_> = known.iter().collect();
        assert_eq!(distinct.len(), known.len());
        assert_eq!(known.iter().filter(|(rule, _)| *rule == "undefined-reference").count(), 2);
        let edited =
            SOURCE.replace("# VIP-1: A\n", "# VIP-1: B\n\nMore.\n").replace("## Scope", "Text.\n\n## Own\n\n## Scope");
        let edited = keys(&edited);
        assert!(known.iter().all(|key| edited.contains(key)), "{known:?}\n{edited:?}");
        let other = keys(&SOURCE.replace("and", "or"));
        assert!(known.iter().filter(|key| !other.contains(key)).all(|(rule, _)| *rule == "undefined-reference"));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        let mut hash = Hash::new();
        // FNV-1a of the two bytes `a` and 0xff.
        hash.add("a");
        assert_eq!(hash.0, (0xaf63_dc4c_8601_ec8c_u64 ^ 0xff).wrapping_mul(0x0100_0000_01b3));
    }

    #[test]
    fn an_excerpt_has_the_lines_of_the_finding_and_not_too_many() {
        let text = Text::new("a\n💡 b\n1\n2\n3\n4\n5\n6\n7\n");
        let of = |start: usize, end: usize| excerpt(&text, Span::of_range(Offset::ZERO, start..end));
        let one = of(7, 8);
        assert_eq!((one.source.as_str(), one.line, one.range), ("💡 b", 2, 5..6));
        let long = of(2, 22);
        assert_eq!((long.source.as_str(), long.line, long.range), ("💡 b\n1\n2\n3\n4\n5", 2, 0..16));
    }
}
