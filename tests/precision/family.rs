//! A family as its file says it: the files of a small repository, what must be found in them, and what commands must print.

use std::path::Path;

/// What begins a part of the file.
const PART: &str = "//- ";

/// What begins an annotation, behind blanks.
const MARK: &str = "^^^";

/// A small repository.
pub(crate) struct Family {
    /// The path of the file that says it, from the package's folder.
    pub(crate) source: String,
    pub(crate) parts: Vec<Part>,
}

pub(crate) enum Part {
    File(File),
    /// All that comes before is committed.
    Commit,
    Command(Command),
}

/// A file of the repository.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// For each line of the text, its place in the family's file, from 1.
    pub(crate) places: Vec<usize>,
    pub(crate) expected: Vec<Expected>,
}

/// What the program must take a file for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Proposal,
    Template,
    Index,
    Other,
}

/// A finding that must be there.
#[derive(Clone)]
pub(crate) struct Expected {
    /// The line in the text, from 0.
    pub(crate) line: usize,
    /// `severity[rule]`.
    pub(crate) head: String,
    /// A part of the message, or nothing.
    pub(crate) message: String,
}

/// A command that is run in the repository, and what it must print.
pub(crate) struct Command {
    pub(crate) words: Vec<String>,
    pub(crate) output: String,
    /// Its place in the family's file, from 1.
    pub(crate) place: usize,
}

impl Family {
    /// The family in the file at `path`, which is shown as `source`.
    pub(crate) fn read(path: &Path, source: String) -> Family {
        let text = std::fs::read_to_string(path).expect("the family's file can be read");
        let mut parts = Vec::new();
        let mut lines = text.lines().zip(1..).peekable();
        while let Some((line, place)) = lines.next() {
            // What comes before the first part is for the reader.
            let Some(head) = line.strip_prefix(PART) else { continue };
            let mut body = Vec::new();
            while let Some(next) = lines.next_if(|(line, _)| !line.starts_with(PART)) {
                body.push(next);
            }
            while body.pop_if(|(line, _)| line.is_empty()).is_some() {}
            parts.extend(part(head, place, &body));
        }
        Family { source, parts }
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.parts.iter().filter_map(|part| match part {
            Part::File(file) => Some(file),
            _ => None,
        })
    }
}

/// The part under `head`; several files where its path stands for several.
fn part(head: &str, place: usize, body: &[(&str, usize)]) -> Vec<Part> {
    if head == "commit" {
        return vec![Part::Commit];
    }
    if let Some(command) = head.strip_prefix("$ ") {
        let output = body.iter().map(|(line, _)| format!("{line}\n")).collect();
        return vec![Part::Command(Command { words: words(command), output, place })];
    }
    let (path, kind) = match head.split_once(" (") {
        None => (head, Kind::Proposal),
        Some((path, "template)")) => (path, Kind::Template),
        Some((path, "index page)")) => (path, Kind::Index),
        Some((path, "no proposal)")) => (path, Kind::Other),
        Some(_) => panic!("line {place}: write (template), (index page), (no proposal) or nothing behind the path"),
    };
    let Some((before, numbers, after)) = range(path) else { return vec![Part::File(file(path, kind, body, None))] };
    numbers.map(|number| Part::File(file(&format!("{before}{number}{after}"), kind, body, Some(number)))).collect()
}

/// What is before and after `{2..9}` in `path`, and the numbers.
fn range(path: &str) -> Option<(&str, std::ops::RangeInclusive<usize>, &str)> {
    let (before, rest) = path.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    let (first, last) = inside.split_once("..")?;
    Some((before, first.parse().ok()?..=last.parse().ok()?, after))
}

/// The file at `path`: `body` without its annotations, and with `number` for each `{n}`.
fn file(path: &str, kind: Kind, body: &[(&str, usize)], number: Option<usize>) -> File {
    let mut file = File { path: path.to_owned(), kind, text: String::new(), places: Vec::new(), expected: Vec::new() };
    for (line, place) in body {
        let line = number.map_or_else(|| (*line).to_owned(), |number| line.replace("{n}", &number.to_string()));
        if line.trim_start().starts_with(MARK) {
            let said = line.trim_start().trim_start_matches('^').trim();
            let (head, message) =
                said.split_once("] ").map_or((said, ""), |(_, rest)| (&said[..said.len() - rest.len() - 1], rest));
            let line = file.places.len().checked_sub(1).expect("an annotation stands below a line");
            file.expected.push(Expected { line, head: head.to_owned(), message: message.to_owned() });
        } else {
            file.text.push_str(&line);
            file.text.push('\n');
            file.places.push(*place);
        }
    }
    file
}

/// The words of a command; what stands in double quotes is one.
fn words(command: &str) -> Vec<String> {
    let quoted = command.split('"').enumerate();
    let words = quoted.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}
