//! Rewrites: edits across a whole proposal that do not depend on a diagnostic.

use serde::{Deserialize, Serialize};

use crate::document::{Edited, Filling, Proposal, Step, insert_sections, migrate, misplaced, reorder};
use crate::rules::{kept_guidance, remove_guidance};
use crate::text::Edit;

/// A change of the whole proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rewrite {
    /// Inserts the headings of all required sections that are missing.
    InsertMissingSections,
    /// Removes all that the template says to the author.
    RemoveGuidance,
    /// Puts the sections in the template's order.
    OrderSections,
    /// Brings a document that follows an earlier version of the template to the current one.
    Migrate,
}

impl Rewrite {
    /// All rewrites.
    pub const ALL: [Rewrite; 4] =
        [Rewrite::InsertMissingSections, Rewrite::RemoveGuidance, Rewrite::OrderSections, Rewrite::Migrate];

    /// The title for a menu.
    pub fn title(self) -> &'static str {
        match self {
            Rewrite::InsertMissingSections => "Insert all required sections",
            Rewrite::RemoveGuidance => "Remove all guidance",
            Rewrite::OrderSections => "Order the sections",
            Rewrite::Migrate => "Bring to the current template",
        }
    }

    /// Says what the rewrite would leave in `proposal` despite its purpose, and why; `None` if it leaves nothing.
    pub fn kept(self, proposal: &Proposal<'_>) -> Option<String> {
        if self == Rewrite::RemoveGuidance { kept_guidance(proposal) } else { None }
    }

    /// Returns the edits of the rewrite for `proposal`, in order and without overlaps.
    ///
    /// # Errors
    ///
    /// When there is nothing to do or nothing can be done; the text says why.
    pub fn edits(self, proposal: &Proposal<'_>) -> Result<Edited, String> {
        if proposal.index_page().is_some() {
            return Err("an index page has no template sections".to_owned());
        }
        let mut edits = match self {
            Rewrite::InsertMissingSections => insert_missing(proposal)?,
            Rewrite::RemoveGuidance => remove(proposal)?,
            Rewrite::OrderSections => order(proposal)?,
            Rewrite::Migrate => return migrated(proposal),
        };
        edits.sort_by_key(|edit| edit.span);
        Ok(proposal.following(edits).into())
    }
}

fn migrated(proposal: &Proposal<'_>) -> Result<Edited, String> {
    let current = proposal.surroundings().and_then(|surroundings| surroundings.current_template());
    let current = current.ok_or_else(|| "it follows the template as it is now".to_owned())?;
    let migration = migrate(proposal, &current);
    let has_changes = migration.steps.iter().any(Step::is_change);
    has_changes.then_some(migration.edited).ok_or_else(|| "the template as it is now asks for nothing else".to_owned())
}

fn insert_missing(proposal: &Proposal<'_>) -> Result<Vec<Edit>, String> {
    let required: Vec<_> = proposal.missing().filter(|section| !proposal.may_lack(section)).collect();
    if required.is_empty() {
        return Err("no section is missing".to_owned());
    }
    let edits = insert_sections(proposal, &required, Filling::Nothing);
    edits.ok_or_else(|| "sections cannot be inserted after an unclosed block; close it first".to_owned())
}

fn remove(proposal: &Proposal<'_>) -> Result<Vec<Edit>, String> {
    let edits = remove_guidance(proposal);
    match (edits.is_empty(), kept_guidance(proposal)) {
        (false, _) => Ok(edits),
        (true, None) => Err("none of the template's guidance is left".to_owned()),
        (true, Some(kept)) => Err(format!("there is nothing to remove; {kept}")),
    }
}

fn order(proposal: &Proposal<'_>) -> Result<Vec<Edit>, String> {
    match (reorder(proposal), misplaced(proposal)) {
        (Some(edit), _) => Ok(vec![edit]),
        (None, None) => Err("no section is out of order".to_owned()),
        (None, Some(_)) => Err(
            "sections cannot be reordered around an unclosed block or a label that is defined twice; fix that first"
                .to_owned(),
        ),
    }
}
