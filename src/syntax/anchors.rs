//! The anchors that sites give to headings.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::Body;
use super::events::OPTIONS;
use super::html::{Html, HtmlReader, attributes, decoded};
use super::labels::Labels;
use super::prose::fold_space;
use super::slugs::{OnMkdocs, github, mkdocs, numbered_on_github};
use super::source::{MAX_BYTES, markdown};
use crate::text::{Offset, Placed, Span, Text};

/// A place that a link can lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The names under which a link leads here: the name that the author gives, or for a heading the one that GitHub makes of its
    /// text, and the one of MkDocs (Python-Markdown's `toc`) where that differs.
    pub names: Vec<String>,
    /// The kind of the anchor.
    pub kind: AnchorKind,
    /// The text of a heading, or the name that the author gives.
    pub span: Span,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnchorKind {
    /// A Markdown heading, including one in a quote or a list.
    Heading,
    /// A heading in HTML.
    HtmlHeading,
    /// Something with an `id` or a `name`: an HTML element, or a heading followed by `{#id}`.
    Named,
}

/// Returns all anchors in `text`, in the order in which sites number them; none if the text is over [`MAX_BYTES`].
pub fn anchors(text: &Text) -> Vec<Anchor> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let body = Body::of(text);
    named(found_in(text, Span::new(body.start, text.end()), &Labels::default()))
}

/// Returns the anchors in `span` of `text`, before they are named. The span must start where a reading can start; `known` are the
/// labels that the rest of the text defines.
pub(super) fn found_in(text: &Text, span: Span, known: &Labels) -> Vec<Found> {
    let source = markdown(text, span);
    let mut reader = Reader { source: &source, start: span.start, ..Reader::default() };
    let defined = |link: BrokenLink<'_>| {
        let label = known.get(&link.reference)?;
        Some((CowStr::from(label.destination.clone()), CowStr::from("")))
    };
    // The mark of a footnote is not part of a heading's text.
    let options = OPTIONS | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_with_broken_link_callback(&source, options, Some(defined));
    parser.into_offset_iter().for_each(|(event, range)| reader.read(event, range));
    let mut labels = labels(&source, span.start).peekable();
    let mut found = Vec::new();
    for one in reader.found {
        found.extend(std::iter::from_fn(|| labels.next_if(|label| label.span.start < one.span.start)));
        found.push(one);
    }
    found.extend(labels);
    found
}

/// Returns the MyST labels, each on a line of its own: `(name)=`.
fn labels(source: &str, start: Offset) -> impl Iterator<Item = Found> + '_ {
    source.match_indices(")=").filter_map(move |(end, _)| {
        let line = source[..end].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let name = source[line..end].strip_prefix('(')?;
        let is_alone = source[end + 2..].starts_with(['\n', '\r']) || source.len() == end + 2;
        let is_name = is_alone && !name.is_empty() && !name.contains(['(', ')', ' ']);
        let span = Span::of_range(start, line + 1..end);
        is_name.then(|| Found { kind: AnchorKind::Named, says: name.to_owned(), span })
    })
}

/// Names the anchors in `found`. Headings with equal names are numbered in order.
pub(super) fn named(found: Vec<Found>) -> Vec<Anchor> {
    let (mut on_github, mut on_mkdocs) = (HashMap::new(), OnMkdocs::default());
    let names = |found: Found| {
        let names = match found.kind {
            AnchorKind::Named => vec![found.says],
            AnchorKind::Heading | AnchorKind::HtmlHeading => {
                let github = numbered_on_github(github(&found.says), &mut on_github);
                let mkdocs = on_mkdocs.numbered(mkdocs(&found.says));
                if github == mkdocs { vec![github] } else { vec![github, mkdocs] }
            }
        };
        Anchor { names, kind: found.kind, span: found.span }
    };
    found.into_iter().map(names).collect()
}

/// An anchor before it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: AnchorKind,
    /// The text of a heading as rendered, or the name.
    pub(super) says: String,
    pub(super) span: Span,
}

impl Placed for Found {
    fn placed(self, place: impl Fn(Span) -> Span) -> Found {
        Found { span: place(self.span), ..self }
    }
}

