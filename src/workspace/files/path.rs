//! Lexical operations on paths.

use std::path::{Component, Path, PathBuf};

/// Removes `.` and `..` from `path`, without access to the disk.
pub fn normalize(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normalized.pop() {
                    normalized.push("..");
                }
            }
            component => normalized.push(component),
        }
    }
    normalized
}

/// Returns the path from `folder` to `to`, with `/` as the separator; empty if they are the same.
pub fn relative(folder: &Path, to: &Path) -> String {
    let common = folder.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
