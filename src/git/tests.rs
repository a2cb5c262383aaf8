//! What is read of repositories that git made, beside what git says of them.

mod hostile;
mod log;

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;

/// A folder for repositories.
struct Fixture(tempfile::TempDir);

impl Fixture {
    /// A folder with a repository in `main`, made with the options `format`, of a few commits with merges, tags and branches.
    fn new(format: &[&str]) -> Fixture {
        let fixture = Fixture(tempfile::tempdir().expect("a folder"));
        std::fs::create_dir(fixture.path("main")).expect("a folder");
        fixture.git("main", &[&["init", "-q"], format].concat());
        fixture.commit("a.md", "A\n");
        fixture.commit("docs/b.md", "B\n");
        fixture.git("main", &["tag", "light"]);
        fixture.git("main", &["checkout", "-q", "-b", "topic/one"]);
        fixture.commit("docs/deep/c d.md", "C\n");
        fixture.git("main", &["tag", "-a", "-m", "A tag", "heavy"]);
        fixture.git("main", &["tag", "-a", "-m", "A tag of a tag", "heavier", "heavy"]);
        fixture.git("main", &["checkout", "-q", "main"]);
        fixture.commit("a.md", &"A changed line\n".repeat(200));
        fixture.commit("a.md", &("A changed line\n".repeat(200) + "and more\n"));
        fixture.git("main", &["merge", "-q", "--no-ff", "-m", "M", "topic/one"]);
        fixture.git("main", &["branch", "left", "HEAD~1"]);
        fixture.git("main", &["update-ref", "refs/remotes/origin/main", "HEAD~2"]);
        fixture.git("main", &["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
        fixture.git("main", &["checkout", "-q", "-b", "next"]);
        fixture.commit("docs/e.md", "E\n");
        fixture
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What git says at standard output.
    fn git(&self, folder: &str, arguments: &[&str]) -> String {
        let (text, is_fine) = self.try_git(folder, arguments);
        assert!(is_fine, "{arguments:?}: {text}");
        text
    }

    fn try_git(&self, folder: &str, arguments: &[&str]) -> (String, bool) {
        let mut command = Command::new("git");
        command.current_dir(self.path(folder)).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
        command.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]).args(arguments);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.output().expect("there is git");
        let said = if output.status.success() { output.stdout } else { output.stderr };
        (String::from_utf8_lossy(&said).trim_end().to_owned(), output.status.success())
    }

    fn commit(&self, name: &str, content: &str) {
        let path = self.path("main").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
        self.git("main", &["add", "."]);
        self.git("main", &["commit", "-q", "-m", name]);
    }

    fn open(&self, folder: &str) -> Repository {
        self.try_open(folder).expect("a repository")
    }

    fn try_open(&self, folder: &str) -> Result<Repository, Fault> {
        Repository::of(&self.path(folder))
    }

    /// What is said of `revision` in the repository `folder`.
    fn fault(&self, folder: &str, revision: &str) -> String {
        let found = self.try_open(folder).and_then(|repository| read_all(&repository, repository.revision(revision)?));
        found.expect_err("it is broken").to_string()
    }

    /// Compares all that is asked of a repository with what git says.
    fn is_read(&self, folder: &str) {
        let repository = self.open(folder);
        for revision in REVISIONS {
            let expected = self.try_git(folder, &["rev-parse", "-q", "--verify", &format!("{revision}^{{commit}}")]);
            match repository.revision(revision) {
                Ok(id) => assert_eq!((id.to_string(), true), expected, "{revision}"),
                Err(fault) => {
                    assert_eq!(expected, (String::new(), false), "{revision}");
                    assert!(fault.to_string().contains("there is no git revision"), "{fault}");
                }
            }
        }
        let all = self.git(folder, &["log", "--all", "--format=%H %T %ct %P"]);
        let ids: Vec<_> = all.lines().map(|line| &line[..line.find(' ').expect("a name")]).collect();
        for line in all.lines() {
            let fields: Vec<_> = line.split(' ').collect();
            let id = repository.revision(fields[0]).expect("a commit");
            let commit = repository.commit(id).expect("a commit");
            let parents = commit.parents.iter().map(ToString::to_string);
            let said: Vec<_> = [id.to_string(), commit.tree.to_string(), commit.time.to_string()].into_iter().collect();
            assert_eq!(
                said.into_iter().chain(parents).collect::<Vec<_>>(),
                fields.iter().filter(|field| !field.is_empty()).copied().collect::<Vec<_>>()
            );
            assert_eq!(repository.revision(&fields[0][..10]).expect("a commit"), id);
            for other in &ids {
                let base = self.try_git(folder, &["merge-base", fields[0], other]);
                let own = history::base(id, repository.revision(other).expect("a commit"), |id| repository.commit(*id));
                let own = own.expect("a history").map(|id| id.to_string());
                assert_eq!(own, base.1.then_some(base.0), "{} {other}", fields[0]);
            }
            for below in ["", "docs", "docs/deep"] {
                self.has_files(folder, &repository, commit.tree, below);
            }
        }
    }

    fn has_files(&self, folder: &str, repository: &Repository, tree: Id, below: &str) {
        let spec = if below.is_empty() { tree.to_string() } else { format!("{tree}:{below}") };
        let (listed, is_there) = self.try_git(folder, &["ls-tree", "-r", "-z", &spec]);
        let files = repository.files(tree, Path::new(below)).expect("a tree");
        let listed: Vec<_> = listed.split('\0').filter(|line| is_there && !line.is_empty()).collect();
        assert_eq!(files.len(), listed.len());
        for line in listed {
            let (entry, name) = line.split_once('\t').expect("a name");
            let path = Path::new(below).join(name);
            let found = files.iter().find(|(own, _)| *own == path).expect("it is listed").1;
            assert_eq!(repository.entry(tree, &path).expect("a tree"), Some(found));
            let fields: Vec<_> = entry.split(' ').collect();
            assert_eq!(found.id.to_string(), fields[2]);
            if found.mode == Mode::File {
                let content = repository.blob(found.id, 1 << 20).expect("a blob");
                assert!(repository.is_blob(found.id, &content));
                assert_eq!(
                    String::from_utf8_lossy(&content).trim_end(),
                    self.git(folder, &["cat-file", "blob", fields[2]])
                );
            }
        }
    }
}

/// Reads all there is of the commit `id`.
fn read_all(repository: &Repository, id: Id) -> Result<(), Fault> {
    let tree = repository.commit(repository.base(id)?)?.tree;
    for (_, entry) in repository.files(tree, Path::new(""))? {
        if matches!(entry.mode, Mode::File | Mode::Program | Mode::Link) {
            repository.blob(entry.id, 1 << 20)?;
        }
    }
    Ok(())
}

const REVISIONS: [&str; 34] = [
    "HEAD",
    "@",
    "main",
    "next",
    "topic/one",
    "left",
    "light",
    "heavy",
    "heavier",
    "origin",
    "origin/main",
    "heads/main",
    "tags/light",
    "refs/heads/main",
    "remotes/origin/main",
    "refs/remotes/origin/HEAD",
    "HEAD~1",
    "HEAD~3",
    "HEAD~99",
    "main^2",
    "main^2~1",
    "main^3",
    "main^0",
    "heavier^{}~1",
    "heavier^{commit}",
    "next^^",
    "no-such",
    "topic",
    "ORIG_HEAD",
    "config",
    "refs/heads",
    "docs",
    "--all",
    "heavy-3-gffff",
];

#[test]
fn a_repository_is_read_as_git_reads_it() {
    for format in [&[][..], &["--object-format=sha256"]] {
        let fixture = Fixture::new(format);
        fixture.is_read("main");
        fixture.git("main", &["pack-refs", "--all"]);
        fixture.git("main", &["gc", "-q", "--aggressive", "--prune=now"]);
        let packed = fixture.path("main/.git/objects/pack");
        assert!(std::fs::read_dir(packed).expect("a folder").count() > 1, "there are packs");
        fixture.is_read("main");
        // Deltas to what has a name, not a place.
        fixture.git("main", &["-c", "repack.usedeltabaseoffset=false", "repack", "-q", "-a", "-d", "-f"]);
        fixture.commit("f.md", "F\n");
        fixture.is_read("main");
        // Described as git describes it.
        let described = fixture.git("main", &["describe", "--long", "--tags", "HEAD"]);
        assert_eq!(fixture.open("main").revision(&described), fixture.open("main").revision("HEAD"));
    }
}

#[test]
fn histories_part_where_git_says_so_whatever_the_clocks_said() {
    let fixture = Fixture::new(&[]);
    let tree = fixture.git("main", &["rev-parse", "HEAD^{tree}"]);
    let mut random = 7_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let mut ids: Vec<String> = Vec::new();
    for number in 0..36 {
        let parents: Vec<_> =
            (0..next(4)).filter_map(|_| Some(ids.get(ids.len().checked_sub(1 + next(6))?)?.clone())).collect();
        let (message, time) = (number.to_string(), format!("{} +0000", 1_700_000_000 + number / 3 * 10 - 15 * next(4)));
        let mut arguments = vec!["-c", "user.name=A", "-c", "user.email=a", "commit-tree", &tree, "-m", &message];
        parents.iter().for_each(|parent| arguments.extend(["-p", parent]));
        let mut command = Command::new("git");
        command.current_dir(fixture.path("main")).args(arguments);
        let output = command.env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time).output().expect("git");
        ids.push(String::from_utf8(output.stdout).expect("a name").trim().to_owned());
    }
    let repository = fixture.open("main");
    let id = |name: &String| Id::from_hex(name.as_bytes()).expect("a name");
    for (one, other) in ids.iter().flat_map(|one| ids.iter().map(move |other| (one, other))).filter(|_| next(3) == 0) {
        let (base, is_there) = fixture.try_git("main", &["-c", "core.commitGraph=false", "merge-base", one, other]);
        let own = history::base(id(one), id(other), |id| repository.commit(*id)).expect("a history");
        assert_eq!(own.map(|id| id.to_string()), is_there.then_some(base), "{one} {other}");
    }
}

