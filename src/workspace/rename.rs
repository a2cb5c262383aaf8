//! Renaming: a heading with the links to it, a proposal's number with its file, and files with the links to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::page::Key;
use super::references::{anchor_at, place_called};
use super::{DocumentId, Goal, Snapshot, Workspace, families, files};
use crate::document::{
    Destination, Document, Proposal, Reference, encode_path, own_numbers, prefixed_title_number, title_number,
};
use crate::parallel;
use crate::syntax::{Anchor, AnchorKind};
use crate::text::{Edit, Offset, Span, Text, apply};

/// Something that can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// Where its name is.
    pub span: Span,
    /// Its name.
    pub name: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// The heading at this place among the document's anchors.
    Heading(usize),
    /// The number of the proposal in this file.
    Number(PathBuf),
}

/// What a renaming changes.
#[derive(Debug, Default)]
pub struct Changes {
    /// The edits of documents.
    pub documents: Vec<DocumentEdits>,
    /// The file that gets another name after them, and that name.
    pub file: Option<(PathBuf, PathBuf)>,
}

/// Edits of one document, which do not overlap.
#[derive(Debug)]
pub struct DocumentEdits {
    /// The document's name, before files are renamed.
    pub id: DocumentId,
    /// The document, in the version that the edits are of.
    pub document: Arc<Document>,
    /// The edits.
    pub edits: Vec<Edit>,
}

/// What becomes of a file.
#[derive(Debug)]
struct Move {
    to: PathBuf,
    /// The old number, without zeros at its start, and the new one, where they differ.
    number: Option<(String, String)>,
}

impl Workspace {
    /// What someone who points at `offset` of `snapshot` can rename: the proposal's own number or that of another one, or a
    /// heading.
    pub fn renaming_at(&self, snapshot: &Snapshot, offset: Offset) -> Option<Renaming> {
        let proposal = snapshot.proposal();
        let renaming = |span, what| {
            let name = snapshot.text().slice(span).into_owned();
            Some(Renaming { span, name, what })
        };
        if let (DocumentId::File(own), Some(span)) = (snapshot.id(), own_number(&proposal, offset)) {
            return renaming(span, What::Number(own.clone()));
        }
        if let Some(reference) = proposal.reference_at(offset) {
            let Destination::Number(number) = &reference.to else { return None };
            return renaming(reference.target?, What::Number(self.proposal_with(snapshot.id(), number)?));
        }
        let place = anchor_at(&snapshot.document, offset)?;
        let anchor = snapshot.document.anchors().get(place).filter(|anchor| anchor.kind == AnchorKind::Heading)?;
        let content = name_span(snapshot.text(), anchor);
        let is_title = proposal.title().is_some_and(|title| title.heading.span.contains(content.start));
        let start = is_title.then(|| after_number(&proposal)).flatten().unwrap_or(content.start);
        (content.touches(offset) && start <= content.end).then_some(())?;
        renaming(Span::new(start, content.end), What::Heading(place))
    }

    /// What it takes to give what `renaming` found in `snapshot` the name `name`.
    ///
    /// # Errors
    ///
    /// When it cannot have that name, with the reason.
    pub fn rename(&self, snapshot: &Snapshot, renaming: &Renaming, name: &str) -> Result<Changes, String> {
        match &renaming.what {
            What::Heading(place) => self.rename_heading(snapshot, *place, renaming.span, name.trim()),
            What::Number(path) => self.renumber(path, name.trim()),
        }
    }

