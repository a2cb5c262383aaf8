//! A git repository, read in this process: what its commits and their files are.
//!
//! Nobody vouches for a repository. Nothing that it names is run, there is no network, and nothing is read but what lies in its own
//! folder of git: no configuration that it includes, no objects of others, no links. All that is read is bounded, so that each
//! question ends, with a [`Fault`] where the repository is broken or too large.
//!
//! Of gitoxide, only what hashes and what checks names is used. Its stores open by path what a repository has, which may be a named
//! pipe or a link, follow alternates, and map files into the memory, where one that is cut off meanwhile ends the program.

mod budget;
mod commit;
mod config;
mod content;
mod decode;
mod delta;
mod fault;
mod files;
mod folders;
mod history;
mod inflate;
mod object;
mod objects;
mod pack;
mod refs;
mod repository;
mod revision;
mod tree;
mod trees;

pub use commit::Commit;
pub use fault::Fault;
pub use folders::common;
pub use object::Id;
pub use repository::Repository;
pub use tree::{Entry, Mode};

#[cfg(test)]
mod tests;
