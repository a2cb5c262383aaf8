//! The rules of what settings require of metadata: types, conditions, order.

use super::*;
use crate::template::{Condition, Constraint, Overrides, Pattern, ValueKind};

const FAMILY: &str = "---\nxip: <number>\ntitle: <title>\nauthor: <names>\nstatus: Draft\ntype: <Core, Meta, or Other>\narea: <A, or B> # Only required for Core. Otherwise, remove this field.\ncreated: <yyyy-mm-dd>\n---\n\n## Summary\n\n## Design\n";

fn of(name: &str) -> Constraint {
    Constraint { name: name.to_owned(), ..Constraint::default() }
}

fn pattern(called: &str, source: &str) -> Pattern {
    Pattern::compile(called, source).expect("it is valid")
}

/// The template with one constraint on each of several keys.
fn template(constraints: Vec<Constraint>) -> Template {
    let mut overrides = Overrides::default();
    constraints.into_iter().for_each(|constraint| overrides.constrain(constraint));
    Template::derive(FAMILY, None).with(&overrides)
}

/// What the rule `id` finds in a document with the front matter `lines`, with what it marks, and its first fix.
fn found(id: &str, template: &Template, lines: &str) -> Vec<(String, String, Option<String>)> {
    let source = format!("---\n{lines}\n---\n\n## Summary\n\nS.\n\n## Design\n\nD.\n");
    let document = Document::closed(&source);
    let proposal = Proposal::of(&document, template);
    let found = check_rules(&proposal).into_iter().filter(|found| found.rule.id == id);
    let told = |found: Diagnostic| {
        let fixed = fixes(&proposal, &found).first().map(|fix| {
            let after = apply(document.text(), &fix.edits).to_string();
            after.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map(|(lines, _)| lines.to_owned())
        });
        (found.message.to_string(), document.text().slice(found.span).into_owned(), fixed.flatten())
    };
    found.map(told).collect()
}

/// Checks what is said of `value` for a key with `constraint`, and the value after the first fix.
fn check_value(constraint: Constraint, value: &str, message: &str, marked: &str, fixed: Option<&str>) {
    let template = template(vec![constraint.clone()]);
    let line = |value: &str| format!("{}: {value}", constraint.name);
    let expected = vec![(message.to_owned(), marked.to_owned(), fixed.map(line))];
    assert_eq!(found("invalid-metadata-value", &template, &line(value)), expected, "{value}");
}

#[test]
fn invalid_metadata_value_tells_what_the_type_allows() {
    let date = || Constraint { kind: Some(ValueKind::Date), ..of("created") };
    let said = "\"created\" does not have the format yyyy-mm-dd; rewrite the date";
    check_value(date(), "2026-1-3", said, "2026-1-3", Some("2026-01-03"));
    check_value(date(), "2026/01/03", said, "2026/01/03", Some("2026-01-03"));
    check_value(date(), "2026-01- 03", said, "2026-01- 03", Some("2026-01-03"));
    check_value(date(), "2026 / 1 / 3", said, "2026 / 1 / 3", Some("2026-01-03"));
    let none = "\"2026-0 1-03\" is not a date; write the year, month and day";
    check_value(date(), "2026-0 1-03", none, "2026-0 1-03", None);
    check_value(
        date(),
        "2026-02-30",
        "the date \"2026-02-30\" does not exist; correct \"created\"",
        "2026-02-30",
        None,
    );
    let said = "\"soon\" is not a date; write the year, month and day";
    check_value(date(), "soon", said, "soon", None);
    let german = Constraint { format: Some("DD.MM.YYYY".into()), ..date() };
    let said = "\"created\" does not have the format DD.MM.YYYY; rewrite the date";
    check_value(german, "2026-01-30", said, "2026-01-30", Some("30.01.2026"));
    let plain = || Constraint { format: Some("DD.MM.YYYY".into()), ..of("created") };
    let said = "\"2026-01-30\" does not have the format DD.MM.YYYY; rewrite \"created\"";
    check_value(plain(), "2026-01-30", said, "2026-01-30", None);
    for day in ["30.01.2026", "30.01.2026 (again on 2026-02-01)", "30 January 2026"] {
        assert_eq!(found("invalid-metadata-value", &template(vec![plain()]), &format!("created: {day}")), [], "{day}");
    }
    let number = Constraint { kind: Some(ValueKind::Number), ..of("xip") };
    check_value(number, "XIP-1", "\"XIP-1\" is not a number; write only digits", "XIP-1", None);
    let version = Constraint { kind: Some(ValueKind::Version), ..of("since") };
    let said = "\"next\" is not a version; write digits and full stops, as in \"1.2.0\"";
    check_value(version, "next", said, "next", None);
    let link = Constraint { kind: Some(ValueKind::Link), ..of("discussion") };
    let said = "\"forum\" is not an address on the web; start it with \"https://\"";
    check_value(link, "forum", said, "forum", None);
    let people = || Constraint { kind: Some(ValueKind::People), ..of("author") };
    let said =
        "\"B (b)\" is not a person; write \"A. Author\", \"A. Author (@author)\" or \"A. Author <a@example.org>\"";
    check_value(people(), "A. Author (@a), B (b)", said, "B (b)", None);
    let handle = Constraint { has_handle: Some(true), ..people() };
    let said = "\"author\" has no handle; add one, as in \"A. Author (@author)\"";
    check_value(handle, "A. Author <a@example.org>", said, "A. Author <a@example.org>", None);
    let said = "\"author\" is not separated by a comma and a space; correct it";
    check_value(people(), "A. Author,B. Author ,", said, "A. Author,B. Author ,", Some("A. Author, B. Author"));
    let numbers = || Constraint { kind: Some(ValueKind::Numbers), is_sorted: Some(true), ..of("requires") };
    check_value(numbers(), "7, 5", "the numbers of \"requires\" do not ascend; sort them", "7, 5", Some("5, 7"));
    let said = "\"XIP-7\" is not a number; write numbers, separated by commas";
    check_value(numbers(), "5, XIP-7", said, "XIP-7", None);
    let proposals = Constraint { kind: Some(ValueKind::Proposals), ..of("requires") };
    let said = "\"it\" is not a proposal; write the numbers of proposals, separated by commas";
    check_value(proposals, "XIP-7, it", said, "it", None);
}

