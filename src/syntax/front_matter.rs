//! Front matter: where it is, and its keys.

use super::fences::{FrontMatterError, is_bare};
use super::{Entry, Node, toml, yaml};
use crate::text::{Offset, Span, Text};

/// The front matter and the Markdown of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// The front matter with both fences and the line ending of the closing one.
    pub front_matter: Option<Span>,
    /// Where the Markdown starts.
    pub start: Offset,
}

impl Body {
    /// Finds both in `text`. Front matter is a first line `---`, and a closing `---` or `...` (as in pandoc, Jekyll and MkDocs), or
    /// TOML between lines of `+++` (as in Hugo and Zola). Without the closing line, it is text. If a blank line follows the first
    /// line, only a block of nothing but keys is front matter (as in Jekyll), because the first line may be a thematic break.
    pub fn of(text: &Text) -> Body {
        let start = text.start();
        let nothing = Body { front_matter: None, start };
        let fence = text.chunk_from(start).get(..3).unwrap_or_default().to_owned();
        if !matches!(fence.as_str(), YAML | TOML) {
            return nothing;
        }
        let first = text.slice(Span::new(start, text.line_span(0).end));
        if first.trim_end() != fence {
            return nothing;
        }
        let is_closing = |line: &usize| {
            let source = text.slice(text.line_span(*line));
            source.trim_end() == fence || fence == YAML && source.trim_end() == "..."
        };
        let Some(line) = (1..text.line_count()).find(is_closing) else { return nothing };
        let end = text.line_start(line + 1);
        let front_matter = Span::new(start, end);
        if fence == YAML && text.is_blank_line(1) && !has_nothing_but_keys(text, front_matter, line) {
            return nothing;
        }
        Body { front_matter: Some(front_matter), start: end }
    }

    /// Finds both in `text`, which is the same as the text of `self` before `start`.
    pub(super) fn after(self, text: &Text, start: Offset) -> Body {
        let is_front_matter_kept = self.front_matter.is_some_and(|front_matter| front_matter.end < start);
        if is_front_matter_kept { self } else { Body::of(text) }
    }
}

/// Whether the lines from the second line of `front_matter` to the line `last` are YAML that starts with a key, or lines of keys
/// with an error in them.
fn has_nothing_but_keys(text: &Text, front_matter: Span, last: usize) -> bool {
    let key = |line: usize| field(&text.slice(text.line_span(line)), text.line_start(line));
    let Some(first) = (1..last).take(MAX_BLANK).find(|line| !text.is_blank_line(*line)) else { return false };
    key(first).is_some() && (yaml::error(text, front_matter).is_none() || are_keys(text, first..last, 1))
}

/// Whether `lines` have several keys of at most `words` words, and otherwise only what may be YAML.
fn are_keys(text: &Text, lines: std::ops::Range<usize>, words: usize) -> bool {
    let mut count = 0;
    let is_yaml = lines.take(MAX_LINES).all(|line| {
        let source = text.slice(text.line_span(line));
        let is_key = field(&source, Offset::new(0)).is_some_and(|field| field.key.split(' ').count() <= words);
        count += usize::from(is_key);
        is_key || source.trim().is_empty() || source.starts_with([' ', '#', '-'])
    });
    is_yaml && count > 1
}

/// Finds lines of keys after a first line that would open front matter, if no line closes it. Returns the first line, and the start
/// of the line after the keys.
pub fn unclosed_front_matter(text: &Text) -> Option<(Span, Offset)> {
    let first = text.line_span(0);
    let fence = text.slice(first);
    (fence.trim_end() == YAML && Body::of(text).front_matter.is_none()).then_some(())?;
    let end = (1..text.line_count()).take(MAX_LINES).find(|line| {
        let source = text.slice(text.line_span(*line));
        source.trim().is_empty() || source.starts_with('#') && source.trim_start_matches('#').starts_with(' ')
    });
    let end = end.unwrap_or(text.line_count());
    are_keys(text, 1..end, KEY_WORDS).then(|| (text.trim_end(first), text.line_start(end)))
}

/// The maximum number of words in a key where nothing else distinguishes it from text.
const KEY_WORDS: usize = 3;

/// The maximum number of lines searched for keys.
const MAX_LINES: usize = 200;

/// The fence of YAML.
const YAML: &str = "---";

/// The fence of TOML.
const TOML: &str = "+++";