#[test]
fn worktrees_submodules_and_clones_are_read() {
    let fixture = Fixture::new(&[]);
    fixture.git("main", &["worktree", "add", "-q", "../linked", "topic/one"]);
    fixture.is_read("linked");
    assert_eq!(common(&fixture.path("linked")), Some(fixture.path("main/.git").canonicalize().expect("a folder")));
    fixture.git("main", &["-c", "worktree.useRelativePaths=true", "worktree", "add", "-q", "../relative", "left"]);
    fixture.is_read("relative");
    fixture.git(".", &["init", "-q", "outer"]);
    fixture.git("outer", &["submodule", "--quiet", "add", "../main", "docs/inner"]);
    fixture.git("outer", &["commit", "-q", "-m", "A"]);
    fixture.is_read("outer/docs/inner");
    let outer = fixture.open("outer");
    let tree = outer.commit(outer.revision("HEAD").expect("a commit")).expect("a commit").tree;
    let submodule = outer.entry(tree, Path::new("docs/inner/a.md")).expect("a tree").expect("an entry");
    assert_eq!(submodule.mode, Mode::Repository);
    fixture.git(".", &["clone", "-q", "--bare", "main", "bare.git"]);
    fixture.is_read("bare.git");
    assert_eq!(fixture.open("bare.git").worktree(), None);
    let url = format!("file://{}", fixture.path("main").display());
    fixture.git(".", &["clone", "-q", "--depth=1", "--no-single-branch", &url, "shallow"]);
    fixture.is_read("shallow");
    // Where the histories do not meet, the revision is the next best.
    let shallow = fixture.open("shallow");
    let left = shallow.revision("origin/left").expect("a commit");
    assert_eq!(shallow.base(left), Ok(left));
    let fault = shallow.revision("HEAD~1").expect_err("it was not fetched").to_string();
    assert!(fault.contains("this clone is shallow"), "{fault}");
    let fault = shallow.revision("HEAD...origin/left").expect_err("it is no commit").to_string();
    assert!(fault.contains("name one commit, not a range"), "{fault}");
    let main = fixture.open("main");
    let base = main.base(main.revision("topic/one").expect("a commit")).expect("a commit");
    assert_eq!(base, main.revision("topic/one").expect("a commit"));
}

