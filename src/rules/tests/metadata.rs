//! The rules of metadata beyond keys and values: links, front matter, status.

use super::*;

const SECTIONS: &str = "\n## Summary\n\nS.\n\n## Design\n\nD.\n\n## Notes\n\nN.\n";

const IN_FRONT_MATTER: &str = "\
---
status: draft | final
authors: <names>
discussion: <URL>
replaces: <number> # Only required if there is one; otherwise remove this.
---

## Summary

## Design
";

#[test]
fn metadata_in_front_matter_is_checked_there() {
    check_with(
        IN_FRONT_MATTER,
        "---\nstatus: fnal # now\n        \
         ^^^^ warning[invalid-metadata-value]: \"fnal\" is not allowed for \"status\"; use one of \"draft\", \"final\"\n\
         authors: \"<names>\"\n          \
         ^^^^^^^ warning[unfilled-placeholder]: \"authors\" still has the template's placeholder; fill it in\n\
         ^^^^^^^ warning[missing-metadata]: metadata \"discussion\" is missing; add it after \"authors\"\n\
         authors: A. Author\n\
         ^^^^^^^ warning[duplicate-metadata]: metadata \"authors\" appears twice; merge the two\n\
         ---\n\n## Summary\n\n## Design\n",
    );
}

/// Front matter with all that [`IN_FRONT_MATTER`] asks for.
const COMPLETE: [&str; 7] = [
    "---\nstatus: |\n  Draft\nauthors: [A. Author]\ndiscussion: N/A\n---\n",
    "---\nstatus: !!str draft\nauthors: >\n  A. Author,\n  B. Author\ndiscussion: N/A\n---\n",
    "---\nstatus: \"dra\\x66t\"\nauthors: A. Author\ndiscussion: N/A\n---\n",
    "---\n{status: draft, authors: A. Author, discussion: N/A}\n---\n",
    "---\nstatus:\tdraft\nauthors:\tA. Author\ndiscussion:\tN/A\n---\n",
    "---\n\nstatus: draft\nauthors: A. Author\ndiscussion: N/A\n\n---\n",
    "+++\nstatus = \"draft\"\nauthors = ['A. Author']\ndiscussion = \"N/A\"\n+++\n",
];

#[test]
fn missing_metadata_is_silent_about_yaml_and_toml_of_all_kinds() {
    for front_matter in COMPLETE {
        let source = format!("{front_matter}\n## Summary\n\nS.\n\n## Design\n");
        for rule in ["missing-metadata", "invalid-metadata-value", "invalid-front-matter", "unfilled-placeholder"] {
            check_silent(rule, IN_FRONT_MATTER, &source);
        }
        let (document, template) = (Document::closed(&source), Template::derive(IN_FRONT_MATTER, None));
        let status = Proposal::of(&document, &template).status().map(|status| status.text.to_lowercase());
        assert_eq!(status.as_deref(), Some("draft"), "{front_matter}");
    }
    // What is no front matter says it all the same.
    let bullets = "# XIP-1: C\n\n- **Status**: Draft\n\n## Summary\n\n## Design\n\n## Notes\n";
    for start in ["---\n\nstatus: a: b\n\n---\n\n", "---\nstatus: draft\n\n"] {
        check_silent("missing-metadata", bullets, &format!("{start}# XIP-1: C\n\n## Summary\n"));
        check_silent("missing-metadata", IN_FRONT_MATTER, &format!("{start}# XIP-1: C\n\n## Summary\n"));
    }
}

#[test]
fn missing_metadata_fix_writes_only_what_is_a_key_a_line() {
    let template = Template::derive(IN_FRONT_MATTER, None);
    for source in ["---\n{status: draft, authors: A. Author}\n---\n", "+++\nstatus = \"draft\"\nauthors = \"A\"\n+++\n"]
    {
        let document = Document::closed(&format!("{source}\n## Summary\n\n## Design\n"));
        let proposal = Proposal::of(&document, &template).within(&PLAIN);
        let found = check_rules(&proposal);
        let missing = found.iter().find(|found| found.rule.id == "missing-metadata").expect("a key is missing");
        assert!(missing.message.starts_with("metadata \"discussion\" is missing"), "{source}: {}", missing.message);
        assert!(fixes(&proposal, missing).is_empty(), "{source}");
    }
}

