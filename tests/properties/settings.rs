//! Settings files of any content are read.

use proptest::prelude::*;
use proptest::sample::select;
use vip_lsp::text::Text;
use vip_lsp::workspace::Settings;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_settings_file_is_read_with_problems_at_places_in_it(pieces in prop::collection::vec(select(TOML.to_vec()), 0..20)) {
        let content = pieces.concat();
        let text = Text::new(&content);
        for problem in Settings::of_toml(&content, std::path::Path::new("/")).1 {
            let span = problem.span.expect("a place");
            prop_assert!(content.is_char_boundary(span.start.get()) && content.is_char_boundary(span.end.get()));
            prop_assert!(span.end <= text.end());
        }
    }
}

/// Pieces of settings files, good and bad.
const TOML: [&str; 34] = [
    "template",
    "include",
    "rules",
    "sections",
    "missing-section",
    "aliases",
    "max-words",
    "x",
    "é",
    " = ",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\n",
    "\r",
    "\r\n",
    "\u{feff}",
    "\"off\"",
    "'💡'",
    "true",
    "300",
    "1e9",
    "#",
    "\\u",
    "\0",
    "[[",
];
