//! The findings of rules, before the settings apply.

use std::path::PathBuf;

use super::message::Message;
use super::severity::Severity;
use crate::document::{Deviation, Proposal, Share};
use crate::template::TemplateSection;
use crate::text::Span;

/// A place that explains a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub place: RelatedPlace,
    /// What is there.
    pub message: String,
}

/// A place in one of the texts that a rule sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelatedPlace {
    /// In the proposal.
    Document(Span),
    /// In the template.
    Template(Span),
    /// The line, from 0, of another file.
    File(PathBuf, u32),
}

/// A finding of a rule, before the settings apply.
#[derive(Clone)]
pub(super) struct Finding {
    pub(super) span: Span,
    /// For an empty place: the heading next to it.
    pub(super) beside: Option<Span>,
    pub(super) message: Message,
    pub(super) related: Vec<Related>,
    pub(super) subject: Option<usize>,
    pub(super) file: Option<PathBuf>,
    /// A severity other than the rule's own.
    pub(super) severity: Option<Severity>,
    /// The maximum severity.
    pub(super) most: Option<Severity>,
    /// Whether it is a hint for now, because the proposal is being written.
    pub(super) is_early: bool,
    /// For a name that is not a rule's: the rule that it may stand for.
    pub(super) misnamed: Option<Misnamed>,
}

/// A name that is not a rule's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Misnamed {
    /// The rule that is most likely meant.
    pub(super) instead: Option<&'static str>,
}

impl Finding {
    pub(super) fn new(span: Span, message: impl Into<Message>) -> Finding {
        Finding {
            span,
            beside: None,
            message: message.into(),
            related: Vec::new(),
            subject: None,
            file: None,
            severity: None,
            most: None,
            is_early: false,
            misnamed: None,
        }
    }

    /// Returns this finding lowered to information if many of the other documents with the template have the same `deviation`, or
    /// to a hint if most have, and notes so in the message. Then the template has changed, or nobody follows that part of it.
    pub(super) fn lowered(self, proposal: &Proposal<'_>, deviation: Deviation) -> Finding {
        let Some(surroundings) = proposal.surroundings() else { return self };
        let (share, evidence) = (surroundings.share(deviation), surroundings.evidence());
        let most = match share {
            Share { all, .. } if all < evidence.documents => return self,
            _ if share.is_over(evidence.hint) => Severity::Hint,
            _ if share.is_over(evidence.information) && share.count > 1 => Severity::Information,
            _ => return self,
        };
        let what = match deviation {
            Deviation::NoSection(_) | Deviation::NoKey(_) | Deviation::NoTitle | Deviation::NoNumber => "lack it too",
            Deviation::Keeps(_) | Deviation::KeepsValue(_) => "keep it too",
            Deviation::OwnValue(..) => "have it too",
            Deviation::OtherValue(_) => "have another value",
            Deviation::OtherName(_)
            | Deviation::OtherLevel
            | Deviation::Unfilled(_)
            | Deviation::LongValue(_)
            | Deviation::NeedlessKey(_) => "do the same",
        };
        let note = format!("{} of the {} other documents {what}", share.count, share.all);
        let most = self.most.map_or(most, |other| other.max(most));
        Finding { most: Some(most), message: self.message.with(&note), ..self }
    }

    /// Returns this finding lowered to information if any other document has the same `deviation`, as it may well be right then.
    pub(super) fn lowered_by_any(self, proposal: &Proposal<'_>, deviation: Deviation) -> Finding {
        let others = proposal.surroundings().map_or(0, |surroundings| surroundings.share(deviation).count);
        let finding = self.lowered(proposal, deviation);
        match finding.most {
            None if others > 0 => Finding { most: Some(Severity::Information), ..finding },
            _ => finding,
        }
    }

    /// Returns this finding with a severity of at most `most`.
    pub(super) fn at_most(self, most: Option<Severity>) -> Finding {
        Finding { most: self.most.max(most), ..self }
    }

    pub(super) fn severe(self, severity: Severity) -> Finding {
        Finding { severity: Some(severity), ..self }
    }

    pub(super) fn about(self, file: PathBuf) -> Finding {
        Finding { file: Some(file), ..self }
    }

    pub(super) fn of_section(span: Span, message: impl Into<Message>, section: &TemplateSection) -> Finding {
        Finding { subject: Some(section.index), ..Finding::new(span, message) }
    }

    /// Returns this finding as one about an empty place, with the heading at `heading` next to it.
    pub(super) fn beside(self, heading: Span) -> Finding {
        Finding { beside: Some(heading), ..self }
    }

    pub(super) fn with_related(mut self, place: RelatedPlace, message: &str) -> Finding {
        self.related.push(Related { place, message: message.to_owned() });
        self
    }
}
