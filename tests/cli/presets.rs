//! The preset that is proposed for a template.

use std::path::Path;

use super::{folder, read, run, said};

#[test]
fn the_preset_that_suits_the_template_is_proposed() {
    let template =
        "# NNNN. Title\n\nDate: YYYY-MM-DD\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n\n## Consequences\n";
    let record = |number: u32| {
        let status = "Date: 2026-01-30\n\n## Status\n\nAccepted";
        format!(
            "# 000{number}. Cache {number}\n\n{status}\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n## Consequences\n\nC.\n"
        )
    };
    let (one, two) = (record(1), record(2));
    let files = [("adr/template.md", template), ("adr/0001-a.md", one.as_str()), ("adr/0002-b.md", two.as_str())];
    let init = |folder: &Path, write: &[&str]| said(&run(folder, &[&["init"], write].concat()));
    let bare = folder(&files);
    let (shown, error, code) = init(bare.path(), &[]);
    assert_eq!((error.as_str(), code), ("", Some(0)));
    assert!(shown.ends_with("+extends = \"adr-nygard\"\n"), "{shown}");
    // What is there is kept, and a key of the whole file comes before its tables.
    for (before, expected) in [
        ("", "extends = \"adr-nygard\"\n"),
        ("[rules]\nmissing-section = \"off\"\n", "extends = \"adr-nygard\"\n\n[rules]\nmissing-section = \"off\"\n"),
        ("\u{feff}strict = true\r\n", "\u{feff}extends = \"adr-nygard\"\r\n\r\nstrict = true\r\n"),
        ("extends = \"rfc\"\n", "extends = \"rfc\"\n"),
    ] {
        let with = folder(&[&files[..], &[("vip-lsp.toml", before)]].concat());
        assert_eq!(init(with.path(), &["--write"]).2, Some(0));
        assert_eq!(read(with.path(), "vip-lsp.toml"), expected, "{before}");
        let again = init(with.path(), &["--write"]).0;
        assert!(again.starts_with("nothing to set"), "{again}");
    }
}
