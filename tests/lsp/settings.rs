//! Settings, by each way that a client has to send them.

use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::{TEMPLATE, capable, workspace};

const TEXT: &str = "# VIP-7: Cache\n\n## Introduction\n";

#[test]
fn settings_in_initialization_options() {
    let folder = Folder::new(&[("schema.md", TEMPLATE)]);
    let options = json!({
        "template": "schema.md", "include": ["notes/*.md"],
        "rules": {"missing-section": "error", "missing-optional-section": "off", "missing-metadata": "off", "empty-section": "off"},
    });
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &options);
    for name in ["vip-7.md", "notes/cache.md"] {
        let uri = folder.uri(name);
        client.open(&uri, TEXT);
        let published = client.published(&uri);
        assert_eq!(published["diagnostics"].as_array().map(Vec::len), Some(1), "{name}");
        assert_eq!(
            (&published["diagnostics"][0]["code"], &published["diagnostics"][0]["severity"]),
            (&json!("missing-section"), &json!(1))
        );
    }
    client.close();
}

#[test]
fn settings_are_asked_for_and_asked_for_again() {
    let folder = workspace();
    let mut capabilities = capable();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({"dynamicRegistration": true});
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let (mut client, _) =
        Client::initialized(Some(folder.root()), &capabilities, &json!({"rules": {"missing-section": "off"}}));
    let registered = client.next("client/registerCapability");
    let methods: Vec<_> =
        registered["registrations"].as_array().expect("a list").iter().map(|one| &one["method"]).collect();
    assert_eq!(methods, ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
    let watchers = &registered["registrations"][1]["registerOptions"]["watchers"];
    assert_eq!(watchers[1]["globPattern"], "**/{vip-lsp,.vip-lsp}.toml");
    assert_eq!(client.next("workspace/configuration"), json!({"items": [{"section": "vip-lsp"}]}));
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri), ["missing-optional-section"]);
    client.drain();
    client.answers.push(("workspace/configuration", json!([{"rules": {"missing-optional-section": "off"}}])));
    client.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
    assert_eq!(client.published_codes(&uri), ["missing-section"]);
    client.close();
}

#[test]
fn settings_are_taken_from_the_notification_of_a_client_that_cannot_be_asked() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &Value::Null);
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri).len(), 2);
    for settings in
        [json!({"vip-lsp": {"rules": {"missing-section": "off"}}}), json!({"rules": {"missing-section": "off"}})]
    {
        client.notify("workspace/didChangeConfiguration", &json!({"settings": settings}));
        assert_eq!(client.published_codes(&uri), ["missing-optional-section"]);
    }
    client.close();
}

#[test]
fn a_bad_setting_is_shown_once_by_name_and_the_default_holds() {
    let folder = workspace();
    let options = json!({"rules": {"missing-section": "loud"}, "include": "*.md"});
    let (mut client, _) = Client::initialized(Some(folder.root()), &capable(), &options);
    let mut shown = [client.next("window/showMessage"), client.next("window/showMessage")]
        .map(|message| message["message"].as_str().expect("a message").to_owned());
    shown.sort();
    assert_eq!(
        shown,
        [
            "setting \"vip-lsp.include\": must be a list of globs, such as [\"docs/design/*.md\"], not \"*.md\"",
            "setting \"vip-lsp.rules.missing-section\": must be \"error\", \"warning\", \"information\", \"hint\" or \"off\", not \"loud\"",
        ]
    );
    let uri = folder.uri("docs/vip-7.md");
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri), ["missing-section", "missing-optional-section"]);
    client.notify("workspace/didChangeConfiguration", &json!({"settings": options}));
    client.published(&uri);
    assert!(client.drain().iter().all(|message| message["method"] != "window/showMessage"));
    client.close();
}

#[test]
fn folders_of_the_workspace_come_and_go() {
    let folder = workspace();
    let (mut client, _) = Client::initialized(None, &capable(), &json!({"template": "docs/vip-template.md"}));
    let uri = folder.uri("vip-7.md");
    client.open(&uri, TEXT);
    assert_eq!(client.published_codes(&uri).len(), 9);
    let root = json!([{"uri": super::client::uri(folder.root()), "name": "root"}]);
    client.notify("workspace/didChangeWorkspaceFolders", &json!({"event": {"added": root, "removed": []}}));
    assert_eq!(client.published_codes(&uri).len(), 2);
    client.notify("workspace/didChangeWorkspaceFolders", &json!({"event": {"added": [], "removed": root}}));
    assert_eq!(client.published_codes(&uri).len(), 9);
    client.close();
}

#[test]
fn the_log_goes_to_the_client_as_loudly_as_the_environment_says() {
    let folder = workspace();
    let is_about = |message: &Value| {
        let line = message["params"]["message"].as_str();
        message["method"] == "window/logMessage" && line.is_some_and(|line| line.contains("not open"))
    };
    for (level, is_expected) in [("error", false), ("warn", true), ("vip_lsp=debug", true), ("no=such=level", true)] {
        let mut client = Client::start_with(&["--stdio"], &[("VIP_LSP_LOG", level)]);
        client.request("initialize", &json!({"capabilities": {}}));
        client.notify("initialized", &json!({}));
        client.change(&folder.uri("docs/vip-7.md"), 2, &json!([{"text": "# Nothing\n"}]));
        if is_expected {
            client.wait(is_about);
        } else {
            assert!(!client.drain().iter().any(is_about));
        }
        client.close();
    }
}
