//! The statements of a proposal about others: keys such as `Replaces`, and statuses such as `Superseded by 12`.

use std::collections::HashSet;

use super::named::{MAX_VALUE, Named, Words, lines_of, named, without_comments};
use super::{Metadata, Neighbor, Proposal, Relation, SaidBy, Statement};
use crate::syntax::{BlockKind, Entry, split_key};
use crate::template::Form;
use crate::terms::{self, KeyKind, Meaning, RelationKind, relation_at, relation_of_key};
use crate::text::{Offset, Span};

/// The maximum number of lines of a status that are read.
const MAX_LINES: usize = 12;

/// The maximum number of statements of a proposal.
const MAX_RELATIONS: usize = 500;

impl Proposal<'_> {
    /// Returns what the metadata says about other proposals, in order.
    pub fn relations(&self) -> &[Relation] {
        self.relations.get_or_init(|| read(self))
    }

    /// Whether `neighbor` is this proposal itself.
    pub fn is_itself(&self, neighbor: &Neighbor) -> bool {
        match self.file() {
            Some(file) => file == neighbor.file,
            None => self.facts().number == neighbor.facts.number,
        }
    }

    /// Returns the entry of the key that says `kind` of other proposals, with its metadata.
    pub fn relation_entry(&self, kind: RelationKind) -> Option<(&Metadata, &Entry)> {
        let is_of = |entry: &&Entry| relation_of_key(&entry.key) == Some(kind);
        self.all_metadata().find_map(|metadata| Some((metadata, metadata.entries.iter().find(is_of)?)))
    }
}

fn read(proposal: &Proposal<'_>) -> Vec<Relation> {
    let mut reader = Reader { proposal, words: Words::of(proposal.template), found: Vec::new(), seen: HashSet::new() };
    let mut has_status = false;
    for metadata in proposal.all_metadata() {
        has_status |= metadata.entry_of(KeyKind::Status).is_some();
        reader.metadata(metadata);
    }
    if !has_status {
        proposal.other_metadata().iter().for_each(|metadata| reader.metadata(metadata));
    }
    let mut found = reader.found;
    found.sort_by_key(|relation| relation.span);
    found
}

struct Reader<'p, 'a> {
    proposal: &'p Proposal<'a>,
    words: Words,
    found: Vec<Relation>,
    /// The entries that have been read.
    seen: HashSet<Offset>,
}

impl Reader<'_, '_> {
    fn metadata(&mut self, metadata: &Metadata) {
        for (name, entry) in metadata.named() {
            let kind = relation_of_key(&entry.key).filter(|_| metadata.form != Form::Section);
            let may_nest = metadata.form == Form::FrontMatter && entry.value.is_empty();
            let is_meant = kind.is_some() || name.is_status() || may_nest;
            if !is_meant || !self.seen.insert(entry.key_span.start) {
                continue;
            }
            let span = self.value_span(metadata, entry);
            if span.len() > MAX_VALUE || self.is_template_text(metadata, entry) {
                continue;
            }
            match kind {
                Some(kind) => self.key(kind, span),
                None if name.is_status() => self.status(span),
                None => self.nested(span),
            }
        }
    }

    /// Whether the value of `entry` is what the template has there, or a choice that has yet to be made.
    fn is_template_text(&self, metadata: &Metadata, entry: &Entry) -> bool {
        let key = self.proposal.template.metadata_key(metadata.form, &entry.key);
        let value = metadata.value(self.proposal.text(), entry);
        value.contains(" | ")
            || key.is_some_and(|(_, key)| !value.is_empty() && key.has_placeholder() && value == key.placeholder)
    }

    /// Returns the span of the value of `entry`, with the lines of a list below its key.
    fn value_span(&self, metadata: &Metadata, entry: &Entry) -> Span {
        let whole = Span::new(entry.value.start, entry.span.end.max(entry.value.end));
        match metadata.form {
            Form::FrontMatter
                if entry.value.is_empty() || self.proposal.text().byte(entry.value.start) == Some(b'[') =>
            {
                self.proposal.text().trim_end(whole)
            }
            Form::Section => {
                let text = self.proposal.text();
                let last = (text.line_at(whole.start) + MAX_LINES).min(text.line_at(whole.end));
                text.trim_end(Span::new(whole.start, whole.end.min(text.line_span(last).end)))
            }
            _ => metadata.value_span(self.proposal.text(), entry),
        }
    }

    fn key(&mut self, kind: RelationKind, span: Span) {
        if denies(&self.proposal.text().slice(span)) {
            return;
        }
        let named = named(self.proposal.document, span, &self.words);
        self.add(kind, SaidBy::Key, named);
    }

