//! Writes the name of one proposal in another one, in the form in which that one is named itself.

use std::path::Path;

use super::{Destination, Facts, Proposal, Relation, Writing, new_row};

/// Returns the name of `other` for the metadata of `named`, in the form in which `relation` of `other` names `named`.
pub(super) fn name_like(other: &Proposal<'_>, relation: &Relation, named: &Proposal<'_>) -> Option<String> {
    let source = other.text().slice(relation.span);
    let (own, theirs) = (Facts::number_of(other), Facts::number_of(named));
    let numbers = theirs.as_deref().zip(own.as_deref());
    match &relation.says.to {
        Destination::Number(_) => {
            let (theirs, own) = numbers?;
            let start = source.rfind(|sign: char| !sign.is_ascii_digit()).map_or(0, |at| at + 1);
            // `0012-warm-caches`
            let Some(start) = Some(start).filter(|start| *start < source.len()) else {
                return Some(other.file()?.file_stem()?.to_str()?.to_owned());
            };
            Some(format!("{}{}", &source[..start], padded(&source[start..], theirs, own)))
        }
        Destination::File(..) => {
            let path = path_between(named.file()?, other.file()?)?;
            if !source.starts_with('[') {
                return Some(path);
            }
            let (label, _) = source[1..].rsplit_once(']')?;
            let label = numbers.and_then(|(theirs, own)| label_like(label, theirs, own, named, other));
            let label = label.or_else(|| Some(other.title()?.heading.text.clone()))?;
            let is_plain = !label.is_empty() && !label.contains(['[', ']', '`', '<', '\\', '\n']);
            is_plain.then(|| format!("[{label}]({})", Writing::default().write(&path)))
        }
        Destination::Anchor(_) | Destination::Above(_) | Destination::Label(_) => None,
    }
}

/// Turns `label`, the text of a link to `named`, into one for a link to `other`: replaces the number and, if it is there, the
/// title.
fn label_like(label: &str, theirs: &str, own: &str, named: &Proposal<'_>, other: &Proposal<'_>) -> Option<String> {
    let title = |proposal: &Proposal<'_>| proposal.title_of(proposal.facts()).to_owned();
    let (before, after) = (title(named), title(other));
    let bare = theirs.trim_start_matches('0');
    let at = label.find(bare).filter(|_| !bare.is_empty())?;
    let start = label[..at].trim_end_matches('0').len();
    let (end, rest) = (at + bare.len(), &label[at + bare.len()..]);
    let is_whole = !rest.starts_with(|next: char| next.is_ascii_digit())
        && !label[..start].ends_with(|last: char| last.is_ascii_digit());
    let number = padded(&label[start..end], theirs, own);
    match rest {
        _ if !is_whole => None,
        "" => Some(format!("{}{number}", &label[..start])),
        rest => {
            let sign = rest.strip_suffix(before.as_str()).filter(|_| !before.is_empty())?;
            Some(format!("{}{number}{sign}{after}", &label[..start]))
        }
    }
}

/// Returns the number `own`, padded to the width of `written`, which stands for `theirs`, if that is padded.
fn padded(written: &str, theirs: &str, own: &str) -> String {
    match written == theirs && own.len() == theirs.len() {
        true => own.to_owned(),
        false => new_row::padded(own.trim_start_matches('0'), written),
    }
}

/// Returns the path from the folder of `from` to `to`, if both are in the same folder, or in folders next to each other.
fn path_between(from: &Path, to: &Path) -> Option<String> {
    let (here, there) = (from.parent()?, to.parent()?);
    let name = to.file_name()?.to_str()?;
    if here == there {
        return Some(name.to_owned());
    }
    let is_beside = here.parent().is_some() && here.parent() == there.parent();
    is_beside.then(|| Some(format!("../{}/{name}", there.file_name()?.to_str()?))).flatten()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Document;
    use crate::template::Template;

    /// How `0003-b.md` names `0012-a.md`, which names it with `value`.
    fn check(value: &str, expected: Option<&str>) {
        let template = Template::derive("# ADR-NNNN: Title\n\n- Status: Proposed\n\n## Context\n", None);
        let own = Document::closed(&format!(
            "# ADR-0012: Warm caches\n\n- Status: Accepted\n- Supersedes: {value}\n\n## Context\n"
        ));
        let named = Document::closed("# ADR-0003: Caches\n\n- Status: Accepted\n\n## Context\n");
        let own = Proposal::of(&own, &template).in_file(Path::new("/adr/0012-a.md"));
        let named = Proposal::of(&named, &template).in_file(Path::new("/adr/0003-b.md"));
        let found = own.relations().first().and_then(|relation| name_like(&own, relation, &named));
        assert_eq!(found.as_deref(), expected, "{value}");
    }

    #[test]
    fn a_name_is_written_like_the_one_that_answers() {
        check("3", Some("12"));
        check("0003", Some("0012"));
        check("ADR-3", Some("ADR-12"));
        check("ADR 0003", Some("ADR 0012"));
        check("0003-b.md", Some("0012-a.md"));
        check("0003-warm-small-caches", Some("0012-a"));
        check("[ADR-0003](0003-b.md)", Some("[ADR-0012](0012-a.md)"));
        check("[ADR-3: Caches](0003-b.md)", Some("[ADR-12: Warm caches](0012-a.md)"));
        check("[the old one](0003-b.md)", Some("[ADR-0012: Warm caches](0012-a.md)"));
    }

    #[test]
    fn numbers_have_no_more_zeros_than_those_that_they_answer() {
        assert_eq!(padded("003", "0003", "0012"), "012");
        assert_eq!(padded("3", "0003", "0012"), "12");
        assert_eq!(padded("13", "13", "12"), "12");
    }
}
