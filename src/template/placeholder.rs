//! What a template has in place of the value of a key: something to replace, or a value to keep.

use super::{Form, KeyName, MetadataKey, date_sign, enumeration, signs};
use crate::syntax::fold;
use crate::terms::{self, KeyKind, Meaning};

/// Words for things with numbers of their own.
const NUMBERED: [&str; 9] = ["issue", "pr", "pull", "ticket", "discussion", "bug", "version", "release", "revision"];

/// Phrases of a placeholder that an author may leave in place.
const LATER: [&str; 6] = ["leave this", "will contain", "will be ", " to be ", " later", "leave empty"];

/// Phrases in a comment or a placeholder of a key that is not due while the proposal is written.
const NOT_DUE: [&str; 7] = [
    "once accepted",
    "once approved",
    "once implemented",
    "once merged",
    "when accepted",
    "when merged",
    "after acceptance",
];

/// The maximum number of words in a value.
const MAX_WORDS: usize = 5;

impl MetadataKey {
    /// Computes the fields that are derived from the others.
    pub(super) fn settle(&mut self) {
        self.called = KeyName::of(&self.name);
        self.has_placeholder = self.is_to_replace();
        self.has_own_number = self.is_own_number();
    }

    /// Computes the result of [`MetadataKey::has_placeholder`].
    fn is_to_replace(&self) -> bool {
        let value = self.placeholder.trim_start_matches(['"', '\'']);
        let is_to_come = terms::is(&value.to_lowercase(), Meaning::LaterSign) && !value.is_ascii();
        let is_link_to_nothing = value.starts_with('[') && signs::has_placeholder(value);
        let is_number = signs::stands_for_number(value);
        // `STATUS` below the heading `Status`.
        let is_own_name = value.len() > 1
            && *value == value.to_uppercase()
            && self.kind().is_some()
            && terms::kind_of_key(&fold(value)) == self.kind();
        let is_guidance = self.form == Form::Section && is_guidance(value);
        // `(leave this empty)` and `(names, to be nominated)` are for somebody else to fill in, later.
        let is_left = LATER.iter().any(|phrase| value.to_lowercase().contains(phrase));
        // `(2.x / 3.x)` may well mean both.
        let is_both = !self.values.is_empty() && value.contains(" / ");
        // A value that the settings allow, in a template that lists none, is one to keep.
        let bare = enumeration::without_comments(&self.placeholder);
        let is_value = self.values.iter().any(|allowed| allowed.eq_ignore_ascii_case(bare.trim()));
        !is_value
            && !self.is_marked_status(value)
            && !value.is_empty()
            && (!self.values.is_empty()
                || self.is_set_off(value)
                || is_to_come
                || is_link_to_nothing
                || is_number
                || is_own_name
                || is_guidance
                || date_sign(value).is_some())
            && !is_left
            && !is_both
    }

    /// Whether `value` is a status in bold or italics, as it may well stay: `**Draft**`.
    fn is_marked_status(&self, value: &str) -> bool {
        let inside = value.trim_matches(['*', '_']);
        let is_bare = inside.chars().all(|sign| sign.is_alphabetic() || sign == ' ' || sign == '-');
        self.is_status() && self.values.is_empty() && is_bare && terms::is_status(inside)
    }

    /// Whether marks or brackets set off `value`, which the template has in place of the value.
    fn is_set_off(&self, value: &str) -> bool {
        let is_marked = value.starts_with(['_', '*', '(', '<', '{', '$', '（', '｛', '〈', '＜']);
        // In front matter, brackets without quotes are a list, whose items may have brackets of their own.
        let is_bracketed = match self.form == Form::FrontMatter && !self.is_quoted {
            true => value.starts_with("[[") && value.ends_with("]]"),
            false => value.starts_with('[') && value.find(']') == Some(value.len() - 1),
        } && value.contains(char::is_alphabetic);
        let is_wide =
            value.starts_with(['【', '［', '「', '『', '〔']) && value.ends_with(['】', '］', '」', '』', '〕']);
        is_marked || is_bracketed || is_wide
    }

    /// Whether `value` starts like one that has a part to fill in, and that part is still a placeholder for a number:
    /// `superseded by ADR-NNNN`.
    pub fn is_half_filled(&self, value: &str) -> bool {
        let rest = |start: &String| {
            let head = value.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start))?;
            Some(&value[head.len()..])
        };
        self.starts.iter().filter_map(rest).any(|rest| rest.split([' ', '(', '[']).any(signs::stands_for_number))
    }

    /// Whether the template says that the value is not due while the proposal is written.
    pub fn is_due_later(&self) -> bool {
        is_later(&self.placeholder.to_lowercase())
    }

    /// Whether the value is the document's own number: it is alone, a link to itself, or that of a key for the number.
    fn is_own_number(&self) -> bool {
        let Some(sign) = signs::lone_number_sign(&self.placeholder) else { return false };
        let (name, link) = (fold(&self.name), format!("]({}", &self.placeholder[sign.clone()]));
        let is_of_number = name == "proposal" || terms::kind_of_key(&name) == Some(KeyKind::Number);
        let is_said = is_of_number || self.placeholder.contains(&link);
        let is_other = || name.split(' ').any(|word| NUMBERED.contains(&word));
        !self.is_optional && (is_said || sign.start == 0 && !is_other())
    }
}

/// Whether `value`, which a template has as the text of a section, addresses the author: it is a question, or longer than a value.
pub(super) fn is_guidance(value: &str) -> bool {
    value.ends_with('?') || fold(value).split(' ').count() > MAX_WORDS
}

/// Whether `comment`, in lowercase, says that a key is not due while the proposal is written.
pub(super) fn is_later(comment: &str) -> bool {
    NOT_DUE.iter().any(|phrase| comment.contains(phrase))
}
