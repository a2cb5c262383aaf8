//! How far a proposal has come, by its status: before a decision, after it, or past its end.

use super::{Proposal, Status, is_value};
use crate::terms::{self, Meaning, RelationKind};
use crate::text::{Offset, Span};

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It is not decided yet.
    Open,
    /// It is decided, or has been made.
    Accepted,
    /// It was turned down, has ceased to apply, or was replaced.
    Ended,
}

impl Proposal<'_> {
    /// Returns how far a proposal of this family with the status `status` has come, if that is known: from the words, or from the
    /// template's list, in which what comes before the first accepted status is not decided yet.
    pub fn course_of(&self, status: &str) -> Option<Course> {
        let lower = status.to_lowercase();
        if matches!(terms::relation_at(&lower), Some((RelationKind::AmendedBy | RelationKind::ExtendedBy, _))) {
            return Some(Course::Accepted);
        }
        match terms::status(status) {
            Some(Meaning::Superseded | Meaning::Deprecated | Meaning::Rejected) => return Some(Course::Ended),
            Some(Meaning::Draft) => return Some(Course::Open),
            Some(Meaning::Accepted | Meaning::Implemented) => return Some(Course::Accepted),
            _ => {}
        }
        let is_accepted = |text: &str| {
            let status = Status { text: text.to_owned(), span: Span::new(Offset::ZERO, Offset::ZERO) };
            status.is_accepted(self.template) || status.is_released(self.template)
        };
        if is_accepted(status) {
            return Some(Course::Accepted);
        }
        let values = &self.template.status_key()?.values;
        let first = values.iter().position(|value| is_accepted(value))?;
        values[..first].iter().any(|value| is_value(status, value)).then_some(Course::Open)
    }

    /// Returns how far this proposal has come, if that is known.
    pub fn course(&self) -> Option<Course> {
        self.course_of(&self.status()?.text)
    }
}
