//! The syntax of revisions (gitrevisions(7)): a name followed by steps.

/// A step from one commit to another object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// This many first parents back.
    Back(usize),
    /// The parent with this number, counted from one; zero is the commit itself.
    Parent(usize),
}

/// Splits `revision` into a name and its steps; `None` if its form is not supported, such as one with a time, a path or a search.
pub(super) fn parse(revision: &str) -> Option<(&str, Vec<Step>)> {
    let (name, mut rest) = revision.split_at(revision.find(['~', '^']).unwrap_or(revision.len()));
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let is_parent = rest.starts_with('^');
        rest = rest.strip_prefix(['~', '^'])?;
        if is_parent && rest.starts_with('{') {
            let (sort, behind) = rest[1..].split_once('}')?;
            // The result is taken to be a commit anyway.
            if !["", "commit", "object"].contains(&sort) {
                return None;
            }
            rest = behind;
            continue;
        }
        let (digits, behind) = rest.split_at(rest.find(|next: char| !next.is_ascii_digit()).unwrap_or(rest.len()));
        let number = if digits.is_empty() { 1 } else { digits.parse::<u32>().ok()? as usize };
        rest = behind;
        steps.push(if is_parent { Step::Parent(number) } else { Step::Back(number) });
    }
    let is_name = !name.is_empty() && !name.contains([':', '{', '\0']);
    is_name.then_some((if name == "@" { "HEAD" } else { name }, steps))
}

/// Returns the abbreviated commit name in `name`, an output of `git describe`: `v1.0-5-g0123abc`.
pub(super) fn described(name: &str) -> Option<&str> {
    name.rsplit_once("-g").map(|(_, digits)| digits).filter(|digits| is_abbreviated(digits))
}

/// Whether `name` may be an abbreviated object name, of at least the length that git accepts.
pub(super) fn is_abbreviated(name: &str) -> bool {
    name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_a_name_and_steps() {
        use Step::{Back, Parent};
        for (revision, expected) in [
            ("main", Some(("main", vec![]))),
            ("@", Some(("HEAD", vec![]))),
            ("@~2", Some(("HEAD", vec![Back(2)]))),
            ("origin/main~^2~3^^0", Some(("origin/main", vec![Back(1), Parent(2), Back(3), Parent(1), Parent(0)]))),
            ("v1^{}^{commit}~1", Some(("v1", vec![Back(1)]))),
            ("é~1", Some(("é", vec![Back(1)]))),
            ("", None),
            ("~1", None),
            ("a~1b", None),
            ("a~é", None),
            ("a~99999999999999999999", None),
            ("a^{tree}", None),
            ("a^{", None),
            ("a^{/b}", None),
            ("a@{1}", None),
            ("a:b", None),
            (":/b", None),
        ] {
            assert_eq!(parse(revision), expected, "{revision}");
        }
        assert_eq!(described("v1-2-gabc123"), Some("abc123"));
        assert_eq!(described("v1-2-gab"), None);
    }
}
