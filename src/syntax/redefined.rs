//! Labels that are defined more than once. The parser keeps only the first definition of a label, so the others are read from the text
//! between blocks, where nothing but definitions can be.

use std::collections::HashMap;

use unicase::UniCase;

use super::closed::read_part;
use super::labels::Labels;
use super::{Blocks, Definition, fold_space};
use crate::text::{Offset, Span, Text};

/// A definition of a label that an earlier definition has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redefined {
    /// The later definition, which Markdown ignores.
    pub definition: Definition,
    /// The first definition, which counts.
    pub first: Definition,
}

/// Returns the definitions in `text`, in order, whose labels one of `firsts` has already defined. `blocks` are the blocks of `text`,
/// and `firsts` its definitions in order, the first of each label. Those in quotes and lists, and indented ones, are not found.
pub fn redefined(text: &Text, blocks: &Blocks, firsts: &[Definition]) -> Vec<Redefined> {
    // Fast path: most documents define no labels.
    if firsts.is_empty() {
        return Vec::new();
    }
    let label = |definition: &Definition| UniCase::new(fold_space(&definition.label));
    let by_label: HashMap<UniCase<String>, &Definition> = firsts.iter().map(|first| (label(first), first)).collect();
    let again = |definition: Definition| {
        let first = *by_label.get(&label(&definition))?;
        (first.span.start < definition.span.start).then(|| Redefined { definition, first: first.clone() })
    };
    gaps(text, blocks).flat_map(|gap| others(text, gap, firsts)).filter_map(again).collect()
}

/// Returns the definitions in `gap` that are not in `firsts`.
fn others(text: &Text, gap: Span, firsts: &[Definition]) -> Vec<Definition> {
    let is_of_first = |part: &Span| {
        let start = text.skip_blanks(part.start);
        let before = firsts.partition_point(|first| first.span.start <= start);
        before.checked_sub(1).is_some_and(|last| start < firsts[last].span.end)
    };
    let parts = parts(text, gap).into_iter().filter(|part| !is_of_first(part));
    let found = parts.map(|part| read_part(text, part, &Labels::default()).links.definitions);
    // A part that is no definition by itself may continue in the next part, as a title does.
    found.take_while(|found| !found.is_empty()).flatten().collect()
}

/// Returns the text before, between and after the blocks, where it is long enough for a definition.
fn gaps<'a>(text: &Text, blocks: &'a Blocks) -> impl Iterator<Item = Span> + use<'a> {
    const SHORTEST: usize = "[a]:b".len();
    let start = blocks.front_matter.map_or(text.start(), |front_matter| front_matter.end);
    let ends = std::iter::once(start).chain(blocks.list.iter().map(|block| block.span.end));
    let starts = blocks.list.iter().map(|block| block.span.start).chain([text.end()]);
    ends.zip(starts).filter(|(start, end)| *start + SHORTEST <= *end).map(|(start, end)| Span::new(start, end))
}

/// Splits `gap` before each line that may start a definition.
fn parts(text: &Text, gap: Span) -> Vec<Span> {
    let source = text.slice(gap);
    let mut starts: Vec<Offset> = Vec::new();
    let mut at = gap.start;
    for line in source.split_inclusive(['\n', '\r']) {
        // A footnote is no definition of a label. What is indented may be in a list.
        if line.starts_with('[') && !line.starts_with("[^") {
            starts.push(at);
        }
        at = at + line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([gap.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| Span::new(start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    /// Checks which later definitions `source` has, and where the first definition of each label leads.
    fn check(source: &str, expected: &[(&str, &str)]) {
        let text = Text::new(source);
        let reading = read(&text);
        let found = redefined(&text, &reading.blocks, &reading.links.definitions);
        let found: Vec<_> = found
            .iter()
            .map(|found| (text.slice(found.definition.span).into_owned(), found.first.destination.clone()))
            .collect();
        let found: Vec<_> = found.iter().map(|(span, first)| (span.as_str(), first.as_str())).collect();
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn a_label_that_is_defined_again_is_found_wherever_a_definition_may_stand() {
        check("[a]: x\n[b]: y\n[A]: z\n", &[("[A]: z", "x")]);
        check("---\nt: 1\n---\n[a]: x\n\n# T\n\nP.\n\n[a]:\n  <z>\n  \"t\"\n# U\n", &[("[a]:\n  <z>\n  \"t\"", "x")]);
        check("\u{feff}[a]: x\r\n[a]: y\r\n\r\nP.\r[a]: z\r\r[a]: z\r", &[("[a]: y", "x"), ("[a]: z", "x")]);
        check("> [a]: x\n\n[a]: y\nText.\n", &[("[a]: y", "x")]);
        check("- i\n\n  [a]: x\n\n- i\n\n[a]: y", &[("[a]: y", "x")]);
        check("[ẞ  s]: x\n\n[SS\nS]: y\n", &[("[SS\nS]: y", "x")]);
    }

    #[test]
    fn what_defines_nothing_is_not_found() {
        check("[a]: x\n\n```\n[a]: y\n```\n\n    [a]: y\n\n<!--\n[a]: y\n-->\n\nText\n[a]: y\n", &[]);
        check("[^1]: Ibid.\n\n[^1]: See above.\n\n[^1]: Ibid.\n\n[b]: x\n", &[]);
        check("[a]: x \"t\n[a]: y\"\n\n[b]: y\n", &[]);
        check("[a]: x\n[b]: y\n\n[a]: x \"t\n[b]: z\"\n", &[]);
        check("[a]: x\n\n> [a]: y\n\n- [a]: y\n\n  [a]: y\n\n  i\n", &[]);
        check("[a]: x\n\n[a] and [a]: y\n\n\\[a]: y\n", &[]);
    }
}
