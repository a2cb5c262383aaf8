//! What proposals say of each other in their metadata: faults, fixes, and the graph.

use std::path::Path;

use super::{folder, read, run, said};

/// The rules about it.
const RULES: &str = "asymmetric-reference,reference-cycle,premature-reference,retired-reference,invalid-metadata-value";

const FRONT_MATTER: &str = "\
---
eip: <number>
title: <the title>
status: Draft
requires: <numbers of others>
supersedes: <numbers of others>
superseded-by: <numbers of others>
---

## Abstract

## Specification
";

fn eip(number: &str, status: &str, keys: &str) -> String {
    format!(
        "---\neip: {number}\ntitle: Caches of kind {number}\nstatus: {status}\n{keys}---\n\n## Abstract\n\nSome words.\n\n## Specification\n\nMore words.\n"
    )
}

const BULLETS: &str = "\
# ADR-NNNN: Title

- Status: {proposed | accepted | rejected | superseded by ADR-NNNN}
- Deciders: {names}

## Context

## Decision
";

fn adr(number: &str, status: &str, keys: &str) -> String {
    format!(
        "# ADR-{number}: Rows of kind {number}\n\n- Status: {status}\n- Deciders: A. Author\n{keys}\n## Context\n\nSome words.\n\n## Decision\n\nMore words.\n"
    )
}

const TABLE: &str = "\
# RFC-NNN: Title

| Field | Value |
| --- | --- |
| Status | Draft |
| Amends | |
| Amended by | |

## Summary

## Details
";

fn rfc(number: &str, amends: &str, amended: &str) -> String {
    format!(
        "# RFC-{number}: Keys of kind {number}\n\n| Field | Value |\n| --- | --- |\n| Status | Accepted |\n| Amends | {amends} |\n| Amended by |{amended}|\n\n## Summary\n\nSome words.\n\n## Details\n\nMore words.\n"
    )
}

const SECTION: &str = "# NUMBER. TITLE\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n\n## Consequences\n";

fn record(number: u8, status: &str) -> String {
    format!(
        "# {number}. Use kind {number}\n\n## Status\n\n{status}\n\n## Context\n\nSome words.\n\n## Decision\n\nMore words.\n\n## Consequences\n\nThe rest.\n"
    )
}

/// Four families without a fault.
fn sound() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, content: String| files.push((name.to_owned(), content));
    add("eips/eip-template.md", FRONT_MATTER.to_owned());
    add("eips/eip-1.md", eip("1", "Final", ""));
    add("eips/eip-2.md", eip("2", "Final", "requires: 1\nsupersedes: 3\n"));
    add("eips/eip-3.md", eip("3", "Final", "superseded-by: 2\n"));
    add("adrs/template.md", BULLETS.to_owned());
    add("adrs/0001-a.md", adr("0001", "accepted", "- Supersedes: ADR-0002\n"));
    add("adrs/0002-b.md", adr("0002", "superseded by ADR-0001", ""));
    add("adrs/0003-c.md", adr("0003", "accepted", ""));
    add("rfcs/rfc-template.md", TABLE.to_owned());
    add("rfcs/rfc-1.md", rfc("1", "RFC-2", " "));
    add("rfcs/rfc-2.md", rfc("2", "", " RFC-1 "));
    add("rfcs/rfc-3.md", rfc("3", "", " "));
    add("records/template.md", SECTION.to_owned());
    add("records/0001-a.md", record(1, "Accepted\n\nSupercedes [2. Use kind 2](0002-b.md)"));
    add("records/0002-b.md", record(2, "Superceded by [1. Use kind 1](0001-a.md)"));
    add("records/0003-c.md", record(3, "Accepted"));
    files
}

fn with(more: &[(&str, String)]) -> tempfile::TempDir {
    let sound = sound();
    let sound = sound.iter().map(|(name, content)| (name.as_str(), content.as_str()));
    let all: Vec<(&str, &str)> = sound.chain(more.iter().map(|(name, content)| (*name, content.as_str()))).collect();
    folder(&all)
}

fn found(folder: &Path) -> Vec<String> {
    let (found, error, _) = said(&run(folder, &["check", "--select", RULES]));
    assert_eq!(error, "");
    found.lines().map(str::to_owned).collect()
}

#[test]
fn what_proposals_say_of_each_other_and_back_is_no_fault() {
    assert_eq!(found(with(&[]).path()), Vec::<String>::new());
}

