//! Renaming: a heading with the links to it, a proposal's number with its file, and files with the links to them.

mod moving;
mod renaming;
mod sites;

pub use renaming::{Changes, Renaming};
