//! The JSON Schema of a configuration file, generated from the table that the reader uses.

use serde_json::{Map, Value, json};

use super::parts::{BODY_SETTINGS, KEY_SETTINGS, REFERENCE_SETTINGS, SECTION_SETTINGS, STAGE_SETTINGS};
use super::table::{FAMILY_SETTINGS, Form, LEVELS, SETTINGS, Setting};
use crate::rules::RULES;

/// Returns the JSON Schema of a configuration file (draft 07, which common TOML and JSON editors support).
pub fn schema() -> Value {
    let mut schema = table(&SETTINGS);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("vip-lsp.toml");
    schema["description"] = json!("what the template of a repository's proposals cannot express");
    schema
}

fn table<T>(settings: &[Setting<T>]) -> Value {
    let properties: Map<String, Value> =
        settings.iter().map(|setting| (setting.name.to_owned(), property(setting))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn property<T>(setting: &Setting<T>) -> Value {
    let mut property = match setting.form {
        Form::Name(_) | Form::Path(_) | Form::File(_) | Form::Text(_) => json!({ "type": "string" }),
        Form::Globs(_) => json!({ "type": "array", "items": { "type": "string" } }),
        Form::Values { default, .. } => {
            let mut values = json!({ "type": "array", "items": { "type": "string", "pattern": "\\S" } });
            if !default.is_empty() {
                values["default"] = json!(default);
            }
            values
        }
        Form::Flag(_) => json!({ "type": "boolean" }),
        Form::Word(_, words) => json!({ "enum": words, "default": words[0] }),
        Form::Count(_) => json!({ "type": "integer", "minimum": 1 }),
        Form::Percentage(_) => json!({ "type": "integer", "minimum": 1, "maximum": 100 }),
        Form::Rules(_) => rules(),
        Form::Families(_) => {
            let mut family = table(&FAMILY_SETTINGS);
            family["required"] = json!(["documents"]);
            json!({ "type": "array", "items": family })
        }
        Form::Sections(_) => json!({ "type": "object", "additionalProperties": table(&SECTION_SETTINGS) }),
        Form::Keys(_) => json!({ "type": "object", "additionalProperties": table(&KEY_SETTINGS) }),
        Form::Conditions(_) => conditions(),
        Form::Named(_) => json!({ "type": "object", "additionalProperties": conditions() }),
        Form::Steps(_) => {
            let step = json!({ "type": "array", "items": { "type": "string", "pattern": "\\S" } });
            json!({ "type": "array", "items": step })
        }
        Form::References(_) => table(&REFERENCE_SETTINGS),
        Form::Body(_) => table(&BODY_SETTINGS),
        Form::Patterns(_) => {
            json!({ "type": "object", "additionalProperties": { "type": "string", "format": "regex" } })
        }
        Form::Stages(_) => json!({ "type": "object", "additionalProperties": table(&STAGE_SETTINGS) }),
    };
    property["description"] = json!(setting.summary);
    property["examples"] = Value::Array(serde_json::from_str(setting.example).into_iter().collect());
    property
}

fn conditions() -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    let either = json!({ "anyOf": [text, { "type": "array", "items": text }] });
    json!({ "type": "object", "additionalProperties": either })
}

fn rules() -> Value {
    let levels = LEVELS.map(|(word, _)| word);
    let property = |rule: &crate::rules::Rule| json!({ "description": rule.summary, "enum": levels, "default": rule.default_level() });
    let properties: Map<String, Value> = RULES.iter().map(|rule| (rule.id.to_owned(), property(rule))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Settings;

    #[test]
    fn the_schema_has_every_setting_with_an_example_that_the_reader_takes() {
        let schema = schema();
        for setting in &SETTINGS {
            let property = &schema["properties"][setting.name];
            assert_eq!(property["description"], setting.summary);
            let example = &property["examples"][0];
            assert_eq!(Settings::of_json(&json!({ setting.name: example })).1, [], "{}", setting.name);
        }
        let section = &schema["properties"]["sections"]["additionalProperties"];
        for setting in &SECTION_SETTINGS {
            let example = &section["properties"][setting.name]["examples"][0];
            let sections = json!({ "sections": { "A": { setting.name: example } } });
            assert_eq!(Settings::of_json(&sections).1, [], "{}", setting.name);
        }
        let stage = &schema["properties"]["life-cycle"]["additionalProperties"];
        for setting in &STAGE_SETTINGS {
            let example = &stage["properties"][setting.name]["examples"][0];
            let stages = json!({ "life-cycle": { "A": { setting.name: example } } });
            assert_eq!(Settings::of_json(&stages).1, [], "{}", setting.name);
        }
        let key = &schema["properties"]["metadata"]["additionalProperties"];
        for setting in &KEY_SETTINGS {
            let example = &key["properties"][setting.name]["examples"][0];
            let keys = json!({ "metadata": { "A": { setting.name: example } } });
            assert_eq!(Settings::of_json(&keys).1, [], "{}", setting.name);
        }
        for (name, examples) in [
            (
                "references",
                REFERENCE_SETTINGS.iter().map(|setting| (setting.name, setting.example)).collect::<Vec<_>>(),
            ),
            ("body", BODY_SETTINGS.iter().map(|setting| (setting.name, setting.example)).collect()),
        ] {
            for (setting, example) in examples {
                let example: Value = serde_json::from_str(example).expect("it is JSON");
                let settings = json!({ name: { setting: example } });
                assert_eq!(Settings::of_json(&settings).1, [], "{name}.{setting}");
            }
        }
        let family = &schema["properties"]["family"]["items"];
        for setting in &FAMILY_SETTINGS {
            let example = &family["properties"][setting.name]["examples"][0];
            let mut families = json!({ "family": [{ "documents": ["a.md"] }] });
            families["family"][0][setting.name] = example.clone();
            assert_eq!(Settings::of_json(&families).1, [], "{}", setting.name);
        }
        assert_eq!(schema["properties"]["rules"]["properties"].as_object().map(Map::len), Some(RULES.len()));
    }

    #[test]
    fn every_table_is_closed() {
        let schema = schema();
        for pointer in [
            "",
            "/properties/rules",
            "/properties/family/items",
            "/properties/sections/additionalProperties",
            "/properties/life-cycle/additionalProperties",
            "/properties/metadata/additionalProperties",
            "/properties/references",
            "/properties/body",
        ] {
            let table = schema.pointer(pointer).expect("it is there");
            assert_eq!(table["additionalProperties"], false, "{pointer}");
        }
    }
}
