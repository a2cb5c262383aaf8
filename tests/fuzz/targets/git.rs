//! A `.git`: after each `\n=== `, up to the end of that line, the path of a file in it, and the content of the file. That of a path
//! which ends with ` z` is deflated, as that of objects is.

use std::io::Write;
use std::path::{Component, Path};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use vip_lsp::git::{Mode, Repository};

/// What comes before each path.
const MARK: &[u8] = b"\n=== ";

/// How many blobs are read.
const BLOBS: usize = 20;

pub(crate) fn run(input: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    for part in parts(input) {
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let Ok(path) = std::str::from_utf8(&part[..end]) else { continue };
        write(folder.path(), path, part.get(end + 1..).unwrap_or_default());
    }
    let Ok(repository) = Repository::of(folder.path()) else { return };
    let mut ids = Vec::new();
    for revision in ["HEAD", "HEAD~2", "HEAD^2", "main", "v1", "v1^{}", "0a", "HEAD^{/a}"] {
        ids.extend(repository.revision(revision));
    }
    for id in ids {
        let _ = repository.base(id);
        let Ok(commit) = repository.commit(id) else { continue };
        let _ = repository.entry(commit.tree, Path::new("docs/a.md"));
        let files = repository.files(commit.tree, Path::new("")).unwrap_or_default();
        for (path, entry) in files.iter().take(BLOBS) {
            let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
            assert!(is_inside && entry.mode != Mode::Folder, "{path:?} is {entry:?}");
            let _ = repository.blob(entry.id, 1024 * 1024);
            repository.is_blob(entry.id, b"a\n");
        }
    }
    repository.close();
}

fn parts(input: &[u8]) -> Vec<&[u8]> {
    let (mut parts, mut start, mut at) = (Vec::new(), None, 0);
    while at < input.len() {
        if input[at..].starts_with(MARK) {
            parts.extend(start.map(|start: usize| &input[start..at]));
            at += MARK.len();
            start = Some(at);
        } else {
            at += 1;
        }
    }
    parts.extend(start.map(|start| &input[start..]));
    parts
}

/// Writes `content` to `path` in the `.git` of `folder`, if there can be such a file.
fn write(folder: &Path, path: &str, content: &[u8]) {
    let (path, is_deflated) = path.strip_suffix(" z").map_or((path, false), |path| (path, true));
    let is_name = |part| matches!(part, Component::Normal(_));
    if path.contains('\0') || !Path::new(path).components().all(is_name) {
        return;
    }
    let file = folder.join(".git").join(path);
    let Some(parent) = file.parent() else { return };
    // One may be a folder where the other is a file.
    if std::fs::create_dir_all(parent).is_err() {
        return;
    }
    let content = match is_deflated {
        false => content.to_vec(),
        true => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(content).expect("into memory");
            encoder.finish().expect("into memory")
        }
    };
    let _ = std::fs::write(file, content);
}
