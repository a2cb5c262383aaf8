//! The schema of a proposal family, read from its Markdown template.
//!
//! **Architecture invariant:** nothing here knows a family. The built-in VIP template is a Markdown file that is read by the
//! same code as a repository's own.

mod bounds;
mod dates;
mod deletions;
mod derive;
mod enumeration;
mod fill;
mod form;
mod instructions;
mod key_name;
mod keys;
mod limits;
mod names;
mod naming;
mod nearly;
mod overrides;
mod sample;
mod section_keys;
mod section_names;
mod sections;
mod tail;
mod title;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use crate::syntax::{Heading, Origin, fold};
use crate::terms::{self, KeyKind, Meaning};
use crate::text::{Span, Text};

pub use bounds::Excess;
pub use dates::{date_like, date_sign, is_date, stands_for_date};
pub use fill::{Start, TitleForm};
pub use form::{Form, Group, groups};
pub use instructions::{Instructions, is_bracketed};
pub use key_name::{KeyName, KeyNames};
pub use keys::{bare_name, heads_metadata};
pub use limits::Limits;
pub use names::{Languages, OtherNames};
pub use naming::{NamePattern, NumberPlace, has_placeholder, is_markdown, lone_number, title_prefix};
use nearly::{NearNames, Wanted};
pub use overrides::{ACCEPTED_STATUS, Overrides, RELEASED_STATUS, STATUS, SectionOverrides};
pub use sample::{Sample, is_nothing};
use section_names::SectionNames;
pub use title::{NumberedTitle, number_after, plain_digits};

/// What a proposal of one family consists of.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file that it was read from; none for the built-in one.
    pub source: Option<PathBuf>,
    /// The template's own text, in which its spans count.
    pub text: Text,
    /// Whether a proposal has a title of its own before the sections.
    pub title: Option<Title>,
    /// The sections and their parts at all levels, in order.
    pub sections: Vec<TemplateSection>,
    /// The keys before the first section, in order.
    pub metadata: Vec<MetadataKey>,
    /// Their names.
    keys: KeyNames,
    /// The form of the metadata; none where there is no metadata.
    pub form: Option<Form>,
    /// Where the metadata is that is no front matter.
    pub metadata_span: Option<Span>,
    /// What it says to the author and is not to stay.
    pub instructions: Instructions,
    /// What it has too much of; that is left out.
    pub excess: Vec<Excess>,
    /// The values of `Status` at which a release must be named.
    pub released_status: Vec<String>,
    /// The values of `Status` at which a proposal is past discussion and must be finished.
    pub accepted_status: Vec<String>,
    /// How its documents are named, where that is known from them.
    pub naming: Option<NamePattern>,
    /// What it is learnt from, where no file has it.
    pub learnt: Option<Arc<LearntFrom>>,
    /// How long the title may be, and the values of keys, by their places.
    limits: HashMap<Option<usize>, Limits>,
    names: SectionNames,
    /// Other names that people give to sections, by [`fold`], as the settings say.
    aliases: HashMap<String, usize>,
    origin: Origin,
    /// What tells what its sections may be called from what those of other templates may.
    called: Origin,
}

/// What a template is learnt from that no file has: documents that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntFrom {
    /// The folder that has them.
    pub folder: PathBuf,
    /// The word before their numbers.
    pub prefix: String,
    /// How many they are.
    pub documents: usize,
    /// By the name of a section, folded: how many of them have it.
    pub sections: HashMap<String, usize>,
}

impl LearntFrom {
    /// How many documents there are at least for a learnt template to say anything of others.
    pub const ENOUGH: usize = 5;

    /// How many of the documents have the section called `key`: `9 of 10 documents here have it`.
    pub fn told(&self, key: &str) -> Option<String> {
        let count = self.sections.get(key)?;
        Some(format!("{count} of {} documents here have it", self.documents))
    }
}

