//! A settings file, and the settings of an editor.

use std::path::Path;

use vip_lsp::text::Text;
use vip_lsp::workspace::Settings;

pub(crate) fn run(input: &[u8]) {
    let content = String::from_utf8_lossy(input);
    check(&content);
    if let Ok(value) = serde_json::from_slice(input) {
        Settings::of_json(&value);
    }
}

/// Reads the settings file `content`: its problems are at places in it.
pub(crate) fn check(content: &str) {
    let text = Text::new(content);
    for problem in Settings::of_toml(content, Path::new("/")).1 {
        let span = problem.span.expect("a place");
        let is_boundary = |at: usize| content.is_char_boundary(at);
        assert!(is_boundary(span.start.get()) && is_boundary(span.end.get()), "{problem:?}");
        assert!(span.end <= text.end(), "{problem:?}");
    }
}
