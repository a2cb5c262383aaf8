//! The navigation of an MkDocs site (`nav` in `mkdocs.yml`): the pages that it lists.

use std::ops::Range;

use saphyr_parser::{Event, Parser};

/// What the settings of a site say about its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Navigation {
    /// The folder with the pages, relative to that of the settings.
    pub folder: Option<String>,
    /// The listed pages, relative to that folder, each with its line in the settings, from 0.
    pub pages: Vec<(String, u32)>,
}

/// The top-level keys that matter.
const FOLDER: &str = "docs_dir";
const PAGES: &str = "nav";

impl Navigation {
    /// Reads the navigation from `settings`, which is YAML, up to the first error.
    pub fn of(settings: &str) -> Navigation {
        let mut found = Navigation::default();
        // The depth of nesting, and the current top-level key.
        let (mut depth, mut key) = (0_usize, None::<String>);
        for event in Parser::new_from_str(settings) {
            let Ok((event, place)) = event else { break };
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => {
                    depth = depth.saturating_sub(1);
                    key = key.filter(|_| depth > 1);
                }
                Event::Scalar(value, ..) => match (depth, key.as_deref()) {
                    (1, None) => key = Some(value.into_owned()),
                    (1, Some(own)) => {
                        if own == FOLDER {
                            found.folder = Some(value.into_owned());
                        }
                        key = None;
                    }
                    (_, Some(PAGES)) if value.ends_with(".md") => {
                        // The parser counts lines from 1.
                        let line = u32::try_from(place.start.line().saturating_sub(1)).unwrap_or(u32::MAX);
                        found.pages.push((value.into_owned(), line));
                    }
                    _ => {}
                },
                Event::Alias(_) if depth == 1 => key = None,
                _ => {}
            }
        }
        found
    }
}

/// An entry of a navigation: a line such as `  - Warm caches: adr/0001-warm-caches.md`.
#[derive(Clone, Copy, Debug)]
pub struct NavigationEntry<'a> {
    /// What is before the title: the indentation and the mark.
    lead: &'a str,
    /// The title, without quotation marks.
    title: Option<&'a str>,
    /// The quotation mark around the title, if there is one.
    title_quote: Option<char>,
    /// The quotation mark around the page, if there is one.
    quote: &'a str,
}

impl<'a> NavigationEntry<'a> {
    /// Reads the entry in `line` for `page`; `None` if it is written otherwise, such as in a flow sequence.
    pub fn read(line: &'a str, page: &str) -> Option<NavigationEntry<'a>> {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mark = line[indent..].strip_prefix('-')?;
        let (lead, entry) = line.split_at(line.len() - mark.trim_start_matches(' ').len());
        let (before, behind) = entry.rsplit_once(page)?;
        let quote = ["\"", "'"].into_iter().find(|quote| before.ends_with(quote)).unwrap_or_default();
        let behind = behind.strip_prefix(quote)?.trim();
        let title = before[..before.len() - quote.len()].trim_end();
        let (title, title_quote) = match title.is_empty() {
            true => (None, None),
            false => unquoted(title.strip_suffix(':')?.trim_end()).map(|(title, quote)| (Some(title), quote))?,
        };
        (behind.is_empty() || behind.starts_with('#')).then_some(NavigationEntry { lead, title, title_quote, quote })
    }

    /// Returns the title.
    pub fn title(&self) -> Option<&'a str> {
        self.title
    }

    /// Returns an entry like this one for `page`, with `title` if this one has a title.
    pub fn like(&self, title: &str, page: &str) -> String {
        let NavigationEntry { lead, quote, .. } = self;
        let title = self.title.map(|_| format!("{}: ", quoted(title, self.title_quote))).unwrap_or_default();
        format!("{lead}{title}{quote}{page}{quote}")
    }
}

/// Returns the range of the title, without quotation marks, of the page at `at` of `line` in a flow mapping, as in
/// `- {"XIP-5: Five": xip-5.md}`. `None` if the page has no title, or one with escapes.
pub fn flow_title(line: &str, at: usize) -> Option<Range<usize>> {
    let before = line[..at].strip_suffix(['"', '\'']).unwrap_or(&line[..at]);
    let before = before.trim_end().strip_suffix(':')?.trim_end();
    let is_divider = |sign: char| matches!(sign, '{' | '[' | ',');
    for quote in ['"', '\''] {
        if let Some(open) = before.strip_suffix(quote) {
            let start = open.rfind(quote)? + 1;
            let lead = open[..start - 1].trim_end();
            let is_whole = (lead.is_empty() || lead.ends_with(is_divider)) && !open.contains('\\');
            return is_whole.then_some(start..open.len());
        }
    }
    let start = before.rfind(is_divider).map_or(0, |divider| divider + 1);
    let title = before[start..].trim_start();
    (!title.is_empty() && !title.starts_with('-')).then(|| before.len() - title.len()..before.len())
}