/// The maximum number of blank lines before the first key.
const MAX_BLANK: usize = 8;

/// Whether the front matter at `front_matter` is TOML.
pub fn is_toml(text: &Text, front_matter: Span) -> bool {
    text.chunk_from(front_matter.start).starts_with(TOML)
}

/// Returns the first error in the front matter at `front_matter`, which includes the fences.
pub fn front_matter_error(text: &Text, front_matter: Span) -> Option<FrontMatterError> {
    if is_toml(text, front_matter) { toml::error(text, front_matter) } else { yaml::error(text, front_matter) }
}

/// Returns the values in the list that is the value of `entry`, one of the front matter in `text`. `None` if it is no list, or one of
/// other things than plain values. See [`super::items()`] for their places.
pub fn list_values(text: &Text, entry: &Entry) -> Option<Vec<String>> {
    let behind = text.slice(Span::new(entry.key_span.end, entry.span.end)).into_owned();
    match behind.trim_start_matches(['"', '\'', ' ', '\t']).strip_prefix('=') {
        // An array of strings in TOML is a sequence in YAML, too.
        Some(value) => yaml::list_values(&format!("key: {value}")),
        None => yaml::list_values(&text.slice(entry.span)),
    }
}

/// Returns what the front matter at `front_matter` says, with all that is nested in it. `None` if it is TOML, not valid, or no mapping.
pub fn nested(text: &Text, front_matter: Span) -> Option<Node> {
    if is_toml(text, front_matter) { None } else { yaml::tree(text, front_matter) }
}

/// Returns the top-level keys of the front matter at `front_matter`, with their parsed values. Invalid YAML is read line by line.
pub fn fields(text: &Text, front_matter: Span) -> Vec<Entry> {
    if is_toml(text, front_matter) {
        return toml::fields(text, front_matter);
    }
    let (fields, is_plain) = lines(text, front_matter);
    // Fast path: in nearly all front matter, the values are what their source says.
    match is_plain {
        true => fields,
        false => yaml::fields(text, front_matter, &fields).unwrap_or(fields),
    }
}

/// Returns the keys, even if the YAML is invalid: in a block mapping they are at the start of a line (YAML 1.2, 8.2.2). An indented
/// line or an item of a sequence belongs to the key before it. The second result is whether each value equals its source.
fn lines(text: &Text, front_matter: Span) -> (Vec<Entry>, bool) {
    let (mut fields, mut is_plain): (Vec<Entry>, bool) = (Vec::new(), true);
    let (first, last) = (text.line_at(front_matter.start), text.line_at(front_matter.end));
    let lines = if is_bare(text, front_matter) { first..last + 1 } else { first + 1..last };
    for line in lines {
        let span = text.line_span(line);
        let source = text.slice(span);
        match field(&source, span.start) {
            Some(field) => {
                is_plain &= is_plain_value(&source[field.key_span.end - span.start..]);
                fields.push(field);
            }
            None if source.trim().is_empty() || source.starts_with(['#', '.']) || source.trim_end() == "---" => {}
            None => match fields.last_mut() {
                Some(field) => {
                    let is_item = field.value.is_empty() && source.trim_start().starts_with('-');
                    is_plain &= is_item || text.slice(field.value).starts_with(['[', '{']);
                    field.span = Span::new(field.span.start, span.end);
                }
                None => is_plain = false,
            },
        }
    }
    (fields, is_plain)
}

/// Whether the value in `rest`, the text after a key, equals its source: it has no block, tag, anchor, alias or escape, and is not
/// `null`.
fn is_plain_value(rest: &str) -> bool {
    let value = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':').unwrap_or(rest);
    let value = without_comment(value).trim();
    match value.chars().next() {
        Some('|' | '>' | '!' | '&' | '*' | '~') => false,
        Some('"') => value.len() > 1 && value.ends_with('"') && !value.contains('\\'),
        Some('\'') => value.len() > 1 && value.ends_with('\'') && !value[1..value.len() - 1].contains('\''),
        _ => !value.eq_ignore_ascii_case("null"),
    }
}