#[test]
fn edges_that_are_broken_are_found_in_metadata_of_any_form() {
    let folder = with(&[
        // Two that supersede others, which do not say so.
        ("eips/eip-4.md", eip("4", "Final", "supersedes: [1]\n")),
        ("adrs/0004-d.md", adr("0004", "accepted", "- Supersedes: [ADR-0003](0003-c.md)\n")),
        ("records/0004-d.md", record(4, "Accepted\n\nSupercedes [3. Use kind 3](0003-c.md)")),
        // One that amends another, which does not say so.
        ("rfcs/rfc-4.md", rfc("4", "RFC-3", " ")),
        // Two that supersede each other, and three that require each other.
        ("records/0005-e.md", record(5, "Accepted\n\nSuperseded by [6. Use kind 6](0006-f.md)")),
        ("records/0006-f.md", record(6, "Accepted\n\nSuperseded by [5. Use kind 5](0005-e.md)")),
        ("eips/eip-5.md", eip("5", "Draft", "requires: 6\n")),
        ("eips/eip-6.md", eip("6", "Draft", "requires: 7\n")),
        ("eips/eip-7.md", eip("7", "Draft", "requires: 1, 5\n")),
        // One that amends itself.
        ("rfcs/rfc-5.md", rfc("5", "RFC-5", " ")),
        // One that requires a draft, and one that requires what was rejected.
        ("eips/eip-8.md", eip("8", "Final", "requires: 5\n")),
        ("adrs/0005-e.md", adr("0005", "rejected", "")),
        ("adrs/0006-f.md", adr("0006", "accepted", "- Depends on: ADR-0005\n")),
        // One that is superseded by what does not exist.
        ("eips/eip-9.md", eip("9", "Final", "superseded-by: 99\n")),
    ]);
    let expected = "\
adrs/0003-c.md:3:11: hint[asymmetric-reference] \"0004-d.md\" says that it supersedes this one; say so here, too
adrs/0004-d.md:5:15: warning[asymmetric-reference] \"0003-c.md\" does not say that it is superseded by this one; say so there
adrs/0006-f.md:5:15: hint[retired-reference] \"0005-e.md\" is \"rejected\"; refer to what replaces it, or say so here
eips/eip-1.md:4:9: hint[asymmetric-reference] \"eip-4.md\" says that it supersedes this one; say so here, too
eips/eip-4.md:5:14: warning[asymmetric-reference] \"eip-1.md\" does not say that it is superseded by this one; say so there
eips/eip-5.md:5:11: information[reference-cycle] \"eip-6.md\" requires this one in turn, through others; remove one of the two
eips/eip-6.md:5:11: information[reference-cycle] \"eip-7.md\" requires this one in turn, through others; remove one of the two
eips/eip-7.md:5:14: information[reference-cycle] \"eip-5.md\" requires this one in turn, through others; remove one of the two
eips/eip-8.md:5:11: information[premature-reference] \"eip-5.md\" is still \"Draft\", but this proposal is \"Final\"; wait for it, or do without it
eips/eip-9.md:5:16: information[invalid-metadata-value] the successor 99 does not exist; correct the number
records/0003-c.md:5:1: hint[asymmetric-reference] \"0004-d.md\" says that it supersedes this one; say so here, too
records/0004-d.md:7:12: warning[asymmetric-reference] \"0003-c.md\" does not say that it is superseded by this one; say so there
records/0005-e.md:7:15: warning[reference-cycle] \"0006-f.md\" is superseded by this one in turn; remove one of the two
records/0006-f.md:7:15: warning[reference-cycle] \"0005-e.md\" is superseded by this one in turn; remove one of the two
rfcs/rfc-3.md:5:12: hint[asymmetric-reference] \"rfc-4.md\" says that it amends this one; say so here, too
rfcs/rfc-4.md:6:12: warning[asymmetric-reference] \"rfc-3.md\" does not say that it is amended by this one; say so there
rfcs/rfc-5.md:6:12: warning[reference-cycle] the proposal names itself; name another one, or remove this
";
    assert_eq!(found(folder.path()), expected.lines().collect::<Vec<_>>());
    // What only adds a key is safe.
    let fix = ["check", "--select", "asymmetric-reference", "--fix"];
    run(folder.path(), &fix);
    assert_eq!(read(folder.path(), "eips/eip-1.md"), eip("1", "Final", "superseded-by: 4\n"));
    assert_eq!(read(folder.path(), "rfcs/rfc-3.md"), rfc("3", "", " RFC-4 "));
    assert_eq!(read(folder.path(), "adrs/0003-c.md"), adr("0003", "accepted", ""));
    run(folder.path(), &[&fix[..], &["--unsafe-fixes"]].concat());
    let replaced = adr("0003", "superseded by [ADR-0004](0004-d.md)", "");
    assert_eq!(read(folder.path(), "adrs/0003-c.md"), replaced);
    assert_eq!(read(folder.path(), "records/0003-c.md"), record(3, "Superseded by [4. Use kind 4](0004-d.md)"));
    let left = found(folder.path());
    let expected = expected.lines().filter(|line| !line.contains("asymmetric-reference"));
    assert_eq!(left, expected.collect::<Vec<_>>());
    let (diff, _, _) = said(&run(folder.path(), &[&fix[..3], &["--diff", "--unsafe-fixes"]].concat()));
    assert_eq!(diff, "");
}

