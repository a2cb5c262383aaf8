//! The rules of index pages; what proposals say of them stands with the workspace's tests, which has both.

use super::*;

/// Checks what the rule `id` finds on the index page `marked`.
fn check_page(id: &str, marked: &str) {
    let (source, expected) = unmark(marked);
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(&source);
    let page = Proposal::of(&document, &template).within(&PLAIN).as_index();
    let found = check_rules(&page).into_iter().filter(|found| found.rule.id == id);
    let text = |found: Diagnostic| format!("{}[{id}]: {}", found.severity.as_str(), found.message);
    assert_eq!(found.map(|found| (found.span, text(found))).collect::<Vec<_>>(), expected, "{source}");
}

fn check_page_fix(source: &str, title: &str, expected: &str) {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(source);
    let page = Proposal::of(&document, &template).within(&PLAIN).as_index();
    let found = check_rules(&page);
    let fix = found.iter().flat_map(|found| fixes(&page, found)).find(|fix| fix.title == title);
    let fixed = apply(page.text(), &fix.expect("the fix is offered").edits).to_string();
    assert_eq!(fixed, expected);
    let after = Document::closed(&fixed);
    let left = check_rules(&Proposal::of(&after, &template).within(&PLAIN).as_index());
    assert!(left.len() < found.len(), "{left:?}");
}

fn table(row: &str) -> String {
    format!(
        "# All 💡\n\n| XIP | Title | Status |\n| --- | --- | --- |\n{row}\n| [XIP-4](xip-4.md) | Hot caches | Accepted |\n"
    )
}

#[test]
fn index_title_is_reported_at_the_cell() {
    check_page(
        "index-title",
        &table(
            "| [XIP-2](xip-2.md) | 💡 Cold starts | Accepted |\n                      \
             ^^^^^^^^^^^^^^^^ warning[index-title]: \"xip-2.md\" is called \"Warm caches\", not \"💡 Cold starts\"; change the row",
        ),
    );
    check_page(
        "index-title",
        "- [XIP-2: Cold](xip-2.md#notes)\n          ^^^^ warning[index-title]: \"xip-2.md\" is called \"Warm caches\", not \"Cold\"; change the row\n",
    );
}

#[test]
fn index_title_is_silent_about_titles_that_are_as_good_as_the_same() {
    for title in [
        "warm caches",
        "**Warm** `caches`",
        "Warm…",
        "Warm caches.",
        "",
        "XIP-2: Warm caches",
        "XIP Warm caches",
        "002-warm-caches",
    ] {
        check_page("index-title", &table(&format!("| [XIP-2](xip-2.md) | {title} | Accepted |")));
    }
    for list in ["- [The caches](xip-2.md)", "- [XIP-2](xip-2.md): Cold", "- [XIP-2: Cold](xip-3.md)", "- XIP-2: Cold"]
    {
        check_page("index-title", list);
    }
}

#[test]
fn index_title_is_a_hint_where_the_row_is_shorter() {
    check_page(
        "index-title",
        &table(
            "| [XIP-2](xip-2.md) | Caches | Accepted |\n                      \
             ^^^^^^ hint[index-title]: \"xip-2.md\" is called \"Warm caches\", not \"Caches\"; change the row",
        ),
    );
}

#[test]
fn index_title_fix_keeps_the_columns() {
    let fix = |cell: &str, fixed: &str| {
        let row = |cell: &str| table(&format!("| [XIP-2](xip-2.md) | {cell} | Accepted |"));
        check_page_fix(&row(cell), "Change the title to \"Warm caches\"", &row(fixed));
    };
    fix("Cold        ", "Warm caches ");
    fix("Cold caches of all", "Warm caches");
    fix("Cold", "Warm caches");
}

#[test]
fn index_status_is_reported_at_the_cell() {
    check_page(
        "index-status",
        &table(
            "| [XIP-2](xip-2.md) | Warm caches | Draft |\n                                    \
             ^^^^^ warning[index-status]: \"xip-2.md\" has the status \"Accepted\", not \"Draft\"; change the row",
        ),
    );
}

#[test]
fn index_status_is_silent_about_remarks_and_pictures() {
    for status in ["accepted", "_Accepted_", "Accepted (1.2)", "✅", "", "![](a.svg)"] {
        check_page("index-status", &table(&format!("| [XIP-2](xip-2.md) | Warm caches | {status} |")));
    }
}