#[test]
fn invalid_metadata_value_fix_takes_all_of_the_value() {
    let fixing = Fixing { template: IN_FRONT_MATTER, ..Fixing::default() };
    let with = |status: &str| format!("---\nstatus:{status}\nauthors: A. Author\ndiscussion: N/A\n---\n\n## Summary\n");
    for (before, after) in [
        (" |\n  fnal # x", " final"),
        (" >-\n  fnal\n  day", " final"),
        (" !!str fnal # x", " final # x"),
        (" \"fna\\x6c\" # x", " \"final\" # x"),
    ] {
        fixing.check(&with(before), "Change to \"final\"", &with(after));
    }
    let toml = |status: &str| {
        format!("+++\nstatus = \"{status}\" # x\nauthors = \"A. Author\"\ndiscussion = \"N/A\"\n+++\n\n## Summary\n")
    };
    fixing.check(&toml("fnal"), "Change to \"final\"", &toml("final"));
    let braces =
        |status: &str| format!("---\n{{status: {status}, authors: A. Author, discussion: N/A}}\n---\n\n## Summary\n");
    fixing.check(&braces("fnal"), "Change to \"final\"", &braces("final"));
}

#[test]
fn invalid_front_matter_is_found_in_toml_too() {
    check(&format!(
        "+++\ntitle = Cache\n        \
         ^^^^^ error[invalid-front-matter]: front matter is not valid TOML: string values must be quoted, expected literal string; correct it, or put the value in quotes\n\
         +++\n\n# XIP-1: C\n{SECTIONS}"
    ));
}

#[test]
fn metadata_in_a_table_is_checked_there() {
    let template =
        "# T\n\n| Key | Value |\n| --- | --- |\n| Status | `Draft` \\| `Final` |\n| Team | |\n\n## Summary\n";
    check_with(
        template,
        "# Cache\n\n| Key | Value |\n| --- | --- |\n| Status | Fnal |\n  \
         ^^^^^^ warning[missing-metadata]: metadata \"Team\" is missing; add it after \"Status\"\n           \
         ^^^^ warning[invalid-metadata-value]: \"Fnal\" is not allowed for \"Status\"; use one of \"Draft\", \"Final\"\n\n\
         ## Summary\n",
    );
    let fixing = Fixing { template, ..Fixing::default() };
    let table = |rows: &str| format!("# Cache\n\n| Key | Value |\n| --- | --- |\n{rows}\n\n## Summary\n");
    fixing.check(&table("| Status | Draft |"), "Insert metadata \"Team\"", &table("| Status | Draft |\n| Team | |"));
    fixing.check(&table("| Team | A |"), "Insert metadata \"Status\"", &table("| Status | |\n| Team | A |"));
}

#[test]
fn missing_metadata_fix_writes_front_matter() {
    let fixing = Fixing { template: IN_FRONT_MATTER, ..Fixing::default() };
    fixing.check(
        "---\r\nauthors:\r\n- A. Author\r\ndiscussion: x\r\n---\r\n\r\n## Summary\r\n",
        "Insert metadata \"status\"",
        "---\r\nstatus:\r\nauthors:\r\n- A. Author\r\ndiscussion: x\r\n---\r\n\r\n## Summary\r\n",
    );
    fixing.check(
        "---\nstatus: draft\nauthors:\n- A. Author\n---\n\n## Summary\n",
        "Insert metadata \"discussion\"",
        "---\nstatus: draft\nauthors:\n- A. Author\ndiscussion:\n---\n\n## Summary\n",
    );
    fixing.check(
        "\u{feff}## Summary\n",
        "Insert the template's metadata",
        "\u{feff}---\nstatus:\nauthors:\ndiscussion:\n---\n\n## Summary\n",
    );
}

