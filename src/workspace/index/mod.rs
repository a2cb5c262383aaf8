//! The index: what is kept of every Markdown file on disk in the workspace's folders.

mod components;
mod deviation_key;
mod exports;
mod key;
mod kind;
mod opened;
mod page;
mod paths;
mod refers;
mod store;

pub(super) use components::Components;
pub(super) use deviation_key::DeviationKey;
pub(super) use exports::Exports;
pub(super) use key::Key;
pub(super) use kind::Kind;
pub(super) use opened::{Opened, OpenedOnce};
pub(super) use page::{Page, TemplateKey};
pub(super) use paths::Paths;
pub(super) use refers::Refers;
pub(super) use store::Index;
