//! The rules of titles, numbers and prompts.

use super::*;

#[test]
fn title_format_wants_a_number() {
    check(
        "# Cache\n  ^^^^^ warning[title-format]: title has no number; write \"XIP-<number>: <title>\"\n\n\
         ## Summary\n\n## Design\n\n## Notes\n",
    );
    check(
        "# xip 1 - Cache\n  ^^^^^^^^^^^^^ information[title-format]: title is not written as in the template; write \"XIP-<number>: <title>\"\n\n\
         ## Summary\n\n## Design\n\n## Notes\n",
    );
}

#[test]
fn title_format_is_silent_about_the_templates_way() {
    for title in ["XIP-1: Cache", "XIP-0012:  Cache", "`XIP`-1: C", "XIP-1", "XIP-1:", "XIP-NNN: Cache", ""] {
        if title.starts_with('`') {
            continue;
        }
        check_silent("title-format", TEMPLATE, &format!("# {title}\n\n## Summary\n"));
    }
    check_silent("title-format", "# Template for proposals\n\n## Summary\n", "# Cache\n\n## Summary\n");
}

#[test]
fn title_format_fix_writes_number_and_divider() {
    let title = "Write the title as in the template";
    check_fix("# xip 1 – Cache\n\n## Summary\n", title, "# XIP-1: Cache\n\n## Summary\n");
    check_fix("# Xip-07 Cache `a`\n\n## Summary\n", title, "# XIP-07: Cache `a`\n\n## Summary\n");
    let fixing = Fixing { file: "xip-7.md", ..Fixing::default() };
    fixing.check("# Cache\n\n## Summary\n", title, "# XIP-7: Cache\n\n## Summary\n");
}

#[test]
fn number_mismatch_goes_by_the_files_name() {
    let source = "---\ntitle: XIP-8 Cache\npermalink: /docs/XIP-007/\nxip: 9\n---\n\n# XIP-1: C\n\n## Summary\n";
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(source);
    let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("docs/xip-7.md"));
    let found = check_rules(&proposal);
    let found = found.iter().filter(|found| found.rule.id == "number-mismatch");
    let found: Vec<_> = found.map(|found| (document.text().slice(found.span), found.message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("8".into(), "\"title\" in the front matter has the number 8, the file's name has 7; give them one number"),
            ("9".into(), "\"xip\" in the front matter has the number 9, the file's name has 7; give them one number"),
            ("1".into(), "the title has the number 1, the file's name has 7; give them one number"),
        ]
    );
}

#[test]
fn number_mismatch_is_silent_about_zeros_and_other_numbers() {
    let source =
        "---\ntitle: Ten XIP-2 steps\npermalink: /docs/xip-1\nyear: 2024\n---\n\n# XIP-001: Version 2\n\n## Summary\n";
    check_silent("number-mismatch", TEMPLATE, source);
    check_silent("number-mismatch", TEMPLATE, "# Cache\n\n## Summary\n");
}

#[test]
fn number_mismatch_goes_by_the_names_of_the_familys_files_too() {
    let source = "# Template for proposals\n\n## Summary\n\n## Design\n";
    let template = Template::derive(source, Some(std::path::Path::new("docs/xip-template.md")));
    let document = Document::closed("---\ntitle: XIP-1\n---\n\n# [XIP-2] Cache\n\n## Summary\n\n## Design\n");
    let proposal = Proposal::of(&document, &template).in_file(std::path::Path::new("docs/xip-2.md"));
    let found = check_rules(&proposal);
    let found = found.iter().find(|found| found.rule.id == "number-mismatch").expect("it is found");
    assert_eq!(
        found.message,
        "\"title\" in the front matter has the number 1, the file's name has 2; give them one number"
    );
}

#[test]
fn number_mismatch_fix_keeps_the_width() {
    let fixing = Fixing { file: "xip-0012.md", ..Fixing::default() };
    fixing.check("# XIP-1: C\n\n## Summary\n", "Change the number to 12", "# XIP-12: C\n\n## Summary\n");
    fixing.check("# XIP-0001: C\n\n## Summary\n", "Change the number to 12", "# XIP-0012: C\n\n## Summary\n");
}

fn prompted(notes: &str) -> Vec<String> {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(&format!("# XIP-1: C\n\n## Notes\n\n{notes}\n"));
    let mut severities = Severities::default();
    severities.0.insert("uncovered-prompt", Some(Severity::Hint));
    let found = super::super::check(&Proposal::of(&document, &template), &severities);
    found.into_iter().filter(|found| found.rule.id == "uncovered-prompt").map(|found| found.message).collect()
}

#[test]
fn uncovered_prompt_names_the_prompt() {
    assert_eq!(
        prompted("Nothing special."),
        [
            "section \"Notes\" says nothing on \"How was it measured? Or is there a benchmark?\"; go into it if it applies"
        ]
    );
}

#[test]
fn uncovered_prompt_is_silent_about_a_word_of_it_and_by_default() {
    assert_eq!(prompted("Measurements follow."), Vec::<String>::new());
    assert_eq!(prompted(""), Vec::<String>::new());
    check_silent("uncovered-prompt", TEMPLATE, "# XIP-1: C\n\n## Notes\n\nNothing special.\n");
}
