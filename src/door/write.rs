//! Writing files without losing data: a file has either its old content or the new content, whatever happens meanwhile, and what
//! another program saves in between is kept.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Error, ErrorKind, Result, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::fs::{
    AtFlags, FlockOperation, Mode, OFlags, Stat, flock, fstat, linkat, mkdirat, openat, renameat, unlinkat,
};
use rustix::io::Errno;

use super::inside::{open, real};
use super::{Sort, bytes};

/// The prefix and suffix of the names of spare files: files about to replace others, or just replaced.
const START: &str = ".vip-lsp-";
const END: &str = ".tmp";

/// How long a program that had the file open when it was replaced has to finish a save.
const PATIENCE: Duration = Duration::from_millis(20);

/// A file that has been replaced. A program that had it open may still write to the old file: [`Replaced::settle`] detects this.
#[derive(Debug)]
pub(crate) struct Replaced {
    folder: File,
    name: OsString,
    /// The old file, which has no name any more.
    before: File,
    known: Vec<u8>,
    /// The inode of the file that replaced it.
    inode: u64,
    since: Instant,
}

/// Replaces `known` with `content` in the file at `path`, which is below one of `roots`, following links. The file keeps its
/// mode, and its owner where that can be set.
///
/// # Errors
///
/// When the file does not contain `known`, is read-only, is outside `roots`, or cannot be written; the file is then unchanged.
pub(crate) fn replace(path: &Path, roots: &[PathBuf], known: &str, content: &str) -> Result<Replaced> {
    let (real, root) = real(path, roots)?;
    let (folder, name) = folder_of(&real, &[root])?;
    let before = open_name(&folder, &name)?;
    let status = fstat(&before)?;
    if status.st_mode & 0o222 == 0 {
        return Err(Error::new(ErrorKind::PermissionDenied, "read-only; it was left unchanged"));
    }
    // Another run of this program takes the same lock. Not all file systems have locks.
    if flock(&before, FlockOperation::NonBlockingLockExclusive) == Err(Errno::WOULDBLOCK) {
        return Err(Error::other(match status.st_nlink > 1 {
            true => "it has another name (a hard link) that is being written; it was left unchanged, check it again",
            false => "another program is writing to it; it was left unchanged",
        }));
    }
    check(&before, known)?;
    let mut spare = Spare::new(&folder)?;
    spare.write(content, Some(&before))?;
    spare.is_for(&name)?;
    let inode = fstat(&spare.file)?.st_ino;
    spare.take_place(&folder, &name, known, inode)?;
    drop(spare);
    Ok(Replaced { folder, name, before, known: known.into(), inode, since: Instant::now() })
}

impl Replaced {
    /// Waits a moment for a program that had the file open and was writing to it, then syncs the folder to disk. To write many
    /// files, replace all of them before settling any: they share the wait and the sync.
    ///
    /// # Errors
    ///
    /// When such a program wrote to the old file; its content is then put back, unless the file has been written again since.
    pub(crate) fn settle(self) -> Result<()> {
        std::thread::sleep(PATIENCE.saturating_sub(self.since.elapsed()));
        let mut before = &self.before;
        std::io::Seek::rewind(&mut before)?;
        let last = bytes(before, usize::MAX - 1)?;
        if last == self.known {
            return self.folder.sync_all();
        }
        let mut spare = Spare::new(&self.folder)?;
        spare.write_bytes(&last, Some(before))?;
        if fstat(&open_name(&self.folder, &self.name)?)?.st_ino == self.inode {
            renameat(&self.folder, &spare.name, &self.folder, &self.name)?;
            spare.is_taken = true;
            self.folder.sync_all()?;
        }
        Err(changed())
    }
}

/// Creates the file at `path`, below one of `roots`, with `content`, and the folders that it is in.
///
/// # Errors
///
/// When the file exists, is outside `roots`, or cannot be written; no file is created then.
pub(crate) fn create(path: &Path, roots: &[PathBuf], content: &str) -> Result<()> {
    let (folder, name) = made_folder_of(path, roots)?;
    let mut spare = Spare::new(&folder)?;
    spare.write(content, None)?;
    match rename(&folder, &spare.name, &name, Other::Kept) {
        Ok(()) => spare.is_taken = true,
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            linkat(&folder, &spare.name, &folder, &name, AtFlags::empty())?;
        }
        Err(error) => return Err(error.into()),
    }
    drop(spare);
    folder.sync_all()
}

