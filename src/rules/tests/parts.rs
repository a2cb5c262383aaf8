//! Sections within sections.

use super::*;

const PARTS: &str = "\
# XIP-NNN: Title

## Summary

_Say what changes._

## Design

_Say how it works._

### Goals

### Alternatives

_Say what else was weighed._

#### Costs

### Story 1

### Figures (optional)

## Notes
";

#[test]
fn missing_section_names_the_parent_of_a_part() {
    check_with(
        PARTS,
        "# XIP-1: C\n\n## Summary\n\nA.\n\n## Design\n\n### Goals\n\nB.\n\n\
         ‸ warning[missing-section]: section \"Alternatives\" of \"Design\" is missing; add it after \"Goals\"\n\
         ‸ hint[missing-optional-section]: optional section \"Figures\" of \"Design\" is missing; add it after \"Goals\" if it applies\n\
         ## Notes\n\nC.\n",
    );
    check_with(
        PARTS,
        "# XIP-1: C\n\n## Summary\n\nA.\n\n## Design\n\n\
         ‸ warning[missing-section]: section \"Goals\" of \"Design\" is missing; add it before \"Alternatives\"\n\
         ### Alternatives\n\nB.\n\n\
         ‸ warning[missing-section]: section \"Costs\" of \"Alternatives\" is missing; add it to \"Alternatives\"\n\
         ‸ hint[missing-optional-section]: optional section \"Figures\" of \"Design\" is missing; add it after \"Alternatives\" if it applies\n\
         ## Notes\n\nC.\n",
    );
}

#[test]
fn missing_section_does_not_speak_of_the_parts_of_one_that_is_missing() {
    check_silent_but_with(
        "missing-section",
        PARTS,
        "# XIP-1: C\n\n## Summary\n\nA.\n\n\
         ‸ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n## Notes\n",
    );
}

#[test]
fn missing_section_says_that_a_part_stands_elsewhere() {
    check_silent_but_with(
        "missing-section",
        PARTS,
        "# XIP-1: C\n\n## Summary\n\n### Goals\n\n## Design\n\n\
         ‸ information[missing-section]: section \"Goals\" of \"Design\" is missing; move the section of that name here\n\
         ### Alternatives\n\n#### Costs\n\n## Notes\n",
    );
}

#[test]
fn missing_section_is_silent_about_parts_wherever_they_are_in_their_parent() {
    for source in [
        "# XIP-1: C\n\n## Summary\n\n## Design\n\n##### Goals\n\n### Own\n\n#### Alternatives\n\n##### Cost\n\n## Notes\n",
        "# XIP-1: C\n\n# Summary\n\n# Design\n\n## Goals and Alternatives\n\n### Costs (all of them)\n\n# Notes\n",
    ] {
        check_silent("missing-section", PARTS, source);
    }
}

#[test]
fn section_name_knows_the_names_of_parts() {
    check_silent_but_with(
        "section-name",
        PARTS,
        "# XIP-1: C\n\n## Summary\n\n### Golas\n\n## Design\n\n### Goals\n\n### Alternatvies\n    \
         ^^^^^^^^^^^^ warning[section-name]: section \"Alternatvies\" is called \"Alternatives\" in the template; rename it\n\n\
         #### Costs\n\n## Notes\n",
    );
}

#[test]
fn missing_section_fix_inserts_a_part_in_its_parent() {
    let fixing = Fixing { template: PARTS, ..Fixing::default() };
    fixing.check(
        "# XIP-1: C\n\n### Summary\n\n### Design\n\nText.\n\n#### Own\n\n### Notes\n",
        "Insert section \"Alternatives\"",
        "# XIP-1: C\n\n### Summary\n\n### Design\n\nText.\n\n#### Own\n\n#### Alternatives\n\n##### Costs\n\n### Notes\n",
    );
    fixing.check(
        "# XIP-1: C\n\n## Summary\n\n## Design\n\n#### Alternatives\n\nText.\n\n##### Costs\n\n## Notes\n",
        "Insert section \"Goals\"",
        "# XIP-1: C\n\n## Summary\n\n## Design\n\n#### Goals\n\n#### Alternatives\n\nText.\n\n##### Costs\n\n## Notes\n",
    );
}

