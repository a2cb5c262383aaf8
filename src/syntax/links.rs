//! Links, and the text around them.

use pulldown_cmark::{BrokenLink, Event, LinkType, Parser, Tag, TagEnd};

use super::closed::OPTIONS;
use super::source::markdown;
use super::{Body, MAX_BYTES};
use crate::text::{Span, Text};

/// A link with a target, be it inline, by reference, or an address in angle brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// From its first mark to its last.
    pub span: Span,
    /// Where it leads, as written but for escapes and entities.
    pub destination: String,
}

/// A link by reference that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// From its first mark to its last.
    pub span: Span,
    /// The label.
    pub label: String,
}

/// What links a text has, and where it has prose that is no link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The links, in order.
    pub links: Vec<Link>,
    /// `[text][label]` and `[label][]` whose label is defined nowhere, in order.
    pub undefined: Vec<Undefined>,
    /// Runs of plain text outside links and code, in order.
    pub prose: Vec<Span>,
}

/// The links of `text`; none of one over [`MAX_BYTES`].
pub fn links(text: &Text) -> Links {
    let mut found = Links::default();
    if text.len() > MAX_BYTES {
        return found;
    }
    let start = Body::of(text).start;
    let markdown = markdown(text, Span::new(start, text.end()));
    let (mut depth, mut code) = (0_usize, 0_usize);
    let mut undefined = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        // `[x]` alone may be a box, a footnote or a sign.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.push(Undefined { span: Span::of_range(start, link.span), label: link.reference.into_string() });
        }
        None
    };
    for (event, range) in Parser::new_with_broken_link_callback(&markdown, OPTIONS, Some(callback)).into_offset_iter() {
        let span = Span::of_range(start, range);
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                depth += 1;
                if !matches!(link_type, LinkType::Email) {
                    found.links.push(Link { span, destination: dest_url.into_string() });
                }
            }
            Event::End(TagEnd::Link) => depth = depth.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
            Event::Text(_) if depth == 0 && code == 0 => found.prose.push(span),
            _ => {}
        }
    }
    // The parser may try a place more than once.
    undefined.sort_by_key(|undefined: &Undefined| undefined.span);
    undefined.dedup();
    found.undefined = undefined;
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_all_kinds_are_found_and_code_has_none() {
        let text = Text::new(
            "---\na: [b](c)\n---\n# 💡 [One](one.md#a)\n\n- [two][l] and `[no](no.md)` <https://example.org>\n\n```\n[no](no.md)\n```\n\n![image](image.png) [three](<a b.md> \"t\") [none]\n\n[l]: ../two.md\n",
        );
        let found = links(&text);
        let links: Vec<_> =
            found.links.iter().map(|link| (text.slice(link.span).into_owned(), link.destination.as_str())).collect();
        assert_eq!(
            links,
            [
                ("[One](one.md#a)".to_owned(), "one.md#a"),
                ("[two][l]".to_owned(), "../two.md"),
                ("<https://example.org>".to_owned(), "https://example.org"),
                ("[three](<a b.md> \"t\")".to_owned(), "a b.md"),
            ]
        );
        assert_eq!(found.undefined, []);
        let broken = Text::new("[a][b] [c][] [d] [e](f) `[g][h]`\n");
        let labels: Vec<_> = super::links(&broken).undefined.into_iter().map(|undefined| undefined.label).collect();
        assert_eq!(labels, ["b", "c"]);
        let prose: String = found.prose.iter().map(|span| text.slice(*span).into_owned()).collect();
        assert_eq!(prose, "💡  and  image  [none]");
    }
}
