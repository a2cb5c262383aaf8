//! The plain words of a metadata value, without its Markdown.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Tag, TagEnd};

use super::events::inline_events;
use super::prose::fold_space;

/// Returns the words of `value`, which is inline Markdown, and their place in it: without marks, links, HTML and struck-out text,
/// and without signs such as emoji before them. The place is all of `value` if the words do not occur in it literally. `None` if
/// there are no words.
pub fn said(value: &str) -> Option<(String, Range<usize>)> {
    // Fast path: most values are plain words, which need no parser.
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        return Some((fold_space(value), 0..value.len()));
    }
    if let Some(chosen) = chosen(value) {
        let (words, place) = said(&value[chosen.clone()])?;
        return Some((words, chosen.start + place.start..chosen.start + place.end));
    }
    let (shown, from) = unstruck(value);
    let words = strip_signs(&shown).trim_end_matches(|last: char| last.is_whitespace() || MARKS.contains(&last));
    words.contains(char::is_alphanumeric).then_some(())?;
    let place = value[from..].find(words).map(|at| from + at..from + at + words.len());
    Some((fold_space(words), place.unwrap_or(0..value.len())))
}

/// Returns the range of the only bold one among several values separated by bars: `Draft | **Accepted** | Final`.
fn chosen(value: &str) -> Option<Range<usize>> {
    let is_bold = |part: &str| ["**", "__"].iter().any(|mark| part.starts_with(mark) && part.ends_with(mark));
    let mut start = 0;
    let mut bold = None;
    for part in value.split('|') {
        let inside = part.trim();
        if is_bold(inside) {
            if bold.is_some() {
                return None;
            }
            let at = start + (part.len() - part.trim_start().len());
            bold = Some(at..at + inside.len());
        } else if inside.contains(MARKS) {
            return None;
        }
        start += part.len() + 1;
    }
    bold.filter(|_| value.contains('|'))
}

/// The marks of bold, italic and struck-out text, and of code.
const MARKS: [char; 4] = ['_', '*', '`', '~'];

/// Returns `text` without what precedes its first word: marks, and signs such as emoji, written as characters or as `:name:`.
pub fn strip_signs(text: &str) -> &str {
    let is_sign =
        |first: char| !first.is_alphanumeric() && (!first.is_ascii() || first == ' ' || MARKS.contains(&first));
    let rest = text.trim_start_matches(is_sign);
    let name = rest.strip_prefix(':').and_then(|name| name.split_once(':'));
    match name {
        Some((name, rest)) if is_sign_name(name) => strip_signs(rest),
        _ => rest,
    }
}

fn is_sign_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
}

/// Returns the rendered text of `value` without what is struck out, and where in `value` that text starts.
fn unstruck(value: &str) -> (String, usize) {
    // A single letter in brackets is a box.
    let is_defined = |link: &BrokenLink<'_>| !(link.link_type == LinkType::Shortcut && link.reference.trim().len() < 2);
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_OLD_FOOTNOTES;
    let (mut shown, mut first, mut struck) = (String::new(), None, 0_usize);
    inline_events(value, options, is_defined, |event, range| {
        let piece = match event {
            Event::Start(Tag::Strikethrough) => {
                struck += 1;
                return;
            }
            Event::End(TagEnd::Strikethrough) => {
                struck = struck.saturating_sub(1);
                return;
            }
            Event::InlineHtml(tag) => {
                struck = if is_striking(&tag, "<") { struck + 1 } else { struck };
                struck = if is_striking(&tag, "</") { struck.saturating_sub(1) } else { struck };
                return;
            }
            Event::Text(text) | Event::Code(text) if struck == 0 => text,
            Event::SoftBreak | Event::HardBreak => CowStr::Borrowed(" "),
            _ => return,
        };
        if !piece.trim().is_empty() {
            first.get_or_insert(range.start);
        }
        shown.push_str(&piece);
    });
    (shown, first.unwrap_or_default().min(value.len()))
}

/// Whether `tag` is one of an element of struck-out text, and starts with `start`.
fn is_striking(tag: &str, start: &str) -> bool {
    let name = tag.strip_prefix(start).and_then(|rest| rest.split([' ', '>', '\n', '\t']).next());
    name.is_some_and(|name| ["del", "s", "strike"].iter().any(|element| name.eq_ignore_ascii_case(element)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_what_a_reader_takes_it_for() {
        for (value, expected, place) in [
            ("Accepted", "Accepted", "Accepted"),
            ("✅ Accepted", "Accepted", "Accepted"),
            ("✔\u{fe0f} **Accepted**", "Accepted", "Accepted"),
            (":white_check_mark: Accepted", "Accepted", "Accepted"),
            ("[Accepted](a.md#x)", "Accepted", "Accepted"),
            ("[Accepted][a]", "Accepted", "Accepted"),
            ("[Accepted]", "Accepted", "Accepted"),
            ("<b>Accepted</b> <!-- Draft -->", "Accepted", "Accepted"),
            ("**Accepted**", "Accepted", "Accepted"),
            ("_Accepted (1.2)_", "Accepted (1.2)", "Accepted (1.2)"),
            ("`Accepted`", "Accepted", "Accepted"),
            ("Accepted[^1]", "Accepted", "Accepted"),
            ("Accepted. Amended by VIP-9", "Accepted. Amended by VIP-9", "Accepted. Amended by VIP-9"),
            ("~~Draft~~ Accepted", "Accepted", "Accepted"),
            ("Draft | **Accepted** | Final", "Accepted", "Accepted"),
            ("**Draft** | **Final** | _New_", "Draft | Final | New", "**Draft** | **Final** | _New_"),
            ("~~Accepted~~ ~Draft~ Accepted", "Accepted", "Accepted"),
            ("<del>Draft</del> <s>Review</s> <span>Accepted</span>", "Accepted", "Accepted"),
            ("![Accepted](badge.svg)", "Accepted", "Accepted"),
            ("*Draf", "Draf", "Draf"),
            ("**In** _Review_", "In Review", "**In** _Review_"),
            ("Draft &amp; open", "Draft & open", "Draft &amp; open"),
        ] {
            let found = said(value).map(|(text, range)| (text, &value[range]));
            assert_eq!(found, Some((expected.to_owned(), place)), "{value}");
        }
    }

    #[test]
    fn what_has_no_words_says_nothing() {
        for value in ["", "✅", "~~Draft~~", "<!-- Draft -->", "![](a.svg)", "—"] {
            assert_eq!(said(value), None, "{value}");
        }
    }
}
