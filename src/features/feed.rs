//! The metadata of a proposal for other programs: each value with its type.

use std::path::Path;

use serde::{Serialize, Serializer};

use crate::document::{Destination, Metadata, Proposal, iso_day};
use crate::syntax::{Entry, list_values};
use crate::template::{Form, MetadataKey};

/// The version of the metadata, and of the report that it is in. It grows when a field is renamed or gets another meaning.
pub const VERSION: u32 = 1;

/// The metadata of a proposal, by key, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed(Vec<(String, Field)>);

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Field {
    /// The value with its type.
    #[serde(flatten)]
    value: Value,
    /// The value as written, on one line. For a list with an item on each line, these with commas between them.
    text: String,
    /// The numbers of the proposals that the value names.
    proposals: Vec<u64>,
}

/// A value with its type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
enum Value {
    /// Words.
    Text(String),
    /// A day, as `2026-01-30`.
    Date(String),
    /// Items of words.
    List(Vec<String>),
}

impl Serialize for Feed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, field)| (key, field)))
    }
}

impl Feed {
    /// Returns the metadata of `proposal`, in all forms. Keys without a value, or with the template's placeholder, are left out. Of
    /// several keys with one name, the first counts. A key of the template has the name that the template gives it.
    pub fn of(proposal: &Proposal<'_>) -> Feed {
        let mut feed = Feed::default();
        for metadata in proposal.all_metadata().chain(proposal.other_metadata()) {
            for entry in &metadata.entries {
                let key = proposal.template.metadata_key(metadata.form, &entry.key).map(|(_, key)| key);
                let name = key.map_or(&entry.key, |key| &key.name);
                let is_known = feed.0.iter().any(|(known, _)| known == name);
                if let Some(field) = (!is_known).then(|| field(proposal, metadata, entry, key)).flatten() {
                    feed.0.push((name.clone(), field));
                }
            }
        }
        feed
    }

    /// Returns this metadata with that of `other` for keys that it does not have.
    pub fn with(mut self, other: Option<Feed>) -> Feed {
        for (key, field) in other.into_iter().flat_map(|other| other.0) {
            if !self.0.iter().any(|(known, _)| *known == key) {
                self.0.push((key, field));
            }
        }
        self
    }
}

/// Returns the value of `entry`, whose key in the template is `key`.
fn field(proposal: &Proposal<'_>, metadata: &Metadata, entry: &Entry, key: Option<&MetadataKey>) -> Option<Field> {
    let written = metadata.value(proposal.text(), entry);
    let (words, _) = proposal.said_of(metadata, entry);
    let is_kept = key.is_some_and(|key| key.has_placeholder() && key.placeholder == written);
    let of_yaml = (metadata.form == Form::FrontMatter).then(|| list_values(proposal.text(), entry)).flatten();
    let is_list = || key.is_some_and(MetadataKey::is_list);
    let value = match of_yaml {
        Some(items) => Value::List(items),
        None if words.is_empty() || is_kept || matches!(words.as_str(), "[]" | "{}") => return None,
        None if is_list() => Value::List(split(&words)),
        None => iso_day(&words).map_or(Value::Text(words), Value::Date),
    };
    let text = match &value {
        Value::List(items) if written.is_empty() => items.join(", "),
        _ => written,
    };
    Some(Field { value, text, proposals: named_in(proposal, entry) })
}

/// Returns the numbers of the proposals that the value of `entry` names, each once.
fn named_in(proposal: &Proposal<'_>, entry: &Entry) -> Vec<u64> {
    let relations = proposal.relations();
    let first = relations.partition_point(|relation| relation.span.start < entry.span.start);
    let inside = relations[first..].iter().take_while(|relation| relation.span.end <= entry.span.end);
    let number = |to: &Destination| match to {
        Destination::Number(number) => number.parse().ok(),
        Destination::File(path, _) => proposal.template.number_of(Path::new(path))?.parse().ok(),
        _ => None,
    };
    let mut numbers: Vec<u64> = Vec::new();
    for number in inside.filter_map(|relation| number(&relation.says.to)) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

/// Splits `value` at commas and semicolons, but not within brackets or quotes.
fn split(value: &str) -> Vec<String> {
    let (mut parts, mut depth, mut is_quoted) = (vec![String::new()], 0_usize, false);
    for character in value.chars() {
        match character {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        match (character, parts.last_mut()) {
            (',' | ';' | '、' | '，', _) if depth == 0 && !is_quoted => parts.push(String::new()),
            (_, Some(part)) => part.push(character),
            _ => {}
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;

    fn check(template: &str, source: &str, expected: &str) {
        let (template, document) = (Template::derive(template, None), Document::closed(source));
        let proposal = Proposal::of(&document, &template).in_file(Path::new("0007-a.md"));
        let feed = serde_json::to_string(&Feed::of(&proposal)).expect("JSON");
        assert_eq!(feed, expected);
    }

    #[test]
    fn values_have_types() {
        check(
            "---\ntitle: <title>\nauthor: <a comma-separated list of names>\ncreated: <yyyy-mm-dd>\ntags: []\nrequires: <numbers>\nnote: <note>\n---\n\n## Why\n\n## How\n",
            "---\ntitle: \"A: b\"\nauthor: A. Author (@a, @b), B. Author\ncreated: 2026-01-30\ntags:\n  - one\n  - two, three\nrequires: 3, 12\nnote: <note>\n---\n\n## Why\n\n## How\n",
            r#"{"title":{"type":"text","value":"A: b","text":"A: b","proposals":[]},"author":{"type":"list","value":["A. Author (@a, @b)","B. Author"],"text":"A. Author (@a, @b), B. Author","proposals":[]},"created":{"type":"date","value":"2026-01-30","text":"2026-01-30","proposals":[]},"tags":{"type":"list","value":["one","two, three"],"text":"one, two, three","proposals":[]},"requires":{"type":"text","value":"3, 12","text":"3, 12","proposals":[3,12]}}"#,
        );
    }

    #[test]
    fn keys_in_the_body_are_metadata() {
        check(
            "# NNNN: Title\n\n- **Status**: {draft | accepted | superseded by ADR-NNNN}\n- Date: {YYYY-MM-DD}\n- Deciders: {list everyone}\n\n## Why\n\n## How\n",
            "# 0007: A\n\n- **status**: Superseded by [ADR-9](0009-b.md)\n- Date: 30.01.2026\n- Deciders:\n- Mood: good\n\n## Why\n\n## How\n",
            r#"{"Status":{"type":"text","value":"Superseded by ADR-9","text":"Superseded by [ADR-9](0009-b.md)","proposals":[9]},"Date":{"type":"date","value":"2026-01-30","text":"30.01.2026","proposals":[]},"Mood":{"type":"text","value":"good","text":"good","proposals":[]}}"#,
        );
    }
}
