//! Which links there are, and where.

use super::super::read;
use super::*;
use crate::text::Text;

fn links(text: &Text) -> Links {
    read(text).links
}

#[test]
fn links_of_all_kinds_are_found_and_code_has_none() {
    let text = Text::new(
        "---\na: [b](c)\n---\n# 💡 [One](one.md#a)\n\n- [two][l] 7 and `8 [no](no.md)` <https://example.org>\n\n```\n[no](no.md)\n```\n\n![image](image.png) [three](<a b.md> \"t\") [none]\n\n[l]: ../two.md\n",
    );
    let found = links(&text);
    let links: Vec<_> =
        found.links.iter().map(|link| (text.slice(link.span).into_owned(), &*link.destination)).collect();
    assert_eq!(
        links,
        [
            ("[One](one.md#a)".to_owned(), "one.md#a"),
            ("[two][l]".to_owned(), "../two.md"),
            ("<https://example.org>".to_owned(), "https://example.org"),
            ("![image](image.png)".to_owned(), "image.png"),
            ("[three](<a b.md> \"t\")".to_owned(), "a b.md"),
        ]
    );
    assert_eq!(found.undefined, []);
    let broken = Text::new("[a][b] [c][] [d] [e](f) `[g][h]` [1][i](j)\n");
    let labels: Vec<_> = self::links(&broken).undefined.into_iter().map(|undefined| undefined.label).collect();
    assert_eq!(labels, ["b", "c"]);
    let prose: String = found.prose.iter().map(|span| text.slice(*span).into_owned()).collect();
    assert_eq!(prose, " 7 and ");
}

/// Checks what links `source` has, as they stand there.
fn check(source: &str, expected: &[&str]) {
    let text = Text::new(source);
    let found = links(&text);
    let spans = found.links.iter().map(|link| link.span).chain(found.undefined.iter().map(|link| link.span));
    let shown: Vec<_> = spans.map(|span| text.slice(span).into_owned()).collect();
    assert_eq!(shown, expected, "{source}");
}

#[test]
fn footnotes_are_no_links_and_may_have_some() {
    check("A[^1] b[^1][^2] [c][^1]\n\n[^1]: Ibid.\n[^2]: x.md\n", &[]);
    check(
        "A[^1] [b](b.md)\n\n[^1]: [c](c.md)\n[^2]: see [d](d.md) [e]\n\n[e]: e.md\n",
        &["[b](b.md)", "[c](c.md)", "[d](d.md)", "[e]"],
    );
    let text = Text::new("A[^1]\n\n[^1]: VIP-9\n");
    let found = links(&text);
    assert_eq!((found.definitions, text.slice(found.prose[1])), (Vec::new(), "VIP-9".into()));
}

#[test]
fn images_and_html_are_links_too() {
    for (source, expected) in [
        (
            "![a [b](b.md) c](c.png) [![d](d.png) ![e][x]](f.md)\n\n[x]: x.png\n",
            &["c.png", "b.md", "f.md", "d.png", "x.png"][..],
        ),
        ("<a href=\"a.md\">x</a> <img alt='b' SRC=b.png> `<a href=no>` <!-- <a href=no> -->\n", &["a.md", "b.png"]),
        ("> <p>\n> <a\n> href='c&amp;d.md'>x</a></p>\n\n- <img src=\"\ne.png\">\n", &["c&d.md", "e.png"]),
        ("> [a](\n> b.md) [c](<d \\> e.md>)\n", &["b.md", "d > e.md"]),
    ] {
        let text = Text::new(source);
        let found = links(&text);
        let shown: Vec<_> = found.links.iter().map(|link| &*link.destination).collect();
        assert_eq!(shown, expected, "{source}");
    }
    let text = Text::new("> [a](\n> b.md) [c](<d \\> e.md>) <a href='f.md'>\n");
    let at = |link: &Link| link.target.map(|span| text.slice(span).into_owned());
    let targets: Vec<_> = links(&text).links.iter().filter_map(at).collect();
    assert_eq!(targets, ["b.md", "d \\> e.md", "f.md"]);
}

#[test]
fn math_has_no_links() {
    for math in [
        "$A[i](j)$",
        "so $A[i](j) = B[j](i)$, and",
        "$A[i][j]$",
        "$$A[i](j)$$",
        "$$\nA[i](j) \\\\\nB[i][j]\n$$",
        "- $A[i](j)$\n> $A[i](j)$",
        "| $A[i](j)$ |\n|-|\n| $A[i](j)$ |",
        "($A[i](j)$)",
        "`` ` `` $`A[i](j)`$",
    ] {
        check(math, &[]);
    }
    for prose in [
        "$5 and [a](b) for $6",
        "US$5, [a](b), or CA$6",
        "5$ or [a](b), 6$",
        "$ 5 [a](b)$",
        "\\$x [a](b)$",
        "$x [a](b)\\$",
        "$x\n\n[a](b)$",
        "- $x\n- [a](b)$",
        "$HOME, [a](b), $PATH and a/$b",
        "`$x` [a](b) `y$`",
        "$$x [a](b) y$",
        "$x$ [a](b) $y$",
    ] {
        check(prose, &["[a](b)"]);
    }
}

#[test]
fn destinations_are_found_where_they_are_written() {
    let text = Text::new(
        "💡 [a](b.md) [*a2*]( <b c.md#d> \"](x)\") [![i](i.png)](c\\(.md) [](d.md) [`x`](e_(1).md 't') <https://example.org>\n\
         [f][G] [h]\n\n> [g]: <../two.md>\n\n[h]:\n  three.md 'title'\n[g]: four.md\n",
    );
    let found = links(&text);
    let at = |target: Option<Span>| target.map(|span| text.slice(span).into_owned());
    let targets: Vec<_> = found.links.iter().map(|link| at(link.target)).collect();
    let some = |target: &str| Some(target.to_owned());
    assert_eq!(
        targets,
        [
            some("b.md"),
            some("b c.md#d"),
            some("c\\(.md"),
            some("i.png"),
            some("d.md"),
            some("e_(1).md"),
            some("https://example.org"),
            None,
            None
        ]
    );
    let labels: Vec<_> = found.links.iter().filter_map(|link| link.label.as_deref()).collect();
    assert_eq!(labels, ["G", "h"]);
    let definitions: Vec<_> = found.definitions.iter().map(|found| (found.label.as_str(), at(found.target))).collect();
    assert_eq!(definitions, [("g", some("../two.md")), ("h", some("three.md"))]);
    assert_eq!(text.slice(found.definitions[1].span), "[h]:\n  three.md 'title'");
    let linked: String = found.linked.iter().map(|span| text.slice(*span).into_owned()).collect();
    assert_eq!(linked, "a2");
}

#[test]
fn what_an_image_shows_is_linked_where_the_image_is() {
    for (source, linked, prose) in [
        ("![VIP-5](a.svg)", "", "VIP-5"),
        ("[![VIP-5](a.svg)](vip-5.md)", "VIP-5", ""),
        ("![VIP-5][a]\n\n[a]: a.svg\n", "VIP-5", ""),
        ("[VIP-5](vip-5.md)", "VIP-5", ""),
    ] {
        let text = Text::new(source);
        let found = links(&text);
        let shown = |spans: &[Span]| spans.iter().map(|span| text.slice(*span)).collect::<String>();
        assert_eq!((shown(&found.linked), shown(&found.prose)), (linked.to_owned(), prose.to_owned()), "{source}");
    }
}
