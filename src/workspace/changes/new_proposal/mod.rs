//! New proposals: of which family, where the next one goes, what its file is called, and what it says at first.

mod folders;
mod making;
mod name;
mod plan;
mod rows;
mod siblings;
mod wanted;
mod wording;

pub use wanted::{Choice, NewProposal, NoProposal, Wanted};

#[cfg(test)]
mod tests;
