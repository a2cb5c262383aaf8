//! Where the template has what the author points at.

use crate::document::{Document, Proposal};
use crate::features::declaration::declaration;
use crate::template::Template;
use crate::text::Offset;

const TEMPLATE: &str = "# VIP-NNN: Title\n\n## 💡 Scope\n\n### Aims\n\n## Plan\n";

/// `expected` is the heading in the template for the cursor at the `$0` of `marked`; empty where there is none.
fn check(marked: &str, expected: &str) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::derive(TEMPLATE, None);
    let found = declaration(&Proposal::of(&document, &template), offset);
    let found = found.map(|span| template.text.slice(span).into_owned());
    assert_eq!(found.as_deref().unwrap_or_default(), expected, "{marked}");
}

#[test]
fn the_innermost_section_of_the_template_counts() {
    check("# VIP-7: A\n\n## 💡 Sc$0ope\n\n### Aims\n\n## Plan\n", "💡 Scope");
    check("# VIP-7: A\n\n## 💡 Scope\n\n### Aims\n\nA$0.\n\n## Plan\n", "Aims");
    check("# VIP-7: A\n\n## Plan\n\n### Steps\n\nOne.$0\n", "Plan");
    check("# VIP-7: A\n\n## plan\n\n$0", "Plan");
}

#[test]
fn what_is_in_no_section_of_the_template_has_none() {
    check("# VIP-7: $0A\n\n## Plan\n", "");
    check("# VIP-7: A\n\n- **St$0atus**: Draft\n\n## Plan\n", "");
    check("# VIP-7: A\n\n## Plan\n\n## Own\n\nO$0.\n", "");
    check("$0", "");
}
