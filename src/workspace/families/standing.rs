//! What a file is by the families that were found.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::family::Family;
use crate::template::NamePattern;

/// What a file is.
#[derive(Clone, Debug)]
pub(in crate::workspace) enum Standing {
    /// A document of this family.
    Member(Arc<Family>),
    /// What others follow; by its name, or because they do.
    Template {
        /// Whether its name says so or documents follow it, so that it is no guess.
        is_sure: bool,
    },
    /// Neither.
    Other,
}

impl Standing {
    /// The same, for a comparison.
    pub(in crate::workspace) fn membership(&self) -> Option<Membership<'_>> {
        match self {
            Standing::Member(family) => Some(Membership::of(family)),
            Standing::Template { .. } => Some(Membership::Template),
            Standing::Other => None,
        }
    }
}

/// What a file was found to be, for a comparison.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workspace) enum Membership<'a> {
    /// A document of a family with this template, whose documents are named in this way, and share this where there is none.
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
    /// Its file.
    pub(in crate::workspace) template: PathBuf,
    /// The folder that it is for.
    pub(in crate::workspace) home: PathBuf,
    /// The stem of its name, where its folder stands for the documents' folders.
    pub(in crate::workspace) in_folder: Option<String>,
}
