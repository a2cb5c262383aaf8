//! The anchors that sites give to headings.

use std::collections::{HashMap, HashSet};

use icu_normalizer::DecomposingNormalizer;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::closed::OPTIONS;
use super::comments::in_html;
use super::source::markdown;
use super::{Body, MAX_BYTES, fold_space, rendered};
use crate::text::{Span, Text};

/// The names under which a link can lead to the heading at each place of `headings`, which are rendered texts: GitHub's, and
/// that of MkDocs (Python-Markdown's `toc`), where it differs.
pub fn anchors<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    let (mut on_github, mut on_mkdocs) = (HashMap::new(), HashSet::new());
    let of = |heading: &'a str| {
        let github = numbered_on_github(github(heading), &mut on_github);
        let mkdocs = numbered_on_mkdocs(mkdocs(heading), &mut on_mkdocs);
        if github == mkdocs { vec![github] } else { vec![github, mkdocs] }
    };
    headings.map(of).collect()
}

/// All anchors in `text`: those of headings, be they in quotes, lists or HTML, and those that HTML names; none in a text over
/// [`MAX_BYTES`].
pub fn all_anchors(text: &Text) -> Vec<String> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let source = markdown(text, Span::new(Body::of(text).start, text.end()));
    let mut reader = Reader::default();
    // The mark of a footnote is no text of a heading.
    Parser::new_ext(&source, OPTIONS | Options::ENABLE_FOOTNOTES).for_each(|event| reader.read(event));
    let html = without_comments(&reader.html);
    reader.headings.extend(headings_in(&html));
    let mut found = anchors(reader.headings.iter().map(String::as_str)).concat();
    found.extend(names_in(&html));
    found
}

/// What has been found in a text that has anchors.
#[derive(Default)]
struct Reader {
    /// The headings as rendered. An image has no text.
    headings: Vec<String>,
    /// All HTML.
    html: String,
    /// The heading that is being read.
    open: Option<String>,
    images: usize,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.open = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => self.headings.extend(self.open.take()),
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            Event::Html(tags) | Event::InlineHtml(tags) => self.html.push_str(&tags),
            Event::Text(shown) | Event::Code(shown) if self.images == 0 => self.show(&shown),
            Event::SoftBreak | Event::HardBreak => self.show(" "),
            _ => {}
        }
    }

    fn show(&mut self, shown: &str) {
        if let Some(open) = &mut self.open {
            open.push_str(shown);
        }
    }
}

/// `html` without its comments.
fn without_comments(html: &str) -> String {
    let (mut kept, mut from) = (String::with_capacity(html.len()), 0);
    for comment in in_html(html) {
        kept.push_str(&html[from..comment.start]);
        from = comment.end;
    }
    kept + &html[from..]
}

/// The texts of the headings in `html`.
fn headings_in(html: &str) -> impl Iterator<Item = String> {
    // Names of elements may be in upper case, and the text keeps its own.
    let folded = html.to_ascii_lowercase();
    let starts: Vec<usize> = folded.match_indices("<h").map(|(at, _)| at + "<h".len()).collect();
    starts.into_iter().filter_map(move |start| {
        let level = html[start..].chars().next().filter(|level| ('1'..='6').contains(level))?;
        let length = folded[start..].find("</h")?;
        let content = &html[start + level.len_utf8()..start + length];
        // What is left of the start tag has no `<`.
        let shown = content.split('<').filter_map(|piece| piece.split_once('>'));
        Some(fold_space(&decoded(&shown.map(|(_, shown)| shown).collect::<String>())))
    })
}

/// The values of `id` and `name` in the tags of `html`.
fn names_in(html: &str) -> impl Iterator<Item = String> {
    html.match_indices('=').filter_map(|(at, _)| {
        let mut words =
            html[..at].trim_end().rsplit(|character: char| !character.is_alphanumeric() && character != '-');
        let key = words.next()?;
        let is_name = ["id", "name"].iter().any(|name| key.eq_ignore_ascii_case(name));
        is_name.then(|| decoded(attribute_value(html[at + 1..].trim_start())))
    })
}

