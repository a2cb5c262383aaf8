//! The JSON Schema of a template's front matter, for editors and tools that know YAML but not templates.

use serde_json::{Map, Value, json};

use crate::template::{Condition, Constraint, Form, MetadataKey, Pattern, Template, ValueKind, date_sign};

/// Returns the JSON Schema (draft 7) of the front matter that `template` asks for; `None` if it has none. It takes keys by the letter;
/// what else it cannot say as the check does is left out, so that it does not forbid what the check allows.
pub(super) fn schema(template: &Template) -> Option<Value> {
    let keys: Vec<&MetadataKey> = template.metadata.iter().filter(|key| key.form == Form::FrontMatter).collect();
    if keys.is_empty() {
        return None;
    }
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.clone(), property(template, key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| is_required(key)).map(|key| key.name.as_str()).collect();
    let conditions: Vec<Value> = keys.iter().flat_map(|key| conditional(key)).collect();
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("Front matter after {}", template.told()),
        "type": "object",
        "properties": properties,
        "required": required,
    });
    if !conditions.is_empty() {
        schema["allOf"] = Value::Array(conditions);
    }
    if template.demands.key_order.is_some() {
        schema["additionalProperties"] = json!(false);
    }
    Some(schema)
}

fn is_required(key: &MetadataKey) -> bool {
    !key.is_optional && key.required_when.is_none()
}

/// Returns what the value of `key` must be.
fn property(template: &Template, key: &MetadataKey) -> Value {
    let mut all = Vec::new();
    let is_closed = !key.values.is_empty() && !key.is_open && !key.is_loose;
    if is_closed {
        all.push(one_of(key));
    }
    if let Some(constraint) = &key.constraint {
        all.extend(of_kind(key, constraint));
        all.extend(of_patterns(constraint));
    }
    let place = template.metadata.iter().position(|other| other == key);
    let least = key.constraint.as_ref().and_then(|constraint| constraint.min_characters);
    let mut property = Map::new();
    if let Some(limit) = template.value_limits(place).characters {
        property.insert("maxLength".to_owned(), json!(limit));
    }
    if let Some(least) = least {
        property.insert("minLength".to_owned(), json!(least));
    }
    // A key that may be missing may also be empty.
    if !all.is_empty() {
        match is_required(key) || least.is_some() {
            true => property.insert("allOf".to_owned(), Value::Array(all)),
            false => {
                property.insert("anyOf".to_owned(), json!([{ "type": "null" }, { "const": "" }, { "allOf": all }]))
            }
        };
    }
    let asks = key.has_placeholder().then(|| key.placeholder.clone()).filter(|_| !is_closed);
    let told: Vec<String> = asks.into_iter().chain(key.told_demands()).collect();
    if !told.is_empty() {
        property.insert("description".to_owned(), json!(told.join("; ")));
    }
    if !is_closed && !key.values.is_empty() {
        property.insert("examples".to_owned(), json!(key.values));
    }
    Value::Object(property)
}

/// Returns the schema of a value that is one of those of `key`, in any case and with a remark behind it.
fn one_of(key: &MetadataKey) -> Value {
    let mut values: Vec<Value> = key.values.iter().map(|value| json!(value)).collect();
    values.extend(key.values.iter().filter_map(|value| value.parse::<u64>().ok()).map(Value::from));
    let starts = key.values.iter().chain(&key.starts).chain(&key.nested);
    let starts: Vec<String> = starts.map(|start| in_any_case(start)).collect();
    json!({ "anyOf": [
        { "enum": values },
        { "type": "string", "pattern": format!("^(?:{})(?:[^0-9A-Za-z][\\s\\S]*)?$", starts.join("|")) },
        { "type": "boolean" },
    ] })
}

/// Returns a regular expression for `text` in any case.
fn in_any_case(text: &str) -> String {
    let letter = |letter: char| {
        let (lower, upper): (String, String) = (letter.to_lowercase().collect(), letter.to_uppercase().collect());
        match letter {
            _ if lower != upper && lower.chars().count() == 1 && upper.chars().count() == 1 => {
                format!("[{upper}{lower}]")
            }
            _ if letter.is_alphanumeric() || letter == ' ' || letter == '-' => letter.to_string(),
            _ if letter.is_ascii_punctuation() => format!("\\{letter}"),
            _ => letter.to_string(),
        }
    };
    text.chars().map(letter).collect()
}

/// Returns what the type in `constraint` requires of a value.
fn of_kind(key: &MetadataKey, constraint: &Constraint) -> Option<Value> {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let number = || json!({ "type": "integer", "minimum": 0 });
    let list = |item: Value| json!({ "type": "array", "items": item });
    let any = |kinds: Vec<Value>| Some(json!({ "anyOf": kinds }));
    match constraint.kind? {
        ValueKind::Text => None,
        ValueKind::Date => {
            let format = constraint.format.as_deref().or_else(|| date_sign(&key.placeholder)).unwrap_or("YYYY-MM-DD");
            let figures = |sign: char| match sign {
                '-' | ' ' => sign.to_string(),
                '/' | '.' => format!("\\{sign}"),
                _ => "[0-9]".to_owned(),
            };
            Some(text(&format!("^{}$", format.chars().map(figures).collect::<String>())))
        }
        ValueKind::Number => any(vec![number(), text("^[0-9]+$")]),
        ValueKind::Numbers => any(vec![number(), text("^[0-9]+( *, *[0-9]+)*$"), list(number())]),
        ValueKind::Proposals => any(vec![number(), json!({ "type": "string" }), list(json!({}))]),
        ValueKind::Link => Some(text("^[<\\[(\"']*[^\\s]*https?://[^\\s]+")),
        ValueKind::Version => {
            any(vec![json!({ "type": "number" }), text("^[vV]?[0-9]+(\\.[0-9]+)*([-+][0-9A-Za-z.+-]*)?$")])
        }
        ValueKind::People | ValueKind::List => any(vec![json!({ "type": "string" }), list(json!({}))]),
    }
}