#[test]
fn missing_metadata_fix_goes_on_in_a_shared_line_and_in_a_quote() {
    let template = "# RFC-N: T\n\n**Status:** Draft | **Date:** YYYY-MM-DD | **Owner:** Name\n\n## Summary\n";
    let fixing = Fixing { template, ..Fixing::default() };
    let rest = "\n\n## Summary\n\nA.\n";
    for (metadata, key, with_key) in [
        ("**Status:** New · **Date:** 2026-01-02", "Owner", "**Status:** New · **Date:** 2026-01-02 · **Owner:**"),
        ("**Date:** 2026-01-02 | **Owner:** A", "Status", "**Status:** | **Date:** 2026-01-02 | **Owner:** A"),
        ("> **Status:** New\n> **Owner:** A", "Date", "> **Status:** New\n> **Date:**\n> **Owner:** A"),
    ] {
        fixing.check(
            &format!("# RFC-1: C\n\n{metadata}{rest}"),
            &format!("Insert metadata \"{key}\""),
            &format!("# RFC-1: C\n\n{with_key}{rest}"),
        );
    }
}

#[test]
fn invalid_metadata_value_is_silent_about_an_open_list() {
    for list in ["draft | final | …", "draft | final | other", "(1.x / 2.x)", "Core/Meta"] {
        check_silent("invalid-metadata-value", &format!("- Status: {list}\n\n## S\n"), "- Status: none\n\n## S\n");
    }
    let swift = "- Status: Draft | Implemented\n\n## S\n";
    check_silent("invalid-metadata-value", swift, "- Status: **Implemented (Swift 5.9)**\n\n## S\n");
}

#[test]
fn invalid_metadata_value_knows_what_a_value_starts_with() {
    let template = "- Status: draft | final | replaced by XIP-0123\n\n## S\n";
    for value in ["replaced by XIP-7", "Replaced by [that](xip-7.md)", "draft/final", "final"] {
        check_silent("invalid-metadata-value", template, &format!("- Status: {value}\n\n## S\n"));
    }
    check_silent_but_with(
        "invalid-metadata-value",
        template,
        "- Status: other\n          ^^^^^ warning[invalid-metadata-value]: \"other\" is not allowed for \"Status\"; \
         use one of \"draft\", \"final\", \"replaced by …\"\n\n## S\n",
    );
    let template = "- Type: <Standard (Core, Meta) | Process>\n\n## S\n";
    for value in ["Standard (Core/Meta)", "Core", "<Process>", "Core, Meta", "Standard"] {
        check_silent("invalid-metadata-value", template, &format!("- Type: {value}\n\n## S\n"));
    }
}

/// How `Accepted` may be written.
const ACCEPTED: [&str; 9] = [
    "✅ Accepted",
    ":heavy_check_mark: accepted",
    "[Accepted](xip-2.md)",
    "<b>Accepted</b>",
    "**Accepted**",
    "Accepted. Amended by XIP-2",
    "~~Draft~~ Accepted",
    "<del>Draft</del> Accepted <!-- in May -->",
    "![](a.svg) Accepted",
];

#[test]
fn invalid_metadata_value_is_silent_about_what_is_around_a_value() {
    for status in ACCEPTED {
        let source = format!("# XIP-1: C\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n{SECTIONS}");
        check_silent("invalid-metadata-value", TEMPLATE, &source);
    }
}

