//! Highlights as they stand in the document.

use std::path::Path;

use crate::document::{Document, Proposal};
use crate::features::highlights::{HighlightKind, highlights};
use crate::template::Template;
use crate::text::{Edit, Offset, apply};

/// `expected` is the document of `docs/vip-7.md` with the heading in `h{}` and references in `r{}`, for the cursor at the
/// `$0` of `marked`.
fn check(marked: &str, expected: &str) {
    let offset = Offset::new(marked.find("$0").expect("a cursor"));
    let document = Document::open(&marked.replacen("$0", "", 1));
    let template = Template::built_in();
    let found = highlights(&Proposal::of(&document, &template).in_file(Path::new("docs/vip-7.md")), offset);
    let edits = found.iter().flat_map(|found| {
        let kind = match found.kind {
            HighlightKind::Heading => "h{",
            HighlightKind::Reference => "r{",
        };
        [Edit::insert(found.span.start, kind.to_owned()), Edit::insert(found.span.end, "}".to_owned())]
    });
    let edits: Vec<_> = edits.collect();
    assert_eq!(apply(document.text(), &edits).to_string(), expected);
}

/// The same for the cursor at every `$0` of `marked`, one after the other.
fn check_all(marked: &str, expected: &str) {
    let plain = marked.replace("$0", "");
    for (index, (at, _)) in marked.match_indices("$0").enumerate() {
        let at = at - 2 * index;
        check(&format!("{}$0{}", &plain[..at], &plain[at..]), expected);
    }
}

#[test]
fn references_to_the_same_proposal_file_or_label() {
    check_all("# VIP-7: C\n\nVIP-$08 💡 VIP-9 $0VIP-008\n", "# VIP-7: C\n\nr{VIP-8} 💡 VIP-9 r{VIP-008}\n");
    check_all(
        "[a$0](a.md) [b](a.md#b) [c]$0[L] [L] [d](b.md)\n\n[l]: a.m$0d\n",
        "r{[a](a.md)} [b](a.md#b) r{[c][L]} r{[L]} [d](b.md)\n\nr{[l]: a.md}\n",
    );
    check_all(
        "[a][$0l] [b][l$0] [c](https://example.org)\n\n[l]: https://example.org\n",
        "r{[a][l]} r{[b][l]} [c](https://example.org)\n\n[l]: https://example.org\n",
    );
}

#[test]
fn a_heading_and_what_leads_to_it() {
    check_all(
        "## $0 What's ne$0w & old?$0 ##\r\n\r\n💡 [a$0](#whats-new--old) [b](vip-7.md#Whats-New-$0Old) [c](#own) [d](vip-8.md#whats-new-old)\r\n\r\n## Own\r\n",
        "##  h{What's new & old?} ##\r\n\r\n💡 r{[a](#whats-new--old)} r{[b](vip-7.md#Whats-New-Old)} [c](#own) [d](vip-8.md#whats-new-old)\r\n\r\n## Own\r\n",
    );
    check_all(
        "## Own\n\n[a](#own-1) [b](#own)\n\nO$0wn\n-$0--\n\n[c]\n\n[c]: #own-1\n",
        "## Own\n\nr{[a](#own-1)} [b](#own)\n\nh{Own}\n---\n\nr{[c]}\n\nr{[c]: #own-1}\n",
    );
}

#[test]
fn an_anchor_without_a_heading_is_a_place_as_well() {
    check("[a$0](#no) [b](#no) [c](#nor)\n", "r{[a](#no)} r{[b](#no)} [c](#nor)\n");
}

#[test]
fn a_reference_in_a_heading_comes_before_the_heading() {
    check("# A\n\n## See VIP-$08\n\nVIP-8 [a](#see-vip-8)\n", "# A\n\n## See r{VIP-8}\n\nr{VIP-8} [a](#see-vip-8)\n");
    check("# A\n\n## S$0ee VIP-8\n\nVIP-8 [a](#see-vip-8)\n", "# A\n\n## h{See VIP-8}\n\nVIP-8 r{[a](#see-vip-8)}\n");
}

#[test]
fn nothing_else_is_highlighted() {
    for marked in ["$0", "Own $0words [a](b.md)\n", "##$0\n\n[a](#)\n", "## Own\n$0\n[a](#own)\n", "`VIP-$08` VIP-8\n"]
    {
        check(marked, &marked.replacen("$0", "", 1));
    }
}
