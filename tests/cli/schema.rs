//! What settings require beyond the template, in one file or in several that build on each other.

use super::{folder, run, said};

const TEMPLATE: &str =
    "---\nxip: <number>\ntitle: <title>\nstatus: Draft\ncategory: <Core, or XRC>\n---\n\n## Summary\n\n## Design\n";

fn document(number: u32, lines: &str, design: &str) -> String {
    format!(
        "---\nxip: {number}\ntitle: All of it\nstatus: Draft\n{lines}---\n\n## Summary\n\nSome words.\n\n## Design\n\n{design}\n"
    )
}

/// A repository with the settings `files` and three proposals, of which the first has `lines` and `design`.
fn repository(files: &[(&str, &str)], lines: &str, design: &str) -> tempfile::TempDir {
    let own = document(1, &format!("category: Core\n{lines}"), design);
    let (second, third) = (document(2, "category: XRC\n", "So."), document(3, "category: Core\n", "So."));
    let mut all = vec![
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("xips/xip-template.md", TEMPLATE),
        ("xips/xip-1.md", own.as_str()),
        ("xips/xip-2.md", second.as_str()),
        ("xips/xip-3.md", third.as_str()),
    ];
    all.extend_from_slice(files);
    folder(&all)
}

#[test]
fn a_file_of_settings_builds_on_others() {
    let files = [
        ("base/more.toml", "[metadata.created]\ntype = \"date\"\n\n[metadata.title]\nmax-words = 2\n"),
        ("base/base.toml", "extends = \"more.toml\"\n\n[metadata.created]\nrequired = true\n"),
        ("vip-lsp.toml", "extends = \"base/base.toml\"\n\n[metadata.title]\nmax-words = 3\n"),
    ];
    let repository = repository(&files, "created: 2026-1-3\n", "So.");
    let (found, faults, code) = said(&run(repository.path(), &["check"]));
    let expected = "\
xips/xip-1.md:6:10: warning[invalid-metadata-value] \"created\" does not have the format YYYY-MM-DD; rewrite the date
xips/xip-2.md:5:1: warning[missing-metadata] metadata \"created\" is missing; add it after \"category\"
xips/xip-3.md:5:1: warning[missing-metadata] metadata \"created\" is missing; add it after \"category\"
";
    assert_eq!((found.as_str(), faults.as_str(), code), (expected, "", Some(1)));
    assert_eq!(run(repository.path(), &["check", "--fix", "xips/xip-1.md"]).status.code(), Some(0));
    let fixed = std::fs::read_to_string(repository.path().join("xips/xip-1.md")).expect("a file");
    assert!(fixed.contains("\ncreated: 2026-01-03\n"), "{fixed}");
}

#[test]
fn a_family_builds_on_a_preset_alone() {
    let record = |status: &str| {
        format!(
            "# 1. Cache\n\nDate: 2026-01-30\n\n## Status\n\n{status}\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n## Consequences\n\nC.\n"
        )
    };
    let template = record("Proposed").replace("1. Cache", "N. Title");
    let odd = record("Approved");
    let family = |name: &str, extends: &str| {
        format!("[[family]]\nname = \"{name}\"\ntemplate = \"template.md\"\ndocuments = [\"{name}/*.md\"]\n{extends}\n")
    };
    let settings = family("a", "extends = \"adr-nygard\"") + &family("b", "");
    let files =
        [("template.md", template.as_str()), ("a/0001-a.md", &odd), ("b/0001-a.md", &odd), ("vip-lsp.toml", &settings)];
    let folder = folder(&files);
    let (found, faults, _) = said(&run(folder.path(), &["check", "--select", "invalid-metadata-value"]));
    assert!(found.starts_with("a/0001-a.md:7:1: warning[invalid-metadata-value]"), "{found}{faults}");
    assert_eq!((found.lines().count(), faults.as_str()), (1, ""));
    // The same from a file that another one builds on.
    let path = |name: &str| folder.path().join(name);
    std::fs::rename(path("vip-lsp.toml"), path("base.toml")).expect("a file");
    std::fs::write(path("vip-lsp.toml"), "extends = \"base.toml\"\n").expect("a file");
    let check = || said(&run(folder.path(), &["check", "--select", "invalid-metadata-value"])).0;
    assert_eq!(check(), found);
    std::fs::write(path("base.toml"), settings.replace("\"adr-nygard\"", "\"base.toml\"")).expect("a file");
    assert_eq!(check(), "");
    std::fs::write(path("base.toml"), settings.replace("\"adr-nygard\"", "\"adr\"")).expect("a file");
    let told = "vip-lsp.toml:1:11: error[invalid-setting] extends: family[0].extends: there is no preset \"adr\"";
    let (found, faults, _) = said(&run(folder.path(), &["check", "--select", "invalid-metadata-value"]));
    assert!(format!("{found}{faults}").starts_with(told), "{found}{faults}");
}

