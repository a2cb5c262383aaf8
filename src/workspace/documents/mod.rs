//! Reading documents: which settings apply to each, which template it follows, and whether it is a proposal.

mod analyses;
mod analysis;
mod aside;
mod before;
mod beside;
mod known;
mod reading;
mod scope;
mod scoping;
mod set_families;
mod sidecar;
mod snapshot;
mod standing;
mod targets;
mod templates;
mod templating;
mod times;
mod versions;
mod workspace;

pub(super) use known::is_called_index;
pub use sidecar::Sidecar;
pub use snapshot::Snapshot;
pub(super) use workspace::Seen;
pub use workspace::Workspace;
