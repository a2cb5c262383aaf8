//! Links follow where edits change the anchors that they lead to.

use std::collections::{HashMap, HashSet};

use super::references::of_links;
use super::{Destination, Document, Reference};
use crate::syntax::{Anchor, AnchorKind, has_name, place_called};
use crate::text::{Edit, Offset, Rounds, apply};

/// What becomes of the anchors of a document.
#[derive(Clone, Debug)]
pub struct AnchorChange {
    old: Vec<Anchor>,
    new: Vec<Anchor>,
    /// For each old anchor, the new one at the same place.
    to: Vec<Option<usize>>,
}

impl AnchorChange {
    /// That of `document` when `edits` are made, which do not overlap. None where all links to it stay right.
    pub fn of(document: &Document, edits: &[Edit]) -> Option<AnchorChange> {
        if !may_change_anchors(document, edits) {
            return None;
        }
        AnchorChange::between(document, edits, &Document::closed(&apply(document.text(), edits).to_string()))
    }

    /// That of `old`, which `edits` make `new`.
    fn between(old: &Document, edits: &[Edit], new: &Document) -> Option<AnchorChange> {
        let names = |document: &Document| -> Vec<Vec<String>> {
            document.anchors().iter().map(|anchor| anchor.names.clone()).collect()
        };
        if names(old) == names(new) {
            return None;
        }
        let to = counterparts(old, edits, new);
        Some(AnchorChange { old: old.anchors().to_vec(), new: new.anchors().to_vec(), to })
    }

    /// This, and then `next`, which is of what it leaves.
    pub fn then(self, next: AnchorChange) -> AnchorChange {
        let to = self.to.iter().map(|place| next.to.get((*place)?).copied().flatten()).collect();
        AnchorChange { old: self.old, new: next.new, to }
    }

    /// The name under which a link that has `name` still leads where it did, if that is another one. None where the place is
    /// gone, or has no name any more.
    pub fn renamed(&self, name: &str) -> Option<&str> {
        let place = place_called(&self.old, name)?;
        let to = self.to[place]?;
        if place_called(&self.new, name) == Some(to) {
            return None;
        }
        let (old, new) = (&self.old[place].names, &self.new[to].names);
        // The first is GitHub's, the last the site generator's.
        let is_first = old.first().is_some_and(|first| has_name(std::slice::from_ref(first), name));
        let name = if is_first { new.first()? } else { new.last()? };
        Some(name.as_str()).filter(|name| !name.is_empty())
    }

    /// Whether the anchor at `place` of the old ones has no name any more, or is gone.
    pub fn is_lost(&self, place: usize) -> bool {
        let to = self.to.get(place).copied().flatten();
        to.is_none_or(|to| self.new[to].names.first().is_none_or(String::is_empty))
    }
}

/// `edits` of `document`, which is in the file called `file`, together with those that let its own links lead where they did.
pub fn following(document: &Document, file: Option<&str>, edits: Vec<Edit>) -> Vec<Edit> {
    if !may_change_anchors(document, &edits) {
        return edits;
    }
    let changed = Document::closed(&apply(document.text(), &edits).to_string());
    let Some(change) = AnchorChange::between(document, &edits, &changed) else { return edits };
    let edit = |reference: Reference| {
        let name = match &reference.to {
            Destination::Anchor(name) => name,
            Destination::File(path, Some(name)) if file == Some(path.strip_prefix("./").unwrap_or(path)) => name,
            _ => return None,
        };
        let content = encoded_anchor(change.renamed(name)?);
        Some(Edit { span: reference.anchor_span(changed.text())?, content })
    };
    let links: Vec<Edit> = of_links(changed.links()).filter_map(edit).collect();
    if links.is_empty() {
        return edits;
    }
    let mut rounds = Rounds::of(document.text());
    rounds.add(&edits);
    rounds.add(&links);
    rounds.edits(document.text())
}

