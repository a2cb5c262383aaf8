//! Repositories that somebody made to harm: each ends in a message, within time and memory.
#![cfg(unix)]

use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

/// How long a case may take, which takes a fraction of a second where nothing goes wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// Names of objects that are made up: nothing looks whether they are right.
const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const C: &str = "cccccccccccccccccccccccccccccccccccccccc";

/// Makes the loose object `id` in `folder`.
fn object(folder: &Path, id: &str, header: &str, content: &mut dyn Read) {
    let path = folder.join(format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    let mut file = ZlibEncoder::new(std::fs::File::create(path).expect("a file"), Compression::fast());
    file.write_all(format!("{header}\0").as_bytes()).expect("it is written");
    std::io::copy(content, &mut file).expect("it is written");
    file.finish().expect("it is written");
}

fn whole(folder: &Path, id: &str, sort: &str, content: &[u8]) {
    object(folder, id, &format!("{sort} {}", content.len()), &mut &*content);
}

fn commit(tree: &str, parents: &[&str], time: i64) -> Vec<u8> {
    let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
    format!("tree {tree}\n{parents}author A <a> 1 +0000\ncommitter A <a> {time} +0000\n\nA\n").into_bytes()
}

fn entry(mode: &str, name: &[u8], id: &str) -> Vec<u8> {
    let id = Id::from_hex(id.as_bytes()).expect("a name");
    [mode.as_bytes(), b" ", name, b"\0", id.as_slice()].concat()
}

/// What comes of reading the commit `revision` in `folder`, within time.
fn read(folder: &Path, revision: &str) -> Result<(), String> {
    let (folder, revision) = (folder.to_owned(), revision.to_owned());
    let (sender, outcome) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let read =
            Repository::of(&folder).and_then(|repository| read_all(&repository, repository.revision(&revision)?));
        sender.send(read.map_err(|fault| fault.to_string()))
    });
    outcome.recv_timeout(PATIENCE).expect("it ends, and does not panic")
}

/// Checks that reading `revision` says `fault`.
fn says(folder: &Path, revision: &str, fault: &str) {
    let said = read(folder, revision).expect_err(fault);
    assert!(said.contains(fault), "{revision}: {said}");
}

/// An empty repository.
fn repository() -> Fixture {
    let fixture = Fixture(tempfile::tempdir().expect("a folder"));
    fixture.git(".", &["init", "-q", "main"]);
    fixture
}

/// A file in a folder with the ending `ending`, from the folder of git.
fn file_in(fixture: &Fixture, folder: &str, ending: &str) -> String {
    let names = std::fs::read_dir(fixture.path("main/.git").join(folder)).expect("a folder");
    let names = names.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    format!("{folder}/{}", names.filter(|name| name.ends_with(ending)).min().expect("a file"))
}

#[test]
fn nothing_is_read_through_links_and_nothing_waits() {
    let packed = Fixture::new(&[]);
    packed.git("main", &["gc", "-q"]);
    let loose = Fixture::new(&[]);
    let head = loose.git("main", &["rev-parse", "HEAD"]);
    let (folder, name) = (format!("objects/{}", &head[..2]), format!("objects/{}/{}", &head[..2], &head[2..]));
    let index = file_in(&packed, "objects/pack", ".idx");
    let pack = index.replace(".idx", ".pack");
    let all = [
        (&packed, "HEAD", false),
        (&packed, "packed-refs", false),
        (&packed, "config", false),
        (&packed, &index, false),
        (&packed, &pack, false),
        (&packed, "objects", true),
        (&packed, "objects/pack", true),
        (&loose, "shallow", false),
        (&loose, "refs/heads/next", false),
        (&loose, "refs/heads", true),
        (&loose, "refs", true),
        (&loose, &name, false),
        (&loose, &folder, true),
    ];
    for (fixture, name, is_folder) in all {
        let path = fixture.path("main/.git").join(name);
        let away = fixture.path("away");
        let is_there = path.exists();
        if is_there {
            std::fs::rename(&path, &away).expect("it moves");
        }
        for target in [Some(away.as_path()), Some(Path::new("/dev/zero")), Some(Path::new("/dev/tty")), None] {
            match target {
                Some(target) => symlink(target, &path).expect("a link"),
                None => assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success()),
            }
            let said = read(&fixture.path("main"), "HEAD").expect_err("it is not read");
            let is_refused = target.is_some() && said.contains("a link, which is not followed")
                || target.is_none() && (said.contains("not a regular file") || is_folder);
            assert!(is_refused, "{name} {target:?}: {said}");
            std::fs::remove_file(&path).expect("it goes");
        }
        if is_there {
            std::fs::rename(&away, &path).expect("it moves");
        }
        assert_eq!(read(&fixture.path("main"), "HEAD"), Ok(()), "{name}");
    }
}