    fn rename_heading(&self, snapshot: &Snapshot, place: usize, span: Span, name: &str) -> Result<Changes, String> {
        if name.is_empty() || name.contains(['\n', '\r']) {
            return Err("a heading needs a name on one line".to_owned());
        }
        let edit = Edit { span, content: name.to_owned() };
        let renamed = Document::closed(&apply(snapshot.text(), std::slice::from_ref(&edit)).to_string());
        let (old, new) = (snapshot.document.anchors(), renamed.anchors());
        let heading = new.get(place).map(|anchor| name_span(renamed.text(), anchor));
        let stands = heading.is_some_and(|content| renamed.text().slice(content).ends_with(name));
        let are_same = old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.kind == new.kind);
        if !are_same || !stands {
            return Err(format!("\"{name}\" cannot stand in this heading; choose another name"));
        }
        let mut documents = Vec::new();
        for id in self.around_heading(snapshot.id()) {
            let Some(document) = self.read_or_open(&id) else { continue };
            let mut edits = self.anchor_edits(&self.read_as(&id, document.clone()), snapshot.id(), old, new);
            if edits.iter().any(|edit| edit.content.is_empty()) {
                return Err(format!(
                    "\"{name}\" leaves links nothing to lead to; choose a name with a letter or digit"
                ));
            }
            if id == *snapshot.id() {
                // A link in the heading goes with its old name.
                edits.retain(|other| !other.span.meets(span));
                edits.push(edit.clone());
            }
            documents.push(DocumentEdits { id, document, edits });
        }
        Ok(Changes { documents: ordered(documents), file: None })
    }

    /// The documents that may have links to headings of the document `id`: itself, and those that refer to it.
    fn around_heading(&self, id: &DocumentId) -> BTreeSet<DocumentId> {
        let referrers = match id {
            DocumentId::File(path) => self.referrers(&Key::of_file(path)),
            DocumentId::Other(_) => Vec::new(),
        };
        referrers.into_iter().map(DocumentId::File).chain([id.clone()]).collect()
    }

    /// The edits in `from` of links to headings of the document `to`, whose anchors `old` become `new`: one heading's name may
    /// change the anchors of others that have the same.
    fn anchor_edits(&self, from: &Snapshot, to: &DocumentId, old: &[Anchor], new: &[Anchor]) -> Vec<Edit> {
        let text = from.text();
        let proposal = from.proposal();
        let edit = |reference: &Reference| {
            let name = reference.to.anchor()?;
            let place = place_called(old, name)?;
            let (old, new) = (&old[place].names, &new[place].names);
            let goal = Goal::Anchor { id: to.clone(), place, names: old.clone() };
            // The first is GitHub's, the last the site generator's.
            let is_first = old.first().is_some_and(|first| first.to_lowercase() == name.to_lowercase());
            let name = if is_first { new.first()? } else { new.last()? };
            let span = reference.anchor_span(text).filter(|_| old != new && self.leads(from.id(), reference, &goal))?;
            Some(Edit { span, content: name.clone() })
        };
        proposal.references().iter().filter_map(edit).collect()
    }

    fn renumber(&self, path: &Path, number: &str) -> Result<Changes, String> {
        let value = number.trim_start_matches('0');
        if value.is_empty() || value.len() > 9 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("\"{number}\" is no number for a proposal; give it digits alone"));
        }
        if let Some(other) = self.rivals(path, value).first() {
            let name = other.strip_prefix(families::base(path)).unwrap_or(other).to_string_lossy();
            return Err(format!("the number {value} is taken by \"{name}\"; choose another one"));
        }
        if self.read_or_open(&DocumentId::File(path.to_owned())).is_none() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            return Err(format!("\"{name}\" cannot be read any more; put it back first"));
        }
        let old = self.kept(path).and_then(|page| Some(page.number()?.to_owned()));
        let old = old.filter(|old| old != value).ok_or("the proposal has this number already")?;
        // Of another proposal than the one that is open, the family may be another, too.
        let template = self.template(&DocumentId::File(path.to_owned()));
        let named = if template.has_number_in_folder(path) { path.parent().unwrap_or(path) } else { path };
        let file = template.number_of(path).and_then(|digits| renumbered(named, digits, value));
        if let Some(to) = file.as_ref().filter(|to| to.exists()) {
            return Err(format!("\"{}\" is there already; choose another number", to.display()));
        }
        let mut moves: BTreeMap<PathBuf, Move> = BTreeMap::new();
        for (from, to) in file.iter().flat_map(|to| self.below(named, to)) {
            moves.insert(from, Move { to, number: None });
        }
        let own = moves.entry(path.to_owned()).or_insert_with(|| Move { to: path.to_owned(), number: None });
        own.number = Some((old, value.to_owned()));
        Ok(Changes { documents: self.moved(&moves), file: file.map(|to| (named.to_owned(), to)) })
    }

    /// The Markdown files at `from` or below it, each with where it is when `from` becomes `to`.
    fn below(&self, from: &Path, to: &Path) -> Vec<(PathBuf, PathBuf)> {
        let moved = |path: PathBuf| {
            let rest = path.strip_prefix(from).ok()?;
            let to = if rest.as_os_str().is_empty() { to.to_owned() } else { to.join(rest) };
            Some((path, to))
        };
        self.paths_below(std::iter::once(from)).into_iter().filter_map(moved).collect()
    }

    /// What it takes when files or folders get other names, by `renames` from old to new, so that all links lead where they
    /// did, and proposals have the numbers that their files' names have then.
    pub fn rename_files(&self, renames: &[(PathBuf, PathBuf)]) -> Vec<DocumentEdits> {
        let mut moves = BTreeMap::new();
        for path in self.paths_below(renames.iter().map(|(from, _)| from.as_path())) {
            let renamed = renames.iter().filter_map(|(from, to)| Some((to, path.strip_prefix(from).ok()?)));
            if let Some((to, rest)) = renamed.max_by_key(|(to, _)| to.components().count()) {
                let to = if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) };
                let template = self.template(&DocumentId::File(path.clone()));
                let number = |path| template.number_of(path).map(|number| number.trim_start_matches('0').to_owned());
                let number = number(&path).zip(number(&to)).filter(|(old, new)| old != new);
                moves.insert(path, Move { to: files::normalize(&to), number });
            }
        }
        self.moved(&moves)
    }

    fn moved(&self, moves: &BTreeMap<PathBuf, Move>) -> Vec<DocumentEdits> {
        let goals = moves.keys().map(|path| Goal::File(path.clone()));
        let referrers = goals.flat_map(|goal| self.candidates(&goal));
        let documents: BTreeSet<PathBuf> = referrers.chain(moves.keys().cloned()).collect();
        let documents: Vec<PathBuf> = documents.into_iter().collect();
        let moving = Moving {
            workspace: self,
            moves,
            by_key: moves.iter().map(|(path, to)| (Key::of_file(path), (path, to))).collect(),
        };
        ordered(parallel::map(&documents, |path| moving.edits(path)).into_iter().flatten().collect())
    }
}