#[test]
fn invalid_metadata_value_fix_leaves_what_is_around_a_value() {
    let with = |status: &str| format!("# XIP-1: C\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n{SECTIONS}");
    for (before, after) in [
        ("[Acepted](xip-2.md)", "[Accepted](xip-2.md)"),
        ("~~Draft~~ **Acepted**", "~~Draft~~ **Accepted**"),
        ("✅ Acepted", "✅ Accepted"),
        ("~~Drat~~", "Draft"),
    ] {
        let title = if after == "Draft" { "Change to \"Draft\"" } else { "Change to \"Accepted\"" };
        check_fix(&with(before), title, &with(after));
    }
    let template = "# T\n\n- Status: ✅ Accepted | 📝 Draft\n\n## Summary\n";
    let fixing = Fixing { template, ..Fixing::default() };
    let with = |status: &str| format!("# Cache\n\n- Status: {status}\n\n## Summary\n");
    fixing.check(&with("📝 Acepted"), "Change to \"✅ Accepted\"", &with("✅ Accepted"));
    for status in ["✅ Accepted", "accepted", "📝 Draft"] {
        check_silent("invalid-metadata-value", template, &with(status));
    }
    let fixing = Fixing { template: "# T\n\n- Status: ✅ Accepted | Draft\n\n## Summary\n", ..Fixing::default() };
    fixing.check(&with("📝 Acepted"), "Change to \"✅ Accepted\"", &with("✅ Accepted"));
}

#[test]
fn unfinished_accepted_knows_an_accepted_status_by_its_words() {
    let template = Template::derive(TEMPLATE, None);
    for status in ACCEPTED {
        let source =
            format!("# XIP-1: C\n\n- **Status**: {status}\n\n## Summary\n\n_Say what changes._\n\n## Design\n");
        let document = Document::closed(&source);
        let found = diagnostics(&document, &template);
        assert!(found.iter().any(|found| found.rule.id == "unfinished-accepted"), "{status}");
    }
}

fn linked(value: &str) -> String {
    format!("# XIP-1: C\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Pull Request**: {value}\n{SECTIONS}")
}

#[test]
fn invalid_link_is_reported_at_the_value() {
    check_with(
        "# T\n\n- **Pull Request**: _(Link to it)_\n\n## Summary\n",
        "# C\n\n- **Pull Request**: PR 7\n                    \
         ^^^^ warning[invalid-link]: \"Pull Request\" has no link; write [text](address), or N/A\n\n## Summary\n",
    );
    check(&linked(
        "[PR 7]()\n                    ^^^^^^^^ warning[invalid-link]: \"Pull Request\" has no link; write [text](address), or N/A",
    ));
}

#[test]
fn invalid_link_is_silent_where_the_template_allows_something_else() {
    let with = |discussion: &str| format!("# T\n\n- Status: x\n- Discussion: {discussion}\n\n## Summary\n");
    for guidance in [
        "_(a link, or a sentence)_",
        "<link or explanation>",
        "(link to the PR, N/A if none)",
        "_(link to the issue, if any)_",
        "(link, or why there is none)",
        "(URL or a short description)",
    ] {
        check_silent("invalid-link", &with(guidance), &with("see PR 7"));
    }
    let template = "---\ndiscussion: <link> # or a sentence\nissue: <link> # the first one\n---\n\n## S\n\n## T\n";
    let document = Document::closed("---\ndiscussion: see PR 7\nissue: see PR 7\n---\n\n## S\n\n## T\n");
    let found = diagnostics(&document, &Template::derive(template, None));
    let found: Vec<_> = found.iter().filter(|found| found.rule.id == "invalid-link").map(|found| found.span).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(document.text().line_at(found[0].start), 2);
}

#[test]
fn invalid_link_is_silent_about_links_of_all_kinds_and_about_none() {
    for value in [
        "[PR 7](../7)",
        "https://example.org/7",
        "<https://example.org>",
        "[PR 7][pr]",
        "[7]",
        "N/A",
        "_TBD_",
        "",
        "-",
        "to be opened",
        "N/A. Done before #7.",
        "(leave this empty, 1)",
        "announced on the list",
    ] {
        check_silent("invalid-link", TEMPLATE, &linked(value));
    }
    for value in ["see [x][pkg], #7", "#7: [pkg]", "#7: [pkg][]"] {
        let source = format!("{}\n[pkg]: https://example.org\n", linked(value));
        check_silent("invalid-link", TEMPLATE, &source);
        check_silent("undefined-reference", TEMPLATE, &source);
    }
}

