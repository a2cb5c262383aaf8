//! A template: its schema, what a new document by it says, and how that answers to it.

use std::path::Path;

use vip_lsp::document::{Document, Proposal};
use vip_lsp::features::fix_all::fix_all;
use vip_lsp::rules::{Severities, check, fixes};
use vip_lsp::template::{Start, Template};

pub(crate) fn run(input: &[u8]) {
    let content = String::from_utf8_lossy(input);
    let template = Template::derive(&content, Some(Path::new("docs/0000-template.md")));
    template.told();
    let start = Start {
        number: Some("0012"),
        title: Some("A \"new\" thing"),
        file: Some(Path::new("docs/0012-a-new-thing.md")),
        form: None,
        day: Some((2024, 2, 29)),
    };
    for content in [template.fill(&start), template.fill(&Start::default()), "# A\n\n## B\n\nC.\n".to_owned()] {
        let document = Document::closed(&content);
        let proposal = Proposal::of(&document, &template);
        for diagnostic in check(&proposal, &Severities::default()) {
            fixes(&proposal, &diagnostic);
        }
        fix_all(&proposal, &Severities::default());
    }
}
