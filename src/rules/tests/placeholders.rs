//! The rule on placeholders that are left.

use super::*;

#[test]
fn unfilled_placeholder_is_found_in_title_and_metadata() {
    check(&format!(
        "# XIP-NNN: Title\n  ^^^^^^^^^^^^^^ warning[unfilled-placeholder]: title still has the template's placeholder \"XIP-NNN\"; fill it in\n\n\
         - **Status**: _one of ['Draft', 'Accepted', 'Implemented']_\n              \
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unfilled-placeholder]: \"Status\" still has the template's placeholder; fill it in\n\
         - **Author(s)**: _(Names)_\n                 \
         ^^^^^^^^^ warning[unfilled-placeholder]: \"Author(s)\" still has the template's placeholder; fill it in\n{SECTIONS}"
    ));
    let template = Template::derive("# VIP-`$N`: `$TITLE`\n\n## Summary\n", None);
    let document = Document::closed("# VIP-7: `$TITLE`\n\n## Summary\n");
    let found = diagnostics(&document, &template);
    assert_eq!(&*found[0].message, "title still has the template's placeholder \"$TITLE\"; fill it in");
}

#[test]
fn unfilled_placeholder_is_silent_about_values() {
    check(&format!("# XIP-1: The price of $5\n\n- **Status**: _Draft_\n- **Author(s)**: (Names withheld)\n{SECTIONS}"));
    for metadata in [
        "- **Status**: Draft",
        "- Issue: (leave this empty)",
        "- Team: (names, to be nominated)",
        "- Major: (1.x / 2.x)",
    ] {
        let template = format!("{metadata}\n\n## Summary\n\n## Design\n");
        check_silent("unfilled-placeholder", &template, &template);
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
fn unfilled_placeholder_is_a_hint_without_a_status_until_half_is_written() {
    let template = Template::derive(
        "- Issue: _(a link)_\n\n# Title\n\n## A\n\n_Say what changes._\n\n## B\n\n_Say how it works._\n",
        None,
    );
    for (sections, severity) in [
        ("## A\n\n_Say what changes._\n\n## B\n\n_Say how it works._\n", Severity::Hint),
        ("## A\n\nThis.\n\n## B\n\n_Say how it works._\n", Severity::Hint),
        ("## A\n\nThis.\n\n## B\n\nSo.\n", Severity::Warning),
    ] {
        let document = Document::closed(&format!("- Issue: _(a link)_\n\n# Cache\n\n{sections}"));
        let found = check_rules(&Proposal::of(&document, &template));
        let kept = found.iter().find(|found| found.rule.id == "unfilled-placeholder").expect("the issue");
        assert_eq!(kept.severity, severity, "{sections}");
    }
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