/// Where the heading `anchor` has its name: without the `{#id}` behind it, and without comments and empty elements at its ends.
fn name_span(text: &Text, anchor: &Anchor) -> Span {
    let source = text.slice(anchor.span);
    let (mut start, mut end) = (0, source.len());
    loop {
        let name = source[start..end].trim_end();
        end = start + name.len();
        start = end - name.trim_start().len();
        let name = &source[start..end];
        match (lead(name), tail(name)) {
            (Some(length), _) => start += length,
            (None, Some(length)) => end -= length,
            (None, None) => break Span::of_range(anchor.span.start, start..end),
        }
    }
}

/// How long the comment or the empty element is that `name` starts with.
fn lead(name: &str) -> Option<usize> {
    let element = || Some(name.find("</a>")? + "</a>".len()).filter(|end| is_empty_element(&name[..*end]));
    let comment = || name.starts_with("<!--").then(|| Some(name.find("-->")? + "-->".len()))?;
    element().or_else(comment)
}

/// How long the comment, the empty element or the `{#id}` is that `name` ends with.
fn tail(name: &str) -> Option<usize> {
    let element = || name.rfind("<a ").filter(|at| is_empty_element(&name[*at..]));
    let comment = || name.rfind("<!--").filter(|_| name.ends_with("-->"));
    let given = || {
        let start = name.strip_suffix('}')?.rfind('{')?;
        name[start + 1..].trim_start().starts_with('#').then_some(start)
    };
    element().or_else(comment).or_else(given).map(|start| name.len() - start)
}

