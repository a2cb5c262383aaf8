//! Settings, as an editor sends them: JSON, of which whatever is wrong is named and the default holds.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde_json::Value;

use crate::rules::{Severities, Severity, rule};

/// What a user can set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The template's path, relative to a workspace folder.
    pub template: Option<String>,
    include: GlobSet,
    /// The severities of rules.
    pub severities: Severities,
}

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The setting's full name.
    pub setting: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "setting \"vip-lsp.{}\": {}", self.setting, self.message)
    }
}

/// The words for severities in the settings.
const LEVELS: &str = "\"error\", \"warning\", \"information\", \"hint\" or \"off\"";

/// Settings of the editors' extensions, which are not for the server.
const OF_EXTENSIONS: [&str; 2] = ["server", "trace"];

impl Settings {
    /// Reads the settings object `value`; `null` is an empty one.
    pub fn read(value: &Value) -> (Settings, Vec<Problem>) {
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        let entries = match value {
            Value::Null => return (settings, problems),
            Value::Object(entries) => entries,
            _ => return (settings, vec![problem("*", "must be an object")]),
        };
        for (name, value) in entries {
            match (name.as_str(), value) {
                (_, Value::Null) => {}
                ("template", Value::String(path)) => {
                    settings.template = Some(path.clone()).filter(|path| !path.is_empty())
                }
                ("template", _) => {
                    problems.push(problem("template", "must be a path, relative to the workspace folder"))
                }
                ("include", value) => settings.include = include(value, &mut problems),
                ("rules", Value::Object(rules)) => {
                    for (id, level) in rules {
                        settings.read_rule(id, level, &mut problems);
                    }
                }
                ("rules", _) => problems.push(problem("rules", "must be an object from rule to severity")),
                (name, _) if OF_EXTENSIONS.contains(&name) => {}
                (name, _) => {
                    problems.push(problem(name, "there is no such setting; there are template, include and rules"))
                }
            }
        }
        (settings, problems)
    }

    fn read_rule(&mut self, id: &str, level: &Value, problems: &mut Vec<Problem>) {
        let name = format!("rules.{id}");
        let Some(rule) = rule(id) else {
            problems.push(problem(&name, "there is no such rule"));
            return;
        };
        let severity = match level.as_str() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("information") => Some(Severity::Information),
            Some("hint") => Some(Severity::Hint),
            Some("off") => None,
            _ => {
                problems.push(problem(&name, &format!("must be {LEVELS}, not {level}")));
                return;
            }
        };
        self.severities.0.insert(rule.id, severity);
    }

    /// Whether the file at `path`, relative to its workspace folder, is a proposal because the user says so.
    pub fn includes(&self, path: &Path) -> bool {
        self.include.is_match(path)
    }
}

fn problem(setting: &str, message: &str) -> Problem {
    Problem { setting: setting.to_owned(), message: message.to_owned() }
}

fn include(value: &Value, problems: &mut Vec<Problem>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    let Some(patterns) = value.as_array() else {
        problems.push(problem("include", "must be a list of globs, such as [\"docs/proposals/*.md\"]"));
        return GlobSet::empty();
    };
    for (index, pattern) in patterns.iter().enumerate() {
        let name = format!("include[{index}]");
        let Some(pattern) = pattern.as_str() else {
            problems.push(problem(&name, "must be a glob, such as \"docs/proposals/*.md\""));
            continue;
        };
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => {
                globs.add(glob);
            }
            Err(error) => problems.push(problem(&name, &format!("is no glob: {}", error.kind()))),
        }
    }
    globs.build().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn good_settings_are_taken() {
        let (settings, problems) = Settings::read(&json!({
            "template": "docs/template.md", "include": ["docs/*.md"], "server": {"path": "x"}, "trace": null,
            "rules": {"missing-section": "error", "stub-proposal": "off"},
        }));
        assert_eq!(problems, []);
        assert_eq!(settings.template.as_deref(), Some("docs/template.md"));
        assert!(settings.includes(Path::new("docs/a.md")) && !settings.includes(Path::new("docs/old/a.md")));
        assert_eq!(settings.severities.0.get("missing-section"), Some(&Some(Severity::Error)));
        assert_eq!(settings.severities.0.get("stub-proposal"), Some(&None));
    }

    #[test]
    fn bad_settings_are_named_and_the_defaults_hold() {
        let (settings, problems) = Settings::read(&json!({
            "template": 1, "include": ["[", 2], "rules": {"no-such": "off", "missing-section": "loud"}, "templte": "x",
        }));
        let mut names: Vec<_> = problems.iter().map(|problem| problem.setting.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["include[0]", "include[1]", "rules.missing-section", "rules.no-such", "template", "templte"]
        );
        assert!(settings.template.is_none() && settings.severities.0.is_empty());
        assert_eq!(Settings::read(&json!([])).1.len(), 1);
        assert_eq!(Settings::read(&json!(null)).1.len(), 0);
    }
}
