//! Settings files of any content are read.

use proptest::prelude::*;
use proptest::sample::select;

use crate::targets::settings::check;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_settings_file_is_read_with_problems_at_places_in_it(pieces in prop::collection::vec(select(TOML.to_vec()), 0..20)) {
        check(&pieces.concat());
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
