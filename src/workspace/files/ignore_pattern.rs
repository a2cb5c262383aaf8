//! Translation of the patterns in ignore files to globs: the special characters of git and of globs differ (gitignore(5),
//! glob(7)).

use std::iter::Peekable;
use std::str::Chars;

/// Returns the glob that is equivalent to the `line` of an ignore file; `None` if the line matches nothing.
pub(super) fn glob(line: &str) -> Option<String> {
    let body = line.trim_end_matches(' ');
    if body.trim_start_matches('!').trim_matches('/').is_empty() || body.contains("//") || body.ends_with("\\/") {
        return None;
    }
    let (mut glob, mut rest) = (String::with_capacity(line.len() + 3), line.chars().peekable());
    glob.extend(rest.next_if_eq(&'!'));
    // A pattern without slashes applies in every folder. The check is on `body`, because the translated classes contain slashes.
    if !body.trim_end_matches('/').contains('/') {
        glob.push_str("**/");
    }
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => glob.extend([letter, rest.next()?]),
            // Braces are alternatives in a glob, and literal in git.
            '{' | '}' => glob.extend(['\\', letter]),
            '[' => glob.push_str(&Class::read(&mut rest)?.glob()),
            '*' => {
                let is_alone = glob.is_empty() || glob.ends_with(['/', '!']);
                let mut count = 1;
                while rest.next_if_eq(&'*').is_some() {
                    count += 1;
                }
                // Only as a whole path component do several asterisks match any number of folders.
                let is_any = count > 1 && is_alone && matches!(rest.peek(), None | Some('/'));
                glob.push_str(if is_any { "**" } else { "*" });
            }
            letter => glob.push(letter),
        }
    }
    Some(glob)
}

/// A character class such as `[a-z]`.
#[derive(Debug, Default)]
struct Class {
    is_negated: bool,
    ranges: Vec<(char, char)>,
}

impl Class {
    /// Reads the class after its `[`; `None` if it has no end or an unknown name.
    fn read(rest: &mut Peekable<Chars<'_>>) -> Option<Class> {
        let is_negated = rest.next_if(|letter| matches!(letter, '!' | '^')).is_some();
        let mut class = Class { is_negated, ..Class::default() };
        let mut is_first = true;
        loop {
            let letter = match rest.next()? {
                ']' if !is_first => return Some(class),
                '[' if rest.peek() == Some(&':') && rest.clone().collect::<String>().contains(":]") => {
                    rest.next();
                    class.ranges.extend(named(rest)?);
                    is_first = false;
                    continue;
                }
                '\\' => rest.next()?,
                letter => letter,
            };
            is_first = false;
            let is_range = rest.peek() == Some(&'-') && rest.clone().nth(1).is_some_and(|last| last != ']');
            let last = match is_range.then(|| rest.nth(1)).flatten() {
                Some('\\') => rest.next()?,
                Some(last) => last,
                None => letter,
            };
            class.ranges.push((letter, last));
        }
    }

    /// Formats the class as a glob, where `]` has to come first, `-` last, and `!` and `^` not first.
    fn glob(&self) -> String {
        let has = |letter: char| self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter));
        let mut glob = String::from(if self.is_negated { "[!" } else { "[" });
        // A character that no name has stands before those that must not come first, and keeps an empty class valid.
        glob.push(if has(']') { ']' } else { '\u{10ffff}' });
        if self.is_negated {
            glob.push('/');
        }
        let mut ranges = self.ranges.clone();
        for special in SPECIAL {
            ranges = ranges.into_iter().flat_map(|range| without(range, special)).collect();
        }
        for (first, last) in ranges {
            glob.extend([first, '-', last]);
        }
        glob.extend(['!', '^'].into_iter().filter(|letter| has(*letter)));
        if has('-') {
            glob.push('-');
        }
        glob.push(']');
        glob
    }
}

/// The characters that have special places in a class, and `/`, which a class never matches.
const SPECIAL: [char; 5] = [']', '-', '!', '^', '/'];

/// Returns the range without `letter`, which is ASCII.
fn without((first, last): (char, char), letter: char) -> Vec<(char, char)> {
    let (before, behind) = (letter as u8 - 1, letter as u8 + 1);
    let parts = match (first..=last).contains(&letter) {
        true => vec![(first, before as char), (behind as char, last)],
        false => vec![(first, last)],
    };
    parts.into_iter().filter(|(first, last)| first <= last).collect()
}

/// Reads the ranges of a named class after its `[` and `:`; `None` if the name is unknown.
fn named(rest: &mut Peekable<Chars<'_>>) -> Option<Vec<(char, char)>> {
    let name: String = rest.by_ref().take_while(|letter| *letter != ':').collect();
    rest.next_if_eq(&']')?;
    let ranges: &[(char, char)] = match name.as_str() {
        "alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => &[('A', 'Z'), ('a', 'z')],
        "blank" => &[(' ', ' '), ('\t', '\t')],
        "cntrl" => &[('\0', '\x1f'), ('\x7f', '\x7f')],
        "digit" => &[('0', '9')],
        "graph" => &[('!', '~')],
        "lower" => &[('a', 'z')],
        "print" => &[(' ', '~')],
        "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => &[(' ', ' '), ('\t', '\r')],
        "upper" => &[('A', 'Z')],
        "xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    };
    Some(ranges.to_vec())
}

#[cfg(test)]
mod tests {
    use globset::GlobBuilder;

    use super::*;

    #[test]
    fn a_pattern_matches_what_it_does_in_git() {
        let matches = |pattern: &str, name: &str| {
            let glob = glob(pattern)?;
            let glob = GlobBuilder::new(&glob).literal_separator(true).backslash_escape(true).build();
            Some(glob.expect("a glob").compile_matcher().is_match(name))
        };
        for (pattern, some, others) in [
            ("{a,b}.md", "{a,b}.md", "a.md"),
            (r"\{a}", "{a}", "a"),
            ("[[:alpha:]]1", "x1", "11"),
            ("[[:punct:]]", "]", "a"),
            ("[^[:digit:]x]", "y", "7"),
            ("[]a]", "]", "b"),
            ("[]-a]", "^", "b"),
            (r"[\]x]", "]", "a"),
            ("[a-]", "-", "b"),
            ("[!-]", "!", "-"),
            (r"[\!a]", "!", "b"),
            (r"[\^]", "^", "a"),
            ("[+--]", ",", "."),
            ("[!a]", "b", "/"),
            ("[.-0]", ".", "/"),
            ("[[]", "[", "]"),
            ("[[:x]", ":", "y"),
            ("?a**/.md", "xab/.md", "xa.md"),
            ("a/**/b", "a/c/d/b", "a/c/db"),
            ("x/**.md", "x/a.md", "x/b/a.md"),
            ("x/***/a", "x/y/z/a", "x/ya"),
        ] {
            assert_eq!(matches(pattern, some), Some(true), "{pattern} {some}");
            assert_eq!(matches(pattern, others), Some(false), "{pattern} {others}");
        }
        for pattern in ["[", "[a", "[[:none:]]", r"a\", "!", "/", "!/", "  ", "**//", "a//b", r"a\/"] {
            assert_eq!(glob(pattern), None, "{pattern}");
        }
        assert_eq!(matches("[z-a]", "z"), Some(false));
    }
}
