//! The rules of states: moves, what a state requires, and deadlines.

use super::super::examples::CHANGED;
use super::*;

/// A document in `state`, with the lines `more` in its metadata.
fn document(state: &str, more: &str) -> String {
    format!(
        "# XIP-1: Cache\n\n- **Status**: {state}\n- **Author(s)**: A. Author\n{more}\n## Summary\n\nFast.\n\n## Design\n\nSo.\n"
    )
}

/// What the rule `id` finds in `source`, which was a draft and follows the template of the examples and its life cycle.
fn found(id: &str, source: &str) -> Vec<String> {
    let (document, template) = (Document::closed(source), example_template());
    let found = check_rules(&Proposal::of(&document, &template).within(&CHANGED));
    found.iter().filter(|found| found.rule.id == id).map(|found| found.message.to_string()).collect()
}

#[test]
fn illegal_transition_names_the_state_before_and_what_may_follow() {
    let said = "the status was \"Draft\", which \"Implemented\" may not follow; only \"Accepted\" may";
    for state in ["Implemented", "implemented (1.2)", "**Implemented**"] {
        let found = found("illegal-transition", &document(state, ""));
        assert_eq!(found.len(), 1, "{state}");
        assert_eq!(
            found[0].to_lowercase(),
            said.to_lowercase().replace("implemented", &state.replace('*', "").to_lowercase())
        );
    }
}

#[test]
fn illegal_transition_is_silent_about_the_same_state_a_legal_one_and_no_state_at_all() {
    for state in ["Draft", "draft (again)", "Accepted", "accepted on 2026-01-02", "Implementedd", ""] {
        assert_eq!(found("illegal-transition", &document(state, "")), Vec::<String>::new(), "{state}");
    }
}

#[test]
fn illegal_transition_has_fixes_to_go_back_or_to_what_may_follow() {
    let source = document("Implemented", "");
    let (read, template) = (Document::open(&source), example_template());
    let proposal = Proposal::of(&read, &template).within(&CHANGED);
    let found = check_rules(&proposal);
    let found = found.iter().find(|found| found.rule.id == "illegal-transition").expect("it is found");
    let fixed = fixes(&proposal, found);
    let shown: Vec<(&str, String)> =
        fixed.iter().map(|fix| (fix.title.as_str(), apply(read.text(), &fix.edits).to_string())).collect();
    let (draft, accepted) = (document("Draft", ""), document("Accepted", ""));
    assert_eq!(shown, [("Change back to \"Draft\"", draft), ("Change to \"Accepted\"", accepted)]);
}

#[test]
fn status_requirement_names_what_is_lacking() {
    let said = "\"Accepted\" requires a value for \"Pull Request\"; add it";
    for more in ["", "- **Pull Request**: N/A\n", "- **Pull Request**: _(Link to the discussion, if any)_\n"] {
        assert_eq!(found("status-requirement", &document("Accepted", more)), [said], "{more}");
    }
}

#[test]
fn status_requirement_is_silent_where_nothing_is_lacking_or_required() {
    for (state, more) in [("Accepted", "- **pull request**: [#7](https://example.org/7)\n"), ("Draft", ""), ("Odd", "")]
    {
        assert_eq!(found("status-requirement", &document(state, more)), Vec::<String>::new(), "{state} {more}");
    }
}

#[test]
fn deadline_passed_is_about_the_day() {
    check_silent_but(
        "deadline-passed",
        "# XIP-1: Cache\n\n- **Status**: Draft\n- **Deadline**: `2026-01-29`\n                 \
         ^^^^^^^^^^ information[deadline-passed]: \"Deadline\" was 2026-01-29, but the status is \"Draft\"; decide, or move \
         the date\n\n## Summary\n\nFast.\n\n## Design\n\nSo.\n",
    );
}

#[test]
fn deadline_passed_is_silent_on_the_day_and_once_it_is_decided() {
    for (state, day) in
        [("Draft", "2026-01-30"), ("Draft", "2027-01-01"), ("Accepted", "2025-01-01"), ("Odd", "2025-01-01")]
    {
        check_silent("deadline-passed", TEMPLATE, &document(state, &format!("- **Deadline**: {day}\n")));
    }
}

#[test]
fn unfinished_accepted_is_silent_about_the_status_that_the_template_gives_every_proposal() {
    let with = |status: &str| format!("# T\n\n- **Status**: {status}\n\n## Summary\n\n_Say what changes._\n");
    let is_found = |template: &str, document: &str, accepted: Option<Vec<String>>| {
        let overrides = crate::template::Overrides { accepted_status: accepted, ..Default::default() };
        let template = Template::derive(&with(template), None).with(&overrides);
        let found = diagnostics(&Document::closed(&with(document).replace("# T", "# Cache")), &template);
        found.iter().any(|found| found.rule.id == "unfinished-accepted")
    };
    for status in ["Accepted", "**Accepted**", "accepted", "Final"] {
        assert!(!is_found(status, status, None), "{status}");
    }
    assert!(is_found("Accepted", "Implemented", None));
    assert!(is_found("Draft", "Accepted", None));
    assert!(is_found("Proposed \\| Accepted", "Accepted", None));
    // The settings say so.
    assert!(is_found("Accepted", "Accepted", Some(vec!["Accepted".to_owned()])));
}

#[test]
fn unfilled_placeholder_fix_replaces_an_example_with_what_is_known() {
    let template = |author: &str| format!("# T\n\n- **Author(s)**: {author}\n- **Date**: 2024-05-06\n\n## A\n");
    let titles = |author: &str| {
        let template = Template::derive(&template(author), None);
        let document = Document::closed(&template.text.to_string().replace("# T", "# Cache"));
        let proposal = Proposal::of(&document, &template).within(&PLAIN);
        let found = check_rules(&proposal);
        let found = found.iter().filter(|found| found.rule.id == "unfilled-placeholder");
        let fixes = found.flat_map(|found| fixes(&proposal, found)).filter(|fix| fix.title.starts_with("Write"));
        fixes.map(|fix| fix.title).collect::<Vec<_>>()
    };
    for author in ["TBD", "<name>", "B. Author", "_(Names)_"] {
        assert_eq!(titles(author), ["Write \"A. Author\"", "Write \"2026-01-30\""], "{author}");
    }
    // More than a name is asked for.
    assert_eq!(titles("B. Author (@b)"), ["Write \"2026-01-30\""]);
}
