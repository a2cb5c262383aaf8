//! A rule, and what it reports.

use std::collections::HashMap;
use std::path::PathBuf;

use super::finding::{Finding, Misnamed, Related};
use super::fix::Fix;
use super::message::Message;
use super::severity::Severity;
use crate::document::{IndexPage, Proposal};
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
    pub looks_at: LooksAt,
    /// Which proposals of those.
    pub(super) applies: Applies,
    /// Whether it needs no template to find a fault in a proposal.
    pub(super) is_of_document: bool,
    /// Whether what it looks for has to be there from a status on.
    pub(super) is_due_by_status: bool,
    /// What of its findings stands in the way of the next status.
    pub blocks: Blocks,
    /// What to say of one finding in short, in place of its fault.
    pub one: Option<&'static str>,
    /// What to say of several in one.
    pub several: Option<Several>,
    /// What it finds in a proposal.
    pub(super) check: fn(&Proposal<'_>, &mut Vec<Finding>),
    /// What it finds on an index page.
    pub(super) on_index: fn(IndexPage<'_, '_>, &mut Vec<Finding>),
    /// The fixes for what it found in a proposal.
    pub(super) fixes: fn(&Proposal<'_>, &Diagnostic) -> Vec<Fix>,
    /// The fixes for what it found on an index page.
    pub(super) fixes_on_index: fn(IndexPage<'_, '_>, &Diagnostic) -> Vec<Fix>,
}

impl Rule {
    /// A rule with nothing special to it: each names what it has.
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
        blocks: Blocks::BySeverity,
        one: None,
        several: None,
        check: |_, _| {},
        on_index: |_, _| {},
        fixes: |_, _| Vec::new(),
        fixes_on_index: |_, _| Vec::new(),
    };

    /// The word in settings and reports for what it finds, unless the settings say otherwise.
    pub fn default_level(&self) -> &'static str {
        if self.is_off_by_default { "off" } else { self.severity.as_str() }
    }
}

/// The documents that a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksAt {
    /// Proposals.
    Proposals,
    /// Index pages, and the proposals that they list.
    IndexPages,
    /// All of them.
    Any,
}

/// Which proposals a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Applies {
    /// All but those that another one is for alone.
    Always,
    /// Those that are too large for any other.
    TooLarge,
    /// Those that have no section yet, for which no other is.
    Stub,
    /// Those that have no form of their own: it asks for sections.
    Sections,
    /// Those, and by a template that somebody wrote: what some do without is asked of nobody.
    OptionalSections,
}

/// What of a rule's findings stands in the way of a proposal's next status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// Warnings, and worse.
    BySeverity,
    /// All, however little they matter while it is written.
    Always,
    /// All but what is about a section that may be left out.
    UnlessOptional,
    /// None: it says again what other rules say.
    Never,
}

/// How several findings of a rule are told in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Several {
    /// What to say behind their number.
    pub says: &'static str,
    /// What they are about, to be named.
    pub about: About,
}

/// What the subject of a rule's findings is.
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
    /// Whether they are the same one of [`RULES`](super::RULES).
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
    pub message: Message,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// The section of the template that it is about, for a rule of metadata the key, by its place there.
    pub subject: Option<usize>,
    /// Another file that it is about, for a rule of index pages: the proposal, or the page.
    pub file: Option<PathBuf>,
    /// For a name that is no rule's: whose it may be.
    pub(super) misnamed: Option<Misnamed>,
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
