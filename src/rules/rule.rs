//! Rules, and the diagnostics that they report.

use std::collections::HashMap;
use std::path::PathBuf;

use super::finding::{Finding, Misnamed, Related};
use super::fix::Fix;
use super::message::Message;
use super::severity::Severity;
use crate::document::{IndexPage, Proposal};
use crate::text::{Offset, Span};

/// A rule, which finds one kind of fault.
pub struct Rule {
    /// The diagnostic's code.
    pub id: &'static str,
    /// The severity unless the settings say otherwise.
    pub severity: Severity,
    /// The fault in one line.
    pub summary: &'static str,
    /// Why the fault matters, and examples of it.
    pub docs: Docs,
    /// Whether what it finds is better removed, so that an editor may show it faded.
    pub is_unnecessary: bool,
    /// Whether it only runs if the settings give it a severity.
    pub is_off_by_default: bool,
    /// Whether some of its fixes are safe; see [`Fix::is_safe`].
    pub has_safe_fix: bool,
    /// Whether a comment has to name the rule to suppress it.
    pub(super) is_named: bool,
    /// The documents that it checks.
    pub looks_at: LooksAt,
    /// Which of those proposals it checks.
    pub(super) applies: Applies,
    /// Whether it finds faults in a proposal without a template.
    pub(super) is_of_document: bool,
    /// Whether it also checks files of metadata beside proposals.
    pub(super) reads_sidecars: bool,
    /// Whether it looks for something that is required from a status on.
    pub(super) is_due_by_status: bool,
    /// Whether its findings are hints while the proposal is being written; see [`Proposal::is_being_written`].
    pub(super) grows_with_status: bool,
    /// Whether it finds sections that are too long.
    pub is_about_length: bool,
    /// Which of its findings block the next status.
    pub blocks: Blocks,
    /// A short text for a single finding, in place of its fault.
    pub one: Option<&'static str>,
    /// A short text for several findings.
    pub several: Option<Several>,
    /// Adds its findings in a proposal.
    pub(super) check: fn(&Proposal<'_>, &mut Vec<Finding>),
    /// Adds its findings on an index page.
    pub(super) on_index: fn(IndexPage<'_, '_>, &mut Vec<Finding>),
    /// Returns the fixes for its findings in a proposal.
    pub(super) fixes: fn(&Proposal<'_>, &Diagnostic) -> Vec<Fix>,
    /// Returns the fixes for its findings on an index page.
    pub(super) fixes_on_index: fn(IndexPage<'_, '_>, &Diagnostic) -> Vec<Fix>,
}

impl Rule {
    /// A rule with defaults for all fields, to be overridden.
    pub(super) const PLAIN: Rule = Rule {
        id: "",
        severity: Severity::Warning,
        summary: "",
        docs: Docs { why: "", bad: "", good: "" },
        is_unnecessary: false,
        is_off_by_default: false,
        has_safe_fix: false,
        is_named: false,
        looks_at: LooksAt::Proposals,
        applies: Applies::Always,
        is_of_document: false,
        is_due_by_status: false,
        reads_sidecars: false,
        grows_with_status: false,
        is_about_length: false,
        blocks: Blocks::BySeverity,
        one: None,
        several: None,
        check: |_, _| {},
        on_index: |_, _| {},
        fixes: |_, _| Vec::new(),
        fixes_on_index: |_, _| Vec::new(),
    };

    /// Returns the word in settings and reports for the severity of the rule, unless the settings say otherwise.
    pub fn default_level(&self) -> &'static str {
        if self.is_off_by_default { "off" } else { self.severity.as_str() }
    }
}

/// The documents that a rule checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksAt {
    /// Proposals.
    Proposals,
    /// Index pages, and the proposals that they list.
    IndexPages,
    /// All documents.
    Any,
}