#[test]
fn a_folder_of_git_leads_back() {
    let fixture = Fixture::new(&[]);
    fixture.git("main", &["worktree", "add", "-q", "../linked", "left"]);
    fixture.git(".", &["init", "-q", "outer"]);
    fixture.git("outer", &["submodule", "--quiet", "add", "../main", "inner"]);
    let folder = fixture.path("stranger");
    std::fs::create_dir(&folder).expect("a folder");
    let says = |fault: &str| says(&folder, "HEAD", fault);
    // Who may see those of others here could read what others have.
    for own in ["main/.git", "main/.git/worktrees/linked", "outer/.git/modules/inner", "none", "linked"] {
        std::fs::write(folder.join(".git"), format!("gitdir: {}\n", fixture.path(own).display())).expect("a file");
        says("does not point back");
    }
    for target in ["/dev/zero", "/proc/self", "/dev/stdin", ""] {
        std::fs::write(folder.join(".git"), format!("gitdir: {target}\n")).expect("a file");
        says("stranger/.git");
    }
    std::fs::write(folder.join(".git"), "x".repeat(1 << 20)).expect("a file");
    says("over ");
    std::fs::remove_file(folder.join(".git")).expect("it goes");
    for target in [fixture.path("main/.git"), "/dev/zero".into(), "/proc/self".into()] {
        symlink(target, folder.join(".git")).expect("a link");
        says("a link, which is not followed");
        std::fs::remove_file(folder.join(".git")).expect("it goes");
    }
    assert!(Command::new("mkfifo").arg(folder.join(".git")).status().expect("mkfifo").success());
    says("not a regular file");
    // A worktree whose own folder names other common ones.
    std::fs::write(fixture.path("main/.git/worktrees/linked/commondir"), "/\n").expect("a file");
    super::hostile::says(&fixture.path("linked"), "HEAD", "does not point back");
    assert_eq!(common(&fixture.path("linked")), None);
}

#[test]
fn what_stands_for_others_or_borrows_does_not_count() {
    let fixture = Fixture::new(&[]);
    let head = fixture.git("main", &["rev-parse", "HEAD"]);
    fixture.git("main", &["replace", "HEAD", "HEAD~2"]);
    std::fs::write(fixture.path("main/.git/info/grafts"), format!("{head}\n")).expect("a file");
    let repository = fixture.open("main");
    let commit =
        |revision: &str| repository.commit(repository.revision(revision).expect("a commit")).expect("a commit");
    assert_eq!(repository.revision("HEAD").expect("a commit").to_string(), head);
    assert_eq!(commit("HEAD").parents.len(), 1);
    assert_ne!(commit("HEAD").tree, commit("left").tree);
    // What a configuration includes is not opened.
    let pipe = fixture.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let config = format!("[include]\npath = {0}\n[includeIf \"gitdir:/\"]\npath = {0}\n", pipe.display());
    std::fs::write(fixture.path("main/.git/config"), config).expect("a file");
    assert_eq!(read(&fixture.path("main"), "HEAD"), Ok(()));
    let info = fixture.path("main/.git/objects/info");
    std::fs::create_dir_all(&info).expect("a folder");
    symlink(&pipe, info.join("alternates")).expect("a link");
    assert_eq!(read(&fixture.path("main"), "HEAD"), Ok(()));
}

