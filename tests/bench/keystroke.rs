//! What an editor waits for, on proposals of 20, 100 and 300 KB and just under the limit of 1 MiB.
//!
//! `cargo bench --bench keystroke`, with a word after `--` to run some of them, as `keystroke/100KB`.

mod generate;
mod typing;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput};
use vip_lsp::document::Document;
use vip_lsp::features::completion::{Trigger, complete};
use vip_lsp::features::outline::outline;
use vip_lsp::rules::Diagnostic;
use vip_lsp::syntax::{BlockKind, MAX_BYTES};
use vip_lsp::text::{Edit, Offset};
use vip_lsp::workspace::{DocumentId, Snapshot, Workspace};

use typing::{edited, middle_of_prose, settled};

const SIZES: [(&str, usize); 4] = [("20KB", 20_000), ("100KB", 100_000), ("300KB", 300_000), ("1MB", MAX_BYTES - 1024)];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for (name, bytes) in SIZES {
        measure(&mut criterion, name, &generate::proposal(bytes, 7));
    }
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, size: &str, content: &str) {
    let desk = Desk::new();
    let mut bench = |name: &str, routine: &mut dyn FnMut()| {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(content.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| bencher.iter(&mut *routine));
        group.finish();
    };
    bench("open", &mut || drop(black_box(desk.diagnostics(Document::open(content)))));
    bench("closed", &mut || drop(black_box(desk.diagnostics(Document::closed(content)))));

    let document = Arc::new(settled(content));
    desk.shown(document.clone());
    for (name, edit) in places(&document) {
        bench(name, &mut || drop(black_box(desk.shown(Arc::new(edited(&document, &edit))))));
    }

    let snapshot = desk.snapshot(settled(content));
    let blank = blank_line(&snapshot);
    bench("completion", &mut || {
        let completions = complete(&snapshot.proposal(), blank, Trigger::Invoked);
        assert!(!black_box(completions).is_empty(), "a section is missing");
    });
    bench("outline", &mut || drop(black_box(outline(&snapshot.proposal()))));
}

/// A workspace as the server has it.
struct Desk {
    workspace: Workspace,
    id: DocumentId,
}

impl Desk {
    fn new() -> Desk {
        Desk { workspace: Workspace::default(), id: DocumentId::Other("untitled:VIP-4242.md".to_owned()) }
    }

    fn snapshot(&self, document: Document) -> Snapshot {
        self.workspace.snapshot(&self.id, Arc::new(document)).expect("the document is a proposal")
    }

    fn diagnostics(&self, document: Document) -> Arc<Vec<Diagnostic>> {
        self.workspace.diagnostics(&self.snapshot(document))
    }

    /// The diagnostics of `document`, which is the version that the editor shows from now on.
    fn shown(&self, document: Arc<Document>) -> Arc<Vec<Diagnostic>> {
        self.workspace.put(self.id.clone(), document);
        self.workspace.diagnostics(&self.workspace.page(&self.id).expect("the document is a proposal"))
    }
}

/// The edits that are measured: in prose in the middle, and where they may cost more.
fn places(document: &Document) -> Vec<(&'static str, Edit)> {
    let text = document.text();
    let blocks = &document.blocks().list;
    let middle = Offset::new(text.len() / 2);
    let behind = |kind: BlockKind| blocks.iter().find(|block| block.kind == kind && block.span.start >= middle);
    let within = |kind: BlockKind| {
        let span = behind(kind).expect("there is one in the second half").span;
        text.floor(Offset::new((span.start.get() + span.end.get()) / 2))
    };
    let line = behind(BlockKind::Paragraph).expect("there is prose in the second half").span.start;
    let insert = |at: Offset, content: &str| Edit::insert(at, content);
    let last = blocks.last().expect("there are blocks").span.end;
    vec![
        ("keystroke", insert(middle_of_prose(document), "x")),
        ("keystroke in the first line", insert(text.line_span(0).end, "x")),
        ("keystroke in the last line", insert(last, "x")),
        ("keystroke in the metadata", insert(text.line_span(2).end, "x")),
        ("keystroke in a table", insert(within(BlockKind::Table), "x")),
        ("keystroke in a heading", insert(behind(BlockKind::AtxHeading).expect("a heading").span.end, "x")),
        ("keystroke that opens a fence", insert(line, "```\n")),
        ("keystroke that opens a comment", insert(line, "<!-- ")),
        ("keystroke that defines a label", insert(line, "[label]: a.md\n\n")),
    ]
}

/// The blank line before the section nearest to the middle.
fn blank_line(snapshot: &Snapshot) -> Offset {
    let middle = Offset::new(snapshot.text().len() / 2);
    let sections = snapshot.document.outline().iter().map(|(_, section)| section.heading.span.start);
    let heading = sections.into_iter().find(|start| *start >= middle).expect("a section starts in the second half");
    snapshot.text().line_start(snapshot.text().line_at(heading) - 1)
}
