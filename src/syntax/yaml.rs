//! Front matter in YAML: errors, and the values of its keys.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Place};

use super::fences::{FrontMatterError, inside, rest_of_line};
use super::nested::Builder;
use super::{Entry, Node, Says};
use crate::text::{Offset, Span, Text};

/// Returns the first error in the front matter at `front_matter`, which includes the fences.
pub(super) fn error(text: &Text, front_matter: Span) -> Option<FrontMatterError> {
    let content = inside(text, front_matter)?;
    let source = source(text, content);
    let error = Parser::new_from_str(&source).find_map(Result::err)?;
    // The parser counts characters.
    let index = source.char_indices().map(|(at, _)| at).nth(error.marker().index()).unwrap_or(source.len());
    let at = text.trim_end(Span::new(content.start, content.start + index)).end;
    let at = if index < source.len() { content.start + index } else { at };
    Some(FrontMatterError { span: rest_of_line(text, at), format: "YAML", message: error.info().to_owned() })
}

/// Returns the top-level keys of the front matter at `front_matter`; `lines` are those keys that start a line. `None` if it is not
/// valid, or not a mapping.
pub(super) fn fields(text: &Text, front_matter: Span, lines: &[Entry]) -> Option<Vec<Entry>> {
    let content = inside(text, front_matter)?;
    let source = source(text, content);
    let mut reader = Reader {
        text,
        places: Places::of(&source, content),
        lines,
        found: Vec::new(),
        anchors: HashMap::new(),
        key: None,
        depth: 0,
    };
    for event in Parser::new_from_str(&source) {
        let (event, place) = event.ok()?;
        reader.read(event, place)?;
    }
    Some(reader.found)
}

/// Returns the values in the sequence that is the value of the only key in `source`. `None` if the value is something else, or an item is.
pub(super) fn list_values(source: &str) -> Option<Vec<String>> {
    let (mut items, mut depth, mut has_key) = (Vec::new(), 0, false);
    for event in Parser::new_from_str(&accepted(source.into())) {
        match (event.ok()?.0, depth) {
            (Event::MappingStart(..), 0) | (Event::SequenceStart(..), 1) => depth += 1,
            (Event::MappingEnd, 1) | (Event::SequenceEnd, 2) => depth -= 1,
            (Event::Scalar(value, ..), 2) => items.push(value.trim().to_owned()),
            (Event::Scalar(..), 1) if !has_key => has_key = true,
            (Event::Scalar(..) | Event::Alias(_) | Event::MappingStart(..) | Event::SequenceStart(..), _) => {
                return None;
            }
            _ => {}
        }
    }
    (!items.is_empty()).then_some(items)
}

/// Returns the text in `content` in the form that the parser needs.
fn source(text: &Text, content: Span) -> Cow<'_, str> {
    accepted(text.slice(content))
}

/// Returns `source` with what the parser does not accept in another form of the same length: a tab after a colon, which YAML allows
/// (1.2, 6.2), and a bracket that closes a list or mapping at the start of a line, which other parsers allow.
fn accepted(source: Cow<'_, str>) -> Cow<'_, str> {
    let spaced = if source.contains(":\t") { spaced(&source).into() } else { source };
    if spaced.contains("\n]") || spaced.contains("\n}") { joined(&spaced).into() } else { spaced }
}

/// Returns `source` with spaces for tabs after colons.
fn spaced(source: &str) -> String {
    let mut is_behind_colon = false;
    let spaced = source.chars().map(|character| {
        is_behind_colon = character == ':' || is_behind_colon && matches!(character, ' ' | '\t');
        if is_behind_colon && character == '\t' { ' ' } else { character }
    });
    spaced.collect()
}

/// Returns `source` with spaces for the end of a line before one that starts with a closing bracket, unless it may have a comment.
fn joined(source: &str) -> String {
    let mut lines = source.split_inclusive('\n').peekable();
    let mut joined = String::with_capacity(source.len());
    while let Some(line) = lines.next() {
        let ends = lines.peek().is_some_and(|next| next.starts_with([']', '}']));
        let content = line.trim_end_matches(['\n', '\r']);
        joined.push_str(content);
        let rest = &line[content.len()..];
        match ends && !content.contains('#') {
            true => joined.extend(rest.chars().map(|_| ' ')),
            false => joined.push_str(rest),
        }
    }
    joined
}

/// The state of a search for the keys.
struct Reader<'a> {
    text: &'a Text,
    places: Places,
    /// The keys that start a line, in order.
    lines: &'a [Entry],
    found: Vec<Entry>,
    /// The values of the scalars with anchors.
    anchors: HashMap<usize, String>,
    /// The key whose value comes next, and its place.
    key: Option<(String, Span)>,
    /// The number of open mappings and sequences.
    depth: usize,
}

