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
mod style;
mod summary;

pub(super) use format::Format;
pub(super) use report::Report;
pub(super) use style::Colours;
pub(super) use summary::summary;
