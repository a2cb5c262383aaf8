//! The anchors that sites give to headings.

use std::collections::HashMap;

/// The names under which a link can lead to the heading at each place of `headings`, which are rendered texts: GitHub's, and
/// that of MkDocs (Python-Markdown's `toc`), where it differs.
pub fn anchors<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    let (mut on_github, mut on_mkdocs) = (HashMap::new(), HashMap::new());
    let of = |heading: &'a str| {
        let github = numbered(github(heading), "-", &mut on_github);
        let mkdocs = numbered(mkdocs(heading), "_", &mut on_mkdocs);
        if github == mkdocs { vec![github] } else { vec![github, mkdocs] }
    };
    headings.map(of).collect()
}

/// `name`, or with a number when it was there before.
fn numbered(name: String, separator: &str, seen: &mut HashMap<String, usize>) -> String {
    let count = seen.entry(name.clone()).or_default();
    *count += 1;
    match *count - 1 {
        0 => name,
        number => format!("{name}{separator}{number}"),
    }
}

/// Small letters; punctuation but `-` and `_` goes, each space becomes a hyphen.
fn github(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
    kept.map(|character| if character == ' ' { '-' } else { character }).collect()
}

/// The same, but runs of spaces and hyphens become one hyphen, and what is no ASCII goes.
fn mkdocs(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept: String =
        kept.chars().filter(|character| character.is_ascii_alphanumeric() || " -_".contains(*character)).collect();
    kept.split([' ', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_of_headings() {
        let headings = ["Proposed Design", "What's new & old?", "Größe", "Scope", "Scope", "a_b - c"];
        let found = anchors(headings.into_iter());
        let found: Vec<Vec<&str>> = found.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
        assert_eq!(
            found,
            [
                vec!["proposed-design"],
                vec!["whats-new--old", "whats-new-old"],
                vec!["größe", "gre"],
                vec!["scope"],
                vec!["scope-1", "scope_1"],
                vec!["a_b---c", "a_b-c"],
            ]
        );
    }
}