/// The value of a key.
enum Value {
    /// A scalar.
    Scalar { says: String, is_block: bool, span: Span },
    /// A mapping or a sequence, which ends here.
    Other(Offset),
}

impl Reader<'_> {
    /// Reads `event` at `place`. Returns `None` if the keys cannot be determined.
    fn read(&mut self, event: Event<'_>, place: Place) -> Option<()> {
        let span = self.places.span(place);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let says = said(&value, style == ScalarStyle::Plain && tag.is_none());
                if anchor > 0 {
                    self.anchors.insert(anchor, says.clone());
                }
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                self.scalar(says, is_block, span);
            }
            Event::Alias(anchor) => {
                let says = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.scalar(says, false, span);
            }
            Event::SequenceStart(..) if self.depth == 0 => return None,
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_key = self.depth == 1 && self.key.is_none();
                (!is_key).then_some(())?;
                self.depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.depth = self.depth.saturating_sub(1);
                if let Some((key, key_span)) = self.key.take_if(|_| self.depth == 1) {
                    self.add(key, key_span, Value::Other(span.end));
                }
            }
            _ => {}
        }
        Some(())
    }

    fn scalar(&mut self, says: String, is_block: bool, span: Span) {
        if self.depth != 1 {
            return;
        }
        match self.key.take() {
            Some((key, key_span)) => self.add(key, key_span, Value::Scalar { says, is_block, span }),
            None => self.key = Some((says, span)),
        }
    }

    fn add(&mut self, key: String, key_span: Span, value: Value) {
        let place = self.lines.partition_point(|line| line.content < key_span.start);
        let line = self.lines.get(place).filter(|line| line.content == key_span.start);
        let mut entry = line.cloned().unwrap_or_else(|| Entry {
            key,
            content: key_span.start,
            key_span: unquoted(self.text, key_span),
            value: Span::empty(key_span.end),
            scalar: None,
            span: key_span,
        });
        match value {
            Value::Scalar { says, is_block, span } => {
                let end = self.text.trim_end(entry.span).end;
                // A block starts after its mark, and an empty value only has a place in its line.
                entry.value = match unquoted(self.text, span) {
                    _ if is_block && line.is_some() => Span::new(entry.value.start, end.max(entry.value.start)),
                    span if span.is_empty() => entry.value,
                    span => span,
                };
                entry.scalar = Some(says).filter(|says| self.text.slice(entry.value) != says.as_str());
            }
            Value::Other(end) if line.is_none() => entry.span = Span::new(key_span.start, end.max(key_span.end)),
            Value::Other(_) => {}
        }
        entry.span = Span::new(entry.span.start, entry.span.end.max(entry.value.end));
        self.found.push(entry);
    }
}

/// The place of each character, and of the end, as the parser counts characters.
struct Places(Vec<Offset>);

impl Places {
    /// Returns the places of `source`, which is at `content`.
    fn of(source: &str, content: Span) -> Places {
        let characters = source.char_indices().map(|(at, _)| content.start + at);
        Places(characters.chain([content.end]).collect())
    }

    fn span(&self, place: Place) -> Span {
        let at = |index: usize| self.0.get(index).or(self.0.last()).copied().unwrap_or_default();
        let (start, end) = (at(place.start.index()), at(place.end.index()));
        Span::new(start, end.max(start))
    }
}