/// The state of a search for the anchors in `source`.
#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    /// Where `source` starts in its text.
    start: Offset,
    found: Vec<Found>,
    /// The open heading: its text, and the range of that text.
    open: Option<(String, Option<Range<usize>>)>,
    html: HtmlReader,
    images: usize,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some((_, content)) = &mut self.open
            && !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)))
        {
            let start = content.as_ref().map_or(range.start, |content| content.start.min(range.start));
            let end = content.as_ref().map_or(range.end, |content| content.end.max(range.end));
            *content = Some(start..end);
        }
        if let Some(html) = self.html.read(&event, &range, self.source) {
            self.read_html(&html);
        }
        match event {
            Event::Start(Tag::Heading { .. }) => self.open = Some((String::new(), None)),
            Event::End(TagEnd::Heading(_)) => self.end_heading(range),
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Text(shown) | Event::Code(shown) if self.images == 0 => self.show(&shown),
            Event::SoftBreak | Event::HardBreak => self.show("\n"),
            _ => {}
        }
    }

    fn show(&mut self, shown: &str) {
        if let Some((open, _)) = &mut self.open {
            open.push_str(shown);
        }
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let Some((says, content)) = self.open.take() else { return };
        let content = content.unwrap_or(range.start..range.start);
        let given = given_id(&self.source[content.clone()]).map(|id| content.start + id.start..content.start + id.end);
        // An element within the heading is found before the heading itself.
        let span = |range| Span::of_range(self.start, range);
        let heading = Found { kind: AnchorKind::Heading, says, span: span(content) };
        let given =
            given.map(|id| Found { kind: AnchorKind::Named, says: self.source[id.clone()].to_owned(), span: span(id) });
        self.found.extend([Some(heading), given].into_iter().flatten());
    }

    /// Adds the headings and names in `html`.
    fn read_html(&mut self, html: &Html) {
        let mut found: Vec<(usize, usize, AnchorKind, String)> = headings_in(&html.text).collect();
        found.extend(names_in(&html.text));
        found.sort_by_key(|(start, ..)| *start);
        for (start, end, kind, says) in found {
            let span = Span::new(self.start + html.place(start), self.start + html.place(end));
            self.found.push(Found { kind, says, span });
        }
    }
}

/// Returns the range of the name in `{#id}` at the end of the heading `content`.
fn given_id(content: &str) -> Option<Range<usize>> {
    let inside = content.trim_end().strip_suffix('}')?;
    let start = inside.rfind('{')? + 1;
    let blanks = inside[start..].len() - inside[start..].trim_start().len();
    let id = inside[start + blanks..].strip_prefix('#')?;
    let length = id.find(|character: char| character.is_whitespace()).unwrap_or(id.len());
    let from = start + blanks + 1;
    (length > 0).then_some(from..from + length)
}

/// Returns the headings in `html`: the start and end of their content, and its text.
fn headings_in(html: &str) -> impl Iterator<Item = (usize, usize, AnchorKind, String)> {
    // Element names may be uppercase, while the text must keep its case.
    let folded = html.to_ascii_lowercase();
    let starts: Vec<usize> = folded.match_indices("<h").map(|(at, _)| at + "<h".len()).collect();
    starts.into_iter().filter_map(move |start| {
        let level = html[start..].chars().next().filter(|level| ('1'..='6').contains(level))?;
        let end = start + folded[start..].find("</h")?;
        let tag = start + level.len_utf8();
        let content = tag + html[tag..end].find('>')? + 1;
        // The rest of the start tag has no `<`.
        let shown = html[tag..end].split('<').filter_map(|piece| piece.split_once('>'));
        let text = fold_space(&decoded(&shown.map(|(_, shown)| shown).collect::<String>()));
        Some((content, end, AnchorKind::HtmlHeading, text))
    })
}

/// Returns the values of `id` and `name` in the tags of `html`.
fn names_in(html: &str) -> impl Iterator<Item = (usize, usize, AnchorKind, String)> {
    let names = attributes(html).into_iter().filter(|attribute| attribute.is_one_of(&["id", "name"]));
    names.map(|name| (name.value.start, name.value.end, AnchorKind::Named, decoded(&html[name.value])))
}