    /// Reads the lines of a mapping that is a value, `supersedes: [12]`.
    fn nested(&mut self, span: Span) {
        let source = self.proposal.text().slice(span).into_owned();
        let mut of_key: Option<(RelationKind, Span)> = None;
        let mut all = Vec::new();
        for line in lines_of(&source) {
            let shown = &source[line.clone()];
            let content = line.start + (shown.len() - shown.trim_start().len());
            match split_key(shown.trim_start()) {
                Some((key, value)) => {
                    let kind = relation_of_key(&shown.trim_start()[key]);
                    all.extend(of_key.take());
                    of_key = kind.map(|kind| (kind, Span::of_range(span.start, content + value..line.end)));
                }
                None => of_key = of_key.map(|(kind, own)| (kind, Span::new(own.start, span.start + line.end))),
            }
        }
        all.extend(of_key);
        all.into_iter().for_each(|(kind, span)| self.key(kind, span));
    }

    /// Reads the clauses of a status that start with a relation: `Accepted, superseded by 12`.
    fn status(&mut self, span: Span) {
        let source = without_comments(&self.proposal.text().slice(span)).into_owned();
        for line in lines_of(&source).take(MAX_LINES) {
            if self.is_code(span.start + line.start) {
                continue;
            }
            let clauses = clauses(&source[line.clone()]);
            for (place, (start, kind, value)) in clauses.iter().enumerate() {
                let end = clauses.get(place + 1).map_or(line.len(), |next| next.0);
                let Some(kind) = kind.filter(|_| start <= value) else { continue };
                let value = Span::of_range(span.start, line.start + value..line.start + end);
                let named = named(self.proposal.document, value, &self.words);
                self.add(kind, SaidBy::Status, named);
            }
        }
    }

    /// Whether the line at `at` is in a block of code.
    fn is_code(&self, at: Offset) -> bool {
        let block = self.proposal.document.blocks().at(self.proposal.text(), at);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Fence | BlockKind::IndentedCode))
    }

    fn add(&mut self, kind: RelationKind, by: SaidBy, named: Named) {
        let text = self.proposal.text();
        for (span, to) in named.found {
            let line = u32::try_from(text.line_at(span.start)).unwrap_or(u32::MAX);
            let says = Statement { kind, to, by, is_plain: named.is_plain, line };
            if self.found.len() < MAX_RELATIONS
                && !self.found.iter().any(|known| known.says.kind == kind && known.says.to == says.to)
            {
                self.found.push(Relation { span, says });
            }
        }
    }
}

/// Whether `value` says that there is none, or that something is not so, or not sure, whatever it names.
fn denies(value: &str) -> bool {
    let lower = value.trim_start_matches(['[', '"', '\'', '*', '_', '`', '(', ' ']).to_lowercase();
    let is_none = terms::behind(&lower, Meaning::Nothing).is_some();
    let mut words = lower.split(|sign: char| !sign.is_alphanumeric());
    let is_denied = words.any(|word| matches!(word, "not" | "never" | "longer" | "except" | "without"));
    is_none
        || is_denied
        || lower.contains('?')
        || [Meaning::Not, Meaning::Optional].iter().any(|word| terms::says(&lower, *word))
}

