//! Hover on what the template has something to say about.

use expect_test::{Expect, expect};

use crate::document::{Document, Proposal};
use crate::features::hover::hover;
use crate::rules::Severities;
use crate::template::{LifeCycle, Overrides, Stage, Template};
use crate::text::Offset;

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

- **Status**: _one of ['Draft', 'Accepted', 'Accepted in part']_
- **Author(s)**: _(Names, <a@b> or `c`)_
- **Release**:

## Summary _(8 words at most)_

_Say what changes._

- **Why?**

## Design

<!--
Say how.

Say where.
-->

## Abstract _(at most 40 characters)_

## Plan

## Notes _(optional)_
";

/// What the template says at the cursor, behind the text that it is about.
fn check(marked: &str, expected: Expect) {
    check_with(TEMPLATE, marked, expected);
}

fn check_with(template: &str, marked: &str, expected: Expect) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::derive(template, None);
    let shown = hover(&Proposal::of(&document, &template), (&[], &Severities::default()), None, offset)
        .map_or("nothing".to_owned(), |hover| format!("[{}]\n{}\n", document.text().slice(hover.span), hover.markdown));
    expected.assert_eq(&shown);
}

#[test]
fn a_section_has_its_length_and_its_guidance() {
    check(
        "# XIP-1: C\n\n##$0 Summary\n\nThree 💡 words séen.\n",
        expect![[r#"
            [## Summary]
            3 of at most 8 words

            > _Say what changes._
            >
            > - **Why?**
        "#]],
    );
    check(
        "# XIP-1: C\n\nDes$0ign\n---\n",
        expect![[r#"
            [Design
            ---]
            > Say how.
            >
            > Say where.
        "#]],
    );
    check(
        "# XIP-1: C\n\n## Abst$0ract\n\nA word 💡.\n",
        expect![[r#"
            [## Abstract]
            6 of at most 40 characters
        "#]],
    );
    check(
        "# XIP-1: C\n\n## No$0tes\n",
        expect![[r#"
            [## Notes]
            optional
        "#]],
    );
}

#[test]
fn metadata_has_the_values_or_what_the_template_has_there() {
    let metadata = |list: &str| format!("# XIP-1: C\n\n{list}\n\n## Summary\n");
    check(
        &metadata("- **Sta$0tus**: _accepted_"),
        expect![[r#"
            [Status]
            `Status`: one of `Draft`, **`Accepted`**, `Accepted in part`
        "#]],
    );
    check(
        &metadata("- **Status**: _Accepted in$0 part (💡)_"),
        expect![[r#"
            [_Accepted in part (💡)_]
            `Status`: one of `Draft`, `Accepted`, **`Accepted in part`**
        "#]],
    );
    check(
        &metadata("- **Status**: $0"),
        expect![[r#"
            []
            `Status`: one of `Draft`, `Accepted`, `Accepted in part`
        "#]],
    );
    check(
        &metadata("- **Aut$0hor**: A"),
        expect![[r#"
            [Author]
            `Author(s)`: `` _(Names, <a@b> or `c`)_ `` in the template
        "#]],
    );
}

#[test]
fn metadata_is_explained_in_every_form() {
    check_with(
        "---\nstatus: Draft | Final\ntype: <one of: A, B>\n---\n\n## Summary\n",
        "---\nstatus: Fi$0nal\n---\n\n## Summary\n",
        expect![[r#"
            [Final]
            `status`: one of `Draft`, **`Final`**
        "#]],
    );
    check_with(
        "# RFC: T\n\n| Field | Value |\n| --- | --- |\n| Owner | _(name)_ |\n\n## Summary\n",
        "# RFC: T\n\n| Field | Value |\n| --- | --- |\n| Owner | A $0B |\n\n## Summary\n",
        expect![[r#"
            [A B]
            `Owner`: `_(name)_` in the template
        "#]],
    );
}

#[test]
fn nothing_is_said_about_anything_else() {
    for marked in [
        "# XI$0P-1: C\n\n## Plan\n",
        "# XIP-1: C\n\n## Pl$0an\n",
        "# XIP-1: C\n\n## Ow$0n\n",
        "# XIP-1: C\n\n## Summary\n\nTe$0xt.\n",
        "# XIP-1: C\n\n$0- **Status**: Draft\n- **Own**: x\n\n## Summary\n",
        "# XIP-1: C\n\n- **Status**: Draft\n- **Ow$0n**: x\n\n## Summary\n",
        "# XIP-1: C\n\n- **Relea$0se**: 1\n\n## Summary\n",
        "$0",
    ] {
        check(marked, expect!["nothing"]);
    }
}

#[test]
fn a_status_has_what_may_follow_and_what_that_needs() {
    let stage = |name: &str, next: &[&str], keys: &[&str]| Stage {
        name: name.to_owned(),
        next: Some(next.iter().map(|next| (*next).to_owned()).collect()),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..Stage::default()
    };
    let stages = vec![
        stage("Draft", &["Review", "Withdrawn"], &[]),
        stage("Review", &["Draft"], &["Discussion"]),
        stage("Withdrawn", &[], &[]),
    ];
    let overrides = Overrides { life_cycle: Some(LifeCycle { stages }), ..Overrides::default() };
    let template =
        Template::derive("# T\n\n- Status: Draft | Review | Withdrawn\n\n## Summary\n", None).with(&overrides);
    for (status, expected) in [
        (
            "Draft",
            "`Status`: one of **`Draft`**, `Review`, `Withdrawn`\n\n---\n\nReview and Withdrawn may follow.\n\n\
             Not ready for Review: \"Review\" requires a value for \"Discussion\".",
        ),
        (
            "Review",
            "`Status`: one of `Draft`, **`Review`**, `Withdrawn`\n\n---\n\nOnly Draft may follow.\n\nReady for Draft.",
        ),
        ("Withdrawn", "`Status`: one of `Draft`, `Review`, **`Withdrawn`**\n\n---\n\nNothing may follow."),
    ] {
        let document = Document::open(&format!("# T\n\n- Status: {status}\n\n## Summary\n\nFast.\n"));
        let proposal = Proposal::of(&document, &template);
        let shown = hover(&proposal, (&[], &Severities::default()), None, Offset::new(16)).expect("a hover");
        assert_eq!(shown.markdown, expected, "{status}");
    }
}
