//! The rules of metadata in whichever form the template has it.

use super::*;

/// Templates whose metadata has one status of two, an author to fill in, and a team.
const FORMS: [&str; 11] = [
    "# T\n\nStatus: Draft | Final\nAuthor(s): (names)\nTeam:\n\n## Summary\n",
    "# T\n\n**Status**: Draft | Final  \n**Author(s)**: (names)  \n**Team**:\n\n## Summary\n",
    "# T\n\n**Status:** Draft | Final\\\n**Author(s):** (names)\\\n**Team:**\n\n## Summary\n",
    "# T\n\n_Status_: Draft | Final\n\n_Author(s)_: (names)\n\n_Team_:\n\n## Summary\n",
    "# T\n\n<pre>\n  Status: Draft | Final\n  Author(s): (names)\n  Team:\n</pre>\n\n## Summary\n",
    "# T\n\n```\nStatus: Draft | Final\nAuthor(s): (names)\nTeam:\n```\n\n## Summary\n",
    "```yaml\nStatus: Draft | Final\nAuthor(s): (names)\nTeam:\n```\n\n# T\n\n## Summary\n",
    "# T\n\n<table>\n<tr><td>Status</td><td>Draft | Final</td></tr>\n<tr><td>Author(s)</td><td>(names)</td></tr>\n\
     <tr><td>Team</td><td></td></tr>\n</table>\n\n## Summary\n",
    "# T\n\n<table>\n  <tr>\n    <th>Status</th>\n    <td>Draft | Final</td>\n  </tr>\n  <tr>\n    <th>Author(s)</th>\n    \
     <td>(names)</td>\n  </tr>\n  <tr>\n    <th>Team</th>\n    <td></td>\n  </tr>\n</table>\n\n## Summary\n",
    "# T\n\n- Status: Draft | Final\n- Author(s): (names)\n- Team:\n\n## Summary\n",
    "# T\n\n## Meta\n\n- *Status*: Draft | Final\n- *Author(s)*: (names)\n- *Team*:\n\n## Summary\n",
];

fn found(template: &str, source: &str) -> Vec<String> {
    let template = Template::derive(template, None);
    let document = Document::closed(source);
    let text = |found: Diagnostic| format!("{} at {}", found.rule.id, document.text().slice(found.span));
    let is_meant = |found: &Diagnostic| found.rule.id.contains("metadata") || found.rule.id == "unfilled-placeholder";
    diagnostics(&document, &template).into_iter().filter(is_meant).map(text).collect()
}

/// The document that has `status` and `author` for the template's.
fn filled(template: &str, status: &str, author: &str) -> String {
    let filled = template.replace("Draft | Final", status).replace("(names)", author);
    filled.replace("# T\n", "# Cache\n") + "\nFast.\n"
}

/// `source` without the lines about `key`; with the blank line or the row's tags around it.
fn without(source: &str, key: &str) -> String {
    let at = source.find(key).expect("the key");
    let row = source[..at].rfind("<tr>").filter(|_| source.contains("<td>"));
    let start = row.map_or(source[..at].rfind('\n'), |row| source[..row].rfind('\n')).map_or(0, |end| end + 1);
    let end = row.map(|_| start + source[start..].find("</tr>\n").expect("an end") + "</tr>\n".len());
    let end = end.unwrap_or_else(|| at + source[at..].find('\n').expect("an end") + 1);
    let is_apart = source[..start].ends_with("\n\n") && source[end..].starts_with('\n');
    format!("{}{}", &source[..start], &source[end + usize::from(is_apart)..])
}

#[test]
fn keys_and_values_are_read_and_checked_in_every_form() {
    for template in FORMS {
        let keys: Vec<_> =
            Template::derive(template, None).metadata.into_iter().map(|key| (key.name, key.values)).collect();
        let values = vec!["Draft".to_owned(), "Final".to_owned()];
        let expected = [("Status", values), ("Author(s)", Vec::new()), ("Team", Vec::new())];
        assert_eq!(keys, expected.map(|(name, values)| (name.to_owned(), values)), "{template}");
        let none: [String; 0] = [];
        assert_eq!(found(template, &filled(template, "Final", "A. Author")), none, "{template}");
        let wrong = filled(template, "Fnal", "(names)");
        let expected = ["invalid-metadata-value at Fnal", "unfilled-placeholder at (names)"];
        assert_eq!(found(template, &wrong), expected, "{template}");
        let twice = filled(template, "Final", "A. Author").replace("Team", "Author");
        assert_eq!(
            found(template, &twice),
            ["missing-metadata at Author(s)", "duplicate-metadata at Author"],
            "{template}"
        );
    }
}

#[test]
fn a_missing_key_is_put_in_as_the_others_are() {
    for template in FORMS {
        let whole = filled(template, "Final", "A. Author");
        for (key, value) in [("Author(s)", "A. Author"), ("Status", "Final")] {
            let fixing = Fixing { template, ..Fixing::default() };
            let fixed = whole.replace(value, "");
            fixing.check(&without(&whole, key), &format!("Insert metadata \"{key}\""), &blank_at_end(&fixed, key));
        }
    }
}

