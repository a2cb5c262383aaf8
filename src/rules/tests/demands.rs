//! The rules of what settings demand of references, the text and sections.

use std::path::Path;

use super::super::examples::PLAIN;
use super::*;
use crate::template::{BodyDemands, Condition, Overrides, Pattern, ReferenceDemands, SectionOverrides};

/// A document whose section `Design` has `text`.
fn document(text: &str) -> String {
    format!(
        "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n{text}\n"
    )
}

/// What the rule `id` finds in `source`, with what it marks, and the text of `Design` after its first fix.
fn found(id: &str, overrides: &Overrides, source: &str) -> Vec<(String, String, Option<String>)> {
    let document = Document::closed(source);
    let template = Template::derive(TEMPLATE, None).with(overrides);
    let proposal = Proposal::of(&document, &template).in_file(Path::new("xip-1.md")).within(&PLAIN);
    let found = check_rules(&proposal).into_iter().filter(|found| found.rule.id == id);
    let told = |found: Diagnostic| {
        let fixed = fixes(&proposal, &found).first().map(|fix| {
            let after = apply(document.text(), &fix.edits).to_string();
            after.split("## Design\n\n").nth(1).map(|text| text.trim_end().to_owned())
        });
        (found.message.to_string(), document.text().slice(found.span).into_owned(), fixed.flatten())
    };
    found.map(told).collect()
}

fn references() -> Overrides {
    let prefixes = vec![("XIP".to_owned(), Vec::new())];
    let listed = vec![Condition { key: "Status".into(), values: vec!["Pull Request".into()] }];
    let demands = ReferenceDemands { prefixes, is_linked: true, is_plain: true, listed, ..ReferenceDemands::default() };
    Overrides { references: Some(demands), ..Overrides::default() }
}

