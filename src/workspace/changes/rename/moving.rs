//! Moving files and folders, with all references to them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::super::follow::{DocumentEdits, ordered};
use crate::document::{Destination, Proposal, Reference, ReferenceKind, Writing, fold_label, link_text, own_numbers};
use crate::parallel;
use crate::syntax::Definition;
use crate::text::{Edit, Span, Text};
use crate::workspace::documents::Workspace;
use crate::workspace::files::{self, DocumentId};
use crate::workspace::navigation::{Goal, is_path_to};

/// The old number of a proposal, without leading zeros, and the new one.
pub(super) type Renumbering = (String, String);

/// Files and folders that are renamed together.
pub(super) struct Moving<'a> {
    pub(super) workspace: &'a Workspace,
    /// Pairs of old and new paths, normalized; a folder moves with everything in it.
    pub(super) renames: &'a [(PathBuf, PathBuf)],
    /// The proposals whose numbers change, by their old paths.
    pub(super) numbers: &'a BTreeMap<PathBuf, Renumbering>,
}

impl Moving<'_> {
    /// Returns the changes in all documents.
    pub(super) fn changes(&self) -> Vec<DocumentEdits> {
        let workspace = self.workspace;
        let paths = || self.renames.iter().map(|(from, _)| from.as_path());
        let numbered = self.numbers.keys().flat_map(|path| workspace.candidates(&Goal::File(path.clone())));
        let documents: BTreeSet<PathBuf> = workspace
            .paths_below(paths())
            .into_iter()
            .chain(workspace.referrers_below(paths()))
            .chain(numbered)
            .chain(self.numbers.keys().cloned())
            .collect();
        let documents: Vec<PathBuf> = documents.into_iter().collect();
        let changed = parallel::map(&documents, |path| self.edits(path)).into_iter().flatten().collect();
        let mut changes = workspace.follow(ordered(changed));
        changes.extend(self.entries());
        changes
    }

    /// Returns the new path of `path`, by the innermost rename that contains it.
    pub(super) fn moved(&self, path: &Path) -> PathBuf {
        let renamed = self.renames.iter().filter_map(|(from, to)| Some((to, path.strip_prefix(from).ok()?)));
        match renamed.min_by_key(|(_, rest)| rest.components().count()) {
            Some((to, rest)) if rest.as_os_str().is_empty() => to.clone(),
            Some((to, rest)) => to.join(rest),
            None => path.to_owned(),
        }
    }

    /// Returns the edits of the file at `path`.
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
        edits.extend(self.label_edits(&id, &proposal));
        edits.extend(self.cell_edits(path, &proposal));
        if let Some((old, new)) = self.numbers.get(path) {
            let own = own_numbers(&proposal).into_iter().map(|number| number.span);
            edits.extend(own.filter_map(|span| digits_edit(&proposal, span, old, new)));
        }
        Some(DocumentEdits::of(id, document, edits))
    }

    /// Returns the edit of the path in `reference`, which is in the document `from`.
    fn path_edit(&self, from: &Path, proposal: &Proposal<'_>, reference: &Reference) -> Option<Edit> {
        let Destination::File(path, _) = &reference.to else { return None };
        let folder = from.parent()?;
        let named = files::normalize(&folder.join(path));
        // Outside the workspace nothing is looked at, so the target may exist.
        let is_inside = files::root_of(&named, &self.workspace.roots()).is_some();
        let target = if is_inside { self.workspace.find(&named)? } else { named.clone() };
        let (new_from, new_target) = (self.moved(from), self.moved(&target));
        let new_folder = new_from.parent()?;
        // If both ends move together, the path stays the same, unless it leads through a folder that is renamed.
        let is_as_far = files::relative(folder, &target) == files::relative(new_folder, &new_target);
        let other_name = named.file_name().filter(|_| named != target);
        let new_named = other_name.map_or(new_target.clone(), |name| new_target.with_file_name(name));
        if is_as_far && files::normalize(&new_folder.join(path)) == new_named {
            return None;
        }
        let is_beside = folder == new_folder && new_target.parent() == target.parent();
        let mut written = match path.trim_end_matches('/').rfind('/') {
            _ if !is_beside || path.ends_with("..") => files::relative(new_folder, &new_target),
            slash => format!("{}{}", &path[..slash.map_or(0, |slash| slash + 1)], new_target.file_name()?.to_str()?),
        };
        if named != target {
            written = with_extension_of(&named, &target, written);
        }
        if written.is_empty() {
            ".".clone_into(&mut written);
        }
        if path.starts_with("./") && !written.starts_with('.') {
            written.insert_str(0, "./");
        }
        if path.ends_with('/') && !written.ends_with('/') {
            written.push('/');
        }
        let span = reference.path_span(proposal.text()).filter(|_| written != *path)?;
        Some(Edit { span, content: Writing::of(proposal.text(), reference).write(&written) })
    }

    /// Returns the edit of `number`, a mention of a proposal's number, if `leading` leads to a proposal whose number changes.
    fn number_edit(
        &self,
        from: &DocumentId,
        proposal: &Proposal<'_>,
        number: &Reference,
        leading: &Reference,
    ) -> Option<Edit> {
        let Destination::Number(_) = number.to else { return None };
        let (old, new) = self.renumbering(from, leading)?;
        digits_edit(proposal, number.target?, old, new)
    }

    /// Returns the old and the new number of the proposal that `reference` leads to.
    fn renumbering(&self, from: &DocumentId, reference: &Reference) -> Option<&Renumbering> {
        let leads = |path: &Path| self.workspace.leads(from, reference, &Goal::File(path.to_owned()));
        self.numbers.iter().find(|(path, _)| leads(path)).map(|(_, numbers)| numbers)
    }

    /// Returns the edits of the numbers in the text and the labels of links, if they lead to a proposal whose number changes.
    fn label_edits(&self, id: &DocumentId, proposal: &Proposal<'_>) -> Vec<Edit> {
        if self.numbers.is_empty() {
            return Vec::new();
        }
        let text = proposal.text();
        let definitions = definitions(proposal);
        let (mut edits, changing) = self.definition_edits(id, proposal, &definitions);
        let shown_numbers = proposal.linked_numbers();
        let may_show = |found: &&Reference| matches!(found.kind, ReferenceKind::Link | ReferenceKind::Image);
        for link in proposal.references().iter().filter(may_show) {
            let label = match &link.to {
                Destination::Label(label) => Some(label.as_str()),
                _ => None,
            };
            let leading = label.map_or(Some(link), |label| definitions.get(label).map(|(_, reference)| *reference));
            let numbers = leading.and_then(|leading| self.renumbering(id, leading)).zip(link_text(text, link));
            let Some(((old, new), shown)) = numbers else { continue };
            let behind = Span::new(shown.end, link.span.end);
            let has_label = label.is_some() && text.slice(behind).starts_with("][") && behind.len() > "][]".len();
            let changes_label = label.is_some_and(|label| changing.contains(label));
            // The text of the link may be its label.
            if label.is_none() || has_label || changes_label {
                let numbers = shown_numbers.iter().filter(|number| shown.contains(number.span.start)).cloned();
                edits.extend(edits_in(proposal, numbers.collect(), old, new));
            }
            if changes_label {
                edits.extend(edits_of_label(proposal, if has_label { behind } else { shown }, old, new));
            }
        }
        edits
    }

    /// Returns the edits of labels in their `definitions`, and the labels that change.
    fn definition_edits<'a>(
        &self,
        id: &DocumentId,
        proposal: &Proposal<'_>,
        definitions: &'a Definitions<'_>,
    ) -> (Vec<Edit>, HashSet<&'a str>) {
        let text = proposal.text();
        let labels = proposal.links().definitions.iter().map(|known| fold_label(&known.label));
        let labels: HashSet<String> = labels.collect();
        let (mut edits, mut changing) = (Vec::new(), HashSet::new());
        for (label, (known, reference)) in definitions {
            let Some((old, new)) = self.renumbering(id, reference) else { continue };
            let Some(place) = label_span(text, known) else { continue };
            let own = edits_of_label(proposal, place, old, new);
            let renamed = known.label.replace(own.first().map_or("", |_| old.as_str()), new);
            if !own.is_empty() && !labels.contains(&fold_label(&renamed)) && !is_defined_again(text, known) {
                edits.extend(own);
                changing.insert(label.as_str());
            }
        }
        (edits, changing)
    }

    /// Returns the edits of cells that contain only the number, in rows of an index page.
    fn cell_edits(&self, from: &Path, page: &Proposal<'_>) -> Vec<Edit> {
        let Some(page) = page.index_page() else { return Vec::new() };
        let mut edits = Vec::new();
        for row in page.rows() {
            let Destination::File(to, _) = &row.link.to else { continue };
            let id = DocumentId::File(from.to_owned());
            let numbers = self.numbers.iter().find(|(path, _)| is_path_to(&id, to, path));
            let Some((_, (old, new))) = numbers else { continue };
            let cells = row.cells(page.text()).into_iter();
            edits.extend(cells.filter_map(|cell| digits_edit(&page, cell, old, new)));
        }
        edits
    }
}