#[test]
fn unfilled_placeholder_is_reported_where_title_or_address_are_the_templates() {
    let source = "---\ntitle: Xen Improvement Plan\nPermalink: /docs/XIP_TEMPLATE.md\nparent: Guides\n---\n\n# Xen Improvement Template\n\n## Summary\n";
    let expected = ["Xen Improvement Plan", "/docs/XIP_TEMPLATE.md", "Xen Improvement Template"];
    assert_eq!(unfilled(source, source), expected);
    let own = "---\ntitle: XIP-1\nPermalink: /docs/xip-1.md\nparent: Guides\n---\n\n# XIP-1: Cache\n\n## Summary\n";
    assert_eq!(unfilled(source, own), Vec::<String>::new());
    let brackets = "---\nabout: \"[One sentence.]\"\ntags: [[tag-1], [tag-2]]\nkinds: [core]\n---\n\n## Summary\n";
    assert_eq!(unfilled(brackets, &brackets.replace("Summary", "How")), ["[One sentence.]", "[[tag-1], [tag-2]]"]);
}

/// What `unfilled-placeholder` marks in `source`.
fn unfilled(template: &str, source: &str) -> Vec<String> {
    let document = Document::closed(source);
    let found = diagnostics(&document, &Template::derive(template, None)).into_iter();
    let found = found.filter(|found| found.rule.id == "unfilled-placeholder");
    found.map(|found| document.text().slice(found.span).into_owned()).collect()
}

const SAMPLES: &str = "\
---
title: Neat idea
authors:
  - \"@jane.doe\" # who
reviewers:
  - TBD
creation-date: yyyy-mm-dd
last-updated: 2026-01-30
status: provisional
type: Feature
see-also:
  - \"/enhancements/other-neat-thing.md\"
replaces: \"/enhancements/old-thing.md\"
---

# Neat idea

## Summary

## Design
";

#[test]
fn unfilled_placeholder_is_reported_at_samples_that_are_kept() {
    let kept = [
        "@jane.doe",
        "TBD",
        "yyyy-mm-dd",
        "2026-01-30",
        "/enhancements/other-neat-thing.md",
        "/enhancements/old-thing.md",
    ];
    let own = SAMPLES.replace("Neat idea", "Cache");
    assert_eq!(unfilled(SAMPLES, &own), kept);
    // The sample of another proposal is one too many among others, too.
    let mixed = own
        .replace("other-neat-thing.md\"", "other-neat-thing.md\"\n  - a.md")
        .replace("\"@jane.doe\"", "\"@jane.doe\"\n  - \"@b\"");
    assert_eq!(unfilled(SAMPLES, &mixed), kept[1..]);
    let flow = own.replace(":\n  - \"@jane.doe\" # who", ": [\"@jane.doe\"]").replace(":\n  - TBD", ": TBD");
    assert_eq!(unfilled(SAMPLES, &flow), kept);
}

#[test]
fn unfilled_placeholder_is_silent_about_values_and_about_none() {
    let filled = SAMPLES
        .replace("Neat idea", "Cache")
        .replace("@jane.doe", "@a")
        .replace("TBD", "\"@b\"")
        .replace("yyyy-mm-dd", "2026-02-01")
        .replace("2026-01-30", "2026-02-02");
    let with = |thing: &str| {
        filled.replace("/enhancements/other-neat-thing.md", thing).replace("/enhancements/old-thing.md", thing)
    };
    for thing in ["a.md", "N/A", ""] {
        assert_eq!(unfilled(SAMPLES, &with(thing)), Vec::<String>::new(), "{thing}");
    }
    // A document may well be of the template's day.
    assert_eq!(unfilled(SAMPLES, &with("a.md").replace("2026-02-02", "2026-01-30")), Vec::<String>::new());
    let nothing = "---\nauthors: []\nreplaces: N/A\nsee-also:\ndate:\n---\n\n## Summary\n\n## Design\n";
    assert_eq!(unfilled(nothing, nothing), Vec::<String>::new());
}

