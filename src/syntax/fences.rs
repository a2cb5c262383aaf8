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

/// Returns the span between the fences of the front matter at `front_matter`, or `None` if it is too large to be read.
pub(super) fn inside(text: &Text, front_matter: Span) -> Option<Span> {
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