/// The title that a template asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The level of its heading.
    pub level: u8,
    /// As rendered.
    pub text: String,
    /// The signs in it that stand for something else, as `$NUMBER`.
    pub placeholders: Vec<String>,
    /// What comes before the number, as `VIP-`; none when the title has no number.
    pub prefix: Option<String>,
    /// What comes between the number and the rest, as `: `; none when nothing follows the number.
    pub separator: Option<String>,
    /// Whether it is the same in every document, as `Meta`: the title proper is the value of a key.
    pub is_constant: bool,
}

/// One section of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSection {
    /// Its place in the template, from 0.
    pub index: usize,
    /// The place of the section that it is a part of; none at the top.
    pub parent: Option<usize>,
    /// The heading's text without the template's notes.
    pub name: String,
    /// The name as [`fold`] leaves it.
    pub key: String,
    /// Its names in two languages, where the heading has both; folded.
    pub other_names: Vec<String>,
    /// The heading's level in the template.
    pub level: u8,
    /// The heading's text in the template.
    pub heading: Span,
    /// The instruction in italics behind the name, as rendered.
    pub note: Option<String>,
    /// How many words it may have.
    pub word_limit: Option<usize>,
    /// How many characters it may have.
    pub character_limit: Option<usize>,
    /// How many sentences it may have.
    pub sentence_limit: Option<usize>,
    /// How many lines it may have.
    pub line_limit: Option<usize>,
    /// Whether a proposal may leave it out.
    pub is_optional: bool,
    /// What the template says under the heading: Markdown with LF, without blank lines at its ends.
    pub guidance: String,
    /// The aspects that its guidance asks for, one by one: list items and questions in bold.
    pub prompts: Vec<String>,
}

/// One key of a template's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataKey {
    /// The key as the template writes it.
    pub name: String,
    /// The key with its markup and colon, as in `**Status**:`.
    pub label: String,
    /// Where it stands.
    pub form: Form,
    /// The place of the section whose text is the value, in [`Form::Section`].
    pub section: Option<usize>,
    /// The values that the template names; empty where it names none.
    pub values: Vec<String>,
    /// What values begin with that have a part to fill in: `superseded by`.
    pub starts: Vec<String>,
    /// What may stand in the place of such a part, and alone: `Core` of `Standard (Core, Meta)`.
    pub nested: Vec<String>,
    /// Whether a proposal may have another value than these.
    pub is_open: bool,
    /// Whether it may have several of them, or one that says several, so that others may be as good.
    pub is_loose: bool,
    /// Whether the settings name the values, so that others are wrong whoever has them.
    pub is_set: bool,
    /// Whether a proposal may leave it out.
    pub is_optional: bool,
    /// What the template has in the value's place, as Markdown.
    pub placeholder: String,
    /// Whether the template says that, where it speaks of a link, a sentence or nothing will do, too.
    pub allows_prose: bool,
    /// What it has there as an example of values that each document has of its own, item by item.
    pub sample: Option<Sample>,
    /// The name, as it compares.
    called: KeyName,
    /// What [`MetadataKey::has_placeholder`] says.
    has_placeholder: bool,
    /// Whether the value is the document's own number.
    has_own_number: bool,
}

/// How many bytes of choices people are told of at most.
const MAX_TOLD: usize = 800;

/// What has numbers of its own.
const NUMBERED: [&str; 9] = ["issue", "pr", "pull", "ticket", "discussion", "bug", "version", "release", "revision"];

static BUILT_IN: LazyLock<Arc<Template>> =
    LazyLock::new(|| Arc::new(Template::derive(include_str!("vip-template.md"), None)));

/// What a placeholder says that an author may leave where it is.
const LATER: [&str; 6] = ["leave this", "will contain", "will be ", " to be ", " later", "leave empty"];

impl MetadataKey {
    /// The name, as it compares.
    pub fn called(&self) -> &KeyName {
        &self.called
    }

    /// What it is about, where its name says so.
    pub fn kind(&self) -> Option<KeyKind> {
        self.called.kind()
    }

    /// Whether its values are statuses: it is called [`STATUS`], in whichever language.
    pub fn is_status(&self) -> bool {
        self.called.is_status()
    }

