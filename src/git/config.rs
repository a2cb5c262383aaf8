//! The format of a repository as its own configuration states it, and the addresses of its remotes. Other settings are ignored, and
//! includes are not followed.

use gix_hash::Kind;

use super::Fault;

/// The maximum length of the file in bytes.
pub(super) const MAX_LENGTH: usize = 1024 * 1024;

/// Extensions that change nothing about what is read here (git-config(1), `extensions.*`).
const HARMLESS: [&str; 6] =
    ["noop", "noop-v1", "preciousobjects", "partialclone", "worktreeconfig", "relativeworktrees"];

/// The format of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) hash: Kind,
    /// `core.worktree`: the worktree of a submodule, relative to its git folder.
    pub(super) worktree: Option<String>,
    pub(super) remotes: Vec<Remote>,
}

/// A remote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its name.
    pub name: String,
    /// The first address to push to, as it is written: nothing rewrites it, and it may be anything.
    pub address: Option<String>,
    /// Whether that is one only for pushing (`pushurl`).
    is_for_pushing: bool,
}

impl Config {
    /// Parses `text`; later lines override earlier ones.
    ///
    /// # Errors
    ///
    /// When the repository is in an unsupported format.
    pub(super) fn of(text: &str) -> Result<Config, Fault> {
        let mut config = Config { hash: Kind::Sha1, worktree: None, remotes: Vec::new() };
        let mut version = 0;
        let mut unknown = None;
        for (section, key, value) in entries(text) {
            match (section.as_str(), key.as_str()) {
                ("core", "repositoryformatversion") => version = value.trim().parse().unwrap_or(u32::MAX),
                ("core", "worktree") => config.worktree = Some(value),
                ("extensions", "objectformat") => config.hash = hash(&value)?,
                ("extensions", "refstorage") if value.eq_ignore_ascii_case("files") => {}
                ("extensions", "refstorage") => {
                    let say = "stores its branches as a reftable; `git refs migrate --ref-format=files` converts them to files";
                    return Err(Fault::Unsupported(format!("it {say}")));
                }
                (section, "url" | "pushurl") => config.add_address(section, key == "pushurl", value),
                ("extensions", extension) if !HARMLESS.contains(&extension) => unknown = Some(key),
                _ => {}
            }
        }
        match unknown {
            _ if version > 1 => Err(Fault::Unsupported("its format is newer than this program".to_owned())),
            // In version 0, git ignores extensions that it does not know.
            Some(extension) if version == 1 => {
                Err(Fault::Unsupported(format!("its extension \"{}\" is not known", extension.escape_debug())))
            }
            _ => Ok(config),
        }
    }

    /// Adds the `address` of the remote that `section` is about, if it is about one. Of several, the first one counts, and one for
    /// pushing before all others.
    fn add_address(&mut self, section: &str, is_for_pushing: bool, address: String) {
        let Some(name) = section.strip_prefix("remote ").and_then(unquoted) else { return };
        let known = self.remotes.iter().position(|remote| remote.name == name);
        let place = known.unwrap_or_else(|| {
            self.remotes.push(Remote { name, address: None, is_for_pushing: false });
            self.remotes.len() - 1
        });
        let remote = &mut self.remotes[place];
        if remote.address.is_none() || is_for_pushing && !remote.is_for_pushing {
            (remote.address, remote.is_for_pushing) = (Some(address), is_for_pushing);
        }
    }
}

/// Returns the name of a subsection, which is in quotation marks.
fn unquoted(name: &str) -> Option<String> {
    let name = name.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut is_escaped = false;
    let is_kept = |character: &char| {
        is_escaped = *character == '\\' && !is_escaped;
        !is_escaped
    };
    Some(name.chars().filter(is_kept).collect())
}

fn hash(name: &str) -> Result<Kind, Fault> {
    match name.to_ascii_lowercase().as_str() {
        "sha1" => Ok(Kind::Sha1),
        "sha256" => Ok(Kind::Sha256),
        _ => Err(Fault::Unsupported(format!("its object format \"{}\" is not known", name.escape_debug()))),
    }
}

/// Yields the section, the key and the value of each line of `text` that has a value (git-config(1), "Syntax"). A section with a
/// subsection is named by both. Sections and keys are in lower case, but not subsections.
fn entries(text: &str) -> impl Iterator<Item = (String, String, String)> {
    let mut section = String::new();
    let text = text.trim_start_matches('\u{feff}').replace("\\\r\n", "").replace("\\\n", "");
    let lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.into_iter().filter_map(move |line| {
        let mut line = line.trim();
        if let Some(rest) = line.strip_prefix('[') {
            let (name, rest) = header(rest);
            section = name;
            line = rest.trim_start();
        }
        let (key, value) = line.split_once('=')?;
        let key = key.trim();
        let is_key = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        is_key.then(|| (section.clone(), key.to_ascii_lowercase(), said(value)))
    })
}

