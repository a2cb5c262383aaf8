//! All files of the workspace: reading them, keeping up with changes, and answering questions about them.

mod by_family;
mod explain;
mod in_use;
mod lookup;
mod moves;
mod news;
mod overviews;
mod reading;
mod site;
mod update;
mod usage;

pub use explain::{Explanation, Suggestion, toml_string};
pub use in_use::{ConfigsInUse, Faulty};
pub use moves::Moves;
pub use overviews::Presence;
pub use reading::Progress;
pub(in crate::workspace) use site::{SitePage, pages_of_site};

#[cfg(test)]
mod tests;
