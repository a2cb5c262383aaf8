//! Named regular expressions, for what a setting requires or forbids.

use regex::{Regex, RegexBuilder};

/// The maximum length of a pattern, in bytes.
const MAX_LENGTH: usize = 2_000;

/// The maximum size of a compiled pattern, in bytes.
const MAX_SIZE: usize = 1 << 20;

/// A regular expression, and what messages call what it matches. Matching takes time linear in the text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// What it matches, for messages: `a link to the forum`.
    pub called: String,
    regex: Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.called == other.called && self.regex.as_str() == other.regex.as_str()
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Compiles `source`, whose matches are called `called`.
    ///
    /// # Errors
    ///
    /// What is wrong with `source`, for a message.
    pub fn compile(called: &str, source: &str) -> Result<Pattern, String> {
        if source.len() > MAX_LENGTH {
            return Err(format!("a pattern has at most {MAX_LENGTH} bytes; shorten it"));
        }
        let regex = RegexBuilder::new(source).size_limit(MAX_SIZE).build().map_err(|error| told(&error))?;
        Ok(Pattern { called: called.to_owned(), regex })
    }

    /// Whether `text` has a match.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Returns the byte ranges of all matches in `text` that are not empty.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        self.regex.find_iter(text).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    /// Returns the pattern as it was written.
    pub fn source(&self) -> &str {
        self.regex.as_str()
    }
}

/// Returns `error` on one line.
fn told(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "the pattern is too large; shorten it".to_owned(),
        error => {
            let text = error.to_string();
            let last = text.lines().next_back().unwrap_or_default();
            format!("not a valid regular expression: {}", last.strip_prefix("error: ").unwrap_or(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_compiled_within_limits_or_its_fault_is_told() {
        let pattern = Pattern::compile("a number", "[0-9]+").expect("it is valid");
        assert!(pattern.is_in("XIP-1") && !pattern.is_in("XIP") && pattern.source() == "[0-9]+");
        assert_eq!(pattern.places("1 and 22").collect::<Vec<_>>(), [0..1, 6..8]);
        assert_eq!(Pattern::compile("all", "x*").expect("it is valid").places("ab").count(), 0);
        for (source, fault) in [
            ("(", "not a valid regular expression: unclosed group"),
            ("\\p{Greek}{4000}{4000}", "the pattern is too large; shorten it"),
            (&"x".repeat(3_000), "a pattern has at most 2000 bytes; shorten it"),
        ] {
            assert_eq!(Pattern::compile("a", source), Err(fault.to_owned()));
        }
    }
}
