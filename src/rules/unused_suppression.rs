//! `unused-suppression`: a comment keeps a rule quiet that has nothing to say.

use super::suppression::{Directive, Name, Suppression, Suppressions, suppressions};
use super::{Diagnostic, Docs, Finding, Fix, RULES, Rule, Scope, Severity};
use crate::document::{Proposal, removal};
use crate::syntax::{Block, BlockKind, blocks};
use crate::text::{Edit, Span, Text, apply};

/// How many letters a name may be off and still be taken for a rule's.
const MAX_DISTANCE: usize = 2;

pub(super) static RULE: Rule = Rule {
    id: "unused-suppression",
    severity: Severity::Hint,
    summary: "a comment suppresses what is not found",
    docs: Docs {
        why: "A suppression that outlives its reason hides the next fault at that place, and a misspelt one hides none. \
              Nothing is said of a rule that the settings switch off: it may be on for others.",
        bad: "# XIP-1: Cache\n\n<!-- vip-lsp-disable-next-line section-too-long -->\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n<!-- vip-lsp-disable-next-line section-too-long -->\n## Summary\n\nKeep hot rows in memory so that reads are fast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_unnecessary: true,
    is_off_by_default: false,
    has_safe_fix: true,
    scope: Scope::Any,
    // What is unused shows when all other rules have run: `suppression` asks for `findings` then.
    check: |_, _| {},
    fixes,
};

/// What is wrong with `suppressions`, which were held against all that `ran` found.
pub(super) fn findings(suppressions: &Suppressions, ran: &[&'static Rule]) -> Vec<Finding> {
    let list = suppressions.list.iter().enumerate();
    list.flat_map(|(index, suppression)| of_one(suppressions, index, suppression, ran)).collect()
}

fn of_one(all: &Suppressions, index: usize, one: &Suppression, ran: &[&'static Rule]) -> Vec<Finding> {
    let is_idle = |rule: &&'static Rule| ran.contains(rule) && **rule != RULE && !all.is_used(index, Some(rule));
    let are_all_idle = match one.names.is_empty() {
        true => RULES.iter().all(|rule| rule.is_off_by_default || ran.contains(rule)) && !all.is_used(index, None),
        false => one.names.iter().all(|name| name.rule.as_ref().is_some_and(is_idle)),
    };
    if are_all_idle {
        let message = match one.directive {
            Directive::Enable => "comment enables what is not disabled; remove it",
            _ => "comment suppresses nothing; remove it",
        };
        return vec![Finding::new(one.comment, message.to_owned())];
    }
    one.names.iter().filter_map(|name| of_name(one, name, is_idle)).collect()
}

fn of_name(one: &Suppression, name: &Name, is_idle: impl Fn(&&'static Rule) -> bool) -> Option<Finding> {
    let id = &name.id;
    let message = match (&name.rule, nearest(id), one.directive) {
        (None, Some(rule), _) => format!("there is no rule \"{id}\"; use \"{}\"", rule.id),
        (None, None, _) => format!("there is no rule \"{id}\"; remove the name"),
        (Some(rule), _, _) if !is_idle(rule) => return None,
        (_, _, Directive::Enable) => format!("\"{id}\" is not disabled here; remove the name"),
        _ => format!("there is nothing of \"{id}\" to suppress here; remove the name"),
    };
    Some(Finding::new(name.span, message))
}

/// The rule that `id` is most likely meant to be.
fn nearest(id: &str) -> Option<&'static Rule> {
    let near = RULES.into_iter().map(|rule| (strsim::levenshtein(id, rule.id), rule));
    near.filter(|(distance, _)| *distance <= MAX_DISTANCE).min_by_key(|(distance, _)| *distance).map(|(_, rule)| rule)
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let span = diagnostic.span;
    let list = suppressions(proposal);
    let Some(one) = list.iter().find(|one| one.comment.contains(span.start)) else { return Vec::new() };
    let Some(index) = one.names.iter().position(|name| name.span == span) else {
        return vec![without_comment(proposal, one.comment).preferred()];
    };
    let name = &one.names[index];
    let title = format!("Remove \"{}\" from the comment", name.id);
    let removed = match without_name(&one.names, index) {
        Some(edit) => Fix::new(title, vec![edit]),
        None => Fix { is_safe: false, ..without_comment(proposal, one.comment) },
    };
    // A name that is no rule's may be that of one to come, or a slip: the author decides.
    if name.rule.is_some() {
        return vec![removed.preferred().safe()];
    }
    let change = |rule: &Rule| {
        let edit = Edit { span, content: rule.id.to_owned() };
        Fix::new(format!("Change to \"{}\"", rule.id), vec![edit]).preferred()
    };
    nearest(&name.id).map(change).into_iter().chain([removed]).collect()
}

/// Takes the name at `index` out of `names` with what separates it from its neighbour; none when it has none.
fn without_name(names: &[Name], index: usize) -> Option<Edit> {
    let span = match index.checked_sub(1) {
        Some(before) => Span::new(names[before].span.end, names[index].span.end),
        None => Span::new(names[index].span.start, names.get(1)?.span.start),
    };
    Some(Edit { span, content: String::new() })
}

/// Takes out the comment at `comment`; safe, when every block stays the block that it was.
fn without_comment(proposal: &Proposal<'_>, comment: Span) -> Fix {
    let text = proposal.text();
    let is_own = |block: &&Block| block.kind == BlockKind::Html && is_all(text, block.span, comment);
    let rest: Vec<_> = proposal.document.blocks().list.iter().filter(|block| !is_own(block)).collect();
    let edits = removals(text, comment);
    let is_safe = |edit: &&Edit| {
        let without = apply(text, std::slice::from_ref(*edit));
        let left = blocks(&without).list;
        let is_same = |block: &Block, left: &Block| {
            let says_more = block.span.contains(comment.start);
            block.kind == left.kind && (says_more || text.slice(block.span) == without.slice(left.span))
        };
        left.len() == rest.len() && rest.iter().zip(&left).all(|(block, left)| is_same(block, left))
    };
    let safe = edits.iter().find(is_safe).cloned();
    let fix = |edits| Fix::new("Remove this comment", edits);
    match safe {
        Some(edit) => fix(vec![edit]).safe(),
        None => fix(edits.into_iter().take(1).collect()),
    }
}

/// Whether `block` has nothing but `comment`.
fn is_all(text: &Text, block: Span, comment: Span) -> bool {
    block.start <= comment.start && text.slice(block).trim() == text.slice(comment)
}

/// The ways to take out the comment at `comment`, the best first.
fn removals(text: &Text, comment: Span) -> Vec<Edit> {
    let cut = |span| Edit { span, content: String::new() };
    let (first, last) = (text.line_at(comment.start), text.line_at(comment.end));
    let line = Span::new(text.line_start(first).max(text.start()), text.line_span(last).end);
    let before = text.slice(Span::new(line.start, comment.start));
    if is_all(text, line, comment) {
        // Within HTML a blank line would end the block.
        let whole = Span::new(line.start, text.line_start(last + 1));
        return removal(text, comment).into_iter().chain([cut(whole)]).collect();
    }
    let span = match before.trim_end() {
        "" => Span::new(comment.start, text.skip_blanks(comment.end)),
        before => Span::new(line.start + before.len(), comment.end),
    };
    vec![cut(span)]
}
