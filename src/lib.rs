//! vip-lsp: a language server and linter for proposal documents whose schema is the repository's own template.
//!
//! The modules, from the ground up; each uses only those above it:
//!
//! - [`cancel`]: work that ends early once nobody waits for its result
//! - [`parallel`]: the same work for many items, on all cores
//! - `door`: access to files that may come from others
//! - [`git`]: repositories, read and never run
//! - [`text`]: byte offsets, the rope, positions in the units of a client
//! - [`letters`]: scripts, and how letters compare
//! - [`terms`]: what words mean, in many languages
//! - [`syntax`]: Markdown as blocks, headings, entries and words
//! - [`template`]: the schema of a proposal family, read from Markdown
//! - [`document`]: one document, and how it compares to a template
//! - [`rules`]: the faults that can be told from a template
//! - [`features`]: what an editor asks for, as plain data
//! - [`workspace`]: which documents are proposals, and by which template
//! - [`server`] and [`cli`]: the entry points

pub mod cancel;
pub mod cli;
pub mod document;
mod door;
pub mod features;
pub mod git;
pub mod letters;
pub mod parallel;
pub mod rules;
pub mod server;
pub mod syntax;
pub mod template;
pub mod terms;
pub mod text;
pub mod workspace;