/// `name` as the anchor of a link: what could end the link is encoded.
pub fn encoded_anchor(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '%' | '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '|' | '`' | '&' | ' ' | '\t' | '\n' | '\r' => {
                written.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => written.push(other),
        }
    }
    written
}

/// Whether `edits` may touch an anchor of `document`, or bring one.
fn may_change_anchors(document: &Document, edits: &[Edit]) -> bool {
    let text = document.text();
    let brings = |content: &str| {
        content.contains(['#', '<', '>', '{', '}', '=', '`'])
            || content.lines().any(|line| !line.trim().is_empty() && line.trim().bytes().all(|byte| byte == b'-'))
    };
    edits.iter().any(|edit| {
        let (first, last) = (text.line_at(edit.span.start), text.line_at(edit.span.end));
        // A line of dashes below a paragraph makes it a heading.
        let last = (last + 1).min(text.line_count().saturating_sub(1));
        let lines = text.line_span(first).start..=text.line_span(last).end;
        let is_met = |anchor: &Anchor| lines.contains(&anchor.span.start) || lines.contains(&anchor.span.end);
        brings(&edit.content) || brings(&text.slice(edit.span)) || document.anchors().iter().any(is_met)
    })
}

/// For each anchor of `old`, its place among those of `new`, which `edits` make of it.
fn counterparts(old: &Document, edits: &[Edit], new: &Document) -> Vec<Option<usize>> {
    let moves = Moves::of(old, edits);
    let by_start: HashMap<(Offset, AnchorKind), usize> = new
        .anchors()
        .iter()
        .enumerate()
        .rev()
        .map(|(place, anchor)| ((anchor.span.start, anchor.kind), place))
        .collect();
    let mut taken = HashSet::new();
    let mut to = Vec::new();
    for anchor in old.anchors() {
        let at = moves.shifted(anchor.span.start);
        let mut places = at.into_iter().flatten().filter_map(|at| by_start.get(&(at, anchor.kind)).copied());
        let found = places.find(|place| !taken.contains(place));
        taken.extend(found);
        to.push(found);
    }
    // What moves within an edit is known by what it says and what is around it, and else by its order.
    let (old_keys, new_keys) = (keys(old), keys(new));
    let alone = |key: &Key| Key { path: Vec::new(), before: String::new(), ..key.clone() };
    let ways: [&dyn Fn(&Key) -> Key; 3] = [&Key::clone, &|key| Key { before: String::new(), ..key.clone() }, &alone];
    for by in ways {
        for place in 0..to.len() {
            if to[place].is_none() && moves.shifted(old.anchors()[place].span.start).is_none() {
                let wanted = by(&old_keys[place]);
                let found = (0..new_keys.len()).find(|new| !taken.contains(new) && by(&new_keys[*new]) == wanted);
                taken.extend(found);
                to[place] = found;
            }
        }
    }
    let left: Vec<usize> = (0..to.len()).filter(|place| to[*place].is_none()).collect();
    let free: Vec<usize> = (0..new_keys.len()).filter(|place| !taken.contains(place)).collect();
    if left.len() == free.len() && old.anchors().len() == new.anchors().len() {
        left.into_iter().zip(free).for_each(|(place, free)| to[place] = Some(free));
    }
    to
}

/// Edits in order, and which of them have several anchors that may change places.
struct Moves<'a> {
    edits: Vec<(&'a Edit, bool)>,
}

