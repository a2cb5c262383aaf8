//! Reserving the number of a new proposal at a remote, for `vip-lsp new --reserve`.
//!
//! A number is reserved by a ref, which a remote creates for only one of those who ask for it. This is the one place where a
//! program is run: the user's own git, since only that knows how the user reaches the remote.
//!
//! **Architecture invariant:** git never runs in the repository that is worked on, whose configuration may name programs. It runs in
//! an empty one of its own, and gets the address of the remote, which is read here and checked, as an argument.

mod address;
mod chance;
mod names;
mod program;
mod remote;

use std::path::Path;
use std::time::Duration;

use self::chance::random;
use self::names::{number_in, reference};
use self::program::Git;
use self::remote::RemoteRefs;
use crate::git::Repository;
use crate::workspace::NewProposal;

/// How often another number is tried when somebody else was faster, and the same one when the remote refuses it although nobody has it:
/// two may be in each other's way.
const MAX_TRIES: u32 = 300;
const MAX_AGAIN: u32 = 4;

/// The longest wait between two tries, in milliseconds, and the first one.
const MAX_PAUSE: u64 = 1600;
const FIRST_PAUSE: u64 = 25;

/// What to reserve, and where.
pub(super) struct Wish<'a> {
    /// The folder that is worked in.
    pub(super) folder: &'a Path,
    /// The name of the remote, if the user gives one.
    pub(super) remote: Option<&'a str>,
    /// The title of the proposal.
    pub(super) title: &'a str,
    /// Whether to look up what is reserved and reserve nothing.
    pub(super) is_dry: bool,
}

/// A number that is reserved.
pub(super) struct Reserved {
    /// The ref.
    pub(super) name: String,
    /// The name of the remote.
    pub(super) remote: String,
}

/// Returns the next proposal with a number that is reserved for it. `make` makes the next proposal if other numbers are taken.
///
/// # Errors
///
/// When no number can be reserved: the family takes none in order, git or the remote cannot be reached, or the remote refuses.
pub(super) fn next(
    wish: &Wish<'_>,
    make: impl Fn(&[u64]) -> Result<NewProposal, String>,
) -> Result<(NewProposal, Reserved), String> {
    let refused = |reason: &str| format!("no number of this family can be reserved: {reason}");
    let series = make(&[])?.series.map_err(refused)?;
    let repository = Repository::of(wish.folder).map_err(|fault| fault.to_string())?;
    let top = repository.worktree().ok_or("a bare repository has no proposals")?;
    let (remote, written) = address::chosen(repository.remotes(), wish.remote)?;
    let untrusted = repository.own_folders();
    let address =
        address::checked(&written, top, &untrusted).map_err(|fault| format!("the remote \"{remote}\" {fault}"))?;
    let git = Git::outside_of(&untrusted)?;
    let mut refs = RemoteRefs::at(git, &remote, address, repository.object_format())?;
    let mut refusals = 0;
    for count in 0..MAX_TRIES {
        let names = refs.names()?;
        let taken: Vec<u64> = names.iter().filter_map(|(name, _)| number_in(name, &series)).collect();
        let new = make(&taken)?;
        if new.series.as_ref().is_ok_and(|series| series.is_sparse) {
            return Err(refused("its numbers are far apart, as if they were those of issues or pull requests"));
        }
        let number = new.number.ok_or("there is no number left")?;
        let name = reference(&series, number);
        if wish.is_dry {
            return Ok((new, Reserved { name, remote }));
        }
        let Err(fault) = refs.create(&name, wish.title)? else { return Ok((new, Reserved { name, remote })) };
        // The answer may have got lost on its way.
        let names = refs.names()?;
        match names.iter().find(|(known, _)| *known == name) {
            Some((_, id)) if refs.is_own(id) => return Ok((new, Reserved { name, remote })),
            Some(_) => refusals = 0,
            None if refusals >= MAX_AGAIN => return Err(fault),
            None => refusals += 1,
        }
        std::thread::sleep(pause(count));
    }
    Err(format!("others were faster {MAX_TRIES} times; try again later"))
}

/// Returns a random time to wait after `count` tries, so that those who were in each other's way are not again.
fn pause(count: u32) -> Duration {
    let most = (FIRST_PAUSE << count.min(8)).min(MAX_PAUSE);
    Duration::from_millis(random() % most)
}
