//! The faults that a template can tell of a proposal: one file a fault.

mod broken_anchor;
mod broken_link;
mod document_too_large;
mod duplicate_metadata;
mod duplicate_number;
mod duplicate_section;
mod empty_section;
mod examples;
mod heading_instruction;
mod index_broken_entry;
mod index_missing_entry;
mod index_status;
mod index_title;
mod invalid_front_matter;
mod invalid_link;
mod invalid_metadata_value;
mod listing;
mod missing_metadata;
mod missing_optional_section;
mod missing_section;
mod missing_title;
mod nearest;
mod number_mismatch;
mod other_form;
pub mod page;
mod release_required;
mod section_level;
mod section_name;
mod section_order;
mod section_too_long;
mod stub_proposal;
mod suppression;
mod template_instruction;
mod title_format;
mod uncovered_prompt;
mod undefined_reference;
mod unfilled_placeholder;
mod unfilled_section;
mod unfinished_accepted;
mod unused_suppression;
mod value_too_long;

use std::collections::HashMap;
use std::path::PathBuf;

pub use suppression::Suppressing;
pub use template_instruction::first_words;

use crate::cancel;
use crate::document::{Deviation, Document, Proposal, Share};
use crate::template::{LearntFrom, TemplateSection};
use crate::text::{Edit, Placed, Span, Text, apply};

/// Every rule, in the order of the rules page.
pub static RULES: [&Rule; 36] = [
    &missing_section::RULE,
    &missing_optional_section::RULE,
    &section_name::RULE,
    &section_order::RULE,
    &section_level::RULE,
    &duplicate_section::RULE,
    &empty_section::RULE,
    &unfilled_section::RULE,
    &section_too_long::RULE,
    &missing_title::RULE,
    &title_format::RULE,
    &template_instruction::RULE,
    &heading_instruction::RULE,
    &unfilled_placeholder::RULE,
    &missing_metadata::RULE,
    &invalid_metadata_value::RULE,
    &value_too_long::RULE,
    &duplicate_metadata::RULE,
    &invalid_link::RULE,
    &invalid_front_matter::RULE,
    &number_mismatch::RULE,
    &duplicate_number::RULE,
    &broken_link::RULE,
    &broken_anchor::RULE,
    &undefined_reference::RULE,
    &index_title::RULE,
    &index_status::RULE,
    &index_missing_entry::RULE,
    &index_broken_entry::RULE,
    &release_required::RULE,
    &unfinished_accepted::RULE,
    &uncovered_prompt::RULE,
    &stub_proposal::RULE,
    &other_form::RULE,
    &unused_suppression::RULE,
    &document_too_large::RULE,
];

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
    /// The documents that it looks at.
    pub scope: Scope,
    check: fn(&Proposal<'_>, &mut Vec<Finding>),
    fixes: fn(&Proposal<'_>, &Diagnostic) -> Vec<Fix>,
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

/// How much a diagnostic matters; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The proposal cannot be accepted like this.
    Error,
    /// It should not be accepted like this.
    Warning,
    /// Worth knowing.
    Information,
    /// Shown discreetly.
    Hint,
}

impl Severity {
    /// The word for it in settings and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        }
    }
}

/// The severities that settings give to rules, by the rule's id; `None` switches a rule off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities(pub HashMap<&'static str, Option<Severity>>);

impl Severities {
    /// Whether `rule` is on.
    fn allow(&self, rule: &Rule) -> bool {
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
}

/// A place that explains a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// A place in one of the texts that a rule sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the proposal.
    Document(Span),
    /// In the template.
    Template(Span),
    /// The line, from 0, of another file.
    File(PathBuf, u32),
}

/// A change that removes a fault.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, for a menu.
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// What it changes in another file.
    pub elsewhere: Option<FileEdits>,
    /// Whether it is the one to take where an editor takes one without asking.
    pub is_preferred: bool,
    /// Whether it changes neither the meaning nor the author's words, so that it may be applied unseen with others.
    pub is_safe: bool,
}

