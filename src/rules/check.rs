//! Checks proposals and index pages against the rules.

use std::collections::HashMap;

use super::finding::{Finding, Related, RelatedPlace};
use super::rule::{Applies, Diagnostic, LooksAt, Rule, Severities};
use super::severity::Severity;
use super::suppression::Suppressions;
use super::{RULES, unused_suppression};
use crate::cancel;
use crate::document::{Document, IndexPage, Proposal};
use crate::template::LearntFrom;
use crate::text::{Edit, Placed, Span, apply};

/// Returns the diagnostics of `proposal`, in the order of their places, without those that a comment in it suppresses. A document
/// that is too large or has no section gets a single diagnostic that says so.
pub fn check(proposal: &Proposal<'_>, severities: &Severities) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut findings = Vec::new();
    let rules: Vec<_> = applicable(proposal).filter(|rule| severities.allow(rule)).collect();
    let page = proposal.index_page();
    let mut of_rows = page.and_then(|page| of_rows(page, &rules));
    for rule in &rules {
        cancel::pause();
        match (page, &mut of_rows) {
            (Some(_), Some(known)) if rule.looks_at == LooksAt::IndexPages => {
                findings.extend(known.remove(rule.id).unwrap_or_default());
            }
            (Some(page), _) => (rule.on_index)(page, &mut findings),
            (None, _) => (rule.check)(proposal, &mut findings),
        }
        let most = most_of(proposal, rule);
        let is_early = rule.grows_with_status && !findings.is_empty() && is_early(proposal);
        let judged = |finding: Finding| Finding { is_early, ..finding.at_most(most) };
        diagnostics.extend(findings.drain(..).map(|finding| Diagnostic::of(judged(finding), rule, severities)));
    }
    suppress(proposal, &rules, severities, &mut diagnostics);
    diagnostics.sort_by(|one, other| (one.span, one.subject, &one.file).cmp(&(other.span, other.subject, &other.file)));
    diagnostics
}

