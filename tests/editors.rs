//! The configuration on the editors' pages: whether it reads, starts the server for Markdown, and sets what there is.
//!
//! The tests in Emacs and Vim take theirs from the pages, too.

use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_json::Value;
use vip_lsp::workspace::Settings;

/// A page, and where in its configuration what counts stands, as JSON pointers.
struct Page {
    editor: &'static str,
    command: &'static str,
    language: (&'static str, &'static str),
    settings: &'static str,
}

const PAGES: [Page; 3] = [
    Page {
        editor: "helix",
        command: "/language-server/vip-lsp/command",
        language: ("/language/0/name", "markdown"),
        settings: "/language-server/vip-lsp/config",
    },
    Page {
        editor: "sublime",
        command: "/clients/vip-lsp/command/0",
        language: ("/clients/vip-lsp/selector", "text.html.markdown"),
        settings: "/clients/vip-lsp/initializationOptions",
    },
    Page {
        editor: "kate",
        command: "/servers/markdown/command/0",
        language: ("/servers/markdown/highlightingModeRegex", "^Markdown$"),
        settings: "/servers/markdown/initializationOptions",
    },
];

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fenced blocks of the page for `editor`, with their languages.
fn blocks(editor: &str) -> Vec<(String, String)> {
    let page = file(&format!("editors/{editor}/README.md"));
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for event in Parser::new(&page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                blocks.push((language.into_string(), String::new()));
                is_inside = true;
            }
            Event::End(TagEnd::CodeBlock) => is_inside = false,
            Event::Text(text) if is_inside => blocks.last_mut().expect("a block").1.push_str(&text),
            _ => {}
        }
    }
    blocks
}

fn of_toml(content: &str) -> Value {
    let table: toml::Table = toml::from_str(content).unwrap_or_else(|error| panic!("{error}\n{content}"));
    serde_json::to_value(table).expect("JSON has it all")
}

/// What the blocks of the page for `editor` that are data come to together, as in one file.
fn configuration(editor: &str) -> Value {
    let mut all = Value::Null;
    for (language, content) in blocks(editor) {
        let read = match language.as_str() {
            "json" => serde_json::from_str(&content).unwrap_or_else(|error| panic!("{editor}: {error}\n{content}")),
            "toml" => of_toml(&content),
            _ => continue,
        };
        merge(&mut all, read);
    }
    all
}

fn merge(all: &mut Value, more: Value) {
    match (all, more) {
        (Value::Object(all), Value::Object(more)) => {
            for (key, value) in more {
                merge(all.entry(key).or_insert(Value::Null), value);
            }
        }
        (all, more) => *all = more,
    }
}

/// There are settings at `pointer`, and the server knows them.
fn check_settings(editor: &str, configuration: &Value, pointer: &str) {
    let settings = configuration.pointer(pointer).unwrap_or_else(|| panic!("{editor}: nothing at {pointer}"));
    assert!(settings.as_object().is_some_and(|settings| !settings.is_empty()), "{editor}: {settings}");
    assert_eq!(Settings::of_json(settings).1, [], "{editor}: {settings}");
}

#[test]
fn pages_of_data_start_the_server_for_markdown_with_settings_that_there_are() {
    for Page { editor, command, language: (place, language), settings } in PAGES {
        let configuration = configuration(editor);
        assert_eq!(configuration.pointer(command), Some(&"vip-lsp".into()), "{editor}: {configuration}");
        assert_eq!(configuration.pointer(place), Some(&language.into()), "{editor}: {configuration}");
        check_settings(editor, &configuration, settings);
    }
}

#[test]
fn helix_uses_the_server_that_it_defines() {
    assert_eq!(configuration("helix").pointer("/language/0/language-servers/0"), Some(&"vip-lsp".into()));
}

#[test]
fn zed_has_an_extension_for_markdown_and_settings_that_there_are() {
    let manifest = of_toml(&file("editors/zed/extension.toml"));
    assert_eq!(manifest.pointer("/language_servers/vip-lsp/languages/0"), Some(&"Markdown".into()));
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    let configuration = configuration("zed");
    check_settings("zed", &configuration, "/lsp/vip-lsp/initialization_options");
    assert_eq!(configuration.pointer("/languages/Markdown/document_symbols"), Some(&"on".into()));
}

#[test]
fn kakoune_has_tables_of_servers() {
    let blocks = blocks("kakoune");
    let tables: Vec<_> = blocks.iter().map(|(_, content)| servers(content)).collect();
    for ((_, content), servers) in blocks.iter().zip(&tables) {
        assert!(content.contains("BufSetOption filetype=markdown"), "{content}");
        // The server's name is its command.
        assert!(servers.pointer("/vip-lsp/root_globs/0").is_some(), "{servers}");
    }
    let configured = tables.last().expect("a block");
    assert_eq!(configured.pointer("/vip-lsp/settings_section"), Some(&"vip-lsp".into()));
    check_settings("kakoune", configured, "/vip-lsp/settings/vip-lsp");
}

/// The TOML that `lsp_servers` is set to in `content`.
fn servers(content: &str) -> Value {
    let (_, rest) = content.split_once("lsp_servers %{\n").expect("a table");
    of_toml(rest.split_once("\n    }\n").expect("an end").0)
}

#[test]
fn the_readme_leads_to_every_page() {
    let readme = file("README.md");
    for editor in ["emacs", "helix", "kakoune", "kate", "nvim", "sublime", "vim", "vscode", "zed"] {
        let page = format!("editors/{editor}/README.md");
        assert!(readme.contains(&format!("({page})")), "the README has no link to {page}");
        file(&page);
    }
}
