//! The address of a remote, which the repository's configuration names and which is not trusted.

use std::path::{Path, PathBuf};

use crate::git::Remote;
use crate::letters::{shown, shown_path};

/// The remotes to use, the first one that there is.
const USUAL: [&str; 2] = ["upstream", "origin"];

/// The ways of reaching a remote that git has itself; for all others, it runs a program of that name.
const SCHEMES: [&str; 6] = ["https", "http", "ssh", "git", "git+ssh", "ssh+git"];

/// The address of a remote, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A server.
    Server(String),
    /// A folder, outside of the repository that is worked on, by its real path.
    Folder(PathBuf),
}

/// Returns the remote called `name`, or else the usual one or the only one: its name and its address as it is written.
pub(super) fn chosen(remotes: &[Remote], name: Option<&str>) -> Result<(String, String), String> {
    let called = |name: &str| remotes.iter().find(|remote| remote.name == name);
    let found = match (name, remotes) {
        (Some(name), _) => called(name),
        (None, [only]) => Some(only),
        (None, _) => USUAL.iter().find_map(|name| called(name)),
    };
    if let Some(Remote { name, address: Some(address), .. }) = found {
        return Ok((name.clone(), address.clone()));
    }
    let names: Vec<String> = remotes.iter().map(|remote| format!("\"{}\"", shown(&remote.name))).collect();
    let known = match names.is_empty() {
        true => "git remote add adds one".to_owned(),
        false => format!("name one with --remote: {}", names.join(", ")),
    };
    match name {
        Some(name) => Err(format!("this repository has no remote \"{}\"; {known}", shown(name))),
        None if names.is_empty() => Err(format!("this repository has no remote to reserve a number at; {known}")),
        None => Err(format!("this repository has several remotes; {known}")),
    }
}

/// Checks `address`, of a repository whose worktree is at `top`, and returns what git may be given. Nothing below `untrusted` is a
/// remote: it comes with the repository.
///
/// # Errors
///
/// When it is none, or git would run a program that it names; the text says so, after the name of the remote.
pub(super) fn checked(address: &str, top: &Path, untrusted: &[&Path]) -> Result<Address, String> {
    if address.is_empty() || address.starts_with('-') || address.contains(char::is_control) {
        return Err("has no valid address".to_owned());
    }
    let is_word = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-._".contains(letter));
    if let Some((helper, _)) = address.split_once("::").filter(|(helper, _)| is_word(helper)) {
        return Err(format!("is reached by a program of its own, \"git-remote-{helper}\", which is not run"));
    }
    if let Some((scheme, rest)) = address.split_once("://").filter(|(scheme, _)| is_word(scheme)) {
        return match scheme.to_ascii_lowercase().as_str() {
            "file" => folder(Path::new(rest), untrusted),
            known if SCHEMES.contains(&known) => server(address, rest),
            _ => Err(format!("is reached by \"{scheme}\", which is not known; known are https, ssh and git")),
        };
    }
    // As in git: a colon comes before the path on a server, unless a slash comes first.
    match address.find([':', '/', '\\']) {
        Some(at) if address[at..].starts_with(':') && !is_drive(&address[..at]) => server(address, address),
        _ => folder(&top.join(address), untrusted),
    }
}

/// Whether `start` is the letter of a drive.
fn is_drive(start: &str) -> bool {
    cfg!(windows) && start.len() == 1
}

/// Checks that neither the user nor the host in `rest`, the part of `address` that starts with them, is an option of another
/// program.
fn server(address: &str, rest: &str) -> Result<Address, String> {
    let place = rest.split('/').next().unwrap_or_default();
    let host = place.rsplit('@').next().unwrap_or_default();
    match place.starts_with('-') || host.starts_with('-') || host.is_empty() {
        true => Err("has no valid address".to_owned()),
        false => Ok(Address::Server(address.to_owned())),
    }
}

fn folder(path: &Path, untrusted: &[&Path]) -> Result<Address, String> {
    let real = path.canonicalize().ok().filter(|real| path.is_absolute() && real.is_dir());
    let real = real.ok_or_else(|| format!("is at \"{}\", where there is nothing", shown_path(path)))?;
    match untrusted.iter().any(|folder| real.starts_with(folder)) {
        true => Err("is within the repository itself, which is not trusted".to_owned()),
        false => Ok(Address::Folder(real)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_server_or_a_folder_and_no_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("a folder");
        for name in ["work/inner.git", "remote.git"] {
            std::fs::create_dir_all(real.join(name)).expect("a folder");
        }
        let top = real.join("work");
        let check = |address: &str| checked(address, &top, &[&top]);
        let beside = Ok(Address::Folder(real.join("remote.git")));
        assert_eq!(check("../remote.git"), beside);
        assert_eq!(check(&format!("file://{}", real.join("remote.git").display())), beside);
        for address in [
            "https://example.org/a.git",
            "ssh://git@example.org:22/a",
            "git@example.org:a/b",
            "HTTPS://[::1]/a",
            "host:a",
        ] {
            assert_eq!(check(address), Ok(Address::Server(address.to_owned())), "{address}");
        }
        for (address, expected) in [
            ("ext::sh -c x", "\"git-remote-ext\""),
            ("fd::3", "\"git-remote-fd\""),
            ("foo://x", "reached by \"foo\""),
            ("ext://x", "reached by \"ext\""),
            ("-oProxyCommand=x", "no valid address"),
            ("ssh://-oProxyCommand=x/a", "no valid address"),
            ("ssh://a@-x/a", "no valid address"),
            ("a@-x:b", "no valid address"),
            ("https:///a", "no valid address"),
            ("https://example.org/\n", "no valid address"),
            ("", "no valid address"),
            ("inner.git", "within the repository itself"),
            ("../work/./inner.git", "within the repository itself"),
            (".", "within the repository itself"),
            ("../none.git", "where there is nothing"),
            ("file://remote.git", "where there is nothing"),
        ] {
            let fault = check(address).expect_err(address);
            assert!(fault.contains(expected), "{address}: {fault}");
        }
    }
}
