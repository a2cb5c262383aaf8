//! The parameters of `initialize`, as far as they can be read: a session starts whatever a client announces.

use serde_json::{Map, Value, json};
use tower_lsp::lsp_types::InitializeParams;

/// The maximum number of names in the log.
const MAX_NAMES: usize = 20;

/// Returns `params` without what is not of LSP's types, and the names of what is left out, such as
/// `capabilities.textDocument.callHierarchy`.
pub(super) fn readable(mut params: Value) -> (Value, Vec<String>) {
    let mut left_out = Vec::new();
    if !params.is_object() {
        left_out.extend((!params.is_null()).then(|| "params".to_owned()));
        params = json!({});
    }
    name_folders(&mut params);
    let fits = |part: Value| {
        let mut whole = json!({"capabilities": {}});
        let (Some(whole_map), Value::Object(part)) = (whole.as_object_mut(), part) else { return false };
        whole_map.extend(part);
        serde_json::from_value::<InitializeParams>(whole).is_ok()
    };
    let mut kept = kept(&params, "", &fits, &mut left_out).unwrap_or(json!({}));
    if kept.get("capabilities").is_none() {
        kept["capabilities"] = json!({});
    }
    (kept, left_out)
}

/// Logs the names of what is left out.
pub(super) fn log(left_out: &[String]) {
    if left_out.is_empty() {
        return;
    }
    let names = left_out[..left_out.len().min(MAX_NAMES)].join(", ");
    let more = match left_out.len().saturating_sub(MAX_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    tracing::warn!("the client's \"initialize\" has values of the wrong type, which are ignored: {names}{more}");
}

/// Gives folders without a name an empty one: where they are is all that counts.
fn name_folders(params: &mut Value) {
    let folders = params.get_mut("workspaceFolders").and_then(Value::as_array_mut);
    for folder in folders.into_iter().flatten().filter_map(Value::as_object_mut) {
        if folder.contains_key("uri") && !folder.get("name").is_some_and(Value::is_string) {
            folder.insert("name".to_owned(), json!(""));
        }
    }
}

/// Returns what of `value`, which is called `name`, `fits`. The names of the rest are added to `left_out`.
fn kept(value: &Value, name: &str, fits: &dyn Fn(Value) -> bool, left_out: &mut Vec<String>) -> Option<Value> {
    if fits(value.clone()) {
        return Some(value.clone());
    }
    match value {
        Value::Object(entries) if fits(json!({})) => {
            let entries = entries.iter().filter_map(|(key, entry)| {
                let is_fit = |part: Value| fits(Value::Object(Map::from_iter([(key.clone(), part)])));
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                Some((key.clone(), kept(entry, &name, &is_fit, left_out)?))
            });
            Some(Value::Object(entries.collect()))
        }
        Value::Object(entries) => {
            let mended = with_one_mended(entries, name, fits);
            left_out.extend(mended.as_ref().map_or(vec![name.to_owned()], |(_, names)| names.clone()));
            mended.map(|(mended, _)| mended)
        }
        Value::Array(entries) if fits(json!([])) => {
            let is_fit = |part: Value| fits(json!([part]));
            let entries = entries.iter().enumerate();
            Some(
                entries
                    .filter_map(|(index, entry)| kept(entry, &format!("{name}[{index}]"), &is_fit, left_out))
                    .collect(),
            )
        }
        _ => {
            left_out.push(name.to_owned());
            None
        }
    }
}

/// Like [`kept`], for `entries` some of which are needed, if a single one of them does not fit.
fn with_one_mended(
    entries: &Map<String, Value>,
    name: &str,
    fits: &dyn Fn(Value) -> bool,
) -> Option<(Value, Vec<String>)> {
    let with = |key: &String, part: Value| {
        let mut entries = entries.clone();
        entries.insert(key.clone(), part);
        Value::Object(entries)
    };
    entries.iter().find_map(|(key, entry)| {
        let mut left_out = Vec::new();
        let part = kept(entry, &format!("{name}.{key}"), &|part| fits(with(key, part)), &mut left_out)?;
        Some((with(key, part), left_out))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::readable;

    #[track_caller]
    fn check(params: Value, expected: Value, names: &[&str]) {
        assert_eq!(readable(params), (expected, names.iter().map(|&name| name.to_owned()).collect()));
    }

    #[test]
    fn what_parses_stays_as_it_is() {
        let params = json!({
            "processId": null, "rootUri": "file:///a", "capabilities": {"workspace": {"applyEdit": true}, "odd": [1]},
            "clientInfo": {"name": "a"}, "initializationOptions": [5], "trace": "verbose",
        });
        check(params.clone(), params, &[]);
        check(json!(null), json!({"capabilities": {}}), &[]);
        check(json!({"capabilities": {}}), json!({"capabilities": {}}), &[]);
    }

    #[test]
    fn a_value_of_the_wrong_type_is_left_out_alone() {
        check(
            json!({
                "processId": "7", "trace": "loud", "rootUri": "no address", "clientInfo": {"version": "1"},
                "capabilities": {"textDocument": {"callHierarchy": [], "hover": {"contentFormat": ["markdown", 5]}}},
            }),
            json!({"capabilities": {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}}),
            &[
                "capabilities.textDocument.callHierarchy",
                "capabilities.textDocument.hover.contentFormat[1]",
                "clientInfo",
                "processId",
                "rootUri",
                "trace",
            ],
        );
        let actions = |kinds: Value| {
            let kinds = json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": kinds}}});
            json!({"capabilities": {"textDocument": {"codeAction": kinds}}})
        };
        let set = "capabilities.textDocument.codeAction.codeActionLiteralSupport.codeActionKind.valueSet";
        let names = [format!("{set}[0]"), format!("{set}[2]")];
        check(actions(json!([1, "quickfix", null])), actions(json!(["quickfix"])), &[&names[0], &names[1]]);
        check(json!([1]), json!({"capabilities": {}}), &["params"]);
        check(json!({"capabilities": "all"}), json!({"capabilities": {}}), &["capabilities"]);
    }

    #[test]
    fn a_folder_needs_no_name_but_an_address() {
        check(
            json!({"workspaceFolders": [{"uri": "file:///a"}, {"uri": "file:///b", "name": null}, {"name": "c"}, 5]}),
            json!({
                "workspaceFolders": [{"uri": "file:///a", "name": ""}, {"uri": "file:///b", "name": ""}],
                "capabilities": {},
            }),
            &["workspaceFolders[2]", "workspaceFolders[3]"],
        );
    }
}
