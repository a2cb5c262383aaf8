//! What settings are read as, and the problems with their places.

use serde_json::json;

use super::*;
use crate::rules::Severity;
use crate::text::{Encoding, Text};

/// Reads a file in which a line of `^^^ message` stands under each line with a problem.
fn check(marked: &str) -> Settings {
    let is_mark = |line: &&str| line.trim_start().starts_with('^');
    let content: String = marked.split_inclusive('\n').filter(|line| !is_mark(line)).collect();
    let (settings, problems) = Settings::of_toml(&content, Path::new("/work"));
    let text = Text::new(&content);
    let mut found = String::new();
    for (index, line) in content.split_inclusive('\n').enumerate() {
        found.push_str(line);
        for problem in &problems {
            let span = problem.span.expect("a place");
            let place = |offset| text.position(offset, Encoding::Utf32);
            let (start, end) = (place(span.start), place(span.end));
            if start.line as usize == index {
                let marks = "^".repeat((end.column - start.column).max(1) as usize);
                found.push_str(&format!("{:1$}{marks} {2}\n", "", start.column as usize, problem.in_file()));
            }
        }
    }
    assert_eq!(found, marked);
    settings
}

fn json_problems(value: &serde_json::Value) -> Vec<String> {
    Settings::of_json(value).1.iter().map(Problem::to_string).collect()
}

#[test]
fn good_settings_are_taken() {
    let (settings, problems) = Settings::of_json(&json!({
        "template": "docs/template.md", "include": ["docs/*.md"], "server": {"path": "x"}, "trace": null,
        "rules": {"missing-section": "error", "stub-proposal": "off"},
    }));
    assert_eq!(problems, []);
    assert_eq!(settings.template.as_deref(), Some("docs/template.md"));
    let roots = [PathBuf::from("/root")];
    let includes = |name| settings.includes(Path::new(name), &roots);
    assert!(includes("/root/docs/a.md") && !includes("/root/docs/old/a.md") && !includes("/docs/a.md"));
    assert_eq!(settings.terms.severities.0.get("missing-section"), Some(&Some(Severity::Error)));
    assert_eq!(settings.terms.severities.0.get("stub-proposal"), Some(&None));
}

