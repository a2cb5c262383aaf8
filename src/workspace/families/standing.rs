//! What a file is, according to the families that were found.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::family::Family;
use crate::template::NamePattern;

/// What a file is.
#[derive(Clone, Debug)]
pub(in crate::workspace) enum Standing {
    /// A document of this family.
    Member(Arc<Family>),
    /// A template, by its name or because documents follow it.
    Template {
        /// Whether this is certain, because its name says so or documents follow it.
        is_sure: bool,
    },
    /// Neither.
    Other,
}

impl Standing {
    /// Returns the standing in a form for comparison.
    pub(in crate::workspace) fn membership(&self) -> Option<Membership<'_>> {
        match self {
            Standing::Member(family) => Some(Membership::of(family)),
            Standing::Template { .. } => Some(Membership::Template),
            Standing::Other => None,
        }
    }
}

/// What a file was found to be, in a form for comparison.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workspace) enum Membership<'a> {
    /// A document of a family: its template, how its documents are named, and their consensus if there is no template.
    Member(Option<&'a Path>, Option<&'a NamePattern>, Option<u64>),
    /// A template.
    Template,
}

impl Membership<'_> {
    pub(super) fn of(family: &Family) -> Membership<'_> {
        let consensus = family.learnt.as_ref().map(|learnt| learnt.consensus);
        Membership::Member(family.template.as_deref(), family.pattern.as_ref(), consensus)
    }
}

/// A template that no document follows yet.
#[derive(Clone, Debug)]
pub(in crate::workspace) struct Unused {
    /// The template's file.
    pub(in crate::workspace) template: PathBuf,
    /// The folder that it applies to.
    pub(in crate::workspace) home: PathBuf,
    /// The stem of its name, if its folder stands for the documents' folders.
    pub(in crate::workspace) in_folder: Option<String>,
}
