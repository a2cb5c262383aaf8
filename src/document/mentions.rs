//! Mentions of other proposals that are not written as the settings demand.

use std::collections::HashSet;
use std::ops::Range;

use super::{Destination, MentionFault, Neighbor, OddMention, Proposal, encode_path};
use crate::syntax::TextRun;
use crate::template::KeyName;
use crate::text::{Edit, Offset, Span};

/// A mention of a proposal in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mention {
    place: Range<usize>,
    /// The index of the prefix.
    prefix: usize,
    /// Whether the prefix and the number are written with a hyphen, and in the right case.
    is_formal: bool,
    number: String,
}

impl Proposal<'_> {
    /// Returns the prefix by which one refers to this proposal, if the settings list any.
    pub fn prefix(&self) -> Option<&str> {
        let prefixes = &self.template.demands.references.prefixes;
        let fits = |(_, when): &&(String, Vec<_>)| !when.is_empty() && self.holds(when);
        let plain = || prefixes.iter().find(|(_, when)| when.is_empty());
        prefixes.iter().find(fits).or_else(plain).map(|(prefix, _)| prefix.as_str())
    }

    /// Returns the mentions of other proposals that are not written as the settings demand, in order.
    pub fn odd_mentions(&self) -> &[OddMention] {
        self.demanded.mentions.get_or_init(|| self.read_mentions())
    }

    fn read_mentions(&self) -> Vec<OddMention> {
        let demands = &self.template.demands.references;
        if demands.is_empty() || demands.prefixes.is_empty() {
            return Vec::new();
        }
        let mut found = self.in_metadata();
        let mut linked: HashSet<String> = HashSet::new();
        let mentions = self.runs().iter().map(|run| (run, self.mentions(&run.text)));
        let mentions: Vec<_> = mentions.filter(|(_, mentions)| !mentions.is_empty()).collect();
        let aside = if mentions.is_empty() { Vec::new() } else { self.set_aside() };
        let is_aside = |span: Span| {
            let next = aside.partition_point(|other| other.end <= span.start);
            aside.get(next).is_some_and(|other| other.meets(span))
        };
        for (run, mentions) in mentions {
            for mention in mentions {
                let span = Span::of_range(run.span.start, mention.place.clone());
                if is_aside(span) || !run.is_code && self.is_marked(span, run.is_linked) {
                    // The label of a link is a link, but to change it takes more than a word.
                    if run.is_linked && !run.is_code {
                        linked.insert(mention.number);
                    }
                    continue;
                }
                found.extend(self.odd_in(run, &mention, &mut linked));
            }
        }
        found
    }

    /// Returns what is wrong with `mention` in `run`. The numbers in `linked` have been mentioned by a link before.
    fn odd_in(&self, run: &TextRun, mention: &Mention, linked: &mut HashSet<String>) -> Vec<OddMention> {
        let demands = &self.template.demands.references;
        let span = Span::of_range(run.span.start, mention.place.clone());
        let (wanted, neighbor) = self.wanted(mention);
        let odd = |fault, mended| OddMention { span, wanted: wanted.clone(), fault, mended };
        let replaced = |content: String| Some(Edit { span, content });
        let mut found = Vec::new();
        if run.is_code {
            let is_alone = span == run.span && !run.is_linked;
            let ticks = is_alone.then(|| self.ticks(run.span)).flatten();
            let mended = ticks.map(|span| Edit { span, content: wanted.clone() });
            // Names in code may well have a number without a hyphen.
            found.extend((demands.is_plain && mention.is_formal).then(|| odd(MentionFault::Code, mended)));
            return found;
        }
        let is_own = self.facts().number.as_deref().is_some_and(|own| own.trim_start_matches('0') == mention.number);
        if is_own {
            return found;
        }
        if self.is_unknown(&mention.number, neighbor.as_ref()) {
            return vec![odd(MentionFault::Unknown, None)];
        }
        if !mention.is_formal || !self.text().slice(span).starts_with(&wanted) {
            found.push(odd(MentionFault::Form, replaced(wanted.clone())));
        }
        if run.is_linked {
            linked.insert(mention.number.clone());
        } else if demands.is_linked && mention.is_formal && linked.insert(mention.number.clone()) {
            let path = neighbor.as_ref().and_then(|neighbor| self.path_to(neighbor));
            let mended = path.and_then(|path| replaced(format!("[{wanted}]({})", encode_path(&path))));
            found.push(odd(MentionFault::Unlinked, mended));
        }
        found
    }

    /// Whether the signs next to `span` make it part of something else than prose: `[^XIP 3]`, `!XIP-3`, `\\XIP 3`, or the label of a link.
    fn is_marked(&self, span: Span, is_linked: bool) -> bool {
        let text = self.text();
        let before = span.start.get().checked_sub(1).and_then(|at| text.byte(Offset::new(at)));
        let (after, next) = (text.byte(span.end), text.byte(span.end + 1));
        let is_label = after == Some(b']') && !(is_linked && next == Some(b'('));
        matches!(before, Some(b'\\' | b'!' | b'^' | b'$' | b'@' | b'&')) || is_label
    }

    /// Returns the spans of mathematics, templates of site generators, and code in HTML, in order.
    fn set_aside(&self) -> Vec<Span> {
        let content = self.text().to_string();
        let mut found = Vec::new();
        let mut from = 0;
        let pairs =
            [("$$", "$$"), ("{{", "}}"), ("{%", "%}"), ("<code", "</code>"), ("<pre", "</pre>"), ("<kbd", "</kbd>")];
        // The start of the next pair of each kind, so that each text is searched once.
        let mut next: Vec<Option<usize>> = pairs.iter().map(|(start, _)| content.find(start)).collect();
        loop {
            for (place, (start, _)) in next.iter_mut().zip(pairs) {
                if place.is_some_and(|at| at < from) {
                    *place = content[from..].find(start).map(|at| from + at);
                }
            }
            let first = next.iter().enumerate().filter_map(|(index, place)| Some(((*place)?, index))).min();
            let Some((at, index)) = first else { break };
            let (start, end) = pairs[index];
            let inside = at + start.len();
            let Some(stop) = content[inside..].find(end).map(|stop| inside + stop + end.len()) else {
                next[index] = None;
                continue;
            };
            found.push(Span::new(Offset::new(at), Offset::new(stop)));
            from = stop;
        }
        found.extend(self.inline_math(&content, &found));
        found.sort();
        found
    }

    /// Returns the spans between two dollar signs on one line of `content` that is not in `aside`.
    fn inline_math(&self, content: &str, aside: &[Span]) -> Vec<Span> {
        let mut found = Vec::new();
        let mut start = 0;
        for line in content.split_inclusive('\n') {
            let signs: Vec<usize> = line.match_indices('$').map(|(at, _)| start + at).collect();
            let pairs = signs.chunks_exact(2).map(|pair| Span::new(Offset::new(pair[0]), Offset::new(pair[1] + 1)));
            let is_math = |pair: &Span| {
                let inside = &content[pair.start.get() + 1..pair.end.get() - 1];
                let next = aside.partition_point(|other| other.end <= pair.start);
                let is_apart = aside.get(next).is_none_or(|other| !other.meets(*pair));
                is_apart && !inside.is_empty() && inside.trim() == inside
            };
            found.extend(pairs.filter(is_math));
            start += line.len();
        }
        found
    }

    /// Returns what is wrong with the mentions in the values of metadata.
    fn in_metadata(&self) -> Vec<OddMention> {
        let demands = &self.template.demands.references;
        let mut found = Vec::new();
        for metadata in self.all_metadata() {
            for (name, entry) in metadata.named() {
                let listed = demands.listed.iter().find(|listed| KeyName::of(&listed.key).is(name));
                let Some(listed) = listed else { continue };
                let value = self.text().slice(entry.value);
                for mention in self.mentions(&value) {
                    let span = Span::of_range(entry.value.start, mention.place.clone());
                    let (wanted, neighbor) = self.wanted(&mention);
                    let odd = |fault, mended| OddMention { span, wanted: wanted.clone(), fault, mended };
                    if !mention.is_formal || !value[mention.place.clone()].starts_with(&wanted) {
                        let mended = Some(Edit { span, content: wanted.clone() });
                        found.push(odd(MentionFault::Form, mended));
                    }
                    if self.is_unknown(&mention.number, neighbor.as_ref()) {
                        found.push(odd(MentionFault::Unknown, None));
                    }
                    let lists = |key: &String| self.lists_number(key, &mention.number);
                    if !listed.values.iter().any(lists) {
                        let key = listed.values.first().cloned().unwrap_or_default();
                        found.push(odd(MentionFault::Unlisted(key), None));
                    }
                }
            }
        }
        found
    }

    /// Whether no file beside this one is the proposal with `number`, which is `neighbor` if the family has it.
    fn is_unknown(&self, number: &str, neighbor: Option<&Neighbor>) -> bool {
        neighbor.is_none() && self.surroundings().is_some() && !self.numbers_beside().contains(number)
    }

    /// Returns all numbers in the names of the files beside this one.
    fn numbers_beside(&self) -> &HashSet<String> {
        self.demanded.numbers.get_or_init(|| {
            let Some(surroundings) = self.surroundings() else { return HashSet::new() };
            // A family with a folder for each proposal has the others beside that.
            let names = ["", ".."].into_iter().flat_map(|folder| surroundings.files_in(folder));
            let numbers = |name: String| -> Vec<String> {
                let figures = name.split(|sign: char| !sign.is_ascii_digit()).filter(|own| !own.is_empty());
                figures.map(|own| own.trim_start_matches('0').to_owned()).collect()
            };
            names.flat_map(numbers).collect()
        })
    }

    /// Whether the value of `key` has `number`.
    fn lists_number(&self, key: &str, number: &str) -> bool {
        self.everywhere().any(|metadata| {
            metadata.entry(key).is_some_and(|entry| {
                let value = metadata.value(self.text(), entry);
                let mut figures = value.split(|sign: char| !sign.is_ascii_digit());
                figures.any(|own| !own.is_empty() && own.trim_start_matches('0') == number)
            })
        })
    }

    /// Returns how `mention` should be written, and the proposal that it is of.
    fn wanted(&self, mention: &Mention) -> (String, Option<Neighbor>) {
        let to = Destination::Number(mention.number.clone());
        let neighbor = self.surroundings().and_then(|surroundings| surroundings.named(&to));
        let of_target = neighbor.as_ref().and_then(|neighbor| neighbor.facts.prefix.as_deref());
        let prefixes = &self.template.demands.references.prefixes;
        let prefix = of_target.unwrap_or(&prefixes[mention.prefix].0);
        (format!("{prefix}-{}", mention.number), neighbor)
    }

    /// Returns the path to `neighbor` from the document's folder, if it is there or in a folder next to it.
    fn path_to(&self, neighbor: &Neighbor) -> Option<String> {
        let own = self.file()?.parent()?;
        let inside = neighbor.file.strip_prefix(own).ok().map(|path| path.to_string_lossy().into_owned());
        let beside = || {
            let path = neighbor.file.strip_prefix(own.parent()?).ok()?;
            Some(format!("../{}", path.to_string_lossy()))
        };
        inside.or_else(beside).map(|path| path.replace('\\', "/"))
    }

    /// Returns the span of the code at `inside` with its marks, if there is one on each side.
    fn ticks(&self, inside: Span) -> Option<Span> {
        let text = self.text();
        let start = inside.start.get().checked_sub(1)?;
        let is_tick = |at: usize| text.byte(Offset::new(at)) == Some(b'`');
        let end = inside.end.get();
        let is_word =
            |at: usize| text.byte(Offset::new(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80);
        let is_within = is_word(end + 1) || start.checked_sub(1).is_some_and(is_word);
        let is_one = !is_within
            && is_tick(start)
            && is_tick(end)
            && !is_tick(end + 1)
            && start.checked_sub(1).is_none_or(|at| !is_tick(at));
        is_one.then(|| Span::new(Offset::new(start), Offset::new(end + 1)))
    }

    /// Returns the mentions of proposals in `text`, in order.
    fn mentions(&self, text: &str) -> Vec<Mention> {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let prefixes = &self.template.demands.references.prefixes;
        let lower = text.to_ascii_lowercase();
        let mut found = Vec::new();
        for (index, (prefix, _)) in prefixes.iter().enumerate().filter(|(_, (prefix, _))| !prefix.is_empty()) {
            for (at, _) in lower.match_indices(&prefix.to_ascii_lowercase()) {
                found.extend(mention_at(text, at, prefix, index));
            }
        }
        found.sort_by_key(|mention: &Mention| mention.place.start);
        found
    }
}

