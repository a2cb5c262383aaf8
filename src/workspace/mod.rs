//! Which documents are proposals, by which template and with which settings; what they refer to, and how they are changed.
//!
//! **Architecture invariant:** `files` ← `settings` ← `families` ← `index` ← `documents` ← `survey` ← `navigation` ← `changes`:
//! each module uses only those before it, through what they export.

mod cache;
mod changes;
mod documents;
mod families;
pub mod files;
mod history;
mod index;
mod navigation;
mod settings;
mod survey;
mod watch;

pub use changes::{Changes, Choice, DocumentEdits, NewProposal, NoProposal, Renaming, Series, Wanted};
pub use documents::{Sidecar, Snapshot, Workspace};
pub use families::{Family, FamilyKind, count_families, is_set_apart};
pub use files::{DocumentId, FILE_NAMES, Overlay, Roots, author, committed};
pub use navigation::{Around, Declaration, Goal, Occurrences, Place};
pub use settings::{Config, ConfigSource, FamilySettings, Given, Problem, Settings, nearest_preset, schema};
pub use survey::{ConfigsInUse, Explanation, Faulty, Moves, Presence, Progress, Suggestion, toml_string};
pub use watch::{DiskChange, DiskChanges, Watch, is_head, matters};

#[cfg(test)]
mod tests;