#[test]
fn what_is_not_in_a_clone_is_said() {
    let fixture = Fixture::new(&[]);
    let url = format!("file://{}", fixture.path("main").display());
    fixture.git("main", &["config", "uploadpack.allowFilter", "true"]);
    fixture.git(".", &["clone", "-q", "--no-checkout", "--filter=blob:none", &url, "partial"]);
    let missing = fixture.git("main", &["rev-parse", "HEAD:a.md"]);
    assert_eq!(
        fixture.fault("partial", "HEAD"),
        format!("the git object {missing} is not in this clone; fetch it first")
    );
    // What a file would be called is known without it.
    let partial = fixture.open("partial");
    let id = Id::from_hex(missing.as_bytes()).expect("a name");
    assert!(partial.is_blob(id, &std::fs::read(fixture.path("main/a.md")).expect("a file")));
    assert!(!partial.is_blob(id, b"other"));
    assert!(partial.revision(&"12".repeat(20)).expect_err("it is not there").to_string().contains("fetch it first"));
    fixture.git(".", &["clone", "-q", "--shared", "main", "borrowing"]);
    assert!(fixture.fault("borrowing", "HEAD").contains("`git repack -a -d` copies them"));
}

#[test]
fn a_form_that_is_not_read_is_said() {
    let fixture = Fixture::new(&[]);
    fixture.git(".", &["init", "-q", "--ref-format=reftable", "table"]);
    assert!(fixture.fault("table", "HEAD").contains("git refs migrate"));
    fixture.git(".", &["init", "-q", "empty"]);
    let unknown = "there is no git revision \"HEAD\" in ";
    assert!(fixture.fault("empty", "HEAD").starts_with(unknown));
    std::fs::create_dir(fixture.path("none")).expect("a folder");
    assert!(fixture.fault("none", "HEAD").ends_with("none is not in a git repository"));
    // The start of several names.
    for number in 0..40 {
        fixture.commit("a.md", &format!("{number}\n"));
    }
    let all = fixture.git("main", &["log", "--all", "--format=%H"]);
    for id in all.lines() {
        let (short, repository) = (&id[..4], fixture.open("main"));
        let count = all.lines().filter(|other| other.starts_with(short)).count();
        assert_eq!(repository.revision(short).is_ok(), count == 1, "{short}");
    }
}

