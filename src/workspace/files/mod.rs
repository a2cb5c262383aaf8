//! Access to the disk: which files there are, their content, and what their names say.

mod author;
pub mod committed;
mod faults;
pub(super) mod glob;
mod id;
mod ignore_pattern;
mod ignored;
mod lines;
pub mod merged;
mod names;
mod overlay;
mod path;
mod read;
mod repository;
mod roots;
mod walk;

pub use author::author;
pub(super) use faults::Faults;
pub use id::DocumentId;
pub(super) use ignored::MAX_DEPTH;
pub use names::{FILE_NAMES, is_document, is_forge};
pub(super) use names::{is_site, is_yaml};
pub use overlay::Overlay;
pub use path::{normalize, relative};
pub use read::{Found, read, root_of};
pub(crate) use read::{entries_of, is_inside, list, look, read_named};
pub(crate) use repository::home;
pub use repository::repository;
pub use roots::Roots;
pub use walk::{Walk, entries, folders, markdown_files, markdown_files_of};
