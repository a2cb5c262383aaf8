//! Names of sections that are nearly the same.

use crate::letters::{is_dense, without_accents};
use crate::syntax::{Heading, Tail, fold};

/// Names that proposals use for one section, each line for one; folded as headings are.
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

/// The length in characters from which on two letters may differ, and not just one.
pub(super) const LONG: usize = 8;

/// Below this length nothing may differ: `Goal` and `Tool` are not the same.
pub(super) const SHORT: usize = 5;

/// How many letters of a word are left at least where it is cut short.
pub(super) const CUT: usize = 4;

/// Whether `one` and `other`, folded as headings are, are different names of one section or the same name with a slip of
/// the keyboard in it. Nothing fuzzier: `reference implementation` is no `references`.
pub(super) fn are_near(one: &str, other: &str) -> bool {
    let is_alias = || ALIASES.iter().any(|names| names.contains(&one) && names.contains(&other));
    one != other && (is_slip(one, other) || is_shortened(one, other) || is_alias()) && !is_counted(one, other)
}

/// What divides the names of a section in two languages.
const LANGUAGES: [&str; 4] = [" / ", "／", " | ", "｜"];

/// Whether headings give names in two languages: one alone may well name two things in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    /// Most of them are in two parts.
    Two,
    /// They are in one language, but for those with a part in another script.
    One,
}

impl Languages {
    /// That of `headings`.
    pub fn of<'a>(headings: impl Iterator<Item = &'a Heading>) -> Languages {
        let (mut all, mut in_two) = (0, 0);
        for heading in headings {
            all += 1;
            in_two += usize::from(halves(heading).is_some());
        }
        if in_two > 1 && in_two * 2 >= all { Languages::Two } else { Languages::One }
    }

    /// The other names that `heading` gives: both halves of `Kontext / Context`, and `Abstract` of `摘要（Abstract）`; folded. None of
    /// them is its key.
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
    /// The first, folded.
    pub(super) key: &'a str,
    /// The others, each of which is one by itself.
    pub(super) each: Vec<String>,
    /// Those that are the name together.
    pub(super) both: Vec<String>,
}

impl OtherNames<'_> {
    /// The first, folded.
    pub fn key(&self) -> &str {
        self.key
    }

    /// The others, each of which is one by itself.
    pub fn each(&self) -> &[String] {
        &self.each
    }

    /// Those that are the name together.
    pub fn both(&self) -> &[String] {
        &self.both
    }

    /// Those of `heading`, one of several in `languages`.
    pub fn of(heading: &Heading, languages: Languages) -> OtherNames<'_> {
        let both = Languages::Two.names(heading);
        // Where there is none at all, there is none by itself.
        let each = if both.is_empty() { Vec::new() } else { languages.names(heading) };
        OtherNames { key: &heading.key, each, both }
    }
}

/// The two parts of the name of `heading`.
fn halves(heading: &Heading) -> Option<(&str, &str)> {
    // Nearly no heading has any, and this is asked of every heading at every keystroke: bytes are quicker than signs.
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

/// Whether the two differ in a last letter or number alone, which counts them: `option a` and `option b`.
fn is_counted(one: &str, other: &str) -> bool {
    let is_count = |word: &str| word.chars().count() == 1 || word.chars().all(|sign| sign.is_ascii_digit());
    let (first, second) = (one.rsplit_once(' '), other.rsplit_once(' '));
    first.zip(second).is_some_and(|((one, own), (other, next))| one == other && is_count(own) && is_count(next))
}

/// Whether one of the two has the other's words, one of them cut short: `functional spec`.
fn is_shortened(one: &str, other: &str) -> bool {
    let is_cut = |one: &str, other: &str| one.chars().count() >= CUT && other.starts_with(one);
    let mut differ = one.split(' ').zip(other.split(' ')).filter(|(one, other)| one != other);
    let (Some((first, second)), None) = (differ.next(), differ.next()) else { return false };
    let count = one.split(' ').count();
    count > 1 && count == other.split(' ').count() && (is_cut(first, second) || is_cut(second, first))
}

/// Whether `one` and `other`, which are near, are the same but for a slip of the keyboard: no other usual name, no singular
/// for a plural, and no word in two.
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
        // Where a sign is a word or half of one, another one is another name.
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
    // A quick look first: this runs for every heading at every keystroke.
    let starts_alike = one.chars().next() == other.chars().next();
    length.abs_diff(other_length) <= allowed && starts_alike && strsim::osa_distance(one, other) <= allowed
}

/// `name` with two letters for an umlaut, as keyboards without one have it.
pub(super) fn transcribed(name: &str) -> String {
    let letters = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("æ", "ae")];
    letters.iter().fold(name.to_owned(), |name, (letter, two)| name.replace(letter, two))
}

/// Whether `sign` is of a script that hardly writes vowels, Hebrew or Arabic, so that its words are short.
fn is_abjad(sign: char) -> bool {
    matches!(sign, '\u{590}'..='\u{8ff}')
}

/// `name` without the signs that a name of a section may have or not have in East Asia: blanks, particles of attribution, and the mark of
/// a long vowel.
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