#[test]
fn a_file_is_what_git_has_whatever_its_line_endings_and_where_it_is_kept() {
    let fixture = Fixture::new(&[]);
    let repository = fixture.open("main");
    let name = |content: &[u8]| content::blob(content, repository.objects.hash).expect("a name");
    let is_blob = |content: &[u8], of: &[u8]| repository.is_blob(name(of), content);
    assert!(is_blob(b"A\r\nB\r\n", b"A\nB\n") && is_blob(b"A\r\nB\n", b"A\nB\n") && is_blob(b"A\r\n", b"A\r\n"));
    assert!(!is_blob(b"A\nB\n", b"A\r\nB\r\n") && !is_blob(b"A\r\n\0", b"A\n\0") && !is_blob(b"A\rB\n", b"AB\n"));
    let sum = "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd";
    let pointer =
        |sum: &str, size| format!("version https://git-lfs.github.com/spec/v1\noid sha256:{sum}\nsize {size}\n");
    for (pointer, expected) in
        [(pointer(sum, 1), true), (pointer(sum, 2), false), (pointer(&sum.replace('5', "6"), 1), false)]
    {
        fixture.commit("large.bin", &pointer);
        let id = Id::from_hex(fixture.git("main", &["rev-parse", "HEAD:large.bin"]).as_bytes()).expect("a name");
        assert_eq!(repository.is_blob(id, b"A"), expected, "{pointer}");
    }
}
