//! The documentation of the rules: that of each rule, and the page with all of them.

use super::examples::{TEMPLATE, example};
use super::{Fix, RULES, Rule, Severities, check, fixes};
use crate::document::Document;
use crate::template::Template;

/// The text of the page before the rules.
const INTRODUCTION: &str = "\
# Rules

What `vip-lsp` finds, rule by rule, as `vip-lsp rule --all` prints it. The severities are the defaults; the setting `rules`
changes them or switches a rule off.
";

const SUPPRESSING: &str = "\
## How to keep a rule quiet

By a comment in the document, which holds for everyone who opens it. A quick fix inserts it.

```markdown
<!-- vip-lsp-disable-next-line section-too-long -->
## Summary

<!-- vip-lsp-disable missing-metadata, invalid-metadata-value -->
…
<!-- vip-lsp-enable missing-metadata, invalid-metadata-value -->

<!-- vip-lsp-disable-file missing-optional-section -->
```

The first one acts on what starts in the next line that is not blank; the second one up to where the rules are enabled again,
or to the end; the last one on all of the document, wherever it stands. Several rules are separated by commas or white space.
Without any, all are meant but `unused-suppression`, which has to be named. Comments in code do nothing, and nothing keeps
`document-too-large` quiet.
";

/// Returns every rule's documentation, after what they have in common, as a page of Markdown.
pub fn page() -> String {
    let row = |rule: &Rule| format!("| [`{0}`](#{0}) | {1} | {2} |\n", rule.id, rule.default_level(), rule.summary);
    let rows: String = RULES.into_iter().map(row).collect();
    let contents = format!("| rule | severity | |\n| --- | --- | --- |\n{rows}");
    let template = format!("## The template of the examples\n\n{}", block(TEMPLATE));
    let rules = RULES.iter().map(|rule| documentation(rule, "##"));
    let parts = [INTRODUCTION.to_owned(), contents, SUPPRESSING.to_owned(), template];
    parts.into_iter().chain(rules).collect::<Vec<_>>().join("\n")
}

/// Returns the documentation of `rule` as Markdown, its heading with `marks`.
pub fn documentation(rule: &Rule, marks: &str) -> String {
    let (id, severity) = (rule.id, rule.default_level());
    let mut parts = vec![format!("{marks} {id}\n\nSeverity: {severity}. {}\n", explanation(rule))];
    if !rule.docs.bad.is_empty() {
        let (bad, good) = (block(rule.docs.bad), block(rule.docs.good));
        parts.push(format!("With the fault:\n\n{bad}\nWithout:\n\n{good}"));
    }
    parts.push(described(&example_fixes(rule)));
    parts.join("\n")
}

/// Returns where `rule` finds something and why that matters, as Markdown.
pub fn explanation(rule: &Rule) -> String {
    format!("Found where {}.\n\n{}", rule.summary, rule.docs.why)
}

/// Returns the fixes for what `rule` finds in its example.
fn example_fixes(rule: &Rule) -> Vec<Fix> {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::closed(rule.docs.bad);
    let proposal = example(rule, &document, &template);
    let found = check(&proposal, &Severities::default());
    let mut offered: Vec<Fix> = Vec::new();
    for fix in found.iter().filter(|found| found.rule == rule).flat_map(|found| fixes(&proposal, found)) {
        if !offered.iter().any(|other| other.title == fix.title) {
            offered.push(fix);
        }
    }
    offered
}

fn described(fixes: &[Fix]) -> String {
    if fixes.is_empty() {
        return "There is no quick fix.\n".to_owned();
    }
    let line = |fix: &Fix| {
        let safe = if fix.is_safe { " (safe: part of `source.fixAll`)" } else { "" };
        format!("- {}{safe}\n", code(&fix.title))
    };
    format!("Quick fixes, here of the example:\n\n{}", fixes.iter().map(line).collect::<String>())
}

/// Returns `markdown` as a code block, with a fence longer than any in it.
fn block(markdown: &str) -> String {
    let fence = "`".repeat(longest_run(markdown).max(2) + 1);
    format!("{fence}markdown\n{}\n{fence}\n", markdown.trim_end_matches('\n'))
}

/// Returns `text` as inline code (CommonMark 6.1).
fn code(text: &str) -> String {
    let marks = "`".repeat(longest_run(text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{gap}{text}{gap}{marks}")
}

/// Returns the length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_code_whatever_is_in_it() {
        assert_eq!(block("a\n"), "```markdown\na\n```\n");
        assert_eq!(block("````\na\n````\n"), "`````markdown\n````\na\n````\n`````\n");
        assert_eq!([code("a"), code("`a`"), code("a ``b`` c")], ["`a`", "`` `a` ``", "```a ``b`` c```"]);
    }

    #[test]
    fn fixes_are_named_as_the_example_has_them() {
        let rule = super::super::rule("unused-suppression").expect("a rule");
        let page = documentation(rule, "#");
        assert!(page.starts_with("# unused-suppression\n\nSeverity: hint. Found where "), "{page}");
        assert!(page.ends_with("\n- `Remove this comment` (safe: part of `source.fixAll`)\n"), "{page}");
        let rule = super::super::rule("section-too-long").expect("a rule");
        assert!(documentation(rule, "#").ends_with("\n\nThere is no quick fix.\n"));
    }
}
