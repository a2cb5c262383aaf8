//! The rules on the values of metadata.

use super::metadata::{ACCEPTED, IN_FRONT_MATTER};
use super::*;

#[test]
fn invalid_metadata_value_names_the_values_that_are_allowed() {
    check(&format!(
        "# XIP-1: Cache\n\n- **Status**: _Drafted_\n               \
         ^^^^^^^ warning[invalid-metadata-value]: \"Drafted\" is not allowed for \"Status\"; use one of \"Draft\", \"Accepted\", \"Implemented\"\n\
         - **Author(s)**: A. Author\n{SECTIONS}"
    ));
}

#[test]
fn invalid_metadata_value_is_silent_about_case_marks_remarks_and_nothing() {
    for value in ["draft", "**Draft**", "Draft (see below)", "`Accepted`, with changes", ""] {
        check(&format!("# XIP-1: Cache\n\n- **Status**: {value}\n- **Author(s)**: A. Author\n{SECTIONS}"));
    }
}

#[test]
fn invalid_metadata_value_fix_offers_the_nearest_first() {
    let source = format!("# XIP-1: C\n\n- **Status**: _Acepted_\n- **Author(s)**: A. Author\n{SECTIONS}");
    check_fix(&source, "Change to \"Accepted\"", &source.replace("Acepted", "Accepted"));
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(&source);
    let proposal = Proposal::of(&document, &template);
    let offered = fixes(&proposal, &check_rules(&proposal)[0]);
    let offered: Vec<_> = offered.iter().map(|fix| (fix.title.as_str(), fix.is_preferred)).collect();
    assert_eq!(
        offered,
        [("Change to \"Accepted\"", true), ("Change to \"Draft\"", false), ("Change to \"Implemented\"", false)]
    );
}

#[test]
fn invalid_metadata_value_fix_is_safe_where_the_value_is_misspelt() {
    let template =
        Template::derive("# XIP-N: T\n\n- Kind: _one of ['Core', 'Cure', 'Meta', 'N/A', 'V1.0']_\n\n## A\n", None);
    for (value, is_safe) in [
        ("Mata", true),
        ("meat", false),
        ("Card", false),
        ("Curee", true),
        ("No", false),
        ("V1.1", false),
        ("Other", false),
    ] {
        let document = Document::closed(&format!("# XIP-1: C\n\n- Kind: {value}\n\n## A\n"));
        let proposal = Proposal::of(&document, &template);
        let offered = fixes(&proposal, &check_rules(&proposal)[0]);
        let safe: Vec<_> = offered.iter().map(|fix| fix.is_safe).collect();
        assert_eq!(safe, [is_safe, false, false, false, false], "{value}");
    }
}

#[test]
fn invalid_metadata_value_fix_takes_all_of_the_value() {
    let fixing = Fixing { template: IN_FRONT_MATTER, ..Fixing::default() };
    let with = |status: &str| format!("---\nstatus:{status}\nauthors: A. Author\ndiscussion: N/A\n---\n\n## Summary\n");
    for (before, after) in [
        (" |\n  fnal # x", " final"),
        (" >-\n  fnal\n  day", " final"),
        (" !!str fnal # x", " final # x"),
        (" \"fna\\x6c\" # x", " \"final\" # x"),
    ] {
        fixing.check(&with(before), "Change to \"final\"", &with(after));
    }
    let toml = |status: &str| {
        format!("+++\nstatus = \"{status}\" # x\nauthors = \"A. Author\"\ndiscussion = \"N/A\"\n+++\n\n## Summary\n")
    };
    fixing.check(&toml("fnal"), "Change to \"final\"", &toml("final"));
    let braces =
        |status: &str| format!("---\n{{status: {status}, authors: A. Author, discussion: N/A}}\n---\n\n## Summary\n");
    fixing.check(&braces("fnal"), "Change to \"final\"", &braces("final"));
}

#[test]
fn invalid_metadata_value_is_silent_about_an_open_list() {
    for list in ["draft | final | …", "draft | final | other", "(1.x / 2.x)", "Core/Meta"] {
        check_silent("invalid-metadata-value", &format!("- Status: {list}\n\n## S\n"), "- Status: none\n\n## S\n");
    }
    let swift = "- Status: Draft | Implemented\n\n## S\n";
    check_silent("invalid-metadata-value", swift, "- Status: **Implemented (Swift 5.9)**\n\n## S\n");
}

#[test]
fn invalid_metadata_value_knows_what_a_value_starts_with() {
    let template = "- Status: draft | final | replaced by XIP-0123\n\n## S\n";
    for value in ["replaced by XIP-7", "Replaced by [that](xip-7.md)", "draft/final", "final"] {
        check_silent("invalid-metadata-value", template, &format!("- Status: {value}\n\n## S\n"));
    }
    check_silent_but_with(
        "invalid-metadata-value",
        template,
        "- Status: other\n          ^^^^^ warning[invalid-metadata-value]: \"other\" is not allowed for \"Status\"; \
         use one of \"draft\", \"final\", \"replaced by …\"\n\n## S\n",
    );
    let template = "- Type: <Standard (Core, Meta) | Process>\n\n## S\n";
    for value in ["Standard (Core/Meta)", "Core", "<Process>", "Core, Meta", "Standard"] {
        check_silent("invalid-metadata-value", template, &format!("- Type: {value}\n\n## S\n"));
    }
}

