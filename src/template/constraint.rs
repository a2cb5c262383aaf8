//! What the values of a metadata key must be, as settings say.

use super::{Limits, Pattern};

/// What the value of a metadata key must be. A field that is `None` demands nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraint {
    /// The key, as the settings write it.
    pub name: String,
    /// The type of the value.
    pub kind: Option<ValueKind>,
    /// Whether a proposal must have the key.
    pub is_required: Option<bool>,
    /// A proposal must have the key if all of these hold.
    pub required_when: Option<Vec<Condition>>,
    /// A proposal must not have the key unless all of these hold.
    pub only_when: Option<Vec<Condition>>,
    /// The allowed values.
    pub values: Option<Vec<String>>,
    /// The format of a day, as `DD.MM.YYYY`; `YYYY-MM-DD` unless the template has another one.
    pub format: Option<String>,
    /// The minimum number of characters.
    pub min_characters: Option<usize>,
    /// The maximum number of characters.
    pub max_characters: Option<usize>,
    /// The maximum number of words.
    pub max_words: Option<usize>,
    /// What the value must match, one of them.
    pub patterns: Option<Vec<Pattern>>,
    /// What the value must not contain.
    pub forbidden: Option<Vec<Pattern>>,
    /// Whether the numbers in it must ascend.
    pub is_sorted: Option<bool>,
    /// Whether one of the people in it must have a handle, as in `A. Author (@author)`.
    pub has_handle: Option<bool>,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// A day, as `2026-01-31`.
    Date,
    /// A whole number.
    Number,
    /// Whole numbers, separated by commas.
    Numbers,
    /// Proposals by number, separated by commas, as `XIP-1, 2`.
    Proposals,
    /// An address on the web.
    Link,
    /// People, separated by commas, as `A. Author (@author)` or `A. Author <a@example.org>`.
    People,
    /// A version, as `1.2.0`.
    Version,
    /// A list of anything, separated by commas.
    List,
}

impl ValueKind {
    /// The words for the types in settings, in the order of [`ValueKind::ALL`].
    pub const WORDS: [&'static str; 9] =
        ["text", "date", "number", "numbers", "proposals", "link", "people", "version", "list"];

    /// All types.
    pub const ALL: [ValueKind; 9] = [
        ValueKind::Text,
        ValueKind::Date,
        ValueKind::Number,
        ValueKind::Numbers,
        ValueKind::Proposals,
        ValueKind::Link,
        ValueKind::People,
        ValueKind::Version,
        ValueKind::List,
    ];

    /// Returns the word for it in settings.
    pub fn word(self) -> &'static str {
        let place = ValueKind::ALL.iter().position(|kind| *kind == self);
        place.map_or("", |place| ValueKind::WORDS[place])
    }

    /// Whether the value has several items.
    pub fn is_list(self) -> bool {
        matches!(self, ValueKind::Numbers | ValueKind::Proposals | ValueKind::People | ValueKind::List)
    }
}

/// A condition on the value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The key.
    pub key: String,
    /// The values for which it holds.
    pub values: Vec<String>,
}

impl std::fmt::Display for Condition {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let values: Vec<String> = self.values.iter().map(|value| format!("\"{value}\"")).collect();
        write!(formatter, "\"{}\" is {}", self.key, values.join(" or "))
    }
}

/// Returns when a key or section has to be there and when it may be there, for people.
pub(super) fn told_conditions(required_when: Option<&[Condition]>, only_when: Option<&[Condition]>) -> Vec<String> {
    let all = |conditions: &[Condition]| conditions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    let both = required_when.filter(|when| only_when == Some(*when));
    let when = [
        required_when.filter(|_| both.is_none()).map(|when| format!("required if {}", all(when))),
        only_when.filter(|_| both.is_none()).map(|when| format!("only if {}", all(when))),
        both.map(|when| format!("exactly if {}", all(when))),
    ];
    when.into_iter().flatten().collect()
}

impl ValueKind {
    /// Returns what such a value is, for people.
    pub fn told(self) -> &'static str {
        match self {
            ValueKind::Text => "a text",
            ValueKind::Date => "a date",
            ValueKind::Number => "a number",
            ValueKind::Numbers => "numbers, separated by commas",
            ValueKind::Proposals => "proposals by number, separated by commas",
            ValueKind::Link => "a link",
            ValueKind::People => "people, separated by commas",
            ValueKind::Version => "a version",
            ValueKind::List => "a list, separated by commas",
        }
    }
}

impl Constraint {
    /// Returns what it demands of a value, for people: all but values and maximum lengths.
    pub(super) fn told(&self) -> Vec<String> {
        let called = |patterns: &Option<Vec<Pattern>>, last: &str| {
            let all: Vec<&str> = patterns.iter().flatten().map(|pattern| pattern.called.as_str()).collect();
            (!all.is_empty()).then(|| all.join(last))
        };
        let format = self.format.as_ref().map(|format| format!("a date as {format}"));
        let kind = self.kind.filter(|_| format.is_none()).map(|kind| kind.told().to_owned());
        [
            kind,
            format,
            self.min_characters.map(|least| format!("at least {least} characters")),
            called(&self.patterns, " or "),
            called(&self.forbidden, " or ").map(|what| format!("without {what}")),
            (self.is_sorted == Some(true)).then(|| "in ascending order".to_owned()),
            (self.has_handle == Some(true)).then(|| "at least one with a handle".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Returns this constraint, with what it leaves out taken from `below`.
    pub fn over(&self, below: &Constraint) -> Constraint {
        fn or<T: Clone>(own: &Option<T>, below: &Option<T>) -> Option<T> {
            own.clone().or_else(|| below.clone())
        }
        Constraint {
            name: self.name.clone(),
            kind: self.kind.or(below.kind),
            is_required: self.is_required.or(below.is_required),
            required_when: or(&self.required_when, &below.required_when),
            only_when: or(&self.only_when, &below.only_when),
            values: or(&self.values, &below.values),
            format: or(&self.format, &below.format),
            min_characters: self.min_characters.or(below.min_characters),
            max_characters: self.max_characters.or(below.max_characters),
            max_words: self.max_words.or(below.max_words),
            patterns: or(&self.patterns, &below.patterns),
            forbidden: or(&self.forbidden, &below.forbidden),
            is_sorted: self.is_sorted.or(below.is_sorted),
            has_handle: self.has_handle.or(below.has_handle),
        }
    }

    pub(super) fn limits(&self) -> Limits {
        Limits { words: self.max_words, characters: self.max_characters, ..Limits::default() }
    }
}