/// Whether `anchor` in a link means one of `names`, ignoring case.
pub fn has_name(names: &[String], anchor: &str) -> bool {
    let anchor = anchor.to_lowercase();
    // GitHub puts this prefix before its own names.
    let own = anchor.strip_prefix("user-content-");
    names.iter().map(|name| name.to_lowercase()).any(|name| name == anchor || Some(name.as_str()) == own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_of_headings() {
        check(&[
            ("Proposed Design", &["proposed-design"]),
            ("What's new & old?", &["whats-new--old", "whats-new-old"]),
            ("Größe à l’Été", &["größe-à-lété", "groe-a-lete"]),
            ("a_b - c", &["a_b---c", "a_b-c"]),
            ("--dry-run", &["--dry-run", "-dry-run"]),
            ("⚠\u{fe0f} Risk", &["\u{fe0f}-risk", "risk"]),
            ("💡 :bulb: on–off", &["-bulb-onoff", "bulb-onoff"]),
            ("Cafe\u{301} in m² ①", &["cafe\u{301}-in-m-", "cafe-in-m2-1"]),
            ("a\u{200d}b ٣ Ⓑ Ⅳ", &["ab-٣-ⓑ-ⅳ", "ab-b-iv"]),
            ("設計", &["設計", "_1"]),
        ]);
    }

    #[test]
    fn headings_of_the_same_name_are_numbered() {
        check(&[("Scope", &["scope"]), ("Scope", &["scope-1", "scope_1"]), ("Scope!", &["scope-2", "scope_2"])]);
        check(&[
            ("A", &["a"]),
            ("A", &["a-1", "a_1"]),
            ("A-1", &["a-1-1", "a-1"]),
            ("A_1", &["a_1", "a_2"]),
            ("A", &["a-2", "a_3"]),
        ]);
        check(&[("a_b_1", &["a_b_1"]), ("a_b_1", &["a_b_1-1", "a_b_2"])]);
        check(&[("A-1", &["a-1"]), ("A", &["a"]), ("A", &["a-2", "a_1"])]);
        check(&[("!", &["", "_1"]), ("?", &["-1", "_2"])]);
    }

    #[test]
    fn all_anchors_of_a_text() {
        let text = Text::new(
            "> ## In quote\n\n- ## In `list`\n\n1. Lines\n   two\n   ---\n\n## Nice ![Help][]\n\n## ![i](i.png) A  b\n\n<h2 align=x>In <b>HTML</b></h2>\n\n\
             <a id=bare></a> <A ID = \"upper\"> <a\nname='two words' data-id=\"no\"> `<a id=no>`\n\n## Scope <i id=\"i\">x</i>\n\n## Scope x\n\n[help]: h.png\n",
        );
        assert_eq!(
            names(&text),
            [
                "in-quote",
                "in-list",
                "linestwo",
                "lines-two",
                "nice-",
                "nice",
                "-a--b",
                "a-b",
                "in-html",
                "bare",
                "upper",
                "two words",
                "i",
                "scope-x",
                "scope-x-1",
                "scope-x_1",
            ]
        );
    }

    #[test]
    fn anchors_of_html_are_those_of_what_it_shows() {
        for (html, expected) in [
            ("<H2>Upper Case</H2>", &["upper-case"][..]),
            ("<h2 align=x>R&amp;D &#x27;a&#39; &nbsp;&copy;\n  b</H2>", &["rd-a--b", "rd-a-b"]),
            ("<h2>Q & A; B</h2>", &["q--a-b", "q-a-b"]),
            ("<!-- <h2>Gone</h2> <a id=gone></a>\n<h3>Gone, too</h3>\n-->\n", &[]),
            ("<h2>Kept <!-- <b id=gone> --></h2>\n", &["kept"]),
            ("<A NAME='a&amp;b'></A>", &["a&b"]),
            ("<hr>\n<header>x</header>\n<h7>x</h7>", &[]),
        ] {
            let found = names(&Text::new(html));
            assert_eq!(found[..found.len().min(expected.len().max(1))], *expected, "{html}");
        }
    }

    #[test]
    fn labels_of_myst_are_anchors() {
        let text = Text::new("(own-name)=\n\n## Scope\n\n(a b)=\nf(x)=y\n(no)= x\n");
        assert_eq!(names(&text), ["own-name", "scope"]);
        assert_eq!(names(&Text::new("(own)=\n## Scope\n\n(last)=")), ["own", "scope", "last"]);
    }

    #[test]
    fn the_mark_of_a_footnote_is_in_no_anchor() {
        let text = Text::new("## Limits[^note]\n\n> ## More[^1]\n\n[^note]: Ibid.\n[^1]: A b.\n");
        assert_eq!(names(&text), ["limits", "more"]);
    }

    fn names(text: &Text) -> Vec<String> {
        anchors(text).into_iter().flat_map(|anchor| anchor.names).collect()
    }

    #[test]
    fn anchors_are_numbered_in_the_order_of_the_text_and_say_where_they_are() {
        let text = Text::new(
            "---\na: b\n---\n> ## Foo\n\n## Foo {#own}\n\n<h2>Foo</h2>\n\n> <a\n> id=\"x y\"></a>\n\n- # Foo #\n\n## Foo  Bar\n\n##\n\nFoo\n===\n",
        );
        let found: Vec<_> = anchors(&text)
            .into_iter()
            .map(|anchor| (anchor.names[0].clone(), anchor.kind, text.slice(anchor.span).into_owned()))
            .collect();
        let expected = [
            ("foo", AnchorKind::Heading, "Foo"),
            ("foo-own", AnchorKind::Heading, "Foo {#own}"),
            ("own", AnchorKind::Named, "own"),
            ("foo-1", AnchorKind::HtmlHeading, "Foo"),
            ("x y", AnchorKind::Named, "x y"),
            ("foo-2", AnchorKind::Heading, "Foo"),
            ("foo--bar", AnchorKind::Heading, "Foo  Bar"),
            ("", AnchorKind::Heading, ""),
            ("foo-3", AnchorKind::Heading, "Foo"),
        ];
        assert_eq!(found, expected.map(|(name, kind, at)| (name.to_owned(), kind, at.to_owned())));
    }

    fn check(cases: &[(&str, &[&str])]) {
        let headings = cases.iter().map(|(heading, _)| Found {
            kind: AnchorKind::Heading,
            says: (*heading).to_owned(),
            span: Span::new(Offset::ZERO, Offset::ZERO),
        });
        for ((heading, expected), found) in cases.iter().zip(named(headings.collect())) {
            assert_eq!(found.names, *expected, "{heading}");
        }
    }
}
