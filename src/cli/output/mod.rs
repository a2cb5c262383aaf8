//! The output of findings, one format per file.

mod concise;
mod escaped;
mod fingerprint;
mod format;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod report;
mod sarif;
mod statistics;

pub(super) use format::Format;
pub(super) use report::Report;
