//! Comments that suppress, those that need not, and the quick fixes that insert them.

use super::{PLAIN, TEMPLATE, check, check_fix, check_rules};
use crate::document::{Document, Proposal};
use crate::rules::{Diagnostic, Severities, Severity, Suppressing, fixes};
use crate::template::Template;
use crate::text::{Offset, apply};

/// A document of which `summary` is the section "Summary", with its heading and the comments before that.
fn with_summary(summary: &str) -> String {
    let metadata = "- **Status**: Draft\n- **Author(s)**: A. Author";
    let text = if summary.ends_with("## Summary") { "\n\nFast." } else { "" };
    format!("# XIP-1: Cache\n\n{metadata}\n\n{summary}{text}\n\n## Design\n\nA map.\n\n## Notes\n\nNone.\n")
}

const TOO_LONG: &str = "## Summary\n\nKeep hot rows in memory so that reads are fast.";

#[test]
fn a_suppression_for_the_next_line_passes_blank_lines() {
    for gap in ["\n", "\n\n", "\n \t\n\n"] {
        let comment = "<!-- vip-lsp-disable-next-line section-too-long -->";
        check(&with_summary(&format!("{comment}{gap}{TOO_LONG}")));
    }
    check(&with_summary(&format!("Text. <!--vip-lsp-disable-next-line section-too-long-->\n\n{TOO_LONG}")));
}

#[test]
fn suppressions_for_the_same_line_stack() {
    let (one, other) =
        ["section-too-long", "missing-section"].map(|rule| format!("<!-- vip-lsp-disable-next-line {rule} -->")).into();
    for gap in ["\n", "\n\n", " "] {
        check(&format!("# XIP-1: Cache\n\n{one}{gap}{other}\n{TOO_LONG}\n\n## Notes\n"));
    }
}

#[test]
fn a_suppression_for_the_next_line_ends_with_it() {
    check(&with_summary(
        "<!-- vip-lsp-disable-next-line section-too-long -->\n\
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[unused-suppression]: comment suppresses nothing; remove it\n\
         Text.\n\n\
         ## Summary\n   \
         ^^^^^^^ warning[section-too-long]: section \"Summary\" has 10 words, but at most 8 are allowed\n\n\
         Keep hot rows in memory so that reads are fast.",
    ));
}

#[test]
fn a_suppression_acts_to_the_end_on_the_rules_that_it_names() {
    for rules in [" missing-section, section-too-long", " missing-section\n  section-too-long", ""] {
        let source = format!("# XIP-1: Cache\n\n<!-- vip-lsp-disable{rules} -->\n\n{TOO_LONG}\n\n## Notes\n");
        check(&source);
        check(&source.replace('\n', "\r\n"));
    }
}

#[test]
fn a_suppression_acts_up_to_where_the_rule_is_enabled() {
    let notes = "         ‸ hint[missing-optional-section]: optional section \"Notes\" is missing; add it after \"Design\" if it applies\n";
    for (disabled, enabled) in [
        (" section-too-long", ""),
        (" section-too-long", " section-too-long"),
        (" section-too-long, missing-optional-section", " missing-optional-section,\n section-too-long"),
        ("", ""),
        ("", " missing-optional-section"),
    ] {
        let disable = format!("<!-- vip-lsp-disable{disabled} -->");
        let enable = format!("<!-- vip-lsp-enable{enabled} -->");
        // Nothing of the second rule comes before it is enabled.
        let unused = match disabled.contains(',') {
            true => format!(
                "{:39}{} hint[unused-suppression]: \"missing-optional-section\" has nothing to suppress here; remove the name\n",
                "",
                "^".repeat(24)
            ),
            false => String::new(),
        };
        check(&format!("# XIP-1: Cache\n\n{disable}\n{unused}{TOO_LONG}\n\n{enable}\n\n## Design\n{notes}"));
    }
}

