//! What an editor asks for: one feature per file, from a proposal and a place to plain data.
//!
//! **Architecture invariant:** no LSP type here; `server` converts.

pub mod actions;
pub mod completion;
pub mod declaration;
pub mod feed;
pub mod fix_all;
pub mod folds;
pub mod graph;
pub mod highlights;
pub mod hints;
pub mod hover;
pub mod lens;
pub mod linked;
pub mod outline;
pub mod readiness;
pub mod rewrite;
pub mod selection;
pub mod snippet;
mod stages;
pub mod symbols;
pub mod todo;
pub mod tokens;
pub mod upkeep;

#[cfg(test)]
mod tests;
