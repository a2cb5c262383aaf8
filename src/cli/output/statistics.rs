//! The number of findings of each rule, the most frequent first.

use std::collections::HashMap;
use std::io::{Result, Write};

use serde_json::json;

use super::Report;
use super::escaped::write_array;
use crate::rules::Rule;

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    let counts = counts(report);
    let digits = counts.first().map_or(0, |(_, count)| count.to_string().len());
    let width = counts.iter().map(|(rule, _)| rule.id.len()).max().unwrap_or_default();
    counts
        .iter()
        .try_for_each(|(rule, count)| writeln!(output, "{count:digits$}  {:width$}  {}", rule.id, rule.summary))
}

pub(super) fn write_json(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    let counts = counts(report).into_iter();
    write_array(counts.map(|(rule, count)| json!({"rule": rule.id, "count": count, "summary": rule.summary})), output)
}

fn counts(report: &Report<'_>) -> Vec<(&'static Rule, usize)> {
    let mut counts: HashMap<&str, (&'static Rule, usize)> = HashMap::new();
    for (_, finding) in report.findings() {
        counts.entry(finding.rule.id).or_insert((finding.rule, 0)).1 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), rule.id));
    counts
}
