//! The rules of metadata beyond keys and values: links, front matter, status.

use super::*;

const SECTIONS: &str = "\n## Summary\n\nS.\n\n## Design\n\nD.\n\n## Notes\n\nN.\n";

pub(super) const IN_FRONT_MATTER: &str = "\
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

/// How `Accepted` may be written.
pub(super) const ACCEPTED: [&str; 9] = [
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
fn missing_metadata_is_silent_about_names_in_prose_without_their_signs() {
    let template = "# T\n\n- **Reviewer (s)**: _(Names)_\n\n## Summary\n";
    check_silent("missing-metadata", template, "# Cache\n\nIt has two reviewers.\n\n## Summary\n");
}