#[test]
fn invalid_metadata_value_tells_what_the_text_must_be() {
    let short = Constraint { min_characters: Some(4), ..of("title") };
    let said = "\"title\" has 2 characters, but at least 4 are required; say more";
    check_value(short, "Me", said, "Me", None);
    let thread = pattern("a thread of the forum", "^https://forum\\.example\\.org/t/[0-9]+$");
    let forum = Constraint { patterns: Some(vec![thread, pattern("\"none\"", "^none$")]), ..of("discussion") };
    let said = "\"discussion\" is not a thread of the forum or \"none\"; correct it";
    check_value(forum, "https://forum.example.org/", said, "https://forum.example.org/", None);
    let forbidden =
        Constraint { forbidden: Some(vec![pattern("the word \"standard\"", "(?i)standar\\w*")]), ..of("title") };
    let said = "\"title\" must not have the word \"standard\"; rephrase it";
    check_value(forbidden, "A Standardised Cache", said, "Standardised", None);
    let maps = template(vec![Constraint { is_required: Some(true), ..of("title") }]);
    assert_eq!(found("invalid-metadata-value", &maps, "title:\n  - a: b"), []);
    let required = Constraint { is_required: Some(true), ..of("title") };
    let some = Constraint { min_characters: Some(1), ..of("title") };
    for filled in [required, some] {
        let told = found("invalid-metadata-value", &template(vec![filled]), "title:");
        assert_eq!(told, [("\"title\" has no value; add one".to_owned(), "title".to_owned(), None)]);
    }
}

#[test]
fn invalid_metadata_value_is_silent_about_what_the_settings_allow() {
    let all = vec![
        Constraint { kind: Some(ValueKind::Date), is_required: Some(true), ..of("created") },
        Constraint { kind: Some(ValueKind::Number), ..of("xip") },
        Constraint { kind: Some(ValueKind::People), has_handle: Some(true), ..of("author") },
        Constraint { kind: Some(ValueKind::Numbers), is_sorted: Some(true), ..of("requires") },
        Constraint { kind: Some(ValueKind::Link), ..of("discussion") },
        Constraint { kind: Some(ValueKind::List), ..of("tags") },
        Constraint { kind: Some(ValueKind::Text), min_characters: Some(2), ..of("title") },
    ];
    let template = template(all);
    for lines in [
        "created: 2026-01-30\nxip: 7\nauthor: A. Author (@author), B. Author\nrequires: 1, 7, 20\ndiscussion: https://example.org/a\ntags: a, b\ntitle: Me",
        "created: \"2026-01-30\"\nxip: '7'\nauthor:\n  - A. Author (@author)\n  - B. Author\nrequires: [1, 7]\ntags: [a,b]\n",
        "created: <yyyy-mm-dd>\nxip: <number>\nauthor: <names>\nrequires:\ntitle: <title>",
        "created: 2026-01-30 # or so\nrequires:\n- 1\n- 7",
    ] {
        assert_eq!(found("invalid-metadata-value", &template, lines), [], "{lines}");
    }
}

