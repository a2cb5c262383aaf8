//! Renaming: a heading with the links to it, a proposal's number with its file, and files with the links to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::follow::DocumentEdits;
use super::moving::Moving;
use crate::document::{
    AnchorChange, Destination, Document, Proposal, own_numbers, prefixed_title_number, title_number,
};
use crate::letters::shown_path;
use crate::syntax::{Anchor, AnchorKind};
use crate::text::{Edit, Offset, Span, Text, apply};
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::families;
use crate::workspace::files::{self, DocumentId};
use crate::workspace::navigation::{Declaration, anchor, anchor_at};

/// Something that can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The span of its name.
    pub span: Span,
    /// Its name.
    pub name: String,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// The heading with this index among the document's anchors.
    Heading(usize),
    /// The number of the proposal in this file.
    Number(PathBuf),
}

/// The changes of a renaming.
#[derive(Debug, Default)]
pub struct Changes {
    /// The edits of documents.
    pub documents: Vec<DocumentEdits>,
    /// The file or folder to rename after the edits, and its new path.
    pub file: Option<(PathBuf, PathBuf)>,
}

impl Workspace {
    /// Returns what can be renamed at `offset` of `snapshot`: the proposal's own number, the number of another proposal, or a
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

    /// Returns the changes that give `renaming`, found in `snapshot`, the name `name`.
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
            return Err(format!("\"{name}\" cannot be used in this heading; choose another name"));
        }
        let id = snapshot.id();
        let own = DocumentEdits::of(id.clone(), snapshot.document.clone(), vec![edit]);
        let change = AnchorChange::of(&own.document, &own.edits);
        let is_lost = change.is_some_and(|change| change.is_lost(place));
        let goal = anchor(id, &own.document, place);
        if is_lost && !self.references(&goal, Declaration::Excluded).is_empty() {
            return Err(format!("\"{name}\" leaves links without an anchor; choose a name with a letter or digit"));
        }
        Ok(Changes { documents: self.follow(vec![own]), file: None })
    }

    fn renumber(&self, path: &Path, name: &str) -> Result<Changes, String> {
        // The number may be that of another proposal, whose family may differ.
        let template = self.template(&DocumentId::File(path.to_owned()));
        let number = template.read_number(name).filter(|number| number.rest == name.len());
        let number = number.map_or(name, |number| &name[number.digits]);
        let value = number.trim_start_matches('0');
        if value.is_empty() || value.len() > 9 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("\"{number}\" is not a proposal number; use digits only"));
        }
        if let Some(other) = self.first_rival(path, value) {
            let name = other.strip_prefix(families::base(path)).unwrap_or(&other).to_string_lossy();
            return Err(format!("the number {value} is taken by \"{name}\"; choose another one"));
        }
        if let Some((other, branch)) = self.rival_on_branch(path, value) {
            return Err(format!(
                "the number {value} is taken by \"{other}\" on the branch \"{branch}\"; choose another one"
            ));
        }
        if self.read_or_open(&DocumentId::File(path.to_owned())).is_none() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            return Err(format!("\"{name}\" can no longer be read; restore it first"));
        }
        let old = self.kept(path).and_then(|page| Some(page.number()?.to_owned()));
        let old = old.filter(|old| old != value).ok_or("the proposal already has this number")?;
        let named = if template.has_number_in_folder(path) { path.parent().unwrap_or(path) } else { path };
        let file = template.number_of(path).and_then(|digits| renumbered(named, digits, value));
        if let Some(to) = file.as_ref().filter(|to| to.exists()) {
            return Err(format!("\"{}\" already exists; choose another number", shown_path(to)));
        }
        let renames: Vec<_> = file.into_iter().map(|to| (named.to_owned(), to)).collect();
        let numbers = BTreeMap::from([(path.to_owned(), (old, value.to_owned()))]);
        let moving = Moving { workspace: self, renames: &renames, numbers: &numbers };
        Ok(Changes { documents: moving.changes(), file: renames.first().cloned() })
    }

    /// Returns the changes that go with renaming files or folders, by `renames` from old to new paths: all links keep leading
    /// where they do, and proposals get the numbers in their new file names.
    pub fn rename_files(&self, renames: &[(PathBuf, PathBuf)]) -> Vec<DocumentEdits> {
        let normalized = |(from, to): &(PathBuf, PathBuf)| (files::normalize(from), files::normalize(to));
        let mut renames: Vec<_> = renames.iter().map(normalized).collect();
        // Paths outside the workspace are never looked at, even if the client says that they move.
        let roots = self.roots();
        renames.retain(|(from, _)| files::root_of(from, &roots).is_some());
        let mut moving = Moving { workspace: self, renames: &renames, numbers: &BTreeMap::new() };
        let mut numbers = BTreeMap::new();
        for path in self.paths_below(renames.iter().map(|(from, _)| from.as_path())) {
            let template = self.template(&DocumentId::File(path.clone()));
            let number = |path: &Path| template.number_of(path).map(|number| number.trim_start_matches('0').to_owned());
            let renumbering = number(&path).zip(number(&moving.moved(&path)));
            numbers.extend(renumbering.filter(|(old, new)| old != new).map(|numbers| (path, numbers)));
        }
        moving.numbers = &numbers;
        moving.changes()
    }
}

