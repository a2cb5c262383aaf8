//! The examples in the rules' documentation, each in a repository of its own.

use std::process::Command;

use super::*;
use crate::rules::{EXAMPLES_TEMPLATE, LooksAt, RULES, Rule, Severities, check};

/// The states of the examples.
const SETTINGS: &str = "\
[life-cycle]
Draft = { next = [\"Accepted\"] }
Accepted = { next = [\"Implemented\"], keys = [\"Pull Request\"] }
Implemented = { next = [] }
";

/// Returns the settings that the examples of `rule` need besides the states.
fn settings(rule: &Rule) -> &'static str {
    match rule.id {
        "unexpected-metadata" | "metadata-order" => {
            "metadata-order = [\"Status\", \"Author(s)\", \"Pull Request\", \"Release\"]\n\n"
        }
        "reference-form" => "references = { prefixes = { XIP = {} } }\n\n",
        "forbidden-text" => "body = { forbidden = { \"a curly quote\" = \"[“”‘’]\" } }\n\n",
        "section-text" => "sections = { Notes = { text = \"None.\" } }\n\n",
        _ => "",
    }
}

fn proposal(number: u8, title: &str, status: &str, key: &str) -> (String, String) {
    let text = format!(
        "# XIP-{number}: {title}\n\n- **Status**: {status}\n- **Author(s)**: A. Author\n- **Pull Request**: #{number}\n{key}\n## Summary\n\nFast.\n\n## Design\n\nA map.\n"
    );
    (format!("xip-{number}.md"), text)
}

/// The template and its proposals. An index page has few to list, while others name those in every state.
fn beside(rule: &Rule) -> Vec<(String, String)> {
    let mut files = vec![
        ("xip-template.md".to_owned(), EXAMPLES_TEMPLATE.to_owned()),
        ("vip-lsp.toml".to_owned(), format!("{}{SETTINGS}", settings(rule))),
        proposal(2, "Warm caches", "Accepted", ""),
        proposal(4, "Hot caches", "Accepted", ""),
    ];
    if rule.looks_at != LooksAt::IndexPages {
        files.extend([
            proposal(5, "Caches", "Superseded by XIP-1", ""),
            proposal(6, "Caches", "Accepted", "- **Requires**: XIP-1\n"),
            proposal(7, "Caches", "Draft", ""),
            proposal(8, "Caches", "Rejected", ""),
        ]);
    }
    files
}

/// The file for an example of `rule`. Where two have one number, only the title says it.
fn file_for(rule: &Rule) -> &'static str {
    match (rule.looks_at, rule.id) {
        (LooksAt::IndexPages, _) => "README.md",
        (_, "duplicate-number") => "cache.md",
        _ => "xip-1.md",
    }
}

/// A repository in which the file for the examples of `rule` is a draft.
fn repository(rule: &Rule) -> Folder {
    let files = beside(rule);
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    let folder = Folder::new(&files);
    folder.write(file_for(rule), &proposal(1, "Cache", "Draft", "").1);
    for arguments in [&["init", "-q"][..], &["add", file_for(rule)], &["commit", "-q", "-m", "A"]] {
        let mut git = Command::new("git");
        git.current_dir(folder.path("")).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
        assert!(git.status().expect("there is git").success());
    }
    folder
}

/// Whether `rule` has a finding in each of its `examples`, opened one after the other.
fn fires(rule: &Rule, examples: [&str; 2]) -> [bool; 2] {
    let folder = repository(rule);
    let workspace = folder.workspace();
    workspace.read_all();
    let id = DocumentId::file(&folder.path(file_for(rule)));
    let on = Severities([(rule.id, Some(rule.severity))].into());
    examples.map(|example| {
        workspace.put(id.clone(), Arc::new(Document::open(example)));
        let snapshot = workspace.page(&id).expect("a proposal or an index page");
        let around = workspace.around(&snapshot);
        check(&snapshot.proposal().within(&around), &on).iter().any(|found| found.rule.id == rule.id)
    })
}

#[test]
fn every_rule_says_when_and_why() {
    assert!(RULES.iter().all(|rule| !rule.summary.is_empty() && !rule.docs.why.is_empty()));
}

#[test]
fn every_example_has_the_fault_or_not() {
    let wrong = |rule: &&Rule| {
        let (bad, good) = (rule.docs.bad, rule.docs.good);
        (fires(rule, [bad, good]) != [!bad.is_empty(), false]).then_some(rule.id)
    };
    assert_eq!(crate::parallel::map(&RULES, wrong).into_iter().flatten().collect::<Vec<_>>(), Vec::<&str>::new());
}
