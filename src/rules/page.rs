//! The documentation of the rules: that of each rule, and the page with all of them.

use super::examples::{TEMPLATE, example, template_for};
use super::{Fix, RULES, Rule, Severities, check, fixes};
use crate::document::Document;

/// The text of the page before the rules.
const INTRODUCTION: &str = "\
# Rules

The rules of `vip-lsp`, as `vip-lsp rule --all` prints them. The severities are the defaults; the setting `rules` changes
them or switches a rule off.
";

const SUPPRESSING: &str = "\
## How to suppress a rule

Use a comment in the document. It applies to everyone who opens the document. A quick fix inserts it.

```markdown
<!-- vip-lsp-disable-next-line section-too-long -->
## Summary

<!-- vip-lsp-disable missing-metadata, invalid-metadata-value -->
…
<!-- vip-lsp-enable missing-metadata, invalid-metadata-value -->

<!-- vip-lsp-disable-file missing-optional-section -->
```

The first comment applies to what starts on the next line that is not blank. The second applies until the rules are enabled
again, or to the end of the document. The last applies to the whole document, wherever the comment is. Separate several rules
with commas or white space. A comment that names no rule applies to all rules except `unused-suppression`, which must be named.
Comments in code have no effect, and `document-too-large` cannot be suppressed.
";

/// Returns every rule's documentation, after what they have in common, as a page of Markdown.
pub fn page() -> String {
    let row = |rule: &Rule| format!("| [`{0}`](#{0}) | {1} | {2} |\n", rule.id, rule.default_level(), rule.summary);
    let rows: String = RULES.into_iter().map(row).collect();
    let contents = format!("| rule | severity | |\n| --- | --- | --- |\n{rows}");
    let template = format!("## The template used in the examples\n\n{}", block(TEMPLATE));
    let rules = RULES.iter().map(|rule| documentation(rule, "##"));
    let parts = [INTRODUCTION.to_owned(), contents, SUPPRESSING.to_owned(), template];
    parts.into_iter().chain(rules).collect::<Vec<_>>().join("\n")
}

/// Returns the address of the section on the rule `id` in the page of rules that `repository` has. `None` if the package has none,
/// which Cargo tells by an empty address.
pub fn address(repository: Option<&str>, id: &str) -> Option<String> {
    let repository = repository.filter(|address| !address.is_empty())?.trim_end_matches('/').trim_end_matches(".git");
    Some(format!("{repository}/blob/main/RULES.md#{id}"))
}

/// Returns the documentation of `rule` as Markdown, its heading with `marks`.
pub fn documentation(rule: &Rule, marks: &str) -> String {
    let (id, severity) = (rule.id, rule.default_level());
    let mut parts = vec![format!("{marks} {id}\n\nSeverity: {severity}. {}\n", explanation(rule))];
    if !rule.docs.bad.is_empty() {
        let (bad, good) = (block(rule.docs.bad), block(rule.docs.good));
        parts.push(format!("Reported:\n\n{bad}\nNot reported:\n\n{good}"));
    }
    parts.push(described(&example_fixes(rule)));
    parts.join("\n")
}

/// Returns where `rule` finds something and why that matters, as Markdown.
pub fn explanation(rule: &Rule) -> String {
    format!("Reported when {}.\n\n{}", rule.summary, rule.docs.why)
}

/// Returns the fixes for what `rule` finds in its example.
fn example_fixes(rule: &Rule) -> Vec<Fix> {
    let template = template_for(rule.id);
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
        let safe = if fix.is_safe { " (safe: `source.fixAll` applies it)" } else { "" };
        format!("- {}{safe}\n", code(&fix.title))
    };
    format!("Quick fixes for the example:\n\n{}", fixes.iter().map(line).collect::<String>())
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
        assert!(page.starts_with("# unused-suppression\n\nSeverity: hint. Reported when "), "{page}");
        assert!(page.ends_with("\n- `Remove this comment` (safe: `source.fixAll` applies it)\n"), "{page}");
        let rule = super::super::rule("section-too-long").expect("a rule");
        assert!(documentation(rule, "#").ends_with("\n\nThere is no quick fix.\n"));
    }
}
