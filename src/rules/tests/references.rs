//! The rules of links, anchors, labels and numbers.

use super::*;

fn with(link: &str) -> String {
    format!("# XIP-1: C\n\n## Summary\n\n{link}\n\n## Design\n\nD.\n\n## Notes\n\nN.\n")
}

#[test]
fn broken_link_is_reported_at_the_link() {
    check(&with(
        "See 💡 [it](xip-3.md#a).\n         \
         ^^^^^^^^^^^^^^^^ warning[broken-link]: link points to \"xip-3.md\", which does not exist; correct the path",
    ));
}

#[test]
fn broken_link_is_silent_about_what_is_there_and_what_is_elsewhere() {
    for link in [
        "[a](xip-2.md)",
        "[a](https://example.org/no.md)",
        "[a](/no.md)",
        "`[a](no.md)`",
        "[a](mailto:x@y)",
        "VIP-9",
        "A[^1]\n\n[^1]: Ibid.",
        "$A[i](j)$",
        "$$\nA[i](j)\n$$",
        "```\n[a](no.md)\n```\t\n\n[a](xip-2.md)",
    ] {
        check_silent("broken-link", TEMPLATE, &with(link));
    }
}

#[test]
fn broken_link_fix_takes_the_nearest_file() {
    let fix = |link: &str, fixed: &str| check_fix(&with(link), "Change to \"xip-2.md\"", &with(fixed));
    fix("[a](xip-22.md#summary \"t\")", "[a](xip-2.md#summary \"t\")");
    fix("[a](<xip_2.md>)", "[a](<xip-2.md>)");
}

#[test]
fn broken_anchor_is_reported_at_the_link() {
    check(&with(
        "[a](#no) and [b](xip-2.md#none).\n\
         ^^^^^^^^ warning[broken-anchor]: link points to \"#no\", but this document has no such heading; correct the anchor\n             \
         ^^^^^^^^^^^^^^^^^^ warning[broken-anchor]: link points to \"#none\", but \"xip-2.md\" has no such heading; correct the anchor",
    ));
}

#[test]
fn broken_anchor_is_silent_about_anchors_that_are_there() {
    for link in [
        "[a](#design)",
        "[a](xip-2.md#notes)",
        "[a](#)",
        "[a](no.md#no)",
        "[a](#:~:text=no)",
        "[a](#design:~:text=no)",
        "[a](xip-2.md#:~:text=no,-no)",
    ] {
        check_silent("broken-anchor", TEMPLATE, &with(link));
    }
}

#[test]
fn broken_anchor_fix_takes_the_nearest_heading() {
    check_fix(&with("[a](#desing)"), "Change to \"#design\"", &with("[a](#design)"));
    check_fix(&with("[a](xip-2.md#note)"), "Change to \"#notes\"", &with("[a](xip-2.md#notes)"));
}

#[test]
fn a_fix_is_preferred_where_there_is_one_near_answer() {
    for (link, expected) in [
        ("[a](#desing)", Some(true)),
        ("[a](#de)", None),
        ("[a](#notepa)", Some(false)),
        ("[a](xip-3.md)", Some(false)),
        ("[a](xip_2.md)", Some(true)),
    ] {
        let template = Template::derive(TEMPLATE, None);
        let document = Document::closed(&with(link));
        let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("xip-1.md")).within(&PLAIN);
        let found = check_rules(&proposal);
        let broken = found.iter().find(|found| found.rule.id.starts_with("broken")).expect("it is broken");
        let offered = fixes(&proposal, broken);
        assert_eq!(offered.first().map(|fix| fix.is_preferred), expected, "{link}");
    }
}

#[test]
fn undefined_reference_is_reported_at_the_link() {
    check(&with(
        "See [it][gone].\n    ^^^^^^^^^^ warning[undefined-reference]: label \"gone\" is not defined; add a line \"[gone]: …\"",
    ));
}

#[test]
fn undefined_reference_is_reported_of_a_label_alone_and_before_a_footnote() {
    check(&with(
        "See [it all][] and [a/b][].\n    \
         ^^^^^^^^ warning[undefined-reference]: label \"it all\" is not defined; add a line \"[it all]: …\"\n                   \
         ^^^^^ warning[undefined-reference]: label \"a/b\" is not defined; add a line \"[a/b]: …\"\n\
         See [it][gone][^1].\n    ^^^^^^^^^^ warning[undefined-reference]: label \"gone\" is not defined; add a line \"[gone]: …\"",
    ));
}

#[test]
fn undefined_reference_is_silent_about_brackets_that_are_no_links() {
    for text in [
        "[ ] [x] [1]",
        "[a][b]\n\n[b]: https://example.org",
        "`[a][b]`",
        "a[0][1]",
        "word [a][^1]",
        "\\[a][b]",
        "[1][x](https://example.org)",
        "[Slow][Feature:X] [Feature:X][Slow]",
        "[sig-node] [Slow][Serial][Feature:X]",
        "[a][,][b] [a][,] [a][ - ]",
        "As others say [1][2].",
        "$A[i][j]$",
    ] {
        check_silent("undefined-reference", TEMPLATE, &with(text));
    }
}

