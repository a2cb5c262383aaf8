//! Code lenses for the client.

use serde_json::json;
use tower_lsp::lsp_types::{CodeLens, Command};

use super::Context;
use crate::features::lens::{Lens, LensKind};
use crate::server::protocol::names::{self, LensData};

impl Context<'_> {
    /// A lens that says nothing yet; the client asks for that when it is seen.
    pub(in crate::server) fn lens(&self, lens: &Lens) -> CodeLens {
        let data = LensData { uri: self.uri.clone(), kind: lens.kind };
        CodeLens { range: self.range(lens.span), command: None, data: serde_json::to_value(data).ok() }
    }

    /// What the lens `kind` says, and what it does.
    pub(in crate::server) fn lens_command(&self, kind: LensKind, title: String) -> Command {
        let command = match kind {
            LensKind::Readiness => names::Command::ShowReadiness,
            LensKind::References => names::Command::ShowReferences,
        };
        Command { title, command: command.name().to_owned(), arguments: Some(vec![json!(self.uri)]) }
    }
}
