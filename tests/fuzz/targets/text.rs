//! A document: everything that an editor can ask for.

use super::asking::ask_for_everything;

pub(crate) fn run(input: &[u8]) {
    ask_for_everything(&String::from_utf8_lossy(input));
}

/// The input is the YAML in front of a document.
pub(crate) fn run_front_matter(input: &[u8]) {
    let yaml = String::from_utf8_lossy(input);
    ask_for_everything(&format!("---\n{yaml}\n---\n\n# VIP-7: A\n\n- **Status**: Draft\n\n## Introduction\n\nA.\n"));
}