/// Returns the span of the name in the heading `anchor`: without the `{#id}` after it, and without comments and empty elements at
/// its ends.
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

/// Returns the length of the comment or empty element at the start of `name`.
fn lead(name: &str) -> Option<usize> {
    let element = || Some(name.find("</a>")? + "</a>".len()).filter(|end| is_empty_element(&name[..*end]));
    let comment = || name.starts_with("<!--").then(|| Some(name.find("-->")? + "-->".len()))?;
    element().or_else(comment)
}

/// Returns the length of the comment, the empty element or the `{#id}` at the end of `name`.
fn tail(name: &str) -> Option<usize> {
    let element = || name.rfind("<a ").filter(|at| is_empty_element(&name[*at..]));
    let comment = || name.rfind("<!--").filter(|_| name.ends_with("-->"));
    let given = || {
        let start = name.strip_suffix('}')?.rfind('{')?;
        name[start + 1..].trim_start().starts_with('#').then_some(start)
    };
    element().or_else(comment).or_else(given).map(|start| name.len() - start)
}

/// Whether `html` is `<a …></a>`, which renders as nothing.
fn is_empty_element(html: &str) -> bool {
    html.starts_with("<a ") && html.find('>').is_some_and(|end| &html[end + 1..] == "</a>")
}

/// Returns the digits of the proposal's own number at `offset`, which may also be in the number's prefix in the title.
fn own_number(proposal: &Proposal<'_>, offset: Offset) -> Option<Span> {
    let in_title =
        prefixed_title_number(proposal).filter(|span| span.touches(offset)).and_then(|_| title_number(proposal));
    in_title.or_else(|| own_numbers(proposal).into_iter().map(|number| number.span).find(|span| span.touches(offset)))
}

/// Returns where the text of the title starts, after its number.
fn after_number(proposal: &Proposal<'_>) -> Option<Offset> {
    let content = proposal.title()?.heading.content;
    let number = proposal.template.read_number(&proposal.text().slice(content))?;
    (number.rest < content.len()).then(|| content.start + number.rest)
}

/// Returns `path` with `value` in place of `digits` in its last component, padded with zeros if the digits are.
fn renumbered(path: &Path, digits: &str, value: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let at = name.find(digits)?;
    Some(path.with_file_name(format!("{}{}{}", &name[..at], like(digits, value), &name[at + digits.len()..])))
}

/// Pads `value` to the length of `digits`, if they are padded or long enough that they may be.
fn like(digits: &str, value: &str) -> String {
    let width = if digits.starts_with('0') || digits.len() > 3 { digits.len() } else { 0 };
    format!("{value:0>width$}")
}

#[cfg(test)]
mod tests;