#[test]
fn what_cannot_be_built_on_is_told() {
    for (settings, told) in [
        (
            "extends = \"eipp\"\n",
            "extends: there is no preset \"eipp\"; name a file that ends in .toml, or one of adr-nygard, cip, eip, kep, madr, pep-md, rfc, swift, vip",
        ),
        ("extends = \"no.toml\"\n", "extends: there is no such file; give its path relative to this file's folder"),
        ("extends = \"../../no.toml\"\n", "extends: points outside the workspace; name a file in it"),
        ("extends = \"a.toml\"\n", "extends: \"a.toml\" builds on itself"),
        (
            "[[family]]\nname = \"A\"\ndocuments = [\"xips/*.md\"]\nextends = \"eipp\"\n",
            "vip-lsp.toml:4:11: error[invalid-setting] family[0].extends: there is no preset \"eipp\"",
        ),
        (
            "[metadata.title]\nmin-characters = 3\nmax-characters = 2\n",
            "vip-lsp.toml:2:18: error[invalid-setting] metadata.title.min-characters: must not be more than max-characters, which is 2",
        ),
        (
            "[metadata.created]\nformat = \"nonsense\"\n",
            "vip-lsp.toml:2:10: error[invalid-setting] metadata.created.format: must have a year, a month and a day",
        ),
        (
            "extends = \"bad.toml\"\n",
            "vip-lsp.toml:1:11: error[invalid-setting] extends: line 2 of \"bad.toml\": no: there is no such setting",
        ),
        ("extends = \"bad.toml\"\n", "extends: line 3 of \"bad.toml\": so: there is no such setting"),
        ("extends = \"bad.toml\"\n", "extends: line 4 of \"bad.toml\": template: there is no such file"),
        ("extends = \"bad.toml\"\n", "extends: line 7 of \"bad.toml\": family[0].template: there is no such file"),
        (
            "extends = \"idle.toml\"\n",
            "vip-lsp.toml:1:11: warning[invalid-setting] extends: include[0]: no file matches \"none/*.md\"",
        ),
        // The rest of it applies.
        ("extends = \"bad.toml\"\n", "xips/xip-1.md:5:1: warning[missing-metadata] metadata \"created\" is missing"),
        (
            "[metadata.created]\nrequired = true\nrequired-when = { stauts = \"Draft\", Status = \"Draft\" }\n",
            "vip-lsp.toml:3:28: warning[invalid-setting] metadata.created.required-when.stauts: there is no metadata key \"stauts\" in the template; it has \"xip\"",
        ),
        (
            "[sections.Design]\nonly-when = { created = \"Draft\" }\n",
            "vip-lsp.toml:2:25: warning[invalid-setting] sections.Design.only-when.created: there is no metadata key \"created\"",
        ),
    ] {
        let bad = "\nno = 1\nso = 1\ntemplate = \"no.md\"\n[[family]]\nname = \"A\"\ntemplate = \"no.md\"\ndocuments = [\"a/*.md\"]\n[metadata.created]\nrequired = true\n";
        let files = [
            ("vip-lsp.toml", settings),
            ("a.toml", "extends = \"a.toml\"\n"),
            ("bad.toml", bad),
            ("idle.toml", "include = [\"none/*.md\"]\n"),
        ];
        let repository = repository(&files, "", "So.");
        let (found, faults, _) = said(&run(repository.path(), &["check"]));
        assert!(format!("{found}{faults}").contains(told), "{settings}: {found}{faults}");
    }
}

#[test]
fn the_template_of_a_file_that_is_built_on_applies_and_conditions_on_known_keys_are_fine() {
    let settings = "extends = \"base/base.toml\"\n\n[metadata.created]\nrequired-when = { title = \"A\", category = \"XRC\", reason = \"A\" }\n\n[metadata.reason]\nrequired = false\n";
    let other = "---\nxip: <number>\ntitle: <title>\nstatus: Draft\ncategory: <Core, or XRC>\n---\n\n## Summary\n\n## Design\n\n## Costs\n";
    let files = [("vip-lsp.toml", settings), ("base/base.toml", "template = \"other.md\"\n"), ("base/other.md", other)];
    let repository = repository(&files, "", "So.");
    let (found, faults, _) = said(&run(repository.path(), &["check", "xips/xip-1.md"]));
    assert!(found.contains("section \"Costs\" is missing") && !found.contains("invalid-setting"), "{found}");
    assert_eq!(faults, "");
}

#[test]
fn the_values_of_a_list_may_be_in_quotes() {
    let files = [("vip-lsp.toml", "[metadata.tags]\nvalues = [\"a\", \"b\"]\n")];
    for (line, count) in [
        ("tags: [ \"a\" , 'b' ]\n", 0),
        ("tags: [a, \"b\"]\n", 0),
        ("tags:\n  - \"a\"\n  - b\n", 0),
        ("tags: [ \"a\" , 'c' ]\n", 1),
        ("tags: []\n", 0),
    ] {
        let repository = repository(&files, line, "So.");
        let (found, faults, _) = said(&run(repository.path(), &["check"]));
        assert_eq!((found.matches("invalid-metadata-value").count(), faults.as_str()), (count, ""), "{line}: {found}");
    }
}