#[test]
fn unfilled_placeholder_is_reported_at_letters_for_a_date_whatever_the_template_has() {
    for date in ["YYYY-MM-DD", "20xx-xx-xx", "2026-MM-DD", "dd.mm.yyyy"] {
        for template in ["(fill in today's date)", "YYYY-MM-DD", ""] {
            let with = |date: &str| format!("# T\n\n- Date: {date}\n- Owner: A. Author\n\n## Summary\n");
            let source = with(date).replace("# T", "# C").replace("A. Author", "B. Author");
            assert_eq!(unfilled(&with(template), &source), [date], "{template}");
        }
    }
}

#[test]
fn invalid_front_matter_is_an_error_at_its_place() {
    check(&format!(
        "---\ntitle: 💡 Cache: a map\n                 \
         ^^^^^^^ error[invalid-front-matter]: front matter is not valid YAML: mapping values are not allowed in this context; correct it, or put the value in quotes\n\
         ---\n\n# XIP-1: C\n{SECTIONS}"
    ));
}

#[test]
fn invalid_front_matter_may_lack_its_end() {
    let template = "---\ntitle: (title)\nstatus: Draft\n---\n\n# T\n\n## Summary\n";
    check_silent_but_with(
        "invalid-front-matter",
        template,
        "---\n^^^ error[invalid-front-matter]: front matter is not closed; add a line of --- after its keys\n\
         title: Cache\nstatus: Draft\n\n# Cache\n\n## Summary\n",
    );
    check_silent("invalid-front-matter", TEMPLATE, "---\ntitle: Cache\nstatus: Draft\n\n# XIP-1: Cache\n");
}

#[test]
fn invalid_front_matter_fix_writes_its_end() {
    let template = "---\ntitle: (title)\nstatus: Draft\n---\n\n# T\n\n## Summary\n";
    let fixing = Fixing { template, ..Fixing::default() };
    fixing.check(
        "---\ntitle: Cache\nstatus: Draft\n\n# Cache\n\n## Summary\n",
        "Add the line that closes the front matter",
        "---\ntitle: Cache\nstatus: Draft\n---\n\n# Cache\n\n## Summary\n",
    );
}

#[test]
fn missing_metadata_is_silent_about_keys_that_have_slipped_and_about_shorter_names() {
    let template = "---\ntitle: <title>\nauthors: <names>\nsponsors: <names>\n---\n\n## Summary\n";
    check_silent("missing-metadata", template, "---\ntitle: A\nauthors:\n- B\n  sponsors:\n- C\n---\n\n## Summary\n");
    let template = "# T\n\n- Owner: <name>\n- Implementation Status: <state>\n\n## Summary\n";
    check_silent("missing-metadata", template, "# A\n\n- Owner: B\n- Implementation: done\n\n## Summary\n");
    let bare = "# A\n\n* **Owner**\n  * B\n\n* Implementation Status: done\n\n## Summary\n";
    check_silent("missing-metadata", template, bare);
}

#[test]
fn invalid_front_matter_is_silent_about_yaml_and_thematic_breaks() {
    for start in ["---\ntitle: \"Cache: a map\"\ntags: [a, b]\n---", "---\n\ntitle: a: b\n\n---", "---\n# nothing\n---"]
    {
        check_silent("invalid-front-matter", TEMPLATE, &format!("{start}\n\n# XIP-1: C\n{SECTIONS}"));
    }
}

fn released(status: &str, release: &str) -> String {
    format!("# XIP-1: C\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n- **Release**: {release}\n{SECTIONS}")
}

#[test]
fn release_required_is_reported_at_the_release() {
    let message = "warning[release-required]: status is \"implemented (in part)\", but no release is named; name the first release that has the change";
    check(&released("_implemented (in part)_", &format!("N/A\n               ^^^ {message}")));
    check(&released("_implemented (in part)_", &format!("\n    ^^^^^^^ {message}")));
}

