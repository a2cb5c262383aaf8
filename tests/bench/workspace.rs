//! What it costs to have many proposals in a workspace: 1,000 and 10,000 of them.
//!
//! `cargo bench --bench workspace`; with `-- --write FOLDER COUNT`, only writes such a workspace into a folder; with
//! `-- --discovery FOLDER`, only says what finding the families in a repository costs beside reading it.
//!
//! Each step takes up to seconds, so that a few rounds of it are timed rather than the many that criterion wants. As with
//! criterion, everything runs once, on few proposals, when `cargo test` starts it.

mod folder;
mod generate;
mod typing;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use vip_lsp::document::Document;
use vip_lsp::features::symbols;
use vip_lsp::parallel;
use vip_lsp::text::Offset;
use vip_lsp::workspace::{Declaration, DocumentId, Goal, Snapshot, Workspace, count_families, files};

use typing::{middle_of_prose, settled, typed};

/// How many proposals are open besides the one that is edited.
const OPEN: usize = 10;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, folder, count] =
        arguments.iter().map(String::as_str).filter(|word| *word != "--bench").collect::<Vec<_>>()[..]
        && first == "--write"
    {
        return folder::write(Path::new(folder), count.parse().expect("COUNT is a number"))
            .expect("FOLDER can be written");
    }
    if let [first, folder] =
        arguments.iter().map(String::as_str).filter(|word| *word != "--bench").collect::<Vec<_>>()[..]
        && first == "--discovery"
    {
        return print_discovery(Path::new(folder));
    }
    let is_measured = arguments.iter().any(|argument| argument == "--bench");
    let (counts, rounds) = if is_measured { ([1_000, 10_000], 300) } else { ([20, 40], 2) };
    let measured = counts.map(|count| measure(count, rounds));
    println!("{:24} {:>14} {:>14} {:>7}", "", counts[0], counts[1], "ratio");
    let [small, large] = measured;
    for ((name, small), (_, large)) in small.iter().zip(&large) {
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        println!("{name:24} {:>14} {:>14} {ratio:>7.1}", format!("{small:.2?}"), format!("{large:.2?}"));
    }
}

fn measure(count: usize, rounds: usize) -> Vec<(&'static str, Duration)> {
    let folder = tempfile::tempdir().expect("a folder for the proposals");
    folder::write(folder.path(), count).expect("the proposals can be written");
    let desk = Desk { folder: folder.path().to_owned(), workspace: Workspace::default(), count };
    desk.workspace.set_roots(vec![desk.folder.clone()]);
    let before = memory("VmRSS:");
    desk.workspace.read_all();
    println!(
        "{count} proposals are read: memory {before} before, {} after, {} at most",
        memory("VmRSS:"),
        memory("VmHWM:")
    );
    assert_eq!(desk.workspace.overviews().len(), count);
    let few = rounds.min(5);
    let read = || {
        let workspace = Workspace::default();
        workspace.set_roots(vec![desk.folder.clone()]);
        workspace.read_all();
    };
    let mut results = vec![("read_all", median(times(few, read)))];
    let [alone, together] = discovery(&desk.folder, few);
    results.extend([("walk and reading", alone), ("with discovery", together)]);
    results.push(("check of all", median(times(few, || desk.check_all()))));
    (1..=1 + OPEN).for_each(|number| desk.open(desk.id(number)));
    let index = DocumentId::file(&desk.folder.join("index.md"));
    desk.open(index.clone());
    results.push(("keystroke in the index", median(desk.keystrokes(&index, few))));
    desk.workspace.remove(&index);
    let keystrokes = desk.keystrokes(&desk.id(1), rounds);
    results.push(("keystroke, p50", at(&keystrokes, 50)));
    results.push(("keystroke, p99", at(&keystrokes, 99)));
    results.push(("overviews", median(times(few, || drop(black_box(desk.workspace.overviews()))))));
    results.push(("facts and symbols", median(times(few, || desk.find()))));
    results.push(("references", median(times(few, || desk.references()))));
    results.push(("renaming of a number", median(times(few, || desk.rename()))));
    results
}

