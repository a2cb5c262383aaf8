//! The rules of what proposals say of each other in their metadata.

use super::*;

fn with(status: &str, keys: &str) -> String {
    format!(
        "# XIP-1: C\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n{keys}\n\n## Summary\n\nS.\n\n## Design\n\nD.\n\n## Notes\n\nN.\n"
    )
}

/// Checks that the rule `id` has nothing to say of each of `keys`.
fn silent(id: &str, status: &str, keys: &[&str]) {
    keys.iter().for_each(|keys| check_silent(id, TEMPLATE, &with(status, keys)));
}

#[test]
fn asymmetric_reference_is_reported_where_the_other_one_is_named() {
    let marked = "- **Supersedes**: XIP-2\n                  ^^^^^ warning[asymmetric-reference]: \"xip-2.md\" does not say that it is superseded by this one; say so there";
    check_silent_but("asymmetric-reference", &with("Accepted", marked));
    let marked = "- **Amends**: XIP-5, [2](xip-2.md)\n              ^^^^^ warning[asymmetric-reference]: \"xip-5.md\" does not say that it is amended by this one; say so there\n                     \
                  ^^^^^^^^^^^^^ warning[asymmetric-reference]: \"xip-2.md\" does not say that it is amended by this one; say so there";
    check_silent_but("asymmetric-reference", &with("Accepted", marked));
}

#[test]
fn asymmetric_reference_is_silent_where_the_other_one_need_not_say_so() {
    silent(
        "asymmetric-reference",
        "Accepted",
        &[
            "- **Supersedes**: XIP-5",
            "- **Supersedes**: XIP-8",
            "- **Supersedes**: XIP-2 in part",
            "- **Supersedes**: XIP-99",
            "- **Supersedes**: XIP-1",
            "- **Requires**: XIP-2",
            "- **Superseded by**: XIP-2",
        ],
    );
    silent("asymmetric-reference", "Draft", &["- **Supersedes**: XIP-2"]);
}

#[test]
fn asymmetric_reference_fix_changes_the_other_file() {
    let source = with("Accepted", "- **Supersedes**: XIP-2");
    let (document, template) = (Document::closed(&source), Template::derive(TEMPLATE, None));
    let proposal = Proposal::of(&document, &template).within(&PLAIN);
    let found = check_rules(&proposal);
    let found = found.iter().find(|found| found.rule.id == "asymmetric-reference").expect("a finding");
    let fixes = fixes(&proposal, found);
    let [fix] = fixes.as_slice() else { panic!("{fixes:?}") };
    assert_eq!(fix.title, "Change the status to \"Superseded by XIP-1\" in \"xip-2.md\"");
    let there = fix.elsewhere.as_ref().expect("another file");
    let expected = "# XIP-2: Caches\n\n- **Status**: Superseded by XIP-1\n\n## Summary\n";
    assert_eq!(apply(&there.text, &there.edits).to_string(), expected);
    assert!(!fix.is_safe && fix.is_preferred);
}

#[test]
fn reference_cycle_is_reported_at_the_other_one_or_itself() {
    let marked = "- **Requires**: XIP-6\n                ^^^^^ information[reference-cycle]: \"xip-6.md\" requires this one in turn; remove one of the two";
    check_silent_but("reference-cycle", &with("Draft", marked));
    let marked = "- **Supersedes**: XIP-001\n                  ^^^^^^^ warning[reference-cycle]: the proposal names itself; name another one, or remove this";
    check_silent_but("reference-cycle", &with("Draft", marked));
}

#[test]
fn reference_cycle_is_silent_about_references_of_one_direction() {
    silent(
        "reference-cycle",
        "Draft",
        &[
            "- **Requires**: XIP-2",
            "- **Required by**: XIP-2",
            "- **Supersedes**: XIP-5",
            "- **Related**: XIP-6",
            "- **Requires**: XIP-99",
        ],
    );
}

#[test]
fn premature_reference_is_reported_for_a_draft_that_is_required() {
    for status in ["Accepted", "Implemented"] {
        let marked = format!(
            "- **Requires**: XIP-2, XIP-7\n                       ^^^^^ information[premature-reference]: \"xip-7.md\" is still \"Draft\", but this proposal is \"{status}\"; wait for it, or do without it"
        );
        check_silent_but("premature-reference", &with(status, &marked));
    }
}

#[test]
fn premature_reference_is_silent_before_the_decision_and_about_other_references() {
    silent("premature-reference", "Draft", &["- **Requires**: XIP-7"]);
    silent("premature-reference", "Rejected", &["- **Requires**: XIP-7"]);
    silent(
        "premature-reference",
        "Accepted",
        &["- **Requires**: XIP-2", "- **Requires**: XIP-8", "- **Related**: XIP-7", "- **Amended by**: XIP-7"],
    );
}

#[test]
fn retired_reference_is_reported_for_what_was_turned_down_and_is_required() {
    let marked = "- **Depends on**: XIP-8\n                  ^^^^^ hint[retired-reference]: \"xip-8.md\" is \"Rejected\"; refer to what replaces it, or say so here";
    check_silent_but("retired-reference", &with("Accepted", marked));
    check_silent_but("retired-reference", &with("Draft", marked));
}

#[test]
fn retired_reference_is_silent_where_that_is_known_or_does_not_matter() {
    silent(
        "retired-reference",
        "Draft",
        &[
            "- **Requires**: XIP-2",
            "- **Requires**: XIP-8 (rejected)",
            "- **Related**: XIP-8",
            "- **Supersedes**: XIP-8",
            "- **Supersedes**: XIP-8\n- **Requires**: XIP-8",
        ],
    );
    silent("retired-reference", "Rejected", &["- **Requires**: XIP-8"]);
}

#[test]
fn a_status_of_another_word_is_undecided_if_the_template_lists_it_before_the_decision() {
    let template = Template::derive(
        "# XIP-NNN: T\n\n- Status: one of ['Idea', 'Last Call', 'Final', 'Living', 'Dormant']\n\n## A\n",
        None,
    );
    let document = Document::closed("# XIP-1: C\n\n- Status: Final\n\n## A\n");
    let proposal = Proposal::of(&document, &template);
    use crate::document::Course;
    for (status, expected) in [
        ("Idea", Some(Course::Open)),
        ("Last Call", Some(Course::Open)),
        ("Final", Some(Course::Accepted)),
        ("Dormant", None),
        ("Unheard", None),
        ("Withdrawn", Some(Course::Ended)),
        ("Superseded by 7", Some(Course::Ended)),
        ("Amended by 7", Some(Course::Accepted)),
    ] {
        assert_eq!(proposal.course_of(status), expected, "{status}");
    }
}