    /// Takes in what follows from the rest of it.
    fn settle(&mut self) {
        self.called = KeyName::of(&self.name);
        self.has_placeholder = self.is_to_replace();
        self.has_own_number = self.is_own_number();
    }

    /// Whether what the template has in the value's place is something to replace: an instruction or a list of values in
    /// italics, something in brackets, or what stands for a number or a date. Anything else is a value to keep.
    pub fn has_placeholder(&self) -> bool {
        self.has_placeholder
    }

    fn is_to_replace(&self) -> bool {
        let value = self.placeholder.trim_start_matches(['"', '\'']);
        let is_marked = value.starts_with(['_', '*', '(', '<', '{', '$', '（', '｛', '〈', '＜']);
        // In front matter, that is a list.
        let is_bracketed = self.form != Form::FrontMatter
            && value.starts_with('[')
            && value.find(']') == Some(value.len() - 1)
            && value.contains(char::is_alphabetic);
        let is_wide =
            value.starts_with(['【', '［', '「', '『', '〔']) && value.ends_with(['】', '］', '」', '』', '〕']);
        let is_to_come = terms::is(&value.to_lowercase(), Meaning::LaterSign) && !value.is_ascii();
        let is_link_to_nothing = value.starts_with('[') && naming::has_placeholder(value);
        let is_number = naming::stands_for_number(value);
        // `(leave this empty)` and `(names, to be nominated)` are for somebody else to fill in, later.
        // `STATUS` below the heading `Status`.
        let is_own_name = value.len() > 1
            && *value == value.to_uppercase()
            && self.kind().is_some()
            && terms::kind_of_key(&fold(value)) == self.kind();
        let is_guidance = self.form == Form::Section && section_keys::is_guidance(value);
        let is_left = LATER.iter().any(|phrase| value.to_lowercase().contains(phrase));
        // `(2.x / 3.x)` may well be meant to say both.
        let is_both = !self.values.is_empty() && value.contains(" / ");
        // A value that the settings allow, in a template that lists none, is one to keep.
        let bare = enumeration::without_comments(&self.placeholder);
        let is_value = self.values.iter().any(|allowed| allowed.eq_ignore_ascii_case(bare.trim()));
        !is_value
            && !value.is_empty()
            && (!self.values.is_empty()
                || is_marked
                || is_bracketed
                || is_wide
                || is_to_come
                || is_link_to_nothing
                || is_number
                || is_own_name
                || is_guidance
                || date_sign(value).is_some())
            && !is_left
            && !is_both
    }

    /// Whether `value` starts as one that has a part to fill in, and that part still stands for a number: `superseded by ADR-NNNN`.
    pub fn is_half_filled(&self, value: &str) -> bool {
        let rest = |start: &String| {
            let head = value.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start))?;
            Some(&value[head.len()..])
        };
        self.starts.iter().filter_map(rest).any(|rest| rest.split([' ', '(', '[']).any(naming::stands_for_number))
    }

    /// Whether the template says that the value is not due while the proposal is written.
    pub fn is_due_later(&self) -> bool {
        keys::is_later(&self.placeholder.to_lowercase())
    }

    /// What the value may be, for people: the values, and the starts of others.
    pub fn choices(&self) -> Vec<String> {
        self.values.iter().cloned().chain(self.starts.iter().map(|start| format!("{start} …"))).collect()
    }

    /// The same as a list, each as `shown` has it; of very many, the first ones.
    pub fn told_choices(&self, shown: impl Fn(&str) -> String) -> String {
        let choices = self.choices();
        let (mut told, mut length) = (Vec::new(), 0);
        for choice in &choices {
            length += choice.len();
            if length > MAX_TOLD && !told.is_empty() {
                break;
            }
            told.push(shown(choice));
        }
        match choices.len() - told.len() {
            0 => told.join(", "),
            more => format!("{}, and {more} more", told.join(", ")),
        }
    }

    /// Whether the value is the document's own number: alone, as a link to itself, or of a key that says so.
    fn is_own_number(&self) -> bool {
        let Some(sign) = naming::lone_number_sign(&self.placeholder) else { return false };
        let (name, link) = (fold(&self.name), format!("]({}", &self.placeholder[sign.clone()]));
        let is_of_number = name == "proposal" || terms::kind_of_key(&name) == Some(KeyKind::Number);
        let is_said = is_of_number || self.placeholder.contains(&link);
        let is_other = || name.split(' ').any(|word| NUMBERED.contains(&word));
        !self.is_optional && (is_said || sign.start == 0 && !is_other())
    }

    /// Whether the template wants a link as the value.
    pub fn is_link(&self) -> bool {
        let value = self.placeholder.to_lowercase();
        let mut words = value.split(|character: char| !character.is_alphanumeric());
        let is_linked = value.starts_with('[') && value.contains("](") || value.starts_with("http");
        is_linked || self.has_placeholder() && words.any(|word| matches!(word, "link" | "url"))
    }
}

