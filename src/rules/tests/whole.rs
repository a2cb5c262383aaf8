//! The rules of titles, numbers and prompts.

use super::*;

#[test]
fn title_format_wants_a_number() {
    check(
        "# Cache\n  ^^^^^ warning[title-format]: title has no number; write \"XIP-<number>: <title>\"\n\n\
         ## Summary\n\n## Design\n\n## Notes\n",
    );
    check(
        "# xip 1 - Cache\n  ^^^^^^^^^^^^^ information[title-format]: title does not have the template's format; write \"XIP-<number>: <title>\"\n\n\
         ## Summary\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn title_format_is_silent_about_the_templates_way() {
    for title in ["XIP-1: Cache", "XIP-0012:  Cache", "`XIP`-1: C", "XIP-1", "XIP-1:", "XIP-NNN: Cache", ""] {
        if title.starts_with('`') {
            continue;
        }
        check_silent("title-format", TEMPLATE, &format!("# {title}\n\n## Summary\n"));
    }
    check_silent("title-format", "# Template for proposals\n\n## Summary\n", "# Cache\n\n## Summary\n");
}

#[test]
fn title_format_fix_writes_number_and_divider() {
    let title = "Rewrite the title in the template's format";
    check_fix("# xip 1 – Cache\n\n## Summary\n", title, "# XIP-1: Cache\n\n## Summary\n");
    check_fix("# Xip-07 Cache `a`\n\n## Summary\n", title, "# XIP-07: Cache `a`\n\n## Summary\n");
    let fixing = Fixing { file: "xip-7.md", ..Fixing::default() };
    fixing.check("# Cache\n\n## Summary\n", title, "# XIP-7: Cache\n\n## Summary\n");
    fixing.check("# Plan 7 - Cache\n\n## Summary\n", title, "# XIP-7: Cache\n\n## Summary\n");
    fixing.check("# XIP-7 - Cache\n\n## Summary\n", title, "# XIP-7: Cache\n\n## Summary\n");
}

#[test]
fn number_mismatch_goes_by_the_files_name() {
    let source = "---\ntitle: XIP-8 Cache\npermalink: /docs/XIP-007/\nxip: 9\n---\n\n# XIP-1: C\n\n## Summary\n";
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(source);
    let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("docs/xip-7.md"));
    let found = check_rules(&proposal);
    let found = found.iter().filter(|found| found.rule.id == "number-mismatch");
    let found: Vec<_> = found.map(|found| (document.text().slice(found.span), &*found.message)).collect();
    assert_eq!(
        found,
        [
            (
                "8".into(),
                "\"title\" in the front matter has the number 8, but the file's name has 7; use the same number"
            ),
            (
                "9".into(),
                "\"xip\" in the front matter has the number 9, but the file's name has 7; use the same number"
            ),
            ("1".into(), "the title has the number 1, but the file's name has 7; use the same number"),
        ]
    );
}

#[test]
fn number_mismatch_is_silent_about_zeros_and_other_numbers() {
    let source =
        "---\ntitle: Ten XIP-2 steps\npermalink: /docs/xip-1\nyear: 2024\n---\n\n# XIP-001: Version 2\n\n## Summary\n";
    check_silent("number-mismatch", TEMPLATE, source);
    check_silent("number-mismatch", TEMPLATE, "# Cache\n\n## Summary\n");
}

#[test]
fn number_mismatch_goes_by_the_names_of_the_familys_files_too() {
    let source = "# Template for proposals\n\n## Summary\n\n## Design\n";
    let template = Template::derive(source, Some(std::path::Path::new("docs/xip-template.md")));
    let document = Document::closed("---\ntitle: XIP-1\n---\n\n# [XIP-2] Cache\n\n## Summary\n\n## Design\n");
    let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("docs/xip-2.md"));
    let found = check_rules(&proposal);
    let found = found.iter().find(|found| found.rule.id == "number-mismatch").expect("it is found");
    assert_eq!(
        &*found.message,
        "\"title\" in the front matter has the number 1, but the file's name has 2; use the same number"
    );
}

#[test]
fn number_mismatch_fix_keeps_the_width() {
    let fixing = Fixing { file: "xip-0012.md", ..Fixing::default() };
    fixing.check("# XIP-1: C\n\n## Summary\n", "Change the number to 12", "# XIP-12: C\n\n## Summary\n");
    fixing.check("# XIP-0001: C\n\n## Summary\n", "Change the number to 12", "# XIP-0012: C\n\n## Summary\n");
}

