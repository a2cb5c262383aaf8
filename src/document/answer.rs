//! Makes a proposal answer what another one says about it: with the key or the status for the inverse relation.

use super::new_name::name_like;
use super::{Document, Metadata, Proposal, Relation, SaidBy};
use crate::syntax::{Entry, front_matter_error};
use crate::template::{Form, MetadataKey, STATUS, is_nothing};
use crate::terms::{self, KeyKind, Meaning, RelationKind, relation_of_key};
use crate::text::{Edit, Offset, Text, apply};

/// The change that makes a proposal say what another one says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it does.
    pub title: String,
    /// The change.
    pub edit: Edit,
    /// Whether it only adds something.
    pub is_addition: bool,
}

impl Proposal<'_> {
    /// Returns what says `kind` of other proposals in this family: a key of the template or of others here, or the status.
    pub fn way_to_say(&self, kind: RelationKind) -> Option<SaidBy> {
        let surroundings = self.surroundings();
        let is_used = |by: SaidBy| surroundings.is_some_and(|around| around.first_to_say(kind, by).is_some());
        let has_key = self.template.metadata.iter().any(|key| relation_of_key(&key.name) == Some(kind));
        if has_key || is_used(SaidBy::Key) {
            return Some(SaidBy::Key);
        }
        let statuses = self.template.status_key().into_iter().flat_map(|key| key.values.iter().chain(&key.starts));
        let mut of_status = statuses.map(|value| terms::status(value));
        let has_status = kind == RelationKind::SupersededBy && of_status.any(|of| of == Some(Meaning::Superseded));
        (has_status || is_used(SaidBy::Status)).then_some(SaidBy::Status)
    }

    /// Returns the change that makes this proposal say `by` the inverse of what `relation` of `other` says of it.
    pub fn answer_in(&self, other: &Proposal<'_>, relation: &Relation, by: SaidBy) -> Option<Answer> {
        let kind = relation.says.kind.inverse();
        let name = name_like(other, relation, self)?;
        let answer = match (self.relation_entry(kind), by) {
            (Some((metadata, entry)), _) => self.added_to(metadata, entry, &name),
            (None, SaidBy::Key) => self.with_key(kind, &name),
            (None, SaidBy::Status) => self.with_status(kind, &name),
        };
        answer.filter(|answer| self.says_more(kind, answer))
    }

    /// Whether this proposal says `kind` of one more proposal after `answer`, and its front matter can still be read.
    fn says_more(&self, kind: RelationKind, answer: &Answer) -> bool {
        let count =
            |proposal: &Proposal<'_>| proposal.relations().iter().filter(|relation| relation.says.kind == kind).count();
        let after = Document::closed(&apply(self.text(), std::slice::from_ref(&answer.edit)).to_string());
        let is_sound = |document: &Document| {
            let front_matter = document.blocks().front_matter;
            front_matter.is_none_or(|span| front_matter_error(document.text(), span).is_none())
        };
        count(&self.reread(&after)) > count(self) && (is_sound(&after) || !is_sound(self.document))
    }

    /// Adds `name` to the value of `entry`.
    fn added_to(&self, metadata: &Metadata, entry: &Entry, name: &str) -> Option<Answer> {
        let text = self.text();
        let value = metadata.value_span(text, entry);
        let source = text.slice(value);
        let placeholder =
            self.template.metadata_key(metadata.form, &entry.key).map(|(_, key)| key.placeholder.as_str());
        let is_empty = || says_none(&source, placeholder);
        let title = format!("Add \"{name}\" to \"{}\"", entry.key);
        let edit = match source.trim() {
            _ if text.line_at(value.start) != text.line_at(text.trim_end(entry.span).end) => return None,
            "" => {
                let before = value.start.get().checked_sub(1).and_then(|at| text.byte(Offset::new(at)));
                let gap = if before == Some(b' ') || before == Some(b'"') || before == Some(b'\'') { "" } else { " " };
                let is_cell = metadata.form == Form::Table && text.byte(value.start) == Some(b'|');
                // A comment of YAML has a blank before it.
                let tail = if is_cell || text.byte(value.start) == Some(b'#') { " " } else { "" };
                Edit::insert(value.start, format!("{gap}{}{tail}", in_form(metadata.form, name)))
            }
            "[]" => Edit { span: value, content: format!("[{}]", in_form(metadata.form, name)) },
            own if is_empty() || own == "~" => Edit { span: value, content: in_form(metadata.form, name) },
            // A link in YAML is in quotes, which other names would have to share.
            _ if metadata.form == Form::FrontMatter && (name.starts_with('[') || entry.scalar.is_some()) => {
                return None;
            }
            own if metadata.form == Form::FrontMatter && own.starts_with('[') => {
                Edit::insert(value.start + source.trim_end().len().checked_sub(1)?, format!(", {name}"))
            }
            own if is_quoted(text, metadata.form, entry) || own.contains("<!--") => return None,
            own => {
                let end = own.trim_end_matches(['.', ',', ';']).len() + (source.len() - source.trim_start().len());
                Edit::insert(value.start + end, format!(", {name}"))
            }
        };
        Some(Answer { title, edit, is_addition: true })
    }

    /// Adds the key of the template, or else of another proposal here, that says `kind`, with `name` as its value.
    fn with_key(&self, kind: RelationKind, name: &str) -> Option<Answer> {
        let metadata = self.metadata()?;
        let mut keys = self.template.metadata.iter().enumerate();
        let of_template = keys.find(|(_, key)| relation_of_key(&key.name) == Some(kind));
        let before = of_template.and_then(|(index, _)| self.entry_before(index)).or_else(|| metadata.entries.last())?;
        let key = of_template.map(|(_, key)| key.clone()).or_else(|| self.key_of_others(kind, metadata.form))?;
        let edit = metadata.insertion(self, &key, Some(before))?;
        let content = filled(&edit.content, metadata.form, &key.name, &in_form(metadata.form, name))?;
        let title = format!("Add \"{}: {name}\"", key.name);
        Some(Answer { title, edit: Edit { content, ..edit }, is_addition: true })
    }

    /// Returns the key that says `kind` in another proposal here, in the way in which the template writes keys in `form`.
    fn key_of_others(&self, kind: RelationKind, form: Form) -> Option<MetadataKey> {
        let surroundings = self.surroundings()?;
        let path = surroundings.first_to_say(kind, SaidBy::Key)?;
        let document = surroundings.document(&path)?;
        let other = Proposal::of(&document, self.template).in_file(&path);
        let name = other.relation_entry(kind)?.1.key.clone();
        let mut key = self.template.metadata.iter().find(|key| key.form == form)?.clone();
        key.label = key.label.replacen(&key.name, &name, 1);
        key.name = name;
        Some(key)
    }

    /// Makes the status say that `name` supersedes this proposal.
    fn with_status(&self, kind: RelationKind, name: &str) -> Option<Answer> {
        (kind == RelationKind::SupersededBy).then_some(())?;
        let status = self.status()?;
        let key = self.template.status_key();
        let listed = key.into_iter().flat_map(|key| key.starts.iter().chain(&key.values));
        let word = listed.filter_map(|value| superseded_by(value)).next();
        let word = word.unwrap_or_else(|| "superseded by".to_owned());
        let is_capital = status.text.starts_with(char::is_uppercase);
        let mut letters = word.chars();
        let first = letters.next()?;
        let word = if is_capital { first.to_uppercase().chain(letters).collect() } else { word };
        let value = format!("{word} {name}");
        let entry = |metadata: &Metadata| {
            metadata.entry(STATUS).or_else(|| metadata.entry_of(KeyKind::Status)).map(|entry| entry.scalar.clone())
        };
        // A value in front matter that is not written as it reads, such as one with escapes, is not replaced.
        let is_parsed = self.all_metadata().find_map(entry).flatten().is_some();
        let edit = Edit { span: status.span, content: value.clone() };
        (!is_parsed).then(|| Answer { title: format!("Change the status to \"{value}\""), edit, is_addition: false })
    }
}

