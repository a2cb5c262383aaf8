//! Families: a template and the documents that follow it, found from what the workspace's Markdown files look like.
//!
//! **Architecture invariant:** no repository, prefix or path is known here except the built-in family's. What decides is how
//! files are named, where they are, and which headings and keys they share.

mod by_path;
mod candidates;
mod claims;
mod consensus;
mod discovery;
mod family;
mod form;
mod groups;
mod learnt;
mod naming;
mod nearest;
mod realm;
mod realms;
mod reasons;
mod shape;
mod sketch;
mod standing;
mod strays;
mod words;

pub use by_path::is_set_apart;
pub(super) use by_path::{base, is_for_documents, is_of_repository, repositories, sample};
pub(super) use candidates::may_be_template;
pub(super) use discovery::Discovery;
pub use discovery::count_families;
pub(super) use family::{BUILT_IN_PREFIX, is_built_in};
pub use family::{Family, FamilyKind};
pub(super) use form::{Form, likest};
pub(super) use learnt::Learnt;
pub(super) use naming::{NumberedName, are_dates, is_record_page};
pub(super) use nearest::Nearest;
pub(super) use realms::Families;
pub(super) use sketch::{Sketch, Sketches};
pub(super) use standing::{Membership, Standing, Unused};
pub(super) use words::is_stage;

#[cfg(test)]
mod tests;
