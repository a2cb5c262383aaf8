//! `vip-lsp report`.

use serde_json::{Value, json};

use super::{TEMPLATE, folder, said};

fn proposals() -> tempfile::TempDir {
    folder(&[
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-10.md", "# VIP-10: 缓存 | a\n\n- **Status**: Draft\n\n## Introduction\n\nOne 💡 two.\n"),
        ("docs/vip-9.md", "# VIP-9: B\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n\n## Design\n\nB.\n"),
        ("docs/notes.md", "# Notes\n"),
        ("docs/index.md", "- [VIP-9: B](vip-9.md)\n- [VIP-10: 缓存 | a](vip-10.md)\n"),
    ])
}

#[test]
fn a_table_has_a_line_a_proposal_by_number() {
    let folder = proposals();
    let expected = "\
NO  TITLE     STATUS  SECTIONS  INTRODUCTION  FINDINGS  READINESS
 9  B         Draft        2/2     1/3 words         0  ready for Accepted
10  缓存 | a  Draft        1/2     2/3 words         1  not ready for Accepted: section \"Design\" is missing
";
    assert_eq!(said(folder.path(), &["report"]), (expected.to_owned(), String::new(), Some(0)));
    assert_eq!(said(folder.path(), &["report", "docs", "docs/vip-9.md"]).0, expected);
    let none = said(folder.path(), &["report", "docs/notes.md"]);
    let note = "vip-lsp: docs/notes.md: not a proposal: it has 0 of the 3 headings and metadata keys of \
                docs/vip-template.md, the nearest template: too few\n";
    assert_eq!(none, (String::new(), note.to_owned(), Some(0)));
}

#[test]
fn markdown_is_a_table_of_github() {
    let folder = proposals();
    let expected = "\
| No | Title | Status | Sections | Introduction | Findings | Readiness |
| --: | --- | --- | --: | --: | --: | --- |
| 10 | 缓存 \\| a | Draft | 1/2 | 2/3 words | 1 | not ready for Accepted: section \"Design\" is missing |
";
    assert_eq!(said(folder.path(), &["report", "--markdown", "docs/vip-10.md"]).0, expected);
}

#[test]
fn json_is_an_array_of_proposals() {
    let folder = proposals();
    let (output, _, code) = said(folder.path(), &["report", "--json", "docs/vip-10.md"]);
    let expected = json!([{
        "path": "docs/vip-10.md", "number": 10, "name": "VIP-10", "title": "缓存 | a", "status": "Draft", "date": null,
        "next": "Accepted", "sections": {"done": 1, "required": 2}, "findings": 1,
        "length": {"section": "Introduction", "count": 2, "limit": 3, "unit": "words"},
        "reasons": ["section \"Design\" is missing"], "schemaVersion": 1, "family": "VIP",
        "metadata": {"Status": {"type": "text", "value": "Draft", "text": "Draft", "proposals": []}},
    }]);
    assert_eq!(serde_json::from_str::<Value>(&output).expect("JSON"), expected);
    assert_eq!(code, Some(0));
    assert_eq!(said(folder.path(), &["report", "--json", "docs/notes.md"]).0, "[]\n");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_shown() {
    let folder = proposals();
    std::fs::write(folder.path().join("docs/vip-11.md"), b"# VIP-11: \xff\n").expect("a file");
    let (output, error, code) = said(folder.path(), &["report", "docs", "none"]);
    assert_eq!(output.lines().count(), 3, "{output}");
    assert!(error.contains("none") && error.contains("vip-11.md: not valid UTF-8\n"), "{error}");
    assert_eq!(code, Some(2));
}
