//! The author's name in the user's own git configuration, which is read directly, without running git.

use std::path::PathBuf;

use crate::door;

/// The maximum length of a configuration file in bytes.
const MAX_LENGTH: usize = 64 * 1024;

/// Returns the user's name in git.
pub fn author() -> Option<String> {
    files().iter().filter_map(|file| name_in(&door::read_trusted(file, MAX_LENGTH).ok()?)).next_back()
}

/// Returns the paths of the user's git configuration; later files override earlier ones.
fn files() -> Vec<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(file) = folder("GIT_CONFIG_GLOBAL") {
        return vec![file];
    }
    let home = std::env::home_dir();
    let own = folder("XDG_CONFIG_HOME").or_else(|| Some(home.as_ref()?.join(".config")));
    let files = [own.map(|own| own.join("git/config")), home.map(|home| home.join(".gitconfig"))];
    files.into_iter().flatten().collect()
}

/// Returns the last `user.name` in `config` (git-config(1), "Syntax").
fn name_in(config: &str) -> Option<String> {
    let (mut is_user, mut name) = (false, None);
    for line in config.lines().map(str::trim) {
        match line.strip_prefix('[') {
            Some(section) => {
                is_user = section.split(']').next().is_some_and(|section| section.trim().eq_ignore_ascii_case("user"))
            }
            None if is_user => {
                let value = line.split_once('=').filter(|(key, _)| key.trim().eq_ignore_ascii_case("name"));
                name = value.map(|(_, value)| said(value)).or(name);
            }
            None => {}
        }
    }
    name.filter(|name| !name.is_empty() && !name.contains(char::is_control))
}

/// Returns `value` without quotation marks and without a trailing comment.
fn said(value: &str) -> String {
    let (mut said, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for character in value.trim().chars() {
        match character {
            _ if is_escaped => {
                said.push(character);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '#' | ';' if !is_quoted => break,
            other => said.push(other),
        }
    }
    said.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_that_of_the_user() {
        for (config, expected) in [
            ("[user]\n\tname = A. Author\n\temail = a@example.org\n", Some("A. Author")),
            ("[User]\nName=\"B. \\\"B\\\" # Author\" ; x\n", Some("B. \"B\" # Author")),
            ("[user]\nname = A\n[core]\nname = B\n[user]\nname = C # d\n", Some("C")),
            ("[user \"x\"]\nname = A\n", None),
            ("name = A\n", None),
            ("[user]\nname =\n", None),
            ("[user]\nname\n", None),
        ] {
            assert_eq!(name_in(config).as_deref(), expected, "{config}");
        }
    }
}