#[test]
fn names_without_end_end() {
    let fixture = repository();
    let (main, git) = (fixture.path("main"), fixture.path("main/.git"));
    std::fs::write(git.join("refs/heads/one"), "ref: refs/heads/two\n").expect("a file");
    std::fs::write(git.join("refs/heads/two"), "ref: refs/heads/one\n").expect("a file");
    says(&main, "one", "endless chain");
    for target in ["../../secret", "refs/../config", "/etc/passwd", "refs/heads/a b", "", "config"] {
        std::fs::write(git.join("refs/heads/x"), format!("ref: {target}\n")).expect("a file");
        says(&main, "x", "does not point to a branch");
    }
    std::fs::write(git.join("refs/heads/x"), vec![b'a'; 2 << 20]).expect("a file");
    says(&main, "x", "over ");
    std::fs::write(git.join("refs/heads/x"), "root:x:0:0\n").expect("a file");
    says(&main, "x", "does not name an object");
    for revision in
        ["../HEAD", "refs/heads/../../HEAD", &"x".repeat(100_000), &"x/".repeat(50_000), "a\0b", "\u{1b}[2J"]
    {
        says(&main, revision, "there is no git revision");
    }
    whole(&main, A, "tag", format!("object {B}\ntype tag\n").as_bytes());
    whole(&main, B, "tag", format!("object {A}\ntype tag\n").as_bytes());
    says(&main, A, "endless chain");
    whole(&main, C, "commit", &commit(A, &[C, B], 1));
    let history = Repository::of(&main).expect("a repository");
    let id = Id::from_hex(C.as_bytes()).expect("a name");
    says(&main, &format!("{C}~4000000000"), "commits in between");
    assert_eq!(history.revision(&format!("{C}~1000")), Ok(id));
    // Two that come before each other, and themselves.
    whole(&main, A, "commit", &commit(C, &[B, A], i64::MAX));
    whole(&main, B, "commit", &commit(C, &[A, B], i64::MIN));
    let [a, b] = [A, B].map(|id| Id::from_hex(id.as_bytes()).expect("a name"));
    assert!(history::base(a, b, |id| history.commit(*id)).is_ok());
    whole(&main, A, "commit", &commit(C, &vec![B; 1_000_000], 1));
    says(&main, A, "has 48000094 bytes");
    whole(&main, A, "commit", &commit(C, &vec![B; 20_000], 1));
    assert_eq!(history.revision(&format!("{A}^20000")), Ok(b));
    // New ones without end.
    let count = std::cell::Cell::new(0_u32);
    let endless = |_: &Id| {
        count.set(count.get() + 1);
        let parents = (0..3).map(|last| object::id(&[&count.get().to_be_bytes()[..], &[last; 16]].concat()));
        Ok(Commit { tree: a, parents: parents.map(|id| id.expect("a name")).collect(), time: 0 })
    };
    assert!(matches!(history::base(a, b, endless), Err(Fault::TooMuch(_))));
}

#[test]
fn trees_without_end_end() {
    let fixture = repository();
    let main = fixture.path("main");
    whole(&main, A, "commit", &commit(B, &[], 1));
    whole(&main, B, "tree", &entry("40000", b"x", B));
    says(&main, A, "too deep");
    // A path that is asked for is followed as long as it is.
    let repository = Repository::of(&main).expect("a repository");
    let tree = Id::from_hex(B.as_bytes()).expect("a name");
    assert!(repository.entry(tree, Path::new(&"x/".repeat(2000))).expect("a tree").is_some());
    let wide: Vec<u8> = (0..100).flat_map(|name| entry("40000", format!("{name}").as_bytes(), B)).collect();
    whole(&main, B, "tree", &wide);
    assert!(read(&main, A).is_err());
    let levels: Vec<_> = (0..40).map(|level| format!("{level:040}")).collect();
    for pair in levels.windows(2) {
        let both = [entry("40000", b"x", &pair[1]), entry("40000", b"y", &pair[1])].concat();
        whole(&main, &pair[0], "tree", &both);
    }
    whole(&main, levels.last().expect("a level"), "tree", b"");
    whole(&main, A, "commit", &commit(&levels[0], &[], 1));
    says(&main, A, "over 400000 files");
    whole(&main, A, "commit", &commit(B, &[], 1));
    let names = [&b".."[..], b".", b"", b"a/b", b"/etc/passwd", b".git", b".GIT", b"a\nb", b"\x1b[2J\xff"];
    let content: Vec<u8> = names.iter().flat_map(|name| entry("160000", name, C)).collect();
    whole(&main, B, "tree", &content);
    let repository = Repository::of(&main).expect("a repository");
    let files = repository.files(tree, Path::new("")).expect("a tree");
    assert_eq!(files.len(), 2, "{files:?}");
    for broken in [&b"x"[..], b"100644 a", b"100644 a\0", b"100644 a\0bc", b"999999 a\0aaaaaaaaaaaaaaaaaaaa", b"\0"] {
        whole(&main, B, "tree", broken);
        says(&main, A, "is not a tree");
    }
    for broken in [&b""[..], b"tree ", b"parent x", &format!("tree {B}\nparent x\n").into_bytes()] {
        whole(&main, A, "commit", broken);
        says(&main, A, "is not a commit");
    }
    whole(&main, A, "commit", format!("tree {B}\n\ncommitter A <a> 1 +0\n").as_bytes());
    assert_eq!(Repository::of(&main).and_then(|own| own.commit(own.revision(A)?)).map(|commit| commit.time), Ok(0));
}

