//! Keys and values on lines of their own, `Key: value`: in paragraphs, in `<pre>`, and in code blocks.

use super::entries::{item_content, split_key};
use super::{Block, BlockKind, Entry, fold};
use crate::letters::{is_ideograph, is_word_part};
use crate::terms::{self, Meaning};
use crate::text::{Span, Text};

/// The lines of a block as keys and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The keys with their values, in order.
    pub entries: Vec<Entry>,
    /// Whether each line is a key with its value, or continues the value above it.
    pub is_whole: bool,
}

/// The maximum number of words in a key that is not in a list or table.
const KEY_WORDS: usize = 4;

/// The maximum number of signs in such a key, in a script without spaces.
const KEY_SIGNS: usize = 10;

/// The languages of code blocks that may have keys and values.
const LANGUAGES: [&str; 7] = ["", "ini", "properties", "text", "txt", "yaml", "yml"];

/// The signs that separate entries on one line.
const DIVIDERS: [char; 10] = ['|', '·', '•', '｜', ';', '/', '–', '—', ',', '>'];

/// The marks of a hard line break at the end of a line (CommonMark 6.7), and its HTML equivalents.
const BREAKS: [&str; 4] = ["\\", "<br>", "<br/>", "<br />"];

impl Header {
    /// Reads the lines of `block`: a paragraph, a quote, code, or HTML that starts with `<pre`. The result is empty for any other
    /// block.
    pub fn of(text: &Text, block: Block) -> Header {
        match block.kind {
            BlockKind::Paragraph | BlockKind::Quote => Header::read(text, block.span),
            BlockKind::IndentedCode => Header::read(text, block.span),
            BlockKind::Fence => inside_fence(text, block.span).map(|span| Header::read(text, span)).unwrap_or_default(),
            BlockKind::Html => inside_pre(text, block.span).map(|span| Header::read(text, span)).unwrap_or_default(),
            _ => Header::default(),
        }
    }

    fn read(text: &Text, span: Span) -> Header {
        let mut header = Header { entries: Vec::new(), is_whole: true };
        let mut indent = None;
        for line in text.line_at(span.start)..=text.line_at(span.end) {
            let whole = text.line_span(line);
            let line = Span::new(whole.start.max(span.start), whole.end.min(span.end));
            let source = text.slice(line);
            let own = source.len() - source.trim_start().len();
            let is_deeper = indent.is_some_and(|indent| own > indent);
            let is_low = |entry: &Entry| entry.key.starts_with(char::is_lowercase);
            let is_other = |entry: &Entry| is_low(entry) && header.entries.first().is_some_and(|first| !is_low(first));
            match entry(&source, line).filter(|entry| !is_deeper && !is_other(entry)) {
                Some(first) => {
                    indent = indent.or(Some(own));
                    header.entries.extend(divided(&source, line, first));
                }
                None if is_blank(&source) => {}
                None => {
                    let is_item = item_content(&source).is_some();
                    let is_open = header.entries.last().is_some_and(|last| {
                        goes_on(&text.slice(Span::new(last.value.start, line.start.max(last.value.start))))
                    });
                    header.is_whole &= !header.entries.is_empty() && (is_deeper || is_item || is_open);
                    if let Some(last) = header.entries.last_mut() {
                        last.span = Span::new(last.span.start, line.end);
                    }
                }
            }
        }
        header.is_whole &= !header.entries.is_empty();
        header
    }
}

/// Whether a line of a quote or a paragraph has no content: a blank line, or the mark of an alert, `[!NOTE]`.
fn is_blank(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
    bare.is_empty() || bare.starts_with("[!") && bare.ends_with(']')
}

/// Returns the entries of the line `source` at `line`. `first` is the one at its start; others may follow a separator, as in
/// `**Status:** Draft | **Date:** today`.
fn divided(source: &str, line: Span, first: Entry) -> Vec<Entry> {
    let mut entries = vec![first];
    for (at, sign) in source.match_indices(DIVIDERS) {
        let behind = at + sign.len();
        let at = if sign == ">" { source[..behind].trim_end_matches(|last| "< br/>".contains(last)).len() } else { at };
        if sign == ">" && !BREAKS.iter().any(|tag| source[at..behind].trim_start() == *tag) {
            continue;
        }
        let rest = line.start + behind;
        let last = entries.last_mut().expect("there is the first");
        if rest <= last.value.start {
            continue;
        }
        let Some(next) = entry(&source[behind..], Span::new(rest, line.end)) else { continue };
        // A value may contain separators and colons, too.
        let is_marked = |entry: &Entry| entry.content < entry.key_span.start;
        if is_marked(&next) && is_marked(last) || terms::kind_of_key(&fold(&next.key)).is_some() {
            let value = source[last.value.start - line.start..at].trim_end().len();
            last.value = Span::new(last.value.start, last.value.start + value);
            last.span = Span::new(last.span.start, last.value.end);
            entries.push(Entry { span: Span::new(next.content, line.end), ..next });
        }
    }
    entries
}