/// The proposals that a rule checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Applies {
    /// All except those that only one rule checks.
    Always,
    /// Those that are too large for any other rule.
    TooLarge,
    /// Those without any section, which no other rule checks.
    Stub,
    /// Those without a form of their own, as the rule asks for sections.
    Sections,
    /// Like [`Applies::Sections`], but not with a learnt template, as a section that some documents lack is not worth a
    /// hint there.
    OptionalSections,
}

/// Which findings of a rule block a proposal's next status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// Warnings and errors.
    BySeverity,
    /// All, even if their severity is low.
    Always,
    /// All except those about optional sections.
    UnlessOptional,
    /// None, as the rule repeats what other rules report.
    Never,
}

/// How several findings of a rule are reported as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Several {
    /// The text after their number.
    pub says: &'static str,
    /// What they are about, which is named.
    pub about: About,
}

/// What the findings of a rule are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A section of the template.
    Section,
    /// A key of its metadata.
    Key,
    /// Nothing with a name.
    Nothing,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

impl PartialEq for Rule {
    /// Whether both are the same item of [`RULES`](super::RULES).
    fn eq(&self, other: &Rule) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The contents of a rule's page. The examples follow the template in `rules/examples.rs`, and a test runs them.
#[derive(Debug)]
pub struct Docs {
    /// Why the fault matters.
    pub why: &'static str,
    /// A document with the fault.
    pub bad: &'static str,
    /// The document without the fault.
    pub good: &'static str,
}

/// The severities that settings give to rules, by the rule's id; `None` switches a rule off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities(pub HashMap<&'static str, Option<Severity>>);

impl Severities {
    /// Whether `rule` is on.
    pub fn allow(&self, rule: &Rule) -> bool {
        self.0.get(rule.id).map_or(!rule.is_off_by_default, Option::is_some)
    }

    /// Returns the severity of `rule`, or `default` if the settings have none.
    fn of(&self, rule: &Rule, default: Severity) -> Severity {
        self.0.get(rule.id).copied().flatten().unwrap_or(default)
    }
}

/// A finding, judged by the settings.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The severity according to the settings.
    pub severity: Severity,
    /// Whether it will be a warning or an error, and is milder while the proposal is being written.
    pub is_postponed: bool,
    /// The place of the fault: for something missing, an empty one where it belongs.
    pub span: Span,
    /// For an empty place: the heading next to it, where fixes are offered, too, and which suppressions are about.
    pub beside: Option<Span>,
    /// What is wrong and what to do.
    pub message: Message,
    /// Related places.
    pub related: Vec<Related>,
    /// The section of the template that it is about, or the key for a rule of metadata, by its place in the template.
    pub subject: Option<usize>,
    /// The other file that it is about, for a rule of index pages: the proposal, or the page.
    pub file: Option<PathBuf>,
    /// For a name that is not a rule's: the rule that it may stand for.
    pub(super) misnamed: Option<Misnamed>,
}

impl Diagnostic {
    /// Returns the place that a comment which suppresses the diagnostic is about.
    pub(super) fn suppressed_at(&self) -> Offset {
        self.beside.unwrap_or(self.span).start
    }

    /// Whether fixes are offered at `span`.
    pub fn is_at(&self, span: Span) -> bool {
        self.span.meets(span) || self.beside.is_some_and(|beside| beside.meets(span))
    }

    /// Returns the diagnostic for `finding` of `rule` under `severities`.
    pub(super) fn of(finding: Finding, rule: &'static Rule, severities: &Severities) -> Diagnostic {
        // `Severity` starts with the worst, so the maximum is the mildest.
        let own = finding.severity.unwrap_or(rule.severity).max(finding.most.unwrap_or(Severity::Error));
        let severity = severities.of(rule, if finding.is_early { Severity::Hint } else { own });
        Diagnostic {
            rule,
            severity,
            is_postponed: severity > Severity::Warning && severities.of(rule, own) <= Severity::Warning,
            span: finding.span,
            beside: finding.beside,
            message: finding.message,
            related: finding.related,
            subject: finding.subject,
            file: finding.file,
            misnamed: finding.misnamed,
        }
    }
}
