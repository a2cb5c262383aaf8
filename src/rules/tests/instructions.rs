//! The rules of what the template says to the author.

use super::*;

#[test]
fn template_instruction_is_found_word_for_word_wherever_it_is() {
    let rule = "information[template-instruction]:";
    let advice = "is an instruction from the template; remove it once you have followed it";
    check(&format!(
        "# XIP-1: Cache\n\n## Summary\n\n*Say what changes.*\n^^^^^^^^^^^^^^^^^^^ {rule} \"Say what changes.\" {advice}\n\nA.\n\n\
         ## Design\n\n- B.\n- _Say   how it works._\n  ^^^^^^^^^^^^^^^^^^^^^ {rule} \"Say how it works.\" {advice}\n\n## Notes\n"
    ));
}

#[test]
fn template_instruction_is_silent_about_the_authors_own_words() {
    check(
        "# XIP-1: Cache\n\n## Summary\n\n_Say what changed._\n\nSay what changes.\n\n_Say what changes._ Yes.\n\n\
         ```\n_Say what changes._\n```\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn template_instruction_fix_removes_it_or_all_of_them() {
    let source = "## Summary\r\n\r\n_Say what\r\nchanges._\r\n\r\nFast.\r\n\r\n## Design\r\n\r\n_Say how it works._\r\n\r\nA.\r\n\r\n## Notes\r\n";
    check_fix(
        source,
        "Remove this instruction",
        "## Summary\r\n\r\nFast.\r\n\r\n## Design\r\n\r\n_Say how it works._\r\n\r\nA.\r\n\r\n## Notes\r\n",
    );
    let without = "## Summary\r\n\r\nFast.\r\n\r\n## Design\r\n\r\nA.\r\n\r\n## Notes\r\n";
    check_fix(source, "Remove all template instructions", without);
}

#[test]
fn template_instruction_is_a_warning_past_the_first_status() {
    for (status, severity) in
        [("Draft", "information"), ("Accepted", "warning"), ("draft (again)", "information"), ("", "information")]
    {
        let marked = format!(
            "# XIP-1: C\n\n- **Status**: {status}\n\n## Summary\n\n_Say what changes._\n^^^^^^^^^^^^^^^^^^^ \
             {severity}[template-instruction]: \"Say what changes.\" is an instruction from the template; remove it once you have followed it\n\nA.\n"
        );
        check_silent_but("template-instruction", &marked);
    }
}

#[test]
fn what_is_to_fill_in_is_a_hint_while_the_status_is_the_only_one_that_the_template_has() {
    let template = "---\nstatus: Proposed\nauthor: <name>\n---\n\n# T\n\n## Summary\n\n_Say what changes._\n";
    for (status, severity) in [("Proposed", Severity::Hint), ("Accepted", Severity::Warning)] {
        let document = Document::closed(&template.replace("Proposed", status).replace("# T", "# Cache"));
        let template = Template::derive(template, None);
        let found = crate::rules::check(&Proposal::of(&document, &template), &Severities::default());
        let kept = found.iter().find(|found| found.rule.id == "unfilled-placeholder").expect("the author");
        assert_eq!(kept.severity, severity, "{status}");
    }
}

#[test]
fn template_instruction_is_silent_about_what_the_author_goes_on_from() {
    let template = "# T\n\n## Design\n\nWhich parts of the system does the change touch and why?\n\nThe following of the aspects are part of this proposal:\n\n- a\n\nSay how the parts of it work together, and why.\n";
    check_silent_but_with(
        "template-instruction",
        template,
        "# C\n\n## Design\n\nWhich parts of the system does the change touch and why?\n\nTwo.\n\nThe following of the aspects are part of this proposal:\n\n- b\n\nSay how the parts of it work together, and why.\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[template-instruction]: \"Say how the parts of it work together,…\" is an instruction from the template; remove it once you have followed it\n",
    );
}

#[test]
fn template_instruction_is_silent_about_comments_that_may_stay() {
    let template = |note: &str| format!("<!-- {note} -->\n\n# T\n\n## Design\n\n<!-- Say how. -->\n");
    let document = "# C\n\n## Design\n\n<!-- Say how. -->\n\nSo.\n";
    check_silent(
        "template-instruction",
        &template("You can leave these HTML comments in your merged proposal."),
        document,
    );
    let marked = document.replace("-->\n", "-->\n^^^^^^^^^^^^^^^^^ information[template-instruction]: \"Say how.\" is an instruction from the template; remove it once you have followed it\n");
    check_silent_but_with("template-instruction", &template("Remove these comments."), &marked);
}

#[test]
fn heading_instruction_is_a_hint_at_the_note() {
    check(
        "# XIP-1: Cache\n\n## Summary *(8 words at most)* ##\n           \
         ^^^^^^^^^^^^^^^^^^^ hint[heading-instruction]: \"8 words at most\" is a note from the template; remove it from the heading\n\n\
         ## Design\n\n## Notes\n",
    );
}

#[test]
fn heading_instruction_is_silent_about_the_authors_own_notes() {
    check("# XIP-1: Cache\n\n## Summary _(in brief)_\n\n## Design _(8 words at most)_\n\n## Notes (optional)\n");
}

#[test]
fn heading_instruction_fix_leaves_the_name() {
    let title = "Remove the note from the heading";
    check_fix(
        "## Summary  _(8 words at most)_\n\n## Design\n\n## Notes\n",
        title,
        "## Summary\n\n## Design\n\n## Notes\n",
    );
    check_fix(
        "Summary _(8 words at most)_\n---\n\n## Design\n\n## Notes\n",
        title,
        "Summary\n---\n\n## Design\n\n## Notes\n",
    );
}
