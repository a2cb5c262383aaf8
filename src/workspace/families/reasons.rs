//! The reasons why a file is a document of a family, or may be a template, in words.

use std::path::PathBuf;

use super::candidates::{Candidate, Sign};
use super::groups::{Nearness, Vote};

/// Describes how the family with the template `candidate` was recognized.
pub(super) fn family(
    candidate: Option<&Candidate>,
    documents: &[PathBuf],
    votes: Option<&Vec<Vote>>,
    index: usize,
) -> String {
    let Some(candidate) = candidate else {
        return "its documents are named or titled VIP with a number, and the repository has no template for them"
            .to_owned();
    };
    if candidate.sign == Sign::Learnt {
        let count = documents.len();
        let what = if count == 1 { "its only document has a status" } else { "its documents are alike" };
        return format!("{what}, and the repository has no template for them");
    }
    let vote = votes.and_then(|votes| votes.iter().find(|vote| vote.candidate == index));
    let place = match vote.map(|vote| vote.nearness) {
        Some(Nearness::Beside) => "next to its documents",
        Some(Nearness::Above) => "above its documents",
        Some(Nearness::Aside) => "in a folder near its documents",
        Some(Nearness::Elsewhere) | None => "in the same repository",
    };
    let share = vote
        .filter(|vote| vote.voters > 0)
        .map(|vote| format!("; {} of {} files there with headings or metadata resemble it", vote.alike, vote.voters));
    let alone = if documents.len() == 1 { " (one document)" } else { "" };
    format!("{} and it is {place}{}{alone}", sign(candidate.sign), share.unwrap_or_default())
}

/// Describes why a file may be a template.
pub(super) fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Name => "the template's name says so",
        Sign::Placeholder => "the template's name has a placeholder in place of a number",
        Sign::Folder => "the template's folder says so",
        Sign::Title => "the template's title says so",
        Sign::Holes => "the template's metadata is not filled in",
        Sign::Learnt => "the documents are alike",
    }
}