impl TemplateSection {
    /// Its name in the singular and the plural, as [`fold`] leaves names.
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        section_names::numbers(&self.key)
    }

    /// Whether a heading with `names` has its name in one of two languages, or both of its names.
    pub fn is_translated_by(&self, names: &OtherNames<'_>) -> bool {
        let is_own = |name: &String| *name == self.key || self.other_names.contains(name);
        self.other_names.iter().any(|name| name == names.key)
            || names.each.iter().any(is_own)
            || !names.both.is_empty() && names.both.iter().all(is_own)
    }
}

impl Template {
    /// The template for Venice Improvement Proposals, for a repository that has none of its own.
    pub fn built_in() -> Arc<Template> {
        BUILT_IN.clone()
    }

    /// Reads `content`, which comes from the file `source`. Any text gives a template; one without headings gives one
    /// without sections.
    pub fn derive(content: &str, source: Option<&Path>) -> Template {
        derive::derive(content, source)
    }

    /// What people call it where no file has it: built in, or learnt from so many documents.
    pub fn told(&self) -> String {
        match &self.learnt {
            Some(learnt) if learnt.documents == 1 => "none; learnt from one document".to_owned(),
            Some(learnt) => format!("none; learnt from {} documents that are alike", learnt.documents),
            None => "the built-in VIP template".to_owned(),
        }
    }

    /// The same, which is learnt from what `from` says.
    pub fn learnt_from(self, from: LearntFrom) -> Template {
        Template { learnt: Some(Arc::new(from)), origin: Origin::default(), ..self }
    }

    /// The same, for documents that are named as `naming` says.
    pub fn named(self, naming: Option<NamePattern>) -> Template {
        Template { naming, origin: Origin::default(), ..self }
    }

    /// The section at the top that `heading` names, with or without its tail.
    pub fn section_of(&self, heading: &Heading) -> Option<&TemplateSection> {
        let find = || heading_keys(heading).iter().find_map(|key| self.names.keyed(None, key));
        heading.section_or(&self.called, find).map(|index| &self.sections[index])
    }

    /// What tells it from other templates, and from what it was before settings changed it.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The same of what its sections may be called, and so of which headings are they.
    pub fn called(&self) -> &Origin {
        &self.called
    }

    /// The section at the top with the name `key`, as [`fold`] leaves it, in the singular or the plural.
    pub fn section_keyed(&self, key: &str) -> Option<&TemplateSection> {
        self.names.keyed(None, key).map(|index| &self.sections[index])
    }

    /// The section at the top that `heading` may have been meant to name: by an alias of the settings or another usual name, or
    /// but for two letters. Of several, the first.
    pub fn nearly(&self, heading: &Heading) -> Option<&TemplateSection> {
        self.nearly_but(heading, None)
    }

    /// Whether `heading` may have been meant to name another section at the top than that at `index`.
    pub fn is_nearly_another(&self, heading: &Heading, index: usize) -> bool {
        self.nearly_but(heading, Some(index)).is_some()
    }

    fn nearly_but(&self, heading: &Heading, except: Option<usize>) -> Option<&TemplateSection> {
        let index = match self.aliases.get(&heading.key) {
            Some(&alias) => {
                Some(alias).filter(|alias| self.sections[*alias].parent.is_none() && Some(*alias) != except)
            }
            None => {
                let near = self.names.near(None)?;
                // The first of all is the first of all others, too.
                let first = self.first_near(near, heading)?;
                if Some(first) == except { near.first(near.all(), &heading.key, except) } else { Some(first) }
            }
        };
        index.map(|index| &self.sections[index])
    }

