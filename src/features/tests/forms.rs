//! Completion of metadata in whichever form the template has it.

use super::*;
use crate::document::Document;

/// The labels offered at `$0` of `marked`, a document by `template`, and the line with the first of them.
fn offered(template: &str, marked: &str) -> (String, String) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::derive(template, None);
    let found = complete(&Proposal::of(&document, &template), offset, Trigger::Invoked);
    let labels: Vec<_> = found.iter().map(|found| found.label.as_str()).collect();
    let first = found.first().map(|first| apply(document.text(), std::slice::from_ref(&first.edit)));
    let line = first.map(|text| text.slice(text.line_span_at(offset)).into_owned()).unwrap_or_default();
    (labels.join(", "), line)
}

fn check(template: &str, marked: &str, labels: &str, line: &str) {
    assert_eq!(offered(template, marked), (labels.to_owned(), line.to_owned()), "{marked}");
}

#[test]
fn keys_and_values_are_offered_in_lines() {
    let lines = "# T\n\n**Status:** Draft | Final\n**Author:** (names)\n**Team:** x\n\n## Summary\n";
    check(lines, "# C\n\n**Status:** $0\n\n## Summary\n", "Draft, Final", "**Status:** Draft");
    check(lines, "# C\n\n**Status:**$0\n\n## Summary\n", "Draft, Final", "**Status:** Draft");
    check(lines, "# C\n\nStatus: Dr$0aft\n\n## Summary\n", "Draft, Final", "Status: Draft");
    check(lines, "# C\n\n**Status:** Draft\nAu$0\n\n## Summary\n", "**Author:**, **Team:**", "**Author:** ");
    check(lines, "# C\n\nSta$0\n\n## Summary\n", "**Status:**, **Author:**, **Team:**", "**Status:** ");
    check(lines, "# C\n\n**Status:** Draft\n\nText of it, as it goes $0\n\n## Summary\n", "", "");
}

#[test]
fn keys_and_values_are_offered_in_preformatted_text() {
    let pre = "# T\n\n<pre>\n  Status: Draft | Final\n  Author: (names)\n</pre>\n\n## Summary\n";
    check(pre, "# C\n\n<pre>\n  Status: $0\n</pre>\n\n## Summary\n", "Draft, Final", "  Status: Draft");
    check(pre, "# C\n\n<pre>\n  Status: Draft\n  Au$0\n</pre>\n\n## Summary\n", "Author:", "  Author: ");
    check(pre, "# C\n\n<pre>\n  Status: Draft\n</pre>\n\n    Au$0\n\n## Summary\n", "", "");
}

#[test]
fn values_are_offered_in_tables() {
    let html = "# T\n\n<table>\n<tr><td>Status</td><td>Draft | Final</td></tr>\n</table>\n\n## Summary\n";
    let row = "<tr><td>Status</td><td>Draft</td></tr>";
    check(html, "# C\n\n<table>\n<tr><td>Status</td><td>$0</td></tr>\n</table>\n\n## Summary\n", "Draft, Final", row);
    check(html, "# C\n\n<table>\n<tr><td>Stat$0us</td><td>x</td></tr>\n</table>\n\n## Summary\n", "", "");
    let table = "# T\n\n| Status | Draft \\| Final |\n| - | - |\n| Team | |\n\n## Summary\n";
    check(table, "# C\n\n| Status | $0 |\n| - | - |\n\n## Summary\n", "Draft, Final", "| Status | Draft |");
    check(table, "# C\n\n| Status | Fi$0 |\n| - | - |\n\n## Summary\n", "Draft, Final", "| Status | Draft |");
}

#[test]
fn keys_are_offered_in_the_documents_own_form() {
    let list = "# T\n\n- **Status**: Draft | Final\n- **Author**: (names)\n\n## Summary\n";
    check(list, "# C\n\nStatus: Draft\nAu$0\n\n## Summary\n", "Author:", "Author: ");
    check(list, "# C\n\nStatus: $0\n\n## Summary\n", "Draft, Final", "Status: Draft");
}

#[test]
fn completion_offers_keys_of_front_matter_as_they_are_typed() {
    let template = Template::derive("---\nstatus: draft\npull-request: none\n---\n\n# T\n\n## A\n", None);
    for (typed, is_offered) in
        [("", true), ("sta", true), ("pull-", true), ("own_key", true), (" sta", false), ("[sta", false), ("#", false)]
    {
        let document = Document::open(&format!("---\nowner: A. Author\n{typed}\n---\n\n# T\n"));
        let at = Offset::new("---\nowner: A. Author\n".len() + typed.len());
        let found = complete(&Proposal::of(&document, &template), at, Trigger::Invoked);
        assert_eq!(found.iter().any(|found| found.label == "status:"), is_offered, "{typed}");
    }
}