#[test]
fn duplicate_number_is_reported_at_the_title() {
    check(
        "# XIP-02: C\n  ^^^^^^^^^ warning[duplicate-number]: \"xip-2.md\" also has the number 02; use the next free number\n\n## Summary\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn duplicate_number_is_silent_about_a_number_of_its_own() {
    check_silent("duplicate-number", TEMPLATE, &with(""));
    check_silent("duplicate-number", TEMPLATE, "# Two\n\n## Summary\n");
}

#[test]
fn duplicate_definition_is_reported_at_the_later_one() {
    check(&with(
        "See [a].\n\n[a b]: xip-2.md\n\n[a]: xip-2.md\n[A  B]: xip-4.md\n\
         ^^^^^^^^^^^^^^^^ warning[duplicate-definition]: label \"A B\" is defined twice, and the first definition counts; give this one another label, or remove it\n\
         [A]: <xip-2.md> \"Two\"\n\
         ^^^^^^^^^^^^^^^^^^^^^ hint[duplicate-definition]: label \"A\" is defined twice, with the same destination; remove this one",
    ));
}

#[test]
fn duplicate_definition_shows_the_first_one() {
    let template = Template::derive(TEMPLATE, None);
    let source = with("[a]: xip-2.md\n\n[a]: xip-4.md\n\n[a]: xip-2.md");
    for document in [Document::closed(&source), Document::open(&source)] {
        let found = diagnostics(&document, &template);
        let found: Vec<_> = found.iter().filter(|found| found.rule.id == "duplicate-definition").collect();
        assert_eq!(found.len(), 2);
        let start = Offset::new(source.find("[a]").expect("a definition"));
        let first = Span::new(start, start + "[a]: xip-2.md".len());
        assert!(found.iter().all(|found| found.related[0].place == RelatedPlace::Document(first)));
    }
}

#[test]
fn duplicate_definition_is_silent_about_what_defines_nothing_again() {
    for text in [
        "[a]: xip-2.md",
        "[a]: xip-2.md\n[b]: xip-2.md",
        "[a]: xip-2.md\n\n```\n[a]: xip-4.md\n```",
        "[a]: xip-2.md\n\n    [a]: xip-4.md",
        "[a]: xip-2.md\n\n<!--\n[a]: xip-4.md\n-->\n\n<!-- [a]: xip-4.md -->",
        "[^1]: Ibid.\n[^1]: Above.\n\n[^1]: See there.\n\n[a]: xip-2.md",
        "[a]: xip-2.md\n\nSee:\n[a]: xip-4.md",
        "[//]: # (One)\n\n[//]: # (Two)\n\n[comment]: <> (Three)\n[comment]: <> (Four)",
    ] {
        check_silent("duplicate-definition", TEMPLATE, &with(text));
    }
}

#[test]
fn duplicate_definition_fix_removes_the_later_one() {
    let fix = |text: &str, fixed: &str| check_fix(&with(text), "Remove the second definition", &with(fixed));
    fix("[a]: xip-2.md\n[A]: xip-2.md\n[b]: xip-4.md", "[a]: xip-2.md\n[b]: xip-4.md");
    fix("[a]: xip-2.md\n[A]: xip-2.md", "[a]: xip-2.md");
    fix("[a]: xip-2.md\n\nP.\n\n[A]:\n  xip-2.md\n\nQ.", "[a]: xip-2.md\n\nP.\n\nQ.");
    fix("[a]: xip-2.md\n\n- i\n\n[a]: xip-2.md\n\n[b]: xip-4.md", "[a]: xip-2.md\n\n- i\n\n[b]: xip-4.md");
}

#[test]
fn duplicate_definition_has_no_fix_where_something_else_would_change() {
    let template = Template::derive(TEMPLATE, None);
    for text in [
        "[a]: xip-4.md",
        "[a]: xip-2.md 'Two'",
        // What follows would be another block, or in another one.
        "- i\n\n[a]: xip-2.md\n\n- j",
        "    i\n\n[a]: xip-2.md\n\n    j",
        "- i\n\n[a]: xip-2.md\n\n  j",
        "P.\n\n[a]: xip-2.md\n2. j",
        "P.\n\n[a]: xip-2.md\n<b>\n*j*\n</b>",
        "P.\n\n[a]: xip-2.md\n    j",
    ] {
        let document = Document::closed(&with(&format!("[a]: xip-2.md\n\n{text}")));
        let proposal = Proposal::of(&document, &template).within(&PLAIN);
        let found = check_rules(&proposal);
        let found = found.iter().find(|found| found.rule.id == "duplicate-definition").expect("it is found");
        assert!(fixes(&proposal, found).is_empty(), "{text}");
    }
}
