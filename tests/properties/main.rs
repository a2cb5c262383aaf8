//! What must hold for any proposal: both readings agree, fixes do what they say, links survive renaming.

mod editing;
mod fixes;
mod fuzz;
mod generate;
mod moving;
mod random;
mod renaming;
mod serving;
mod settings;
#[path = "../fuzz/targets/mod.rs"]
mod targets;

use generate::proposal;
use proptest::prelude::*;
use vip_lsp::document::Document;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn open_and_closed_documents_are_read_alike(content in proposal()) {
        let open = Document::open(&content);
        let closed = Document::closed(&content);
        prop_assert_eq!(open.blocks(), closed.blocks());
        prop_assert_eq!(open.outline(), closed.outline());
    }
}