/// Changes of a file.
#[derive(Clone, Debug)]
pub struct FileEdits {
    /// The file.
    pub path: PathBuf,
    /// The file's text, in which the edits count.
    pub text: Text,
    /// What the editor that has the file open calls this version of it.
    pub version: Option<i32>,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

impl PartialEq for FileEdits {
    fn eq(&self, other: &FileEdits) -> bool {
        (&self.path, &self.edits) == (&other.path, &other.edits)
    }
}

/// The rules by which something has to be there from a status on.
static AT_STATUS: [&Rule; 1] = [&release_required::RULE];

/// What a rule reports, before the settings have their say.
#[derive(Clone)]
struct Finding {
    span: Span,
    message: String,
    related: Vec<Related>,
    subject: Option<usize>,
    file: Option<PathBuf>,
    /// In place of the rule's own severity.
    severity: Option<Severity>,
    /// What it is at most.
    most: Option<Severity>,
}

/// The rule called `id`.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.into_iter().find(|rule| rule.id == id)
}

/// The faults of `proposal`, in the order of their places, without those that a comment in it suppresses. A document that is
/// too large or has no section gets the one diagnostic that says so.
pub fn check(proposal: &Proposal<'_>, severities: &Severities) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut findings = Vec::new();
    let rules: Vec<_> = applicable(proposal).filter(|rule| severities.allow(rule)).collect();
    let mut of_index = index_findings(proposal, &rules);
    for rule in &rules {
        cancel::pause();
        match &mut of_index {
            Some(known) if rule.scope == Scope::Index => findings.extend(known.remove(rule.id).unwrap_or_default()),
            _ => (rule.check)(proposal, &mut findings),
        }
        let most = most_of(proposal, rule);
        diagnostics.extend(findings.drain(..).map(|finding| finding.at_most(most).judged(rule, severities)));
    }
    suppression::suppress(proposal, &rules, severities, &mut diagnostics);
    diagnostics.sort_by(|one, other| (one.span, one.subject, &one.file).cmp(&(other.span, other.subject, &other.file)));
    diagnostics
}

/// What those of `rules` that are about rows find on the index page `page`, by rule: it follows from its tables and lists, and from what
/// is around it. None where that is not known.
fn index_findings(page: &Proposal<'_>, rules: &[&'static Rule]) -> Option<HashMap<&'static str, Vec<Finding>>> {
    let origin = page.surroundings().filter(|_| page.is_index())?.origin()?;
    let find = || {
        let mut found = Vec::new();
        for rule in rules.iter().filter(|rule| rule.scope == Scope::Index) {
            cancel::pause();
            let mut own = Vec::new();
            (rule.check)(page, &mut own);
            found.extend(own.into_iter().map(|finding| OfRow { rule: rule.id, finding }));
        }
        found
    };
    let mut by_rule: HashMap<&'static str, Vec<Finding>> = HashMap::new();
    for OfRow { rule, finding } in page.document.by_lists(&origin, |found: &OfRow| found.finding.span, find) {
        by_rule.entry(rule).or_default().push(finding);
    }
    Some(by_rule)
}

/// What a rule found of a row.
#[derive(Clone)]
struct OfRow {
    rule: &'static str,
    finding: Finding,
}

impl Placed for OfRow {
    fn placed(self, place: impl Fn(Span) -> Span) -> OfRow {
        let related = |related: Related| match related.place {
            Place::Document(span) => Related { place: Place::Document(place(span)), ..related },
            _ => related,
        };
        let related = self.finding.related.into_iter().map(related).collect();
        OfRow { finding: Finding { span: place(self.finding.span), related, ..self.finding }, ..self }
    }
}

/// What [`check`] would find of `proposal` in addition, if its status were `status`: what has to be there by then.
pub fn check_at_status(proposal: &Proposal<'_>, severities: &Severities, status: &str) -> Vec<Diagnostic> {
    let rules: Vec<_> =
        applicable(proposal).filter(|rule| AT_STATUS.contains(rule) && severities.allow(rule)).collect();
    let Some(own) = proposal.status().filter(|_| !rules.is_empty()) else { return Vec::new() };
    let edit = Edit { span: own.span, content: status.to_owned() };
    let document = Document::closed(&apply(proposal.text(), &[edit]).to_string());
    let then = proposal.reread(&document);
    let (mut findings, mut diagnostics) = (Vec::new(), Vec::new());
    for rule in &rules {
        (rule.check)(&then, &mut findings);
        diagnostics.extend(findings.drain(..).map(|finding| finding.judged(rule, severities)));
    }
    suppression::suppress(&then, &rules, severities, &mut diagnostics);
    diagnostics
}

