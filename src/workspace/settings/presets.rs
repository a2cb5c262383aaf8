//! Settings that others build on: presets that are built in, and files of the repository.

use std::path::{Path, PathBuf};

use super::layer::Settings;
use super::lookup::Lookup;
use super::problem::Problem;
use crate::document::is_same_value;
use crate::template::{Constraint, KeyName, MetadataKey, STATUS, SectionOverrides, Template, TemplateSection};

/// A preset: its name, and its settings as TOML.
struct Preset {
    /// The name, for the setting `extends`.
    name: &'static str,
    /// The settings.
    content: &'static str,
}

/// The presets.
static PRESETS: [Preset; 9] = [
    Preset { name: "adr-nygard", content: include_str!("../../presets/adr-nygard.toml") },
    Preset { name: "cip", content: include_str!("../../presets/cip.toml") },
    Preset { name: "eip", content: include_str!("../../presets/eip.toml") },
    Preset { name: "kep", content: include_str!("../../presets/kep.toml") },
    Preset { name: "madr", content: include_str!("../../presets/madr.toml") },
    Preset { name: "pep-md", content: include_str!("../../presets/pep-md.toml") },
    Preset { name: "rfc", content: include_str!("../../presets/rfc.toml") },
    Preset { name: "swift", content: include_str!("../../presets/swift.toml") },
    Preset { name: "vip", content: include_str!("../../presets/vip.toml") },
];

/// The maximum number of files that build on each other.
const MAX_DEPTH: usize = 8;

/// The maximum number of problems told of a file that others build on.
const MAX_FAULTS: usize = 20;

/// What a file builds on.
#[derive(Debug, Default)]
pub(super) struct Base {
    /// The settings.
    pub(super) settings: Settings,
    /// The template that they name, if that exists.
    pub(super) template: Option<PathBuf>,
    /// What is wrong with the files that have them, for messages.
    pub(super) faults: Vec<String>,
}

impl Base {
    /// Reads the file at `path`, which is called `name`. Adds its template, unless there is one, and what is wrong with it.
    fn read(&mut self, path: &Path, name: &str, lookup: &Lookup<'_>) -> Result<Settings, String> {
        let content = lookup.content(path).map_err(|error| format!("\"{name}\" cannot be read: {error}"))?;
        let folder = path.parent().unwrap_or(path);
        let (settings, mut problems) = Settings::of_toml(&content, folder);
        let mut known = |setting: &str, template: &str| match lookup.file(template, folder) {
            Ok(path) => Some(path),
            Err(message) => {
                problems.push(settings.problem(setting, message));
                None
            }
        };
        let template = settings.template.as_ref().and_then(|template| known("template", template));
        for (index, family) in settings.families().iter().enumerate() {
            family.template().and_then(|(template, _)| known(&format!("family[{index}].template"), template));
        }
        self.template = self.template.take().or(template);
        self.faults.extend(problems.iter().take(MAX_FAULTS).map(|problem| told(problem, name, &content)));
        let more = problems.len().saturating_sub(MAX_FAULTS);
        self.faults.extend((more > 0).then(|| format!("and {more} more problems in \"{name}\"")));
        Ok(settings)
    }
}

/// Returns the settings that `extends` names in a file of `folder`: a preset, or a file by its path.
///
/// # Errors
///
/// What is wrong with the name, or that a file cannot be read, for a message.
pub(super) fn extended(extends: &str, folder: &Path, lookup: &Lookup<'_>) -> Result<Base, String> {
    let (mut layers, mut names, mut base) = (Vec::<Settings>::new(), Vec::<PathBuf>::new(), Base::default());
    let (mut name, mut folder) = (extends.to_owned(), folder.to_owned());
    loop {
        if let Some(preset) = PRESETS.iter().find(|preset| preset.name == name) {
            layers.push(Settings::of_toml(preset.content, Path::new("")).0);
            break;
        }
        if !name.ends_with(".toml") {
            let known: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
            return Err(format!(
                "there is no preset \"{name}\"; name a file that ends in .toml, or one of {}",
                known.join(", ")
            ));
        }
        let path = lookup.file(&name, &folder)?;
        if names.contains(&path) {
            return Err(format!("\"{name}\" builds on itself"));
        }
        if names.len() == MAX_DEPTH {
            return Err(format!("at most {MAX_DEPTH} files may build on each other"));
        }
        let own = path.parent().unwrap_or(&path).to_owned();
        let settings = base.read(&path, &name, lookup)?;
        let next = settings.extends.clone();
        layers.push(settings);
        names.push(path);
        match next {
            Some(next) => (name, folder) = (next, own),
            None => break,
        }
    }
    let mut layers = layers.into_iter().rev();
    let first = layers.next().unwrap_or_default();
    Ok(Base { settings: layers.fold(first, |below, above| above.over(&below)), ..base })
}

/// Returns `problem` of the file `name` with `content`, with its line.
fn told(problem: &Problem, name: &str, content: &str) -> String {
    let start = problem.span.map_or(0, |span| span.start.get());
    let line = 1 + content.bytes().take(start).filter(|byte| *byte == b'\n').count();
    format!("line {line} of \"{name}\": {}", problem.in_file())
}

/// The percentage of the names in a template and a preset that both have to have for the preset to be proposed.
const NEAR: usize = 50;

