//! Every feature through one `check`: a document with a `$0` for the cursor, the expectation beside it.

mod declaration;
mod folds;
mod forms;
mod highlights;
mod hints;
mod hover;
mod linked;
mod readiness;
mod rewrite;
mod selection;
mod tokens;

use expect_test::{Expect, expect};

use super::completion::{Completion, Trigger, complete};
use super::fix_all::fix_all;
use super::hover::hover;
use super::outline::{Symbol, outline};
use crate::document::{Document, Proposal};
use crate::rules::{Severities, check};
use crate::template::Template;
use crate::text::{Offset, apply};

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

- **Status**: _one of ['Draft', 'Under Review', 'Accepted']_
- **Author(s)**: _(Names)_

## Summary _(8 words at most)_

_Say what changes._

## Design

## Notes _(optional)_
";

fn completions(marked: &str, trigger: Trigger) -> (Document, Vec<Completion>) {
    let offset = marked.find("$0").expect("a cursor");
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::derive(TEMPLATE, None);
    let found = complete(&Proposal::of(&document, &template), Offset::new(offset), trigger);
    for completion in &found {
        assert!(completion.edit.span.touches(Offset::new(offset)), "the edit has the cursor");
    }
    (document, found)
}

/// The labels offered, the likely one with a star, and the document after the first.
fn check_completion(marked: &str, expected: Expect) {
    let (document, found) = completions(marked, Trigger::Invoked);
    let labels: Vec<_> =
        found.iter().map(|found| format!("{}{}", found.label, if found.is_likely { "*" } else { "" })).collect();
    let mut shown = labels.join(", ");
    if let Some(first) = found.first() {
        shown = format!("{shown}\n---\n{}", apply(document.text(), std::slice::from_ref(&first.edit)));
    }
    expected.assert_eq(&shown);
}

fn check_no_completion(marked: &str) {
    assert_eq!(completions(marked, Trigger::Invoked).1, [], "{marked}");
}