#[test]
fn bombs_do_not_go_off() {
    let fixture = repository();
    let main = fixture.path("main");
    for (header, fault) in [
        ("commit 10", "not 10 bytes as stated"),
        ("commit 10000000000", "has 10000000000 bytes"),
        ("commit 1048576", "not 1048576 bytes"),
        ("commit 99999999999999999999999", "not an object"),
        ("commit -1", "not an object"),
        ("wish 10", "not an object"),
        ("commit", "not an object"),
        ("", "not an object"),
    ] {
        object(&main, A, header, &mut std::io::repeat(0).take(1 << 26));
        says(&main, A, fault);
    }
    let path = main.join(format!(".git/objects/aa/{}", &A[2..]));
    for broken in [&b""[..], b"x", b"\x78\x9c", &[0x78; 10_000]] {
        std::fs::write(&path, broken).expect("a file");
        assert!(read(&main, A).is_err());
    }
}

/// A pack and its index of version 2 with `objects`, each a name and all that the pack says of it.
fn pack(folder: &Path, objects: &[(&str, Vec<u8>)]) {
    let mut sorted: Vec<_> = objects.to_vec();
    sorted.sort();
    let (mut pack, mut offsets) = (b"PACK\0\0\0\x02\0\0\0\x01".to_vec(), Vec::new());
    for (_, content) in &sorted {
        offsets.extend((pack.len() as u32).to_be_bytes());
        pack.extend(content);
    }
    let ids: Vec<_> = sorted.iter().map(|(id, _)| Id::from_hex(id.as_bytes()).expect("a name")).collect();
    let count = |first: u8| ids.iter().filter(|id| id.as_slice()[0] <= first).count() as u32;
    let mut index = b"\xfftOc\0\0\0\x02".to_vec();
    index.extend((0..=255).flat_map(|first| count(first).to_be_bytes()));
    index.extend(ids.iter().flat_map(|id| id.as_slice().to_vec()));
    index.extend(vec![0; 4 * ids.len()]);
    index.extend(offsets);
    index.extend([0; 40]);
    let folder = folder.join(".git/objects/pack");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("pack-1.idx"), index).expect("a file");
    std::fs::write(folder.join("pack-1.pack"), pack).expect("a file");
}

/// An object in a pack: its kind, its size, the name of what it builds upon, and its bytes.
fn packed(kind: u8, size: u64, base: &[u8], content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind << 4 | (size & 0xf) as u8];
    let mut rest = size >> 4;
    while rest > 0 {
        *bytes.last_mut().expect("it has a byte") |= 0x80;
        bytes.push((rest & 0x7f) as u8);
        rest >>= 7;
    }
    bytes.extend(base);
    let mut encoder = ZlibEncoder::new(bytes, Compression::fast());
    encoder.write_all(content).expect("it is written");
    encoder.finish().expect("it is written")
}