/// Returns `span` without trailing white space or, if it starts with a quote, the text between the quotes, as the parser
/// includes the comment after it.
fn unquoted(text: &Text, span: Span) -> Span {
    let span = text.trim_end(span);
    let source = text.slice(span);
    let quote = source.chars().next().filter(|first| matches!(first, '"' | '\''));
    let inside = quote.and_then(|quote| Some(1..closing_quote(&source, quote)?));
    inside.map_or(span, |inside| Span::of_range(span.start, inside))
}

/// Returns all that the front matter at `front_matter` says. `None` if it is not valid, or too deep.
pub(super) fn tree(text: &Text, front_matter: Span) -> Option<Node> {
    let content = inside(text, front_matter)?;
    let source = source(text, content);
    let places = Places::of(&source, content);
    let mut builder = Builder::default();
    for event in Parser::new_from_str(&source) {
        let (event, place) = event.ok()?;
        let span = unquoted(text, places.span(place));
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let says = said(&value, style == ScalarStyle::Plain && tag.is_none());
                builder.scalar(Some(anchor), says, span)?;
            }
            Event::Alias(anchor) => {
                let says = builder.anchored(anchor);
                builder.scalar(None, says, span)?;
            }
            Event::MappingStart(..) => builder.open(Says::Map(Vec::new()), span)?,
            Event::SequenceStart(..) => builder.open(Says::List(Vec::new()), span)?,
            Event::MappingEnd | Event::SequenceEnd => {
                let is_bracket = text.slice(span).starts_with([']', '}']);
                builder.close(if is_bracket {
                    Span::new(span.start, span.start + 1)
                } else {
                    Span::empty(span.start)
                })?;
            }
            _ => {}
        }
    }
    builder.finish()
}

/// Returns what a scalar says whose value is `value`; `is_plain` if it has neither quotes nor a tag.
fn said(value: &str, is_plain: bool) -> String {
    let is_null = is_plain && matches!(value, "" | "~" | "null" | "Null" | "NULL");
    if is_null { String::new() } else { value.trim().to_owned() }
}

/// Returns where the scalar at the start of `source` has its closing `quote` (YAML 1.2, 7.3).
fn closing_quote(source: &str, quote: char) -> Option<usize> {
    let mut rest = source.char_indices().skip(1);
    while let Some((at, character)) = rest.next() {
        let is_doubled = || source[at + 1..].starts_with('\'');
        match character {
            '\\' if quote == '"' => drop(rest.next()),
            '\'' if quote == '\'' && is_doubled() => drop(rest.next()),
            _ if character == quote => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Option<&str>) {
        let text = Text::new(source);
        let error = error(&text, text.span());
        assert_eq!(error.map(|error| text.slice(error.span).into_owned()).as_deref(), expected, "{source}");
    }

    #[test]
    fn an_error_has_its_place() {
        check("---\ntitle: 💡 a: b\nstatus: x\n---\n", Some(": b"));
        check("---\r\nauthor: @name\r\n---\r\n", Some("@name"));
        check("---\ntitle: [a\n---\n", Some("title: [a"));
        check("---\ntitle: \"a\n---", Some("\"a"));
        check("---\na: [\n  b,\n]]\n---\n", Some("]"));
    }

    #[test]
    fn a_sequence_of_scalars_has_values() {
        let items = |source: &str| list_values(source).map(|items| items.join("|"));
        for source in
            ["a: [b, \"c, d\"]\n", "a:\n  - b\n  - 'c, d' # e\n", "a:\n- b\n- c, d\n", "a: [\n  b,\n  \"c, d\"\n]\n"]
        {
            assert_eq!(items(source).as_deref(), Some("b|c, d"), "{source}");
        }
        for source in [
            "a: b\n",
            "a:\n",
            "a: []\n",
            "a:\n  - b: c\n",
            "a: [[b]]\n",
            "a: {b: c}\n",
            "- a\n",
            "a: b\nc: [d]\n",
            "a: [",
        ] {
            assert_eq!(items(source), None, "{source}");
        }
    }

    #[test]
    fn yaml_has_none() {
        check("---\ntitle: \"a: b\"\nlist:\n- a\n- {b: c}\ntext: >\n  long: er\n---\n", None);
        check("---\n---\n", None);
        check("---\n# only a comment\n...\n", None);
        check("---\na: [\n  b,\n]\nc: \"d\n] e\"\n---\n", None);
    }
}
