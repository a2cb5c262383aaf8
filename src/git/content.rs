//! Whether a file on disk is the same as in a tree.

use gix_hash::{Kind, hasher};

use super::Id;

/// The maximum length of a Git LFS pointer in bytes (git-lfs, docs/spec.md).
pub(super) const MAX_POINTER: usize = 1024;

/// Returns the object name of a blob with `content`, or `None` for content crafted to collide with another object.
pub(super) fn blob(content: &[u8], hash: Kind) -> Option<Id> {
    let mut hasher = hasher(hash);
    hasher.update(format!("blob {}\0", content.len()).as_bytes());
    hasher.update(content);
    hasher.try_finalize().ok()
}

/// Returns `content` with LF line endings if it has CRLF ones, which git may write on checkout.
pub(super) fn with_line_feeds(content: &[u8]) -> Option<Vec<u8>> {
    let is_text = content.windows(2).any(|pair| pair == b"\r\n") && !content.contains(&0);
    let is_kept = |(at, byte): &(usize, &u8)| **byte != b'\r' || content.get(at + 1) != Some(&b'\n');
    is_text.then(|| content.iter().enumerate().filter(is_kept).map(|(_, byte)| *byte).collect())
}

/// Whether `blob` is a Git LFS pointer to a file with `content`.
pub(super) fn points_to(blob: &[u8], content: &[u8]) -> bool {
    let Some(lines) = std::str::from_utf8(blob).ok().filter(|text| text.starts_with("version https://git-lfs.")) else {
        return false;
    };
    let value = |key: &str| lines.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(' '));
    let mut hasher = hasher(Kind::Sha256);
    hasher.update(content);
    let id = hasher.try_finalize().ok();
    let is_named = |name: &str| Id::from_hex(name.as_bytes()).ok() == id && id.is_some();
    value("size") == Some(&content.len().to_string())
        && value("oid").and_then(|oid| oid.strip_prefix("sha256:")).is_some_and(is_named)
}
