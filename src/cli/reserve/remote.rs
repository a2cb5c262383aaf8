//! The refs of a remote, by git.

use std::ffi::OsString;

use super::address::Address;
use super::chance::random;
use super::names::START;
use super::program::{Git, Said};
use crate::workspace::author;

/// The refs of a remote.
pub(super) struct RemoteRefs {
    git: Git,
    /// The name of the remote.
    name: String,
    address: Address,
    /// The commit that the refs created here point to; it is nobody else's.
    own: Option<String>,
}

/// How many lines of what git says about a failure are shown.
const MAX_LINES: usize = 4;

impl RemoteRefs {
    /// Returns the refs of the remote `name` at `address`, whose object names are of the kind `format`.
    pub(super) fn at(git: Git, name: &str, address: Address, format: &str) -> Result<RemoteRefs, String> {
        let refs = RemoteRefs { git, name: name.to_owned(), address, own: None };
        let format = format!("--object-format={format}");
        refs.asked(&["init", "--quiet", "--bare", "--template=", &format], "has no repository of its own")?;
        Ok(refs)
    }

    /// Returns the refs that reserve numbers, each with its object.
    ///
    /// # Errors
    ///
    /// When the remote cannot be reached.
    pub(super) fn names(&self) -> Result<Vec<(String, String)>, String> {
        let mut arguments: Vec<OsString> = vec!["ls-remote".into(), "--refs".into()];
        arguments.extend(self.without_hooks("--upload-pack=", "upload-pack"));
        arguments.extend(["--".into(), self.place(), format!("{START}*").into()]);
        let said = self.asked(&arguments, "cannot read what is reserved there")?;
        let lines = said.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines
            .filter(|(_, name)| name.starts_with(START))
            .map(|(id, name)| (name.to_owned(), id.to_owned()))
            .collect())
    }

    /// Creates the ref `name` for a proposal with this `title`. The inner error says why the remote does not: it has one, or it
    /// refuses.
    ///
    /// # Errors
    ///
    /// When git cannot be run.
    pub(super) fn create(&mut self, name: &str, title: &str) -> Result<Result<(), String>, String> {
        let commit = match &self.own {
            Some(commit) => commit.clone(),
            None => self.own.insert(self.commit(title)?).clone(),
        };
        let mut arguments: Vec<OsString> =
            ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]
                .map(Into::into)
                .into();
        arguments.extend(self.without_hooks("--receive-pack=", "receive-pack"));
        // Without a value, the ref must not be there.
        arguments.push(format!("--force-with-lease={name}:").into());
        arguments.extend(["--".into(), self.place(), format!("{commit}:{name}").into()]);
        let said = self.git.run(&arguments)?;
        Ok(if said.is_fine { Ok(()) } else { Err(self.fault(&said, &format!("refuses {name}"))) })
    }

    /// Whether `id` is the object of refs that were created here.
    pub(super) fn is_own(&self, id: &str) -> bool {
        self.own.as_deref() == Some(id)
    }

    /// Makes a commit without files that is unlike all others.
    fn commit(&self, title: &str) -> Result<String, String> {
        let what = "cannot be given a commit";
        let tree = self.asked(&["hash-object", "-t", "tree", "-w", "--stdin"], what)?;
        let message = format!("Reserve a number for \"{title}\"\n\nReservation: {:016x}{:016x}", random(), random());
        let name = author().unwrap_or_else(|| "vip-lsp".to_owned());
        let (name, message) = (format!("user.name={name}"), message.replace('\0', ""));
        let commit = self.asked(&["-c", &name, "commit-tree", "-m", &message, tree.trim()], what)?;
        Ok(commit.trim().to_owned())
    }

    /// Returns how git runs its program called `program` for a folder: without the hooks there. The folder comes from the repository's
    /// configuration, too.
    fn without_hooks(&self, option: &str, program: &str) -> Option<OsString> {
        let Address::Folder(_) = self.address else { return None };
        let no_hooks = self.git.no_hooks();
        let settings =
            [no_hooks.as_os_str(), "receive.autogc=false".as_ref(), "core.alternateRefsCommand=true".as_ref()];
        let mut argument = OsString::from(option);
        argument.push(quoted(self.git.program.to_string_lossy().as_ref()));
        for setting in settings {
            argument.push(" -c ");
            argument.push(quoted(setting.to_string_lossy().as_ref()));
        }
        argument.push(format!(" {program}"));
        Some(argument)
    }

    fn place(&self) -> OsString {
        match &self.address {
            Address::Server(address) => address.into(),
            Address::Folder(path) => path.into(),
        }
    }

    /// Returns what git answers to `arguments`, or that the remote `does` something else.
    fn asked<A: AsRef<std::ffi::OsStr>>(&self, arguments: &[A], does: &str) -> Result<String, String> {
        let said = self.git.run(arguments)?;
        if said.is_fine { Ok(said.output) } else { Err(self.fault(&said, does)) }
    }

    /// Returns a message that the remote `does` something, with what git says of it. Passwords in the address are left out.
    fn fault(&self, said: &Said, does: &str) -> String {
        let own = match &self.address {
            Address::Server(address) => address.split_once("://").and_then(|(_, rest)| rest.split('/').next()),
            Address::Folder(_) => None,
        };
        let secret = own.and_then(|own| own.rsplit_once('@')).map(|(user, _)| format!("{user}@"));
        let error = secret.map_or_else(|| said.error.clone(), |secret| said.error.replace(&secret, ""));
        let lines: Vec<&str> = error.lines().map(str::trim).filter(|line| !line.is_empty()).take(MAX_LINES).collect();
        format!("the remote \"{}\" {does}: {}", self.name, lines.join("; "))
    }
}

/// Quotes `word` for a shell, which git runs its own program by.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
