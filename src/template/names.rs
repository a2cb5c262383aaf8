//! Names of sections that are nearly the same.

use crate::letters::{is_dense, without_accents};
use crate::syntax::{Heading, Tail, fold};

/// Names that proposals use for the same section, one section per line; folded as headings are.
pub(super) const ALIASES: [&[&str]; 11] = [
    &["acknowledgements", "acknowledgments"],
    &["unresolved questions", "open questions", "unresolved issues", "open issues"],
    &["future possibilities", "future work", "future extensions", "possible extensions"],
    &["prior art", "related work"],
    &["backward compatibility", "backwards compatibility"],
    &["test plan", "testing plan", "testing", "tests"],
    &["test cases", "tests"],
    &["summary", "overview"],
    &["background", "background knowledge"],
    &["security", "security considerations"],
    &[
        "alternatives",
        "rejected alternatives",
        "reject alternatives",
        "considered alternatives",
        "alternatives considered",
        "rationale and alternatives",
    ],
];

/// The length in characters from which two letters may differ, rather than one.
pub(super) const LONG: usize = 8;

/// Below this length, no letter may differ: `Goal` and `Tool` are not the same.
pub(super) const SHORT: usize = 5;

/// The minimum number of letters of a shortened word.
pub(super) const CUT: usize = 4;

/// Whether `one` and `other`, folded as headings are, are different names of one section, or the same name with a typo in it.
/// Nothing fuzzier: `reference implementation` is not `references`.
pub(super) fn are_near(one: &str, other: &str) -> bool {
    let is_alias = || ALIASES.iter().any(|names| names.contains(&one) && names.contains(&other));
    one != other && (is_slip(one, other) || is_shortened(one, other) || is_alias()) && !is_counted(one, other)
}

/// What separates the names of a section in two languages.
const LANGUAGES: [&str; 4] = [" / ", "／", " | ", "｜"];

/// Whether headings give names in two languages. A single heading with two names may well name two things in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    /// Most headings are in two parts.
    Two,
    /// The headings are in one language, except for those with a part in another script.
    One,
}

impl Languages {
    /// Determines this from `headings`.
    pub fn of<'a>(headings: impl Iterator<Item = &'a Heading>) -> Languages {
        let (mut all, mut in_two) = (0, 0);
        for heading in headings {
            all += 1;
            in_two += usize::from(halves(heading).is_some());
        }
        if in_two > 1 && in_two * 2 >= all { Languages::Two } else { Languages::One }
    }

    /// Returns the other names that `heading` gives: both halves of `Kontext / Context`, and `Abstract` of `摘要（Abstract）`; folded.
    /// The key of the heading is not among them.
    pub fn names(self, heading: &Heading) -> Vec<String> {
        let halves = halves(heading).filter(|(one, other)| self == Languages::Two || is_latin(one) != is_latin(other));
        let are_ascii = |tail: &Tail| tail.text.is_ascii() && heading.core.is_ascii();
        let is_other =
            |tail: &&Tail| !tail.is_italic && !are_ascii(tail) && is_latin(&tail.text) != is_latin(&heading.core);
        let behind = heading.tail.as_ref().filter(is_other).map(|tail| tail.text.as_str());
        let names = halves.map(|(one, other)| [one, other]).into_iter().flatten().chain(behind).map(fold);
        names.filter(|name| !name.is_empty() && *name != heading.key).collect()
    }
}

/// The names of a heading.
#[derive(Clone, Debug)]
pub struct OtherNames<'a> {
    /// The first name, folded.
    pub(super) key: &'a str,
    /// The other names, each of which identifies the section by itself.
    pub(super) each: Vec<String>,
    /// The names that identify the section together.
    pub(super) both: Vec<String>,
}

impl OtherNames<'_> {
    /// Returns the first name, folded.
    pub fn key(&self) -> &str {
        self.key
    }

    /// Returns the other names, each of which identifies the section by itself.
    pub fn each(&self) -> &[String] {
        &self.each
    }

    /// Returns the names that identify the section together.
    pub fn both(&self) -> &[String] {
        &self.both
    }

    /// Returns the names of `heading`, one of several in `languages`.
    pub fn of(heading: &Heading, languages: Languages) -> OtherNames<'_> {
        let both = Languages::Two.names(heading);
        // Fast path: without names in two languages, there are no single ones.
        let each = if both.is_empty() { Vec::new() } else { languages.names(heading) };
        OtherNames { key: &heading.key, each, both }
    }
}

/// Returns the two parts of the name of `heading`.
fn halves(heading: &Heading) -> Option<(&str, &str)> {
    // Fast path, as this runs for every heading at every keystroke: few headings have two parts, and bytes are faster to search
    // than characters.
    let may_divide = |byte: &u8| matches!(byte, b'/' | b'|') || !byte.is_ascii();
    heading.core.bytes().any(|byte| may_divide(&byte)).then_some(())?;
    let parts = LANGUAGES.iter().find_map(|divider| heading.core.split_once(divider));
    parts.filter(|(_, other)| !LANGUAGES.iter().any(|divider| other.contains(divider)))
}