#[test]
fn completion_offers_missing_sections_on_a_blank_line() {
    check_completion(
        "# XIP-1: C\n\n$0\n\n## Design\n",
        expect![[r#"
        ## Summary*, ## Notes
        ---
        # XIP-1: C

        ## Summary

        ## Design
    "#]],
    );
}

#[test]
fn completion_offers_the_parts_of_the_section_at_the_cursor() {
    let template = Template::derive(
        "# XIP-NNN: Title\n\n## Design\n\n### Goals\n\n### Costs\n\n#### Now\n\n## Notes\n\n### Log\n",
        None,
    );
    let labels = |marked: &str| {
        let offset = Offset::new(marked.find("$0").expect("a cursor"));
        let document = Document::open(&marked.replacen("$0", "", 1));
        let found = complete(&Proposal::of(&document, &template), offset, Trigger::Invoked).into_iter();
        found.map(|found| format!("{}{}", found.label, if found.is_likely { "*" } else { "" })).collect::<Vec<_>>()
    };
    assert_eq!(labels("# XIP-1: C\n\n## Design\n\n$0\n"), ["### Goals*", "### Costs", "## Notes"]);
    assert_eq!(labels("# XIP-1: C\n\n### Design\n\n##### Goals\n\n### $0\n"), ["##### Costs*", "### Notes"]);
    assert_eq!(labels("# XIP-1: C\n\n## Design\n\n### Costs\n\n$0\n\n## Notes\n"), ["### Goals", "#### Now*"]);
    assert_eq!(labels("# XIP-1: C\n\n## Design\n\n## Notes\n\n### Log\n\n$0"), [] as [&str; 0]);
    assert_eq!(labels("# XIP-1: C\n\n$0\n\n## Design\n\n## Notes\n"), [] as [&str; 0]);
}

#[test]
fn completion_marks_the_section_that_comes_next() {
    check_completion(
        "## Summary\n\nText 💡.\n\n## $0\n",
        expect![[r#"
        ## Design*, ## Notes
        ---
        ## Summary

        Text 💡.

        ## Design
    "#]],
    );
    check_completion(
        "# Design\n\n### No$0\n",
        expect![[r#"
        # Summary, # Notes*
        ---
        # Design

        # Summary
    "#]],
    );
}

#[test]
fn completion_stays_out_of_everything_but_the_block_level() {
    for marked in [
        "---\na: b\n$0\n---\n",
        "```\n$0\n```\n",
        "```\n# $0\n",
        "<!--\n$0\n-->\n",
        "<!--\n\n# $0",
        "- a\n\n$0\n\n- b\n",
        "| a |\n| - |\n$0| b |\n",
        "> ## $0\n",
        "- ## $0\n",
        "Text $0\n",
        "Text\n#tag$0\n",
        "    # $0\n",
        "$0## Summary\n",
        "####### $0\n",
        "# XIP-1: $0\n",
        "## De$0sign of my own\n",
    ] {
        check_no_completion(marked);
    }
}

#[test]
fn completion_does_not_pop_up_after_a_space_on_a_blank_line() {
    assert_eq!(completions("# XIP-1: C\n\n $0\n", Trigger::Character(' ')).1, []);
    assert_ne!(completions("# XIP-1: C\n\n## $0\n", Trigger::Character(' ')).1, []);
}

#[test]
fn completion_compares_with_what_was_typed_and_escapes_snippets() {
    let (_, found) = completions("#$0", Trigger::Character('#'));
    assert_eq!((found[0].filter.as_str(), found[0].snippet.as_deref()), ("# Summary", Some("## Summary\n\n$0")));
    assert_eq!(found[0].documentation.as_deref(), Some("_Say what changes._"));
}

#[test]
fn completion_offers_the_values_of_a_key() {
    check_completion(
        "# XIP-1: C\n\n- **Status**: $0\n",
        expect![[r#"
        Draft, Under Review, Accepted
        ---
        # XIP-1: C

        - **Status**: Draft
    "#]],
    );
    check_completion(
        "# XIP-1: C\n\n- **Status**:$0\n",
        expect![[r#"
        Draft, Under Review, Accepted
        ---
        # XIP-1: C

        - **Status**: Draft
    "#]],
    );
    check_completion(
        "# XIP-1: C\n\n* __Status:__ _Un$0der_\n\n## Design\n",
        expect![[r#"
        Draft, Under Review, Accepted
        ---
        # XIP-1: C

        * __Status:__ _Draft_

        ## Design
    "#]],
    );
    check_no_completion("# XIP-1: C\n\n- **Author(s)**: $0\n");
    check_no_completion("# XIP-1: C\n\n## Design\n\n- **Status**: $0\n");
}

#[test]
fn completion_takes_what_stands_for_a_value_for_a_value_to_be() {
    let (_, found) = completions("# XIP-1: C\n\n- **Status**: Under $0\n", Trigger::Invoked);
    let review = &found[1];
    assert_eq!((review.filter.as_str(), review.snippet.as_deref()), ("Under Review", Some("Under Review")));
    let template = Template::derive(TEMPLATE, None);
    let placeholder = &template.metadata[0].placeholder;
    let inside = placeholder.strip_suffix('_').expect("it is in italics");
    let source = format!("# XIP-1: C\n\n- **Status**: {inside}$0_\n");
    let (_, found) = completions(&source, Trigger::Invoked);
    assert_eq!(found[0].label, "Draft");
    assert!(placeholder.contains(&found[0].filter), "{}", found[0].filter);
}

#[test]
fn completion_offers_the_keys_that_are_missing() {
    check_completion(
        "# XIP-1: C\n\n- **Status**: Draft\n- $0\n\n## Design\n",
        expect![[r#"
            **Author(s)**:
            ---
            # XIP-1: C

            - **Status**: Draft
            - **Author(s)**: 

            ## Design
        "#]],
    );
    check_completion(
        "# XIP-1: C\n\n- **Aut$0\n",
        expect![[r#"
            **Status**:, **Author(s)**:
            ---
            # XIP-1: C

            - **Status**: 
        "#]],
    );
}

#[test]
fn fix_all_leaves_a_comment_that_is_needed_for_the_files_name() {
    let template = Template::derive("# XIP-NNN: Title\n\n## Summary\n\n## Design\n", None);
    let source = "<!-- vip-lsp-disable-next-line number-mismatch -->\n# XIP-1: C\n\n# Summary\n\n# Design\n";
    let document = Document::closed(source);
    let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("xip-2.md"));
    let fixed = apply(document.text(), &fix_all(&proposal, &Severities::default()).edits).to_string();
    assert_eq!(fixed, source.replace("# S", "## S").replace("# D", "## D"));
}

/// What all safe fixes make of `source`, once and for all.
fn check_fix_all(source: &str, expected: &str) {
    let template = Template::derive(TEMPLATE, None);
    let fix = |document: &Document| fix_all(&Proposal::of(document, &template), &Severities::default()).edits;
    let document = Document::open(source);
    let fixed = apply(document.text(), &fix(&document)).to_string();
    assert_eq!(fixed, expected);
    assert_eq!(fix(&Document::closed(&fixed)), []);
}

#[test]
fn fix_all_applies_what_is_safe_and_nothing_else() {
    let source =
        |status: &str, author: &str| format!("# XIP-1: C\r\n\r\n- **Status**: {status}\r\n{author}\r\n## Summary\r\n");
    check_fix_all(&source("Under Revue", ""), &source("Under Review", ""));
    check_fix_all(&source("Done", "- Nothing\r\n"), &source("Done", "- Nothing\r\n"));
    let comments = "<!-- vip-lsp-disable missing-section, duplicate-section, section-too-long -->\r\n\r\n";
    let left = "<!-- vip-lsp-disable missing-section -->\r\n\r\n";
    check_fix_all(&format!("{comments}{}", source("_Acepted_", "")), &format!("{left}{}", source("_Accepted_", "")));
}

#[test]
fn fix_all_goes_on_with_what_the_first_fixes_leave() {
    // Once the one that disables is gone, the other one has nothing to enable.
    let (disable, enable) = ("<!-- vip-lsp-disable stub-proposal -->", "<!-- vip-lsp-enable stub-proposal -->");
    let body = "# XIP-1: C\n\n## Summary\n\n## Design\n\n## Notes\n";
    check_fix_all(&format!("{disable}\n\n{body}\n{enable}\n"), body);
}

#[test]
fn fix_all_takes_what_touches_one_after_the_other() {
    // Taken out at once, each of two comments leaves the line for the other to take.
    let comments = "<!-- vip-lsp-disable section-order --><!-- vip-lsp-disable section-level -->";
    let body = "## Summary\n\n## Design\n\n## Notes\n";
    check_fix_all(&format!("# XIP-1: C\n\n{comments}\n\n{body}"), &format!("# XIP-1: C\n\n{body}"));
}

#[test]
fn fix_all_keeps_its_edits_small() {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::open("# XIP-1: C\n\n- **Status**: Drafft\n- **Author(s)**: A\n\n## Design\n");
    let edits = fix_all(&Proposal::of(&document, &template), &Severities::default()).edits;
    let shown: Vec<_> = edits.iter().map(|edit| (document.text().slice(edit.span), edit.content.as_str())).collect();
    assert_eq!(shown, [("Drafft".into(), "Draft")]);
}

/// What hover says at the cursor, behind the text that it is about.
fn check_hover(marked: &str, expected: Expect) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::derive(TEMPLATE, None);
    let proposal = Proposal::of(&document, &template);
    let diagnostics = check(&proposal, &Severities::default());
    let shown = hover(&proposal, (&diagnostics, &Severities::default()), None, offset)
        .map_or("nothing".to_owned(), |hover| format!("[{}]\n{}\n", document.text().slice(hover.span), hover.markdown));
    expected.assert_eq(&shown);
}

#[test]
fn hover_explains_the_diagnostics_at_the_cursor() {
    check_hover(
        "# XIP-1: C\n\n- **Status**: $0Done\n- **Author(s)**: A\n\n## Summary\n",
        expect![[r#"
            [Done]
            `invalid-metadata-value`

            Reported when a metadata value is not one that the template allows.

            Index pages and tools group proposals by these values. Case does not matter, and neither does a remark after a value, as in `Accepted (in part)`. It is information if another document has the same value, if the template lists its values with slashes and some documents go beyond the list, or if a status is another word for one that is allowed. A proposal that a status or a key names as its successor must exist. A date must be valid and have the template's format. The setting `metadata` may require more of a key: a type, a length, patterns; see the page on settings.

            ---

            `Status`: one of `Draft`, `Under Review`, `Accepted`
        "#]],
    );
    check_hover("# XIP-1: C\n\n- **Status**: Done$0\n- **Author(s)**: A\n\n## Summary\n", expect!["nothing"]);
    check_hover("# XIP-1: C\n\n## $0Own\n\n## Summary\n", expect!["nothing"]);
}

#[test]
fn hover_has_a_section_for_each_rule() {
    check_hover(
        "# XIP-1: C\n\n## Summary _(8 w$0ords at most)_\n",
        expect![[r#"
            [_(8 words at most)_]
            `empty-section`

            Reported when a section of the template has nothing below its heading.

            An empty section looks forgotten. Say briefly why it does not apply, or remove it if it is optional.

            ---

            `heading-instruction`

            Reported when a heading still has the template's note.

            A note in italics after a heading, such as a word limit, is for the author. If it stays, it appears in the table of contents and in every link to the section.

            ---

            0 of at most 8 words

            > _Say what changes._
        "#]],
    );
}

#[test]
fn hover_finds_what_takes_no_room() {
    check_hover(
        "$0\n",
        expect![[r#"
            []
            `stub-proposal`

            Reported when a proposal has no sections.

            The number is taken, and the text is still to come. One finding says so, instead of one for each section of the template. A document that only says where the proposal moved is not reported.
        "#]],
    );
}

fn render(document: &Document, symbols: &[Symbol], depth: usize, into: &mut String) {
    for symbol in symbols {
        let detail = symbol.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let selected = document.text().slice(symbol.selection);
        let lines = document.text().slice(symbol.span).trim_end().lines().count();
        into.push_str(&format!(
            "{}{:?} {}{detail} [{selected}] {lines}\n",
            "  ".repeat(depth),
            symbol.kind,
            symbol.name
        ));
        assert!(symbol.span.start <= symbol.selection.start && symbol.selection.end <= symbol.span.end);
        render(document, &symbol.children, depth + 1, into);
    }
}

fn check_outline(source: &str, expected: Expect) {
    let document = Document::open(source);
    let template = Template::derive(TEMPLATE, None);
    let mut rendered = String::new();
    render(&document, &outline(&Proposal::of(&document, &template)), 0, &mut rendered);
    expected.assert_eq(&rendered);
}

#[test]
fn outline_nests_metadata_and_sections_under_the_title() {
    check_outline(
        "# XIP-1: C\n\n- **Status**: _Draft_\n- **Author(s)**:\n\n## Summary _(8 words at most)_\n\nTwo words.\n\n### *Part*\n\n## Design\n",
        expect![[r#"
            Title XIP-1: C [XIP-1: C] 12
              Metadata Status (Draft) [Status] 1
              Metadata Author(s) [Author(s)] 1
              Section Summary (8 words at most) (3/8 words) [Summary _(8 words at most)_] 5
                Section Part [*Part*] 1
              Section Design [Design] 1
        "#]],
    );
}

#[test]
fn outline_of_a_document_without_a_title_or_names() {
    check_outline(
        "- Status: Draft\n\n#### Deep\n\n## \n\n# Own\n",
        expect![[r#"
            Metadata Status (Draft) [Status] 1
            Section Deep [Deep] 1
            Section (no name) [] 1
            Section Own [Own] 1
        "#]],
    );
}