#[test]
fn what_may_be_meant_is_no_fault() {
    let folder = with(&[
        // Only a draft supersedes it, or only in part.
        ("eips/eip-4.md", eip("4", "Draft", "supersedes: 1\n")),
        ("adrs/0004-d.md", adr("0004", "accepted", "- Supersedes: ADR-0003 in part\n")),
        // Of another family, or of another place.
        ("eips/eip-5.md", eip("5", "Final", "requires: ERC-4, 77\n")),
        ("adrs/0005-e.md", adr("0005", "accepted", "- Supersedes: RFC-3\n- See also: [RFC-1](../rfcs/rfc-1.md)\n")),
        // It was withdrawn instead.
        ("records/0004-d.md", record(4, "Accepted\n\nSupercedes [5. Use kind 5](0005-e.md)")),
        ("records/0005-e.md", record(5, "Withdrawn")),
        // The line says so.
        ("adrs/0006-f.md", adr("0006", "accepted", "- Depends on: ADR-0002 (superseded since)\n")),
        // A status that nothing is known of.
        ("eips/eip-6.md", eip("6", "Final", "requires: 7\n")),
        ("eips/eip-7.md", eip("7", "Stagnant", "")),
        // What is superseded may never have been merged.
        ("eips/eip-8.md", eip("8", "Final", "supersedes: 98\n")),
    ]);
    assert_eq!(found(folder.path()), Vec::<String>::new());
}

#[test]
fn a_family_that_never_says_back_need_not() {
    let template = "# ADR-NNNN: Title\n\n- Status: {proposed | accepted | rejected}\n- Deciders: {names}\n\n## Context\n\n## Decision\n";
    let one = adr("0001", "accepted", "- Supersedes: ADR-0002\n");
    let folder = folder(&[
        ("adrs/template.md", template),
        ("adrs/0001-a.md", &one),
        ("adrs/0002-b.md", &adr("0002", "accepted", "")),
        ("adrs/0003-c.md", &adr("0003", "accepted", "")),
    ]);
    assert_eq!(found(folder.path()), Vec::<String>::new());
}

#[test]
fn a_key_that_only_others_have_is_added_as_they_write_it() {
    let template = "---\neip: <number>\ntitle: <the title>\nstatus: Draft\n---\n\n## Abstract\n\n## Specification\n";
    let folder = folder(&[
        ("eips/eip-template.md", template),
        ("eips/eip-1.md", &eip("1", "Final", "SupersededBy: 2\n")),
        ("eips/eip-2.md", &eip("2", "Final", "Replaces: 1\n")),
        ("eips/eip-3.md", &eip("3", "Final", "")),
        ("eips/eip-4.md", &eip("4", "Final", "Replaces: 3\n")),
    ]);
    assert_eq!(found(folder.path()).len(), 2);
    run(folder.path(), &["check", "--select", "asymmetric-reference", "--fix"]);
    assert_eq!(read(folder.path(), "eips/eip-3.md"), eip("3", "Final", "SupersededBy: 4\n"));
    assert_eq!(found(folder.path()), Vec::<String>::new());
}

