//! Unvalidated settings from a file or an editor, in a common form for TOML and JSON.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::text::{Offset, Span};

/// A value and, if it is in a file, its place.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) span: Option<Span>,
    pub(super) content: Content,
}

/// The content of a value.
#[derive(Debug)]
pub(super) enum Content {
    Flag(bool),
    /// A whole number, at least 0.
    Count(usize),
    Text(String),
    List(Vec<Value>),
    Table(Vec<(Key, Value)>),
    /// A value of a type that no setting has, as written.
    Other(String),
}

/// A key and, if it is in a file, its place.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) span: Option<Span>,
    pub(super) text: String,
}

/// A place where a file is invalid TOML, and why.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) message: String,
}

impl Value {
    /// Converts `json`. A key with `null` is left out: editors write it for a setting that is not set.
    pub(super) fn of_json(json: &serde_json::Value) -> Value {
        use serde_json::Value as Json;
        let content = match json {
            Json::Bool(flag) => Content::Flag(*flag),
            Json::Number(number) => {
                let count = number.as_u64().and_then(|count| usize::try_from(count).ok());
                count.map_or_else(|| Content::Other(number.to_string()), Content::Count)
            }
            Json::String(text) => Content::Text(text.clone()),
            Json::Array(items) => Content::List(items.iter().map(Value::of_json).collect()),
            Json::Object(entries) => {
                let set = entries.iter().filter(|(_, value)| !value.is_null());
                let key = |text: &String| Key { span: None, text: text.clone() };
                Content::Table(set.map(|(text, value)| (key(text), Value::of_json(value))).collect())
            }
            Json::Null => Content::Other("null".to_owned()),
        };
        Value { span: None, content }
    }

    /// Converts the TOML document `content`, and returns its first fault, if any. Entries without a fault are kept, so that a
    /// file stays in effect while one of its lines is being edited.
    pub(super) fn of_toml(content: &str) -> (Value, Option<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(content);
        // The parser also reports faults that follow from others, and not in document order.
        let faults = errors.iter().map(|error| Fault {
            span: span(error.span().unwrap_or_default()),
            message: format!("not valid TOML: {}", error.message()),
        });
        let mut faults: Vec<Fault> = faults.collect();
        faults.sort_by_key(|fault| fault.span);
        let content = entries(table.get_ref(), &faults);
        (Value { span: Some(span(table.span())), content }, faults.into_iter().next())
    }
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::of_range(Offset::ZERO, range)
}

/// Converts the entries of `table`, except those that contain one of `faults`.
fn entries(table: &DeTable<'_>, faults: &[Fault]) -> Content {
    let is_sound = |value: &Spanned<DeValue<'_>>| {
        value.get_ref().is_table() || faults.iter().all(|fault| !fault.span.meets(span(value.span())))
    };
    let sound = table.iter().filter(|(_, value)| is_sound(value));
    let entry = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let key = Key { span: Some(span(key.span())), text: key.get_ref().to_string() };
        (key, of_toml_value(value, faults))
    };
    Content::Table(sound.map(entry).collect())
}

fn of_toml_value(value: &Spanned<DeValue<'_>>, faults: &[Fault]) -> Value {
    let content = match value.get_ref() {
        DeValue::String(text) => Content::Text(text.to_string()),
        DeValue::Integer(number) => match usize::from_str_radix(number.as_str(), number.radix()) {
            Ok(count) => Content::Count(count),
            Err(_) => Content::Other(number.to_string()),
        },
        DeValue::Float(number) => Content::Other(number.to_string()),
        DeValue::Boolean(flag) => Content::Flag(*flag),
        DeValue::Datetime(time) => Content::Other(time.to_string()),
        DeValue::Array(items) => Content::List(items.iter().map(|item| of_toml_value(item, faults)).collect()),
        DeValue::Table(table) => entries(table, faults),
    };
    Value { span: Some(span(value.span())), content }
}

impl std::fmt::Display for Content {
    /// Describes the value briefly, for a message.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Content::Flag(flag) => write!(formatter, "{flag}"),
            Content::Count(count) => write!(formatter, "{count}"),
            Content::Text(text) => write!(formatter, "\"{text}\""),
            Content::List(_) => formatter.write_str("a list"),
            Content::Table(_) => formatter.write_str("a table"),
            Content::Other(text) => formatter.write_str(text),
        }
    }
}