#[test]
fn a_title_in_the_heading_has_constraints_too() {
    let title = Constraint { min_characters: Some(4), forbidden: Some(vec![pattern("a colon", ":")]), ..of("Title") };
    let mut overrides = Overrides::default();
    overrides.constrain(title);
    let template = Template::derive("# XIP-NNN: Title\n\n- **Status**: Draft\n\n## Summary\n", None).with(&overrides);
    let told = |source: &str| {
        let document = Document::closed(source);
        let found = check_rules(&Proposal::of(&document, &template)).into_iter();
        let found = found.filter(|found| found.rule.id == "invalid-metadata-value");
        found.map(|found| found.message.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told("# XIP-1: It\n\n- **Status**: Draft\n\n## Summary\n").len(), 1);
    assert_eq!(told("# XIP-1: All: it\n\n- **Status**: Draft\n\n## Summary\n").len(), 1);
    assert_eq!(told("# XIP-1: All of it\n\n- **Status**: Draft\n\n## Summary\n"), Vec::<String>::new());
}

#[test]
fn unexpected_metadata_follows_the_conditions_of_the_template_and_its_fix_removes_the_line() {
    let template = Template::derive(FAMILY, None);
    let rest = "xip: 1\ntitle: T\nauthor: A. Author\nstatus: Draft\ncreated: 2026-01-30";
    let missing = found("missing-metadata", &template, &format!("{rest}\ntype: Core"));
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].0, "metadata \"area\" is missing; add it after \"type\"");
    assert_eq!(found("missing-metadata", &template, &format!("{rest}\ntype: Meta")), []);
    let needless = found("unexpected-metadata", &template, &format!("{rest}\ntype: Meta\narea: A"));
    let fixed = format!("{rest}\ntype: Meta");
    let said = "\"area\" is only for proposals whose \"type\" is \"Core\"; remove it";
    assert_eq!(needless, [(said.to_owned(), "area".to_owned(), Some(fixed))]);
}

#[test]
fn unexpected_metadata_is_silent_if_the_condition_holds_or_cannot_be_told() {
    let template = Template::derive(FAMILY, None);
    for lines in ["type: Core\narea: A", "area: A", "type: Meta", "type: core\narea: <A, or B>"] {
        assert_eq!(found("unexpected-metadata", &template, lines), [], "{lines}");
    }
}

#[test]
fn conditions_of_the_settings_hold_together() {
    let when = |key: &str, value: &str| Condition { key: key.into(), values: vec![value.into(), "Other".into()] };
    let reason =
        Constraint { required_when: Some(vec![when("status", "Withdrawn"), when("type", "Core")]), ..of("reason") };
    let template = template(vec![reason]);
    let missing = |status: &str, kind: &str| {
        let lines =
            format!("xip: 1\ntitle: T\nauthor: A\nstatus: {status}\ntype: {kind}\narea: A\ncreated: 2026-01-30");
        found("missing-metadata", &template, &lines).len()
    };
    assert_eq!(missing("Withdrawn", "Core"), 1);
    assert_eq!((missing("Draft", "Core"), missing("Withdrawn", "Meta")), (0, 0));
}

/// The template with an order of keys.
fn ordered() -> Template {
    let order = ["xip", "title", "author", "status"].map(str::to_owned).to_vec();
    Template::derive(FAMILY, None).with(&Overrides { key_order: Some(order), ..Overrides::default() })
}

#[test]
fn metadata_order_has_a_fix_that_sorts_whole_entries() {
    let told =
        found("metadata-order", &ordered(), "title: T\nauthor:\n  - A. Author\n  - B. Author\nxip: 1\nstatus: Draft");
    let fixed = "xip: 1\ntitle: T\nauthor:\n  - A. Author\n  - B. Author\nstatus: Draft".to_owned();
    let said = "\"xip\" is out of order; move it to the top".to_owned();
    assert_eq!(told, [(said, "xip".to_owned(), Some(fixed))]);
    let told = found("metadata-order", &ordered(), "xip: 1\nstatus: Draft\ntitle: T # it\nauthor: A. Author");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "\"status\" is out of order; move it after \"author\"");
    // A comment belongs to somebody.
    let told = found("metadata-order", &ordered(), "title: T\n# The number\nxip: 1");
    assert_eq!((told.len(), told[0].2.clone()), (1, None));
}

