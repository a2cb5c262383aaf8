//! vip-lsp
pub mod syntax;
pub mod text;