#[test]
fn a_file_says_the_same_as_an_editor() {
    let settings = check(
        "\
template = 'template.md'
include = [\"design/*.md\"]
exclude = [\"design/old-*\"]
status = [\"Draft\", \"Accepted\"]
released-status = []
rules.missing-section = \"off\"

[sections.\"Test Plan\"]
aliases = [\"Tests\", \"💡 QA\"]
optional = true
max-words = 1_000

[sections]
introduction.max-words = 0x20
",
    );
    let json = json!({
        "template": "template.md", "status": ["Draft", "Accepted"], "released-status": [], "accepted-status": null,
        "rules": {"missing-section": "off"},
        "sections": {
            "Test Plan": {"aliases": ["Tests", "💡 QA"], "optional": true, "max-words": 1000},
            "introduction": {"max-words": 32},
        },
    });
    let (same, problems) = Settings::of_json(&json);
    assert_eq!(problems, []);
    assert_eq!((&settings.template, &settings.terms.severities), (&same.template, &same.terms.severities));
    assert_eq!(settings.terms.overrides, same.terms.overrides);
    let (included, excluded) = (Path::new("/work/design/a.md"), Path::new("/work/design/old-a.md"));
    assert!(settings.includes(included, &[]) && !settings.excludes(included, &[]) && settings.excludes(excluded, &[]));
}

#[test]
fn bad_values_are_named_at_their_places_and_the_rest_holds() {
    let settings = check(
        "\
template = 1
           ^ template: must be a path, such as \"docs/template.md\", not 1
include = [\"ä/*.md\", \"[\", 2]
                     ^^^ include[1]: not a valid glob: unclosed character class; missing ']'
                          ^ include[2]: must be a glob, such as \"docs/*.md\", not 2
exclude = \"old\"
          ^^^^^ exclude: must be a list of globs, such as [\"docs/old/**\"], not \"old\"
status = [\"Draft\", \" \", {}]
                   ^^^ status[1]: must be a non-empty string, not \" \"
                        ^^ status[2]: must be a non-empty string, not a table
templte = \"x\"
^^^^^^^ templte: there is no such setting; the settings are \"template\", \"extends\", \"include\", \"exclude\", \"family\", \"status\", \"released-status\", \"accepted-status\", \"life-cycle\", \"strict\", \"template-version\", \"evidence-documents\", \"evidence-information\", \"evidence-hint\", \"evidence-kept\", \"index-on-save\", \"rules\", \"sections\", \"metadata\", \"metadata-order\", \"sidecar\", \"references\" and \"body\"
evidence-hint = 150
                ^^^ evidence-hint: must be a whole number from 1 to 100, such as 75, not 150
server = {}
^^^^^^ server: there is no such setting; the settings are \"template\", \"extends\", \"include\", \"exclude\", \"family\", \"status\", \"released-status\", \"accepted-status\", \"life-cycle\", \"strict\", \"template-version\", \"evidence-documents\", \"evidence-information\", \"evidence-hint\", \"evidence-kept\", \"index-on-save\", \"rules\", \"sections\", \"metadata\", \"metadata-order\", \"sidecar\", \"references\" and \"body\"

[rules]
missing-section = \"loud\"
                  ^^^^^^ rules.missing-section: must be \"error\", \"warning\", \"information\", \"hint\" or \"off\", not \"loud\"
no-such = \"off\"
^^^^^^^ rules.no-such: there is no such rule; vip-lsp rule lists them all
mising-section = \"off\"
^^^^^^^^^^^^^^ rules.mising-section: there is no such rule; did you mean \"missing-section\"?
stub-proposal = \"off\"

[sections]
\"Ö 💡\" = { optional = 1, max-words = 0, aliases = \"A\", extra = -1.5 }
                     ^ sections.Ö 💡.optional: must be true or false, not 1
                                    ^ sections.Ö 💡.max-words: must be a whole number above 0, such as 300, not 0
                                                 ^^^ sections.Ö 💡.aliases: must be a list of strings, such as [\"Summary\", \"Overview\"], not \"A\"
                                                      ^^^^^ sections.Ö 💡.extra: there is no such setting; the settings are \"aliases\", \"optional\", \"required-when\", \"only-when\", \"max-words\", \"text\" and \"last\"
Scope = 2000-01-01
        ^^^^^^^^^^ sections.Scope: must be a table with any of \"aliases\", \"optional\", \"required-when\", \"only-when\", \"max-words\", \"text\" and \"last\", not 2000-01-01
",
    );
    assert!(settings.template.is_none() && settings.terms.severities.0.len() == 1);
    assert!(settings.includes(Path::new("/work/ä/a.md"), &[]) && !settings.excludes(Path::new("/work/old"), &[]));
    assert_eq!(settings.terms.overrides.status, Some(vec!["Draft".to_owned()]));
}

#[test]
fn a_file_that_is_no_toml_has_one_problem_and_its_whole_entries_hold() {
    let settings = check(
        "\
template = \"b
             ^ not valid TOML: invalid basic string, expected `\"`
no-such = 1
[rules]
stub-proposal = \"off\"
",
    );
    assert_eq!(settings.template, None);
    assert_eq!(settings.terms.severities.0.get("stub-proposal"), Some(&None));
    let settings = check(
        "\
template = docs
           ^^^^ not valid TOML: string values must be quoted, expected literal string
status = [\"A\"]
status = [\"B\"]
",
    );
    assert_eq!((settings.template, settings.terms.overrides.status), (None, Some(vec!["A".to_owned()])));
    check("\u{feff}rules = {}\r\n");
}

#[test]
fn a_message_is_one_line() {
    check(
        "\
\"a\\nb\" = 1
^^^^^^ a b: there is no such setting; the settings are \"template\", \"extends\", \"include\", \"exclude\", \"family\", \"status\", \"released-status\", \"accepted-status\", \"life-cycle\", \"strict\", \"template-version\", \"evidence-documents\", \"evidence-information\", \"evidence-hint\", \"evidence-kept\", \"index-on-save\", \"rules\", \"sections\", \"metadata\", \"metadata-order\", \"sidecar\", \"references\" and \"body\"
exclude = \"\\r\\n\"
          ^^^^^^ exclude: must be a list of globs, such as [\"docs/old/**\"], not \"  \"
",
    );
}

#[test]
fn a_file_that_nests_without_end_does_no_harm() {
    for start in ["a.", "[", "[a.", "a={a=", "a=[", "a=[{a="] {
        let (_, problems) = Settings::of_toml(&start.repeat(100_000), Path::new("/work"));
        assert_eq!(problems.len(), 1, "{start}");
    }
}

#[test]
fn problems_of_an_editor_are_named_in_full() {
    let levels = "\"error\", \"warning\", \"information\", \"hint\" or \"off\"";
    assert_eq!(
        json_problems(&json!({"rules": {"stub-proposal": "loud"}, "include": [null, "["], "sections": {"A": {"x": 1}}})),
        [
            "setting \"vip-lsp.include[0]\": must be a glob, such as \"docs/*.md\", not null".to_owned(),
            "setting \"vip-lsp.include[1]\": not a valid glob: unclosed character class; missing ']'".to_owned(),
            format!("setting \"vip-lsp.rules.stub-proposal\": must be {levels}, not \"loud\""),
            "setting \"vip-lsp.sections.A.x\": there is no such setting; the settings are \"aliases\", \"optional\", \"required-when\", \"only-when\", \"max-words\", \"text\" and \"last\""
                .to_owned(),
        ]
    );
    assert_eq!(json_problems(&json!([])).len(), 1);
    assert_eq!(json_problems(&json!(null)).len(), 0);
}

#[test]
fn layers_merge_key_by_key() {
    let file = check(
        "\
template = \"a.md\"
status = [\"A\"]
exclude = [\"*.md\"]
[rules]
stub-proposal = \"off\"
missing-section = \"off\"
[sections]
\"Test Plan\" = { optional = true, max-words = 9 }
",
    );
    let (editor, _) = Settings::of_json(&json!({
        "template": "", "rules": {"missing-section": "error"}, "status": ["B"],
        "sections": {"test plan": {"max-words": 3}, "Scope": {"optional": false}},
    }));
    let merged = editor.over(&file);
    assert_eq!(merged.template.as_deref(), Some("a.md"));
    assert_eq!(merged.terms.overrides.status, Some(vec!["B".to_owned()]));
    assert!(merged.excludes(Path::new("/work/a.md"), &[]));
    assert_eq!(merged.terms.severities.0.get("stub-proposal"), Some(&None));
    assert_eq!(merged.terms.severities.0.get("missing-section"), Some(&Some(Severity::Error)));
    let section = &merged.terms.overrides.sections["test plan"];
    assert_eq!((section.is_optional, section.word_limit), (Some(true), Some(3)));
    assert_eq!(merged.terms.overrides.sections.len(), 2);
}
