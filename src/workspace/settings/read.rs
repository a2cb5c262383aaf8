//! Converts values to settings. Whatever is wrong is reported with its place, and left out.

use std::collections::BTreeMap;
use std::path::Path;

use globset::GlobSetBuilder;

use super::globs::Globs;
use super::layer::{FamilySettings, Settings};
use super::parts::{BODY_SETTINGS, KEY_SETTINGS, REFERENCE_SETTINGS, SECTION_SETTINGS, STAGE_SETTINGS};
use super::problem::Problem;
use super::table::{FAMILY_SETTINGS, Form, LEVELS, Named, SETTINGS, Setting};
use super::value::{Content, Key, Value};
use crate::rules::{Severity, nearest_to, quoted, rule};
use crate::template::{Condition, Constraint, Pattern, SectionOverrides, Stage, stands_for_date};
use crate::text::Span;
use crate::workspace::files::glob;

/// The maximum number of families in a file: all documents are matched against each.
const MAX_FAMILIES: usize = 100;

/// The maximum number of patterns in a table: each is matched against each value.
const MAX_PATTERNS: usize = 100;

/// Settings of the editors' extensions, which the server ignores.
const OF_EXTENSIONS: [&str; 3] = ["server", "trace", "problems"];

impl Settings {
    /// Reads an editor's settings object `value`; `null` is an empty one.
    pub fn of_json(value: &serde_json::Value) -> (Settings, Vec<Problem>) {
        let mut value = value.clone();
        if let Some(entries) = value.as_object_mut() {
            entries.retain(|name, _| !OF_EXTENSIONS.contains(&name.as_str()));
        }
        if value.is_null() {
            return (Settings::default(), Vec::new());
        }
        read(&Value::of_json(&value), None)
    }

    /// Reads the settings file `content`, which is in `folder`. If the file is invalid TOML, the first syntax error is the only
    /// problem, and the valid entries apply.
    pub fn of_toml(content: &str, folder: &Path) -> (Settings, Vec<Problem>) {
        let (value, fault) = Value::of_toml(content);
        let (settings, problems) = read(&value, Some(folder));
        match fault {
            Some(fault) => (
                settings,
                vec![Problem {
                    setting: String::new(),
                    message: fault.message,
                    span: Some(fault.span),
                    is_idle: false,
                }],
            ),
            None => (settings, problems),
        }
    }
}

/// Reads the settings in `value`. Globs are relative to `folder`, or to the workspace folder if there is none.
fn read(value: &Value, folder: Option<&Path>) -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let mut reader = Reader { folder, places: BTreeMap::new(), problems: Vec::new() };
    reader.table(&SETTINGS, "", value, &mut settings);
    settings.places = reader.places;
    reader.problems.sort_by_key(|problem| problem.span);
    (settings, reader.problems)
}