fn prompted(notes: &str) -> Vec<String> {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(&format!("# XIP-1: C\n\n## Notes\n\n{notes}\n"));
    let mut severities = Severities::default();
    severities.0.insert("uncovered-prompt", Some(Severity::Hint));
    let found = super::super::check(&Proposal::of(&document, &template), &severities);
    found
        .into_iter()
        .filter(|found| found.rule.id == "uncovered-prompt")
        .map(|found| found.message.to_string())
        .collect()
}

#[test]
fn uncovered_prompt_names_the_prompt() {
    assert_eq!(
        prompted("Nothing special."),
        [
            "section \"Notes\" does not mention \"How was it measured? Or is there a benchmark?\"; address it if it applies"
        ]
    );
}

#[test]
fn uncovered_prompt_is_silent_about_a_word_of_it_and_by_default() {
    assert_eq!(prompted("Measurements follow."), Vec::<String>::new());
    assert_eq!(prompted(""), Vec::<String>::new());
    check_silent("uncovered-prompt", TEMPLATE, "# XIP-1: C\n\n## Notes\n\nNothing special.\n");
}

/// What a checker of templates is tempted to report, and must not: each by its name and what it does to a good proposal.
#[test]
fn nothing_is_reported_of_what_is_no_fault() {
    let good = "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n\
                ## Design\n\nA map.\n\n## Notes\n\nNone.\n";
    let with = |from: &str, to: &str| good.replace(from, to);
    let cases = [
        ("a good proposal", good.to_owned()),
        ("case", with("## Summary", "## SUMMARY").replace("Draft", "DRAFT").replace("**Status**", "**STATUS**")),
        ("a tail that the template has", with("## Summary", "## Summary (8 words at most)")),
        ("sections of the author", with("## Design", "## Own\n\nMine.\n\n## Design")),
        (
            "parts of one name",
            with("Fast.", "Fast.\n\n### Detail\n\nA.").replace("A map.", "A map.\n\n### Detail\n\nB."),
        ),
        ("a part that is called like another section", with("A map.", "A map.\n\n### Summary\n\nB.")),
        ("a status with a suffix", with("Draft", "Implemented (1.2)")),
        ("the author's own italics", with("A map.", "_A map, and no tree._\n\n_Say it again._")),
        (
            "headings in code, quotes and lists",
            with("A map.", "```\n## Summary\n```\n\n> ## Summary\n\n- ## Summary\n\n      ## Summary"),
        ),
        (
            "text in a comment",
            with("A map.", "A map.\n\n<!--\n\n## Summary\n\n_Say how it works._\n\n- **Status**: x\n\n-->"),
        ),
        ("other ways to write a heading", with("## Summary", "Summary\n---").replace("## Design", "## 2. Design: ##")),
        ("emoji and signs", with("## Design", "## 💡 Design 🧊").replace("# XIP-1: Cache", "# XIP-1: 💡 Cache")),
        ("front matter of a site", format!("---\ntitle: \"XIP-1: Cache\"\nlayout: default\n---\n\n{good}")),
        ("other bullets, and values in italics", with("- **", "* **").replace("Draft", "_Draft_")),
        ("a near miss where the section is there", with("## Design", "## Designs\n\nOld.\n\n## Design")),
        ("CRLF and a byte order mark", format!("\u{feff}{}", good.replace('\n', "\r\n"))),
        ("no line ending at the end", good.trim_end().to_owned()),
    ];
    let template = Template::derive(TEMPLATE, None);
    for (name, source) in cases {
        for document in [Document::closed(&source), Document::open(&source)] {
            let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("docs/xip-1.md"));
            assert_eq!(
                check_rules(&proposal).iter().map(|found| found.message.to_string()).collect::<Vec<_>>(),
                Vec::<String>::new(),
                "{name}"
            );
        }
    }
}