/// The percentage of the names in a template that a preset has to have to be proposed whatever else it names, and how many these are
/// at least.
const KNOWN: (usize, usize) = (80, 5);

/// How many names a template and a preset have in common at least.
const FEW: usize = 4;

/// Returns the name of the preset that is for templates like `template`, by the names of keys and sections: the one with the largest
/// part of the template's names and of those that it requires in common. `None` if that part is too small, or the same for two. A
/// preset that does not allow a value that the template lists is for other templates.
pub fn nearest_preset(template: &Template) -> Option<&'static str> {
    let mut near: Vec<(usize, &str)> =
        PRESETS.iter().filter_map(|preset| Some((preset.share(template)?, preset.name))).collect();
    near.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, name), ..] => Some(name),
        [] => None,
    }
}

impl Preset {
    /// Returns the part, in thousandths, of the names in `template` and of those that the preset requires which both have; `None`
    /// if it is small.
    fn share(&self, template: &Template) -> Option<usize> {
        let overrides = Settings::of_toml(self.content, Path::new("")).0.terms.overrides;
        let constraints = || overrides.metadata.values();
        let mut names: Vec<KeyName> = constraints().map(|key| KeyName::of(&key.name)).collect();
        names.extend(overrides.key_order.iter().flatten().map(|name| KeyName::of(name)));
        let has_key = |key: &&MetadataKey| names.iter().any(|name| name.is(key.called()));
        let has_section = |section: &&TemplateSection| overrides.sections.contains_key(&section.key);
        let count = template.metadata.len() + template.top().count();
        let shared = template.metadata.iter().filter(has_key).count() + template.top().filter(has_section).count();
        let lacks_key = |key: &&Constraint| {
            let name = KeyName::of(&key.name);
            key.is_required == Some(true) && !template.metadata.iter().any(|own| name.is(own.called()))
        };
        let lacks_section = |(name, section): &(&String, &SectionOverrides)| {
            section.is_optional == Some(false) && !template.top().any(|own| own.key == **name)
        };
        let values = constraints().filter_map(|key| Some((key.name.as_str(), key.values.as_ref()?)));
        let mut values = values.chain(overrides.status.iter().map(|values| (STATUS, values)));
        if values.any(|(name, allowed)| denies_one_of(template, name, allowed)) {
            return None;
        }
        let lacking = constraints().filter(lacks_key).count() + overrides.sections.iter().filter(lacks_section).count();
        let all = count + lacking;
        let is_known = shared >= KNOWN.1 && 100 * shared >= KNOWN.0 * count;
        let is_near = shared >= FEW && 100 * shared >= NEAR * all;
        (is_known || is_near).then_some(1000 * shared / all.max(1))
    }
}

/// Whether `template` lists a value of the key `name` that is not `allowed`.
fn denies_one_of(template: &Template, name: &str, allowed: &[String]) -> bool {
    let name = KeyName::of(name);
    let key = template.metadata.iter().find(|key| name.is(key.called()));
    let is_allowed = |value: &String| allowed.iter().any(|allowed| is_same_value(value, allowed));
    key.is_some_and(|key| !key.values.iter().all(is_allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preset_for_a_template_is_the_one_with_its_names() {
        let nearest = |template: &str| nearest_preset(&Template::derive(template, None));
        let record =
            "# N. Title\n\nDate: YYYY-MM-DD\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n\n## Consequences\n";
        assert_eq!(nearest(record), Some("adr-nygard"));
        let proposal = "---\neip: <number>\ntitle: <title>\ndescription: <words>\nauthor: <names>\ndiscussions-to: <URL>\nstatus: Draft\n\
                        type: <Standards Track, Meta, or Informational>\ncreated: <date>\n---\n\n## Abstract\n\n## Motivation\n\n## Specification\n\n## Copyright\n";
        assert_eq!(nearest(proposal), Some("eip"));
        // Both presets have these names, but one does not allow the values.
        let both = |values: &str| {
            format!(
                "---\ntitle: <title>\nauthor: <names>\ndiscussions-to: <URL>\nstatus: Draft\ntype: <{values}>\ncreated: <date>\nrequires: <numbers>\n---\n\n\
                 ## Abstract\n\n## Motivation\n\n## Specification\n\n## Rationale\n\n## Backwards Compatibility\n\n## Copyright\n"
            )
        };
        assert_eq!(nearest(&both("Standards Track, Process, or Informational")), Some("pep-md"));
        assert_eq!(nearest(&both("Standards Track, Meta, or Informational")), Some("eip"));
        assert_eq!(nearest(&both("A, B, or C")), None);
        // A few names that many families have are not enough.
        for other in [
            "# XIP-N: Title\n\n- Status: x\n- Author: x\n- Created: x\n\n## Summary\n\n## Motivation\n\n## Design\n\n## Plan\n\n## Costs\n",
            "# N. Title\n\n## Status\n\n## Context\n\n## Forces\n\n## Costs\n\n## Risks\n\n## Plan\n\n## Decision\n",
            "",
        ] {
            assert_eq!(nearest(other), None, "{other}");
        }
    }

    #[test]
    fn every_preset_is_valid_and_says_where_it_is_from() {
        for preset in &PRESETS {
            let (settings, problems) = Settings::of_toml(preset.content, Path::new(""));
            assert_eq!(problems, [], "{}", preset.name);
            assert!(settings.extends.is_none() && preset.content.starts_with("# "), "{}", preset.name);
        }
    }
}
