//! Completion of references: numbers of proposals, paths and anchors of links, labels.

use std::collections::HashMap;

use super::item::{Completion, CompletionKind};
use super::request::Line;
use crate::document::{Neighbor, Proposal, Surroundings, Writing, decoded};
use crate::features::snippet::plain_snippet;
use crate::syntax::BlockKind;
use crate::text::{Edit, Span};

/// The maximum number of completions at once; typing more narrows them down.
pub const MAX: usize = 200;

/// What is being typed before the cursor, and where in the line it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Typed<'a> {
    /// A file name after `folder`, which is empty or ends in `/`; in angle brackets or not.
    Path { folder: &'a str, start: usize, is_bracketed: bool },
    /// An anchor in the file at `path`, or in the document itself if `path` is empty.
    Anchor { path: &'a str, start: usize },
    /// The label of a reference link.
    Label { start: usize },
    /// The digits after the prefix of a proposal's number.
    Number { start: usize },
}

/// Returns what can stand at the cursor if that is in a link or after the prefix of a number, and `None` elsewhere.
pub(super) fn complete(proposal: &Proposal<'_>, line: &Line) -> Option<Vec<Completion>> {
    let text = proposal.text();
    let block = proposal.document.blocks().at(text, line.offset).map(|block| block.kind);
    if matches!(block, Some(BlockKind::Fence | BlockKind::IndentedCode | BlockKind::Html)) {
        return None;
    }
    let source = text.slice(line.span);
    let at = line.offset - line.span.start;
    let before = source.get(..at)?;
    let place = place(before, prefix(proposal))?;
    let (start, ends): (usize, &[char]) = match place {
        Typed::Path { start, is_bracketed: true, .. } => (start, &['#', '>', '/']),
        Typed::Path { start, .. } => (start, &[')', '#', ' ', '\t', '/']),
        Typed::Anchor { start, .. } => (start, &[')', '>', ' ', '\t']),
        Typed::Label { start } => (start, &[']', '[']),
        Typed::Number { start } => (start, &[]),
    };
    let rest = &source[at..];
    let end = match ends {
        [] => rest.find(|character: char| !character.is_ascii_digit()),
        ends => rest.find(ends),
    };
    // An unclosed link ends at the cursor, whatever prose follows.
    let is_closed = end.is_some_and(|end| !rest[end..].starts_with([' ', '\t'])) || ends.is_empty();
    let end = at + end.filter(|_| is_closed).unwrap_or(if ends.is_empty() { rest.len() } else { 0 });
    let edit = Span::of_range(line.span.start, start..end);
    let surroundings = proposal.surroundings();
    let found = match place {
        Typed::Path { folder, is_bracketed, .. } => {
            let writing = if is_bracketed { Writing::in_brackets() } else { Writing::default() };
            let is_image = is_of_image(before);
            surroundings.map(|around| paths(around, &decoded(folder), is_image, &before[start..], edit, writing))
        }
        Typed::Anchor { path, .. } => surroundings.map(|around| anchors(around, &decoded(path), edit)),
        Typed::Label { .. } => Some(labels(proposal, edit)),
        Typed::Number { .. } => surroundings.map(|around| numbers(proposal, around, &before[start..], edit)),
    };
    Some(found.unwrap_or_default())
}

fn prefix<'a>(proposal: &Proposal<'a>) -> Option<&'a str> {
    proposal.template.title.as_ref()?.prefix.as_deref()
}

fn place<'a>(before: &'a str, prefix: Option<&str>) -> Option<Typed<'a>> {
    if before.matches('`').count() % 2 == 1 {
        return None;
    }
    // The destination of an inline link, or of a link reference definition.
    let inline = before.rfind("](").map(|at| at + "](".len());
    let definition = before.trim_start().starts_with('[').then(|| before.find("]: ").map(|at| at + "]: ".len()));
    let open = inline.filter(|at| !before[*at..].contains(')')).or(definition.flatten());
    if let Some(start) = open {
        let is_bracketed = before[start..].starts_with('<');
        return destination(before, start + usize::from(is_bracketed), is_bracketed);
    }
    if let Some(at) = before.rfind("][").filter(|at| !before[at + 2..].contains(']')) {
        return Some(Typed::Label { start: at + "][".len() });
    }
    let digits = before.trim_end_matches(|character: char| character.is_ascii_digit());
    let is_word = |rest: &str| !rest.ends_with(|last: char| last.is_alphanumeric() || last == '-');
    let is_number = digits.strip_suffix(prefix.filter(|prefix| !prefix.is_empty())?).is_some_and(is_word);
    is_number.then_some(Typed::Number { start: digits.len() })
}

fn destination(before: &str, start: usize, is_bracketed: bool) -> Option<Typed<'_>> {
    let written = &before[start..];
    if written.contains([':', '>']) || !is_bracketed && written.contains(' ') || written.starts_with('/') {
        return None;
    }
    Some(match written.split_once('#') {
        Some((path, _)) => Typed::Anchor { path, start: start + path.len() + 1 },
        None => {
            let name = written.rfind('/').map_or(0, |slash| slash + 1);
            Typed::Path { folder: &written[..name], start: start + name, is_bracketed }
        }
    })
}

