//! What stands between the fences of front matter, and what may be wrong there.

use crate::text::{Offset, Span, Text};

/// A place where front matter is not what its fences say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterError {
    /// From the place that the parser stumbled at to the end of its line.
    pub span: Span,
    /// What it should be: YAML or TOML.
    pub format: &'static str,
    /// The parser's words.
    pub message: String,
}

/// Front matter over this many bytes is not read: it is a few lines, and this runs at every keystroke.
const MAX_BYTES: usize = 64 * 1024;

/// What is between the fences of the front matter at `front_matter`; none where that is too much to be read.
pub(super) fn inside(text: &Text, front_matter: Span) -> Option<Span> {
    let (first, last) = (text.line_at(front_matter.start), text.line_at(front_matter.end));
    let last = if text.line_start(last) == front_matter.end { last.saturating_sub(1) } else { last };
    let content = Span::new(text.line_start(first + 1), text.line_start(last));
    (content.len() <= MAX_BYTES).then_some(content)
}

/// What stands from `at` to the end of its line; the whole line where that is nothing.
pub(super) fn rest_of_line(text: &Text, at: Offset) -> Span {
    let line = text.line_span_at(at);
    let rest = text.trim_end(Span::new(at, line.end));
    if rest.is_empty() { text.trim_end(Span::new(text.skip_blanks(line.start).min(line.end), line.end)) } else { rest }
}