impl<'a> Moves<'a> {
    fn of(document: &Document, edits: &'a [Edit]) -> Moves<'a> {
        let has_several = |edit: &Edit| {
            let is_inside =
                |anchor: &&Anchor| edit.span.start <= anchor.span.start && anchor.span.start < edit.span.end;
            document.anchors().iter().filter(is_inside).count() > 1
        };
        let mut edits: Vec<_> = edits.iter().map(|edit| (edit, has_several(edit))).collect();
        edits.sort_by_key(|(edit, _)| edit.span);
        Moves { edits }
    }

    /// Where `at` is after the edits: before and behind what is put right there. None where it is inside one.
    fn shifted(&self, at: Offset) -> Option<[Offset; 2]> {
        let (mut moved, mut put) = (at.get(), 0);
        for (edit, has_several) in self.edits.iter().take_while(|(edit, _)| edit.span.start <= at) {
            let is_first = *has_several && edit.span.start == at;
            if (edit.span.start < at || is_first) && at < edit.span.end {
                return None;
            }
            if edit.span.start < at {
                moved = moved + edit.content.len() - edit.span.len();
            } else if edit.span.is_empty() {
                put += edit.content.len();
            }
        }
        Some([Offset::new(moved), Offset::new(moved + put)])
    }
}

/// What an anchor is known by, wherever it is.
#[derive(Clone, PartialEq, Eq)]
struct Key {
    kind: AnchorKind,
    says: String,
    /// The headings that it is below, from the nearest.
    path: Vec<String>,
    /// What the anchor before it says.
    before: String,
}

/// The keys of the anchors of `document`, in order.
fn keys(document: &Document) -> Vec<Key> {
    let outline = document.outline();
    let mut found: Vec<Key> = Vec::new();
    for anchor in document.anchors() {
        let at = anchor.span.start;
        let own = outline.headed_at(at).map(|(_, section)| section.parent);
        let around = || outline.iter().filter(|(_, section)| section.span.contains(at)).map(|(id, _)| id).next_back();
        let above = std::iter::successors(own.unwrap_or_else(around), |id| outline.get(*id).parent);
        let path = above.map(|id| outline.get(id).heading.key.clone()).collect();
        let before = found.last().map(|key| key.says.clone()).unwrap_or_default();
        let says = document.text().slice(anchor.span).into_owned();
        found.push(Key { kind: anchor.kind, says, path, before });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that replacing `old` by `new` in `source` makes `expected` of it.
    fn check(source: &str, old: &str, new: &str, expected: &str) {
        let document = Document::closed(source);
        let at = source.find(old).expect("it is there");
        let span = crate::text::Span::of_range(Offset::ZERO, at..at + old.len());
        let edits = following(&document, Some("a.md"), vec![Edit { span, content: new.to_owned() }]);
        assert_eq!(apply(document.text(), &edits).to_string(), expected);
    }

    #[test]
    fn links_follow_a_heading_that_changes() {
        check(
            "## Sumary\n\n[a](#sumary) [b](a.md#sumary) [c](b.md#sumary)\n",
            "Sumary",
            "Summary",
            "## Summary\n\n[a](#summary) [b](a.md#summary) [c](b.md#sumary)\n",
        );
        check(
            "[a](#a-b) <a href='#a-b'>x</a> [x]\n\n[x]: #a-b\n\n# A B\n",
            "# A B",
            "# A (C)",
            "[a](#a-c) <a href='#a-c'>x</a> [x]\n\n[x]: #a-c\n\n# A (C)\n",
        );
        check("# A\n\n[a](#a)\n", "A", "!", "# !\n\n[a](#a)\n");
    }

    #[test]
    fn links_follow_headings_that_get_another_number() {
        check(
            "## A\n\n## B\n\n## A\n\n[1](#a) [2](#a-1)\n",
            "## B",
            "## A\n\n## B",
            "## A\n\n## A\n\n## B\n\n## A\n\n[1](#a) [2](#a-2)\n",
        );
        let (first, second) = ("A\n---\n\n> ### D\n\n", "B\n---\n\n> ### D\n\n[x](#a) [y](#d) [z](#d-1)\n");
        check(
            &format!("{first}{second}"),
            &format!("{first}{second}"),
            &format!("{second}\n{first}"),
            "B\n---\n\n> ### D\n\n[x](#a) [y](#d-1) [z](#d)\n\nA\n---\n\n> ### D\n\n",
        );
        check("## A\n\n## A\n\n[1](#a) [2](#a-1)\n", "## A\n\n", "", "## A\n\n[1](#a) [2](#a)\n");
        check(
            "## B\n\n### A\n\n[x](#a)\n\n## C\n\n### A\n\n[y](#a-1)\n",
            "## B\n\n### A\n\n[x](#a)\n\n## C\n\n### A\n\n[y](#a-1)\n",
            "## C\n\n### A\n\n[y](#a-1)\n\n## B\n\n### A\n\n[x](#a)\n",
            "## C\n\n### A\n\n[y](#a)\n\n## B\n\n### A\n\n[x](#a-1)\n",
        );
    }

    #[test]
    fn what_touches_no_heading_changes_no_link() {
        let source = "# A\n\n[a](#b) x\n";
        check(source, "x", "y", "# A\n\n[a](#b) y\n");
        let document = Document::closed(source);
        assert!(AnchorChange::of(&document, &[Edit::insert(document.text().end(), "\nEnd.\n")]).is_none());
    }
}
