//! Front matter in TOML: errors, and the values of its keys.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::Entry;
use super::fences::{FrontMatterError, inside, rest_of_line};
use crate::text::{Offset, Span, Text};

/// Returns the first error in the front matter at `front_matter`, which includes the fences.
pub(super) fn error(text: &Text, front_matter: Span) -> Option<FrontMatterError> {
    let content = inside(text, front_matter)?;
    let source = text.slice(content);
    let (_, errors) = DeTable::parse_recoverable(&source);
    let error = errors.iter().min_by_key(|error| error.span().map(|span| span.start))?;
    let at = content.start + error.span().map_or(0, |span| span.start.min(source.len()));
    let message = error.message().to_owned();
    Some(FrontMatterError { span: rest_of_line(text, text.floor(at)), format: "TOML", message })
}

/// Returns the top-level keys of the valid parts of the front matter at `front_matter`. A key with a table has no
/// value.
pub(super) fn fields(text: &Text, front_matter: Span) -> Vec<Entry> {
    let Some(content) = inside(text, front_matter) else { return Vec::new() };
    let source = text.slice(content);
    let (table, errors) = DeTable::parse_recoverable(&source);
    let fields = table.get_ref().iter().map(|(key, value)| field(text, content.start, key, value));
    let mut fields: Vec<Entry> = fields.collect();
    if !errors.is_empty() {
        // Keys after an error still count.
        let lines = lines(text, content);
        fields.retain(|field| lines.iter().all(|line| line.key_span.start != field.content));
        fields.extend(lines);
    }
    fields.sort_by_key(|field| field.key_span);
    fields
}

/// Returns the keys before the first table in `content`, line by line, whether or not it is valid.
fn lines(text: &Text, content: Span) -> Vec<Entry> {
    let mut found = Vec::new();
    for line in text.line_at(content.start)..=text.line_at(content.end) {
        let span = text.line_span(line);
        let source = text.slice(span);
        if source.starts_with('[') || span.start >= content.end {
            break;
        }
        let Some((key, value)) = source.split_once('=') else { continue };
        let name = key.trim_end();
        let is_key = !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
        if is_key {
            let lead = key.len() + 1 + (value.len() - value.trim_start().len());
            let value = unquoted(text, Span::of_range(span.start, lead..lead.max(source.trim_end().len())));
            let key_span = Span::of_range(span.start, 0..name.len());
            found.push(Entry { key: name.to_owned(), content: span.start, key_span, value, scalar: None, span });
        }
    }
    found
}

fn field(text: &Text, start: Offset, key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Entry {
    let (key_span, whole) = (Span::of_range(start, key.span()), Span::of_range(start, value.span()));
    let says = match value.get_ref() {
        DeValue::String(says) => Some(says.trim().to_owned()),
        _ => None,
    };
    // A table is below its key, which may be in brackets.
    let is_behind = whole.start >= key_span.end && !value.get_ref().is_table();
    let value = if is_behind { unquoted(text, whole) } else { Span::empty(key_span.end) };
    let line = text.line_span_at(key_span.start).start;
    Entry {
        key: key.get_ref().trim().to_owned(),
        content: line,
        key_span: unquoted(text, key_span),
        value,
        scalar: says.filter(|says| text.slice(value) != says.as_str()),
        span: Span::new(line, text.line_span_at(value.end).end),
    }
}

/// Returns `span` without the quotes around it.
fn unquoted(text: &Text, span: Span) -> Span {
    let source = text.slice(span);
    let is_around =
        |quote: &&str| source.len() >= 2 * quote.len() && source.starts_with(*quote) && source.ends_with(*quote);
    let length = ["\"\"\"", "'''", "\"", "'"].into_iter().find(is_around).map_or(0, str::len);
    Span::new(span.start + length, span.start + (source.len() - length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_those_of_toml() {
        let source = "+++\n# c\ntitle = \"💡 A\" # d\nvip = 7\nstatus = 'Draft'\nnote = \"a\\tb\"\ntags = [\"a\"]\n\n[extra]\nstatus = \"no\"\n+++\n";
        let text = Text::new(source);
        let fields = fields(&text, text.span());
        let found: Vec<_> =
            fields.iter().map(|field| (field.key.as_str(), field.value_text(&text), text.slice(field.value))).collect();
        assert_eq!(
            found,
            [
                ("title", "💡 A".into(), "💡 A".into()),
                ("vip", "7".into(), "7".into()),
                ("status", "Draft".into(), "Draft".into()),
                ("note", "a\tb".into(), "a\\tb".into()),
                ("tags", "[\"a\"]".into(), "[\"a\"]".into()),
                ("extra", "".into(), "".into()),
            ]
        );
        assert_eq!(text.slice(fields[0].span), "title = \"💡 A\" # d");
    }

    #[test]
    fn keys_behind_a_slip_are_there() {
        let text = Text::new("+++\ntitle = \"Q\"\nvip = [7\nstatus = \"Draft\"\n\n[extra]\nstatus = \"no\"\n+++\n");
        let fields = fields(&text, text.span());
        let found: Vec<_> = fields.iter().map(|field| (field.key.as_str(), text.slice(field.value))).collect();
        assert_eq!(found[..3], [("title", "Q".into()), ("vip", "[7".into()), ("status", "Draft".into())]);
        assert!(found.iter().filter(|(key, _)| *key == "title").count() == 1);
    }

    #[test]
    fn an_error_has_its_place() {
        let at = |source: &str| {
            let text = Text::new(source);
            error(&text, text.span()).map(|error| text.slice(error.span).into_owned())
        };
        assert_eq!(at("+++\nvip = 7\nstatus = Draft\n+++\n").as_deref(), Some("Draft"));
        assert_eq!(at("+++\nvip = 7\n+++\n"), None);
    }

    #[test]
    fn what_is_no_plain_key_behind_a_slip_is_left_out() {
        let text = Text::new("+++\nvip = [7\nsite.name = \"x\"\n= 1\nstatus = \"Draft\"\n+++\n");
        let keys: Vec<_> = fields(&text, text.span()).into_iter().map(|field| field.key).collect();
        assert_eq!(keys, ["vip", "status"]);
    }
}
