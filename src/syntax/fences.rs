//! The content between the fences of front matter, and errors in it.

use crate::text::{Offset, Span, Text};

/// An error in front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterError {
    /// From the place of the error to the end of its line.
    pub span: Span,
    /// The expected format: YAML or TOML.
    pub format: &'static str,
    /// The message of the parser.
    pub message: String,
}

/// The largest front matter, in bytes, that is read. Front matter is normally a few lines, and this runs at every
/// keystroke.
const MAX_BYTES: usize = 64 * 1024;

/// Whether the metadata at `front_matter` is a file of its own, without fences.
pub(super) fn is_bare(text: &Text, front_matter: Span) -> bool {
    let line = |offset: Offset| text.slice(text.line_span_at(offset));
    let source = text.trim_end(front_matter);
    let is_fence = |line: &str| matches!(line.trim_start_matches('\u{feff}').trim_end(), "---" | "..." | "+++");
    let is_one_line = text.line_at(source.start) == text.line_at(source.end);
    is_one_line || !is_fence(&line(source.start)) || !is_fence(&line(source.end))
}

/// Returns the span between the fences of the front matter at `front_matter`, or all of it if it has none. `None` if it is too large
/// to be read.
pub(super) fn inside(text: &Text, front_matter: Span) -> Option<Span> {
    if is_bare(text, front_matter) {
        return (front_matter.len() <= MAX_BYTES).then_some(front_matter);
    }
    let (first, last) = (text.line_at(front_matter.start), text.line_at(front_matter.end));
    let last = if text.line_start(last) == front_matter.end { last.saturating_sub(1) } else { last };
    let content = Span::new(text.line_start(first + 1), text.line_start(last));
    (content.len() <= MAX_BYTES).then_some(content)
}

/// Returns the text from `at` to the end of its line, or the whole line if nothing is left of it.
pub(super) fn rest_of_line(text: &Text, at: Offset) -> Span {
    let line = text.line_span_at(at);
    let rest = text.trim_end(Span::new(at, line.end));
    if rest.is_empty() { text.trim_end(Span::new(text.skip_blanks(line.start).min(line.end), line.end)) } else { rest }
}