fn field(line: &str, start: Offset) -> Option<Entry> {
    if line.starts_with([' ', '\t', '#', '-', '?', '{', '[', '&', '!', '|', '>', '%']) {
        return None;
    }
    let colon = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let rest = &line[at + 1..];
        rest.is_empty() || rest.starts_with([' ', '\t'])
    })?;
    let key = unquoted(line, 0..colon);
    let rest = &line[colon + 1..];
    let lead = rest.len() - rest.trim_start().len();
    let value = bare(rest, lead);
    let value = colon + 1 + value.start..colon + 1 + value.end;
    Some(Entry {
        key: line[key.clone()].trim().to_owned(),
        content: start,
        key_span: Span::of_range(start, key),
        value: Span::of_range(start, value),
        scalar: None,
        span: Span::of_range(start, 0..line.len()),
    })
}

/// Returns the range of the value in `source`, after white space of the length `lead`, without a trailing comment and quotes.
pub(super) fn bare(source: &str, lead: usize) -> std::ops::Range<usize> {
    unquoted(source, lead..without_comment(source).len().max(lead))
}

/// Returns `value` without its trailing comment (YAML 1.2, 6.6: a `#` after white space, not within quotes) and white space.
fn without_comment(value: &str) -> &str {
    let start = value.trim_start();
    let quote = start.chars().next().filter(|first| matches!(first, '"' | '\''));
    let quoted = quote.and_then(|quote| start[1..].find(quote)).map_or(0, |end| end + 2);
    let from = value.len() - start.len() + quoted;
    let comment = value[from..].find(" #").or_else(|| value[from..].starts_with('#').then_some(0));
    value[..comment.map_or(value.len(), |at| from + at)].trim_end()
}

