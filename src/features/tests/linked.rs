//! Linked places as they stand in the document.

use crate::document::{Document, Proposal};
use crate::features::linked::linked;
use crate::template::Template;
use crate::text::{Edit, Offset, apply};

/// `expected` is the document with the linked places in braces, for the cursor at the `$0` of `marked`.
fn check(marked: &str, expected: &str) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::derive("---\nvip: NNN\ntitle: Title\n---\n\n# VIP-NNN: Title\n\n## Scope\n", None);
    let places = linked(&Proposal::of(&document, &template), offset);
    let edits = places.iter().flat_map(|place| {
        assert_eq!(place.len(), places[0].len(), "LSP wants them of one length");
        [Edit::insert(place.start, "{".to_owned()), Edit::insert(place.end, "}".to_owned())]
    });
    let edits: Vec<_> = edits.collect();
    assert_eq!(apply(document.text(), &edits).to_string(), expected);
}

#[test]
fn the_number_is_linked_wherever_it_stands() {
    let linked =
        "---\r\nvip: {12}\r\ntitle: \"💡 VIP-{12}\"\r\npermalink: /docs/vip-{12}/\r\n---\r\n\r\n# 💡 VIP-{12}: C\r\n";
    let plain = linked.replace(['{', '}'], "");
    for (place, _) in plain.match_indices("12") {
        for at in place..=place + 2 {
            check(&format!("{}$0{}", &plain[..at], &plain[at..]), linked);
        }
    }
}

#[test]
fn other_numbers_and_one_that_stands_alone_are_not() {
    for marked in [
        "---\nvip: 7\n---\n\n# VIP-$08: C\n",
        "---\nvip: 07\n---\n\n# VIP-$07: C\n",
        "# VIP-$07: C\n",
        "---\nvip: 7\n---\n\n# VIP-7: $0C\n",
        "---\nvip: 7\n---\n\n# VIP-7: C\n\nVIP-$07 and $07\n",
        "$0",
    ] {
        check(marked, &marked.replacen("$0", "", 1));
    }
    check("---\nvip: 7\nslug: vip-8\n---\n\n# VIP-7$0: C\n", "---\nvip: {7}\nslug: vip-8\n---\n\n# VIP-{7}: C\n");
}
