//! When documents came in and templates changed, from git.

mod branches;
mod kept;
mod tracks;
mod whole;

pub(super) use branches::{Elsewhere, elsewhere};
pub(super) use tracks::{Version, day};
pub(super) use whole::History;
