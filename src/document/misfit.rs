//! A value that is not what the settings require of its key.

use crate::template::ValueKind;
use crate::text::{Edit, Span};

/// A value that is not what the settings require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The place of its key; `None` for the title.
    pub key: Option<usize>,
    /// The keys to the value within others, with full stops between them.
    pub path: Option<String>,
    /// The place of the fault.
    pub span: Span,
    /// The fault.
    pub fault: Misfit,
    /// The edit that mends it, if there is only one way.
    pub mended: Option<Edit>,
}

/// How a value is not what the settings require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is empty.
    Empty,
    /// It, or this item of it, is not of the type.
    Type(ValueKind, String),
    /// It is a day in another format than this one.
    OtherFormat(String),
    /// It is the day of no calendar.
    NoSuchDay(String),
    /// None of the people has a handle.
    NoHandle,
    /// An item of a list is empty, or is not separated from the next one by a comma and a space.
    Spacing,
    /// The numbers do not ascend.
    Unsorted,
    /// It has this number of characters, and needs at least that.
    TooShort(usize, usize),
    /// It matches none of the patterns called so.
    Unmatched(Vec<String>, Option<String>),
    /// It has a match of the pattern called so.
    Forbidden(String),
    /// It has no such key.
    Without(String),
    /// It is not one of these values.
    Other(String, Vec<String>),
}