/// Returns the YAML scalar `written` without its quotation marks, and the mark; `None` if they contain escapes.
fn unquoted(written: &str) -> Option<(&str, Option<char>)> {
    for quote in ['"', '\''] {
        if let Some(content) = written.strip_prefix(quote) {
            let content = content.strip_suffix(quote).filter(|content| !content.contains([quote, '\\']))?;
            return Some((content, Some(quote)));
        }
    }
    Some((written, None))
}

/// Returns `text` as a YAML scalar: in the quotation mark `quote`, or in any unless it is plainly a text without them.
fn quoted(text: &str, quote: Option<char>) -> String {
    if quote == Some('\'') {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let is_plain = text.chars().all(|sign| sign.is_alphanumeric() || " .,()+-_/'".contains(sign))
        && text.starts_with(char::is_alphabetic)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if is_plain && quote.is_none() {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::{Navigation, NavigationEntry, flow_title};

    #[test]
    fn an_entry_is_written_like_another() {
        let like = |line: &str, title: &str| Some(NavigationEntry::read(line, "adr/1.md")?.like(title, "adr/2.md"));
        for (line, expected) in [
            ("  - adr/1.md", "  - adr/2.md"),
            ("- 'adr/1.md'  # old", "- 'adr/2.md'"),
            ("    - Use maps: adr/1.md", "    - Warm caches: adr/2.md"),
            ("    -   \"Use: maps\" : \"adr/1.md\"", "    -   \"Warm caches\": \"adr/2.md\""),
            ("- 'Use maps': 'adr/1.md'", "- 'Warm caches': 'adr/2.md'"),
        ] {
            assert_eq!(like(line, "Warm caches").as_deref(), Some(expected));
        }
        for (title, expected) in [
            ("A: b", "- \"A: b\": adr/2.md"),
            ("Say \"no\"", "- \"Say \\\"no\\\"\": adr/2.md"),
            ("No", "- \"No\": adr/2.md"),
            ("404", "- \"404\": adr/2.md"),
        ] {
            assert_eq!(like("- One: adr/1.md", title).as_deref(), Some(expected));
        }
        for line in
            ["nav: [adr/1.md]", "- [adr/1.md]", "- {One: adr/1.md}", "- \"a\\n\": adr/1.md", "- x adr/1.md", "adr/1.md"]
        {
            assert_eq!(like(line, "A"), None, "{line}");
        }
    }

    #[test]
    fn a_title_in_a_flow_mapping_is_in_front_of_its_page() {
        for (line, expected) in [
            ("- {\"XIP-5: Five\": a.md}", Some("XIP-5: Five")),
            ("- {'XIP-5, old' : 'a.md'}", Some("XIP-5, old")),
            ("- {XIP-5: a.md}", Some("XIP-5")),
            ("nav: [{One: b.md}, {Two 5: a.md}]", Some("Two 5")),
            ("  \"XIP-5\": a.md,", Some("XIP-5")),
            ("- {\"XIP \\\"5\\\"\": a.md}", None),
            ("- {'it''s 5': a.md}", None),
            ("- [a.md]", None),
            ("- x a.md", None),
            ("- {: a.md}", None),
        ] {
            let title = flow_title(line, line.rfind("a.md").expect("a page")).map(|range| &line[range]);
            assert_eq!(title, expected, "{line}");
        }
    }

    #[test]
    fn pages_are_listed_at_any_depth() {
        let settings = "site_name: A\nmarkdown_extensions:\n  - toc\n  - x: !!python/name:a.b.c\ndocs_dir: text\nnav:\n  - index.md\n  - Records:\n    - Use maps: 'adr/0001-a.md'\n    - adr/0002-b.md\n    - Other: https://example.org\nextra: {a: b.md}\n";
        let found = Navigation::of(settings);
        let pages = [("index.md", 6), ("adr/0001-a.md", 8), ("adr/0002-b.md", 9)];
        let pages = pages.map(|(page, line)| (page.to_owned(), line)).to_vec();
        assert_eq!(found, Navigation { folder: Some("text".to_owned()), pages });
    }

    #[test]
    fn anything_is_read_as_far_as_it_goes() {
        assert_eq!(Navigation::of("nav:\n  - a.md\n  b: [\n").pages.len(), 1);
        for settings in ["", "- nav\n", "nav: a.md\n", ":", "nav:\n  - {\n"] {
            assert_eq!(Navigation::of(settings).pages, [], "{settings}");
        }
    }
}
