//! What the session answers: a request, or a family of requests, a file.

pub(super) mod code_actions;
mod commands;
mod explain;
mod lenses;
mod navigation;
mod registration;
mod workspace_diagnostics;
