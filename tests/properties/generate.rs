//! Proposals to check properties with: blocks as authors write them, for three families.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use vip_lsp::document::{Document, Proposal};
use vip_lsp::rules::{Diagnostic, Severities, check};
use vip_lsp::template::Template;

/// Blocks as authors write them, each whole.
pub(crate) const BLOCKS: [&str; 29] = [
    "A paragraph of words,\nwrapped, with 💡 and é.",
    "_All of it in italics._",
    "_Say what happens across regions._",
    "_Split a large project into steps that can be delivered, and say what each of them brings._",
    "1. _Unit tests of the critical logic._\n2. _Integration tests of the components together._",
    "- _Performance and security tests._\n\n  more",
    "**Bold as a heading**",
    "- one\n- two\n  - nested\n\n  more\n- three",
    "1. one\n2. two\n\n   ```\n   ## Scope\n   ```",
    "* **Status**: _Acepted_\n* **Release**:",
    "```java\n## References\n\n- no list\n```",
    "~~~\n```\n~~~",
    "    indented code",
    "> a quote\n> ## Scope",
    "<!-- ## Scope -->",
    "<!--\n\n## Scope\n\n-->",
    "<div>\n\n## Appendix\n\n</div>",
    "| a | b |\n| --- | --- |\n| c | d |",
    "***",
    "[label]: https://example.org/a",
    "![picture](a.png)",
    "### Own part",
    "#5 is done\n===",
    "#### Deeper",
    "Setext part\n---",
    "## Own section",
    "```\nnever closed",
    "<!-- never closed",
    "一二三 四五",
];

/// How proposals for the built-in template start.
pub(crate) const STARTS: [&str; 8] = [
    "",
    "# VIP-7: Cache\n\n",
    "# vip 12 - Cache\n\n",
    "# A cache\n\n- **Status**: Implemented\n- **Release**:\n\n",
    "---\ntitle: x\n---\n\n# VIP-7: Cache\n\n",
    "---\ntitle: VIP-012: x\npermalink: /vip-1\n---\n",
    "\u{feff}# VIP-7\n\n",
    "\n\n",
];

/// Front matter, comments and prose, sections of level 1 and no title.
pub(crate) const IN_FRONT_MATTER: &str = "\
---
title: <Title>
status: draft | final
discussion: <URL>
---

# Summary

<!--
Say what changes.
-->

# Design

Explain the design in enough detail for somebody else to build it.

<!-- This section is optional. -->
# Drawbacks (20 words at most)

- Who would be hurt by this, and what could be done about it?

# Open questions
";

/// A table, braces and quotes.
pub(crate) const IN_A_TABLE: &str = "\
# RFC {number}: {title}

| Status | `draft` \\| `final` |
| --- | --- |
| Team | {names} |
| Release | |

## Summary

> Say what changes.

## Design

{Explain the design.}

1. {the parts}
2. {how they work together}

## References _(optional)_
";

/// What stands in proposals for these two.
pub(crate) const OTHER_BLOCKS: [&str; 8] = [
    "<!-- Say what\nchanges. -->",
    "Explain the design in enough detail\nfor somebody else to build it.",
    "- Who would be hurt by this, and what could be done about it?\n- One.",
    "> Say what changes.",
    "> Say what changes.\n>\n> And more.",
    "{Explain the design.}",
    "1. {the parts}\n2. Two.",
    "- {the parts}\n\n  more",
];

pub(crate) const OTHER_STARTS: [&str; 7] = [
    "",
    "---\nstatus: fnal # so\n---\n\n",
    "\u{feff}---\nauthors:\n- A. Author\ntitle: <Title>\n---\n",
    "# RFC 12: Cache\n\n",
    "# rfc-007 Cache\n\n| Status | fina |\n| --- | --- |\n",
    "# RFC 1: Cache\n\n| Team | {names} |\n| --- | --- |\n| Status | final |\n| Release | - |\n\n",
    "# Cache\n\n| Key | Value |\n| --- | --- |\n| Release |\n\n",
];

/// A proposal with some of the built-in template's sections, in some order, and anything between.
pub(crate) fn proposal() -> impl Strategy<Value = String> {
    proposal_for(&Template::built_in(), &STARTS, &[])
}

/// The same for another of the templates.
pub(crate) fn other_proposal() -> impl Strategy<Value = (Arc<Template>, String)> {
    let templates = [IN_FRONT_MATTER, IN_A_TABLE].map(|source| Arc::new(Template::derive(source, None)));
    let with =
        |template: &Arc<Template>| (Just(template.clone()), proposal_for(template, &OTHER_STARTS, &OTHER_BLOCKS));
    prop_oneof![with(&templates[0]), with(&templates[1])]
}

pub(crate) fn proposal_for(
    template: &Template,
    starts: &[&'static str],
    more: &[&'static str],
) -> impl Strategy<Value = String> + use<> {
    let names: Vec<String> = template.sections.iter().map(|section| section.name.clone()).collect();
    let section = (
        select(names),
        select(vec!["# ", "## ", "## ", "## ", "### "]),
        select(vec!["", "", " _(200 words at most)_", ":", "s", " (x) ##"]),
    );
    let heading = section.prop_map(|(name, level, tail)| format!("{level}{name}{tail}"));
    let blocks = [&BLOCKS[..26], more, more].concat();
    let block = prop_oneof![3 => heading, 4 => select(blocks).prop_map(str::to_owned)];
    let last = prop_oneof![6 => Just(""), 1 => select(BLOCKS[26..].to_vec())];
    let start = select(starts.to_vec());
    let gap = select(vec!["\n\n", "\n\n", "\n\n\n", "  \n\n"]);
    let end = select(vec!["", "\n", "\n\n", "  "]);
    let blocks = prop::collection::vec((block, gap), 0..14);
    (start, blocks, last, end, select(vec!["\n", "\r\n", "\r"])).prop_map(|(start, blocks, last, end, ending)| {
        let body: String = blocks.into_iter().map(|(block, gap)| block + gap).collect();
        format!("{start}{body}{last}{end}").replace('\n', ending)
    })
}

/// The file that every document is in.
pub(crate) const FILE: &str = "docs/vip-0012.md";

pub(crate) fn found(document: &Document) -> Vec<Diagnostic> {
    found_with(document, &Template::built_in())
}

pub(crate) fn found_with(document: &Document, template: &Template) -> Vec<Diagnostic> {
    check(&Proposal::of(document, template).in_file(Path::new(FILE)), &Severities::default())
}

pub(crate) fn key(diagnostic: &Diagnostic) -> (&'static str, Option<usize>) {
    (diagnostic.rule.id, diagnostic.subject)
}
