//! What the workspace keeps of a Markdown file because other documents may need it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use super::deviation_key::DeviationKey;
use super::exports::Exports;
use super::kind::Kind;
use super::refers::Refers;
use crate::document::{Deviation, Proposal, SectionFacts};
use crate::template::Template;

/// What is kept of a file, as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Page {
    pub(in crate::workspace) exports: Arc<Exports>,
    /// The sections of a proposal.
    pub(in crate::workspace) sections: Arc<[SectionFacts]>,
    pub(in crate::workspace) refers: Refers,
    /// How a proposal deviates from its template, in order, and the key of that; `None` for a proposal with a form of its own.
    pub(in crate::workspace) deviations: Option<(TemplateKey, Box<[DeviationKey]>)>,
}

/// Identifies a template by its file's path and its version, or by what it is learned from. It is a hash, because every page has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::workspace) struct TemplateKey(u64);

impl TemplateKey {
    /// Returns the key of `template`.
    pub(in crate::workspace) fn of(template: &Template) -> TemplateKey {
        let mut hasher = DefaultHasher::new();
        let learnt = template.learnt.as_ref().map(|learnt| (&learnt.folder, &learnt.prefix));
        (&template.source, learnt, &template.version).hash(&mut hasher);
        TemplateKey(hasher.finish())
    }
}

impl Page {
    /// Returns what to keep of `document`, which is of `kind`, in the file at `path`.
    pub(in crate::workspace) fn of(path: &Path, kind: Kind, document: &Proposal<'_>) -> Page {
        let is_proposal = kind == Kind::Proposal;
        let own = is_proposal.then(|| document.deviations()).flatten();
        let keys = |own: Vec<Deviation>| {
            let mut keys: Vec<_> = own.into_iter().map(|own| DeviationKey::of(document.template, own)).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into()
        };
        Page {
            exports: Arc::new(Exports::of(path, kind, document)),
            sections: if is_proposal { SectionFacts::of(document).into() } else { [].into() },
            refers: Refers::of(path, document),
            deviations: own.map(|own| (TemplateKey::of(document.template), keys(own))),
        }
    }
}