/// Whether `value` says that there is none, or is the `placeholder` of the template.
fn says_none(value: &str, placeholder: Option<&str>) -> bool {
    let bare = |text: &str| text.trim_matches(|sign: char| "*_`()<>[]\\ ".contains(sign)).to_lowercase();
    let own = bare(value);
    let is_placeholder = placeholder.is_some_and(|placeholder| !own.is_empty() && own == bare(placeholder));
    let none_yet = || terms::behind(&own, Meaning::Nothing).is_some_and(|rest| rest.trim() == "yet");
    !own.contains(char::is_alphanumeric) || is_nothing(&own) || is_placeholder || none_yet()
}

/// Returns the words with which `status`, a value of the template, says that a proposal is superseded, without the one that it
/// names.
fn superseded_by(status: &str) -> Option<String> {
    let lower = status.to_lowercase();
    let (kind, rest) = terms::relation_at(&lower)?;
    let end = status.len().checked_sub(rest.len()).filter(|_| kind == RelationKind::SupersededBy)?;
    status.get(..end).map(str::to_owned)
}

/// Returns `name` as a value in `form`.
fn in_form(form: Form, name: &str) -> String {
    match form {
        Form::FrontMatter if name.starts_with(['[', '`', '<']) => format!("'{}'", name.replace('\'', "''")),
        // Without quotes, YAML reads an octal number.
        Form::FrontMatter if name.starts_with('0') && name.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("'{name}'")
        }
        Form::Table => name.replace('|', "\\|"),
        _ => name.to_owned(),
    }
}

fn is_quoted(text: &Text, form: Form, entry: &Entry) -> bool {
    form == Form::FrontMatter && matches!(text.byte(entry.value.end), Some(b'"' | b'\''))
}

/// Adds `value` to `row`, the line of a key called `key` without a value.
fn filled(row: &str, form: Form, key: &str, value: &str) -> Option<String> {
    let behind = row.rfind(key)? + key.len();
    let (start, mark) = row.split_at(behind);
    match form {
        Form::Table => Some(format!("{start}{}", mark.replacen("| |", &format!("| {value} |"), 1))),
        Form::HtmlTable | Form::Section => None,
        // The value would come after a line break.
        _ if mark.contains('\n') || mark.trim_end_matches(['*', '_', ' ']).len() > 3 => None,
        Form::FrontMatter | Form::Bullets | Form::Lines | Form::Preformatted => {
            let shown = mark.trim_end();
            Some(format!("{start}{shown} {value}{}", &mark[shown.len()..]))
        }
    }
}
