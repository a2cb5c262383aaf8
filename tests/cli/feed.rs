//! `vip-lsp report --json` for other programs: the metadata, and the schema.

use serde_json::{Value, json};

use super::{folder, run, said};

/// Returns why `value` does not have the `schema`, a part of `root`; with the words of JSON Schema that ours uses.
fn faults(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (word, says) in schema.as_object().expect("a schema") {
        let is_met = match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let path = says.as_str().and_then(|says| says.strip_prefix('#')).expect("a part of the schema");
                found.extend(faults(root, root.pointer(path).expect("a definition"), value, place));
                true
            }
            "type" => {
                says.as_array().map_or_else(|| has_type(says, value), |all| all.iter().any(|one| has_type(one, value)))
            }
            "const" => says == value,
            "enum" => says.as_array().expect("values").contains(value),
            "minimum" => value.as_i64().is_none_or(|value| Some(value) >= says.as_i64()),
            "pattern" => {
                assert_eq!(says, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
                let shape = value.as_str().map(|value| value.replace(|sign: char| sign.is_ascii_digit(), "0"));
                shape.is_none_or(|shape| shape == "0000-00-00")
            }
            "required" => says
                .as_array()
                .expect("names")
                .iter()
                .all(|name| value.get(name.as_str().expect("a name")).is_some() || !value.is_object()),
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                found.extend(items.flat_map(|(at, item)| faults(root, says, item, &format!("{place}/{at}"))));
                true
            }
            "properties" | "additionalProperties" => {
                for (name, own) in value.as_object().into_iter().flatten() {
                    let schema = if word == "properties" { says.get(name) } else { Some(says) };
                    found.extend(
                        schema.map(|schema| faults(root, schema, own, &format!("{place}/{name}"))).unwrap_or_default(),
                    );
                }
                true
            }
            "oneOf" => {
                says.as_array()
                    .expect("schemas")
                    .iter()
                    .filter(|one| faults(root, one, value, place).is_empty())
                    .count()
                    == 1
            }
            other => panic!("the schema uses {other}"),
        };
        found.extend((!is_met).then(|| format!("{place}: {word}")));
    }
    found
}