/// Removes the spare files that a killed run left in the folder at `path`, which is below one of `roots`. A file that such a run
/// had replaced and not checked yet is put back.
pub(crate) fn tidy_up(path: &Path, roots: &[PathBuf]) {
    let Ok(folder) = open(path, roots, Sort::Folder) else { return };
    let names = super::list(path, roots).unwrap_or_default().into_iter();
    for (name, _) in names.filter(|(name, _)| name.as_bytes().starts_with(START.as_bytes())) {
        // A run that is still at work holds a lock on its file.
        let Ok(file) = open_name(&folder, &name) else { continue };
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok() && restore(&folder, &name, &file).is_ok() {
            let _ = unlinkat(&folder, &name, AtFlags::empty());
        }
    }
}

/// Puts the spare file `file` called `name` back, if a killed run swapped it out of its place and that place is unchanged since.
fn restore(folder: &File, name: &OsStr, file: &File) -> Result<()> {
    let Some((inode, time, place)) = parts(name) else { return Ok(()) };
    let there = match open_name(folder, &place) {
        Ok(there) => fstat(there)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if fstat(file)?.st_ino != inode && there.st_ino == inode && time_of(&there) == time {
        renameat(folder, name, folder, &place)?;
    }
    Ok(())
}

/// A spare file: it is to take the place of another, and is removed when dropped unless it has.
struct Spare<'a> {
    folder: &'a File,
    name: OsString,
    file: File,
    is_taken: bool,
}