fn check_reference(text: &str, expected: &[(&str, &str, Option<&str>)]) {
    let found = found("reference-form", &references(), &document(text));
    let found: Vec<_> =
        found.iter().map(|(message, marked, fixed)| (&**message, &**marked, fixed.as_deref())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn reference_form_wants_a_hyphen_a_link_and_no_code_and_has_fixes() {
    let form = "the proposal is called \"XIP-2\"; write \"XIP-2\"";
    check_reference("[XIP-2](xip-2.md) and XIP 2", &[(form, "XIP 2", Some("[XIP-2](xip-2.md) and XIP-2"))]);
    check_reference("[xip2](xip-2.md)", &[(form, "xip2", Some("[XIP-2](xip-2.md)"))]);
    let first = "the first mention of \"XIP-2\" is not a link; link to it";
    check_reference("XIP-2 and XIP-2", &[(first, "XIP-2", Some("[XIP-2](xip-2.md) and XIP-2"))]);
    let code = "\"XIP-2\" is a proposal, not code; remove the backticks";
    check_reference("`XIP-2`", &[(code, "XIP-2", Some("XIP-2"))]);
    let ticks = found("reference-form", &references(), &document("`XIP-2`x"));
    assert_eq!((ticks.len(), ticks[0].2.as_deref()), (1, None));
    let unknown = "there is no proposal \"XIP-9\"; correct the number";
    check_reference("[XIP-9](https://example.org)", &[(unknown, "XIP-9", None)]);
    let source = document("So.").replace("Accepted", "Superseded by XIP-2");
    let said = "\"Pull Request\" does not list \"XIP-2\", which is mentioned here; add it to \"Pull Request\"";
    assert_eq!(found("reference-form", &references(), &source)[0].0, said);
}

#[test]
fn reference_form_is_silent_about_links_itself_code_and_other_words() {
    for text in [
        "[XIP-2](xip-2.md), then XIP-2",
        "XIP-1 is this one",
        "`XIP2` and `xip_2`",
        "```\nXIP 2\n```",
        "<!-- XIP 2 -->",
        "see xip-2.md and ../xip-2, SXIP-2, XIP - 2, XIP-2a",
        "the XIP 2026-01",
        "[XIP-2][two] and XIP-2\n\n[two]: xip-2.md",
        "[XIP-2](xip-2.md), [XIP 2]\n\n[XIP 2]: xip-2.md",
        "A \\XIP 2, A[^XIP 2], !XIP-2 and ^XIP-2",
        "{{ XIP 2 }} and {% include xip 2 %}",
        "$$\nXIP 2\n$$ and $XIP 2$",
        "<code>XIP 2</code>",
    ] {
        check_reference(text, &[]);
    }
    assert_eq!(found("reference-form", &Overrides::default(), &document("XIP 2 and XIP-2")), []);
}

fn body() -> Overrides {
    let pattern = |called: &str, source: &str| Pattern::compile(called, source).expect("it is valid");
    let demands = BodyDemands {
        forbidden: vec![pattern("a curly quote", "[“”]")],
        links: Some(vec![pattern("the archive", "^https://archive\\.example\\.org/")]),
        comments: Some(vec!["Draft".into()]),
        is_closed: true,
        starts_with_heading: true,
    };
    Overrides { body: Some(demands), ..Overrides::default() }
}

#[test]
fn forbidden_text_tells_what_is_not_allowed() {
    let check = |text: &str, message: &str, marked: &str| {
        let expected = [(message.to_owned(), marked.to_owned(), None)];
        assert_eq!(found("forbidden-text", &body(), &document(text)), expected, "{text}");
    };
    check("A “map.", "a curly quote must not be here; rephrase it", "“");
    let said = "a link to \"example.org\" is not allowed; link to a file of the repository, or to the archive";
    for link in
        ["[a](https://example.org/b)", "<https://example.org/b>", "https://example.org/b", "[a]: https://example.org/b"]
    {
        let marked = link.trim_matches(['<', '>']);
        let text = document(&format!("See {link}."));
        let text = if link.starts_with("[a]:") { document(&format!("See [a].\n\n{link}")) } else { text };
        let found = found("forbidden-text", &body(), &text);
        assert_eq!(found.iter().map(|found| found.0.as_str()).collect::<Vec<_>>(), [said], "{link}");
        assert!(found[0].1.contains(marked), "{link}: {}", found[0].1);
    }
    let said = "a comment must not be here when the status is \"Accepted\"; remove it";
    check("So. <!-- b -->", said, "<!-- b -->");
    let said = "there is no section \"Own\"; move its text to another one";
    check("So.\n\n## Own\n\nB.", said, "Own");
    let mut named = body();
    named.add(SectionOverrides {
        name: "own".into(),
        aliases: Some(vec!["Mine".into()]),
        ..SectionOverrides::default()
    });
    let text = document("So.\n\n## Own\n\nB.\n\n## Mine\n\nB.");
    assert_eq!(found("forbidden-text", &named, &text), []);
    // A page beside a proposal has sections of its own.
    let page = "# XIP-1: Cache\n\n## Fields\n\nA.\n\n## Example\n\nB.\n";
    assert_eq!(found("forbidden-text", &body(), page), []);
    let before = found("forbidden-text", &body(), &format!("Before.\n\n{}", document("So.")));
    assert_eq!(before[0].0, "text must not come before the first heading; move it to a section");
}

#[test]
fn forbidden_text_is_silent_about_code_links_within_and_drafts() {
    for text in [
        "`“`",
        "```\n“ https://example.org\n```",
        "[a](xip-2.md)",
        "https://archive.example.org/b",
        "So.\n\n### Part\n\nB.",
    ] {
        assert_eq!(found("forbidden-text", &body(), &document(text)), [], "{text}");
    }
    let draft = document("So. <!-- b -->").replace("Accepted", "Draft");
    assert_eq!(found("forbidden-text", &body(), &draft), []);
    assert_eq!(found("forbidden-text", &Overrides::default(), &document("A “map https://example.org <!-- b -->")), []);
}

/// The setting that only accepted proposals have the section, and have to have it.
fn only_accepted() -> Overrides {
    let when = || Some(vec![Condition { key: "status".into(), values: vec!["Accepted".into(), "Implemented".into()] }]);
    let section = SectionOverrides {
        name: "Notes".into(),
        required_when: when(),
        only_when: when(),
        ..SectionOverrides::default()
    };
    let mut overrides = Overrides::default();
    overrides.add(section);
    overrides
}

#[test]
fn missing_section_and_forbidden_text_follow_conditions() {
    let (accepted, draft) = (document("So."), document("So.").replace("Accepted", "Draft"));
    let with = |source: &str| format!("{source}\n\n## Notes\n\nN.\n");
    let told =
        |rule, source: &str| found(rule, &only_accepted(), source).into_iter().map(|found| found.0).collect::<Vec<_>>();
    assert_eq!(told("missing-section", &accepted), ["section \"Notes\" is missing; add it after \"Design\""]);
    let needless = "section \"Notes\" must not be here, because it is only for proposals in which \"status\" is \"Accepted\" or \
                    \"Implemented\"; move its text to another one";
    assert_eq!(told("forbidden-text", &with(&draft)), [needless]);
    for (rule, source) in [
        ("missing-section", draft.clone()),
        ("missing-optional-section", draft.clone()),
        ("missing-section", with(&accepted)),
        ("forbidden-text", with(&accepted)),
        // A status that the template does not list may be a slip.
        ("forbidden-text", with(&draft).replace("Draft", "Acepted")),
    ] {
        assert_eq!(told(rule, &source), Vec::<String>::new(), "{rule}: {source}");
    }
}

fn last() -> Overrides {
    let mut overrides = Overrides::default();
    let text = Some("Under CC0.".to_owned());
    overrides.add(SectionOverrides { name: "Design".into(), text, is_last: Some(true), ..SectionOverrides::default() });
    overrides
}

#[test]
fn section_text_has_a_fix_that_writes_the_required_text() {
    let said = "section \"Design\" does not have the required text; write \"Under CC0.\"".to_owned();
    for text in ["Under MIT.", "Under CC0. Or not."] {
        let expected = [(said.clone(), "Design".to_owned(), Some("Under CC0.".to_owned()))];
        assert_eq!(found("section-text", &last(), &document(text)), expected, "{text}");
    }
    let bare = document("So.\n").replace("So.\n", "## Notes");
    let told = found("section-text", &last(), &bare);
    assert_eq!(told.iter().find_map(|told| told.2.as_deref()), Some("Under CC0.\n\n## Notes"));
    let found = found("section-text", &last(), &document("Under CC0.\n\n## Notes\n\nN."));
    assert_eq!(found[0].0, "section \"Design\" is not the last one; move it to the end");
}

#[test]
fn section_text_is_silent_about_the_text_itself_and_without_settings() {
    assert_eq!(found("section-text", &last(), &document("Under CC0.")), []);
    let mut last_only = Overrides::default();
    last_only.add(SectionOverrides { name: "Design".into(), is_last: Some(true), ..SectionOverrides::default() });
    assert_eq!(found("section-text", &last_only, &document("So.\n\n### Part\n\nB.")), []);
    let kept = found("section-text", &last(), &document("So [a].\n\n[a]: b.md"));
    assert_eq!((kept.len(), kept[0].2.as_deref()), (1, None));
    assert_eq!(found("section-text", &last(), &document("\nUnder CC0.\r\n")), []);
    assert_eq!(found("section-text", &Overrides::default(), &document("Under MIT.")), []);
    assert_eq!(found("section-text", &last(), "# XIP-1: Cache\n\n## Summary\n\nS.\n"), []);
}

#[test]
fn premature_reference_follows_the_steps_of_the_settings() {
    let stability = vec![vec!["Draft".into()], vec!["Accepted".into()], vec!["Implemented".into()]];
    let demands = ReferenceDemands { stability, ..ReferenceDemands::default() };
    let overrides = Overrides { references: Some(demands), ..Overrides::default() };
    let told = |status: &str| {
        let source = document("See XIP-2.")
            .replace("Accepted", status)
            .replace("A. Author\n", "A. Author\n- **Requires**: XIP-7\n");
        found("premature-reference", &overrides, &source).into_iter().map(|found| found.0).collect::<Vec<_>>()
    };
    assert_eq!(told("Implemented").len(), 1, "{:?}", told("Implemented"));
    assert!(told("Implemented")[0].contains("less stable than \"Implemented\""), "{:?}", told("Implemented"));
    assert_eq!(told("Draft"), Vec::<String>::new());
}