#[test]
fn a_suppression_for_the_file_acts_wherever_it_is() {
    let comment = "<!-- vip-lsp-disable-file section-too-long -->";
    check(&with_summary(&format!("{TOO_LONG} {comment}")));
    check(&format!("\u{feff}{comment}\n\n{}", with_summary(TOO_LONG)));
    check(&format!("---\na: b\n---\n{comment}\n{}\n- a {comment}\n", with_summary(TOO_LONG)));
    check("# XIP-1: Cache\n\n<!-- vip-lsp-disable-file stub-proposal -->\n");
}

#[test]
fn a_suppression_without_a_title_covers_the_line_that_it_moves_to() {
    check("\u{feff}<!-- vip-lsp-disable-next-line missing-section -->\nHello.\n\n## Design\n\n## Notes\n");
}

#[test]
fn what_stands_in_code_suppresses_nothing() {
    let too_long = "## Summary\n   ^^^^^^^ warning[section-too-long]: section \"Summary\" has 9 words, but at most 8 are allowed\n\n\
                    1 2 3 4 5 6 7 8 9\n\n";
    for code in ["```\n_\n```\n", "    _\n", "<!-- never closed\n_ x\n\n-->\n"] {
        let code = code.replace('_', "<!-- vip-lsp-disable-file section-too-long --");
        let code = if code.starts_with("<!-- n") { code } else { code.replace("--\n", "-->\n") };
        check(&with_summary(&format!("Text.\n\n{code}\n{too_long}")));
    }
    check(&with_summary(&format!("Use `<!-- vip-lsp-disable-file section-too-long -->`.\n\n{too_long}")));
}

#[test]
fn unused_suppression_is_reported_by_comment_or_by_name() {
    check(&with_summary(
        "<!-- vip-lsp-disable-file -->\n\
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[unused-suppression]: comment suppresses nothing; remove it\n\
         <!-- vip-lsp-disable missing-section, duplicate-section -->\n\
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[unused-suppression]: comment suppresses nothing; remove it\n\
         \n## Summary",
    ));
    check(&with_summary(&format!(
        "<!-- vip-lsp-disable missing-section section-too-long -->\n                     \
         ^^^^^^^^^^^^^^^ hint[unused-suppression]: \"missing-section\" has nothing to suppress here; remove the name\n\
         {TOO_LONG}"
    )));
}

#[test]
fn unused_suppression_is_reported_at_what_enables_what_is_not_disabled() {
    check(&with_summary(&format!(
        "<!-- vip-lsp-enable -->\n\
         ^^^^^^^^^^^^^^^^^^^^^^^ hint[unused-suppression]: comment enables what is not disabled; remove it\n\
         <!-- vip-lsp-disable section-too-long -->\n{TOO_LONG}\n\n\
         <!-- vip-lsp-enable missing-section, section-too-long -->\n                    \
         ^^^^^^^^^^^^^^^ hint[unused-suppression]: \"missing-section\" is not disabled here; remove the name\n"
    )));
}

#[test]
fn unused_suppression_is_reported_at_names_of_no_rule() {
    check(&with_summary(
        "<!-- vip-lsp-disable missing-sections, nothing -->\n                     \
         ^^^^^^^^^^^^^^^^ hint[unused-suppression]: there is no rule \"missing-sections\"; use \"missing-section\"\n                                       \
         ^^^^^^^ hint[unused-suppression]: there is no rule \"nothing\"; remove the name\n\
         \n## Summary",
    ));
}

#[test]
fn unused_suppression_is_silent_about_other_comments_and_where_it_is_named() {
    check(&with_summary("<!-- vip-lsp is here -->\n\n<!-- not vip-lsp-disable -->\n\n## Summary"));
    check(&with_summary(
        "<!-- vip-lsp-disable-next-line unused-suppression -->\n<!-- vip-lsp-disable section-too-long -->\n\n## Summary",
    ));
    check(&with_summary("<!-- vip-lsp-disable-file unused-suppression, missing-section -->\n\n## Summary"));
    check(
        "# XIP-1: Cache\n  ^^^^^^^^^^^^ information[stub-proposal]: proposal has no sections yet; insert the template's sections, starting with \"Summary\"\n\n<!-- vip-lsp-disable missing-section -->\n",
    );
}