#[test]
fn invalid_metadata_value_is_silent_about_what_is_around_a_value() {
    for status in ACCEPTED {
        let source = format!("# XIP-1: C\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n{SECTIONS}");
        check_silent("invalid-metadata-value", TEMPLATE, &source);
    }
}

#[test]
fn invalid_metadata_value_fix_leaves_what_is_around_a_value() {
    let with = |status: &str| format!("# XIP-1: C\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n{SECTIONS}");
    for (before, after) in [
        ("[Acepted](xip-2.md)", "[Accepted](xip-2.md)"),
        ("~~Draft~~ **Acepted**", "~~Draft~~ **Accepted**"),
        ("✅ Acepted", "✅ Accepted"),
        ("~~Drat~~", "Draft"),
    ] {
        let title = if after == "Draft" { "Change to \"Draft\"" } else { "Change to \"Accepted\"" };
        check_fix(&with(before), title, &with(after));
    }
    let template = "# T\n\n- Status: ✅ Accepted | 📝 Draft\n\n## Summary\n";
    let fixing = Fixing { template, ..Fixing::default() };
    let with = |status: &str| format!("# Cache\n\n- Status: {status}\n\n## Summary\n");
    fixing.check(&with("📝 Acepted"), "Change to \"✅ Accepted\"", &with("✅ Accepted"));
    for status in ["✅ Accepted", "accepted", "📝 Draft"] {
        check_silent("invalid-metadata-value", template, &with(status));
    }
    let fixing = Fixing { template: "# T\n\n- Status: ✅ Accepted | Draft\n\n## Summary\n", ..Fixing::default() };
    fixing.check(&with("📝 Acepted"), "Change to \"✅ Accepted\"", &with("✅ Accepted"));
}

#[test]
fn value_too_long_counts_without_number_and_quotes() {
    let template = "---\ntitle: <Title>\ndescription: <One short sentence, one sentence only>\n---\n\n<!-- The title should be 12 characters or less. -->\n\n## Summary\n\n## Design\n";
    check_silent_but_with(
        "value-too-long",
        template,
        "---\ntitle: A title of that\n       \
         ^^^^^^^^^^^^^^^ warning[value-too-long]: \"title\" has 15 characters, but at most 12 are allowed; shorten it\n\
         description: It is fast. It is small.\n             \
         ^^^^^^^^^^^^^^^^^^^^^^^^ warning[value-too-long]: \"description\" has 2 sentences, but one is allowed; shorten it\n\
         ---\n\n## Summary\n",
    );
    check_silent_but_with(
        "value-too-long",
        "# XIP-NNN: Title\n\n_The title must not exceed 2 words._\n\n## Summary\n",
        "# XIP-7: A title - long\n  ^^^^^^^^^^^^^^^^^^^^^ warning[value-too-long]: title has 3 words, but at most 2 are allowed; shorten it\n\n## Summary\n",
    );
}

#[test]
fn value_too_long_is_silent_about_what_fits() {
    let template = "---\ntitle: <Title>\ndescription: <One short sentence, one sentence only>\n---\n\n<!-- The title should be 12 characters or less. -->\n\n## Summary\n\n## Design\n";
    for (title, description) in
        [("\"Exactly 12 c\"", "Rows, e.g. Those of A. Author, are cached."), ("<Title>", ""), ("Übergröße 💡", "Fast!")]
    {
        check_silent(
            "value-too-long",
            template,
            &format!("---\ntitle: {title}\ndescription: {description}\n---\n\n## Summary\n"),
        );
    }
}

#[test]
fn value_too_long_is_information_once_the_status_has_moved_on() {
    let template = "---\ntitle: <title, at most 5 characters>\nstatus: Draft\n---\n\n## Summary\n";
    let with = |status: &str| format!("---\ntitle: Caches\nstatus: {status}\n---\n\n## Summary\n\nFast.\n");
    let severity = |status: &str| {
        let found = diagnostics(&Document::closed(&with(status)), &Template::derive(template, None));
        found.into_iter().find(|found| found.rule.id == "value-too-long").map(|found| found.severity)
    };
    assert_eq!(severity("Draft"), Some(Severity::Warning));
    assert_eq!(severity("Final"), Some(Severity::Information));
}

#[test]
fn invalid_metadata_value_fix_mends_a_day_with_a_blank_in_it() {
    let fixing = Fixing { template: "# T\n\n- Created: YYYY-MM-DD\n\n## Summary\n", ..Fixing::default() };
    let with = |day: &str| format!("# Cache\n\n- Created: {day}\n\n## Summary\n");
    fixing.check(&with("2026-01- 30"), "Write \"2026-01-30\"", &with("2026-01-30"));
}
