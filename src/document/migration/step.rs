//! What a migration does to a document, in words.

use std::fmt;

/// What a migration does to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A section gets another name: before and after.
    Rename(String, String),
    /// A metadata key gets another name: before and after.
    RenameKey(String, String),
    /// A value is written otherwise: the key, and the value before and after.
    Value(String, String, String),
    /// A part of a section becomes a section of its own.
    Level(String),
    /// A section that is not filled in gets the new guidance.
    Guidance(String),
    /// A section that the template no longer has, and that is not filled in, is removed.
    Remove(String),
    /// A section that the template no longer has is kept.
    Keep(String),
    /// A metadata key that the template no longer has is kept.
    KeepKey(String),
    /// A value that the template no longer lists is kept: the key and the value.
    KeepValue(String, String),
    /// A section stays where it is, although the template has it in another one: its name, and that of the other one.
    KeepLevel(String, String),
    /// The metadata keeps its form, although the template has another one.
    KeepForm,
    /// A new section is inserted.
    Insert(String),
    /// A new metadata key is inserted.
    InsertKey(String),
    /// The sections are put in the new order.
    Reorder,
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Rename(from, to) => write!(formatter, "rename section \"{from}\" to \"{to}\""),
            Step::RenameKey(from, to) => write!(formatter, "rename metadata \"{from}\" to \"{to}\""),
            Step::Value(key, from, to) => write!(formatter, "write \"{to}\" in place of \"{from}\" for \"{key}\""),
            Step::Guidance(name) => write!(formatter, "update the guidance of \"{name}\""),
            Step::Remove(name) => write!(formatter, "remove section \"{name}\", which is not filled in"),
            Step::Keep(name) => write!(formatter, "keep section \"{name}\", which the template has no more"),
            Step::KeepKey(name) => write!(formatter, "keep metadata \"{name}\", which the template has no more"),
            Step::KeepValue(key, value) => {
                write!(formatter, "keep \"{value}\" for \"{key}\", which the template does not list any more")
            }
            Step::Level(name) => write!(formatter, "make \"{name}\" a section of its own"),
            Step::KeepLevel(name, parent) => {
                write!(formatter, "keep section \"{name}\" where it is, though the template has it in \"{parent}\"")
            }
            Step::KeepForm => {
                formatter.write_str("keep the metadata as it is, though the template has it in another form")
            }
            Step::Insert(name) => write!(formatter, "insert section \"{name}\""),
            Step::InsertKey(name) => write!(formatter, "insert metadata \"{name}\""),
            Step::Reorder => write!(formatter, "put the sections in the new order"),
        }
    }
}

impl Step {
    /// Whether it changes the document, rather than saying what stays.
    pub fn is_change(&self) -> bool {
        !matches!(self, Step::Keep(_) | Step::KeepKey(_) | Step::KeepValue(..) | Step::KeepLevel(..) | Step::KeepForm)
    }
}