struct Reader<'a> {
    folder: Option<&'a Path>,
    /// For each setting by its full name: its place.
    places: BTreeMap<String, Span>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, setting: &str, span: Option<Span>, message: impl Into<String>) {
        let (setting, message) = (setting.to_owned(), message.into());
        self.problems.push(Problem { setting, message, span, is_idle: false });
    }

    /// Adds a problem of `setting`, which has been read, at its place.
    fn problem_at(&mut self, setting: String, message: String) {
        let span = self.places.get(&setting).copied();
        self.problem(&setting, span, message);
    }

    /// Reads the `settings` in `value` into `target`; `name` is the full name of the table itself.
    fn table<T>(&mut self, settings: &[Setting<T>], name: &str, value: &Value, target: &mut T) {
        let Content::Table(entries) = &value.content else {
            let names = names(settings);
            let name = if name.is_empty() { "*" } else { name };
            return self.problem(
                name,
                value.span,
                format!("must be a table with any of {names}, not {}", value.content),
            );
        };
        for (key, value) in entries {
            let name = self.place(name, key, value.span);
            match settings.iter().find(|setting| setting.name == key.text) {
                Some(setting) => self.setting(setting, &name, value, target),
                None => {
                    let names = names(settings);
                    self.problem(&name, key.span, format!("there is no such setting; the settings are {names}"));
                }
            }
        }
    }

    /// Returns the full name of the setting `key` in the table `table`, and records its place `span`.
    fn place(&mut self, table: &str, key: &Key, span: Option<Span>) -> String {
        let name = if table.is_empty() { key.text.clone() } else { format!("{table}.{}", key.text) };
        self.places.extend(span.map(|span| (name.clone(), span)));
        name
    }

    fn setting<T>(&mut self, setting: &Setting<T>, name: &str, value: &Value, target: &mut T) {
        match (&setting.form, &value.content) {
            (Form::Path(set) | Form::Name(set), Content::Text(text)) => set(target, text.clone()),
            (Form::File(set), Content::Text(text)) if is_file_name(text) => set(target, text.clone()),
            (Form::Text(set), Content::Text(text)) => set(target, text.trim().replace("\r\n", "\n")),
            (Form::Steps(set), Content::List(items)) => {
                let mut step = |(index, item)| self.step(&format!("{name}[{index}]"), item);
                set(target, items.iter().enumerate().map(&mut step).collect());
            }
            (Form::Globs(set), Content::List(items)) => set(target, self.globs(name, items)),
            (Form::Values { set, .. }, Content::List(items)) => set(target, self.values(name, items)),
            (Form::Flag(set), Content::Flag(flag)) => set(target, *flag),
            (Form::Word(set, words), Content::Text(text)) if words.contains(&text.as_str()) => {
                set(target, words.iter().position(|word| word == text).unwrap_or_default());
            }
            (Form::Count(set), Content::Count(count)) if *count > 0 => set(target, *count),
            (Form::Percentage(set), Content::Count(count)) if (1..=100).contains(count) => set(target, *count),
            (form, Content::Table(entries)) if form.is_table() => self.entries(form, name, entries, target),
            (Form::Conditions(set), Content::Table(entries)) => set(target, self.conditions(name, entries)),
            (Form::References(set), Content::Table(_)) => set(target, self.part(&REFERENCE_SETTINGS, name, value)),
            (Form::Body(set), Content::Table(_)) => set(target, self.part(&BODY_SETTINGS, name, value)),
            (Form::Named(set), Content::Table(entries)) => set(target, self.named(name, entries)),
            (Form::Patterns(set), Content::Table(entries)) => set(target, self.patterns(name, entries)),
            (Form::Families(set), Content::List(items)) => {
                self.families(name, items).into_iter().for_each(|family| set(target, family));
            }
            _ => self.problem(name, value.span, format!("must be {}, not {}", setting.expected(), value.content)),
        }
    }

    /// Reads the `settings` in the table `value`.
    fn part<P: Default>(&mut self, settings: &[Setting<P>], name: &str, value: &Value) -> P {
        let mut part = P::default();
        self.table(settings, name, value, &mut part);
        part
    }

    fn families(&mut self, name: &str, items: &[Value]) -> Vec<FamilySettings> {
        let mut families = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let name = format!("{name}[{index}]");
            if index == MAX_FAMILIES {
                let message = format!("at most {MAX_FAMILIES} families are allowed; remove some");
                self.problem(&name, item.span, message);
                break;
            }
            families.push(self.family(&name, item));
        }
        families
    }

    /// Reads the `entries` of a table whose keys are not settings, into `target`; `name` is the full name of the table.
    fn entries<T>(&mut self, form: &Form<T>, name: &str, entries: &[(Key, Value)], target: &mut T) {
        // In the order of the file.
        let mut entries: Vec<&(Key, Value)> = entries.iter().collect();
        entries.sort_by_key(|(key, _)| key.span);
        for (key, value) in entries {
            let place = if matches!(form, Form::Rules(_)) { value.span } else { key.span };
            let name = self.place(name, key, place);
            match form {
                Form::Rules(set) => self.rule(&name, key, value, |rule, severity| set(target, rule, severity)),
                Form::Sections(set) => {
                    let mut section = SectionOverrides { name: key.text.clone(), ..SectionOverrides::default() };
                    self.table(&SECTION_SETTINGS, &name, value, &mut section);
                    set(target, section);
                }
                Form::Stages(set) => {
                    let mut stage = Stage { name: key.text.clone(), ..Stage::default() };
                    self.table(&STAGE_SETTINGS, &name, value, &mut stage);
                    set(target, stage);
                }
                Form::Keys(set) => {
                    let mut constraint = Constraint { name: key.text.clone(), ..Constraint::default() };
                    self.table(&KEY_SETTINGS, &name, value, &mut constraint);
                    self.key_faults(&name, &mut constraint);
                    set(target, constraint);
                }
                _ => {}
            }
        }
    }

    /// Leaves out of `constraint`, the table called `name`, what no value can be.
    fn key_faults(&mut self, name: &str, constraint: &mut Constraint) {
        if let (Some(least), Some(most)) = (constraint.min_characters, constraint.max_characters)
            && least > most
        {
            let message = format!("must not be more than max-characters, which is {most}");
            self.problem_at(format!("{name}.min-characters"), message);
            constraint.min_characters = None;
        }
        if let Some(format) = constraint.format.take_if(|format| !stands_for_date(format)) {
            let message = format!("must have a year, a month and a day, as in \"DD.MM.YYYY\", not \"{format}\"");
            self.problem_at(format!("{name}.format"), message);
        }
    }

    /// Reads conditions on the values of metadata keys.
    fn conditions(&mut self, name: &str, entries: &[(Key, Value)]) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (key, value) in entries {
            let name = self.place(name, key, value.span);
            let values = match &value.content {
                Content::Text(text) if !text.trim().is_empty() => vec![text.clone()],
                Content::List(items) => self.values(&name, items),
                content => {
                    self.problem(&name, value.span, format!("must be a value or a list of values, not {content}"));
                    continue;
                }
            };
            conditions.push(Condition { key: key.text.clone(), values });
        }
        conditions
    }

    /// Reads one of several lists.
    fn step(&mut self, name: &str, item: &Value) -> Vec<String> {
        match &item.content {
            Content::List(items) => self.values(name, items),
            content => {
                self.problem(name, item.span, format!("must be a list of strings, not {content}"));
                Vec::new()
            }
        }
    }

    /// Reads names, each with conditions on the values of metadata keys.
    fn named(&mut self, name: &str, entries: &[(Key, Value)]) -> Named {
        let mut named = Vec::new();
        for (key, value) in entries {
            let name = self.place(name, key, value.span);
            match &value.content {
                Content::Table(entries) => named.push((key.text.clone(), self.conditions(&name, entries))),
                content => {
                    self.problem(&name, value.span, format!("must be a table of keys and values, not {content}"))
                }
            }
        }
        named
    }

    /// Reads regular expressions, by what they stand for.
    fn patterns(&mut self, name: &str, entries: &[(Key, Value)]) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for (index, (key, value)) in entries.iter().enumerate() {
            let name = self.place(name, key, value.span);
            if index == MAX_PATTERNS {
                self.problem(&name, key.span, format!("a table has at most {MAX_PATTERNS} patterns; remove some"));
                break;
            }
            let compiled = match &value.content {
                Content::Text(source) => Pattern::compile(&key.text, source),
                content => Err(format!("must be a regular expression, not {content}")),
            };
            match compiled {
                Ok(pattern) => patterns.push(pattern),
                Err(fault) => self.problem(&name, value.span, fault),
            }
        }
        patterns
    }

    /// Reads the family in `value`; problems call it `name`.
    fn family(&mut self, name: &str, value: &Value) -> FamilySettings {
        self.places.extend(value.span.map(|span| (name.to_owned(), span)));
        let mut family = FamilySettings { folder: self.folder.map(Path::to_owned), ..FamilySettings::default() };
        self.table(&FAMILY_SETTINGS, name, value, &mut family);
        if family.documents.is_none() && matches!(value.content, Content::Table(_)) {
            self.problem(name, value.span, "has no documents; add globs of its files as \"documents\"");
        }
        family
    }

    fn rule(&mut self, name: &str, key: &Key, value: &Value, set: impl FnOnce(&'static str, Option<Severity>)) {
        let Some(rule) = rule(&key.text) else {
            let advice = match nearest_to(&key.text) {
                Some(rule) => format!("did you mean \"{}\"?", rule.id),
                None => "vip-lsp rule lists them all".to_owned(),
            };
            return self.problem(name, key.span, format!("there is no such rule; {advice}"));
        };
        let level = |text: &String| LEVELS.iter().find(|(word, _)| word == text);
        let level = if let Content::Text(text) = &value.content { level(text) } else { None };
        match level {
            Some((_, severity)) => set(rule.id, *severity),
            None => {
                let levels = quoted(&LEVELS.map(|(word, _)| word), "or");
                self.problem(name, value.span, format!("must be {levels}, not {}", value.content));
            }
        }
    }

    fn globs(&mut self, name: &str, items: &[Value]) -> Globs {
        let (mut set, mut patterns) = (GlobSetBuilder::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let name = format!("{name}[{index}]");
            let Content::Text(pattern) = &item.content else {
                self.problem(&name, item.span, format!("must be a glob, such as \"docs/*.md\", not {}", item.content));
                continue;
            };
            if index == glob::MOST {
                self.problem(&name, item.span, format!("a list has at most {} globs; remove some", glob::MOST));
                break;
            }
            match glob::compile(pattern) {
                Ok(glob) => {
                    patterns.push((name.clone(), pattern.clone(), glob.compile_matcher()));
                    self.places.extend(item.span.map(|span| (name, span)));
                    set.add(glob);
                }
                Err(fault) => self.problem(&name, item.span, fault),
            }
        }
        Globs { folder: self.folder.map(Path::to_owned), set: set.build().unwrap_or_default(), patterns }
    }

    fn values(&mut self, name: &str, items: &[Value]) -> Vec<String> {
        let mut values = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match &item.content {
                Content::Text(text) if !text.trim().is_empty() => values.push(text.clone()),
                content => {
                    let message = format!("must be a non-empty string, not {content}");
                    self.problem(&format!("{name}[{index}]"), item.span, message);
                }
            }
        }
        values
    }
}

/// Whether `text` is the name of a file, without folders, on any system.
fn is_file_name(text: &str) -> bool {
    let is_apart = |sign: char| sign.is_control() || matches!(sign, '/' | '\\' | ':');
    !matches!(text.trim(), "" | "." | "..") && !text.contains(is_apart)
}

fn names<T>(settings: &[Setting<T>]) -> String {
    quoted(&settings.iter().map(|setting| setting.name).collect::<Vec<_>>(), "and")
}
