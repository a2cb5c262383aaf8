//! HTML in Markdown: tags and their attributes, in blocks and in prose.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::comments::in_html;
use super::rendered;

/// One run of HTML: a block, or a tag in a line of prose.
pub(super) struct Html {
    /// The HTML, with spaces in place of its comments.
    pub(super) text: String,
    /// The ranges of its pieces in the source. In a quote, marks separate them.
    pieces: Vec<Range<usize>>,
}

impl Html {
    /// Returns the place in the source of the byte `at` of the HTML.
    pub(super) fn place(&self, mut at: usize) -> usize {
        for piece in &self.pieces {
            if at <= piece.len() {
                return piece.start + at;
            }
            at -= piece.len();
        }
        self.pieces.last().map_or(0, |piece| piece.end)
    }
}

/// Reads HTML, event by event.
#[derive(Default)]
pub(super) struct HtmlReader {
    html: String,
    pieces: Vec<Range<usize>>,
    is_in_block: bool,
}

impl HtmlReader {
    /// Reads the next event, which stands for `range` of `source`. Returns the run of HTML if it ends here.
    pub(super) fn read(&mut self, event: &Event<'_>, range: &Range<usize>, source: &str) -> Option<Html> {
        match event {
            Event::Start(Tag::HtmlBlock) => self.is_in_block = true,
            Event::End(TagEnd::HtmlBlock) => self.is_in_block = false,
            Event::Html(shown) | Event::InlineHtml(shown) => {
                let piece = &source[range.clone()];
                self.pieces.push(range.clone());
                if **shown == *piece { self.html.push_str(piece) } else { self.html.extend(without_marks(piece)) }
            }
            _ => return None,
        }
        let is_read = !self.is_in_block && !self.pieces.is_empty();
        is_read.then(|| {
            let (html, pieces) = (std::mem::take(&mut self.html), std::mem::take(&mut self.pieces));
            Html { text: without_comments(html), pieces }
        })
    }
}

/// Returns the characters of `html`, which may cover several lines of a quote, with spaces in place of the quote's
/// marks.
fn without_marks(html: &str) -> impl Iterator<Item = char> + '_ {
    let mut is_start = false;
    html.chars().map(move |character| {
        is_start = matches!(character, '\n' | '\r') || is_start && matches!(character, ' ' | '\t' | '>');
        if is_start && character == '>' { ' ' } else { character }
    })
}

/// Returns `html` with spaces in place of its comments.
fn without_comments(mut html: String) -> String {
    if !html.contains("<!--") {
        return html;
    }
    for comment in in_html(&html) {
        let blanks = " ".repeat(comment.len());
        html.replace_range(comment, &blanks);
    }
    html
}

/// An attribute of a tag.
pub(super) struct Attribute<'a> {
    /// The name, in the author's case.
    pub(super) name: &'a str,
    /// The range of the value, without quotes.
    pub(super) value: Range<usize>,
}

impl Attribute<'_> {
    /// Whether the attribute has one of `names`.
    pub(super) fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// Returns the attributes with a value of all tags in `html`.
pub(super) fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find('<').map(|at| from + at + 1) {
        from = start;
        if html[start..].starts_with(|first: char| first.is_ascii_alphabetic()) {
            let is_of_name = |character: char| !character.is_whitespace() && !"/>".contains(character);
            from = end_of(html, start, is_of_name);
            from = read_tag(html, from, &mut found);
        }
    }
    found
}

/// Reads the attributes of the tag whose name ends at `at`. Returns where they end.
fn read_tag<'a>(html: &'a str, mut at: usize, found: &mut Vec<Attribute<'a>>) -> usize {
    loop {
        at = end_of(html, at, |character| character.is_whitespace() || character == '/');
        let name = at..end_of(html, at, |character| !character.is_whitespace() && !"=/>".contains(character));
        if name.is_empty() && !html[at..].starts_with('=') {
            return at;
        }
        at = end_of(html, name.end, char::is_whitespace);
        if html[at..].starts_with('=') {
            let value = attribute_value(&html[at + 1..]);
            let value = at + 1 + value.start..at + 1 + value.end;
            at = value.end
                + html[value.end..].chars().next().filter(|end| "\"'".contains(*end)).map_or(0, char::len_utf8);
            found.push(Attribute { name: &html[name], value });
        }
    }
}

/// Returns the end of the run of characters from `at` of `html` for which `is_part` holds.
fn end_of(html: &str, at: usize, is_part: impl Fn(char) -> bool) -> usize {
    at + html[at..].find(|character| !is_part(character)).unwrap_or(html.len() - at)
}

/// Returns the range of the attribute value at the start of `html`, without spaces before it and quotes around it.
fn attribute_value(html: &str) -> Range<usize> {
    let start = html.len() - html.trim_start().len();
    let value = &html[start..];
    match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        Some(quote) => start + 1..start + 1 + value[1..].find(quote).unwrap_or(value.len() - 1),
        None => {
            let is_end = |character: char| character.is_whitespace() || character == '>';
            start..start + value.find(is_end).unwrap_or(value.len())
        }
    }
}

/// Returns `html`, which has no tags, with its entities decoded.
pub(super) fn decoded(html: &str) -> String {
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

/// Whether `source` may be an entity such as `&amp;`.
pub fn is_entity(source: &str) -> bool {
    source.strip_prefix('&').and_then(|name| name.strip_suffix(';')).is_some_and(is_entity_name)
}

/// Whether `name` may stand between `&` and `;`.
fn is_entity_name(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_those_of_tags() {
        for (html, expected) in [
            (
                "<a id=bare></a> <A ID = \"upper\"> <a\nname='two words' data-id=\"no\">",
                &["id=bare", "ID=upper", "name=two words", "data-id=no"][..],
            ),
            ("<img src=\"a.png\" alt='x > y' hidden/>", &["src=a.png", "alt=x > y"]),
            ("x = y <b>id=no</b> a < b id=no", &[]),
            ("<a = b=c", &["=b=c"]),
            ("<a href=\"open", &["href=open"]),
            ("<a href=/x/y>", &["href=/x/y"]),
            ("</a id=x>", &[]),
            ("<", &[]),
        ] {
            let found = attributes(html);
            let found: Vec<_> =
                found.iter().map(|found| format!("{}={}", found.name, &html[found.value.clone()])).collect();
            assert_eq!(found, expected, "{html}");
        }
    }
}