/// The rules about proposals that need no template to find a fault.
static OF_THE_DOCUMENT: [&Rule; 7] = [
    &broken_anchor::RULE,
    &broken_link::RULE,
    &duplicate_metadata::RULE,
    &duplicate_number::RULE,
    &invalid_front_matter::RULE,
    &number_mismatch::RULE,
    &undefined_reference::RULE,
];

/// What `proposal` is judged by that nobody wrote down: its template is learnt, and no setting asks for more.
fn learnt<'a>(proposal: &Proposal<'a>) -> Option<&'a LearntFrom> {
    let is_by_letter = || proposal.surroundings().is_some_and(|surroundings| surroundings.is_by_letter());
    proposal.template.learnt.as_deref().filter(|_| !is_by_letter())
}

fn is_by_template(rule: &Rule) -> bool {
    rule.scope == Scope::Proposal && !OF_THE_DOCUMENT.contains(&rule)
}

/// Whether `rule` judges `proposal` by a form that is learnt from other documents.
pub fn is_learnt(proposal: &Proposal<'_>, rule: &Rule) -> bool {
    is_by_template(rule) && learnt(proposal).is_some()
}

/// What a finding of `rule` is at most: what is learnt from other documents may well be chance.
fn most_of(proposal: &Proposal<'_>, rule: &Rule) -> Option<Severity> {
    is_learnt(proposal, rule).then_some(Severity::Hint)
}

fn applicable(proposal: &Proposal<'_>) -> impl Iterator<Item = &'static Rule> {
    let (is_index, is_stub) = (proposal.is_index(), !proposal.is_index() && proposal.is_stub());
    let is_too_large = proposal.document.is_too_large();
    let of_sections = [&missing_section::RULE, &missing_optional_section::RULE];
    let has_own_form = !is_index && proposal.has_own_form();
    // A few documents say nothing of one more.
    let is_learnt = learnt(proposal).is_some();
    let is_unjudged = learnt(proposal).is_some_and(|learnt| learnt.documents < LearntFrom::ENOUGH);
    let applies = move |rule: &&'static Rule| match rule.scope {
        _ if is_too_large => *rule == &document_too_large::RULE,
        Scope::Proposal if is_unjudged && is_by_template(rule) => false,
        // What some do without is asked of nobody.
        Scope::Proposal if is_learnt && *rule == &missing_optional_section::RULE => false,
        Scope::Proposal if is_stub => *rule == &stub_proposal::RULE,
        // What stands for them is one note.
        Scope::Proposal if has_own_form && of_sections.contains(rule) => false,
        Scope::Proposal => !is_index,
        Scope::Any => !is_stub,
        Scope::Index => true,
    };
    RULES.into_iter().filter(applies)
}

/// The fixes for `diagnostic`, which [`check`] found in this very `proposal`.
pub fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fixes = (diagnostic.rule.fixes)(proposal, diagnostic);
    debug_assert!(diagnostic.rule.has_safe_fix || fixes.iter().all(|fix| !fix.is_safe), "{:?}", diagnostic.rule);
    fixes
}

/// A fix for all diagnostics of a kind, which is as long as they are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whole {
    /// Inserts all required sections that are missing.
    RequiredSections,
    /// Inserts all sections that are missing.
    AllSections,
}

/// The fixes of [`fixes`] that are for `diagnostic` alone, and what else is, for [`whole_fix`]. No other is preferred or safe.
pub fn own_fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> (Vec<Fix>, Vec<Whole>) {
    if [&missing_section::RULE, &missing_optional_section::RULE].contains(&diagnostic.rule) {
        return (missing_section::alone(proposal, diagnostic), missing_section::wholes(proposal, diagnostic));
    }
    (fixes(proposal, diagnostic), Vec::new())
}

/// The fix for `whole`, if there is more than one to mend.
pub fn whole_fix(proposal: &Proposal<'_>, whole: Whole) -> Option<Fix> {
    missing_section::for_whole(proposal, whole)
}

