//! The title of a new proposal, which replaces its placeholder.

use super::{TitleForm, signs};

/// What is known for the title of a new proposal.
#[derive(Clone)]
pub(super) struct Known<'a> {
    pub(super) number: Option<&'a str>,
    pub(super) title: Option<String>,
    pub(super) form: Option<&'a TitleForm>,
}

impl Known<'_> {
    /// Returns the title in place of `source`, the template's placeholder, or `None` if nothing is known to replace it with.
    pub(super) fn fill(&self, source: &str, prefix: Option<&str>, separator: Option<&str>) -> Option<String> {
        let bare = source.trim_start_matches(['`', '*', '_']);
        let numbered = prefix.and_then(|prefix| Some((prefix, bare.strip_prefix(prefix)?)));
        let Some((prefix, behind)) = numbered else {
            let title = self.title.as_deref()?;
            return Some(match (self.form, self.number) {
                (Some(TitleForm { prefix, separator, .. }), Some(number)) => {
                    format!("{prefix}{number}{separator}{title}")
                }
                _ => format!("{}{title}", before_placeholder(source)),
            });
        };
        let rest = behind_number(behind);
        let number = self.number.unwrap_or(&behind[..behind.len() - rest.len()]);
        Some(match &self.title {
            Some(title) => format!("{prefix}{number}{}{title}", separator.unwrap_or(": ")),
            None => format!("{prefix}{number}{rest}"),
        })
    }
}

/// Returns the text of `source` before a placeholder in brackets at its end, as `Proposal: ` before `[Title]`. Empty if it does not
/// end in one.
fn before_placeholder(source: &str) -> &str {
    let pairs = [('[', ']'), ('{', '}'), ('<', '>'), ('(', ')')];
    let pair = pairs.iter().find(|(_, end)| source.trim_end().trim_end_matches(['`', '*', '_']).ends_with(*end));
    let lead = pair.and_then(|(start, _)| Some(&source[..source.find(*start)?])).unwrap_or_default();
    if lead.trim_end().ends_with([':', '-', '–', '—']) { lead } else { "" }
}

/// Returns the text of `source` after the placeholder for the number at its start.
fn behind_number(source: &str) -> &str {
    let bare = source.trim_start_matches('`');
    bare[signs::sign_length(bare)..].trim_start_matches('`')
}