/// `html`, which has no tags, with what its entities stand for.
fn decoded(html: &str) -> String {
    let mut pieces = html.split('&');
    let mut shown = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let entity = piece.split_once(';').filter(|(name, _)| is_entity_name(name));
        match entity {
            Some((name, rest)) => {
                shown.push_str(&rendered(&format!("&{name};")));
                shown.push_str(rest);
            }
            None => {
                shown.push('&');
                shown.push_str(piece);
            }
        }
    }
    shown
}

/// Whether `name` may stand between `&` and `;`.
fn is_entity_name(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
}

/// The attribute value that `html` starts with, without quotes around it.
fn attribute_value(html: &str) -> &str {
    let quoted = |quote| html.strip_prefix(quote)?.split(quote).next();
    let bare = || html.split(|character: char| character.is_whitespace() || character == '>').next();
    quoted('"').or_else(|| quoted('\'')).or_else(bare).unwrap_or_default()
}

/// `name`, or with the first number behind it that makes it new; `seen` has how far each name has been counted.
fn numbered_on_github(name: String, seen: &mut HashMap<String, usize>) -> String {
    let mut numbered = name.clone();
    while seen.contains_key(&numbered) {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        numbered = format!("{name}-{count}");
    }
    seen.insert(numbered.clone(), 0);
    numbered
}

/// `name`, or with the first number behind it that makes it new; a number that it has counts on.
fn numbered_on_mkdocs(name: String, seen: &mut HashSet<String>) -> String {
    let number = |name: &str| {
        let (stem, digits) = name.rsplit_once('_')?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        Some((stem.to_owned(), digits.parse::<usize>().ok().filter(|_| is_number)?))
    };
    let mut numbered = name;
    while numbered.is_empty() || seen.contains(&numbered) {
        let (stem, count) = number(&numbered).unwrap_or((numbered, 0));
        numbered = format!("{stem}_{}", count.saturating_add(1));
    }
    seen.insert(numbered.clone());
    numbered
}

/// Small letters; what belongs to no word goes but for `-`, and each space becomes a hyphen.
fn github(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|character| is_of_word(*character) || " -".contains(*character));
    kept.map(|character| if character == ' ' { '-' } else { character }).collect()
}

/// Whether `character` counts as part of a word in regular expressions with Unicode (`\p{Word}` in Ruby, which GitHub uses):
/// digits and marks, but no fractions, circled numbers or joiners.
fn is_of_word(character: char) -> bool {
    const OTHERS: GeneralCategoryGroup = GeneralCategoryGroup::Mark
        .union(GeneralCategoryGroup::DecimalNumber)
        .union(GeneralCategoryGroup::ConnectorPunctuation);
    let category = || CodePointMapData::<GeneralCategory>::new().get(character);
    character.is_alphabetic() || OTHERS.contains(category())
}

/// ASCII alone, letters without their accents; punctuation but `-` and `_` goes, runs of spaces and hyphens become one hyphen.
fn mkdocs(heading: &str) -> String {
    let plain = DecomposingNormalizer::new_nfkd().normalize(heading).to_lowercase();
    let is_kept = |character: &char| character.is_ascii_alphanumeric() || " -_".contains(*character);
    let kept: String = plain.chars().filter(is_kept).collect();
    let mut name = String::new();
    for character in kept.trim().chars().map(|character| if character == ' ' { '-' } else { character }) {
        if character != '-' || !name.ends_with('-') {
            name.push(character);
        }
    }
    name
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
            all_anchors(&text),
            [
                "in-quote",
                "in-list",
                "lines-two",
                "nice-",
                "nice",
                "-a--b",
                "a-b",
                "scope-x",
                "scope-x-1",
                "scope-x_1",
                "in-html",
                "bare",
                "upper",
                "two words",
                "i"
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
            let found = all_anchors(&Text::new(html));
            assert_eq!(found[..found.len().min(expected.len().max(1))], *expected, "{html}");
        }
    }

    #[test]
    fn the_mark_of_a_footnote_is_in_no_anchor() {
        let text = Text::new("## Limits[^note]\n\n> ## More[^1]\n\n[^note]: Ibid.\n[^1]: A b.\n");
        assert_eq!(all_anchors(&text), ["limits", "more"]);
    }

    fn check(cases: &[(&str, &[&str])]) {
        let found = anchors(cases.iter().map(|(heading, _)| *heading));
        for ((heading, expected), found) in cases.iter().zip(found) {
            assert_eq!(found, *expected, "{heading}");
        }
    }
}
