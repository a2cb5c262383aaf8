//! Updates links when edits change the anchors that they lead to.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::reference::of_links;
use super::{Destination, Document, Reference, encoded_anchor, is_own_path};
use crate::syntax::{Anchor, AnchorKind, AnchorNames, has_name};
use crate::text::{Edit, Offset, Rounds, apply};

/// A change of the anchors of a document.
#[derive(Clone, Debug)]
pub struct AnchorChange {
    old: Arc<AnchorNames>,
    new: Arc<AnchorNames>,
    /// For each old anchor, the new one at the same place.
    to: Vec<Option<usize>>,
}

impl AnchorChange {
    /// Returns the change that `edits`, which must not overlap, make to the anchors of `document`. `None` if all links to it stay
    /// valid.
    pub fn of(document: &Document, edits: &[Edit]) -> Option<AnchorChange> {
        if !may_change_anchors(document, edits) {
            return None;
        }
        AnchorChange::between(document, edits, &Document::closed(&apply(document.text(), edits).to_string()))
    }

    /// Returns the change from `old` to `new`, which `edits` led to.
    fn between(old: &Document, edits: &[Edit], new: &Document) -> Option<AnchorChange> {
        let (before, after) = (old.anchors(), new.anchors());
        if before.iter().map(|anchor| &anchor.names).eq(after.iter().map(|anchor| &anchor.names)) {
            return None;
        }
        let to = counterparts(old, edits, new);
        Some(AnchorChange { old: old.anchor_names(), new: new.anchor_names(), to })
    }

    /// Returns the combination of this change and `next`, which starts from the result of this one.
    pub fn then(self, next: AnchorChange) -> AnchorChange {
        let to = self.to.iter().map(|place| next.to.get((*place)?).copied().flatten()).collect();
        AnchorChange { old: self.old, new: next.new, to }
    }

    /// Returns the new name for a link with `name` to lead to the same place. `None` if the name is still right, or the place is
    /// gone or has lost its name.
    pub fn renamed(&self, name: &str) -> Option<&str> {
        let place = self.old.place(name)?;
        let to = self.to[place]?;
        if self.new.place(name) == Some(to) {
            return None;
        }
        let (old, new) = (self.old.of_anchor(place), self.new.of_anchor(to));
        // The first name is GitHub's, the last one the site generator's.
        let is_first = old.first().is_some_and(|first| has_name(std::slice::from_ref(first), name));
        let name = if is_first { new.first()? } else { new.last()? };
        Some(name.as_str()).filter(|name| !name.is_empty())
    }

    /// Whether the old anchor at `place` has lost its name, or is gone.
    pub fn is_lost(&self, place: usize) -> bool {
        let to = self.to.get(place).copied().flatten();
        to.is_none_or(|to| self.new.of_anchor(to).first().is_none_or(String::is_empty))
    }
}

/// The edits of a document.
#[derive(Clone, Debug, Default)]
pub struct Edited {
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// The change of the document's anchors, if these edits combine several rounds, as the edits alone do not tell then.
    pub anchors: Option<AnchorChange>,
}

impl From<Vec<Edit>> for Edited {
    fn from(edits: Vec<Edit>) -> Edited {
        Edited { edits, anchors: None }
    }
}

/// Whether `document`, which is in the file called `file`, has links to its own anchors.
pub(super) fn has_own_links(document: &Document, file: Option<&str>) -> bool {
    of_links(document.links()).any(|reference| own_anchor(&reference, file).is_some())
}

/// Returns `edits` of `document`, which is in the file called `file`, with further edits that keep the targets of its own links.
pub fn following(document: &Document, file: Option<&str>, edits: Vec<Edit>) -> Vec<Edit> {
    if !may_change_anchors(document, &edits) {
        return edits;
    }
    let changed = Document::closed(&apply(document.text(), &edits).to_string());
    let Some(change) = AnchorChange::between(document, &edits, &changed) else { return edits };
    let edit = |reference: Reference| {
        let content = encoded_anchor(change.renamed(own_anchor(&reference, file)?)?);
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

/// Returns the anchor that `reference` leads to in its own document, which is in the file called `file`.
fn own_anchor<'a>(reference: &'a Reference, file: Option<&str>) -> Option<&'a str> {
    match &reference.to {
        Destination::Anchor(name) => Some(name),
        Destination::File(path, Some(name)) if is_own_path(path, file) => Some(name),
        _ => None,
    }
}

/// Whether `edits` may change an anchor of `document`, or add one.
fn may_change_anchors(document: &Document, edits: &[Edit]) -> bool {
    let text = document.text();
    let brings = |content: &str| {
        content.contains(['#', '<', '>', '{', '}', '=', '`'])
            || content.lines().any(|line| !line.trim().is_empty() && line.trim().bytes().all(|byte| byte == b'-'))
    };
    if edits.iter().any(|edit| brings(&edit.content) || brings(&text.slice(edit.span))) {
        return true;
    }
    let places = document.anchor_places();
    edits.iter().any(|edit| {
        let (first, last) = (text.line_at(edit.span.start), text.line_at(edit.span.end));
        // A line of dashes below a paragraph makes it a heading.
        let last = (last + 1).min(text.line_count().saturating_sub(1));
        let next = places.partition_point(|place| *place < text.line_span(first).start);
        places.get(next).is_some_and(|place| *place <= text.line_span(last).end)
    })
}