/// Whether `html` is `<a …></a>`, which shows nothing.
fn is_empty_element(html: &str) -> bool {
    html.starts_with("<a ") && html.find('>').is_some_and(|end| &html[end + 1..] == "</a>")
}

/// Those of `documents` that change, their edits in order, each once.
fn ordered(documents: Vec<DocumentEdits>) -> Vec<DocumentEdits> {
    let order = |mut changed: DocumentEdits| {
        changed.edits.sort_by_key(|edit| edit.span);
        changed.edits.dedup();
        (!changed.edits.is_empty()).then_some(changed)
    };
    documents.into_iter().filter_map(order).collect()
}

/// The digits of the proposal's own number that `offset` points at, or at whose prefix in the title.
fn own_number(proposal: &Proposal<'_>, offset: Offset) -> Option<Span> {
    let in_title =
        prefixed_title_number(proposal).filter(|span| span.touches(offset)).and_then(|_| title_number(proposal));
    in_title.or_else(|| own_numbers(proposal).into_iter().map(|number| number.span).find(|span| span.touches(offset)))
}

/// Where the title's text starts, behind its number.
fn after_number(proposal: &Proposal<'_>) -> Option<Offset> {
    let content = proposal.title()?.heading.content;
    let number = proposal.template.read_number(&proposal.text().slice(content))?;
    (number.rest < content.len()).then(|| content.start + number.rest)
}

/// `path` with `value` in place of `digits` in its last name, filled up with zeros where they were.
fn renumbered(path: &Path, digits: &str, value: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let at = name.find(digits)?;
    Some(path.with_file_name(format!("{}{}{}", &name[..at], like(digits, value), &name[at + digits.len()..])))
}

/// `value` with as many digits as `digits` has, where that is filled up with zeros or might have been.
fn like(digits: &str, value: &str) -> String {
    let width = if digits.starts_with('0') || digits.len() > 3 { digits.len() } else { 0 };
    format!("{value:0>width$}")
}

/// Files that are renamed together.
struct Moving<'a> {
    workspace: &'a Workspace,
    moves: &'a BTreeMap<PathBuf, Move>,
    by_key: HashMap<Key, (&'a PathBuf, &'a Move)>,
}

