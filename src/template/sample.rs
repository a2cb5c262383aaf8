//! Example values in a template, which no document should have.

use super::{Form, is_date};
use crate::syntax::{Entry, fold_space, items};
use crate::terms::{self, Meaning};
use crate::text::{Span, Text};

/// An example value in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    items: Vec<String>,
    about: About,
}

/// The subject of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Other proposals.
    Proposals,
    /// People.
    People,
    /// A day. A document may have the same day as the template, as both may be of that day.
    Day,
}

impl Sample {
    /// Returns the value of `entry` in `text`, if it is an example.
    pub(super) fn of(text: &Text, form: Form, entry: &Entry, about: About) -> Option<Sample> {
        let items: Vec<String> = parts(text, form, entry).into_iter().map(|(_, item)| item).collect();
        let says = |item: &String| item.contains(char::is_alphanumeric) && !is_nothing(item);
        let is_sample = match about {
            About::Proposals => items.iter().all(says),
            About::People => items.iter().all(|item| item.contains(char::is_alphanumeric)),
            About::Day => items.iter().all(|item| is_date(item)),
        };
        (is_sample && !items.is_empty()).then_some(Sample { items, about })
    }

    /// Whether a document may have the same value by coincidence.
    pub fn may_be_right(&self) -> bool {
        self.about == About::Day
    }

    /// Returns the parts of the value of `entry` in `text`, which has `form`, that are still the example.
    pub fn kept(&self, text: &Text, form: Form, entry: &Entry) -> Vec<Span> {
        let own = parts(text, form, entry);
        let is_all = own.len() == self.items.len() && own.iter().zip(&self.items).all(|((_, own), item)| own == item);
        // A single item of the example counts if it names another proposal.
        let is_kept = |item: &String| is_all || self.about == About::Proposals && self.items.contains(item);
        own.into_iter().filter(|(_, item)| is_kept(item)).map(|(span, _)| span).collect()
    }
}

/// Returns the items of the value of `entry`.
fn parts(text: &Text, form: Form, entry: &Entry) -> Vec<(Span, String)> {
    let spans = match form {
        Form::FrontMatter => items(text, entry),
        _ => vec![form.value_span(text, entry)],
    };
    spans.into_iter().map(|span| (span, fold_space(&text.slice(span)))).collect()
}

/// Whether `value` says that there is none, or none yet, in any language.
pub fn is_nothing(value: &str) -> bool {
    let value = value.trim_matches(|sign: char| matches!(sign, '.' | '。' | '…' | ' ')).to_lowercase();
    terms::is(&value, Meaning::Nothing) || terms::is(&value, Meaning::LaterSign)
}