/// The edits, which do not overlap, that take out of `proposal` what the template says to the author: instructions, and notes
/// on headings.
pub fn remove_guidance(proposal: &Proposal<'_>) -> Vec<Edit> {
    let mut edits = heading_instruction::removals(proposal);
    edits.extend(template_instruction::remove_all(proposal));
    edits
}

/// What [`remove_guidance`] leaves in `proposal`, and why; none where it leaves nothing.
pub fn kept_guidance(proposal: &Proposal<'_>) -> Option<String> {
    template_instruction::kept(proposal)
}

fn no_fixes(_: &Proposal<'_>, _: &Diagnostic) -> Vec<Fix> {
    Vec::new()
}

impl Fix {
    fn new(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        Fix { title: title.into(), edits, elsewhere: None, is_preferred: false, is_safe: false }
    }

    fn preferred(self) -> Fix {
        Fix { is_preferred: true, ..self }
    }

    fn safe(self) -> Fix {
        Fix { is_safe: true, ..self }
    }
}

impl Finding {
    fn new(span: Span, message: String) -> Finding {
        Finding { span, message, related: Vec::new(), subject: None, file: None, severity: None, most: None }
    }

    /// The same, as information or a hint that says so, where many or most other documents by the template deviate from it in this
    /// way, too: the template has changed, or nobody goes by that part of it.
    fn lowered(self, proposal: &Proposal<'_>, deviation: Deviation) -> Finding {
        let Some(surroundings) = proposal.surroundings() else { return self };
        let (share, evidence) = (surroundings.share(deviation), surroundings.evidence());
        let most = match share {
            Share { all, .. } if all < evidence.documents => return self,
            _ if share.is_over(evidence.hint) => Severity::Hint,
            _ if share.is_over(evidence.information) && share.count > 1 => Severity::Information,
            _ => return self,
        };
        let what = match deviation {
            Deviation::NoSection(_) | Deviation::NoKey(_) | Deviation::NoTitle | Deviation::NoNumber => "have none",
            Deviation::Keeps(_) | Deviation::KeepsValue(_) => "have kept it",
            Deviation::OwnValue(..) => "have it, too",
            Deviation::OtherValue(_) => "have another value",
            Deviation::OtherName(_) | Deviation::OtherLevel | Deviation::Unfilled(_) | Deviation::LongValue(_) => {
                "are so, too"
            }
        };
        let message = format!("{}; {} of {} others here {what}", self.message, share.count, share.all);
        let most = self.most.map_or(most, |other| other.max(most));
        Finding { most: Some(most), message, ..self }
    }

    /// The same, as information, where some others are so, too: what is not alone may well be right.
    fn lowered_by_any(self, proposal: &Proposal<'_>, deviation: Deviation) -> Finding {
        let others = proposal.surroundings().map_or(0, |surroundings| surroundings.share(deviation).count);
        let finding = self.lowered(proposal, deviation);
        match finding.most {
            None if others > 0 => Finding { most: Some(Severity::Information), ..finding },
            _ => finding,
        }
    }

    /// The same, with a severity of `most` at most.
    fn at_most(self, most: Option<Severity>) -> Finding {
        Finding { most: self.most.max(most), ..self }
    }

    fn severe(self, severity: Severity) -> Finding {
        Finding { severity: Some(severity), ..self }
    }

    fn about(self, file: PathBuf) -> Finding {
        Finding { file: Some(file), ..self }
    }

    fn of_section(span: Span, message: String, section: &TemplateSection) -> Finding {
        Finding { subject: Some(section.index), ..Finding::new(span, message) }
    }

    /// What `rule`, which found it, reports under `severities`.
    fn judged(self, rule: &'static Rule, severities: &Severities) -> Diagnostic {
        Diagnostic {
            rule,
            // The worst comes first.
            severity: severities
                .of(rule, self.severity.unwrap_or(rule.severity).max(self.most.unwrap_or(Severity::Error))),
            span: self.span,
            message: self.message,
            related: self.related,
            subject: self.subject,
            file: self.file,
        }
    }

    fn with_related(mut self, place: Place, message: &str) -> Finding {
        self.related.push(Related { place, message: message.to_owned() });
        self
    }
}

#[cfg(test)]
mod tests;