#[test]
fn the_graph_shows_who_says_what() {
    let folder = with(&[]);
    let graph = |arguments: &[&str]| said(&run(folder.path(), &[&["graph"], arguments].concat()));
    let (mermaid, error, code) = graph(&["adrs"]);
    assert_eq!((error.as_str(), code), ("", Some(0)));
    let expected = "\
flowchart LR
  n0[\"ADR-0001: Rows of kind 0001 (accepted)\"]
  n1[\"ADR-0002: Rows of kind 0002 (superseded by ADR-0001)\"]
  n0 -->|supersedes| n1
";
    assert_eq!(mermaid, expected);
    let (dot, _, _) = graph(&["--format", "dot", "eips/eip-1.md"]);
    assert!(dot.contains("  n1 -> n0 [label=\"requires\"];\n") && !dot.contains("supersedes"), "{dot}");
    let (json, _, _) = graph(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["nodes"].as_array().map(Vec::len), Some(12));
    let edge = serde_json::json!({
        "from": "eips/eip-2.md", "to": "eips/eip-3.md", "kind": "supersedes", "said_by": ["from", "to"],
    });
    assert!(json["edges"].as_array().expect("edges").contains(&edge), "{json}");
    let (_, error, code) = graph(&["--family", "none"]);
    assert_eq!(error, "vip-lsp: there is no family \"none\"; vip-lsp families lists them\n");
    assert_eq!(code, Some(2));
}

/// What the key of the second of two EIPs says, where the first one supersedes it, once and twice after the fix.
fn fixed(value: &str) -> (String, String) {
    let others = [
        ("eips/eip-template.md", FRONT_MATTER),
        ("eips/eip-3.md", &eip("3", "Final", "")),
        ("eips/eip-7.md", &eip("7", "Final", "")),
    ];
    let folder = folder(&others);
    let root = folder.path();
    let write = |name: &str, content: String| std::fs::write(root.join(name), content).expect("a file");
    write("eips/eip-1.md", eip("1", "Final", "supersedes: 2\n"));
    write("eips/eip-2.md", eip("2", "Final", &format!("superseded-by:{value}\n")));
    let key = || {
        run(root, &["check", "--fix", "--select", "asymmetric-reference"]);
        let text = read(root, "eips/eip-2.md");
        text.lines().find_map(|line| line.strip_prefix("superseded-by:")).unwrap_or_default().to_owned()
    };
    (key(), key())
}

#[test]
fn a_value_that_says_there_is_none_makes_way_and_what_cannot_be_added_to_stays() {
    for (value, expected) in [
        ("", " 1"),
        (" # none", " 1 # none"),
        (" N/A", " 1"),
        (" none yet", " 1"),
        (" TBD", " 1"),
        (" '-'", " '1'"),
        (" —", " 1"),
        (" [7]", " [7, 1]"),
        (" 7", " 7, 1"),
        (" [ ]", " 1"),
        (" [7,]", " [7,]"),
        (" 0x7", " 0x7"),
        (" nobody knows", " nobody knows"),
    ] {
        assert_eq!(fixed(value), (expected.to_owned(), expected.to_owned()), "{value}");
    }
}

#[test]
fn what_is_denied_in_doubt_or_only_a_comment_names_nothing() {
    let template = "# XIP-NNN: Title\n\n- Status: Draft | Accepted | Withdrawn\n- Requires: XIP-NNN\n- Supersedes: XIP-NNN\n\n## Summary\n\nSay.\n\n## Design\n\nHow.\n";
    let document = |number: u32, status: &str, key: &str| {
        format!(
            "# XIP-{number:03}: T {number}\n\n- Status: {status}\n{key}\n## Summary\n\nFoo bar.\n\n## Design\n\nIt is.\n"
        )
    };
    let folder = folder(&[
        ("xips/000-template.md", template),
        ("xips/002-b.md", &document(2, "Draft", "")),
        ("xips/003-c.md", &document(3, "Draft", "")),
    ]);
    let root = folder.path();
    let found = |key: &str| {
        std::fs::write(root.join("xips/001-a.md"), document(1, "Accepted", key)).expect("a file");
        said(&run(root, &["check", "--select", RULES])).0
    };
    assert!(found("- Requires: XIP-2\n").contains("premature-reference"));
    for key in [
        "- Requires: <!-- XIP-2 -->\n",
        "- Requires: none (not XIP-2)\n",
        "- Requires: N/A, see XIP-2\n",
        "- Requires: does not require XIP-2\n",
        "- Requires: no longer requires XIP-2\n",
        "- Requires: XIP-2 (optional)\n",
        "- Requires: (XIP-2?)\n",
        "- Supersedes: <!-- XIP-2 -->\n",
    ] {
        assert_eq!(found(key), "", "{key}");
    }
}
