//! Conversion of code lenses.

use serde_json::json;
use tower_lsp::lsp_types::{CodeLens, Command};

use super::Context;
use crate::features::lens::{Lens, LensKind};
use crate::server::protocol::names::{self, LensData};

impl Context<'_> {
    /// Converts a lens without its text, which the client asks for when the lens becomes visible.
    pub(in crate::server) fn lens(&self, lens: &Lens) -> CodeLens {
        let data = LensData { uri: self.uri.clone(), kind: lens.kind };
        CodeLens { range: self.range(lens.span), command: None, data: serde_json::to_value(data).ok() }
    }

    /// Returns the command of the lens `kind` with the text `title`.
    pub(in crate::server) fn lens_command(&self, kind: LensKind, title: String) -> Command {
        let command = match kind {
            LensKind::Readiness => names::Command::ShowReadiness,
            LensKind::References => names::Command::ShowReferences,
        };
        Command { title, command: command.name().to_owned(), arguments: Some(vec![json!(self.uri)]) }
    }
}