/// Returns, for each anchor of `old`, its counterpart among those of `new`, which `edits` led to.
fn counterparts(old: &Document, edits: &[Edit], new: &Document) -> Vec<Option<usize>> {
    let moves = Moves::of(old, edits);
    let mut to = by_place(old, &moves, new);
    let mut left: Vec<usize> = (0..to.len()).filter(|place| to[*place].is_none()).collect();
    if left.is_empty() {
        return to;
    }
    // Anchors that move within an edit are found by their text and what is around them, or else by their order.
    let (old_keys, new_keys) = (keys(old), keys(new));
    let ways: [fn(&Key) -> Key; 3] = [
        Key::clone,
        |key| Key { before: String::new(), ..key.clone() },
        |key| Key { path: Vec::new(), before: String::new(), ..key.clone() },
    ];
    for by in ways {
        let taken: HashSet<usize> = to.iter().copied().flatten().collect();
        let mut free: HashMap<Key, VecDeque<usize>> = HashMap::new();
        for place in (0..new_keys.len()).filter(|place| !taken.contains(place)) {
            free.entry(by(&new_keys[place])).or_default().push_back(place);
        }
        left.retain(|place| {
            if moves.shifted(old.anchors()[*place].span.start).is_none() {
                to[*place] = free.get_mut(&by(&old_keys[*place])).and_then(VecDeque::pop_front);
            }
            to[*place].is_none()
        });
    }
    let taken: HashSet<usize> = to.iter().copied().flatten().collect();
    let free: Vec<usize> = (0..new_keys.len()).filter(|place| !taken.contains(place)).collect();
    if left.len() == free.len() && old.anchors().len() == new.anchors().len() {
        left.into_iter().zip(free).for_each(|(place, free)| to[place] = Some(free));
    }
    to
}

/// Like [`counterparts`], but only for anchors that keep their place, apart from what `moves` inserts and removes before them.
fn by_place(old: &Document, moves: &Moves<'_>, new: &Document) -> Vec<Option<usize>> {
    let mut places: HashMap<(Offset, AnchorKind), usize> = HashMap::new();
    for (place, anchor) in new.anchors().iter().enumerate() {
        places.entry((anchor.span.start, anchor.kind)).or_insert(place);
    }
    let mut taken = HashSet::new();
    let place = |anchor: &Anchor| {
        let at = moves.shifted(anchor.span.start);
        let mut found = at.into_iter().flatten().filter_map(|at| places.get(&(at, anchor.kind)).copied());
        found.find(|place| taken.insert(*place))
    };
    old.anchors().iter().map(place).collect()
}

/// Edits in order.
struct Moves<'a> {
    edits: Vec<Moved<'a>>,
}

struct Moved<'a> {
    edit: &'a Edit,
    /// Whether the edit covers several anchors, which may change places.
    has_several: bool,
    /// How many bytes the edits before this one insert, and how many they remove.
    before: (usize, usize),
}

impl<'a> Moves<'a> {
    fn of(document: &Document, edits: &'a [Edit]) -> Moves<'a> {
        let mut starts: Vec<Offset> = document.anchors().iter().map(|anchor| anchor.span.start).collect();
        starts.sort_unstable();
        let count = |edit: &Edit| {
            let from = |at: Offset| starts.partition_point(|start| *start < at);
            from(edit.span.end) - from(edit.span.start)
        };
        let mut ordered: Vec<&Edit> = edits.iter().collect();
        ordered.sort_by_key(|edit| edit.span);
        let mut before = (0, 0);
        let moved = |edit: &'a Edit| {
            let moved = Moved { edit, has_several: count(edit) > 1, before };
            before = (before.0 + edit.content.len(), before.1 + edit.span.len());
            moved
        };
        Moves { edits: ordered.into_iter().map(moved).collect() }
    }

    /// Returns where `at` is after the edits: before and after what is inserted directly there. `None` if it is inside an edit.
    fn shifted(&self, at: Offset) -> Option<[Offset; 2]> {
        let first = self.edits.partition_point(|moved| moved.edit.span.start < at);
        if let Some(Moved { edit, before, .. }) = first.checked_sub(1).map(|last| &self.edits[last]) {
            if at < edit.span.end {
                return None;
            }
            let start = at.get() + before.0 + edit.content.len() - before.1 - edit.span.len();
            return self.put(first, at, start);
        }
        self.put(first, at, at.get())
    }

    /// Returns where `at` is after the edits, if the edits before that at `first` move it to `start`.
    fn put(&self, first: usize, at: Offset, start: usize) -> Option<[Offset; 2]> {
        let here = || self.edits[first..].iter().take_while(|moved| moved.edit.span.start == at);
        if here().any(|moved| moved.has_several && !moved.edit.span.is_empty()) {
            return None;
        }
        let put: usize = here().filter(|moved| moved.edit.span.is_empty()).map(|moved| moved.edit.content.len()).sum();
        Some([Offset::new(start), Offset::new(start + put)])
    }
}

/// What identifies an anchor, regardless of its place.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: AnchorKind,
    says: String,
    /// The headings above it, from the nearest.
    path: Vec<String>,
    /// The text of the anchor before it.
    before: String,
}

/// Returns the keys of the anchors of `document`, in order.
fn keys(document: &Document) -> Vec<Key> {
    let outline = document.outline();
    let mut found: Vec<Key> = Vec::new();
    for anchor in document.anchors() {
        let at = anchor.span.start;
        let own = outline.headed_at(at).map(|(_, section)| section.parent);
        let above = std::iter::successors(own.unwrap_or_else(|| outline.around(at)), |id| outline.get(*id).parent);
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

    /// Checks that replacing `old` with `new` in `source` gives `expected`.
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