impl Spare<'_> {
    fn new(folder: &File) -> Result<Spare<'_>> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = OsString::from(format!("{START}{}-{count}{END}", std::process::id()));
            match openat(folder, &name, flags, Mode::from_raw_mode(0o666)) {
                Ok(file) => {
                    let spare = Spare { folder, name, file: file.into(), is_taken: false };
                    // The lock keeps other runs from removing the file as a leftover. Without locks, they may.
                    let _ = flock(&spare.file, FlockOperation::NonBlockingLockExclusive);
                    return Ok(spare);
                }
                Err(Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn write(&mut self, content: &str, like: Option<&File>) -> Result<()> {
        self.write_bytes(content.as_bytes(), like)
    }

    /// Writes `content` to the file and syncs it, with the owner, mode and access list of `like`.
    fn write_bytes(&mut self, content: &[u8], like: Option<&File>) -> Result<()> {
        self.file.write_all(content)?;
        if let Some(file) = like {
            let (like, own) = (fstat(file)?, fstat(&self.file)?);
            if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid) {
                // Only root may give a file away; anybody who may write here may replace it.
                let _ = std::os::unix::fs::fchown(&self.file, Some(like.st_uid), Some(like.st_gid));
            }
            // Last, because changing the owner clears some bits of the mode.
            rustix::fs::fchmod(&self.file, Mode::from_raw_mode(like.st_mode))?;
            #[cfg(target_os = "linux")]
            access_list(file, &self.file)?;
        }
        self.file.sync_all()
    }

    /// Names the file so that a later run can tell which file it was to replace, or has replaced.
    fn is_for(&mut self, place: &OsStr) -> Result<()> {
        let status = fstat(&self.file)?;
        let mut name = OsString::from(format!("{START}{:x}-{:x}-", status.st_ino, time_of(&status)));
        name.push(place);
        name.push(END);
        match renameat(self.folder, &self.name, self.folder, &name) {
            Ok(()) => self.name = name,
            // Without this name, a run killed in the next moment counts as one that has not replaced the file.
            Err(Errno::NAMETOOLONG) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Swaps the spare file, whose inode is `inode`, with `name` in `folder`, which must contain `known`.
    fn take_place(&mut self, folder: &File, name: &OsStr, known: &str, inode: u64) -> Result<()> {
        match rename(folder, &self.name, name, Other::Swapped) {
            Ok(()) => {
                // After the swap, the spare name holds the latest content of the place, which another program may have put there
                // since the check: it is removed only once it is known to be `known`, or else goes back.
                self.is_taken = true;
                let last = open_name(folder, &self.name).and_then(|last| check(&last, known));
                if last.is_err() {
                    put_back(folder, &self.name, name, inode)?;
                }
                self.is_taken = false;
                last
            }
            // The file system cannot swap names; the next best is to check right before renaming.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                check(&open_name(folder, name)?, known)?;
                renameat(folder, &self.name, folder, name)?;
                self.is_taken = true;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Spare<'_> {
    fn drop(&mut self) {
        if !self.is_taken {
            let _ = unlinkat(self.folder, &self.name, AtFlags::empty());
        }
    }
}

/// Copies the access list (acl(5)) of `file` to `other`. With an access list, the group bits of the mode hold its mask; without
/// the list, they would become the group's rights.
#[cfg(target_os = "linux")]
fn access_list(file: &File, other: &File) -> Result<()> {
    use rustix::fs::{XattrFlags, fgetxattr, fremovexattr, fsetxattr};

    const NAME: &str = "system.posix_acl_access";
    let mut list = vec![0; MAX_ACCESS_LIST];
    match fgetxattr(file, NAME, &mut list[..]) {
        Ok(length) => Ok(fsetxattr(other, NAME, &list[..length], XattrFlags::empty())?),
        // The list that the folder gives to new files.
        Err(Errno::NODATA) if fremovexattr(other, NAME).is_ok() => {
            Ok(rustix::fs::fchmod(other, Mode::from_raw_mode(fstat(file)?.st_mode))?)
        }
        // Neither file has a list, or the file system does not support them.
        Err(Errno::NODATA | Errno::NOTSUP | Errno::NOSYS) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The maximum length of an access list in bytes, as in Linux.
#[cfg(target_os = "linux")]
const MAX_ACCESS_LIST: usize = 64 * 1024;

/// Parses the name of a spare file: the inode, the modification time in nanoseconds, and the name of the file that it replaces.
fn parts(name: &OsStr) -> Option<(u64, u128, OsString)> {
    let rest = name.as_bytes().strip_prefix(START.as_bytes())?.strip_suffix(END.as_bytes())?;
    let mut parts = rest.splitn(3, |byte| *byte == b'-');
    let mut next = || std::str::from_utf8(parts.next()?).ok().map(str::to_owned);
    let (inode, time) = (next()?, next()?);
    let place = OsString::from_vec(parts.next()?.to_vec());
    Some((u64::from_str_radix(&inode, 16).ok()?, u128::from_str_radix(&time, 16).ok()?, place))
}

/// Returns the modification time in `status`, in nanoseconds.
#[allow(clippy::useless_conversion, clippy::unnecessary_cast, reason = "systems have other types for it")]
fn time_of(status: &Stat) -> u128 {
    (status.st_mtime as u128) * 1_000_000_000 + status.st_mtime_nsec as u128
}

/// Swaps `spare` and `name` back, unless the file at `name` has been replaced since.
fn put_back(folder: &File, spare: &OsStr, name: &OsStr, inode: u64) -> Result<()> {
    rename(folder, spare, name, Other::Swapped)?;
    if fstat(open_name(folder, spare)?)?.st_ino != inode {
        rename(folder, spare, name, Other::Swapped)?;
    }
    Ok(())
}

/// What happens to a file that already has the new name.
#[derive(Clone, Copy)]
enum Other {
    /// It takes the old name.
    Swapped,
    /// It stays, and nothing is renamed.
    Kept,
}

/// Renames a file in `folder` atomically, as far as the system can.
fn rename(folder: &File, from: &OsStr, to: &OsStr, other: Other) -> rustix::io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{RenameFlags, renameat_with};
        let flags = match other {
            Other::Swapped => RenameFlags::EXCHANGE,
            Other::Kept => RenameFlags::NOREPLACE,
        };
        renameat_with(folder, from, folder, to, flags)
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    {
        let _ = (folder, from, to, other);
        Err(Errno::NOSYS)
    }
}

/// Fails if `file` does not contain `known`.
fn check(file: &File, known: &str) -> Result<()> {
    match bytes(file, known.len()) {
        Ok(content) if content == known.as_bytes() => Ok(()),
        _ => Err(changed()),
    }
}

fn changed() -> Error {
    Error::other("changed while it was checked; it was left unchanged, check it again")
}

fn open_name(folder: &File, name: &OsStr) -> Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(openat(folder, name, flags, Mode::empty())?);
    super::is_regular(&file)?;
    Ok(file)
}

/// Opens the folder of the file at `path`, and returns it with the file's name.
fn folder_of(path: &Path, roots: &[PathBuf]) -> Result<(File, OsString)> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(Error::new(ErrorKind::InvalidInput, "not a file"));
    };
    Ok((open(folder, roots, Sort::Folder)?, name.to_owned()))
}

/// Like [`folder_of`], but creates missing folders.
fn made_folder_of(path: &Path, roots: &[PathBuf]) -> Result<(File, OsString)> {
    let above = path.ancestors().skip(1);
    let there = above.clone().find(|above| above.symlink_metadata().is_ok()).unwrap_or(path);
    let name = path.file_name().ok_or_else(|| Error::new(ErrorKind::InvalidInput, "not a file"))?.to_owned();
    let mut folder = open(there, roots, Sort::Folder)?;
    let missing: Vec<&Path> = above.take_while(|above| *above != there).collect();
    for path in missing.into_iter().rev() {
        let name = path.file_name().unwrap_or_default();
        match mkdirat(&folder, name, Mode::from_raw_mode(0o777)) {
            // Another process was quicker.
            Ok(()) | Err(Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
        folder.sync_all()?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        folder = File::from(openat(&folder, name, flags, Mode::empty())?);
    }
    Ok((folder, name))
}

#[cfg(test)]
mod tests;
