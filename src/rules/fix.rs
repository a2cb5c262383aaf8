//! A change that removes a fault.

use std::path::PathBuf;

use crate::text::{Edit, Text};

/// A change that removes a fault.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, for a menu.
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// The edits in another file.
    pub elsewhere: Option<FileEdits>,
    /// Whether an editor that applies a fix without asking should take this one.
    pub is_preferred: bool,
    /// Whether it changes neither the meaning nor the author's words, so that it may be applied together with others
    /// without review.
    pub is_safe: bool,
    /// Whether it inserts what the author fills in next.
    pub is_to_fill: bool,
}

/// The edits of a file.
#[derive(Clone, Debug)]
pub struct FileEdits {
    /// The file.
    pub path: PathBuf,
    /// The file's text, in which the edits count.
    pub text: Text,
    /// The version number of the editor that has the file open.
    pub version: Option<i32>,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

impl PartialEq for FileEdits {
    fn eq(&self, other: &FileEdits) -> bool {
        (&self.path, &self.edits) == (&other.path, &other.edits)
    }
}

impl Fix {
    pub(super) fn new(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        Fix { title: title.into(), edits, elsewhere: None, is_preferred: false, is_safe: false, is_to_fill: false }
    }

    pub(super) fn preferred(self) -> Fix {
        Fix { is_preferred: true, ..self }
    }

    pub(super) fn filled_next(self) -> Fix {
        Fix { is_to_fill: true, ..self }
    }

    pub(super) fn safe(self) -> Fix {
        Fix { is_safe: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Offset;

    #[test]
    fn changes_are_the_same_where_they_change_the_same_file_in_the_same_way() {
        let of = |path: &str, content: &str, version| FileEdits {
            path: path.into(),
            text: Text::new("# A\n"),
            version,
            edits: vec![Edit::insert(Offset::ZERO, content.to_owned())],
        };
        assert_eq!(of("a.md", "x", None), of("a.md", "x", Some(2)));
        assert_ne!(of("a.md", "x", None), of("b.md", "x", None));
        assert_ne!(of("a.md", "x", None), of("a.md", "y", None));
    }
}
