//! What an editor waits for, on proposals of 20 KB, 100 KB and just under the limit of 1 MiB.
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
use vip_lsp::syntax::MAX_BYTES;
use vip_lsp::text::Offset;
use vip_lsp::workspace::{DocumentId, Snapshot, Workspace};

use typing::{middle_of_prose, settled, typed};

const SIZES: [(&str, usize); 3] = [("20KB", 20_000), ("100KB", 100_000), ("1MB", MAX_BYTES - 1024)];

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

    let document = settled(content);
    let prose = middle_of_prose(&document);
    bench("keystroke", &mut || drop(black_box(desk.diagnostics(typed(&document, prose)))));

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

    fn diagnostics(&self, document: Document) -> Vec<Diagnostic> {
        self.workspace.diagnostics(&self.snapshot(document))
    }
}

/// The blank line before the section nearest to the middle.
fn blank_line(snapshot: &Snapshot) -> Offset {
    let middle = Offset::new(snapshot.text().len() / 2);
    let sections = snapshot.document.outline().iter().map(|(_, section)| section.heading.span.start);
    let heading = sections.into_iter().find(|start| *start >= middle).expect("a section starts in the second half");
    snapshot.text().line_start(snapshot.text().line_at(heading) - 1)
}