#[test]
fn unused_suppression_is_silent_about_rules_that_are_off() {
    let template = Template::derive(TEMPLATE, None);
    let mut severities = Severities::default();
    severities.0.insert("missing-section", None);
    for comment in ["<!-- vip-lsp-disable missing-section -->", "<!-- vip-lsp-disable-file -->"] {
        let document = Document::closed(&with_summary(&format!("{comment}\n\n## Summary")));
        assert_eq!(crate::rules::check(&Proposal::of(&document, &template), &severities).len(), 0);
    }
    severities.0.insert("unused-suppression", Some(Severity::Error));
    let document = Document::closed(&with_summary("<!-- vip-lsp-disable duplicate-section -->\n\n## Summary"));
    assert_eq!(crate::rules::check(&Proposal::of(&document, &template), &severities)[0].severity, Severity::Error);
}

#[test]
fn unused_suppression_fix_removes_the_comment_and_no_more() {
    let fix = |comment: &str, left: &str| {
        for ending in ["\n", "\r\n"] {
            let source = |middle: &str| with_summary(middle).replace('\n', ending);
            check_fix(&source(comment), "Remove this comment", &source(left));
        }
    };
    let comment = "<!-- vip-lsp-disable missing-section -->";
    fix(&format!("{comment}\n## Summary"), "## Summary");
    fix(&format!("{comment}\n\n## Summary"), "## Summary");
    fix(&format!("Text.\n{comment}\n## Summary"), "Text.\n## Summary");
    fix(&format!("One.\n{comment}\nOther.\n\n## Summary"), "One.\n\nOther.\n\n## Summary");
    fix(&format!("A {comment} word.\n\n## Summary {comment}"), &format!("A word.\n\n## Summary {comment}"));
    fix(&format!("<div>\n{comment}\n</div>\n\n## Summary"), "<div>\n</div>\n\n## Summary");
    check_fix(
        &format!("\u{feff}{comment}\n\n{}", with_summary("## Summary")),
        "Remove this comment",
        &format!("\u{feff}{}", with_summary("## Summary")),
    );
    fix(&format!("- e\n  {comment}\n  ---\n\n## Summary"), "- e\n\n  ---\n\n## Summary");
    fix(&format!("- e\n\n  {comment}\n  more\n\n## Summary"), "- e\n\n  more\n\n## Summary");
    fix(&format!("> e\n> {comment}\n> more\n\n## Summary"), "> e\n>\n> more\n\n## Summary");
    let source = with_summary("## Summary");
    check_fix(&format!("{source}\n{comment}\n"), "Remove this comment", &source);
}

#[test]
fn unused_suppression_fix_removes_one_name_or_corrects_it() {
    let fix = |names: &str, title: &str, left: &str| {
        let source = |names: &str| with_summary(&format!("<!-- vip-lsp-disable {names} -->\n{TOO_LONG}"));
        check_fix(&source(names), title, &source(left));
    };
    let title = "Remove \"missing-section\" from the comment";
    fix("missing-section, section-too-long", title, "section-too-long");
    fix("section-too-long  missing-section", title, "section-too-long");
    fix("section-too-long, section-to-long", "Change to \"section-too-long\"", "section-too-long, section-too-long");
    fix("nothing, 💡💡, section-too-long", "Remove \"nothing\" from the comment", "💡💡, section-too-long");
    fix("nothing, section-too-long", "Remove \"nothing\" from the comment", "section-too-long");
}

