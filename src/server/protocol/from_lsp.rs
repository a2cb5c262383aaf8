//! Conversion from LSP types.

use std::path::PathBuf;

use tower_lsp::lsp_types::{
    self as lsp, CompletionContext, CompletionTriggerKind, InitializeParams, NumberOrString,
    TextDocumentContentChangeEvent, Url,
};

use crate::features::actions::Target;
use crate::features::completion::Trigger;
use crate::rules::rule;
use crate::syntax::Editing;
use crate::text::{Edit, Encoding, Offset, Position, Span, Text};
use crate::workspace::DocumentId;

/// Returns the document that `uri` names: a file, or something that exists only in the editor.
pub(in crate::server) fn id(uri: &Url) -> DocumentId {
    match file(uri) {
        Some(path) => DocumentId::file(&path),
        None => DocumentId::Other(uri.to_string()),
    }
}

/// Returns the path of a `file:` URI.
pub(in crate::server) fn file(uri: &Url) -> Option<PathBuf> {
    (uri.scheme() == "file").then(|| uri.to_file_path().ok()).flatten()
}

pub(in crate::server) fn offset(text: &Text, position: lsp::Position, encoding: Encoding) -> Offset {
    text.offset(Position { line: position.line, column: position.character }, encoding)
}

pub(in crate::server) fn span(text: &Text, range: lsp::Range, encoding: Encoding) -> Span {
    Span::new(offset(text, range.start, encoding), offset(text, range.end, encoding))
}

/// Returns what actions are asked for: a `range`, and those of the client's diagnostics that are in its lines. Neovim names all of
/// the cursor's line, where its user sees their messages.
pub(in crate::server) fn target(
    text: &Text,
    range: lsp::Range,
    known: &[lsp::Diagnostic],
    encoding: Encoding,
) -> Target {
    let is_near =
        |found: &&lsp::Diagnostic| found.range.start.line <= range.end.line && range.start.line <= found.range.end.line;
    let named = |found: &lsp::Diagnostic| match &found.code {
        Some(NumberOrString::String(id)) => Some((span(text, found.range, encoding), rule(id)?.id)),
        _ => None,
    };
    Target { span: span(text, range, encoding), known: known.iter().filter(is_near).filter_map(named).collect() }
}

/// Applies `change` to `edits`; its range refers to the text after the changes before it.
pub(in crate::server) fn change(edits: &mut Editing, change: TextDocumentContentChangeEvent, encoding: Encoding) {
    match change.range {
        Some(range) => {
            let span = span(edits.text(), range, encoding);
            edits.apply(&Edit { span, content: change.text });
        }
        None => edits.replace_all(&change.text),
    }
}

pub(in crate::server) fn trigger(context: Option<&CompletionContext>) -> Trigger {
    let character = context
        .filter(|context| context.trigger_kind == CompletionTriggerKind::TRIGGER_CHARACTER)
        .and_then(|context| context.trigger_character.as_ref()?.chars().next());
    character.map_or(Trigger::Invoked, Trigger::Character)
}

/// Returns the folders of the workspace, from whichever of the three fields the client fills.
#[expect(deprecated, reason = "older clients have nothing but rootUri or rootPath")]
pub(in crate::server) fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    match (&params.workspace_folders, &params.root_uri, &params.root_path) {
        (Some(folders), _, _) if !folders.is_empty() => folders.iter().filter_map(|folder| file(&folder.uri)).collect(),
        (_, Some(uri), _) => file(uri).into_iter().collect(),
        (_, None, Some(path)) if !path.is_empty() => vec![PathBuf::from(path)],
        _ => Vec::new(),
    }
}
