//! Rewrites of a whole proposal.

use crate::document::{Document, Proposal};
use crate::features::rewrite::Rewrite;
use crate::template::Template;
use crate::text::apply;

const TEMPLATE: &str = "\
# XIP-`$NUMBER`: `$TITLE`

## Summary _(8 words at most)_

_Say what changes._

## Design

_Say how it is done._

## Notes _(optional)_
";

/// What `rewrite` makes of `source`, after which there is nothing left to do, or why it does nothing.
fn check(rewrite: Rewrite, source: &str, expected: Result<&str, &str>) {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::open(source);
    let edits = rewrite.edits(&Proposal::of(&document, &template));
    let result = edits.map(|edits| apply(document.text(), &edits.edits).to_string());
    assert_eq!(result.as_deref().map_err(String::as_str), expected, "{source:?}");
    if let Ok(result) = result {
        let after = Document::open(&result);
        assert!(rewrite.edits(&Proposal::of(&after, &template)).is_err(), "{result:?}");
    }
}

#[test]
fn required_sections_are_inserted_without_guidance() {
    let check = |source, expected| check(Rewrite::InsertMissingSections, source, expected);
    check("# XIP-1: 💡\r\n", Ok("# XIP-1: 💡\r\n\r\n## Summary\r\n\r\n## Design\r\n"));
    check("# XIP-1: C\n\n## Notes\n\nText.\n", Ok("# XIP-1: C\n\n## Summary\n\n## Design\n\n## Notes\n\nText.\n"));
    check("# XIP-1: C\n\n## Summary\n\n## Design\n", Err("no section is missing"));
    check(
        "# XIP-1: C\n\n## Summary\n\n```\n",
        Err("sections cannot be inserted after an unclosed block; close it first"),
    );
}

#[test]
fn guidance_goes_from_sections_and_headings() {
    let check = |source, expected| check(Rewrite::RemoveGuidance, source, expected);
    check("# XIP-1: 💡\n\n## Summary _(8 words at most)_\n\n_Say what changes._\n", Ok("# XIP-1: 💡\n\n## Summary\n"));
    check(
        "# XIP-1: C\r\n\r\n## Summary _(8 words at most)_ ##\r\n\r\n_Say what\r\nchanges._\r\n\r\n## Design\r\n\r\n_Say how it is done._\r\n\r\nMine.\r\n\r\n## Notes _(optional)_\r\n",
        Ok("# XIP-1: C\r\n\r\n## Summary ##\r\n\r\n## Design\r\n\r\nMine.\r\n\r\n## Notes\r\n"),
    );
    check("# XIP-1: C\n\n## Summary _(fast)_\n\n_Mine, all of it._\n", Err("none of the template's guidance is left"));
    check(
        "# XIP-1: C\n\n## Summary\n\n1. _Say what changes._\n   - Mine.\n2. Yours.\n",
        Ok("# XIP-1: C\n\n## Summary\n\n1. - Mine.\n2. Yours.\n"),
    );
    check(
        "# XIP-1: C\n\n## Summary\n\n- _Say what changes._\n\n      code\n",
        Err("there is nothing to remove; kept 1 text that shares lines with other text"),
    );
}

#[test]
fn sections_are_put_in_order() {
    let check = |source, expected| check(Rewrite::OrderSections, source, expected);
    check(
        "# XIP-1: C\n\n## Notes\n\nN 💡.\n\n## Summary\n\nS.\n",
        Ok("# XIP-1: C\n\n## Summary\n\nS.\n\n## Notes\n\nN 💡.\n"),
    );
    check("# XIP-1: C\n\n## Summary\n\n## Own\n\n## Design\n", Err("no section is out of order"));
    check(
        "## Design\n\n## Summary\n\n```\n",
        Err("sections cannot be reordered around an unclosed block or a label that is defined twice; fix that first"),
    );
}

#[test]
fn an_index_page_stays_as_it_is() {
    let template = Template::derive(TEMPLATE, None);
    let document = Document::open("# All\n\n## Design\n\n- [1](xip-1.md)\n\n## Summary\n\n_Say what changes._\n");
    for rewrite in Rewrite::ALL {
        let page = Proposal::of(&document, &template).as_index();
        assert_eq!(rewrite.edits(&page).err().as_deref(), Some("an index page has no template sections"));
    }
}
