//! Whether front matter is YAML.

use saphyr_parser::Parser;

use crate::text::{Offset, Span, Text};

/// Why a text is no YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// From the place that the parser stumbled at to the end of its line.
    pub span: Span,
    /// The parser's words.
    pub message: String,
}

/// Front matter over this many bytes is not read: it is a few lines, and this runs at every keystroke.
const MAX_BYTES: usize = 64 * 1024;

/// The first error in the front matter at `front_matter`, fences and all.
pub fn yaml_error(text: &Text, front_matter: Span) -> Option<YamlError> {
    let (first, last) = (text.line_at(front_matter.start), text.line_at(front_matter.end));
    let last = if text.line_start(last) == front_matter.end { last.saturating_sub(1) } else { last };
    let content = Span::new(text.line_start(first + 1), text.line_start(last));
    let source = text.slice(content);
    if source.len() > MAX_BYTES {
        return None;
    }
    let error = Parser::new_from_str(&source).find_map(Result::err)?;
    // The parser counts characters.
    let index = source.char_indices().map(|(at, _)| at).nth(error.marker().index()).unwrap_or(source.len());
    let at = text.trim_end(Span::new(content.start, content.start + index)).end;
    let at = if index < source.len() { content.start + index } else { at };
    Some(YamlError { span: rest_of_line(text, at), message: error.info().to_owned() })
}

/// What stands from `at` to the end of its line; the whole line where that is nothing.
fn rest_of_line(text: &Text, at: Offset) -> Span {
    let line = text.line_span_at(at);
    let rest = text.trim_end(Span::new(at, line.end));
    if rest.is_empty() { text.trim_end(Span::new(text.skip_blanks(line.start).min(line.end), line.end)) } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Option<&str>) {
        let text = Text::new(source);
        let error = yaml_error(&text, text.span());
        assert_eq!(error.map(|error| text.slice(error.span).into_owned()).as_deref(), expected, "{source}");
    }

    #[test]
    fn an_error_has_its_place() {
        check("---\ntitle: 💡 a: b\nstatus: x\n---\n", Some(": b"));
        check("---\r\nauthor: @name\r\n---\r\n", Some("@name"));
        check("---\ntitle: [a\n---\n", Some("title: [a"));
        check("---\ntitle: \"a\n---", Some("\"a"));
    }

    #[test]
    fn yaml_has_none() {
        check("---\ntitle: \"a: b\"\nlist:\n- a\n- {b: c}\ntext: >\n  long: er\n---\n", None);
        check("---\n---\n", None);
        check("---\n# only a comment\n...\n", None);
    }
}
