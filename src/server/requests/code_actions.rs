//! The code actions at a place, and the computation of edits for those that have none until they are taken.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionResponse};

use crate::document::Edited;
use crate::document::Proposal;
use crate::features::actions::{self, Target};
use crate::features::fix_all;
use crate::features::rewrite::Rewrite;
use crate::rules::{Diagnostic, Severities};
use crate::server::protocol::names::{ActionData, FIX_ALL, SUPPRESS, SourceAction};
use crate::server::protocol::to_lsp::Context;
use crate::server::session::{Name, Session};

/// The kinds of actions that a client asks for; `None` means all.
pub(in crate::server) struct Asked(pub(in crate::server) Option<Vec<CodeActionKind>>);

impl Asked {
    /// Whether `kind` is among them (LSP 3.17, `CodeActionKind`: kinds are hierarchical).
    pub(in crate::server) fn includes(&self, kind: &CodeActionKind) -> bool {
        let is_below = |asked: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(asked.as_str());
            rest.is_some_and(|rest| rest.is_empty() || asked.as_str().is_empty() || rest.starts_with('.'))
        };
        self.0.as_ref().is_none_or(|asked| asked.iter().any(is_below))
    }
}

/// Returns the quick fixes for `target` in `proposal`, whose faults are `diagnostics`; all safe fixes, if the client names kinds or
/// one of the quick fixes is safe; and the rewrites, if the client names kinds or `target` is at the title.
pub(in crate::server) fn code_actions(
    context: &Context<'_>,
    proposal: &Proposal<'_>,
    diagnostics: &[Diagnostic],
    target: &Target,
    asked: &Asked,
) -> CodeActionResponse {
    let severities = context.snapshot.severities();
    let mut response = Vec::new();
    let mut is_wanted = asked.0.is_some();
    let (are_fixes_asked, is_suppressing_asked) =
        (asked.includes(&CodeActionKind::QUICKFIX), asked.includes(&SUPPRESS));
    let mut suppressing = Vec::new();
    if are_fixes_asked || is_suppressing_asked {
        let mut actions = actions::actions(proposal, diagnostics, target);
        suppressing = actions.split_off(actions.partition_point(|action| action.is_mending));
        actions.retain(|_| are_fixes_asked);
        suppressing.retain(|_| is_suppressing_asked);
        is_wanted |= actions.iter().any(|action| action.fix.is_safe);
        response.extend(actions.iter().map(|action| context.action(action)));
    }
    let mut offer = |what: SourceAction| {
        let action = context.source_action(what, || edits(what, proposal, severities));
        response.push(CodeActionOrCommand::CodeAction(action));
    };
    if is_wanted && asked.includes(&FIX_ALL) && fix_all::is_needed(proposal, diagnostics) {
        offer(SourceAction::FixAll);
    }
    let title = proposal.text().line_span_at(proposal.title_span().start);
    if asked.includes(&CodeActionKind::SOURCE) && (asked.0.is_some() || title.meets(target.span)) {
        let needed = Rewrite::ALL.into_iter().filter(|rewrite| rewrite.edits(proposal).is_ok());
        needed.for_each(|rewrite| offer(SourceAction::Rewrite(rewrite)));
    }
    response.extend(suppressing.iter().map(|action| context.action(action)));
    response
}

/// Returns the edits of `what`; empty if there is nothing to do.
fn edits(what: SourceAction, proposal: &Proposal<'_>, severities: &Severities) -> Edited {
    match what {
        SourceAction::FixAll => fix_all::fix_all(proposal, severities),
        SourceAction::Rewrite(rewrite) => rewrite.edits(proposal).unwrap_or_default(),
    }
}

impl Session {
    /// Adds the edit to `action`, for the current document. An action that has an edit stays as it is: some clients resolve all
    /// actions.
    pub(in crate::server) fn resolve_action(&self, action: CodeAction) -> Result<CodeAction> {
        if action.edit.is_some() {
            return Ok(action);
        }
        let data = action.data.clone().and_then(|data| serde_json::from_value::<ActionData>(data).ok());
        let data = data
            .ok_or_else(|| Error::invalid_params("the code action is not from this server; request actions again"))?;
        let (Name { uri, version, .. }, snapshot) = self.open_page(&data.uri)?;
        let around = self.workspace.around(&snapshot);
        let fixed = edits(data.what, &snapshot.proposal().within(&around), snapshot.severities());
        let (uri, snapshot, support) = (&uri, &snapshot, self.support());
        let context = Context { uri, version, snapshot, support, others: self };
        let edit = (!fixed.edits.is_empty()).then(|| context.workspace_edit(fixed, None));
        Ok(CodeAction { edit, ..action })
    }
}
