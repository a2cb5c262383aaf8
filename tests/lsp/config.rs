//! Configuration files: what they change, and their own diagnostics.

use serde_json::{Value, json};

use super::client::{Client, Folder, codes};
use super::{TEMPLATE, capable};

const TEXT: &str = "# VIP-7: Cache\n\n## Introduction\n";

/// A sign outside the Basic Multilingual Plane stands before the place of the problem.
const BAD: &str = "# 💡\nrules = { missing-optional-section = \"off\", \"💡\" = \"off\" }\n";

const GOOD: &str = "rules = { missing-optional-section = \"off\" }\n";

fn problem(line: u32, from: u32, to: u32, message: &str) -> Value {
    json!({
        "range": {"start": {"line": line, "character": from}, "end": {"line": line, "character": to}},
        "severity": 1, "code": "invalid-setting", "source": "vip-lsp", "message": message,
    })
}

fn bad_rule() -> Value {
    problem(1, 44, 48, "rules.💡: there is no such rule; vip-lsp rule lists them all")
}

fn watched(client: &mut Client, uri: &str) {
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": [{"uri": uri, "type": 2}]}));
}

fn pulling() -> Value {
    let mut capabilities = capable();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    capabilities
}

#[test]
fn problems_are_published_in_the_file_until_they_are_gone() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE), ("vip-lsp.toml", BAD)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (config, uri) = (folder.uri("vip-lsp.toml"), folder.uri("vip-7.md"));
    assert_eq!(client.published(&config), json!({"uri": config, "diagnostics": [bad_rule()]}));
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri), ["missing-section"]);
    folder.write("vip-lsp.toml", GOOD);
    watched(&mut client, &config);
    assert_eq!(client.published(&config), json!({"uri": config, "diagnostics": []}));
    assert_eq!(client.published_codes(&uri), ["missing-section"]);
    folder.write("vip-lsp.toml", "template = 'no-such.md'\n");
    watched(&mut client, &config);
    assert_eq!(client.published_codes(&uri), ["missing-section", "missing-optional-section"]);
    let message = "template: there is no such file; give its path relative to this file's folder";
    assert_eq!(client.published(&config)["diagnostics"], json!([problem(0, 11, 23, message)]));
    std::fs::remove_file(folder.path("vip-lsp.toml")).expect("it is there");
    watched(&mut client, &config);
    assert_eq!(client.published_codes(&config), Vec::<String>::new());
    client.close();
}

#[test]
fn a_template_that_has_too_much_says_so() {
    let large = format!("{TEMPLATE}{}", (0..2_000).map(|index| format!("\n## Q{index}\n")).collect::<String>());
    let folder = Folder::new(&[("vip-template.md", &large)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (template, uri) = (folder.uri("vip-template.md"), folder.uri("vip-7.md"));
    client.open(&uri, TEXT);
    let published = client.published(&template);
    assert_eq!(codes(&published["diagnostics"]), ["template-too-large"]);
    client.open(&template, TEMPLATE);
    while !client.published_codes(&template).is_empty() {}
    client.close();
}

#[test]
fn the_text_in_the_editor_wins_and_each_edit_is_checked() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE), ("vip-lsp.toml", "")]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let (config, uri) = (folder.uri("vip-lsp.toml"), folder.uri("vip-7.md"));
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri), ["missing-section", "missing-optional-section"]);
    client.open(&config, BAD);
    assert_eq!(client.published_codes(&uri), ["missing-section"]);
    assert_eq!(client.published(&config)["diagnostics"], json!([bad_rule()]));
    let wrong = json!({"start": {"line": 1, "character": 44}, "end": {"line": 1, "character": 48}});
    client.change(&config, 2, &json!([{"range": wrong, "text": "missing-section"}]));
    assert_eq!(client.published_codes(&uri), Vec::<String>::new());
    assert_eq!(client.published(&config)["diagnostics"], json!([]));
    client.change(&config, 3, &json!([{"text": "[sections]\n'💡' = {}\nDesign.optional = true\n"}]));
    let names = "it has \"Introduction\", \"Design\", \"Appendix\"";
    let message = format!("sections.💡: there is no section \"💡\" in the template; {names}");
    assert_eq!(client.published(&config)["diagnostics"], json!([problem(1, 0, 4, &message)]));
    assert_eq!(client.published_codes(&uri), ["missing-optional-section", "missing-optional-section"]);
    client.notify("textDocument/didClose", &json!({"textDocument": {"uri": config}}));
    assert_eq!(client.published_codes(&config), Vec::<String>::new());
    assert_eq!(client.published_codes(&uri), ["missing-section", "missing-optional-section"]);
    client.close();
}

#[test]
fn a_client_that_pulls_is_sent_the_problems_of_files_that_it_has_not_open() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE), ("vip-lsp.toml", BAD)]);
    let (mut client, _) = Client::initialized(Some(folder.root()), &pulling(), &Value::Null);
    let (config, uri) = (folder.uri("vip-lsp.toml"), folder.uri("vip-7.md"));
    let document = json!({"textDocument": {"uri": config}});
    assert_eq!(client.published(&config)["diagnostics"], json!([bad_rule()]));
    client.open(&config, BAD);
    assert_eq!(client.published(&config)["diagnostics"], json!([]));
    assert_eq!(client.request("textDocument/diagnostic", &document)["items"], json!([bad_rule()]));
    client.change(&config, 2, &json!([{"text": GOOD}]));
    assert_eq!(client.request("textDocument/diagnostic", &document)["items"], json!([]));
    client.open(&uri, TEXT);
    let pulled = client.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(codes(&pulled["items"]), ["missing-section"]);
    client.notify("textDocument/didClose", &document);
    assert_eq!(client.published(&config)["diagnostics"], json!([bad_rule()]));
    client.close();
}

#[test]
fn the_editors_settings_win_over_the_file() {
    let config = "template = 'docs/schema.md'\nrules = { missing-section = 'off', missing-optional-section = 'off' }\n";
    let folder = Folder::new(&[("docs/schema.md", TEMPLATE), (".vip-lsp.toml", config)]);
    let (mut client, _) = Client::initialized(
        Some(folder.root()),
        &capable(),
        &json!({"rules": {"missing-section": "error"}, "sections": {"Design": {"optional": true}}}),
    );
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri), Vec::<String>::new());
    client.notify("workspace/didChangeConfiguration", &json!({"settings": {"sections": {}}}));
    let published = client.published(&uri);
    assert_eq!(codes(&published["diagnostics"]), ["missing-section"]);
    let found = published["diagnostics"].as_array().expect("a list").iter();
    let severities: Vec<_> =
        found.filter(|found| found["code"] == "missing-section").map(|found| &found["severity"]).collect();
    assert_eq!(severities, [1]);
    client.close();
}