fn entry(source: &str, line: Span) -> Option<Entry> {
    // In a quote, each line has a mark before it.
    let content = source.len() - source.trim_start_matches([' ', '\t', '>', '\u{a0}', '\u{3000}']).len();
    let (key, after) = split_key(&source[content..])?;
    let (key, after) = (content + key.start..content + key.end, content + after);
    let rest = &source[after..];
    // A value that is still to come may have the mark of a line break in its place.
    let is_divided =
        without_break(rest).is_empty() || rest.starts_with([' ', '\t', '\u{a0}']) || !source[..after].ends_with(':');
    if !is_divided || !is_key(&source[key.clone()]) {
        return None;
    }
    let start = after + (rest.len() - rest.trim_start().len());
    let value = start..start.max(without_break(source).len());
    Some(Entry {
        key: source[key.clone()].to_owned(),
        content: line.start + content,
        key_span: Span::of_range(line.start, key),
        value: Span::of_range(line.start, value),
        scalar: None,
        span: line,
    })
}

/// Whether `value` continues on the next line: it has an open parenthesis, or ends in a comma or a conjunction.
fn goes_on(value: &str) -> bool {
    let value = value.trim_end();
    let count = |sign| value.matches(sign).count();
    let is_open = count('(') > count(')') || count('（') > count('）');
    is_open || value.ends_with([',', '&', '，', '、']) || value.ends_with(" and")
}

/// Returns `line` without the mark of a line break and white space at its end.
pub fn without_break(line: &str) -> &str {
    let line = line.trim_end();
    BREAKS.iter().find_map(|end| line.strip_suffix(end)).unwrap_or(line).trim_end()
}

fn is_key(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_part = |sign: char| is_word_part(sign) || " -/()_.#&'’+（）·、\u{a0}".contains(sign);
    name.starts_with(|first: char| first.is_alphabetic() || first == '+')
        && name.chars().all(is_part)
        && !name.contains(". ")
        && name.split_whitespace().count() <= KEY_WORDS
        && (name.is_ascii() || name.chars().filter(|sign| is_ideograph(*sign)).count() <= KEY_SIGNS)
        && !terms::is(&lower, Meaning::Remark)
}

/// Returns the text between the fences of `block`, unless its language does not have keys and values.
fn inside_fence(text: &Text, block: Span) -> Option<Span> {
    let fence = text.slice(text.line_span_at(block.start));
    let language = fence.trim_start_matches([' ', '`', '~']).split_whitespace().next().unwrap_or_default();
    if !LANGUAGES.contains(&language.to_lowercase().as_str()) {
        return None;
    }
    let (first, last) = (text.line_at(block.start), text.line_at(block.end));
    let source = text.slice(text.line_span(last));
    let is_closed = last > first && ["```", "~~~"].iter().any(|fence| source.trim_start().starts_with(fence));
    let end = if is_closed { text.line_start(last) } else { block.end };
    Some(Span::new(text.line_start(first + 1).min(end), end))
}

