//! Files that are replaced, made and tidied up, with what others do meanwhile.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

/// A folder for a test, and the one root that it is.
fn folder() -> (tempfile::TempDir, [PathBuf; 1]) {
    let folder = tempfile::tempdir().expect("a folder");
    let roots = [folder.path().to_owned()];
    (folder, roots)
}

fn names(folder: &Path) -> Vec<OsString> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    names
}

fn said(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file")
}

#[test]
fn a_file_is_replaced_unless_it_has_changed() {
    let (folder, roots) = folder();
    let path = folder.path().join("a.md");
    std::fs::write(&path, "one").expect("a file");
    replace(&path, &roots, "one", "two").and_then(Replaced::settle).expect("it is replaced");
    assert_eq!(said(&path), "two");
    for known in ["one", "tw", "two!"] {
        let error = replace(&path, &roots, known, "three").expect_err("it has changed");
        assert!(error.to_string().starts_with("changed while it was checked"), "{error}");
    }
    assert_eq!(said(&path), "two");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
#[cfg(target_os = "linux")]
fn an_access_list_is_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};

    const NAME: &str = "system.posix_acl_access";
    let (folder, roots) = folder();
    let path = folder.path().join("a.md");
    std::fs::write(&path, "one").expect("a file");
    // Version 2, and tag, rights and whose they are: owner, user 65534, group, mask, others.
    let entries = [(1_u16, 6_u16, u32::MAX), (2, 6, 65534), (4, 4, u32::MAX), (16, 6, u32::MAX), (32, 4, u32::MAX)];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, whose) in entries {
        list.extend([tag.to_le_bytes(), rights.to_le_bytes()].concat());
        list.extend(whose.to_le_bytes());
    }
    if setxattr(&path, NAME, &list, XattrFlags::empty()) == Err(Errno::NOTSUP) {
        return; // This file system has none.
    }
    replace(&path, &roots, "one", "two").and_then(Replaced::settle).expect("it is replaced");
    let mut found = vec![0; 1024];
    let length = getxattr(&path, NAME, &mut found[..]).expect("an access list");
    assert_eq!(found[..length], list);
    assert_eq!(said(&path), "two");
}

#[test]
fn the_mode_is_kept_links_within_are_followed_and_read_only_files_are_left() {
    let ((folder, roots), (away, _)) = (folder(), folder());
    let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
    std::fs::write(&path, "one").expect("a file");
    symlink("a.md", &link).expect("a link");
    let set = |mode: u32| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("a mode");
    set(0o640);
    replace(&link, &roots, "one", "two").and_then(Replaced::settle).expect("it is replaced");
    let metadata = std::fs::metadata(&path).expect("a file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    assert!(link.is_symlink());
    assert_eq!(said(&path), "two");
    set(0o444);
    let error = replace(&path, &roots, "two", "three").expect_err("read-only");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    let outside = away.path().join("a.md");
    std::fs::write(&outside, "one").expect("a file");
    symlink(&outside, folder.path().join("c.md")).expect("a link");
    symlink(away.path(), folder.path().join("d")).expect("a link");
    for name in ["c.md", "d/a.md"] {
        assert!(replace(&folder.path().join(name), &roots, "one", "two").is_err(), "{name}");
    }
    assert!(create(&folder.path().join("d/new.md"), &roots, "one").is_err());
    assert_eq!(said(&outside), "one");
    assert_eq!(names(away.path()), ["a.md"]);
    assert_eq!(names(folder.path()), ["a.md", "b.md", "c.md", "d"]);
}

#[test]
fn the_owner_is_kept_as_root() {
    let (folder, roots) = folder();
    let path = folder.path().join("a.md");
    std::fs::write(&path, "one").expect("a file");
    if std::os::unix::fs::chown(&path, Some(65534), Some(65534)).is_err() {
        // Only root can try it.
        return;
    }
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o664)).expect("a mode");
    replace(&path, &roots, "one", "two").and_then(Replaced::settle).expect("it is replaced");
    let metadata = std::fs::metadata(&path).expect("a file");
    assert_eq!((metadata.uid(), metadata.gid(), metadata.mode() & 0o777), (65534, 65534, 0o664));
}

#[test]
fn what_is_written_to_what_was_there_comes_back() {
    let (folder, roots) = folder();
    let path = folder.path().join("a.md");
    std::fs::write(&path, "one").expect("a file");
    let mut editor = File::options().write(true).open(&path).expect("a file");
    let replaced = replace(&path, &roots, "one", "two").expect("it is replaced");
    editor.write_all(b"saved").expect("it is saved");
    assert!(replaced.settle().is_err());
    assert_eq!(said(&path), "saved");
    // Whoever has saved since has the last word.
    let mut editor = File::options().write(true).open(&path).expect("a file");
    let replaced = replace(&path, &roots, "saved", "two").expect("it is replaced");
    editor.write_all(b"lost!").expect("it is saved");
    std::fs::write(folder.path().join("b.md"), "newer").expect("a file");
    std::fs::rename(folder.path().join("b.md"), &path).expect("it is saved");
    assert!(replaced.settle().is_err());
    assert_eq!(said(&path), "newer");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn a_file_that_is_there_is_not_overwritten_and_folders_are_made() {
    let (folder, roots) = folder();
    let path = folder.path().join("deep/er/vip-1.md");
    create(&path, &roots, "one").expect("it is written");
    assert_eq!(create(&path, &roots, "two").expect_err("it is there").kind(), ErrorKind::AlreadyExists);
    assert_eq!(said(&path), "one");
    symlink("nowhere", folder.path().join("dangling")).expect("a link");
    assert!(create(&folder.path().join("dangling"), &roots, "two").is_err());
    assert_eq!(names(path.parent().expect("a folder")), ["vip-1.md"]);
    assert_eq!(names(folder.path()), ["dangling", "deep"]);
}

#[test]
fn what_a_killed_run_left_goes_and_what_it_took_away_comes_back() {
    let (folder, roots) = folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.md"), "fixed").expect("a file");
    let status = std::fs::metadata(at("a.md")).expect("a file");
    let time = (status.mtime() as u128) * 1_000_000_000 + status.mtime_nsec() as u128;
    let taken = format!("{START}{:x}-{time:x}-a.md{END}", status.ino());
    let older = format!("{START}{:x}-{:x}-a.md{END}", status.ino(), time - 1);
    // One that was never used, one of a file that has been saved since, and one whose place nothing has.
    for (name, content) in [(".vip-lsp-7-0.tmp", "half"), (&older, "known"), (".vip-lsp-1-2-none.md.tmp", "known")] {
        std::fs::write(at(name), content).expect("a file");
    }
    std::fs::write(at(".vip-lsp-8-0.tmp"), "at work").expect("a file");
    let at_work = File::open(at(".vip-lsp-8-0.tmp")).expect("a file");
    flock(&at_work, FlockOperation::NonBlockingLockExclusive).expect("a lock");
    tidy_up(folder.path(), &roots);
    assert_eq!(names(folder.path()), [".vip-lsp-8-0.tmp", "a.md"]);
    assert_eq!(said(&at("a.md")), "fixed");
    // One that was not looked at any more.
    std::fs::write(at(&taken), "known, or saved by somebody").expect("a file");
    tidy_up(folder.path(), &roots);
    assert_eq!(names(folder.path()), [".vip-lsp-8-0.tmp", "a.md"]);
    assert_eq!(said(&at("a.md")), "known, or saved by somebody");
}