impl Moving<'_> {
    /// The edits in the file at `path`.
    fn edits(&self, path: &Path) -> Option<DocumentEdits> {
        let id = DocumentId::File(path.to_owned());
        let document = self.workspace.read_or_open(&id)?;
        let snapshot = self.workspace.read_as(&id, document.clone());
        let proposal = snapshot.proposal();
        let mut edits: Vec<Edit> = Vec::new();
        for reference in proposal.references() {
            edits.extend(self.path_edit(path, &proposal, reference));
            edits.extend(self.number_edit(&id, &proposal, reference, reference));
        }
        for number in proposal.linked_numbers() {
            // What a link shows changes when the link leads to the proposal.
            let link = proposal.references().iter().find(|link| link.span.contains(number.span.start));
            edits.extend(link.and_then(|link| self.number_edit(&id, &proposal, &number, link)));
        }
        edits.extend(self.cell_edits(path, &proposal));
        if let Some(Move { number: Some((old, new)), .. }) = self.moves.get(path) {
            let own = own_numbers(&proposal).into_iter().map(|number| number.span);
            edits.extend(own.filter_map(|span| digits_edit(&proposal, span, old, new)));
        }
        Some(DocumentEdits { id, document, edits })
    }

    /// The file that `path` leads to from the document `from`, and what becomes of it.
    fn target(&self, from: &Path, path: &str) -> Option<(PathBuf, Option<&Move>)> {
        let target = files::normalize(&from.parent()?.join(path));
        match self.by_key.get(&Key::of_file(&target)) {
            Some((old, to)) => Some(((*old).clone(), Some(to))),
            None => Some((target, None)),
        }
    }

    /// The edit of the path that `reference` in the document `from` has.
    fn path_edit(&self, from: &Path, proposal: &Proposal<'_>, reference: &Reference) -> Option<Edit> {
        let Destination::File(path, _) = &reference.to else { return None };
        let (target, moved) = self.target(from, path)?;
        let new_from = self.moves.get(from).map_or(from, |own| own.to.as_path());
        let new_target = moved.map_or(target.as_path(), |moved| moved.to.as_path());
        let stays = new_from.parent() == from.parent();
        // Outside, where nothing is looked at, something may be there.
        let is_inside = files::root_of(&target, &self.workspace.roots()).is_some();
        let is_broken = moved.is_none() && is_inside && self.workspace.find(&target).is_none();
        if stays && new_target == target || is_broken {
            return None;
        }
        let mut written = match (path.rfind('/'), stays && new_target.parent() == target.parent()) {
            (slash, true) => {
                let name = new_target.file_name()?.to_str()?;
                format!("{}{name}", &path[..slash.map_or(0, |slash| slash + 1)])
            }
            (_, false) => relative(new_from.parent()?, new_target),
        };
        // A site may leave out the extension, or have another one.
        if Path::new(path).extension() != target.extension() {
            let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            written = Path::new(&written).with_extension(extension).to_str()?.to_owned();
        }
        if path.starts_with("./") && !written.starts_with('.') {
            written.insert_str(0, "./");
        }
        let span = reference.path_span(proposal.text()).filter(|_| written != *path)?;
        Some(Edit { span, content: encode_path(&written) })
    }

    /// The edit of `number`, a mention of a proposal's number, where `leading` leads to that proposal.
    fn number_edit(
        &self,
        from: &DocumentId,
        proposal: &Proposal<'_>,
        number: &Reference,
        leading: &Reference,
    ) -> Option<Edit> {
        let Destination::Number(_) = number.to else { return None };
        let leads = |path: &Path| self.workspace.leads(from, leading, &Goal::File(path.to_owned()));
        let (_, moved) = self.moves.iter().find(|(path, moved)| moved.number.is_some() && leads(path))?;
        let (old, new) = moved.number.as_ref()?;
        digits_edit(proposal, number.target?, old, new)
    }

    /// The edits of cells that have the number alone, in rows of an index page.
    fn cell_edits(&self, from: &Path, page: &Proposal<'_>) -> Vec<Edit> {
        if !page.is_index() {
            return Vec::new();
        }
        let mut edits = Vec::new();
        for row in page.rows() {
            let Destination::File(path, _) = &row.link.to else { continue };
            let moved = self.target(from, path).and_then(|(_, moved)| moved?.number.as_ref());
            let Some((old, new)) = moved else { continue };
            let cells = row.cells(page.text()).into_iter();
            edits.extend(cells.filter_map(|cell| digits_edit(page, cell, old, new)));
        }
        edits
    }
}

/// The edit of the digits at `span` from `old` to `new`, if that is what stands there.
fn digits_edit(proposal: &Proposal<'_>, span: Span, old: &str, new: &str) -> Option<Edit> {
    let digits = proposal.text().slice(span);
    let is_old = digits.trim_start_matches('0') == old && !digits.is_empty();
    is_old.then(|| {
        let width = if digits.starts_with('0') { digits.len() } else { 0 };
        Edit { span, content: format!("{new:0>width$}") }
    })
}

/// The path from `folder` to `to`, with `/`.
fn relative(folder: &Path, to: &Path) -> String {
    let common = folder.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
