//! The proposals that a value names: by number, by link, or by file name.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use super::reference::{fold_label, of_link};
use super::{Destination, Document, decoded};
use crate::syntax::{LinkKind, fold};
use crate::template::{Template, is_markdown};
use crate::terms::{self, Meaning};
use crate::text::Span;

/// The maximum number of digits in the number of a proposal. A date has more.
const MAX_DIGITS: usize = 5;

/// The maximum length of a value that is read, in bytes.
pub(super) const MAX_VALUE: usize = 4_000;

/// The words between two names.
const AND: [&str; 4] = ["and", "&", "+", "und"];

/// The proposals in a value.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Each with its place, in order.
    pub(super) found: Vec<(Span, Destination)>,
    /// Whether there are no other words.
    pub(super) is_plain: bool,
}

/// The words that may come before the number of a proposal.
#[derive(Debug)]
pub(super) struct Words(Vec<String>);

impl Words {
    /// Returns the words for the family of `template`: those of its titles and file names, and the one for decision records.
    pub(super) fn of(template: &Template) -> Words {
        let of_title = template.title.as_ref().and_then(|title| title.prefix.as_deref());
        let of_names = template.name_patterns().filter_map(|names| names.prefix_word().map(str::to_owned));
        let of_title = of_title.map(|prefix| prefix.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned());
        let words = of_title.into_iter().chain(of_names).chain(["adr".to_owned()]);
        Words(words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase()).collect())
    }

    fn has(&self, word: &str) -> bool {
        self.0.iter().any(|own| own.eq_ignore_ascii_case(word))
    }
}

/// Returns the proposals that the text at `span` of `document` names. A bare number counts only in a value without other words.
pub(super) fn named(document: &Document, span: Span, words: &Words) -> Named {
    let text = document.text();
    if span.len() > MAX_VALUE {
        return Named::default();
    }
    let raw = text.slice(span);
    let source = without_comments(&raw);
    let links = links(document, span);
    let is_in_link = |place: &Range<usize>| {
        let own = Span::of_range(span.start, place.clone());
        links.iter().any(|(link, _)| link.contains(own.start))
    };
    let tokens: Vec<Range<usize>> = tokens(&source).into_iter().filter(|place| !is_in_link(place)).collect();
    let mut found: Vec<(Span, Destination)> =
        links.iter().filter_map(|(span, to)| Some((*span, to.clone()?))).collect();
    let (mut bare, mut is_plain) = (Vec::new(), links.iter().all(|(_, to)| to.is_some()));
    let mut last: Option<Range<usize>> = None;
    for place in tokens {
        let token = &source[place.clone()];
        let before = last.take().filter(|word| words.has(&source[word.clone()]));
        let own = |place: Range<usize>, to: Destination| (Span::of_range(span.start, place), to);
        match token_of(token, words) {
            Token::Number(number) if before.is_some() => {
                let start = before.map_or(place.start, |word| word.start);
                found.push(own(start..place.end, number));
            }
            Token::Number(number) => bare.push(own(place, number)),
            Token::Name(to) => found.push(own(place, to)),
            Token::Between => {}
            Token::Word if words.has(token) => last = Some(place),
            Token::Word => is_plain = false,
        }
    }
    found.extend(bare.into_iter().filter(|_| is_plain));
    found.sort_by_key(|(span, _)| *span);
    Named { found, is_plain }
}

