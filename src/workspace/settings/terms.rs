//! The settings that exist both for all proposals and for those of one family.

use crate::rules::Severities;
use crate::template::Overrides;

/// The settings that exist both for all proposals and for those of one family.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The severities of rules.
    pub severities: Severities,
    /// The overrides of the template.
    pub overrides: Overrides,
    /// Whether the template is taken literally, whatever other documents do.
    pub(super) strict: Option<bool>,
    /// Whether documents follow the template as it is now, rather than as it was when they came in.
    pub(super) is_current: Option<bool>,
    /// See [`Evidence`](crate::document::Evidence).
    pub(super) evidence: EvidenceTerms,
}

/// The settings for [`Evidence`](crate::document::Evidence).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EvidenceTerms {
    pub(super) documents: Option<usize>,
    pub(super) information: Option<usize>,
    pub(super) hint: Option<usize>,
    pub(super) kept: Option<usize>,
}

impl Terms {
    /// Returns these settings, with those they leave out taken from `below`.
    pub(super) fn over(&self, below: &Terms) -> Terms {
        let mut severities = below.severities.clone();
        severities.0.extend(&self.severities.0);
        Terms {
            severities,
            overrides: self.overrides.over(&below.overrides),
            strict: self.strict.or(below.strict),
            is_current: self.is_current.or(below.is_current),
            evidence: self.evidence.over(below.evidence),
        }
    }
}

impl EvidenceTerms {
    /// Returns these settings, with those they leave out taken from `below`.
    fn over(self, below: EvidenceTerms) -> EvidenceTerms {
        EvidenceTerms {
            documents: self.documents.or(below.documents),
            information: self.information.or(below.information),
            hint: self.hint.or(below.hint),
            kept: self.kept.or(below.kept),
        }
    }
}