#[test]
fn metadata_order_is_silent_about_keys_in_order_and_without_the_setting() {
    for lines in ["xip: 1\ntitle: T\nstatus: Draft", "title: T", "", "xip: 1\nother: 2\ntitle: T"] {
        assert_eq!(found("metadata-order", &ordered(), lines), [], "{lines}");
    }
    assert_eq!(found("metadata-order", &Template::derive(FAMILY, None), "title: T\nxip: 1"), []);
    let told = found("unexpected-metadata", &ordered(), "xip: 1\nother: 2\ntitle: T");
    assert_eq!(
        told,
        [(
            "\"other\" is not among the keys of the setting \"metadata-order\"; remove it".to_owned(),
            "other".to_owned(),
            Some("xip: 1\ntitle: T".to_owned())
        )]
    );
}

#[test]
fn value_too_long_has_its_severity_at_any_status_if_the_settings_have_the_limit() {
    let template = template(vec![Constraint { max_characters: Some(4), ..of("title") }]);
    let severity = |template: &Template, status: &str| {
        let source = format!("---\ntitle: A long one\nstatus: {status}\n---\n\n## Summary\n\nS.\n");
        let document = Document::closed(&source);
        let found = check_rules(&Proposal::of(&document, template));
        found.iter().find(|found| found.rule.id == "value-too-long").map(|found| found.severity)
    };
    assert_eq!([severity(&template, "Draft"), severity(&template, "Final")], [Some(Severity::Warning); 2]);
    let own = Template::derive(&FAMILY.replace("<title>", "<title in at most 4 characters>"), None);
    assert_eq!(
        [severity(&own, "Draft"), severity(&own, "Final")],
        [Some(Severity::Warning), Some(Severity::Information)]
    );
}

#[test]
fn invalid_metadata_value_reads_lists_of_yaml_and_touches_none() {
    let numbers = Constraint { kind: Some(ValueKind::Numbers), is_sorted: Some(true), ..of("requires") };
    let people = Constraint { kind: Some(ValueKind::People), has_handle: Some(true), ..of("author") };
    let template = template(vec![numbers, people]);
    for list in [
        "requires:\n  - abc\n  - 3\n  - 1",
        "requires: [abc, 3, 1]",
        "requires: [abc,\n  3, 1]",
        "requires: [\n  abc,\n  3,\n  1 ]",
    ] {
        let told = found("invalid-metadata-value", &template, list);
        let said: Vec<&str> = told.iter().map(|(message, ..)| message.as_str()).collect();
        let expected = [
            "the numbers of \"requires\" do not ascend; sort them",
            "\"abc\" is not a number; write numbers, separated by commas",
        ];
        assert_eq!(said, expected, "{list}");
        assert!(told.iter().all(|(_, _, fixed)| fixed.is_none()), "{list}");
    }
    for list in [
        "author: [A. Author (@a),\n  B. Author]",
        "author: [\"A. Author (@a)\" , B. Author]",
        "requires: [1,\n 2]",
        "requires: [\n  1,\n  2 ]",
    ] {
        assert_eq!(found("invalid-metadata-value", &template, list), [], "{list}");
    }
    assert_eq!(found("invalid-metadata-value", &template, "author:\n  - A. Author").len(), 1);
}

#[test]
fn unexpected_metadata_is_silent_if_the_value_of_the_other_key_may_be_a_slip() {
    let template = Template::derive(FAMILY, None);
    for lines in ["type: Cores\narea: A", "type:\narea: A", "type:\n  - Core\narea: A"] {
        assert_eq!(found("unexpected-metadata", &template, lines), [], "{lines}");
    }
}

#[test]
fn a_comment_behind_a_value_in_a_list_stays_behind_it() {
    let numbers = Constraint { kind: Some(ValueKind::Numbers), is_sorted: Some(true), ..of("Requires") };
    let mut overrides = Overrides::default();
    overrides.constrain(numbers);
    let template = Template::derive("# XIP-NNN: Title\n\n- **Status**: Draft\n- **Requires**: x\n\n## Summary\n", None)
        .with(&overrides);
    let document =
        Document::closed("# XIP-1: T\n\n- **Status**: Draft\n- **Requires**: 3, 1 <!-- c -->\n\n## Summary\n");
    let proposal = Proposal::of(&document, &template);
    let found = check_rules(&proposal).into_iter().find(|found| found.rule.id == "invalid-metadata-value");
    let fix = fixes(&proposal, &found.expect("it is found")).remove(0);
    assert!(apply(document.text(), &fix.edits).to_string().contains("**Requires**: 1, 3 <!-- c -->\n"));
}

#[test]
fn a_day_that_can_be_read_in_two_ways_is_left_to_the_author() {
    let date = Constraint { kind: Some(ValueKind::Date), format: Some("DD.MM.YYYY".into()), ..of("created") };
    let said = "\"created\" does not have the format DD.MM.YYYY; rewrite the date";
    check_value(date.clone(), "02/01/2026", said, "02/01/2026", None);
    check_value(date, "2.1.2026", said, "2.1.2026", Some("02.01.2026"));
}