#[test]
fn missing_section_fix_leaves_names_at_their_headings() {
    let template = "# XIP-NNN: Title\n\n## Summary\n\n## Design\n\n## Plan\n\n## Notes\n";
    let fixing = Fixing { template, ..Fixing::default() };
    for name in
        ["<a name=\"n\"></a>\n", "<a name=\"n\"></a>\n\n", "<!-- optional -->\n", "<a id=n></a>\n\n<!-- x -->\n"]
    {
        let source =
            |plan: &str| format!("# XIP-1: C\n\n## Summary\n\nA.\n\n## Design\n\nB.\n\n{plan}{name}## Notes\n\nC.\n");
        fixing.check(&source(""), "Insert section \"Plan\"", &source("## Plan\n\n"));
    }
}

#[test]
fn missing_section_fix_is_preferred_where_the_place_is_certain() {
    let template = Template::derive("# XIP-NNN: T\n\n## Summary\n\n## Design\n\n## Notes\n", None);
    for (body, expected) in [
        ("## Summary\n\n## Notes\n", true),
        ("## Summary\n\n## Notes\n\n## Summary\n", false),
        ("## Mine\n\nA.\n", false),
        ("## Summary\n\n## How it works\n\n## Notes\n", false),
    ] {
        let document = Document::closed(&format!("# XIP-1: C\n\n{body}"));
        let proposal = Proposal::of(&document, &template);
        let found = check_rules(&proposal);
        let missing = found.iter().find(|found| found.message.contains("section \"Design\"")).expect("it is missing");
        let is_preferred = fixes(&proposal, missing).iter().any(|fix| fix.is_preferred);
        assert_eq!(is_preferred, expected, "{body}");
    }
}

#[test]
fn missing_section_fix_has_the_level_of_the_document() {
    Fixing { template: PARTS, ..Fixing::default() }.check(
        "# XIP-1: C\r\n\r\n### Summary\r\n\r\n### Notes\r\n",
        "Insert section \"Design\" with the template's guidance",
        "# XIP-1: C\r\n\r\n### Summary\r\n\r\n### Design\r\n\r\n_Say how it works._\r\n\r\n#### Goals\r\n\r\n\
         #### Alternatives\r\n\r\n_Say what else was weighed._\r\n\r\n##### Costs\r\n\r\n#### Story 1\r\n\r\n\
         #### Figures (optional)\r\n\r\n### Notes\r\n",
    );
}

#[test]
fn duplicate_section_is_reported_of_parts() {
    check_silent_but_with(
        "duplicate-section",
        PARTS,
        "# XIP-1: C\n\n## Design\n\n### Goals\n\n### Goals\n    \
         ^^^^^ warning[duplicate-section]: section \"Goals\" appears twice; merge the two, or rename this one\n\n\
         ### Mine\n\n#### Goals\n\n## Notes\n\n### Goals\n",
    );
}

#[test]
fn section_level_is_silent_on_parts_of_the_authors_that_repeat() {
    let parts = "### Summary\n\nFast.\n\n### Design\n\nA map.\n";
    let source =
        format!("# XIP-1: Cache\n\n## Rows\n\n{parts}\n## Pages\n\n{parts}\n## Notes\n\nNone.\n\n## LooksAt\n");
    let template = "# XIP-NNN: Title\n\n## Summary\n\n## Design\n\n## Notes\n\n## LooksAt\n\n## Costs\n";
    check_silent("section-level", template, &source);
}

#[test]
fn missing_sections_at_one_place_are_inserted_in_the_templates_order_before_a_comment() {
    let source = |parts: &str| {
        format!(
            "# XIP-1: C\n\n## Summary\n\nA.\n\n## Design\n\nB.\n\n{parts}<!-- about what follows -->\n## Own\n\nC.\n"
        )
    };
    let fixing = Fixing {
        template: "# XIP-NNN: Title\n\n## Summary\n\n## Design\n\n### Goals\n\n### Risks\n\n## Tests\n",
        ..Fixing::default()
    };
    fixing.check(&source(""), "Insert all 3 missing sections", &source("### Goals\n\n### Risks\n\n## Tests\n\n"));
}
