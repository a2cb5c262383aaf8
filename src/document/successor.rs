//! The proposals that a status or a key names as those that supersede another one, if they do not exist.

use std::path::Path;

use super::{Destination, Proposal, Relation, SaidBy};
use crate::terms::{self, Meaning, RelationKind};
use crate::text::Span;

/// The maximum number of digits in the number of a proposal. A date has more.
const MAX_DIGITS: usize = 5;

impl Proposal<'_> {
    /// Returns the number of the proposal that supersedes this one by its status, if no other proposal has that number, and the
    /// place of the status. Links are checked elsewhere, and another word before the number is that of another family.
    pub fn lost_successor(&self) -> Option<(String, Span)> {
        let surroundings = self.surroundings()?;
        let own = self.number()?;
        let status = self.status()?;
        let is_replaced = terms::status(&status.text) == Some(Meaning::Superseded);
        let source = self.text().slice(status.span);
        if !is_replaced || source.contains(['[', ']', '/', '<']) {
            return None;
        }
        let word = self.template.name_patterns().find_map(|pattern| pattern.prefix_word().map(str::to_owned));
        let numbers = source.split([' ', ',', '.', '(', ')', '#']).filter_map(|part| number(part, word.as_deref()));
        let numbers: Vec<&str> = numbers.collect();
        let [number] = numbers.as_slice() else { return None };
        let bare = number.trim_start_matches('0');
        let is_lost =
            !bare.is_empty() && bare != own.trim_start_matches('0') && surroundings.other_with_number(bare).is_none();
        is_lost.then(|| ((*number).to_owned(), status.span))
    }

    /// Returns the numbers in keys for what supersedes this proposal that no other proposal has. Other relations may well be to
    /// proposals that are kept elsewhere, and one that is superseded may never have been merged.
    pub fn lost_successors(&self) -> Vec<&Relation> {
        let Some(surroundings) = self.surroundings().filter(|_| self.number().is_some()) else { return Vec::new() };
        let is_said = |relation: &&Relation| {
            let says = &relation.says;
            says.kind == RelationKind::SupersededBy && says.by == SaidBy::Key && says.is_plain
        };
        let is_moved = |number: &str| {
            let own =
                |file: &Path| self.template.number_of(file).is_some_and(|own| own.trim_start_matches('0') == number);
            surroundings.proposals_in("").iter().any(|other| other.facts.is_moved && own(&other.file))
        };
        let is_lost = |relation: &&Relation| match &relation.says.to {
            Destination::Number(number) => {
                surroundings.named(&relation.says.to).is_none()
                    && surroundings.other_with_number(number).is_none()
                    && !is_moved(number)
            }
            _ => false,
        };
        self.relations().iter().filter(is_said).filter(is_lost).collect()
    }
}

/// Returns the number in `part` of a status, if no word precedes it, or that of the family, or the one for decision records.
fn number<'a>(part: &'a str, word: Option<&str>) -> Option<&'a str> {
    let digits = part.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let before = part[..part.len() - digits.len()].trim_end_matches(['-', '_']);
    let is_number = (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_own = before.is_empty() && part.len() == digits.len()
        || before.eq_ignore_ascii_case("adr")
        || word.is_some_and(|word| before.eq_ignore_ascii_case(word));
    (is_number && is_own).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_stands_alone_or_behind_a_word_of_its_family() {
        for (part, expected) in [
            ("12", Some("12")),
            ("0012", Some("0012")),
            ("ADR-12", Some("12")),
            ("vip-12", Some("12")),
            ("VIP_12", Some("12")),
            ("XEP-12", None),
            ("-12", None),
            ("12a", None),
            ("by", None),
            ("", None),
            ("20260130", None),
        ] {
            assert_eq!(number(part, Some("VIP")), expected, "{part}");
        }
    }
}
