//! The log beside that of git, and where a branch left the default one.

use std::collections::BTreeSet;

use super::*;

fn is_markdown(name: &[u8]) -> bool {
    name.ends_with(b".md")
}

/// The changes of `repository` up to `tip` and after `known`, a line each: the time, what happened, and the paths.
fn own(repository: &Repository, tip: &str, known: Option<&str>) -> BTreeSet<String> {
    let id = |name| repository.revision(name).expect("a commit");
    let log = repository.log(id(tip), known.map(id), &is_markdown).expect("a history");
    assert!(!log.is_cut && log.changes.is_sorted_by(|one, other| one.time >= other.time));
    let text = |path: &[u8]| String::from_utf8_lossy(path).into_owned();
    let line = |change: &Change| match &change.what {
        What::Added(_) => format!("{} A {}", change.time, text(&change.path)),
        What::Changed(_) => format!("{} M {}", change.time, text(&change.path)),
        What::Removed => format!("{} D {}", change.time, text(&change.path)),
        What::Moved(from, _) => format!("{} R {} {}", change.time, text(from), text(&change.path)),
    };
    log.changes.iter().map(line).collect()
}

/// The same as git says it.
fn git_says(fixture: &Fixture, range: &str) -> BTreeSet<String> {
    let said = fixture
        .git("main", &["log", "-M", "--root", "--no-merges", "--name-status", "--format=@%ct", range, "--", "*.md"]);
    let (mut time, mut lines) = ("", BTreeSet::new());
    for line in said.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('@') {
            Some(of_commit) => time = of_commit,
            None => {
                let fields: Vec<&str> = line.split('\t').collect();
                let what = &fields[0][..1];
                // A copy is new, and a change of the mode changes nothing.
                lines.insert(format!("{time} {what} {}", fields[1..].join(" ")));
            }
        }
    }
    lines
}

#[test]
fn two_commits_differ_in_files_and_in_what_leads_elsewhere() {
    let fixture = moving();
    fixture.git("main", &["checkout", "-q", "-b", "links", "main"]);
    fixture.commit("text/0050-x.md", "A\n");
    let blob = fixture.git("main", &["rev-parse", "HEAD:text/picture.png"]);
    fixture.git("main", &["update-index", "--add", "--cacheinfo", &format!("120000,{blob},link")]);
    fixture.git("main", &["commit", "-q", "-m", "A link"]);
    let repository = fixture.open("main");
    let id = |name| repository.revision(name).expect("a commit");
    let Difference { files, leads } = repository.changes(id("main"), id("links")).expect("changes");
    let paths: Vec<_> = files.iter().map(|(path, what)| (&**path, matches!(what, What::Added(_)))).collect();
    assert_eq!(paths, [(b"text/0050-x.md".as_slice(), true)]);
    assert_eq!(leads, [Box::from(b"link".as_slice())]);
    assert_eq!(repository.merge_base(id("main"), id("links")), Ok(Some(id("main"))));
}

/// A repository whose files are added, changed, moved one by one and all at once, and removed, on two branches.
fn moving() -> Fixture {
    let fixture = Fixture::new(&[]);
    fixture.git("main", &["checkout", "-q", "main"]);
    let text = |number: u32| (0..30).map(|line| format!("Line {line} of {number}.\n")).collect::<String>();
    for number in 0..8 {
        fixture.commit(&format!("text/{number:04}-a.md"), &text(number));
    }
    fixture.commit("text/picture.png", "no text");
    fixture.git("main", &["mv", "text/0003-a.md", "text/0033-b.md"]);
    fixture.commit("text/0033-b.md", &(text(3) + "And more.\n"));
    fixture.git("main", &["checkout", "-q", "-b", "side"]);
    fixture.commit("text/0009-c.md", &text(9));
    fixture.git("main", &["checkout", "-q", "main"]);
    // All at once, some of them changed, and in folders of one name each.
    for number in [0, 1, 2, 4, 5] {
        std::fs::create_dir_all(fixture.path(&format!("main/docs/{number}"))).expect("a folder");
        fixture.git("main", &["mv", &format!("text/{number:04}-a.md"), &format!("docs/{number}/README.md")]);
    }
    fixture.commit("docs/4/README.md", &text(4).replace("Line 7", "Seven"));
    fixture.commit("docs/5/README.md", &text(5).replace("Line", "Row"));
    fixture.git("main", &["rm", "-q", "text/0006-a.md"]);
    fixture.commit("text/0007-a.md", "Nothing of it is left.\n");
    fixture.git("main", &["merge", "-q", "--no-ff", "-m", "M", "side"]);
    fixture
}

#[test]
fn the_log_says_what_git_says() {
    let fixture = moving();
    for packed in [false, true] {
        if packed {
            fixture.git("main", &["gc", "-q"]);
        }
        let repository = Repository::with_history(&fixture.path("main")).expect("a repository");
        assert_eq!(own(&repository, "main", None), git_says(&fixture, "main"));
        for (known, tip) in
            [("main~3", "main"), ("side", "main"), ("main", "side"), ("light", "next"), ("main", "main")]
        {
            let range = format!("{known}..{tip}");
            assert_eq!(own(&repository, tip, Some(known)), git_says(&fixture, &range), "{range}");
        }
    }
}

#[test]
fn a_log_ends_where_the_history_was_not_fetched() {
    let fixture = moving();
    let from = format!("file://{}", fixture.path("main").display());
    fixture.git(".", &["clone", "-q", "--depth", "2", &from, "shallow"]);
    let repository = Repository::with_history(&fixture.path("shallow")).expect("a repository");
    let head = repository.revision("HEAD").expect("a commit");
    let log = repository.log(head, None, &is_markdown).expect("a history");
    assert!(log.is_cut && log.changes.len() < 5, "{log:?}");
}

#[test]
fn a_branch_forks_from_the_nearest_default_branch() {
    let fixture = Fixture::new(&[]);
    let fork = |branch: &str| {
        fixture.git("main", &["checkout", "-q", branch]);
        fixture.open("main").fork().expect("a history").to_string()
    };
    let commit = |name: &str| fixture.git("main", &["rev-parse", name]);
    // The remote has less than the branch here, but nothing else is the default branch of `main`.
    assert_eq!(fork("main"), commit("origin/main"));
    assert_eq!(fork("next"), commit("main"));
    fixture.git("main", &["update-ref", "-d", "refs/remotes/origin/main"]);
    fixture.git("main", &["symbolic-ref", "-d", "refs/remotes/origin/HEAD"]);
    assert_eq!(fork("main"), commit("main"));
    fixture.git("main", &["pack-refs", "--all"]);
    assert_eq!(fork("next"), commit("main"));
    let names = fixture.open("main").branches().expect("branches").into_iter().map(|(name, _)| name);
    let expected = ["refs/heads/left", "refs/heads/main", "refs/heads/next", "refs/heads/topic/one"];
    assert_eq!(names.collect::<Vec<_>>(), expected);
}