#[test]
fn release_required_is_silent_about_other_statuses_and_releases() {
    for (status, release) in [("Draft", "N/A"), ("Accepted", ""), ("Implemented", "1.2"), ("Implementing", "N/A")] {
        check_silent("release-required", TEMPLATE, &released(status, release));
    }
    check_silent("release-required", TEMPLATE, &format!("# XIP-1: C\n\n- **Status**: Implemented\n{SECTIONS}"));
}

#[test]
fn unfinished_accepted_counts_what_is_left() {
    check_silent_but(
        "unfinished-accepted",
        "# XIP-1: C\n\n- **Status**: Accepted\n              \
         ^^^^^^^^ hint[unfinished-accepted]: status is \"Accepted\", but 2 instructions and 1 placeholder from the template are left; complete or remove what is left\n\
         - **Author(s)**: _(Names)_\n\n## Summary\n\n_Say what changes._\n\nA.\n\n## Design\n\n_Say how it works._\n\nB.\n\n## Notes\n",
    );
    check_silent_but(
        "unfinished-accepted",
        "# XIP-1: C\n\n- **Status**: Accepted\n              \
         ^^^^^^^^ warning[unfinished-accepted]: status is \"Accepted\", but 1 instruction, 1 placeholder and 1 section from the template are left; complete or remove what is left\n\
         - **Author(s)**: _(Names)_\n\n## Summary\n\n_Say what changes._\n\n## Design\n\n_Say how it works._\n\nB.\n\n## Notes\n",
    );
}

#[test]
fn unfinished_accepted_is_silent_in_discussion_and_when_all_is_done() {
    let with = |status: &str, summary: &str| {
        format!("# XIP-1: C\n\n- **Status**: {status}\n\n## Summary\n\n{summary}\n\n## Design\n")
    };
    check_silent("unfinished-accepted", TEMPLATE, &with("Draft", "_Say what changes._"));
    check_silent("unfinished-accepted", TEMPLATE, &with("Accepted", "_My own words._"));
    check_silent(
        "unfinished-accepted",
        TEMPLATE,
        &with("_one of ['Draft', 'Accepted', 'Implemented']_", "_Say what changes._"),
    );
}

#[test]
fn value_too_long_counts_without_number_and_quotes() {
    let template = "---\ntitle: <Title>\ndescription: <One short sentence, one sentence only>\n---\n\n<!-- The title should be 12 characters or less. -->\n\n## Summary\n\n## Design\n";
    check_silent_but_with(
        "value-too-long",
        template,
        "---\ntitle: A title of that\n       \
         ^^^^^^^^^^^^^^^ warning[value-too-long]: \"title\" has 15 characters, but at most 12 are allowed; shorten it\n\
         description: It is fast. It is small.\n             \
         ^^^^^^^^^^^^^^^^^^^^^^^^ warning[value-too-long]: \"description\" has 2 sentences, but one is allowed; shorten it\n\
         ---\n\n## Summary\n",
    );
    check_silent_but_with(
        "value-too-long",
        "# XIP-NNN: Title\n\n_The title must not exceed 2 words._\n\n## Summary\n",
        "# XIP-7: A title - long\n  ^^^^^^^^^^^^^^^^^^^^^ warning[value-too-long]: title has 3 words, but at most 2 are allowed; shorten it\n\n## Summary\n",
    );
}

#[test]
fn value_too_long_is_silent_about_what_fits() {
    let template = "---\ntitle: <Title>\ndescription: <One short sentence, one sentence only>\n---\n\n<!-- The title should be 12 characters or less. -->\n\n## Summary\n\n## Design\n";
    for (title, description) in
        [("\"Exactly 12 c\"", "Rows, e.g. Those of A. Author, are cached."), ("<Title>", ""), ("Übergröße 💡", "Fast!")]
    {
        check_silent(
            "value-too-long",
            template,
            &format!("---\ntitle: {title}\ndescription: {description}\n---\n\n## Summary\n"),
        );
    }
}

