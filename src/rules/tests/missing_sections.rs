//! The rules on sections that are missing.

use super::*;

#[test]
fn missing_section_is_reported_where_it_belongs() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\nA.\n\n\
         ‸ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n\
         ## Notes\n",
    );
    check(
        "# XIP-1: Cache\n## Summary\nA.\n  \
         ‸ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n\
         ## Notes\n",
    );
    check(
        "# XIP-1: Cache\nA.\n  \
         ‸ warning[missing-section]: section \"Summary\" is missing; add it before \"Design\"\n\
         ## Design\n\n## Notes\n",
    );
    check(
        "# XIP-1: Cache\r\n\r\n## Summary\r\n\r\nA.\r\n\r\n\
         ‸ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n\
         ‸ hint[missing-optional-section]: optional section \"Notes\" is missing; add it after \"Summary\" if it applies\n",
    );
}

#[test]
fn missing_section_offers_its_fixes_at_the_heading_next_to_it_too() {
    let document = Document::closed("# XIP-1: Cache\n\n## Summary\n\nA.\n\n## Notes\n");
    let found = diagnostics(&document, &Template::derive(TEMPLATE, None));
    let missing = found.iter().find(|found| found.rule.id == "missing-section").expect("it is missing");
    let at = |line: usize| missing.is_at(Span::empty(document.text().line_start(line)));
    assert_eq!((0..7).map(at).collect::<Vec<_>>(), [false, false, true, false, false, true, false]);
}

#[test]
fn missing_section_is_reported_before_the_first_when_it_is_the_first() {
    check(
        "# XIP-1: Cache\n\n\
         ‸ warning[missing-section]: section \"Summary\" is missing; add it before \"Design\"\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn missing_section_is_reported_before_the_first_without_a_title() {
    check(
        "Hello 💡.\n\n\
         ‸ warning[missing-section]: section \"Summary\" is missing; add it before \"Design\"\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn missing_section_is_silent_about_other_spellings_of_the_name() {
    check("# XIP-1: Cache\n## SUMMARY (8 words at most)\n## 2. design:\n## Own\n## *Notes*\n");
    check("# XIP-1: Cache\n\n## 💡 Summary\n\n## Design 🧊\n\n## Notes: ⚠\n");
    check("# XIP-1: Cache\n\nSummary\n---\n\nDesign (new)\n---\n\n## Notes ##\n");
}

#[test]
fn missing_section_is_silent_about_levels() {
    for source in [
        "# Summary\n\n# Design\n\n# Notes\n",
        "# XIP-1: Cache\n\n### Summary\n\n### Design\n\n### Notes\n",
        "# XIP-1: Cache\n\n## Summary\n\n## Own\n\n### Design\n\n## Notes\n",
    ] {
        check_silent("missing-section", TEMPLATE, source);
    }
}

#[test]
fn missing_section_is_silent_in_front_of_crlf_and_a_byte_order_mark() {
    check("\u{feff}# XIP-1: Cache\r\n\r\n## Summary\r\n\r\n## Design\r\n\r\n## Notes\r\n");
    check("---\ntitle: x\n---\n# XIP-1: Cache\r## Summary\r## Design\r## Notes\r");
}

#[test]
fn missing_section_does_not_take_headings_in_code_quotes_lists_or_comments() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n\
         ```md\n## Design\n```\n\n> ## Design\n\n- ## Design\n\n\
         <!--\n## Design\n-->\n\n\
         ‸ warning[missing-section]: section \"Design\" is missing; add it after \"Summary\"\n\
         ## Notes\n",
    );
}

#[test]
fn missing_section_fix_keeps_one_blank_line_around() {
    let fix = |source: &str, expected: &str| check_fix(source, "Insert section \"Design\"", expected);
    fix(
        "# XIP-1: C\n\n## Summary\n\nWords.\n\n## Notes\n",
        "# XIP-1: C\n\n## Summary\n\nWords.\n\n## Design\n\n## Notes\n",
    );
    fix("# XIP-1: C\n## Summary\nWords.\n## Notes\n", "# XIP-1: C\n## Summary\nWords.\n\n## Design\n\n## Notes\n");
    fix("## Summary\r\n\r\n### Part\r\n\r\n- a", "## Summary\r\n\r\n### Part\r\n\r\n- a\r\n\r\n## Design");
    fix("\u{feff}## Notes\n", "\u{feff}## Design\n\n## Notes\n");
    fix("A.\n## Notes\n", "A.\n\n## Design\n\n## Notes\n");
    fix("# Summary\n\n# Notes\n", "# Summary\n\n# Design\n\n# Notes\n");
    fix("## Summary\n\n```\ncode\n```  \n\n\n", "## Summary\n\n```\ncode\n```  \n\n## Design\n\n\n");
}

#[test]
fn missing_section_fix_inserts_all_at_their_places() {
    check_fix(
        "# XIP-1: C\n\n## Design\n\nText.",
        "Insert all 2 missing sections",
        "# XIP-1: C\n\n## Summary\n\n## Design\n\nText.\n\n## Notes",
    );
}

#[test]
fn missing_section_has_no_fix_behind_an_unclosed_fence() {
    let template = Template::derive(TEMPLATE, None);
    for source in ["## Summary\n\n```\ncode\n", "## Summary\n\n<!-- note\n", "## Summary\n\n~~~~\n~~~\n\n"] {
        let document = Document::open(source);
        let proposal = Proposal::of(&document, &template);
        let mut found = check_rules(&proposal);
        found.retain(|found| found.rule.id.starts_with("missing") && found.subject.is_some());
        assert_eq!(found.len(), 2, "{source}");
        assert!(found.iter().all(|found| fixes(&proposal, found).is_empty()), "{source}");
    }
}

#[test]
fn missing_optional_section_is_a_hint_with_a_fix() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n## Design\n         \
         ‸ hint[missing-optional-section]: optional section \"Notes\" is missing; add it after \"Design\" if it applies\n",
    );
    check_fix("## Summary\n\n## Design\n", "Insert section \"Notes\"", "## Summary\n\n## Design\n\n## Notes\n");
}

#[test]
fn missing_optional_section_is_silent_about_one_that_is_there_in_any_form() {
    for source in ["## Summary\n\n## Design\n\n### Notes (optional)\n", "## Notes\n\n## Summary\n\n## Design\n"] {
        check_silent("missing-optional-section", TEMPLATE, source);
    }
}
