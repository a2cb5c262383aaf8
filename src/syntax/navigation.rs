//! The navigation of an MkDocs site (`nav` in `mkdocs.yml`): the pages that it lists.

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

#[cfg(test)]
mod tests {
    use super::Navigation;

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