/// Returns the mention in `text` that starts at `at` with `prefix`.
fn mention_at(text: &str, at: usize, prefix: &str, index: usize) -> Option<Mention> {
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '/' | '#' | '_' | '.');
    (!text[..at].ends_with(is_part)).then_some(())?;
    let behind = &text[at + prefix.len()..];
    let rest = behind.trim_start_matches([' ', '\u{a0}', '-', '\n']);
    let gap = &behind[..behind.len() - rest.len()];
    let digits = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..digits].trim_start_matches('0');
    // `XIP - 7` is a list, and `XIP-7a`, `xip-7.md` and `XIP 2026-01` are something else.
    let is_end = !rest[digits..].starts_with(|sign: char| sign.is_alphanumeric() || sign == '_')
        && !rest[digits..].strip_prefix(['.', '-']).is_some_and(|more| more.starts_with(char::is_alphanumeric));
    let is_gap = matches!(gap, "" | " " | "-" | "\u{a0}");
    (is_gap && is_end && !number.is_empty() && digits <= 6).then(|| Mention {
        place: at..at + prefix.len() + gap.len() + digits,
        prefix: index,
        is_formal: gap == "-",
        number: number.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_told_from_other_words() {
        for (text, expected) in [
            ("XIP-7", Some(("XIP-7", true))),
            ("xip 7, too", Some(("xip 7", false))),
            ("XIP7.", Some(("XIP7", false))),
            ("(XIP-007)", Some(("XIP-007", true))),
            ("XIP - 7", None),
            ("XIP-7a", None),
            ("xip-7.md", None),
            ("../xip-7", None),
            ("TXIP-7", None),
            ("XIP-0", None),
            ("XIP", None),
        ] {
            let at = text.to_lowercase().find("xip").expect("it is there");
            let found = mention_at(text, at, "XIP", 0);
            let told = found.map(|mention| (&text[mention.place.clone()], mention.is_formal));
            assert_eq!(told, expected, "{text}");
        }
    }
}
