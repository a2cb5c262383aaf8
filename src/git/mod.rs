//! Git repositories, read in this process: their commits and the files of those.
//!
//! A repository is not trusted. Nothing that it names is run, there is no network access, and nothing outside its own git folder
//! is read: no included configuration, no alternates, no links. All reads are bounded, so that every question ends, with a
//! [`Fault`] where the repository is broken or too large.
//!
//! Of gitoxide, only hashing and the validation of names are used. Its stores open whatever a repository has by path, even a
//! named pipe or a link, follow alternates, and map files into memory, where truncating one kills the process.

mod branches;
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
mod log;
mod moves;
mod object;
mod objects;
mod pack;
mod raw_tree;
mod recent;
mod refs;
mod repository;
mod revision;
mod tree;
mod trees;

pub use commit::Commit;
pub use config::Remote;
pub use fault::Fault;
pub use folders::common;
pub use log::{Change, Difference, Log, What};
pub use moves::are_alike;
pub use object::Id;
pub use repository::Repository;
pub use tree::{Entry, Mode};

#[cfg(test)]
mod tests;
