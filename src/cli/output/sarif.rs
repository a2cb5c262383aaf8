//! SARIF 2.1.0, which GitHub's code scanning and many viewers read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{Result, Write};
use std::path::Path;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Report;
use super::escaped::Escaped;
use super::fingerprint::fingerprint;
use crate::cli::check::reported::Reported;
use crate::cli::paths::slashed;
use crate::rules::{RULES, Rule, Severity, page};

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    column_kind: &'static str,
    results: Results<'a>,
}

/// The findings, converted one by one while they are written, because there may be many.
struct Results<'a>(&'a Report<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.findings().map(|(path, finding)| result(path, finding)))
    }
}

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    let run = Run { tool: tool(), column_kind: "unicodeCodePoints", results: Results(report) };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    serde_json::to_writer_pretty(Escaped(output), &Log { schema, version: "2.1.0", runs: [run] })?;
    writeln!(output)
}

fn tool() -> Value {
    let rules: Vec<Value> = RULES.into_iter().map(rule).collect();
    json!({"driver": {"name": "vip-lsp", "version": env!("CARGO_PKG_VERSION"), "rules": rules}})
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.docs.why},
        "help": {"text": rule.docs.why, "markdown": page::documentation(rule, "#")},
        "defaultConfiguration": {"enabled": !rule.is_off_by_default, "level": level(rule.severity)},
    })
}

fn result(path: &Path, finding: &Reported) -> Value {
    let (start, end) = (finding.start, finding.end);
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": RULES.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(path)},
            "region": {
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            },
        }}],
        "partialFingerprints": {"vip-lsp/v1": fingerprint(path, finding)},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// Returns a URI reference to the file at `path` (RFC 3986); it is relative if the path is.
fn uri(path: &Path) -> String {
    let scheme = if path.is_absolute() { "file://" } else { "" };
    let path = slashed(path);
    let root = if scheme.is_empty() || path.starts_with('/') { "" } else { "/" };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded =
        path.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("{scheme}{root}{}", encoded.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("docs/vip-7 é#?.md")), "docs/vip-7%20%C3%A9%23%3F.md");
        if cfg!(unix) {
            assert_eq!(uri(Path::new("/a b/vip-7.md")), "file:///a%20b/vip-7.md");
        }
    }
}
