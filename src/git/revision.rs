//! How a revision is said (gitrevisions(7)): a name and the way from there.

/// A step from one commit to another object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many first parents back.
    Back(usize),
    /// The parent of this number, from one; the commit itself for zero.
    Parent(usize),
}

/// The name in `revision`, and the steps from there; none if it is in a form that is not known: with the time or the place of
/// files, with words to search for.
pub(super) fn parse(revision: &str) -> Option<(&str, Vec<Step>)> {
    let (name, mut rest) = revision.split_at(revision.find(['~', '^']).unwrap_or(revision.len()));
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let is_parent = rest.starts_with('^');
        rest = rest.strip_prefix(['~', '^'])?;
        if is_parent && rest.starts_with('{') {
            let (sort, behind) = rest[1..].split_once('}')?;
            // What is named is taken to be a commit anyway.
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

/// The abbreviated name of the commit that `git describe` made `name` of: `v1.0-5-g0123abc`.
pub(super) fn described(name: &str) -> Option<&str> {
    name.rsplit_once("-g").map(|(_, digits)| digits).filter(|digits| is_abbreviated(digits))
}

/// Whether `name` may be the start of an object's name, as short as git takes it.
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