#[test]
fn unused_suppression_fix_is_safe_where_the_rest_stays_what_it_is() {
    let template = Template::derive(TEMPLATE, None);
    for (comment, expected) in [
        ("<!-- vip-lsp-disable missing-section -->", [true].as_slice()),
        ("- a\n<!-- vip-lsp-disable missing-section -->\n- b", &[false]),
        // In a list or quote, an underline would make a heading of the line before, or a paragraph would go on.
        ("- e\n  <!-- vip-lsp-disable missing-section -->\n  ---", &[false]),
        ("- > q\n  <!-- vip-lsp-disable missing-section -->\n  more", &[false]),
        ("- a\n\n  <!-- vip-lsp-disable missing-section --> *b*", &[false]),
        ("> a\n>\n> <!-- vip-lsp-disable missing-section -->\n> b", &[false]),
        // Without it, the fence in the list goes on to the line that now starts another.
        ("- a\n\n  ```\n<!-- vip-lsp-disable missing-section -->\n  # B\n  ```\n\n# C\n\n```d\n# E\n```", &[false]),
        ("<!-- vip-lsp-disable missing-section --> Text.", &[false]),
        ("<!-- vip-lsp-disable no-such-rule -->", &[false]),
        // In a quote, the mark of the second line is no name.
        ("> <!-- vip-lsp-disable\n>   missing-section -->", &[false]),
        ("<!-- vip-lsp-disable unused-supression -->", &[false, false]),
    ] {
        let document = Document::closed(&with_summary(&format!("{comment}\n\n## Summary")));
        let proposal = Proposal::of(&document, &template);
        let found = check_rules(&proposal);
        let safe: Vec<_> = found.iter().flat_map(|found| fixes(&proposal, found)).map(|fix| fix.is_safe).collect();
        assert_eq!(safe, expected, "{comment}");
    }
}

#[test]
fn unused_suppression_fix_is_not_safe_where_front_matter_would_start() {
    let template = Template::derive(TEMPLATE, None);
    for (line, expected) in [("---", false), ("***", true)] {
        let source =
            format!("<!-- vip-lsp-disable duplicate-section -->\n{line}\ntitle: x\n---\n\n# VIP-1: A\n\n## Summary\n");
        let document = Document::closed(&source);
        let proposal = Proposal::of(&document, &template);
        let found = check_rules(&proposal).into_iter().find(|found| found.rule.id == "unused-suppression");
        let fixes = fixes(&proposal, &found.expect("a finding"));
        assert_eq!(fixes[0].is_safe, expected, "{line}");
    }
}

/// Suppresses the first diagnostic of `rule` in `source` for its line and for the file; both are quiet then.
fn check_suppressing(source: &str, rule: &str, for_line: Option<&str>, for_file: &str) {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::open(source);
    let proposal = Proposal::of(&document, &template);
    let found = check_rules(&proposal);
    let diagnostic = found.iter().find(|found| found.rule.id == rule).expect("the diagnostic");
    let offered = Suppressing::of(&proposal).fixes(&proposal, diagnostic);
    let text = |is_for_file: bool| {
        let of_file = format!("Disable `{rule}` for this file");
        let fix = offered.iter().find(|fix| (fix.title == of_file) == is_for_file)?;
        assert!(!fix.is_preferred && !fix.is_safe);
        Some(apply(document.text(), &fix.edits).to_string())
    };
    assert_eq!((text(false).as_deref(), text(true).as_deref()), (for_line, Some(for_file)));
    for suppressed in for_line.into_iter().chain([for_file]) {
        let left = super::diagnostics(&Document::closed(suppressed), &template);
        let ids = |found: &[Diagnostic]| {
            let mut ids: Vec<_> = found.iter().map(|found| found.rule.id).filter(|id| *id != rule).collect();
            ids.sort_unstable();
            ids
        };
        assert!(left.iter().all(|left| left.rule.id != rule), "{suppressed:?}");
        assert_eq!(ids(&left), ids(&found), "{suppressed:?}");
    }
}

const NEXT: &str = "<!-- vip-lsp-disable-next-line missing-section -->";
const FILE: &str = "<!-- vip-lsp-disable-file missing-section -->";

#[test]
fn suppressing_comments_stand_before_the_line_and_at_the_top() {
    let check = |before: &str, line: &str, after: &str| {
        let source = format!("{before}{line}{after}");
        check_suppressing(
            &source,
            "missing-section",
            Some(&format!("{before}{NEXT}\n{line}{after}")),
            &format!("{FILE}\n\n{source}"),
        );
    };
    check("# XIP-1: C\n\n", "## Summary\n", "\n## Notes\n");
    check("# XIP-1: C\nText\n", "## Summary\n", "## Notes\n");
    check("# XIP-1: C\n- a\n", "## Summary\n", "## Notes\n");
    check("# XIP-1: C\n> a\n\n", "Summary\n---\n", "## Notes");
    check("# XIP-1: C\n| a |\n| - |\n| b |\n", "## Summary\n", "## Notes");
    check("", "Hello.\n", "\n## Design\n\n## Notes\n");
}

