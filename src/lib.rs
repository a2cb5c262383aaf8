//! vip-lsp
pub mod document;
pub mod rules;
pub mod syntax;
pub mod template;
pub mod text;