/// How often a repository is read to say what discovery costs.
const DISCOVERIES: usize = 15;

fn print_discovery(folder: &Path) {
    let [alone, together] = discovery(folder, DISCOVERIES);
    let ratio = together.as_secs_f64() / alone.as_secs_f64();
    println!("walk and reading {alone:.2?}, with discovery {together:.2?}, ratio {ratio:.2}");
}

/// What it takes to walk `folder` and read all of its Markdown, and to find the families as well.
fn discovery(folder: &Path, rounds: usize) -> [Duration; 2] {
    let read = || {
        let walk = files::Walk::of(folder, &files::Overlay::default());
        let document =
            |path: &PathBuf| Some((path.clone(), Document::closed(&files::read(path, &files::Roots::default()).ok()?)));
        parallel::map(&walk.documents, document).into_iter().flatten().collect::<Vec<_>>()
    };
    let alone = median(times(rounds, || drop(black_box(read()))));
    let together = median(times(rounds, || _ = black_box(count_families(folder, &read()))));
    [alone, together]
}

/// A workspace as the server has it.
struct Desk {
    folder: PathBuf,
    workspace: Workspace,
    count: usize,
}

impl Desk {
    fn id(&self, number: usize) -> DocumentId {
        DocumentId::file(&self.folder.join(format!("vip-{number}.md")))
    }

    fn content(&self, number: usize) -> String {
        files::read(&self.folder.join(format!("vip-{number}.md")), &files::Roots::default())
            .expect("the proposal is there")
    }

    fn page(&self, number: usize) -> Snapshot {
        let document = Arc::new(Document::closed(&self.content(number)));
        self.workspace.page_of(&self.id(number), document).expect("it is a proposal")
    }

    fn check_all(&self) {
        for number in 1..=self.count {
            black_box(self.workspace.diagnostics(&self.page(number)));
        }
    }

    fn open(&self, id: DocumentId) {
        let DocumentId::File(path) = &id else { return };
        let content = files::read(path, &files::Roots::default()).expect("it is there");
        self.workspace.put(id, Arc::new(settled(&content)));
    }

    /// How long it takes from an edit of the open document `id` to the diagnostics, the shortest first.
    fn keystrokes(&self, id: &DocumentId, rounds: usize) -> Vec<Duration> {
        let document = || self.workspace.document(id).expect("it is open");
        let place = middle_of_prose(&document());
        times(rounds, || {
            self.workspace.put(id.clone(), Arc::new(typed(&document(), place)));
            let snapshot = self.workspace.page(id).expect("it is checked");
            black_box(self.workspace.diagnostics(&snapshot));
            black_box(self.workspace.has_news(id));
        })
    }

    fn find(&self) {
        let all = self.workspace.overviews();
        assert!(!black_box(symbols::find("cache repair", &all)).is_empty());
    }

    fn references(&self) {
        let DocumentId::File(path) = self.id(folder::most_linked(self.count)) else { return };
        let found = self.workspace.references(&Goal::File(path), Declaration::Included);
        assert!(found.len() >= self.count / 10, "a tenth refers to it");
    }

    fn rename(&self) {
        let snapshot = self.page(folder::most_linked(self.count));
        let number = Offset::new("# VIP-".len());
        let renaming = self.workspace.renaming_at(&snapshot, number).expect("the number can be changed");
        let changes = self.workspace.rename(&snapshot, &renaming, &(self.count + 1).to_string());
        assert!(changes.expect("the number is free").documents.len() >= self.count / 10, "a tenth refers to it");
    }
}

/// How long `routine` takes in each of `rounds`, the shortest first.
fn times(rounds: usize, routine: impl Fn()) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            routine();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn median(times: Vec<Duration>) -> Duration {
    at(&times, 50)
}

/// The time within which `percent` of the sorted `times` lie.
fn at(times: &[Duration], percent: usize) -> Duration {
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

/// What the system says of the process under `key`, where it says anything.
fn memory(key: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    line.map_or("unknown".to_owned(), |value| value.trim().to_owned())
}