/// Returns `source` with blanks in place of its comments.
pub(super) fn without_comments(source: &str) -> Cow<'_, str> {
    let Some(first) = source.find("<!--") else { return Cow::Borrowed(source) };
    let (mut shown, mut rest) = (source[..first].to_owned(), &source[first..]);
    while let Some(start) = rest.find("<!--") {
        let end = rest[start..].find("-->").map_or(rest.len(), |end| start + end + "-->".len());
        shown.push_str(&rest[..start]);
        // Everything after it keeps its place.
        shown.extend(rest[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    Cow::Owned(shown + rest)
}

/// Returns the links in `span`, each with its destination if that may be a proposal.
fn links(document: &Document, span: Span) -> Vec<(Span, Option<Destination>)> {
    let of_label = |label: &str| {
        let definitions = document.definitions();
        let found = definitions.iter().find(|found| fold_label(&found.label) == label)?;
        super::reference::of_definitions(std::slice::from_ref(found), Vec::new).pop().map(|found| found.to)
    };
    let links = document.links_in(span).into_iter().filter(|link| link.kind == LinkKind::Link);
    let to = |to: Destination| match to {
        Destination::Label(label) => of_label(&label),
        to => Some(to),
    };
    let proposal = |to: Destination| match to {
        Destination::File(path, _) => Some(Destination::File(path, None)),
        _ => None,
    };
    links.map(|link| (link.span, of_link(&link).and_then(|found| to(found.to)).and_then(proposal))).collect()
}

/// A part of a value without blanks.
enum Token {
    /// A number alone.
    Number(Destination),
    /// A number behind a word of the family, or a file.
    Name(Destination),
    /// A sign or word between two names.
    Between,
    /// Anything else.
    Word,
}

fn token_of(token: &str, words: &Words) -> Token {
    let digits = token.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let (number, rest) = digits.split_at(digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len()));
    let before = &token[..token.len() - digits.len()];
    let bare = number.trim_start_matches('0');
    let is_number = (1..=MAX_DIGITS).contains(&number.len()) && !bare.is_empty();
    let to = || Destination::Number(bare.to_owned());
    let is_own = words.has(before.trim_end_matches(['-', '_']));
    match () {
        () if is_file(token) => Token::Name(Destination::File(decoded(token), None)),
        () if is_number && rest.is_empty() && before.is_empty() => Token::Number(to()),
        () if is_number && rest.is_empty() && is_own => Token::Name(to()),
        // `0012-warm-caches`
        () if is_number && is_slug(rest) && (is_own || before.is_empty()) => Token::Name(to()),
        () if is_between(token) => Token::Between,
        () => Token::Word,
    }
}

/// Whether `token` is the path of a Markdown file from the document's folder.
fn is_file(token: &str) -> bool {
    is_markdown(Path::new(token)) && !token.contains(':') && !token.starts_with(['/', '\\'])
}

/// Whether `rest` of a token, after a number, is the rest of a file's name.
fn is_slug(rest: &str) -> bool {
    let mut words = rest.strip_prefix('-').unwrap_or_default().split('-');
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    // `2024-05-01` is a day, and `12-byte` means something else.
    rest.matches('-').count() > 1 && words.all(is_word) && !rest[1..].starts_with(|first: char| first.is_ascii_digit())
}

fn is_between(token: &str) -> bool {
    let folded = fold(token);
    !token.chars().any(char::is_alphanumeric) && token != "#"
        || AND.contains(&folded.as_str())
        || terms::is(&folded, Meaning::Or)
        || terms::is(&folded, Meaning::Nothing)
}

/// Returns the places of the words in `source`, which blanks and the signs of lists, brackets and quotes separate. YAML comments
/// are left out.
fn tokens(source: &str) -> Vec<Range<usize>> {
    let is_divider = |sign: char| sign.is_whitespace() || ",;()[]{}\"'<>`*|、，；（）「」".contains(sign);
    let mut tokens = Vec::new();
    for line in lines_of(source) {
        let shown = &source[line.clone()];
        let end = shown.find(" #").filter(|at| !shown[at + 2..].starts_with(|next: char| next.is_ascii_digit()));
        let shown = &shown[..end.unwrap_or(shown.len())];
        let mut start = 0;
        for part in shown.split(is_divider) {
            let at = line.start + start + (part.len() - part.trim_start_matches(['.', ':']).len());
            let word = part.trim_matches(['.', ':', '?', '!', '。']);
            if !word.is_empty() {
                tokens.push(at..at + word.len());
            }
            start += part.len();
            start += shown[start..].chars().next().map_or(0, char::len_utf8);
        }
    }
    tokens
}

/// Returns the places of the lines of `source`.
pub(super) fn lines_of(source: &str) -> impl Iterator<Item = Range<usize>> {
    source.split_inclusive('\n').scan(0, |start, line| {
        let place = *start..*start + line.trim_end().len();
        *start += line.len();
        Some(place)
    })
}