    /// The first of the sections at the top, whose names are `near`, that has nearly the name of `heading`.
    fn first_near(&self, near: &NearNames, heading: &Heading) -> Option<usize> {
        heading.near_or(&self.called, || near.first(near.all(), &heading.key, None))
    }

    /// The parts of the section at `parent`, else the sections at the top, that `is_wanted` says so of, to find out which of
    /// them headings may have been meant to name.
    pub fn meant(&self, parent: Option<usize>, is_wanted: impl Fn(usize) -> bool) -> Meant<'_> {
        let names = self.names.near(parent);
        let is_top = parent.is_none();
        Meant { template: self, is_top, names: names.map(|names| (names, names.wanted(is_wanted))) }
    }

    /// The part of the section at `parent` that `heading` names, with or without its tail, in the singular or the plural.
    pub fn part_named(&self, parent: usize, heading: &Heading) -> Option<&TemplateSection> {
        let place = |key: &String| self.names.keyed(Some(parent), key);
        heading_keys(heading).iter().filter_map(place).min().map(|index| &self.sections[index])
    }

    /// Whether `heading`, which nearly names `section`, is misspelt or a name that the settings have, and not another usual one.
    pub fn is_misspelt(&self, section: &TemplateSection, heading: &Heading) -> bool {
        self.aliases.contains_key(&heading.key) || names::is_misspelt(&section.key, &heading.key)
    }

    /// The sections that are parts of no other.
    pub fn top(&self) -> impl DoubleEndedIterator<Item = &TemplateSection> {
        self.sections.iter().filter(|section| section.parent.is_none())
    }

    /// How many sections `section` is within.
    pub fn depth(&self, section: &TemplateSection) -> usize {
        std::iter::successors(section.parent, |above| self.sections[*above].parent).count()
    }

    /// The parts of the section at `parent`, one level below it.
    pub fn parts(&self, parent: usize) -> impl DoubleEndedIterator<Item = &TemplateSection> {
        let all = &self.sections[parent + 1..];
        let end = all.iter().position(|section| section.parent.is_none_or(|above| above < parent));
        all[..end.unwrap_or(all.len())].iter().filter(move |section| section.parent == Some(parent))
    }

    /// The number in the name of `file`, if it is named after this family.
    pub fn number_of<'a>(&self, file: &'a Path) -> Option<&'a str> {
        self.name_patterns().find_map(|pattern| pattern.number(file))
    }

    /// Whether the number of the document at `file` is in the name of its folder.
    pub fn has_number_in_folder(&self, file: &Path) -> bool {
        let own = self.name_patterns().find(|pattern| pattern.number(file).is_some());
        own.is_some_and(|pattern| pattern.number_place() == NumberPlace::Folder)
    }

    /// Whether `key` has the document's number, because it is called as what comes before the number in files' names, `eip` for
    /// `eip-7.md`, or because the template has a sign for the number there.
    pub fn is_number_key(&self, key: &str) -> bool {
        let is_prefix = |pattern: NamePattern| pattern.prefix_word().is_some_and(|word| word.eq_ignore_ascii_case(key));
        self.name_patterns().any(is_prefix) || self.has_number_called(key)
    }

    fn has_number_called(&self, key: &str) -> bool {
        self.keys.first(&KeyName::of(key), |index| self.metadata[index].has_own_number).is_some()
    }

    /// How the files of this family are named: as they are known to be, or else after the template's own name; and after its
    /// title.
    pub fn name_patterns(&self) -> impl Iterator<Item = NamePattern> {
        let by_template = || self.source.as_deref().and_then(NamePattern::of_template);
        let by_template = self.naming.clone().or_else(by_template);
        let prefix = self.title.as_ref().and_then(|title| title.prefix.as_deref());
        by_template.into_iter().chain(prefix.map(NamePattern::numbered))
    }

    /// Whether it has a key called `name`, in whichever form.
    pub fn has_key(&self, name: &str) -> bool {
        self.keys.first(&KeyName::of(name), |_| true).is_some()
    }

    /// The metadata key that `name` names, and its place: that in `form`, or else one that the template has in another form.
    /// `Author`, `Authors` and `Author(s)` are the same.
    pub fn metadata_key(&self, form: Form, name: &str) -> Option<(usize, &MetadataKey)> {
        self.key_called(form, &KeyName::of(name))
    }

    /// The key for the status: the one called [`STATUS`], or so in another language.
    pub fn status_key(&self) -> Option<&MetadataKey> {
        let named = || Some(self.metadata_key(self.form?, STATUS)?.1);
        named().or_else(|| Some(self.key_of(KeyKind::Status)?.1))
    }

    /// The same of the key that `name` names.
    pub fn key_called(&self, form: Form, name: &KeyName) -> Option<(usize, &MetadataKey)> {
        let in_form = self.keys.first(name, |index| self.metadata[index].form == form);
        let index = in_form.or_else(|| self.keys.first(name, |_| true))?;
        Some((index, &self.metadata[index]))
    }

    /// The key of this `kind`, and its place: among the other metadata, else as a section, else in another form.
    pub fn key_of(&self, kind: KeyKind) -> Option<(usize, &MetadataKey)> {
        let of_kind = || self.metadata.iter().enumerate().filter(|(_, key)| key.kind() == Some(kind));
        let in_form = |form: Option<Form>| of_kind().find(|(_, key)| Some(key.form) == form);
        in_form(self.form).or_else(|| in_form(Some(Form::Section))).or_else(|| of_kind().next())
    }

    /// The key whose value is the text of the section at `index`.
    pub fn key_of_section(&self, index: usize) -> Option<&MetadataKey> {
        // They come last, in the order of their sections.
        let keys = &self.metadata[self.metadata.partition_point(|key| key.section.is_none())..];
        keys.binary_search_by_key(&Some(index), |key| key.section).ok().map(|at| &keys[at])
    }

    /// How long the value of the key at `place` may be; without one, the title.
    pub fn value_limits(&self, place: Option<usize>) -> Limits {
        self.limits.get(&place).copied().unwrap_or_default()
    }

    /// Whether the title or a value has a limit.
    pub fn has_value_limits(&self) -> bool {
        !self.limits.is_empty()
    }

    /// The level that most of the sections at the top have; of two, the lower one.
    pub fn section_level(&self) -> u8 {
        self.names.level
    }
}

