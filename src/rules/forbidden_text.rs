//! `forbidden-text`: the proposal has text, a link, a comment or a section that the settings do not allow.

use super::message::joined;
use super::{Docs, Finding, Rule, Severity, says};
use crate::document::Proposal;
use crate::syntax::Section;
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "forbidden-text",
    severity: Severity::Warning,
    summary: "the proposal has text, a link, a comment or a section that the settings do not allow",
    docs: Docs {
        why: "Some families want only straight quotes, links that last, no comments after the draft, or no sections of one's own. \
              Nothing is said without the setting `body`, or `only-when` of a section. In the example, it forbids curly quotes.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\nA “map”.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\nA \"map\".\n\n## Notes\n",
    },
    check: |proposal, findings| {
        if !proposal.template.demands.body.is_empty() {
            check(proposal, findings);
        }
        findings.extend(proposal.needless_sections().into_iter().map(needless));
    },
    ..Rule::PLAIN
};

/// Returns the finding for a section that the proposal must not have, which is the template's `section`.
fn needless((section, found): (&TemplateSection, &Section)) -> Finding {
    let conditions = section.only_when.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    let message = says(
        format!(
            "section \"{}\" must not be here, because it is only for proposals in which {conditions}",
            section.name
        ),
        "move its text to another one",
    );
    Finding::new(found.heading.content, message)
}

fn check(proposal: &Proposal<'_>, findings: &mut Vec<Finding>) {
    let text = |(span, pattern): (_, &crate::template::Pattern)| {
        Finding::new(span, says(format!("{} must not be here", pattern.called), "rephrase it"))
    };
    findings.extend(proposal.forbidden_texts().into_iter().map(text));
    let allowed = proposal.template.demands.body.links.iter().flatten();
    let allowed: Vec<String> = allowed.map(|pattern| pattern.called.clone()).collect();
    let advice = match allowed.len() {
        0 => "link to a file of the repository".to_owned(),
        1..=5 => format!("link to a file of the repository, or to {}", joined(&allowed, "or")),
        _ => "link to a file of the repository, or to what the settings allow".to_owned(),
    };
    let link = |(span, address): (_, std::borrow::Cow<'_, str>)| {
        Finding::new(span, says(format!("a link to \"{}\" is not allowed", host(&address)), &advice))
    };
    findings.extend(proposal.disallowed_links().into_iter().map(link));
    let status = proposal.status().map_or("", |status| &status.text);
    let comment = |span| {
        Finding::new(span, says(format!("a comment must not be here when the status is \"{status}\""), "remove it"))
    };
    findings.extend(proposal.late_comments().into_iter().map(comment));
    let section = |section: &Section| {
        let heading = &section.heading;
        Finding::new(
            heading.content,
            says(format!("there is no section \"{}\"", heading.text), "move its text to another one"),
        )
    };
    findings.extend(proposal.extra_sections().into_iter().map(section));
    let before = |span| Finding::new(span, says("text must not come before the first heading", "move it to a section"));
    findings.extend(proposal.text_before_headings().map(before));
}

/// Returns the host of `address`, or all of an address without one.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty()).unwrap_or(address)
}
