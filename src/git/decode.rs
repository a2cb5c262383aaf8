//! Decoding commits, tags and trees.

use gix_hash::Kind;

use super::tree::Tree;
use super::{Commit, Entry, Id, Mode, object};

/// Decodes a commit: `tree`, `parent`, `author` and `committer`, one per line.
pub(super) fn commit(content: &[u8], hash: Kind) -> Option<Commit> {
    let mut lines = content.split(|byte| *byte == b'\n').peekable();
    let tree = named(lines.next()?, b"tree ", hash)?;
    let mut parents = Vec::new();
    while let Some(line) = lines.next_if(|line| line.starts_with(b"parent ")) {
        parents.push(named(line, b"parent ", hash)?);
    }
    let committer = lines.take_while(|line| !line.is_empty()).find(|line| line.starts_with(b"committer "));
    // A commit without a time counts as old.
    let time = committer.and_then(time).unwrap_or_default();
    Some(Commit { tree, parents, time })
}

/// Returns the object that a tag points to.
pub(super) fn tag(content: &[u8], hash: Kind) -> Option<Id> {
    named(content.split(|byte| *byte == b'\n').next()?, b"object ", hash)
}

fn named(line: &[u8], key: &[u8], hash: Kind) -> Option<Id> {
    Id::from_hex(line.strip_prefix(key)?).ok().filter(|id| id.kind() == hash)
}

/// Parses the time in `A. Author <a@example.org> 1700000000 +0100`, in seconds since 1970.
fn time(line: &[u8]) -> Option<i64> {
    let behind = line.iter().rposition(|byte| *byte == b'>')? + 1;
    std::str::from_utf8(&line[behind..]).ok()?.split_ascii_whitespace().next()?.parse().ok()
}

/// Decodes the entries of a tree: a mode, a space, a name, a zero byte and the bytes of an object's name for each. Entries that
/// no checkout would write are left out. `None` if the tree is malformed or has more than `most` entries.
pub(super) fn tree(mut content: &[u8], hash: Kind, most: usize) -> Option<Tree> {
    let mut entries = Tree::new();
    while !content.is_empty() {
        let (name, found, rest) = entry(content, hash)?;
        content = rest;
        if is_file_name(name) {
            if entries.len() >= most {
                return None;
            }
            entries.insert(name.into(), found);
        }
    }
    Some(entries)
}

/// Decodes the first entry of a tree. Returns its name, the entry and the rest of the tree.
pub(super) fn entry(content: &[u8], hash: Kind) -> Option<(&[u8], Entry, &[u8])> {
    let blank = content.iter().take(8).position(|byte| *byte == b' ')?;
    let mode = mode(&content[..blank])?;
    let content = &content[blank + 1..];
    let (name, rest) = content.split_at(content.iter().position(|byte| *byte == 0)?);
    let (id, rest) = rest[1..].split_at_checked(hash.len_in_bytes())?;
    Some((name, Entry { mode, id: object::id(id)? }, rest))
}

fn mode(digits: &[u8]) -> Option<Mode> {
    let mode = digits.iter().try_fold(0_u32, |mode, digit| match digit {
        b'0'..=b'7' => Some(mode << 3 | u32::from(digit - b'0')),
        _ => None,
    })?;
    // Only the type bits count, as in git: old trees have group permissions.
    match mode & 0o170_000 {
        0o040_000 => Some(Mode::Folder),
        0o100_000 if mode & 0o100 != 0 => Some(Mode::Program),
        0o100_000 => Some(Mode::File),
        0o120_000 => Some(Mode::Link),
        0o160_000 => Some(Mode::Repository),
        _ => None,
    }
}

/// Whether `name` can be that of a file or folder, rather than a path elsewhere or to git's own files.
pub(super) fn is_file_name(name: &[u8]) -> bool {
    let is_way = name.is_empty() || name == b"." || name == b".." || name.contains(&b'/');
    let is_windows_way = cfg!(windows) && name.iter().any(|byte| b"\\:".contains(byte));
    !is_way && !is_windows_way && !name.eq_ignore_ascii_case(b".git")
}
