//! The requests that the session answers, one or a group of them per file.

pub(super) mod code_actions;
mod commands;
mod explain;
mod followers;
mod graph;
mod lenses;
mod navigation;
mod readiness;
mod registration;
mod rules;
mod saving;
mod starting;
mod workspace_diagnostics;
