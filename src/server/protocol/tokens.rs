//! The client's support for semantic tokens.

use tower_lsp::lsp_types::{
    ClientCapabilities, SemanticTokenType, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensServerCapabilities,
};

use crate::features::tokens::TokenKind;

/// Which requests the client makes for semantic tokens, and which types it takes.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct TokenSupport {
    /// The kinds whose types the client knows, in the order of the legend.
    kinds: Vec<TokenKind>,
    full: bool,
    range: bool,
    /// The client can be told to ask again.
    refresh: bool,
}

fn token_type(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Instruction => SemanticTokenType::COMMENT,
        TokenKind::Placeholder => SemanticTokenType::PARAMETER,
        TokenKind::Number => SemanticTokenType::NUMBER,
    }
}

impl TokenSupport {
    pub(in crate::server) fn of(client: &ClientCapabilities) -> TokenSupport {
        let text = client.text_document.as_ref().and_then(|text| text.semantic_tokens.as_ref());
        let Some(tokens) = text else { return TokenSupport::default() };
        let workspace = client.workspace.as_ref().and_then(|workspace| workspace.semantic_tokens.as_ref());
        let is_known = |kind: &TokenKind| tokens.token_types.contains(&token_type(*kind));
        let full = tokens.requests.full.as_ref();
        TokenSupport {
            kinds: TokenKind::ALL.into_iter().filter(is_known).collect(),
            full: full.is_some_and(|full| *full != SemanticTokensFullOptions::Bool(false)),
            range: tokens.requests.range == Some(true),
            refresh: workspace.and_then(|workspace| workspace.refresh_support) == Some(true),
        }
    }

    /// Returns the capabilities to announce to this client.
    pub(in crate::server) fn server_capabilities(&self) -> Option<SemanticTokensServerCapabilities> {
        let token_types = self.kinds.iter().copied().map(token_type).collect();
        let options = SemanticTokensOptions {
            legend: SemanticTokensLegend { token_types, token_modifiers: Vec::new() },
            full: self.full.then_some(SemanticTokensFullOptions::Bool(true)),
            range: self.range.then_some(true),
            ..SemanticTokensOptions::default()
        };
        self.is_offered().then_some(SemanticTokensServerCapabilities::SemanticTokensOptions(options))
    }

    fn is_offered(&self) -> bool {
        !self.kinds.is_empty() && (self.full || self.range)
    }

    /// Whether the client should be told to ask again when tokens change without an edit.
    pub(in crate::server) fn refreshes(&self) -> bool {
        self.refresh && self.is_offered()
    }

    /// Returns the index of `kind` in the legend.
    pub(in crate::server) fn index(&self, kind: TokenKind) -> Option<u32> {
        let index = self.kinds.iter().position(|known| *known == kind)?;
        u32::try_from(index).ok()
    }
}