/// Adapts `written`, a path to `target`, to the form of the path `named`, which also leads there: a site may leave out the
/// extension, or have another one.
fn with_extension_of(named: &Path, target: &Path, written: String) -> String {
    let other = named.extension().filter(|_| named.with_extension("md") == target);
    let bare = written.strip_suffix(".md").map(str::to_owned);
    match (other.and_then(|other| other.to_str()), bare) {
        (Some(other), Some(bare)) => format!("{bare}.{other}"),
        (None, Some(bare)) => bare,
        (_, None) => written,
    }
}

/// Definitions by label, each with the reference that it is.
type Definitions<'a> = HashMap<String, (&'a Definition, &'a Reference)>;

/// Returns the definitions in `proposal` whose targets are known, by label.
fn definitions<'a>(proposal: &'a Proposal<'_>) -> Definitions<'a> {
    let references: HashMap<Span, &Reference> =
        proposal.references().iter().map(|reference| (reference.span, reference)).collect();
    let known = proposal.links().definitions.iter().rev();
    known.filter_map(|known| Some((fold_label(&known.label), (known, *references.get(&known.span)?)))).collect()
}

/// Whether the label of `definition` is defined again after it, so that the other definition would count without this one.
fn is_defined_again(text: &Text, definition: &Definition) -> bool {
    let rest = text.slice(Span::new(definition.span.end, text.end()));
    let labels = rest.match_indices("]:").filter_map(|(end, _)| Some(&rest[rest[..end].rfind('[')? + 1..end]));
    let own = fold_label(&definition.label);
    labels.into_iter().any(|label| fold_label(label) == own)
}