#[test]
fn the_prefix_of_a_mention_is_by_what_it_mentions_and_is_linked_by_a_fix() {
    let settings = "[references]\nprefixes = { XIP = {}, XRC = { category = \"XRC\" } }\nlinked = true\n";
    let repository = repository(&[("vip-lsp.toml", settings)], "", "Like xip 2, XIP-2 and XIP-3.");
    let run = |arguments: &[&str]| said(&run(repository.path(), arguments));
    let (found, _, _) = run(&["check", "--select", "reference-form", "xips/xip-1.md"]);
    let expected = "\
xips/xip-1.md:14:6: warning[reference-form] the proposal is called \"XRC-2\"; write \"XRC-2\"
xips/xip-1.md:14:13: warning[reference-form] the proposal is called \"XRC-2\"; write \"XRC-2\"
xips/xip-1.md:14:13: warning[reference-form] the first mention of \"XRC-2\" is not a link; link to it
xips/xip-1.md:14:23: warning[reference-form] the first mention of \"XIP-3\" is not a link; link to it
";
    assert_eq!(found, expected);
    for _ in 0..2 {
        run(&["check", "--fix", "--select", "reference-form", "xips/xip-1.md"]);
    }
    let fixed = std::fs::read_to_string(repository.path().join("xips/xip-1.md")).expect("a file");
    assert!(fixed.contains("\nLike [XRC-2](xip-2.md), XRC-2 and [XIP-3](xip-3.md).\n"), "{fixed}");
    assert_eq!(run(&["check", "--select", "reference-form", "xips/xip-1.md"]).2, Some(0));
}

#[test]
fn no_proposal_refers_to_a_less_stable_one() {
    let settings = "[references]\nstability = [[\"Draft\"], [\"Final\"]]\n";
    let repository = repository(&[("vip-lsp.toml", settings)], "requires: 2\n", "See [the third](xip-3.md).");
    let path = repository.path().join("xips/xip-1.md");
    let content = std::fs::read_to_string(&path).expect("a file");
    let check = || said(&run(repository.path(), &["check", "--select", "premature-reference", "xips/xip-1.md"])).0;
    assert_eq!(check(), "");
    std::fs::write(&path, content.replace("status: Draft", "status: Final")).expect("a file");
    let expected = "\
xips/xip-1.md:6:11: warning[premature-reference] \"xip-2.md\" is \"Draft\", which is less stable than \"Final\"; wait for it, or do without it
xips/xip-1.md:15:5: warning[premature-reference] \"xip-3.md\" is \"Draft\", which is less stable than \"Final\"; wait for it, or do without it
";
    assert_eq!(check(), expected);
}

#[test]
fn the_preset_for_eips_finds_what_the_family_asks_for() {
    let template = "---\ntitle: <title>\ndescription: <description>\nauthor: <names>\ndiscussions-to: <URL>\nstatus: Draft\ntype: <Standards Track, Meta, or Informational>\ncategory: <Core, Networking, Interface, or ERC> # Only required for Standards Track. Otherwise, remove this field.\ncreated: <yyyy-mm-dd>\n---\n\n## Abstract\n\n## Specification\n\n## Copyright\n";
    let document = |number: u32, lines: &str| {
        format!(
            "---\neip: {number}\ntitle: All of it\ndescription: What it does\nauthor: A. Author (@author)\n\
             discussions-to: https://ethereum-magicians.org/t/all/7\nstatus: Draft\n{lines}---\n\n## Abstract\n\nSome.\n\n\
             ## Specification\n\nMore.\n\n## Copyright\n\nCopyright and related rights waived via [CC0](../LICENSE.md).\n"
        )
    };
    let good = document(1, "type: Standards Track\ncategory: Core\ncreated: 2026-01-30\n");
    let bad = document(2, "category: Core\ntype: Meta\ncreated: 30/01/2026\n").replace("Some.", "Like EIP1.");
    let repository = folder(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("vip-lsp.toml", "extends = \"eip\"\n"),
        ("LICENSE.md", "CC0\n"),
        ("eip-template.md", template),
        ("EIPS/eip-1.md", &good),
        ("EIPS/eip-2.md", &bad),
        ("EIPS/eip-3.md", &good.replace("eip: 1", "eip: 3")),
    ]);
    let (found, _, _) = said(&run(repository.path(), &["check"]));
    let expected = "\
EIPS/eip-2.md:8:1: warning[metadata-order] \"category\" is out of order; move it after \"type\"
EIPS/eip-2.md:8:1: warning[unexpected-metadata] \"category\" is only for proposals whose \"type\" is \"Standards Track\"; remove it
EIPS/eip-2.md:10:10: warning[invalid-metadata-value] \"created\" does not have the format yyyy-mm-dd; rewrite the date
EIPS/eip-2.md:15:6: warning[reference-form] the proposal is called \"EIP-1\"; write \"EIP-1\"
";
    assert_eq!(found, expected);
}