#[test]
fn index_status_is_silent_where_the_proposals_own_is_none_of_the_templates() {
    let rows = "| XIP | Status |\n| - | - |\n| [XIP-2](xip-2.md) | Draft |\n";
    let document = Document::closed(rows);
    for (statuses, expected) in
        [("Draft \\| Final", 0), ("Draft \\| Accepted", 1), ("Draft \\| Final \\| …", 1), ("", 1)]
    {
        let template = format!("# XIP-NNN: T\n\n| Status | {statuses} |\n| - | - |\n\n## Summary\n");
        let template = Template::derive(&template, None);
        let found = check_rules(&Proposal::of(&document, &template).within(&PLAIN).as_index());
        let count = found.iter().filter(|found| found.rule.id == "index-status").count();
        assert_eq!(count, expected, "{statuses}");
    }
}

#[test]
fn index_status_fix_changes_the_cell() {
    let row = |cell: &str| table(&format!("| [XIP-2](xip-2.md) | Warm caches | {cell} |"));
    check_page_fix(&row("_Draft_   "), "Change the status to \"Accepted\"", &row("Accepted  "));
}

#[test]
fn index_status_has_no_fix_where_a_link_would_be_lost() {
    let template = Template::derive(TEMPLATE, None);
    for (cell, expected) in [("Draft", 1), ("[Draft](notes.md)", 0), ("<b>Draft</b>", 0)] {
        let document = Document::closed(&table(&format!("| [XIP-2](xip-2.md) | Warm caches | {cell} |")));
        let page = Proposal::of(&document, &template).within(&PLAIN).as_index();
        let found = check_rules(&page);
        let status = found.iter().find(|found| found.rule.id == "index-status").expect("another status");
        assert_eq!(fixes(&page, status).len(), expected, "{cell}");
    }
}

#[test]
fn index_missing_entry_is_reported_at_the_row_that_it_follows() {
    check_page(
        "index-missing-entry",
        "- [XIP-2](xip-2.md)\n  ^^^^^^^^^^^^^^^^^ warning[index-missing-entry]: \"xip-4.md\" is not listed here; add a row\n",
    );
}

#[test]
fn index_missing_entry_is_silent_about_pages_that_list_all_or_nothing() {
    check_page("index-missing-entry", "- [XIP-2](xip-2.md)\n\n| a |\n| - |\n| [XIP-4](xip-4.md) |\n");
    check_page("index-missing-entry", "- [Notes](notes.md)\n\n[XIP-2](xip-2.md)\n");
}

#[test]
fn index_missing_entry_fix_adds_a_row() {
    let first = "| XIP | Title | Status |\r\n|-|-|-|\r\n| [XIP-2](xip-2.md) | Warm caches | Accepted |";
    check_page_fix(
        &format!("{first}\r\n"),
        "Add a row for \"xip-4.md\"",
        &format!("{first}\r\n| [XIP-4](xip-4.md) | Hot caches  | Accepted |\r\n"),
    );
    check_page_fix(
        "- [XIP-04: Hot caches](xip-4.md)",
        "Add a row for \"xip-2.md\"",
        "- [XIP-02: Warm caches](xip-2.md)\n- [XIP-04: Hot caches](xip-4.md)",
    );
}

#[test]
fn index_broken_entry_is_reported_at_the_link() {
    check_page(
        "index-broken-entry",
        &table(
            "| [XIP-9](xip-9.md) | 💡 | |\n  \
             ^^^^^^^^^^^^^^^^^ warning[index-broken-entry]: row points to \"xip-9.md\", which does not exist; correct or remove it",
        ),
    );
}

#[test]
fn index_broken_entry_is_silent_about_other_lists_and_other_sites() {
    check_page("index-broken-entry", "- [Notes](notes.md)\n- [Gone](gone.md)\n");
    check_page("index-broken-entry", &table("| [XIP-9](https://example.org/xip-9.md) | a | |"));
    let two = table("| [XIP-2](xip-2.md) | Warm caches | Accepted |") + "\n| File |\n| - |\n| [src](src/main.rs) |\n";
    check_page("index-broken-entry", &two);
}

#[test]
fn index_broken_entry_fix_corrects_or_removes_the_row() {
    let row = |path: &str| table(&format!("| [XIP-2]({path}) | Warm caches | Accepted |"));
    check_page_fix(&row("xip-22.md"), "Change to \"xip-2.md\"", &row("xip-2.md"));
    check_page_fix("- [XIP-2](xip-2.md)\n- [XIP-9](other.md)", "Remove the row", "- [XIP-2](xip-2.md)\n");
}

#[test]
fn a_page_that_lists_proposals_is_no_proposal_itself() {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed("<!-- vip-lsp-disable index-title -->\n\n- [XIP-2: A](xip-2.md)\n");
    let page = Proposal::of(&document, &template).within(&PLAIN).as_index();
    let found: Vec<_> = check_rules(&page).into_iter().map(|found| found.rule.id).collect();
    assert_eq!(found, ["index-missing-entry"]);
}
