//! A rule, and what it reports.

use std::collections::HashMap;
use std::path::PathBuf;

use super::finding::{Finding, Misnamed, Related};
use super::fix::Fix;
use super::severity::Severity;
use crate::document::Proposal;
use crate::text::Span;

/// One kind of fault.
pub struct Rule {
    /// The diagnostic's code.
    pub id: &'static str,
    /// The severity unless the settings say otherwise.
    pub severity: Severity,
    /// The fault in one line.
    pub summary: &'static str,
    /// Why it matters, and how it looks.
    pub docs: Docs,
    /// Whether what it finds is better taken out, so that an editor may show it faded.
    pub is_unnecessary: bool,
    /// Whether it finds something only where the settings give it a severity.
    pub is_off_by_default: bool,
    /// Whether some of its fixes are safe; see [`Fix::is_safe`].
    pub has_safe_fix: bool,
    /// Whether a comment has to name it to keep it quiet.
    pub(super) is_named: bool,
    /// The documents that it looks at.
    pub scope: Scope,
    pub(super) check: fn(&Proposal<'_>, &mut Vec<Finding>),
    pub(super) fixes: fn(&Proposal<'_>, &Diagnostic) -> Vec<Fix>,
}

impl Rule {
    /// The word in settings and reports for what it finds, unless the settings say otherwise.
    pub fn default_level(&self) -> &'static str {
        if self.is_off_by_default { "off" } else { self.severity.as_str() }
    }
}

/// The documents that a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Proposals.
    Proposal,
    /// Index pages, and the proposals that they list.
    Index,
    /// All of them.
    Any,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

impl PartialEq for Rule {
    /// Whether they are the same one of [`RULES`].
    fn eq(&self, other: &Rule) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What a rule's page says. The examples follow the template in `rules/examples.rs`, and a test runs them.
#[derive(Debug)]
pub struct Docs {
    /// Why the fault matters.
    pub why: &'static str,
    /// A document with the fault.
    pub bad: &'static str,
    /// The same without.
    pub good: &'static str,
}

/// The severities that settings give to rules, by the rule's id; `None` switches a rule off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities(pub HashMap<&'static str, Option<Severity>>);

impl Severities {
    /// Whether `rule` is on.
    pub(super) fn allow(&self, rule: &Rule) -> bool {
        self.0.get(rule.id).map_or(!rule.is_off_by_default, Option::is_some)
    }

    /// What they say of `rule`, else `default`.
    fn of(&self, rule: &Rule, default: Severity) -> Severity {
        self.0.get(rule.id).copied().flatten().unwrap_or(default)
    }
}

/// A fault found in a proposal.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it matters, settings considered.
    pub severity: Severity,
    /// Where it is.
    pub span: Span,
    /// What is wrong and what to do.
    pub message: String,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// The section of the template that it is about, for a rule of metadata the key, by its place there.
    pub subject: Option<usize>,
    /// Another file that it is about, for a rule of index pages: the proposal, or the page.
    pub file: Option<PathBuf>,
    /// For a name that is no rule's: whose it may be.
    pub(super) misnamed: Option<Misnamed>,
}

pub(super) fn no_fixes(_: &Proposal<'_>, _: &Diagnostic) -> Vec<Fix> {
    Vec::new()
}

impl Diagnostic {
    /// What `rule`, which found `finding`, reports under `severities`.
    pub(super) fn of(finding: Finding, rule: &'static Rule, severities: &Severities) -> Diagnostic {
        Diagnostic {
            rule,
            // The worst comes first.
            severity: severities
                .of(rule, finding.severity.unwrap_or(rule.severity).max(finding.most.unwrap_or(Severity::Error))),
            span: finding.span,
            message: finding.message,
            related: finding.related,
            subject: finding.subject,
            file: finding.file,
            misnamed: finding.misnamed,
        }
    }
}
