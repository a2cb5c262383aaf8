//! Settings that others build on: presets that are built in, and files of the repository.

use std::path::{Path, PathBuf};

use super::layer::Settings;
use super::lookup::Lookup;

/// A preset: its name, and its settings as TOML.
struct Preset {
    /// The name, for the setting `extends`.
    name: &'static str,
    /// The settings.
    content: &'static str,
}

/// The presets.
static PRESETS: [Preset; 1] = [Preset { name: "eip", content: include_str!("../../presets/eip.toml") }];

/// The maximum number of files that build on each other.
const MAX_DEPTH: usize = 8;

/// Returns the settings that `extends` names in a file of `folder`: a preset, or a file by its path.
///
/// # Errors
///
/// What is wrong with the name, the file or one that it builds on, for a message.
pub(super) fn extended(extends: &str, folder: &Path, lookup: &Lookup<'_>) -> Result<Settings, String> {
    let (mut layers, mut names) = (Vec::<Settings>::new(), Vec::<PathBuf>::new());
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
        let content = lookup.content(&path).map_err(|error| format!("\"{name}\" cannot be read: {error}"))?;
        let own = path.parent().unwrap_or(&path).to_owned();
        let (settings, problems) = Settings::of_toml(&content, &own);
        if let Some(problem) = problems.first() {
            return Err(format!("\"{name}\" is not valid: {}: {}", problem.setting, problem.message));
        }
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
    Ok(layers.fold(first, |below, above| above.over(&below)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_valid_and_says_where_it_is_from() {
        for preset in &PRESETS {
            let (settings, problems) = Settings::of_toml(preset.content, Path::new(""));
            assert_eq!(problems, [], "{}", preset.name);
            assert!(settings.extends.is_none() && preset.content.starts_with("# "), "{}", preset.name);
        }
    }
}