#[test]
fn packs_that_were_made_up_are_broken() {
    let fixture = repository();
    let main = fixture.path("main");
    let [a, b] = [A, B].map(|id| Id::from_hex(id.as_bytes()).expect("a name"));
    let content = commit(C, &[], 1);
    let size = content.len() as u64;
    pack(&main, &[(A, packed(1, size, b"", &content)), (C, packed(2, 0, b"", b""))]);
    assert_eq!(read(&main, A), Ok(()));
    // Delta upon delta, without end.
    let delta = [&[5, 5, 0x90, 5][..], &[0; 0]].concat();
    pack(&main, &[(A, packed(7, 4, b.as_slice(), &delta)), (B, packed(7, 4, a.as_slice(), &delta))]);
    says(&main, A, "endless chain");
    pack(&main, &[(A, packed(7, 4, a.as_slice(), &delta))]);
    says(&main, A, "endless chain");
    pack(&main, &[(A, packed(7, 4, b.as_slice(), &delta))]);
    says(&main, A, "a missing object");
    for distance in [&[0][..], &[0x7f], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], &[1]] {
        pack(&main, &[(A, packed(6, 4, distance, &delta))]);
        assert!(read(&main, A).is_err());
    }
    for kind in [0, 5] {
        pack(&main, &[(A, packed(kind, size, b"", &content))]);
        says(&main, A, "has no header");
    }
    // Bombs: said to be large, said to be small, and made of little.
    pack(&main, &[(A, packed(1, 10_000_000_000, b"", &content))]);
    says(&main, A, "has 10000000000 bytes");
    pack(&main, &[(A, packed(1, u64::MAX >> 4, b"", &content))]);
    says(&main, A, "bytes");
    pack(&main, &[(A, packed(1, 10, b"", &vec![0; 1 << 28]))]);
    says(&main, A, "not 10 bytes");
    let grow = [&[8, 0x80, 0x80, 0x80, 0x80, 0x10][..], &[0xf0, 0xff, 0xff, 0xff].repeat(100)].concat();
    let base = packed(1, 8, b"", &[0; 8]);
    pack(&main, &[(A, packed(7, grow.len() as u64, b.as_slice(), &grow)), (B, base)]);
    says(&main, A, "broken delta or too large");
    // A long way, each step of which makes much.
    let names: Vec<_> = (0..4000).map(|number| format!("{number:040x}")).collect();
    let most = 32 << 20;
    let number = |mut value: usize| {
        let mut bytes = Vec::new();
        while value > 0x7f {
            bytes.push(0x80 | (value & 0x7f) as u8);
            value >>= 7;
        }
        bytes.push(value as u8);
        bytes
    };
    let copy: Vec<u8> =
        [0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff, 0, 0, 2].to_vec();
    let copy = [&copy[..8], &[0xff, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff], &[0xf0, 2, 0, 0]].concat();
    let delta = [number(most), number(most), copy].concat();
    let mut objects: Vec<_> = names
        .windows(2)
        .map(|pair| {
            let base = Id::from_hex(pair[1].as_bytes()).expect("a name");
            (pair[0].as_str(), packed(7, delta.len() as u64, base.as_slice(), &delta))
        })
        .collect();
    objects.push((names.last().expect("a name"), packed(1, most as u64, b"", &vec![0; most])));
    pack(&main, &objects);
    says(&main, &names[0], "is too large to read");
}

#[test]
fn packs_that_were_damaged_are_broken() {
    let fixture = Fixture::new(&[]);
    fixture.git("main", &["gc", "-q"]);
    let main = fixture.path("main");
    let index = file_in(&fixture, "objects/pack", ".idx");
    let mut random = 1_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below.max(1)
    };
    let mut faults = 0;
    for name in
        [index.replace(".idx", ".pack"), index, "packed-refs".to_owned(), "HEAD".to_owned(), "config".to_owned()]
    {
        let path = main.join(".git").join(name);
        let whole = std::fs::read(&path).expect("a file");
        let mut permissions = path.metadata().expect("a file").permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o644);
        std::fs::set_permissions(&path, permissions).expect("a mode");
        for round in 0..120 {
            let mut broken = whole.clone();
            if round % 3 == 0 {
                broken.truncate(next(whole.len()));
            } else {
                for _ in 0..=next(4) {
                    broken[next(whole.len())] = [0, 0xff, 0x80, 1][next(4)];
                }
            }
            std::fs::write(&path, broken).expect("a file");
            faults += usize::from(read(&main, "HEAD").is_err());
        }
        std::fs::write(&path, whole).expect("a file");
    }
    assert!(faults > 120, "{faults}");
    assert_eq!(read(&main, "HEAD"), Ok(()));
}