/// Returns the findings of those of `rules` that are about rows of the index page `page`, by rule. They depend only on its tables
/// and lists, and on the surroundings, so they are cached. `None` if the surroundings are not known.
fn of_rows(page: IndexPage<'_, '_>, rules: &[&'static Rule]) -> Option<HashMap<&'static str, Vec<Finding>>> {
    let origin = page.surroundings()?.origin()?;
    let find = || {
        let mut found = Vec::new();
        for rule in rules.iter().filter(|rule| rule.looks_at == LooksAt::IndexPages) {
            cancel::pause();
            let mut own = Vec::new();
            (rule.on_index)(page, &mut own);
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

/// A finding of a rule about a row.
#[derive(Clone)]
struct OfRow {
    rule: &'static str,
    finding: Finding,
}

impl Placed for OfRow {
    fn placed(self, place: impl Fn(Span) -> Span) -> OfRow {
        let related = |related: Related| match related.place {
            RelatedPlace::Document(span) => Related { place: RelatedPlace::Document(place(span)), ..related },
            _ => related,
        };
        let related = self.finding.related.into_iter().map(related).collect();
        OfRow { finding: Finding { span: place(self.finding.span), related, ..self.finding }, ..self }
    }
}

/// Returns what [`check`] would find in `proposal` in addition if its status were `status`: what that status requires.
pub fn check_at_status(proposal: &Proposal<'_>, severities: &Severities, status: &str) -> Vec<Diagnostic> {
    let rules: Vec<_> = applicable(proposal).filter(|rule| rule.is_due_by_status && severities.allow(rule)).collect();
    let Some(own) = proposal.status().filter(|_| !rules.is_empty()) else { return Vec::new() };
    let edit = Edit { span: own.span, content: status.to_owned() };
    let document = Document::closed(&apply(proposal.text(), &[edit]).to_string());
    let then = proposal.reread(&document);
    let (mut findings, mut diagnostics) = (Vec::new(), Vec::new());
    for rule in &rules {
        (rule.check)(&then, &mut findings);
        diagnostics.extend(findings.drain(..).map(|finding| Diagnostic::of(finding, rule, severities)));
    }
    suppress(&then, &rules, severities, &mut diagnostics);
    diagnostics
}

/// Returns the documents that the template of `proposal` is learnt from, if it is learnt, unless the proposal has to follow the
/// template by the letter.
fn learnt<'a>(proposal: &Proposal<'a>) -> Option<&'a LearntFrom> {
    let is_by_letter = || proposal.surroundings().is_some_and(|surroundings| surroundings.is_by_letter());
    proposal.template.learnt.as_deref().filter(|_| !is_by_letter())
}

fn is_by_template(rule: &Rule) -> bool {
    rule.looks_at == LooksAt::Proposals && !rule.is_of_document
}

/// Whether `rule` checks `proposal` against a template that is learnt from other documents.
pub fn is_learnt(proposal: &Proposal<'_>, rule: &Rule) -> bool {
    is_by_template(rule) && learnt(proposal).is_some()
}

/// Returns the maximum severity of a finding of `rule`. What is learnt from other documents may well be a coincidence.
fn most_of(proposal: &Proposal<'_>, rule: &Rule) -> Option<Severity> {
    is_learnt(proposal, rule).then_some(Severity::Hint)
}

/// Whether `proposal` is being written, and may take its time.
fn is_early(proposal: &Proposal<'_>) -> bool {
    let is_judged_in_full = || proposal.surroundings().is_some_and(|surroundings| surroundings.is_judged_in_full());
    proposal.index_page().is_none() && proposal.is_being_written() && !is_judged_in_full()
}

fn applicable(proposal: &Proposal<'_>) -> impl Iterator<Item = &'static Rule> {
    let is_index = proposal.index_page().is_some();
    let is_stub = !is_index && proposal.is_stub();
    let is_too_large = proposal.document.is_too_large();
    let has_own_form = !is_index && proposal.has_own_form();
    // A few documents are not enough to learn from.
    let is_learnt = learnt(proposal).is_some();
    let is_unjudged = learnt(proposal).is_some_and(|learnt| learnt.documents < LearntFrom::ENOUGH);
    let asks_for_sections = |rule: &Rule| matches!(rule.applies, Applies::Sections | Applies::OptionalSections);
    let is_sidecar = proposal.document.is_sidecar();
    let applies = move |rule: &&'static Rule| match rule.looks_at {
        _ if is_sidecar => rule.reads_sidecars,
        _ if is_too_large => rule.applies == Applies::TooLarge,
        LooksAt::Proposals if is_unjudged && is_by_template(rule) => false,
        // In a learnt template, a section that some documents lack is not worth a hint.
        LooksAt::Proposals if is_learnt && rule.applies == Applies::OptionalSections => false,
        LooksAt::Proposals if is_stub => rule.applies == Applies::Stub,
        // `other-form` reports them all in a single diagnostic.
        LooksAt::Proposals if has_own_form && asks_for_sections(rule) => false,
        LooksAt::Proposals => !is_index,
        LooksAt::Any => !is_stub,
        LooksAt::IndexPages => true,
    };
    RULES.into_iter().filter(applies)
}

/// Removes the suppressed ones from `diagnostics`, which `rules` found, and adds those for unused suppressions.
fn suppress(
    proposal: &Proposal<'_>,
    rules: &[&'static Rule],
    severities: &Severities,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut suppressions = Suppressions::of(proposal, &RULES);
    suppressions.apply(diagnostics);
    let unused = &unused_suppression::RULE;
    if rules.contains(&unused) {
        let findings = unused_suppression::findings(&suppressions, rules, &RULES);
        let mut found = findings.into_iter().map(|finding| Diagnostic::of(finding, unused, severities)).collect();
        suppressions.apply(&mut found);
        diagnostics.append(&mut found);
    }
}
