//! New proposals: their family, their place, the name of their file, and their initial text.

mod entry;
mod folders;
mod making;
mod name;
mod plan;
mod rows;
mod series;
mod siblings;
mod wanted;
mod wording;

pub use wanted::{Choice, NewProposal, NoProposal, Series, Wanted};

#[cfg(test)]
mod tests;
