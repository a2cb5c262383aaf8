//! The LSP side: what the client supports, what the server announces, the names exchanged, and the conversion both ways.

pub(super) mod capabilities;
pub(super) mod from_lsp;
pub(super) mod names;
pub(super) mod support;
pub(super) mod to_lsp;
pub(super) mod tokens;
