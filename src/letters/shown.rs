//! Untrusted text made safe to print: characters that would move the cursor, color a terminal or start another line are shown as
//! visible signs.

use std::borrow::Cow;
use std::path::Path;

/// Returns `text` on one line, with a visible sign for each control character, such as `␛`.
pub fn shown(text: &str) -> Cow<'_, str> {
    show(text, |_| false)
}

/// Returns `text` with a visible sign for each control character except line feeds and tabs.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    show(text, |character| matches!(character, '\n' | '\t'))
}

/// Returns `path` on one line, with a visible sign for each control character.
pub fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy()).into_owned()
}

/// Returns `text`, which is JSON, with an escape for each character that JSON allows but a terminal must not receive.
pub fn in_json(text: &str) -> Cow<'_, str> {
    let is_hidden = |character: char| character >= '\u{7f}' && is_hidden(character);
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match is_hidden(character) {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(character))),
            false => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// Whether a terminal would act on `character` or show it elsewhere, rather than just show it.
fn is_hidden(character: char) -> bool {
    character.is_control() || turns(character)
}

fn show(text: &str, is_kept: fn(char) -> bool) -> Cow<'_, str> {
    let is_hidden = |character: char| is_hidden(character) && !is_kept(character);
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            character if !is_hidden(character) => shown.push(character),
            // Unicode has pictures of the ASCII control characters (Control Pictures).
            '\u{7f}' => shown.push('␡'),
            character => match char::from_u32(0x2400 + u32::from(character)).filter(|_| character < ' ') {
                Some(picture) => shown.push(picture),
                None => shown.push_str(&format!("<U+{:04X}>", u32::from(character))),
            },
        }
    }
    Cow::Owned(shown)
}

/// Whether `character` changes the direction of what follows, so that the text reads differently from what it is (Unicode,
/// Bidi_Control), or starts a line as a line feed does.
fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown() {
        assert!(matches!(shown("a 💡 é ا"), Cow::Borrowed(_)));
        assert_eq!(shown("a\u{1b}[31mb\r\n::error::\t\u{7f}\u{9b}\0"), "a␛[31mb␍␊::error::␉␡<U+009B>␀");
        assert_eq!(shown("a\u{202e}b\u{2066}\u{2028}"), "a<U+202E>b<U+2066><U+2028>");
        assert_eq!(shown_lines("a\tb\n\u{1b}c\r\n"), "a\tb\n␛c␍\n");
        assert_eq!(in_json("[\n\t\"a\u{9b}\u{202e}é\"]"), "[\n\t\"a\\u009b\\u202eé\"]");
        assert_eq!(shown_path(Path::new("a\nb.md")), "a␊b.md");
    }
}