/// Returns the content of the element `<pre>` that starts `block`.
fn inside_pre(text: &Text, block: Span) -> Option<Span> {
    let source = text.slice(block);
    let start = source.len() - source.trim_start().len();
    let name = source[start..].get(.."<pre".len())?;
    if !name.eq_ignore_ascii_case("<pre") {
        return None;
    }
    let open = start + source[start..].find('>')? + 1;
    let close = source.to_ascii_lowercase().find("</pre").unwrap_or(source.len()).max(open);
    Some(Span::of_range(block.start, open..close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::blocks;

    fn check(source: &str, is_whole: bool, expected: &[(&str, &str)]) {
        let text = Text::new(source);
        let block = blocks(&text).list[0];
        let header = Header::of(&text, block);
        let found: Vec<_> = header.entries.iter().map(|entry| (entry.key.as_str(), text.slice(entry.value))).collect();
        let expected: Vec<_> = expected.iter().map(|(key, value)| (*key, (*value).into())).collect();
        assert_eq!((found, header.is_whole), (expected, is_whole), "{source}");
        for entry in &header.entries {
            assert_eq!(text.slice(entry.key_span), entry.key, "{source}");
        }
    }

    #[test]
    fn lines_of_a_paragraph_are_keys_and_values_however_they_are_marked_and_broken() {
        let expected = [("Status", "Draft 💡"), ("Author(s)", "A. Author"), ("Date", "")];
        for lines in [
            "Status: Draft 💡\nAuthor(s): A. Author\nDate:\n",
            "**Status**: Draft 💡  \n**Author(s)**: A. Author  \n**Date**:",
            "**Status:** Draft 💡\\\n**Author(s):** A. Author\\\n**Date:**\n",
            "_Status_: Draft 💡<br>\n*Author(s)*: A. Author<br/>\n__Date__:\n",
            "**Status :** Draft 💡\r\nAuthor(s) : A. Author\r\n**Date**\u{a0}:\r\n",
        ] {
            check(lines, true, &expected);
        }
        for end in ["\\", "<br>", "  "] {
            let lines = format!("Status: Draft{end}\nDate:{end}\nAuthor: A. Author\n");
            check(&lines, true, &[("Status", "Draft"), ("Date", ""), ("Author", "A. Author")]);
        }
        check("状态：提议\n日期：今天\n", true, &[("状态", "提议"), ("日期", "今天")]);
        check("Author: A. Author,\n  B. Author\nDate: x\n", true, &[("Author", "A. Author,"), ("Date", "x")]);
    }

    #[test]
    fn a_value_goes_on_where_it_is_not_at_an_end() {
        for lines in [
            "Author: A. Author (with input from B. Author and\nothers)\nDate: x\n",
            "Author: A. Author (with input\nfrom others)\nDate: x\n",
            "Author: A. Author（with input\nfrom others）\nDate: x\n",
            "Author: A. Author,\nB. Author\nDate: x\n",
            "Author: A. Author and\nB. Author\nDate: x\n",
        ] {
            let text = Text::new(lines);
            let header = Header::of(&text, blocks(&text).list[0]);
            assert!(header.is_whole && header.entries.len() == 2, "{lines}");
        }
        check("Author: A. Author\nwrote this.\n", false, &[("Author", "A. Author")]);
    }

    #[test]
    fn prose_is_no_key_and_no_value() {
        check("Status: Draft\nand some prose: here\n", false, &[("Status", "Draft")]);
        for prose in [
            "Here is what it is all about: a cache.\n",
            "Note: this is so.\n",
            "At 12:30, we met.\n",
            "See https://example.org/x\n",
            "It is so. But: a cache\n",
            "a::b\n",
            "Fast; slow: a cache\n",
            "3 of 4: a cache\n",
            "以下是本提案所涉及的全部背景说明：缓存。\n",
            "注意：缓存。\n",
            "Hinweis: das ist so.\n",
        ] {
            check(prose, false, &[]);
        }
    }

    #[test]
    fn lines_in_pre_and_in_code() {
        let expected = [("BIP", "2"), ("Title", "A"), ("Comments-URI", "x")];
        let lines = "  BIP: 2\n  Title: A\n         b\n  Comments-URI: x\n";
        check(&format!("<pre>\n{lines}</pre>\n"), true, &expected);
        check("<pre class=\"x\">BIP: 2\nTitle: A\n  b: c\nComments-URI: x</pre>\n", true, &expected);
        check(&format!("```yaml\n{lines}```\n"), true, &expected);
        check(&format!("~~~\n{lines}"), true, &expected);
        check("    BIP: 2\n    Title: A\n      b\n    Comments-URI: x\n", true, &expected);
        check("```\nAuthors:\n- A. Author\nDate: x\n```\n", true, &[("Authors", ""), ("Date", "x")]);
        for other in ["```rust\nlet a: b = c;\n```\n", "<pre></pre>\n", "```\n```\n", "<div>\nA: b\n</div>\n"] {
            let text = Text::new(other);
            assert!(!Header::of(&text, blocks(&text).list[0]).is_whole, "{other}");
        }
    }
}
