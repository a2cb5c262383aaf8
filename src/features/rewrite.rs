//! Rewrites: edits all over a proposal that need no diagnostic to be asked for.

use serde::{Deserialize, Serialize};

use crate::document::{Filling, Proposal, insert_sections, misplaced, reorder};
use crate::rules::remove_guidance;
use crate::text::Edit;

/// A change of the whole proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rewrite {
    /// The headings of all required sections that are missing come in.
    InsertMissingSections,
    /// All that the template says to the author goes.
    RemoveGuidance,
    /// The sections come into the template's order.
    OrderSections,
}

impl Rewrite {
    /// All of them.
    pub const ALL: [Rewrite; 3] = [Rewrite::InsertMissingSections, Rewrite::RemoveGuidance, Rewrite::OrderSections];

    /// What it does, for a menu.
    pub fn title(self) -> &'static str {
        match self {
            Rewrite::InsertMissingSections => "Insert all missing sections",
            Rewrite::RemoveGuidance => "Remove all guidance",
            Rewrite::OrderSections => "Order the sections",
        }
    }

    /// The edits that do it to `proposal`, in order; they do not overlap.
    ///
    /// # Errors
    ///
    /// Why there is nothing to do, or nothing can be done.
    pub fn edits(self, proposal: &Proposal<'_>) -> Result<Vec<Edit>, &'static str> {
        if proposal.is_index() {
            return Err("an index page has no sections of the template");
        }
        let mut edits = match self {
            Rewrite::InsertMissingSections => insert_missing(proposal)?,
            Rewrite::RemoveGuidance => remove(proposal)?,
            Rewrite::OrderSections => order(proposal)?,
        };
        edits.sort_by_key(|edit| edit.span);
        Ok(edits)
    }
}

fn insert_missing(proposal: &Proposal<'_>) -> Result<Vec<Edit>, &'static str> {
    let required: Vec<_> = proposal.missing().filter(|section| !section.is_optional).collect();
    if required.is_empty() {
        return Err("no section is missing");
    }
    let edits = insert_sections(proposal, &required, Filling::Nothing);
    edits.ok_or("sections cannot be inserted behind a block that does not end; close it first")
}

fn remove(proposal: &Proposal<'_>) -> Result<Vec<Edit>, &'static str> {
    let edits = remove_guidance(proposal);
    match (edits.is_empty(), proposal.instructions().is_empty()) {
        (false, _) => Ok(edits),
        (true, true) => Err("nothing of the template's guidance is left"),
        (true, false) => {
            Err("what is left of the template's guidance shares lines with other text; take it out by hand")
        }
    }
}

fn order(proposal: &Proposal<'_>) -> Result<Vec<Edit>, &'static str> {
    match (reorder(proposal), misplaced(proposal)) {
        (Some(edit), _) => Ok(vec![edit]),
        (None, None) => Err("no section is out of order"),
        (None, Some(_)) => Err("sections cannot be ordered around a block that does not end; close it first"),
    }
}