#[test]
fn unfilled_placeholder_is_silent_about_what_is_due_once_accepted() {
    let template = "---\nstatus: draft | accepted\nfeature: (fill in with the key once accepted)\nrequires: <numbers>\n---\n\n## Summary\n\n## Design\n";
    let document = |status: &str, marks: &str| {
        format!(
            "---\nstatus: {status}\nfeature: (fill in with the key once accepted)\n{marks}requires: <numbers>\n          \
             ^^^^^^^^^ information[unfilled-placeholder]: \"requires\" still has the template's placeholder; fill it in, or remove it\n\
             ---\n\n## Summary\n\n## Design\n"
        )
    };
    check_silent_but_with("unfilled-placeholder", template, &document("draft", ""));
    let due = "         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unfilled-placeholder]: \"feature\" still has the template's placeholder; fill it in\n";
    check_silent_but_with("unfilled-placeholder", template, &document("accepted", due));
}

#[test]
fn value_too_long_is_information_once_the_status_has_moved_on() {
    let template = "---\ntitle: <title, at most 5 characters>\nstatus: Draft\n---\n\n## Summary\n";
    let with = |status: &str| format!("---\ntitle: Caches\nstatus: {status}\n---\n\n## Summary\n\nFast.\n");
    let severity = |status: &str| {
        let found = diagnostics(&Document::closed(&with(status)), &Template::derive(template, None));
        found.into_iter().find(|found| found.rule.id == "value-too-long").map(|found| found.severity)
    };
    assert_eq!(severity("Draft"), Some(Severity::Warning));
    assert_eq!(severity("Final"), Some(Severity::Information));
}

#[test]
fn unfilled_placeholder_fix_offers_what_may_stand_there() {
    let template = "# XIP-N: T\n\n- **Status**: _one of ['Draft', 'On hold']_\n- **Author(s)**: _(Names)_\n- **Created**: _dd.mm.yyyy_\n\n## A\n";
    let source = "# XIP-1: C\n\n- **Status**: _one of ['Draft', 'On hold']_\n- **Author(s)**: _(Names)_\n- **Created**: _dd.mm.yyyy_\n\n## A\n\nB.\n";
    let fixing = Fixing { template, ..Fixing::default() };
    let status = source.replace("_one of ['Draft', 'On hold']_", "On hold");
    fixing.check(source, "Write \"On hold\"", &status);
    fixing.check(source, "Write \"A. Author\"", &source.replace("_(Names)_", "A. Author"));
    fixing.check(source, "Write \"30.01.2026\"", &source.replace("_dd.mm.yyyy_", "30.01.2026"));
}

#[test]
fn invalid_metadata_value_fix_mends_a_day_with_a_blank_in_it() {
    let fixing = Fixing { template: "# T\n\n- Created: YYYY-MM-DD\n\n## Summary\n", ..Fixing::default() };
    let with = |day: &str| format!("# Cache\n\n- Created: {day}\n\n## Summary\n");
    fixing.check(&with("2026-01- 30"), "Write \"2026-01-30\"", &with("2026-01-30"));
}

#[test]
fn missing_metadata_is_silent_about_names_in_prose_without_their_signs() {
    let template = "# T\n\n- **Reviewer (s)**: _(Names)_\n\n## Summary\n";
    check_silent("missing-metadata", template, "# Cache\n\nIt has two reviewers.\n\n## Summary\n");
}

#[test]
fn unfilled_placeholder_is_information_where_the_template_may_be_made_of_the_document() {
    for (status, severity) in [("status: draft\n", Severity::Information), ("", Severity::Warning)] {
        let with = |status: &str| format!("---\n{status}date: 2026-01-30\n---\n\n# T\n\n## Summary\n\nFast.\n");
        let template = Template::derive(&with(status), None);
        let document = Document::closed(&with("status: accepted\n"));
        let found = diagnostics(&document, &template);
        let kept = found.iter().find(|found| found.rule.id == "unfilled-placeholder").expect("the template's day");
        assert_eq!(kept.severity, severity, "{status}");
    }
}