fn has_type(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("a name") {
        "array" => value.is_array(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("the schema has the type {other}"),
    }
}

fn schema() -> Value {
    let (output, error, code) = said(&run(folder(&[]).path(), &["report", "--json-schema"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    serde_json::from_str(&output).expect("JSON")
}

/// Three families: with front matter, a list, and a table.
fn families() -> tempfile::TempDir {
    let eip = |number: u32, keys: &str| {
        format!(
            "---\neip: {number}\ntitle: Caches of kind {number}\nstatus: Draft\n{keys}---\n\n## Abstract\n\nSome words.\n\n## Specification\n\nMore words.\n"
        )
    };
    let adr = |number: u32, status: &str| {
        format!(
            "# ADR-{number}: Rows of kind {number}\n\n- Status: {status}\n- Date: 30.01.2026\n- Deciders: A. Author (a@example.org, b@example.org), B. Author\n\n## Context\n\nSome words.\n\n## Decision\n\nMore words.\n"
        )
    };
    let rfc = |number: u32, amends: &str| {
        format!(
            "# RFC-{number}: Keys of kind {number}\n\n| Field | Value |\n| --- | --- |\n| Status | Accepted |\n| Amends | {amends} |\n\n## Summary\n\nSome words.\n\n## Details\n\nMore words.\n"
        )
    };
    let files = [
        ("eips/eip-template.md", "---\neip: <number>\ntitle: <the title>\nstatus: Draft\nauthors: []\ncreated: <yyyy-mm-dd>\nrequires: <numbers of others>\n---\n\n## Abstract\n\n## Specification\n".to_owned()),
        ("eips/eip-1.md", eip(1, "authors: [A. Author, \"B, Author\"]\ncreated: 2026-01-02\n")),
        ("eips/eip-2.md", eip(2, "authors:\n  - A. Author\n  - B. Author\ncreated: soon\nrequires: 1\n")),
        ("adr/adr-template.md", "# ADR-NNNN: Title\n\n- Status: {proposed | accepted | superseded by ADR-NNNN}\n- Date: {YYYY-MM-DD}\n- Deciders: {list everyone}\n\n## Context\n\n## Decision\n".to_owned()),
        ("adr/adr-0001-a.md", adr(1, "superseded by [ADR-2](adr-0002-b.md)")),
        ("adr/adr-0002-b.md", adr(2, "**accepted**")),
        ("rfcs/rfc-template.md", "# RFC-NNN: Title\n\n| Field | Value |\n| --- | --- |\n| Status | Draft |\n| Amends | |\n\n## Summary\n\n## Details\n".to_owned()),
        ("rfcs/rfc-001.md", rfc(1, "")),
        ("rfcs/rfc-002.md", rfc(2, "RFC-1")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    folder(&files)
}

#[test]
fn a_report_has_its_schema() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let (output, error, code) = said(&run(families().path(), &["report", "--json"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let report: Value = serde_json::from_str(&output).expect("JSON");
    assert_eq!(report.as_array().map(Vec::len), Some(6));
    assert_eq!(faults(&schema, &schema, &report, ""), [""; 0]);
    // A report that is wrong has faults.
    for (place, value) in [
        ("/0/schemaVersion", json!(2)),
        ("/1/path", json!(1)),
        ("/2/metadata", json!({"a": {"type": "date", "value": "30.01.2026", "text": "", "proposals": []}})),
        ("/3/metadata", json!({"a": {"type": "list", "value": "a", "text": "", "proposals": []}})),
        ("/4/number", json!("4")),
        ("/5/reasons", json!([1])),
        ("/5", json!({})),
    ] {
        let mut wrong = report.clone();
        *wrong.pointer_mut(place).expect("a place") = value;
        assert!(!faults(&schema, &schema, &wrong, "").is_empty(), "{place}");
    }
}

#[test]
fn metadata_has_types_in_any_form() {
    let (output, ..) = said(&run(families().path(), &["report", "--json"]));
    let report: Vec<Value> = serde_json::from_str(&output).expect("JSON");
    let check = |path: &str, key: &str, kind: &str, value: Value, proposals: Value| {
        let own = report.iter().find(|own| own["path"] == path).unwrap_or_else(|| panic!("{path} is in\n{output}"));
        let field = &own["metadata"][key];
        assert_eq!(
            (&field["type"], &field["value"], &field["proposals"]),
            (&json!(kind), &value, &proposals),
            "{path} {key}: {own}"
        );
    };
    check("eips/eip-1.md", "authors", "list", json!(["A. Author", "B, Author"]), json!([]));
    check("eips/eip-1.md", "created", "date", json!("2026-01-02"), json!([]));
    check("eips/eip-2.md", "authors", "list", json!(["A. Author", "B. Author"]), json!([]));
    check("eips/eip-2.md", "created", "text", json!("soon"), json!([]));
    check("eips/eip-2.md", "requires", "text", json!("1"), json!([1]));
    check("adr/adr-0001-a.md", "Status", "text", json!("superseded by ADR-2"), json!([2]));
    check("adr/adr-0001-a.md", "Date", "date", json!("2026-01-30"), json!([]));
    let deciders = json!(["A. Author (a@example.org, b@example.org)", "B. Author"]);
    check("adr/adr-0002-b.md", "Deciders", "list", deciders, json!([]));
    check("rfcs/rfc-002.md", "Amends", "text", json!("RFC-1"), json!([1]));
    assert!(report.iter().all(|own| own["path"] != "rfcs/rfc-001.md" || own["metadata"].get("Amends").is_none()));
}

#[test]
fn front_matter_has_a_schema() {
    let folder = families();
    let (output, error, code) = said(&run(folder.path(), &["template", "--json-schema", "eips/eip-2.md"]));
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let of_document: Value = serde_json::from_str(&output).expect("JSON");
    // One family alone has front matter.
    let (output, _, code) = said(&run(folder.path(), &["template", "--json-schema"]));
    assert_eq!((serde_json::from_str::<Value>(&output).ok(), code), (Some(of_document.clone()), Some(0)));
    assert_eq!(of_document["required"], json!(["eip", "title", "status", "authors", "created"]));
    let (output, error, code) = said(&run(folder.path(), &["template", "--json-schema", "adr/adr-template.md"]));
    assert_eq!((output.as_str(), code), ("", Some(2)));
    assert_eq!(error, "vip-lsp: the template has no front matter, so there is no schema of it\n");
}