#[test]
fn suppressing_comments_come_after_front_matter_and_byte_order_mark() {
    check_suppressing(
        "\u{feff}---\r\na: b\r\n---\r\n\r\n# XIP-1: C\r\n\r\n## Notes\r\n",
        "missing-section",
        Some(&format!("\u{feff}---\r\na: b\r\n---\r\n\r\n{NEXT}\r\n# XIP-1: C\r\n\r\n## Notes\r\n")),
        &format!("\u{feff}---\r\na: b\r\n---\r\n\r\n{FILE}\r\n\r\n# XIP-1: C\r\n\r\n## Notes\r\n"),
    );
    check_suppressing(
        "\u{feff}## Notes\r",
        "missing-section",
        Some(&format!("\u{feff}{NEXT}\r## Notes\r")),
        &format!("\u{feff}{FILE}\r\r## Notes\r"),
    );
    let stub = "<!-- vip-lsp-disable-file stub-proposal -->";
    check_suppressing("---\na: b\n---", "stub-proposal", None, &format!("---\na: b\n---\n{stub}\n"));
    check_suppressing(
        "",
        "stub-proposal",
        Some(&format!("{}\n", stub.replace("file", "next-line"))),
        &format!("{stub}\n"),
    );
}

#[test]
fn suppressing_adds_to_the_comment_that_is_there() {
    let other = |id: &str| format!("<!-- vip-lsp-disable-{id} -->");
    let source = |file: &str, line: &str| format!("{file}\n\n# XIP-1: C\n\n{line}\n\n{TOO_LONG}\n\n## Notes\n");
    let (file, line) = (other("file duplicate-metadata"), other("next-line section-too-long"));
    check_suppressing(
        &source(&file, &line),
        "missing-section",
        Some(&source(&file, &other("next-line section-too-long, missing-section"))),
        &source(&other("file duplicate-metadata, missing-section"), &line),
    );
}

#[test]
fn suppressing_for_a_line_is_not_offered_within_a_block() {
    let list = |value: &str| {
        format!(
            "# XIP-1: C\n\n- **Authors**: A. Author\n- **Status**: {value}\n\n## Summary\n\n## Design\n\n## Notes\n"
        )
    };
    let file = "<!-- vip-lsp-disable-file invalid-metadata-value -->";
    check_suppressing(&list("Drafted"), "invalid-metadata-value", None, &format!("{file}\n\n{}", list("Drafted")));
}

#[test]
fn suppressing_for_a_line_is_offered_before_a_definition_below_a_blank_line() {
    let source =
        |before: &str| with_summary(&format!("## Summary\n\n[One][a], [two][b].\n{before}[a]: none.md\n[b]: no.md"));
    let file = "<!-- vip-lsp-disable-file broken-link -->\n\n";
    let line = "<!-- vip-lsp-disable-next-line broken-link -->\n";
    let text = Document::closed(&source("\n"));
    let template = Template::derive(TEMPLATE, None);
    let proposal = Proposal::of(&text, &template).within(&PLAIN);
    let offered = |at: &str| {
        let found = check_rules(&proposal);
        let place = text.text().to_string().find(at).map(Offset::new).expect("a place");
        let found = found.iter().find(|found| found.rule.id == "broken-link" && found.span.touches(place));
        let fixes = Suppressing::of(&proposal).fixes(&proposal, found.expect("a fault"));
        fixes.iter().map(|fix| apply(text.text(), &fix.edits).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(offered("none.md"), [source(&format!("\n{line}")), format!("{file}{}", source("\n"))]);
    assert_eq!(offered("no.md"), [format!("{file}{}", source("\n"))]);
}