/// Returns the clauses of `line` that start with a relation: the start of each, the relation, and where the proposals start. A
/// clause without one ends the one before it if a sentence starts there.
fn clauses(line: &str) -> Vec<(usize, Option<RelationKind>, usize)> {
    let lower = line.to_lowercase();
    // The places differ if a letter in lowercase has another length.
    if lower.len() != line.len() {
        return Vec::new();
    }
    let mut clauses = Vec::new();
    let (mut is_start, mut depth) = (true, 0usize);
    for (at, sign) in lower.char_indices() {
        let is_mark = sign.is_whitespace() || "*_`\"'>-([（".contains(sign);
        if is_start && !is_mark {
            let found = relation_at(&lower[at..]);
            let ends_sentence = lower[..at].trim_end().ends_with('.');
            match found {
                Some((kind, rest)) if depth == 0 => clauses.push((at, Some(kind), line.len() - rest.len())),
                None if ends_sentence => clauses.push((at, None, at)),
                _ => {}
            }
        }
        is_start = is_start && is_mark || ",;.:(（，；。—–".contains(sign) && !is_in_word(&lower, at);
        match sign {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    clauses
}

/// Whether the sign at `at` of `line` is between two letters or digits.
fn is_in_word(line: &str, at: usize) -> bool {
    let mut behind = line[at..].chars().skip(1);
    let before = line[..at].chars().next_back();
    before.is_some_and(char::is_alphanumeric) && behind.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::{Destination, Document, Proposal};
    use crate::template::Template;

    /// The relations of `source`, each as `kind to`.
    fn relations(source: &str) -> Vec<String> {
        let template = Template::derive("# ADR-NNNN: Title\n\n## Status\n\n## Context\n\n## Decision\n", None);
        of(source, &template)
    }

    fn of(source: &str, template: &Template) -> Vec<String> {
        let document = Document::closed(source);
        let proposal = Proposal::of(&document, template).in_file(Path::new("0007-a.md"));
        let to = |to: &Destination| match to {
            Destination::Number(number) => number.clone(),
            Destination::File(path, _) => path.clone(),
            other => format!("{other:?}"),
        };
        let told =
            proposal.relations().iter().map(|found| format!("{} {}", found.says.kind.as_str(), to(&found.says.to)));
        told.collect()
    }

    fn in_front(keys: &str) -> Vec<String> {
        let template = Template::derive("---\nstatus: proposed\n---\n\n# EIP-NNN: Title\n\n## Abstract\n", None);
        of(&format!("---\nstatus: accepted\n{keys}---\n\n# EIP-7: A\n\n## Abstract\n"), &template)
    }

    #[test]
    fn keys_of_front_matter_name_others() {
        assert_eq!(in_front("requires: 20, EIP-165\n"), ["requires 20", "requires 165"]);
        assert_eq!(in_front("supersedes: [0012, '13']\n"), ["supersedes 12", "supersedes 13"]);
        assert_eq!(in_front("replaces:\n  - 12\n  - EIP-13 # as said\n"), ["supersedes 12", "supersedes 13"]);
        assert_eq!(in_front("links:\n  superseded-by: 9\n  requires:\n    - 3\n"), ["superseded by 9", "requires 3"]);
        assert_eq!(in_front("superseded_by: 0041-cache-all-rows.md\n"), ["superseded by 0041-cache-all-rows.md"]);
        assert_eq!(in_front("supersededBy: 0041-cache-all-rows\n"), ["superseded by 41"]);
    }

    #[test]
    fn what_may_be_of_another_family_or_no_number_names_nothing() {
        for keys in [
            "requires: ERC-20\n",
            "requires: N/A\n",
            "requires: []\n",
            "requires: null\n",
            "requires: a server of version 3\n",
            "requires: 2024-05-01\n",
            "replaces: '#12'\n",
            "replaces: https://example.org/12\n",
            "see-also: /eips/12.md\n",
        ] {
            assert_eq!(in_front(keys), Vec::<String>::new(), "{keys}");
        }
    }

    #[test]
    fn lists_lines_and_tables_name_others() {
        let list = "# ADR-0007: A\n\n- Status: Accepted\n- Supersedes: [ADR-3](0003-b.md), [ADR-4](0004-c.md)\n- Amended by: ADR 9\n\n## Context\n";
        assert_eq!(relations(list), ["supersedes 0003-b.md", "supersedes 0004-c.md", "amended by 9"]);
        let template = Template::derive(
            "# ADR-NNNN: Title\n\n| Key | Value |\n| --- | --- |\n| Status | |\n| Replaces | |\n\n## Context\n",
            None,
        );
        let table = "# ADR-0007: A\n\n| Key | Value |\n| --- | --- |\n| Status | Accepted |\n| Replaces | ADR-3 and ADR-4 |\n\n## Context\n";
        assert_eq!(of(table, &template), ["supersedes 3", "supersedes 4"]);
    }

    #[test]
    fn a_status_names_others_behind_the_words_for_it() {
        let status = |says: &str| relations(&format!("# ADR-0007: A\n\n## Status\n\n{says}\n\n## Context\n\nB.\n"));
        assert_eq!(status("Superseded by [ADR-12](0012-x.md)"), ["superseded by 0012-x.md"]);
        assert_eq!(status("Accepted, supersedes ADR-3 and amends ADR-4"), ["supersedes 3", "supersedes 4"]);
        assert_eq!(status("Accepted; supersedes 3; amended by 9"), ["supersedes 3", "amended by 9"]);
        assert_eq!(
            status("Accepted\n\nSupercedes [3. B](0003-b.md)\n\nAmended by [9. C](0009-c.md)"),
            ["supersedes 0003-b.md", "amended by 0009-c.md"]
        );
        assert_eq!(status("Ersetzt durch ADR-12"), ["superseded by 12"]);
        assert_eq!(status("Superseded by RFC-12 of the other team"), Vec::<String>::new());
        assert_eq!(status("Accepted. Version 3 supersedes all."), Vec::<String>::new());
    }
}