#[test]
fn one_thing_is_reported_where_it_stands_for_many() {
    let template = Template::derive(TEMPLATE, None);
    let rules = |source: &str| -> Vec<&str> {
        let document = Document::closed(source);
        check_rules(&Proposal::of(&document, &template)).iter().map(|found| found.rule.id).collect()
    };
    let start = "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n";
    assert_eq!(rules(&format!("{start}### Summary\n\nA.\n\n### Design\n\nB.\n\n### Notes\n\nC.\n")), ["section-level"]);
    assert_eq!(rules("# XIP-1: Cache\n"), ["stub-proposal"]);
    // A form of one's own gets one note, in place of one for each section.
    assert!(!rules("# XIP-1: Cache\n\n## A\n\n## B\n\n## C\n").contains(&"missing-section"));
    assert_eq!(rules("# XIP-1: Cache\n\nMoved to [XIP-2](xip-2.md).\n"), Vec::<&str>::new());
}

#[test]
fn stub_proposal_replaces_all_other_diagnostics() {
    check(
        "# XIP-1: Cache\n  \
         ^^^^^^^^^^^^ information[stub-proposal]: proposal has no sections yet; insert the template's sections, starting with \"Summary\"\n\n\
         - **Status**: Drafted\n- **Author(s)**: _(Names)_\n\n_Say what changes._\n",
    );
}

#[test]
fn stub_proposal_is_silent_about_redirects() {
    check("# XIP-1: Cache\n\nThis proposal has moved to [XIP-2](xip-2.md).\n");
    check("---\ntitle: Cache\nredirect_to: /xip-2\n---\n");
}

#[test]
fn stub_proposal_fix_inserts_the_sections() {
    check_fix(
        "# XIP-1: C\n\nText.\n",
        "Insert all 3 missing sections",
        "# XIP-1: C\n\nText.\n\n## Summary\n\n## Design\n\n## Notes\n",
    );
    check_fix("", "Insert all 3 missing sections", "## Summary\n\n## Design\n\n## Notes\n");
}

#[test]
fn other_form_is_one_note_for_all_sections() {
    check(
        "# XIP-1: Cache\n  ^^^^^^^^^^^^ information[other-form]: proposal has none of the template's 3 sections; add them, starting with \"Summary\", unless it has its own form\n\n## What\n\n## Why\n\n## How\n",
    );
}

#[test]
fn other_form_is_silent_where_a_section_is_there_or_there_is_hardly_any() {
    for source in ["## What\n\n## Why\n\n## Sumary\n", "## What\n\n## Why\n", "## What\n\n### Design\n\n## How\n"] {
        check_silent("other-form", TEMPLATE, &format!("# XIP-1: Cache\n\n{source}"));
    }
    check_silent("other-form", "# XIP-NNN: Title\n\n## Summary\n", "# XIP-1: C\n\n## A\n\n## B\n\n## C\n");
}

#[test]
fn other_form_is_one_note_where_a_few_sections_are_there() {
    let template = "# T\n\n## Summary\n\n## Design\n\n## Risks\n\n## Costs\n";
    check_silent_but_with(
        "other-form",
        template,
        "# Cache\n  ^^^^^ information[other-form]: proposal has 1 of the template's 4 sections; add them, starting with \"Summary\", unless it has its own form\n\n## Summary\n\n## What\n\n## Why\n\n## How\n",
    );
    check_silent("missing-section", template, "# Cache\n\n## Summary\n\n## What\n\n## Why\n\n## How\n");
    check_silent("other-form", template, "# Cache\n\n## Summary\n\n## Design\n\n## What\n\n## Why\n\n## How\n");
    check_silent("other-form", template, "# Cache\n\n## Summary\n\n### What\n\n### Why\n\n### How\n");
}

#[test]
fn other_form_fix_inserts_the_sections() {
    check_fix(
        "# XIP-1: Cache\n\n## What\n\n## Why\n\n## How\n",
        "Insert all 2 required sections that are missing",
        "# XIP-1: Cache\n\n## What\n\n## Why\n\n## How\n\n## Summary\n\n## Design\n",
    );
}

#[test]
fn stub_proposal_says_that_there_is_text() {
    for (words, expected) in [(100, "proposal has no sections yet; "), (101, "proposal has text but no sections; ")] {
        let template = Template::derive(TEMPLATE, None);
        let document = Document::closed(&format!("# XIP-1: Cache\n\n{}\n", "word ".repeat(words)));
        let found = check_rules(&Proposal::of(&document, &template));
        assert!(found[0].message.starts_with(expected), "{}", found[0].message);
    }
}
