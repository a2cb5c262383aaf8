//! Where references lead, who refers to what, and what the rules see of the workspace.

mod day;
mod diagnostics;
mod finding;
mod graph;
mod offered;
mod places;
mod preview;
mod references;
mod relations;
mod surroundings;

pub(super) use day::Day;
pub use places::Place;
pub use references::{Declaration, Goal, Occurrences};
pub(super) use references::{anchor, anchor_at, is_path_to};
pub use surroundings::Around;
