//! The documentation of the rules.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

use crate::rules::{RULES, Rule, no_rule, page, rule};

/// Returns the page of the rule `id` as Markdown, or what there is to choose from.
pub(super) fn documentation(id: Option<&str>) -> Result<Option<Value>> {
    let Some(id) = id else {
        let entry = |rule: &Rule| json!({"id": rule.id, "severity": rule.default_level(), "summary": rule.summary});
        return Ok(Some(RULES.into_iter().map(entry).collect()));
    };
    let rule = rule(id).ok_or_else(|| Error::invalid_params(no_rule(id)))?;
    Ok(Some(page::documentation(rule, "#").into()))
}
