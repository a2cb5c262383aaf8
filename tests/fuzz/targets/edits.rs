//! Edits of an open document. The input is its text, `\0`, and edits: each has three bytes, which say where it starts, how much it
//! replaces, and how much of what follows it puts in.

use std::sync::Arc;

use vip_lsp::document::Document;
use vip_lsp::text::{Edit, Offset, Span};
use vip_lsp::workspace::{DocumentId, Workspace};

use super::sameness::check_same;

/// How many edits there are at most.
const MOST: usize = 32;

pub(crate) fn run(input: &[u8]) {
    let (content, mut edits) = input.split_at(input.iter().position(|byte| *byte == 0).unwrap_or(input.len()));
    edits = edits.get(1..).unwrap_or_default();
    let workspace = Workspace::default();
    let id = DocumentId::file(std::path::Path::new("/nowhere/vip-7.md"));
    let mut document = Arc::new(Document::open(&String::from_utf8_lossy(content)));
    for _ in 0..MOST {
        let [start, length, new, rest @ ..] = edits else { break };
        let (put_in, rest) = rest.split_at(rest.len().min(usize::from(*new)));
        edits = rest;
        let mut editing = document.edit();
        let text = editing.text().clone();
        // The whole text is within reach.
        let at = text.floor(Offset::new(usize::from(*start) * (text.len() + 1) / 256));
        let end = text.floor(Offset::new((at.get() + usize::from(*length)).min(text.len())));
        editing.apply(&Edit { span: Span::new(at, end), content: String::from_utf8_lossy(put_in).into_owned() });
        document = Arc::new(Document::edited(editing));
        workspace.put(id.clone(), document.clone());
        check_same(&workspace, &id, &document, &|| format!("after {put_in:?} at {at:?}..{end:?}"));
    }
}