/// Whether all letters of `text` are Latin.
fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|sign| sign.is_alphabetic());
    letters.all(|letter| matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

/// Whether the two differ only in a last letter or number that counts them: `option a` and `option b`.
fn is_counted(one: &str, other: &str) -> bool {
    let is_count = |word: &str| word.chars().count() == 1 || word.chars().all(|sign| sign.is_ascii_digit());
    let (first, second) = (one.rsplit_once(' '), other.rsplit_once(' '));
    first.zip(second).is_some_and(|((one, own), (other, next))| one == other && is_count(own) && is_count(next))
}

/// Whether the two have the same words, one of them shortened: `functional spec`.
fn is_shortened(one: &str, other: &str) -> bool {
    let is_cut = |one: &str, other: &str| one.chars().count() >= CUT && other.starts_with(one);
    let mut differ = one.split(' ').zip(other.split(' ')).filter(|(one, other)| one != other);
    let (Some((first, second)), None) = (differ.next(), differ.next()) else { return false };
    let count = one.split(' ').count();
    count > 1 && count == other.split(' ').count() && (is_cut(first, second) || is_cut(second, first))
}

/// Whether `one` and `other`, which are near, differ only by a typo, rather than being another usual name, a singular and its
/// plural, or one word and two.
pub(super) fn is_misspelt(one: &str, other: &str) -> bool {
    let singular = |name: &str| {
        let words = name.split(' ').map(|word| word.strip_suffix('s').unwrap_or(word));
        words.collect::<Vec<_>>().join(" ")
    };
    let is_alias = ALIASES.iter().any(|names| names.contains(&one) && names.contains(&other));
    let is_spelt_apart = || one.replace(' ', "") == other.replace(' ', "");
    !is_alias && is_slip(one, other) && singular(one) != singular(other) && !is_spelt_apart()
}

fn is_slip(one: &str, other: &str) -> bool {
    if one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one) {
        return true;
    }
    let is_ascii = one.is_ascii() && other.is_ascii();
    if !is_ascii {
        if without_accents(one) == without_accents(other) || transcribed(one) == transcribed(other) {
            return true;
        }
        // Where a sign is a word or half of one, a different sign makes a different name.
        if one.contains(is_dense) || other.contains(is_dense) {
            return without_particles(one) == without_particles(other);
        }
    }
    let (length, other_length) = (one.chars().count(), other.chars().count());
    let shorter = length.min(other_length);
    let is_terse = !is_ascii && (one.contains(is_abjad) || other.contains(is_abjad));
    let allowed = match shorter {
        LONG.. if is_terse => 1,
        LONG.. => 2,
        SHORT.. if !is_terse => 1,
        _ => return false,
    };
    // Fast path, as this runs for every heading at every keystroke.
    let starts_alike = one.chars().next() == other.chars().next();
    length.abs_diff(other_length) <= allowed && starts_alike && strsim::osa_distance(one, other) <= allowed
}

/// Returns `name` with two letters for an umlaut, for keyboards without umlauts.
pub(super) fn transcribed(name: &str) -> String {
    let letters = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("æ", "ae")];
    letters.iter().fold(name.to_owned(), |name, (letter, two)| name.replace(letter, two))
}

/// Whether `sign` belongs to a script that hardly writes vowels, Hebrew or Arabic, so that its words are short.
fn is_abjad(sign: char) -> bool {
    matches!(sign, '\u{590}'..='\u{8ff}')
}

/// Returns `name` without the signs that are optional in an East Asian name of a section: spaces, particles of attribution, and the
/// mark of a long vowel.
pub(super) fn without_particles(name: &str) -> String {
    name.chars().filter(|sign| !matches!(sign, ' ' | '的' | '之' | 'の' | 'ー')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Outline, blocks};
    use crate::text::Text;

    #[test]
    fn a_slip_or_a_usual_name_is_near_and_nothing_else() {
        for (one, other) in [
            ("references", "reference"),
            ("motivation", "motivaiton"),
            ("introduction", "introducton"),
            ("unresolved questions", "open questions"),
            ("goals", "goal"),
            ("functional specification", "functional spec"),
            ("résumé", "resume"),
            ("grösse", "groesse"),
            ("решение", "решения"),
            ("方案的优点", "方案优点"),
            ("ユーザーの影響", "ユーザの影響"),
            ("결정 배경", "결정배경"),
        ] {
            assert!(are_near(one, other) && are_near(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("references", "reference implementation"),
            ("goal", "tool"),
            ("scope", "slope b"),
            ("upgrade", "downgrade"),
            ("references", "preferences"),
            ("in scope", "out of scope"),
            ("considered option a", "considered option b"),
            ("alternative 1", "alternative 12"),
            ("design", "design"),
            ("design", "designers"),
            ("test plan", "rest plan b"),
            ("方案的优点", "方案的缺点"),
            ("可行性分析", "不可行性分析"),
            ("장점", "단점"),
            ("メリットの説明", "デメリットの説明"),
        ] {
            assert!(!are_near(one, other) && !are_near(other, one), "{one} {other}");
        }
    }

    #[test]
    fn a_name_in_two_languages_has_one_divider() {
        for (heading, expected) in [
            ("Context / Kontext", Some(("Context", "Kontext"))),
            ("Context｜背景", Some(("Context", "背景"))),
            ("Context / Kontext / Contexte", None),
            ("Context / Kontext | Contexte", None),
            ("Input/Output", None),
        ] {
            let text = Text::new(&format!("# {heading}\n"));
            let outline = Outline::of(&text, &blocks(&text));
            let (_, section) = outline.first().expect("a heading");
            assert_eq!(halves(&section.heading), expected, "{heading}");
        }
    }
}