/// `source` without the blank behind the colon of `key`, which has no value.
fn blank_at_end(source: &str, key: &str) -> String {
    let at = source.find(key).expect("the key");
    let end = at + source[at..].find('\n').expect("an end");
    let line = &source[at..end];
    let is_broken = line.ends_with("  ") || line.ends_with('\\');
    let mended = match line.strip_suffix('\\') {
        Some(rest) => format!("{}\\", rest.trim_end()),
        None if is_broken => format!("{}  ", line.trim_end()),
        None => line.trim_end().to_owned(),
    };
    format!("{}{mended}{}", &source[..at], &source[end..])
}

#[test]
fn metadata_that_is_not_there_is_put_in_as_the_template_has_it() {
    for template in FORMS {
        let empty = if template.contains("## Meta") {
            "# Cache\n\n## Meta\n\n## Summary\n\nFast.\n"
        } else {
            "# Cache\n\n## Summary\n\nFast.\n"
        };
        let expected = filled(template, "", "");
        let lines = |text: &str| text.lines().map(|line| line.trim().replace(" \\", "\\")).collect::<Vec<_>>();
        let (template_read, document) = (Template::derive(template, None), Document::open(empty));
        let proposal = Proposal::of(&document, &template_read).within(&PLAIN);
        let found = check_rules(&proposal);
        let missing = found.iter().find(|found| found.rule.id == "missing-metadata").expect("it is missing");
        let fix = fixes(&proposal, missing).pop().expect("a fix");
        let fixed = apply(document.text(), &fix.edits).to_string();
        // What stands before the title in the template is put behind it.
        if template.starts_with('#') {
            assert_eq!(lines(&fixed), lines(&expected), "{template}");
        }
        assert_eq!(super::found_ids(&template_read, &fixed, "missing-metadata"), 0, "{fixed}");
    }
}

#[test]
fn keys_may_have_another_form_than_in_the_template() {
    let front_matter = "---\nStatus: Draft | Final\nAuthor(s): (names)\nTeam: (team)\n---\n\n# T\n\n## Summary\n";
    for template in FORMS.into_iter().chain([front_matter]) {
        for document in FORMS {
            let none: [String; 0] = [];
            assert_eq!(found(template, &filled(document, "Final", "A. Author")), none, "{template}{document}");
            let wrong = found(template, &filled(document, "Fnal", "A. Author"));
            assert_eq!(wrong, ["invalid-metadata-value at Fnal"], "{template}{document}");
        }
    }
}

#[test]
fn prose_with_a_colon_is_no_metadata() {
    for prose in [
        "Here is what it says: nothing.",
        "Note: take a copy.",
        "Motivation: speed",
        "```\nkey: value\n```",
        "Text.\n\n```\nStatus: Draft\nDate: now\n```",
        "Status: Draft, or so they say.\nand it goes on: there",
    ] {
        let template = Template::derive(&format!("# T\n\n{prose}\n\n## Summary\n"), None);
        assert!(template.metadata.is_empty(), "{prose}");
    }
    for single in ["Status: Draft", "Date: YYYY-MM-DD", "**Author:** (names)"] {
        let template = Template::derive(&format!("# T\n\n{single}\n\n## Summary\n"), None);
        assert_eq!(template.metadata.len(), 1, "{single}");
    }
}

#[test]
fn a_date_under_a_name_of_its_own_is_the_date() {
    let template = "# T\n\nDate: YYYY-MM-DD\n\n## Summary\n";
    let none: [String; 0] = [];
    assert_eq!(found(template, "# Cache\n\nIntroduced: 2026-01-02.\n\n## Summary\n\nFast.\n"), none);
    let other = "# Cache\n\nIntroduced: so\nDone: then\n\n## Summary\n\nFast.\n";
    assert_eq!(found(template, other), ["missing-metadata at Introduced"]);
}

#[test]
fn a_number_in_the_metadata_is_held_against_the_files_name() {
    let template = Template::derive(
        "# T\n\n<pre>\n  XIP: ?\n  Title: (title)\n</pre>\n\n## Summary\n",
        Some("xip-template.md".as_ref()),
    );
    let document =
        Document::closed("# Cache\n\n<pre>\n  XIP: 8\n  Title: XIP-9: Cache\n</pre>\n\n## Summary\n\nFast.\n");
    let proposal = Proposal::of(&document, &template).in_file("xip-7.md".as_ref()).within(&PLAIN);
    let found = check_rules(&proposal).into_iter().filter(|found| found.rule.id == "number-mismatch");
    let messages: Vec<_> = found.map(|found| found.message.to_string()).collect();
    assert_eq!(
        messages,
        [
            "\"XIP\" in the metadata has the number 8, but the file's name has 7; use the same number",
            "\"Title\" in the metadata has the number 9, but the file's name has 7; use the same number",
        ]
    );
}
