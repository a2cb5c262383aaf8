//! The rules: the faults that a template reveals in a proposal, one file for each.

mod asymmetric_reference;
mod broken_anchor;
mod broken_link;
mod check;
mod deadline_passed;
mod directives;
mod document_too_large;
mod duplicate_definition;
mod duplicate_metadata;
mod duplicate_number;
mod duplicate_section;
mod empty_section;
mod examples;
mod finding;
mod fix;
mod fixes;
mod forbidden_text;
mod heading_instruction;
mod illegal_transition;
mod in_step;
mod index_broken_entry;
mod index_missing_entry;
mod index_status;
mod index_title;
mod invalid_front_matter;
mod invalid_link;
mod invalid_metadata_value;
mod listing;
mod message;
mod metadata_order;
mod misfit;
mod missing_metadata;
mod missing_optional_section;
mod missing_section;
mod missing_title;
mod nearest;
mod number_mismatch;
mod other_form;
pub mod page;
mod premature_reference;
mod reference_cycle;
mod reference_form;
mod relating;
mod release_required;
mod retired_reference;
mod rule;
mod section_level;
mod section_name;
mod section_order;
mod section_text;
mod section_too_long;
mod severity;
mod status_requirement;
mod stub_proposal;
mod suppression;
mod template_instruction;
mod title_format;
mod uncovered_prompt;
mod undefined_reference;
mod unexpected_metadata;
mod unfilled_placeholder;
mod unfilled_section;
mod unfinished_accepted;
mod unused_suppression;
mod value_too_long;

pub use check::{check, check_at_status, is_learnt};
#[cfg(test)]
pub(crate) use examples::TEMPLATE as EXAMPLES_TEMPLATE;
use finding::{Finding, Misnamed};
pub use finding::{Related, RelatedPlace};
pub use fix::{FileEdits, Fix};
pub use fixes::{are_elsewhere, fixes, kept_guidance, own_fixes, remove_guidance, whole_fix};
pub use in_step::rows_in_step;
pub use message::Message;
use message::says;
pub(crate) use message::{joined, quoted};
pub use missing_section::Whole;
use rule::Applies;
pub use rule::{About, Blocks, Diagnostic, Docs, LooksAt, Rule, Several, Severities};
pub use severity::Severity;
pub use suppression::Suppressing;
pub use template_instruction::first_words;

/// Every rule, in the order of the rules page.
pub static RULES: [&Rule; 49] = [
    &missing_section::RULE,
    &missing_optional_section::RULE,
    &section_name::RULE,
    &section_order::RULE,
    &section_level::RULE,
    &duplicate_section::RULE,
    &empty_section::RULE,
    &unfilled_section::RULE,
    &section_too_long::RULE,
    &section_text::RULE,
    &missing_title::RULE,
    &title_format::RULE,
    &template_instruction::RULE,
    &heading_instruction::RULE,
    &unfilled_placeholder::RULE,
    &missing_metadata::RULE,
    &invalid_metadata_value::RULE,
    &value_too_long::RULE,
    &duplicate_metadata::RULE,
    &unexpected_metadata::RULE,
    &metadata_order::RULE,
    &invalid_link::RULE,
    &invalid_front_matter::RULE,
    &number_mismatch::RULE,
    &duplicate_number::RULE,
    &broken_link::RULE,
    &broken_anchor::RULE,
    &undefined_reference::RULE,
    &duplicate_definition::RULE,
    &reference_form::RULE,
    &asymmetric_reference::RULE,
    &reference_cycle::RULE,
    &premature_reference::RULE,
    &retired_reference::RULE,
    &index_title::RULE,
    &index_status::RULE,
    &index_missing_entry::RULE,
    &index_broken_entry::RULE,
    &illegal_transition::RULE,
    &status_requirement::RULE,
    &deadline_passed::RULE,
    &release_required::RULE,
    &unfinished_accepted::RULE,
    &uncovered_prompt::RULE,
    &forbidden_text::RULE,
    &stub_proposal::RULE,
    &other_form::RULE,
    &unused_suppression::RULE,
    &document_too_large::RULE,
];

/// Returns the rule called `id`.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.into_iter().find(|rule| rule.id == id)
}

/// Returns a message that no rule is called `id`, with the rule that is meant if one is near.
pub fn no_rule(id: &str) -> String {
    let meant = nearest_to(id).map(|rule| format!("; did you mean \"{}\"?", rule.id)).unwrap_or_default();
    format!("there is no rule \"{id}\"{meant}")
}

/// Returns the rule that `id` most likely means, if one is near.
pub fn nearest_to(id: &str) -> Option<&'static Rule> {
    let distance = |rule: &&Rule| strsim::osa_distance(rule.id, id);
    RULES.into_iter().min_by_key(distance).filter(|rule| 2 * distance(rule) <= rule.id.len())
}

#[cfg(test)]
mod tests;
