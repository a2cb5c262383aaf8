//! The rules of the sections' order, levels, names and contents.

use super::*;

#[test]
fn section_order_names_the_fewest_that_have_to_move() {
    check(
        "# XIP-1: C\n\n## Design\n   \
         ^^^^^^ information[section-order]: section \"Design\" is out of order; the template has it after \"Summary\"\n\n\
         ## Summary\n\n## Notes\n",
    );
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed("# XIP-1: C\n\n## Notes\n\n## Summary\n\n## Design\n");
    let found = diagnostics(&document, &template);
    let found = found.iter().find(|found| found.rule.id == "section-order").expect("it is found");
    assert_eq!(document.text().slice(found.span), "Notes");
    let places: Vec<_> = found.related.iter().map(|related| &related.place).collect();
    assert!(matches!(places[..], [RelatedPlace::Document(_), RelatedPlace::Template(_)]));
}

#[test]
fn section_order_is_silent_about_sections_of_the_author() {
    check_silent(
        "section-order",
        TEMPLATE,
        "# XIP-1: C\n\n## Own\n\n## Summary\n\n## Mine\n\n## Design\n\n## Ours\n\n## Notes\n",
    );
    // The same heading under different parents.
    check_silent("section-order", TEMPLATE, "# XIP-1: C\n\n## Summary\n\n### Notes\n\n## Design\n\n## Notes\n");
}

#[test]
fn section_order_fix_moves_whole_sections() {
    check_fix(
        "# XIP-1: C\r\n\r\n## Design\r\n\r\nA.\r\n\r\n### Part\r\n\r\n## Own\r\n## Summary\r\n\r\nB.\r\n\r\n## Notes",
        "Put the sections in the template's order",
        "# XIP-1: C\r\n\r\n## Summary\r\n\r\nB.\r\n\r\n## Design\r\n\r\nA.\r\n\r\n### Part\r\n\r\n## Own\r\n\r\n## Notes",
    );
}

#[test]
fn section_level_is_one_finding_for_a_uniform_shift() {
    check(
        "# XIP-1: C\n\n### Summary\n    \
         ^^^^^^^ information[section-level]: sections have heading level 3, but have level 2 in the template; start them with \"##\"\n\n\
         ### Design\n\n### Notes\n",
    );
    check(
        "# XIP-1: C\n\n## Summary\n\n### Own\n\n### Design\n    \
         ^^^^^^ information[section-level]: section \"Design\" has heading level 3, but the others have level 2; start it with \"##\"\n\n\
         ## Notes\n",
    );
}

#[test]
fn section_level_is_silent_about_parts_of_the_same_name() {
    check_silent(
        "section-level",
        TEMPLATE,
        "# XIP-1: C\n\n## Summary\n\n### Design\n\n## Design\n\n#### Notes on it\n\n## Notes\n",
    );
}

#[test]
fn section_level_fix_shifts_all_headings_or_one() {
    let all = "Change the sections to the template's level";
    check_fix(
        "# XIP-1: C\n\n### Summary ###\n\n#### Part\n\n###  Design\n",
        all,
        "# XIP-1: C\n\n## Summary ###\n\n### Part\n\n##  Design\n",
    );
    check_fix("Summary\n=======\n\nText.\n\n# Design\n", all, "## Summary\n\nText.\n\n## Design\n");
    let one = "Change the section to the level of the others";
    check_fix(
        "## Summary\n\n### Design\n\n#### Part\n\n## Notes\n",
        one,
        "## Summary\n\n## Design\n\n### Part\n\n## Notes\n",
    );
    check_fix("# Summary\n\nText.\n\n## Design\n\n## Notes\n", one, "## Summary\n\nText.\n\n## Design\n\n## Notes\n");
}