/// Returns what the patterns in `constraint` require, as far as a regular expression of JSON Schema says the same.
fn of_patterns(constraint: &Constraint) -> Vec<Value> {
    let all = |patterns: &Option<Vec<Pattern>>| -> Vec<Value> {
        patterns.iter().flatten().map(|pattern| json!({ "pattern": pattern.source() })).collect()
    };
    let are_plain = |patterns: &Option<Vec<Pattern>>| patterns.iter().flatten().all(is_plain);
    let mut found = Vec::new();
    if constraint.patterns.as_ref().is_some_and(|all| !all.is_empty()) && are_plain(&constraint.patterns) {
        found.push(json!({ "anyOf": all(&constraint.patterns) }));
    }
    let forbidden = constraint.forbidden.iter().flatten().filter(|pattern| is_plain(pattern));
    found.extend(forbidden.map(|pattern| json!({ "not": { "type": "string", "pattern": pattern.source() } })));
    found
}

/// Whether the syntax of `pattern` means the same in JavaScript.
fn is_plain(pattern: &Pattern) -> bool {
    let source = pattern.source().replace("(?:", "(");
    source.is_ascii()
        && !["(?", "\\", "[[", "&&", "--", "~~", "{,"].iter().any(|other| {
            // A sign that a backslash makes literal is the same everywhere; classes such as `\w` are not.
            match *other {
                "\\" => source
                    .match_indices('\\')
                    .any(|(at, _)| source[at + 1..].starts_with(|next: char| next.is_alphanumeric())),
                other => source.contains(other),
            }
        })
}

/// Returns the schemas that apply if the conditions of `key` hold.
fn conditional(key: &MetadataKey) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(when) = &key.required_when {
        found.push(json!({ "if": holding(when), "then": { "required": [key.name] } }));
    }
    if let Some(when) = &key.only_when {
        let none = json!({ "anyOf": [
            { "not": { "required": [key.name] } },
            { "properties": { key.name.clone(): { "enum": [null, ""] } } },
        ] });
        found.push(json!({ "if": holding(when), "else": none }));
    }
    found
}

/// Returns a schema of metadata for which all of `conditions` hold.
fn holding(conditions: &[Condition]) -> Value {
    let keys: Vec<&str> = conditions.iter().map(|one| one.key.as_str()).collect();
    let properties: Map<String, Value> = conditions
        .iter()
        .map(|one| {
            let values: Vec<String> = one.values.iter().map(|value| in_any_case(value)).collect();
            (one.key.clone(), json!({ "type": "string", "pattern": format!("^(?:{})$", values.join("|")) }))
        })
        .collect();
    json!({ "required": keys, "properties": properties })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Overrides;

    fn of(template: &str) -> Value {
        schema(&Template::derive(template, None)).expect("it has front matter")
    }

    #[test]
    fn keys_have_their_values_conditions_and_limits() {
        let schema = of(
            "---\ntitle: <The title is 44 characters or less>\nstatus: <Draft, Final, or Living>\nkind: <Core, Meta, or Other>\narea: <names> # Only required for Core. Otherwise, remove this field.\n---\n\n## S\n",
        );
        assert_eq!(schema["required"], json!(["title", "status", "kind"]));
        assert_eq!(schema["properties"]["title"]["maxLength"], 44);
        let status = &schema["properties"]["status"]["allOf"][0]["anyOf"];
        assert_eq!(status[0], json!({ "enum": ["Draft", "Final", "Living"] }));
        let pattern = status[1]["pattern"].as_str().expect("a pattern");
        assert!(pattern.starts_with("^(?:[Dd][Rr][Aa][Ff][Tt]|"), "{pattern}");
        assert_eq!(schema["allOf"][0]["if"]["required"], json!(["kind"]));
        assert_eq!(schema["allOf"][0]["then"], json!({ "required": ["area"] }));
        assert!(schema["allOf"][1]["else"].is_object() && schema.get("additionalProperties").is_none());
    }

    #[test]
    fn a_template_without_front_matter_has_no_schema() {
        assert_eq!(schema(&Template::derive("# T\n\n- **Status**: A | B\n\n## S\n", None)), None);
    }

    #[test]
    fn only_patterns_that_mean_the_same_are_in_the_schema() {
        for (source, expected) in [
            ("^https://example\\.org/[0-9]+$", true),
            ("(?:a|b)", true),
            ("(?i)a", false),
            ("\\w+", false),
            ("[[:alpha:]]", false),
            ("ä", false),
        ] {
            assert_eq!(is_plain(&Pattern::compile("a", source).expect("it is valid")), expected, "{source}");
        }
        let mut overrides = Overrides::default();
        overrides.constrain(Constraint {
            name: "day".into(),
            kind: Some(ValueKind::Date),
            forbidden: Some(vec![Pattern::compile("a colon", ":").expect("it is valid")]),
            ..Constraint::default()
        });
        let template = Template::derive("---\nday: x\n---\n\n## S\n", None).with(&overrides);
        let schema = schema(&template).expect("it has front matter");
        let day = &schema["properties"]["day"]["allOf"];
        assert_eq!(day[0]["pattern"], "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$");
        assert_eq!(day[1]["not"]["pattern"], ":");
    }
}
