//! What takes bytes that nobody vouches for: each target takes any, and panics where something is wrong.
//!
//! `tests/properties/fuzz.rs` runs them on the inputs of `tests/fuzz/corpus` and on some that are made of these; `tests/fuzz/run`
//! looks for new ones, led by what they reach in the code.

pub(crate) mod asking;
mod edits;
mod frames;
mod git;
pub(crate) mod sameness;
pub(crate) mod settings;
mod template;
mod text;

/// A name, and what runs on an input.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets. The inputs of each are in the folder of its name.
pub(crate) const TARGETS: [Target; 7] = [
    ("text", text::run),
    ("template", template::run),
    ("settings", settings::run),
    ("yaml", text::run_front_matter),
    ("frames", frames::run),
    ("git", git::run),
    ("edits", edits::run),
];

/// The longest input, in bytes: what takes time there is for `tests/growth`.
#[allow(dead_code, reason = "libFuzzer is told by tests/fuzz/run")]
pub(crate) const LONGEST: usize = 4096;
