//! What is said of values that are not what the settings require, as part of `invalid-metadata-value`.

use super::message::{Message, joined, quoted};
use super::{Diagnostic, Finding, Fix, says};
use crate::document::{Misfit, Proposal, Unfit};
use crate::template::ValueKind;

/// Returns the finding for `unfit`.
pub(super) fn finding(proposal: &Proposal<'_>, unfit: &Unfit) -> Finding {
    Finding::new(unfit.span, message(proposal, unfit))
}

/// Returns the fix for what `diagnostic` reports, if it is a value that can be mended.
pub(super) fn fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let is_it = |unfit: &Unfit| unfit.span == diagnostic.span && message(proposal, unfit) == diagnostic.message;
    let unfit = proposal.unfit_values().iter().find(|unfit| is_it(unfit))?;
    let edit = unfit.mended.clone()?;
    let title = match &unfit.fault {
        Misfit::Spacing => "Correct the commas and spaces".to_owned(),
        Misfit::Unsorted => "Sort the numbers".to_owned(),
        _ => format!("Write \"{}\"", edit.content),
    };
    Some(Fix::new(title, vec![edit]).preferred().safe())
}

fn message(proposal: &Proposal<'_>, unfit: &Unfit) -> Message {
    let name = match (&unfit.path, unfit.key) {
        (Some(path), _) => format!("\"{path}\""),
        (None, Some(index)) => format!("\"{}\"", proposal.template.metadata[index].name),
        (None, None) => "the title".to_owned(),
    };
    match &unfit.fault {
        Misfit::Empty => says(format!("{name} has no value"), "add one"),
        Misfit::Type(kind, value) => {
            let (what, advice) = told(*kind);
            says(format!("\"{value}\" is not {what}"), advice)
        }
        Misfit::OtherFormat(format) => says(format!("{name} does not have the format {format}"), "rewrite the date"),
        Misfit::NoSuchDay(day) => says(format!("the date \"{day}\" does not exist"), format!("correct {name}")),
        Misfit::NoHandle => says(format!("{name} has no handle"), "add one, as in \"A. Author (@author)\""),
        Misfit::Spacing => says(format!("{name} is not separated by a comma and a space"), "correct it"),
        Misfit::Unsorted => says(format!("the numbers of {name} do not ascend"), "sort them"),
        Misfit::TooShort(count, least) => {
            says(format!("{name} has {count} characters, but at least {least} are required"), "say more")
        }
        Misfit::Unmatched(called, None) => says(format!("{name} is not {}", joined(called, "or")), "correct it"),
        Misfit::Unmatched(called, Some(item)) => {
            says(format!("\"{item}\" in {name} is not {}", joined(called, "or")), "correct it")
        }
        Misfit::Without(key) => {
            let parent = name.trim_matches('"').strip_suffix(key).unwrap_or_default().trim_end_matches('.');
            says(format!("\"{parent}\" has no \"{key}\""), "add it")
        }
        Misfit::Other(value, allowed) => {
            says(format!("\"{value}\" is not allowed for {name}"), format!("use one of {}", quoted(allowed, "and")))
        }
        Misfit::Forbidden(called) => says(format!("{name} must not have {called}"), "rephrase it"),
    }
}

/// Returns what a value of `kind` is, and what to do to make it one.
fn told(kind: ValueKind) -> (&'static str, &'static str) {
    match kind {
        ValueKind::Date => ("a date", "write the year, month and day"),
        ValueKind::Number => ("a number", "write only digits"),
        ValueKind::Numbers => ("a number", "write numbers, separated by commas"),
        ValueKind::Proposals => ("a proposal", "write the numbers of proposals, separated by commas"),
        ValueKind::Link => ("an address on the web", "start it with \"https://\""),
        ValueKind::People => {
            ("a person", "write \"A. Author\", \"A. Author (@author)\" or \"A. Author <a@example.org>\"")
        }
        ValueKind::Version => ("a version", "write digits and full stops, as in \"1.2.0\""),
        ValueKind::Text | ValueKind::List => ("allowed", "correct it"),
    }
}