/// Returns the part of `line` at `range` without trailing white space and surrounding quotes.
fn unquoted(line: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let end = range.start + line[range.clone()].trim_end().len();
    let part = &line[range.start..end];
    let quote = part.chars().next().filter(|first| matches!(first, '"' | '\''));
    match quote {
        Some(quote) if part.len() > 1 && part.ends_with(quote) => range.start + 1..end - 1,
        _ => range.start..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(content: &str) -> Option<String> {
        let text = Text::new(content);
        Body::of(&text).front_matter.map(|span| text.slice(span).into_owned())
    }

    #[test]
    fn closed_front_matter_is_found_after_a_byte_order_mark_too() {
        assert_eq!(front_matter("---\na: b\n---\n# T").as_deref(), Some("---\na: b\n---\n"));
        assert_eq!(front_matter("\u{feff}---\r\na: b\r\n...\r\n").as_deref(), Some("---\r\na: b\r\n...\r\n"));
    }

    #[test]
    fn front_matter_may_start_with_a_blank_line_and_may_be_toml() {
        assert_eq!(front_matter("---\n\na: b\n---\n# T").as_deref(), Some("---\n\na: b\n---\n"));
        assert_eq!(front_matter("---\r\n \r\na: b\r\n\r\n---\r\n").as_deref(), Some("---\r\n \r\na: b\r\n\r\n---\r\n"));
        assert_eq!(front_matter("+++\n\na = 1\n+++\n# T").as_deref(), Some("+++\n\na = 1\n+++\n"));
    }

    /// Checks the keys and values of the front matter `source`, and the source of each value.
    fn check(source: &str, expected: &[(&str, &str, &str)]) {
        let text = Text::new(source);
        let found = fields(&text, Body::of(&text).front_matter.expect("front matter"));
        let found: Vec<_> = found
            .iter()
            .map(|field| {
                (field.key.clone(), field.value_text(&text).into_owned(), text.slice(field.value).into_owned())
            })
            .collect();
        let owned = |(key, value, place): &(&str, &str, &str)| (key.to_string(), value.to_string(), place.to_string());
        assert_eq!(found, expected.iter().map(owned).collect::<Vec<_>>(), "{source}");
    }

    #[test]
    fn what_is_escaped_in_quotes_is_read() {
        check(
            "---\ntitle: 'It''s a cache'\nnote: 'as it is'\n---\n",
            &[("title", "It's a cache", "It''s a cache"), ("note", "as it is", "as it is")],
        );
    }

    #[test]
    fn values_are_those_of_yaml() {
        check(
            "---\nstatus: |\n  Draft\ntitle: >\n  💡 A\n  long one\nnote: one\n  two # no\n---\n",
            &[
                ("status", "Draft", "|\n  Draft"),
                ("title", "💡 A long one", ">\n  💡 A\n  long one"),
                ("note", "one two", "one\n  two"),
            ],
        );
        check(
            "---\n💡: x\nstatus: !!str Draft # c\na: \"Dra\\x66t\"\nb: 'it''s'\nc: &x Draft\nd: *x\ne: null\nf: ~\ng:\n---\n",
            &[
                ("💡", "x", "x"),
                ("status", "Draft", "!!str Draft"),
                ("a", "Draft", "Dra\\x66t"),
                ("b", "it's", "it\'\'s"),
                ("c", "Draft", "&x Draft"),
                ("d", "Draft", "*x"),
                ("e", "", "null"),
                ("f", "", "~"),
                ("g", "", ""),
            ],
        );
        check("---\nvip:\t7\nstatus:\t\"Draft\"\n---\n", &[("vip", "7", "7"), ("status", "Draft", "Draft")]);
        check(
            "---\ntitle:\n  A long\n  one\ntags:\n  a: b\n---\n",
            &[("title", "A long one", "A long\n  one"), ("tags", "", "")],
        );
    }

    #[test]
    fn keys_may_stand_in_braces() {
        check("---\n{vip: 7, status: \"Draft\"}\n---\n", &[("vip", "7", "7"), ("status", "Draft", "Draft")]);
        check("---\n{\n  vip: 7,\n  tags: [a, b]\n}\n---\n", &[("vip", "7", "7"), ("tags", "", "")]);
        check(
            "---\ntags: {\n  a: b,\n  status: x}\nvip: !!int 7\n---\n",
            &[("tags", "{", "{"), ("vip", "7", "!!int 7")],
        );
    }

    #[test]
    fn what_is_no_yaml_is_read_line_by_line() {
        check("---\nstatus: |\n  Draft\ntitle: a: b\n---\n", &[("status", "|", "|"), ("title", "a: b", "a: b")]);
    }

    #[test]
    fn keys_are_what_stands_at_the_start_of_a_line() {
        let text = Text::new(
            "---\ntitle: \"A: b\" # c\n# status: no\n'date':\nauthors:\n- A. Author\n  x: y\nurl: http://a#b\nempty: # none\nnote: >\n  long: text\nkey:none\n---\n",
        );
        let found = fields(&text, text.span());
        let found: Vec<_> = found
            .iter()
            .map(|field| (field.key.as_str(), text.slice(field.value), text.slice(field.span).len()))
            .collect();
        assert_eq!(
            found,
            [
                ("title", "A: b".into(), 17),
                ("date", "".into(), 7),
                ("authors", "".into(), 27),
                ("url", "http://a#b".into(), 15),
                ("empty", "".into(), 13),
                ("note", ">".into(), 29),
            ]
        );
    }

    #[test]
    fn an_unclosed_one_and_a_thematic_break_are_text() {
        assert_eq!(front_matter("---\na: b\n# T\n"), None);
        assert_eq!(front_matter("---\n\ntext\n\n---\n"), None);
        assert_eq!(front_matter("text\n---\na\n---\n"), None);
        assert_eq!(front_matter("----\na\n---\n"), None);
        assert_eq!(front_matter("---\n\nNote: a: b\n\n---\n"), None);
        assert_eq!(front_matter("+++\na = 1\n---\n"), None);
    }

    #[test]
    fn keys_behind_a_blank_line_may_have_a_slip_in_them() {
        let source = "---\n\na: [b\nc: d\n---\n";
        assert_eq!(front_matter(source).as_deref(), Some(source));
        assert_eq!(front_matter("---\n\na: [b\nSome text.\n---\n"), None);
        assert_eq!(front_matter("---\n\nIn short: a: b\nAnd so: c\n---\n"), None);
    }

    #[test]
    fn keys_without_an_end_are_told_from_text_behind_a_thematic_break() {
        for (source, expected) in [
            ("---\na: b\nc: d\n\n# T\n", Some((3, 14))),
            ("---\na: b\nc: [d]\n  - e\n# T\n", Some((3, 22))),
            ("---\na: b\nc: d", Some((3, 13))),
            ("---\na: b\n# T\n", None),
            ("---\nNote: x\nSome text.\n", None),
            ("---\n\na: b\nc: d\n", None),
            ("---\na: b\nc: d\n---\n", None),
            ("a: b\nc: d\n", None),
        ] {
            let found = unclosed_front_matter(&Text::new(source));
            let found = found.map(|(fence, end)| (fence.end - Offset::new(0), end - Offset::new(0)));
            assert_eq!(found, expected, "{source}");
        }
    }
}
