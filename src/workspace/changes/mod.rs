//! Changes of documents: renaming, moving files, and new proposals.

mod follow;
mod migration;
mod new_proposal;
mod rename;

pub use follow::DocumentEdits;
pub use new_proposal::{Choice, NewProposal, NoProposal, Series, Wanted};
pub use rename::{Changes, Renaming};
