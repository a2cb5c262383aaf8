//! What is sent to the client and comes back: the names of commands and of kinds of actions, and the data of actions and lenses.

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{CodeActionKind, Url};

use super::support::Support;
use crate::features::lens::LensKind;
use crate::features::rewrite::Rewrite;

/// All safe fixes at once (LSP 3.17, `CodeActionKind`: a tool's own kind below the general one).
pub(in crate::server) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.vip-lsp");

/// A comment that suppresses a diagnostic. It is no quick fix, so that editors list it apart.
pub(in crate::server) const SUPPRESS: CodeActionKind = CodeActionKind::new("vip-lsp.suppress");

/// A command that a client can execute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Command {
    /// Changes the proposal at the URI in the argument.
    Rewrite(Rewrite),
    /// Shows and returns the readiness of the proposal at the URI in the argument.
    ShowReadiness,
    /// Shows which documents refer to the proposal at the URI in the argument, and returns the places.
    ShowReferences,
    /// Creates the next proposal; the argument may give its family, its place, and its title.
    NewProposal,
    /// Returns what the file at the URI in the argument is, and why.
    Explain,
    /// Adds the settings that make the file at the URI in the argument a proposal.
    AddSetting,
    /// Returns the graph of the family of the document at the URI in the argument, or without one of all proposals, as Markdown.
    Graph,
    /// Returns the page of the rule in the argument, or without one all rules.
    Rule,
    /// Brings all proposals that follow an earlier version of the template at the URI in the argument to the current one, after the
    /// user has confirmed it.
    MigrateAll,
}

impl Command {
    const ALL: [Command; 12] = [
        Command::Rewrite(Rewrite::InsertMissingSections),
        Command::Rewrite(Rewrite::RemoveGuidance),
        Command::Rewrite(Rewrite::OrderSections),
        Command::ShowReadiness,
        Command::ShowReferences,
        Command::Explain,
        Command::NewProposal,
        Command::AddSetting,
        Command::Rule,
        Command::Rewrite(Rewrite::Migrate),
        Command::Graph,
        Command::MigrateAll,
    ];

    /// Returns the name under which the client calls it.
    pub(in crate::server) fn name(self) -> &'static str {
        match self {
            Command::Rewrite(Rewrite::InsertMissingSections) => "vip-lsp.insertMissingSections",
            Command::Rewrite(Rewrite::RemoveGuidance) => "vip-lsp.removeGuidance",
            Command::Rewrite(Rewrite::OrderSections) => "vip-lsp.orderSections",
            Command::Rewrite(Rewrite::Migrate) => "vip-lsp.migrate",
            Command::ShowReadiness => "vip-lsp.showReadiness",
            Command::ShowReferences => "vip-lsp.showReferences",
            Command::NewProposal => "vip-lsp.newProposal",
            Command::Explain => "vip-lsp.explain",
            Command::AddSetting => "vip-lsp.addSetting",
            Command::Rule => "vip-lsp.rule",
            Command::Graph => "vip-lsp.graph",
            Command::MigrateAll => "vip-lsp.migrateAll",
        }
    }

    /// Returns the commands for a client that supports `support`.
    pub(in crate::server) fn served(support: &Support) -> impl Iterator<Item = Command> {
        let is_served = |command: &Command| match command {
            Command::Rewrite(_) => support.applies_edits,
            Command::ShowReadiness | Command::ShowReferences | Command::Explain | Command::Rule | Command::Graph => {
                true
            }
            Command::MigrateAll => support.applies_edits && support.confirms_edits,
            Command::NewProposal | Command::AddSetting => support.applies_edits && support.creates_files,
        };
        Command::ALL.into_iter().filter(is_served)
    }
}

/// An action on the whole document, of the kind `source` or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::server) enum SourceAction {
    /// Applies all safe fixes.
    FixAll,
    /// Applies a rewrite.
    Rewrite(Rewrite),
}

impl SourceAction {
    pub(in crate::server) fn title(self) -> &'static str {
        match self {
            SourceAction::FixAll => "Apply all safe fixes",
            SourceAction::Rewrite(rewrite) => rewrite.title(),
        }
    }

    pub(in crate::server) fn kind(self) -> CodeActionKind {
        match self {
            SourceAction::FixAll => FIX_ALL,
            SourceAction::Rewrite(_) => CodeActionKind::SOURCE,
        }
    }
}

/// The data of an action whose edit has yet to be computed.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::server) struct ActionData {
    pub(in crate::server) uri: Url,
    pub(in crate::server) what: SourceAction,
}

/// The data of a lens whose text has yet to be computed.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::server) struct LensData {
    pub(in crate::server) uri: Url,
    pub(in crate::server) kind: LensKind,
}
