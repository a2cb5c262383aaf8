//! Conversion of code lenses.

use serde_json::json;
use tower_lsp::lsp_types::{CodeLens, Command, Range, Url};

use super::Context;
use crate::features::lens::{Lens, LensKind};
use crate::server::protocol::names::{self, LensData};

impl Context<'_> {
    /// Converts a lens without its text, which the client asks for when the lens becomes visible.
    pub(in crate::server) fn lens(&self, lens: &Lens) -> CodeLens {
        let data = LensData { uri: self.uri.clone(), kind: lens.kind };
        CodeLens { range: self.range(lens.span), command: None, data: serde_json::to_value(data).ok() }
    }
}

/// Converts a lens on the first line of the template at `uri`, without its text.
pub(in crate::server) fn template_lens(uri: &Url, kind: LensKind) -> CodeLens {
    let data = LensData { uri: uri.clone(), kind };
    CodeLens { range: Range::default(), command: None, data: serde_json::to_value(data).ok() }
}

/// Returns the command of the lens `kind` of the document at `uri` with the text `title`.
pub(in crate::server) fn lens_command(uri: &Url, kind: LensKind, title: String) -> Command {
    let command = match kind {
        LensKind::Readiness => names::Command::ShowReadiness,
        LensKind::References | LensKind::Followers => names::Command::ShowReferences,
        LensKind::Migration => names::Command::MigrateAll,
    };
    Command { title, command: command.name().to_owned(), arguments: Some(vec![json!(uri)]) }
}
