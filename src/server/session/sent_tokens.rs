//! The semantic tokens that the client was sent last.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tower_lsp::lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit, SemanticTokensFullDeltaResult,
};

use crate::workspace::DocumentId;

/// How many documents' tokens are kept; of more, those that were sent first go.
const MAX_DOCUMENTS: usize = 64;

/// How many tokens of a document are kept, at 20 bytes each; one that has more is sent whole every time.
const MAX_TOKENS: usize = 16_384;

/// The tokens that the client was sent last, for each open document.
#[derive(Debug, Default)]
pub(in crate::server) struct SentTokens(Mutex<Sent>);

#[derive(Debug, Default)]
struct Sent {
    documents: HashMap<DocumentId, (u64, Vec<SemanticToken>)>,
    last_id: u64,
}

impl SentTokens {
    /// All of `tokens`, which the open document `id` has now.
    pub(in crate::server) fn full(&self, id: DocumentId, tokens: Vec<SemanticToken>) -> SemanticTokens {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        SemanticTokens { result_id: sent.keep(id, &tokens), data: tokens }
    }

    /// How `tokens`, which the open document `id` has now, differ from those that were sent as `previous`; all of them where
    /// these are not known any more.
    pub(in crate::server) fn delta(
        &self,
        id: DocumentId,
        tokens: Vec<SemanticToken>,
        previous: &str,
    ) -> SemanticTokensFullDeltaResult {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = sent.documents.get(&id).filter(|(known, _)| known.to_string() == previous);
        let edits = known.map(|(_, known)| edits(known, &tokens));
        let result_id = sent.keep(id, &tokens);
        match edits {
            Some(edits) => SemanticTokensDelta { result_id, edits }.into(),
            None => SemanticTokens { result_id, data: tokens }.into(),
        }
    }

    /// Forgets those of the document `id`, which is closed.
    pub(in crate::server) fn forget(&self, id: &DocumentId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).documents.remove(id);
    }
}

impl Sent {
    /// Keeps `tokens` in the place of what the document `id` had; the name of this result, unless they are too many.
    fn keep(&mut self, id: DocumentId, tokens: &[SemanticToken]) -> Option<String> {
        self.documents.remove(&id);
        if tokens.len() > MAX_TOKENS {
            return None;
        }
        if self.documents.len() >= MAX_DOCUMENTS {
            let first = self.documents.iter().min_by_key(|(_, (result, _))| *result).map(|(id, _)| id.clone());
            first.and_then(|first| self.documents.remove(&first));
        }
        self.last_id += 1;
        self.documents.insert(id, (self.last_id, tokens.to_vec()));
        Some(self.last_id.to_string())
    }
}

/// The edit, if it takes one, that makes `new` of `old`; it counts in integers, of which a token has five.
fn edits(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|(old, new)| old == new).count();
    let (deleted, inserted) = (old.len() - end - start, &new[start..new.len() - end]);
    if deleted == 0 && inserted.is_empty() {
        return Vec::new();
    }
    let integers = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    let data = (!inserted.is_empty()).then(|| inserted.to_vec());
    vec![SemanticTokensEdit { start: integers(start), delete_count: integers(deleted), data }]
}

#[cfg(test)]
mod tests;
