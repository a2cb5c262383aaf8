//! Conversion of semantic tokens.

use tower_lsp::lsp_types::SemanticToken;

use super::Context;
use crate::features::tokens::Token;

impl Context<'_> {
    /// Converts those of `tokens` whose types the client knows. Each is encoded relative to the one before it (LSP 3.17,
    /// "Semantic Tokens").
    pub(in crate::server) fn tokens(&self, tokens: &[Token]) -> Vec<SemanticToken> {
        let types = &self.support.tokens;
        let known = tokens.iter().filter_map(|token| Some((self.range(token.span), types.index(token.kind)?)));
        let (mut line, mut column) = (0, 0);
        let relative = known.map(|(range, token_type)| {
            let place = range.start;
            let delta_line = place.line - line;
            let delta_start = if delta_line == 0 { place.character - column } else { place.character };
            (line, column) = (place.line, place.character);
            let length = range.end.character - place.character;
            SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset: 0 }
        });
        relative.collect()
    }
}