/// Parses a section header from `line`, which starts after the bracket: its name, and the rest of the line.
fn header(line: &str) -> (String, &str) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, character) in line.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ']' if !is_quoted => return (section(&line[..at]), &line[at + 1..]),
            _ => {}
        }
    }
    (section(line), "")
}

/// Returns the name in a section header, in lower case up to the subsection.
fn section(name: &str) -> String {
    let (section, rest) = name.trim().split_at(name.trim().find('"').unwrap_or(name.trim().len()));
    let blank = if rest.is_empty() { "" } else { " " };
    format!("{}{blank}{rest}", section.trim_end().to_ascii_lowercase())
}

/// Returns `value` without quotation marks and without a trailing comment.
fn said(value: &str) -> String {
    let (mut said, mut kept, mut is_quoted, mut is_escaped) = (String::new(), 0, false, false);
    for character in value.trim().chars() {
        match character {
            _ if is_escaped => {
                said.push(match character {
                    'n' => '\n',
                    't' => '\t',
                    'b' => '\u{8}',
                    other => other,
                });
                is_escaped = false;
                kept = said.len();
            }
            '\\' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '#' | ';' if !is_quoted => break,
            other => said.push(other),
        }
        if is_quoted || !character.is_whitespace() {
            kept = said.len();
        }
    }
    said.truncate(kept);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_remote_is_the_first_one_to_push_to() {
        let remotes = |text: &str| {
            let remotes = Config::of(text).expect("a configuration").remotes;
            remotes.into_iter().map(|remote| (remote.name, remote.address.unwrap_or_default())).collect::<Vec<_>>()
        };
        let is = |all: &[(&str, &str)]| -> Vec<_> {
            all.iter().map(|(name, address)| ((*name).to_owned(), (*address).to_owned())).collect()
        };
        for (text, expected) in [
            (
                "[remote \"origin\"]\n\turl = https://example.org/a.git\n\tfetch = +refs/heads/*\n",
                is(&[("origin", "https://example.org/a.git")]),
            ),
            (
                "[REMOTE   \"Origin\"] url = a\n[remote \"origin\"]\nurl = b\nurl = c\n",
                is(&[("Origin", "a"), ("origin", "b")]),
            ),
            ("[remote \"o\"]\nurl = a\npushurl = b\npushurl = c\nurl = d\n", is(&[("o", "b")])),
            ("[remote \"a\\\"b\\\\c\"]\nurl = \"ext::sh -c x\"\n", is(&[("a\"b\\c", "ext::sh -c x")])),
            ("[remote]\nurl = a\n[branch \"remote\"]\nurl = a\n[url \"x\"]\ninsteadOf = a\n", is(&[])),
        ] {
            assert_eq!(remotes(text), expected, "{text}");
        }
    }

    #[test]
    fn the_form_of_a_repository_is_read() {
        let form = |text: &str| {
            let config = Config::of(text);
            config.map(|config| (config.hash, config.worktree)).map_err(|fault| fault.to_string())
        };
        let is = |hash, worktree: Option<&str>| Ok((hash, worktree.map(str::to_owned)));
        for (text, expected) in [
            ("", is(Kind::Sha1, None)),
            ("[core]\n\tbare = false\n\tworktree = ../../a b # c\n", is(Kind::Sha1, Some("../../a b"))),
            ("[core] worktree = \"a;\\\"b \" ; c\n", is(Kind::Sha1, Some("a;\"b "))),
            ("[CORE]\r\nWorkTree=a\\\r\nb\r\n", is(Kind::Sha1, Some("ab"))),
            ("[core \"x\"]\nworktree = a\n[x]\nworktree = b\n", is(Kind::Sha1, None)),
            ("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = sha256\n", is(Kind::Sha256, None)),
            ("[extensions]\nother = 1\n", is(Kind::Sha1, None)),
            ("[include]\npath = x\n[includeIf \"gitdir:]/\"]\npath = x\n", is(Kind::Sha1, None)),
            ("[", is(Kind::Sha1, None)),
            ("[\"\\", is(Kind::Sha1, None)),
            ("[core]\nworktree\n=\n= a\n", is(Kind::Sha1, None)),
        ] {
            assert_eq!(form(text), expected, "{text}");
        }
        for (text, expected) in [
            ("[core]\nrepositoryformatversion = 2\n", "its format is newer"),
            ("[core]\nrepositoryformatversion = 1\n[extensions]\nother = 1\n", "its extension \"other\" is not known"),
            ("[extensions]\nobjectformat = md5\n", "its object format \"md5\" is not known"),
            ("[extensions]\nrefstorage = reftable\n", "`git refs migrate --ref-format=files`"),
        ] {
            let fault = form(text).expect_err("it is not read");
            assert!(fault.contains(expected), "{fault}");
        }
    }
}