/// The names that `heading` gives a section, as [`fold`] leaves them: with and without its tail, and without a note of duty.
pub fn heading_keys(heading: &Heading) -> &[String] {
    heading.keys_or(|| {
        let with_tail = heading.tail.as_ref().map(|_| fold(&heading.text));
        let noted = tail::without_duty(&heading.core).map(fold);
        std::iter::once(heading.key.clone()).chain(with_tail).chain(noted).collect()
    })
}

/// Sections, to find out which of them headings may have been meant to name, each for one.
#[derive(Debug)]
pub struct Meant<'a> {
    template: &'a Template,
    /// Whether they are those at the top.
    is_top: bool,
    names: Option<(&'a NearNames, Wanted)>,
}

impl<'a> Meant<'a> {
    /// Takes out the first of the sections that `heading` may have been meant to name.
    pub fn take(&mut self, heading: &Heading) -> Option<&'a TemplateSection> {
        let (names, wanted) = self.names.as_mut()?;
        let index = match self.template.aliases.get(&heading.key) {
            Some(&alias) => names.has(wanted, alias).then_some(alias)?,
            // The first of all is the first of those that are wanted, if it is.
            None if self.is_top => match self.template.first_near(names, heading)? {
                first if names.has(wanted, first) => first,
                _ => names.first(wanted, &heading.key, None)?,
            },
            None => names.first(wanted, &heading.key, None)?,
        };
        names.take(wanted, index);
        Some(&self.template.sections[index])
    }
}
