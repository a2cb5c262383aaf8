//! The command line.

mod check;
mod command;
mod config;
mod exit;
mod explain;
mod families;
mod front_matter;
mod graph;
mod index;
mod init;
mod migrate;
mod new;
mod open;
mod output;
mod paths;
mod problem;
mod progress;
mod report;
mod reserve;
mod rewriting;
mod rule;
mod streams;
mod table;
mod template;
mod write;

pub use command::main;