/// Returns the span of the label in `definition`.
fn label_span(text: &Text, definition: &Definition) -> Option<Span> {
    let end = text.slice(definition.span).find("]:")?;
    Some(Span::of_range(definition.span.start, 1..end))
}

/// Returns the edits of those of `numbers` that are `old`.
fn edits_in(proposal: &Proposal<'_>, numbers: Vec<Reference>, old: &str, new: &str) -> Vec<Edit> {
    numbers.into_iter().filter_map(|number| digits_edit(proposal, number.target?, old, new)).collect()
}

/// Returns the edits of the number `old` in the label at `place`, where a word has to precede it.
fn edits_of_label(proposal: &Proposal<'_>, place: Span, old: &str, new: &str) -> Vec<Edit> {
    let label = proposal.text().slice(place).into_owned();
    let is_digit = |sign: char| sign.is_ascii_digit();
    let is_behind_word = |at: usize| {
        let before = label[..at].trim_end_matches(['-', '_', ' ', '#']);
        before.ends_with(char::is_alphabetic) && !label[at..].is_empty()
    };
    let starts = label.match_indices(is_digit).map(|(at, _)| at).filter(|at| !label[..*at].ends_with(is_digit));
    let number = |at: usize| {
        Span::of_range(place.start, at..at + label[at..].find(|sign| !is_digit(sign)).unwrap_or(label.len() - at))
    };
    let numbers = starts.filter(|at| is_behind_word(*at)).map(number);
    numbers.filter_map(|span| digits_edit(proposal, span, old, new)).collect()
}

/// Returns the edit of the digits at `span` from `old` to `new`, if `old` is there.
fn digits_edit(proposal: &Proposal<'_>, span: Span, old: &str, new: &str) -> Option<Edit> {
    let digits = proposal.text().slice(span);
    let is_old = digits.trim_start_matches('0') == old && !digits.is_empty();
    is_old.then(|| {
        let width = if digits.starts_with('0') { digits.len() } else { 0 };
        Edit { span, content: format!("{new:0>width$}") }
    })
}

#[cfg(test)]
mod tests;