fn completion(label: String, detail: Option<String>, edit: Edit, kind: CompletionKind) -> Completion {
    let filter = label.clone();
    Completion { label, detail, edit, kind, filter, documentation: None, snippet: None, is_likely: false, about: None }
}

/// Whether the destination at the end of `before` belongs to an image.
fn is_of_image(before: &str) -> bool {
    let shown = before.rfind("](").map_or("", |at| &before[..at]);
    shown.rfind('[').is_some_and(|open| shown[..open].ends_with('!'))
}

fn paths(
    around: &dyn Surroundings,
    folder: &str,
    is_image: bool,
    written: &str,
    span: Span,
    writing: Writing,
) -> Vec<Completion> {
    let typed = decoded(written);
    let proposals = around.proposals_in(folder).into_iter();
    let proposals: HashMap<String, Neighbor> = proposals.map(|neighbor| (neighbor.name.clone(), neighbor)).collect();
    let mut names = if is_image { around.images_in(folder) } else { around.files_in(folder) };
    names.retain(|name| name.starts_with(&typed));
    names.sort();
    let completion = |name: String| {
        let proposal = proposals.get(&name);
        let edit = Edit { span, content: writing.write(&name) };
        // The typed text may be percent-encoded.
        let filter = if typed == written { name.clone() } else { edit.content.clone() };
        let title = proposal.map(|proposal| proposal.facts.title.clone());
        let about = proposal.map(|proposal| proposal.file.clone());
        let snippet = plain_snippet(&edit.content);
        Completion { about, filter, snippet, ..completion(name, title, edit, CompletionKind::File) }
    };
    names.into_iter().take(MAX).map(completion).collect()
}

fn anchors(around: &dyn Surroundings, path: &str, span: Span) -> Vec<Completion> {
    let headings = around.headings(Some(path).filter(|path| !path.is_empty()));
    let completion = |(anchor, heading): (String, String)| {
        let edit = Edit { span, content: anchor.clone() };
        completion(anchor, Some(heading), edit, CompletionKind::Anchor)
    };
    headings.into_iter().take(MAX).map(completion).collect()
}

fn labels(proposal: &Proposal<'_>, span: Span) -> Vec<Completion> {
    let completion = |definition: &crate::syntax::Definition| {
        let label = definition.label.clone();
        let edit = Edit { span, content: label.clone() };
        let snippet = plain_snippet(&label);
        Completion { snippet, ..completion(label, Some(definition.destination.clone()), edit, CompletionKind::Anchor) }
    };
    proposal.links().definitions.iter().take(MAX).map(completion).collect()
}

fn numbers(proposal: &Proposal<'_>, around: &dyn Surroundings, typed: &str, span: Span) -> Vec<Completion> {
    let prefix = prefix(proposal).unwrap_or_default();
    let number = |neighbor: &Neighbor| {
        let number = neighbor.facts.number.as_deref()?.trim_start_matches('0').to_owned();
        (number.starts_with(typed.trim_start_matches('0')) && Some(neighbor.file.as_path()) != proposal.file())
            .then_some(number)
    };
    let neighbors = around.proposals_in("").into_iter();
    let mut found: Vec<_> = neighbors.filter_map(|neighbor| Some((number(&neighbor)?, neighbor))).collect();
    found.sort_by_key(|(number, _)| (number.len(), number.clone()));
    let completion = |(number, neighbor): (String, Neighbor)| {
        let title = proposal.title_of(&neighbor.facts).to_owned();
        let edit = Edit { span, content: number.clone() };
        let completion = completion(format!("{prefix}{number}"), Some(title), edit, CompletionKind::Proposal);
        // Only the digits are replaced.
        Completion { filter: number, about: Some(neighbor.file), ..completion }
    };
    found.into_iter().take(MAX).map(completion).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, expected: Option<Typed<'_>>) {
        assert_eq!(place(before, Some("VIP-")), expected, "{before}");
    }

    fn path(folder: &str, start: usize, is_bracketed: bool) -> Typed<'_> {
        Typed::Path { folder, start, is_bracketed }
    }

    #[test]
    fn what_is_being_written_tells_what_can_stand_there() {
        check("💡 [a](", Some(path("", 9, false)));
        check("[a](b.md) [c](../d/e", Some(path("../d/", 19, false)));
        check("[a](<b", Some(path("", 5, true)));
        check("[a](<b c/d e", Some(path("b c/", 9, true)));
        check("[a](b%20c/", Some(path("b%20c/", 10, false)));
        check("[a]: b", Some(path("", 5, false)));
        check("[a](#", Some(Typed::Anchor { path: "", start: 5 }));
        check("[a](b.md#c", Some(Typed::Anchor { path: "b.md", start: 9 }));
        check("[a][", Some(Typed::Label { start: 4 }));
        check("see VIP-", Some(Typed::Number { start: 8 }));
        check("(VIP-1", Some(Typed::Number { start: 5 }));
        for elsewhere in
            ["[a](b) ", "[a](b \"t", "[a](https://", "[a](/b", "`[a](", "XVIP-", "VIP", "[a]", "A VIP-7 ", "[a][b] c"]
        {
            check(elsewhere, None);
        }
    }
}
