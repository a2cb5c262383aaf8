//! Front matter in YAML: whether it is valid, and what its keys say.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Place};

use super::Entry;
use super::fences::{FrontMatterError, inside, rest_of_line};
use crate::text::{Offset, Span, Text};

/// The first error in the front matter at `front_matter`, fences and all.
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

/// The top-level keys of the front matter at `front_matter`, of which `lines` are those that start a line; none where it is not
/// valid, or no mapping.
pub(super) fn fields(text: &Text, front_matter: Span, lines: &[Entry]) -> Option<Vec<Entry>> {
    let content = inside(text, front_matter)?;
    let source = source(text, content);
    let characters = source.char_indices().map(|(at, _)| content.start + at);
    let places = characters.chain([content.end]).collect();
    let mut reader = Reader { text, places, lines, found: Vec::new(), anchors: HashMap::new(), key: None, depth: 0 };
    for event in Parser::new_from_str(&source) {
        let (event, place) = event.ok()?;
        reader.read(event, place)?;
    }
    Some(reader.found)
}

/// What stands in `content` as the parser is to see it: it takes no tab behind a colon, which YAML allows (1.2, 6.2).
fn source(text: &Text, content: Span) -> Cow<'_, str> {
    let slice = text.slice(content);
    if !slice.contains(":\t") {
        return slice;
    }
    let mut is_behind_colon = false;
    let spaced = slice.chars().map(|character| {
        is_behind_colon = character == ':' || is_behind_colon && matches!(character, ' ' | '\t');
        if is_behind_colon && character == '\t' { ' ' } else { character }
    });
    Cow::Owned(spaced.collect())
}

/// What has been found of the keys.
struct Reader<'a> {
    text: &'a Text,
    /// Where each character is, and the end: the parser counts characters.
    places: Vec<Offset>,
    /// The keys that start a line, in order.
    lines: &'a [Entry],
    found: Vec<Entry>,
    /// What the scalars with anchors say.
    anchors: HashMap<usize, String>,
    /// The key whose value comes next, and where it is.
    key: Option<(String, Span)>,
    /// How many mappings and sequences are open.
    depth: usize,
}

/// What a key has.
enum Value {
    /// A scalar.
    Scalar { says: String, is_block: bool, span: Span },
    /// A mapping or a sequence, which ends here.
    Other(Offset),
}

impl Reader<'_> {
    /// Takes in `event`, which stands at `place`; none where the keys cannot be told.
    fn read(&mut self, event: Event<'_>, place: Place) -> Option<()> {
        let span = self.span(place);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let is_null = is_plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                let says = if is_null { String::new() } else { value.trim().to_owned() };
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
            key_span: self.unquoted(key_span),
            value: Span::empty(key_span.end),
            scalar: None,
            span: key_span,
        });
        match value {
            Value::Scalar { says, is_block, span } => {
                let end = self.text.trim_end(entry.span).end;
                // A block starts behind its mark, and an empty value has a place in its line alone.
                entry.value = match self.unquoted(span) {
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

    fn span(&self, place: Place) -> Span {
        let at = |index: usize| self.places.get(index).or(self.places.last()).copied().unwrap_or_default();
        let (start, end) = (at(place.start.index()), at(place.end.index()));
        Span::new(start, end.max(start))
    }

    /// `span` without white space at its end, or, where it starts with a quote, what stands up to the other one: the parser
    /// counts the comment behind that in.
    fn unquoted(&self, span: Span) -> Span {
        let span = self.text.trim_end(span);
        let source = self.text.slice(span);
        let quote = source.chars().next().filter(|first| matches!(first, '"' | '\''));
        let inside = quote.and_then(|quote| Some(1..closing_quote(&source, quote)?));
        inside.map_or(span, |inside| Span::of_range(span.start, inside))
    }
}

/// Where the scalar that `source` starts with has its closing `quote` (YAML 1.2, 7.3).
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
    }

    #[test]
    fn yaml_has_none() {
        check("---\ntitle: \"a: b\"\nlist:\n- a\n- {b: c}\ntext: >\n  long: er\n---\n", None);
        check("---\n---\n", None);
        check("---\n# only a comment\n...\n", None);
    }
}