#[test]
fn section_level_fix_is_not_offered_where_another_section_would_be_swallowed() {
    let template = Template::derive(TEMPLATE, None);
    for source in [
        "## Summary\n\n### Design\n\n### Own\n\n## Notes\n",
        "# Summary\n\n### Own\n\n## Design\n\n## Notes\n",
        "## Own\n\n### Summary\n\n### Design\n",
    ] {
        let document = Document::closed(source);
        let proposal = Proposal::of(&document, &template);
        let found = check_rules(&proposal);
        let found = found.iter().find(|found| found.rule.id == "section-level").expect("it is found");
        assert!(fixes(&proposal, found).is_empty(), "{source}");
    }
}

#[test]
fn section_name_stands_in_place_of_a_missing_section() {
    check(
        "# XIP-1: C\n\n## Sumary\n   \
         ^^^^^^ warning[section-name]: section \"Sumary\" is called \"Summary\" in the template; rename it\n\n\
         ## Design\n\n## Notes\n",
    );
    check(
        "# XIP-1: C\n\n## Overview\n   \
         ^^^^^^^^ information[section-name]: section \"Overview\" is called \"Summary\" in the template; rename it\n\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn section_name_is_silent_about_names_of_the_author() {
    // The template's section is there, too.
    check("# XIP-1: C\n\n## Summary\n\n## Sumary\n\n## Overview\n\n## Design\n\n## Notes\n");
    let template = "# T\n\n## References\n\n## Notes\n";
    check_silent("section-name", template, "# XIP-1: C\n\n## Reference Implementation\n\n## Preferences\n");
}

#[test]
fn section_name_fix_leaves_number_and_tail() {
    check_fix(
        "# XIP-1: C\n\n## 2. Sumary _(in brief)_\n\n## Design\n",
        "Rename the section to \"Summary\"",
        "# XIP-1: C\n\n## 2. Summary _(in brief)_\n\n## Design\n",
    );
    check_fix("Sumary\n---\n\n## Design\n", "Rename the section to \"Summary\"", "Summary\n---\n\n## Design\n");
}

#[test]
fn section_name_fix_leaves_the_numbers_of_template_and_document_where_they_are() {
    let template = "# ADR-NNN：标题\n\n## 一、方案的优点\n\n## 二、背景\n";
    Fixing { template, ..Fixing::default() }.check(
        "# ADR-1：缓存\n\n## （1）方案优点\n\n快。\n\n## （2）背景\n\n慢。\n",
        "Rename the section to \"方案的优点\"",
        "# ADR-1：缓存\n\n## （1）方案的优点\n\n快。\n\n## （2）背景\n\n慢。\n",
    );
}

#[test]
fn empty_section_is_a_hint_at_the_heading() {
    check(
        "# XIP-1: C\n\n## Summary\n   \
         ^^^^^^^ hint[empty-section]: section \"Summary\" is empty; fill it in, or say why it does not apply\n\n[a]: b\n\n\
         ## Design\n\n### Part\n\n## Notes\n   \
         ^^^^^ hint[empty-section]: section \"Notes\" is empty; fill it in, or remove it\n",
    );
}

#[test]
fn empty_section_is_reported_where_there_is_only_a_comment_for_the_rules() {
    check_silent_but(
        "empty-section",
        "# XIP-1: C\n\n## Summary\n\nA.\n\n## Design\n   \
         ^^^^^^ hint[empty-section]: section \"Design\" is empty; fill it in, or say why it does not apply\n\n\
         <!-- vip-lsp-disable-next-line section-too-long -->\n\n## Notes\n\nNone.\n",
    );
}

#[test]
fn empty_section_is_silent_about_anything_below_the_heading() {
    for content in ["- a", "```\n```", "<!-- later -->", "> q", "| a |\n| - |", "### Part", "***"] {
        check_silent(
            "empty-section",
            TEMPLATE,
            &format!("## Summary\n\nA.\n\n## Design\n\n{content}\n\n## Notes\n{content}"),
        );
    }
}

#[test]
fn unfilled_section_stands_in_place_of_its_instructions() {
    check(
        "# XIP-1: C\n\n## Summary _(fast)_\n\nA.\n\n_Say what changes._\n\
         ^^^^^^^^^^^^^^^^^^^ information[template-instruction]: \"Say what changes.\" is an instruction from the template; remove it once you have followed it\n\n\
         ## Design\n   \
         ^^^^^^ hint[unfilled-section]: section \"Design\" has only the template's text; write it, or say why it does not apply\n\n\
         _Say how it works._\n\n- _Say what else was weighed._\n\n## Notes\n   \
         ^^^^^ hint[unfilled-section]: section \"Notes\" has only the template's text; write it, or remove it\n\n\
         - **How was it measured?** Or is there a benchmark?\n",
    );
}

/// Sections with lists, code, boxes and words of all kinds.
const WORDS: &str = "# XIP-NNN: Title\n\n## Gains\n\n1. New use cases.\n2. Cost.\n3. Etc.\n\n```text\nan example\n```\n\n| A | B |\n| - | - |\n| x | y |\n\n\
    ## Boxes\n\nItems marked with (R) have to be there before the first release.\n\n- [ ] (R) Tests\n- [ ] Docs\n\n\
    ## Rights\n\nCopyright and related rights waived.\n\n## Answers\n\nNone.\n\n### Issues\n\nNo known issues found.\n\n\
    ## Plan\n\n<!-- Say when. -->\n\n### Steps\n\n- `<step>`: `<date>`\n\n#### Story 1\n";

#[test]
fn unfilled_section_knows_all_that_the_template_has() {
    let body = &WORDS[WORDS.find("## Gains").expect("it is there")..];
    check_with(
        WORDS,
        &format!("# XIP-1: C\n\n{body}")
            .replace("## Gains\n", "## Gains\n   ^^^^^ hint[unfilled-section]: section \"Gains\" has only the template's text; write it, or say why it does not apply\n")
            .replace("## Plan\n", "## Plan\n   ^^^^ hint[unfilled-section]: section \"Plan\" has only the template's text; write it, or say why it does not apply\n"),
    );
}

#[test]
fn unfilled_section_is_silent_where_the_author_says_something() {
    for own in [
        "More.",
        "4. Peace.",
        "```text\nmy example\n```",
        "| A | B |\n| - | - |\n| 1 | y |",
        "![a](b.svg)",
        "### Mine",
        "1. Cost.\n\n       my code",
        "> Etc.\n>\n> ```\n> my code\n> ```",
        "<details>x</details>",
    ] {
        check_silent(
            "unfilled-section",
            WORDS,
            &format!("# XIP-1: C\n\n## Gains\n\n1. New use cases.\n2. Cost.\n3. Etc.\n\n{own}\n\n## Boxes\n"),
        );
    }
    // Some of a list are chosen from it.
    check_silent("unfilled-section", WORDS, "# XIP-1: C\n\n## Gains\n\n1. Cost.\n\n## Boxes\n");
    check_silent(
        "template-instruction",
        WORDS,
        "# XIP-1: C\n\n## Boxes\n\nItems marked with (R) have to be there before the first release.\n\n- [x] (R) Tests\n\nDone.\n",
    );
}

#[test]
fn unfilled_section_fix_leaves_headings() {
    let fixing = Fixing { template: WORDS, ..Fixing::default() };
    fixing.check(
        "# XIP-1: C\n\n## Gains\n\nA.\n\n## Boxes\n\n## Rights\n\n## Answers\n\n## Plan\n\n<!-- Say when. -->\n\n### Steps\n\n- `<step>`: `<date>`\n\n<!-- mine -->\n",
        "Remove the template's text from \"Plan\"",
        "# XIP-1: C\n\n## Gains\n\nA.\n\n## Boxes\n\n## Rights\n\n## Answers\n\n## Plan\n\n### Steps\n\n<!-- mine -->\n",
    );
    fixing.check(
        "# XIP-1: C\n\n## Gains\n\nA.\n\n## Plan\n\n<!-- Say\nwhen. -->\n\n### Steps\n",
        "Remove the template's text from \"Plan\"",
        "# XIP-1: C\n\n## Gains\n\nA.\n\n## Plan\n\n### Steps\n",
    );
}

#[test]
fn missing_title_is_reported_at_the_first_line() {
    check(
        "## Summary\n\
         ^^^^^^^^^^ warning[missing-title]: title is missing; start with \"# XIP-<number>: <title>\"\n\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn missing_title_is_silent_where_the_front_matter_or_any_heading_is_one() {
    check_silent("missing-title", TEMPLATE, "---\ntitle: Cache\n---\n\n## Summary\n");
    check_silent("missing-title", TEMPLATE, "# Cache\n\n## Summary\n");
    check_silent("missing-title", "# Summary\n\n# Design\n", "# Summary\n");
}

#[test]
fn missing_title_fix_takes_the_number_from_the_files_name() {
    let fix = Fixing { file: "docs/xip-0007-cache.md", ..Fixing::default() };
    fix.check("\u{feff}## Summary\r\n", "Insert the title \"# XIP-7:\"", "\u{feff}# XIP-7:\r\n\r\n## Summary\r\n");
}

#[test]
fn sections_are_there_under_plurals_and_under_one_heading() {
    let template = "# T\n\n## Drawbacks\n\n## Alternatives\n\n## Upgrade / Downgrade\n\n## Tests, docs and tools\n";
    for source in [
        "# C\n\n## Drawbacks and Alternatives\n\nA.\n\n## Upgrade/Downgrade\n\nA.\n\n## Tests, docs, and tools\n\nA.\n",
        "# C\n\n## Drawback\n\nA.\n\n## Alternative\n\nA.\n\n## Upgrade & downgrade\n\nA.\n\n## Tests / docs / tools\n\nA.\n",
    ] {
        for rule in ["missing-section", "section-name", "section-order", "duplicate-section", "empty-section"] {
            check_silent(rule, template, source);
        }
    }
}

#[test]
fn duplicate_section_is_silent_about_parts_and_sections_of_the_author() {
    check("# XIP-1: Cache\n\n## Summary\n\n### Design\n\n## Design\n\n### Notes\n\n## Notes\n\n## Own\n\n## Own\n");
    let parts = "# XIP-1: Cache\n\n## Rows\n\n### Summary\n\nA.\n\n### Design\n\nB.\n\n## Pages\n\n### Summary\n\nA.\n\n### Design\n\nB.\n";
    check_silent("duplicate-section", TEMPLATE, parts);
    let cases =
        "# XIP-1: C\n\n## Summary\n\n## Design (plain case)\n\nA.\n\n## Design (nested case)\n\nB.\n\n## Note\n\nC.\n";
    check_silent("duplicate-section", TEMPLATE, cases);
}

/// How many findings of `rule` there are in `source`, by `template`.
fn count(rule: &str, template: &str, source: &str) -> usize {
    let (document, template) = (Document::closed(source), Template::derive(template, None));
    let found = check_rules(&Proposal::of(&document, &template));
    found.iter().filter(|found| found.rule.id == rule).count()
}

#[test]
fn section_too_long_starts_behind_the_limit() {
    for (words, expected) in [(7, 0), (8, 0), (9, 1)] {
        let source = format!("# XIP-1: Cache\n\n## Summary\n\n{}\n\n## Design\n\nA map.\n", "word ".repeat(words));
        assert_eq!(count("section-too-long", TEMPLATE, &source), expected, "{words}");
    }
}

#[test]
fn value_too_long_starts_behind_the_limit() {
    let template = "# XIP-NNN: Title\n\n_The title must not exceed 2 words._\n\n## Summary\n";
    for (title, expected) in [("One", 0), ("One two", 0), ("One two three", 1)] {
        let source = format!("# XIP-7: {title}\n\n## Summary\n\nText.\n");
        assert_eq!(count("value-too-long", template, &source), expected, "{title}");
    }
}
