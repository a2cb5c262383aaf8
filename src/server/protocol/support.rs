//! What the client supports.

use tower_lsp::lsp_types::{
    ClientCapabilities, DiagnosticTag, MarkupKind, PositionEncodingKind, ResourceOperationKind,
};

use super::tokens::TokenSupport;
use crate::text::Encoding;

/// The client's capabilities that matter here.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Support {
    /// The negotiated unit of columns.
    pub(in crate::server) encoding: Encoding,
    /// The client asks for diagnostics, so none are pushed.
    pub(in crate::server) pulls_diagnostics: bool,
    /// The client also asks for the diagnostics of the whole workspace.
    pub(in crate::server) pulls_workspace: bool,
    pub(in crate::server) diagnostic_refresh: bool,
    pub(in crate::server) diagnostic_version: bool,
    pub(in crate::server) related_information: bool,
    pub(in crate::server) code_description: bool,
    pub(in crate::server) unnecessary_tag: bool,
    pub(in crate::server) code_actions: bool,
    pub(in crate::server) preferred_actions: bool,
    /// The client asks for an action's edit when the action is taken.
    pub(in crate::server) resolves_actions: bool,
    /// Whether it asks the user before it applies an edit that says so.
    pub(in crate::server) confirms_edits: bool,
    /// The client applies edits that the server asks for.
    pub(in crate::server) applies_edits: bool,
    /// Edits may create files.
    pub(in crate::server) creates_files: bool,
    pub(in crate::server) shows_documents: bool,
    /// The client shows the places that the command for references returns; in `experimental`, since LSP has no such capability.
    pub(in crate::server) shows_references: bool,
    /// Whether it shows what is left to do in a proposal, so that the server need not say it.
    pub(in crate::server) shows_readiness: bool,
    /// Whether it shows the pages of rules, under URIs of the scheme `vip-lsp-rule`.
    pub(in crate::server) shows_rules: bool,
    pub(in crate::server) lens_refresh: bool,
    pub(in crate::server) document_changes: bool,
    /// Completions may be snippets.
    pub(in crate::server) snippets: bool,
    /// Edits may be snippets, in `experimental` for want of a field; see [`crate::server::wire::snippets`].
    pub(in crate::server) snippet_edits: bool,
    pub(in crate::server) preselect: bool,
    pub(in crate::server) markdown: bool,
    pub(in crate::server) nested_symbols: bool,
    pub(in crate::server) prepares_renames: bool,
    /// Edits may rename files.
    pub(in crate::server) renames_files: bool,
    /// The client announces that it is going to rename files.
    pub(in crate::server) tells_renames: bool,
    pub(in crate::server) markdown_hover: bool,
    /// The maximum number of folds that the client takes per document.
    pub(in crate::server) fold_limit: usize,
    pub(in crate::server) hint_refresh: bool,
    pub(in crate::server) tokens: TokenSupport,
    pub(in crate::server) configuration: bool,
    pub(in crate::server) registers_configuration: bool,
    pub(in crate::server) registers_watchers: bool,
    pub(in crate::server) work_done_progress: bool,
}

impl Support {
    pub(in crate::server) fn of(client: &ClientCapabilities) -> Support {
        let text = client.text_document.clone().unwrap_or_default();
        let workspace = client.workspace.clone().unwrap_or_default();
        let item = text.completion.and_then(|completion| completion.completion_item).unwrap_or_default();
        let actions = text.code_action.unwrap_or_default();
        let resolved = actions.resolve_support.map(|resolve| resolve.properties).unwrap_or_default();
        let edit = workspace.workspace_edit.unwrap_or_default();
        let operations = edit.resource_operations.unwrap_or_default();
        let shown = client.window.as_ref().and_then(|window| window.show_document.as_ref());
        let hover_formats = text.hover.as_ref().and_then(|hover| hover.content_format.as_ref());
        let fold_limit = text.folding_range.as_ref().and_then(|folding| folding.range_limit);
        let watched = workspace.did_change_watched_files.unwrap_or_default();
        let configured = workspace.did_change_configuration.unwrap_or_default();
        let diagnostic_refresh =
            workspace.diagnostic.as_ref().and_then(|diagnostic| diagnostic.refresh_support) == Some(true);
        // Diagnostics change with other files. A client that cannot be told to refresh, such as Neovim, is better served by
        // pushing.
        let pulls_diagnostics = text.diagnostic.is_some() && (diagnostic_refresh || text.publish_diagnostics.is_none());
        let published = text.publish_diagnostics.unwrap_or_default();
        Support {
            encoding: encoding(client),
            pulls_diagnostics,
            pulls_workspace: pulls_diagnostics && workspace.diagnostic.is_some(),
            diagnostic_refresh,
            diagnostic_version: published.version_support == Some(true),
            unnecessary_tag: published
                .tag_support
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            code_description: published.code_description_support == Some(true),
            related_information: published.related_information == Some(true),
            preferred_actions: actions.is_preferred_support == Some(true),
            code_actions: actions.code_action_literal_support.is_some(),
            resolves_actions: actions.data_support == Some(true) && resolved.iter().any(|property| property == "edit"),
            // File operations can only be in `documentChanges`, which Neovim accepts without saying so.
            document_changes: edit.document_changes == Some(true) || !operations.is_empty(),
            confirms_edits: edit.document_changes == Some(true) && edit.change_annotation_support.is_some(),
            applies_edits: workspace.apply_edit == Some(true),
            creates_files: operations.contains(&ResourceOperationKind::Create),
            shows_references: client.experimental.as_ref().is_some_and(|own| own["showsReferences"] == true),
            shows_readiness: client.experimental.as_ref().is_some_and(|own| own["showsReadiness"] == true),
            shows_rules: client.experimental.as_ref().is_some_and(|own| own["showsRules"] == true),
            snippet_edits: client.experimental.as_ref().is_some_and(|own| own["snippetEdits"] == true),
            shows_documents: shown.is_some_and(|shown| shown.support),
            lens_refresh: workspace.code_lens.and_then(|lens| lens.refresh_support) == Some(true),
            snippets: item.snippet_support == Some(true),
            preselect: item.preselect_support == Some(true),
            markdown: item.documentation_format.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            nested_symbols: text.document_symbol.and_then(|symbol| symbol.hierarchical_document_symbol_support)
                == Some(true),
            fold_limit: fold_limit.map_or(usize::MAX, |limit| limit as usize),
            hint_refresh: workspace.inlay_hint.and_then(|hint| hint.refresh_support) == Some(true),
            tokens: TokenSupport::of(client),
            markdown_hover: hover_formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            prepares_renames: text.rename.and_then(|rename| rename.prepare_support) == Some(true),
            renames_files: operations.contains(&ResourceOperationKind::Rename),
            tells_renames: workspace.file_operations.and_then(|operations| operations.will_rename) == Some(true),
            configuration: workspace.configuration == Some(true),
            registers_configuration: configured.dynamic_registration == Some(true),
            registers_watchers: watched.dynamic_registration == Some(true),
            work_done_progress: client.window.as_ref().and_then(|window| window.work_done_progress) == Some(true),
        }
    }
}

/// Returns UTF-8, which costs nothing, if the client offers it; otherwise UTF-16, the default, or UTF-32 for a client that offers
/// nothing else.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32) && !offered.contains(&PositionEncodingKind::UTF16) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}
