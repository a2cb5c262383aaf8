//! LSP's terms and ours: what the client can do, what is announced, the names of what travels, and the conversion both ways.

pub(super) mod capabilities;
pub(super) mod from_lsp;
pub(super) mod names;
pub(super) mod support;
pub(super) mod to_lsp;
pub(super) mod tokens;
