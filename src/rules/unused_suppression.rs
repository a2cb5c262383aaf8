//! `unused-suppression`: a comment suppresses a rule that finds nothing there.

use super::directives::{Directive, MARK, Name, Suppression, is_separator, suppressions};
use super::suppression::Suppressions;
use super::{Diagnostic, Docs, Finding, Fix, LooksAt, Misnamed, Rule, Severity, says};
use crate::document::{Proposal, removal};
use crate::syntax::{Block, BlockKind, blocks};
use crate::text::{Edit, Offset, Span, Text};

/// The maximum number of letters by which a misspelt name of a rule differs.
const MAX_DISTANCE: usize = 2;

pub(super) static RULE: Rule = Rule {
    id: "unused-suppression",
    severity: Severity::Hint,
    summary: "a comment suppresses nothing",
    docs: Docs {
        why: "A suppression that is no longer needed hides the next fault in that place, and a misspelt one hides nothing. \
              Rules that the settings switch off are not reported: they may be on for others.",
        bad: "# XIP-1: Cache\n\n<!-- vip-lsp-disable-next-line section-too-long -->\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n<!-- vip-lsp-disable-next-line section-too-long -->\n## Summary\n\nKeep hot rows in memory so that reads are fast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_unnecessary: true,
    has_safe_fix: true,
    is_named: true,
    looks_at: LooksAt::Any,
    // Unused suppressions are only known after all other rules have run: `check` calls `findings` then.
    check: |_, _| {},
    fixes,
    ..Rule::PLAIN
};

/// Returns findings for `suppressions`, which were applied to everything that `ran`, a part of `rules`, found.
pub(super) fn findings(suppressions: &Suppressions, ran: &[&'static Rule], rules: &[&'static Rule]) -> Vec<Finding> {
    let list = suppressions.list.iter().enumerate();
    list.flat_map(|(index, suppression)| of_one(suppressions, index, suppression, ran, rules)).collect()
}

fn of_one(
    all: &Suppressions,
    index: usize,
    one: &Suppression,
    ran: &[&'static Rule],
    rules: &[&'static Rule],
) -> Vec<Finding> {
    let rule = |name: &Name| rules.iter().copied().find(|rule| rule.id == name.id);
    let is_idle = |rule: &&'static Rule| ran.contains(rule) && **rule != RULE && !all.is_used(index, Some(rule));
    let are_all_idle = match one.names.is_empty() {
        true => rules.iter().all(|rule| rule.is_off_by_default || ran.contains(rule)) && !all.is_used(index, None),
        false => one.names.iter().all(|name| rule(name).as_ref().is_some_and(is_idle)),
    };
    if are_all_idle {
        let message = match one.directive {
            Directive::Enable => says("comment enables what is not disabled", "remove it"),
            _ => says("comment suppresses nothing", "remove it"),
        };
        return vec![Finding::new(one.comment, message.to_owned())];
    }
    let of_name = |name: &Name| match rule(name) {
        Some(known) => of_rule(one, name, is_idle(&known)),
        None => Some(of_no_rule(name, nearest(&name.id, rules))),
    };
    one.names.iter().filter_map(of_name).collect()
}

fn of_rule(one: &Suppression, name: &Name, is_idle: bool) -> Option<Finding> {
    let id = &name.id;
    let message = match one.directive {
        Directive::Enable => says(format!("\"{id}\" is not disabled here"), "remove the name"),
        _ => says(format!("\"{id}\" has nothing to suppress here"), "remove the name"),
    };
    is_idle.then(|| Finding::new(name.span, message))
}

fn of_no_rule(name: &Name, nearest: Option<&'static Rule>) -> Finding {
    let (id, instead) = (&name.id, nearest.map(|rule| rule.id));
    let message = match instead {
        Some(instead) => says(format!("there is no rule \"{id}\""), format!("use \"{instead}\"")),
        None => says(format!("there is no rule \"{id}\""), "remove the name"),
    };
    Finding { misnamed: Some(Misnamed { instead }), ..Finding::new(name.span, message) }
}

/// Returns the one of `rules` that `id` is most likely meant to be.
fn nearest(id: &str, rules: &[&'static Rule]) -> Option<&'static Rule> {
    let length = id.chars().count();
    let alike = rules.iter().copied().filter(|rule| rule.id.len().abs_diff(length) <= MAX_DISTANCE);
    let near = alike.map(|rule| (strsim::levenshtein(id, rule.id), rule));
    near.filter(|(distance, _)| *distance <= MAX_DISTANCE).min_by_key(|(distance, _)| *distance).map(|(_, rule)| rule)
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (text, span) = (proposal.text(), diagnostic.span);
    let name = text.slice(span);
    if name.starts_with("<!--") {
        return vec![without_comment(proposal, span).preferred()];
    }
    let title = format!("Remove \"{name}\" from the comment");
    let alone = || {
        let comment = suppressions(proposal).into_iter().find(|one| one.comment.contains(span.start))?.comment;
        Some(Fix { is_safe: false, ..without_comment(proposal, comment) })
    };
    let removed = without_name(text, span).map(|edit| Fix::new(title, vec![edit]));
    let Some(removed) = removed.or_else(alone) else { return Vec::new() };
    // A name that is not a rule's may be that of a future rule, or a typo: the author decides.
    let Some(Misnamed { instead }) = diagnostic.misnamed else { return vec![removed.preferred().safe()] };
    let change = |id: &str| {
        let edit = Edit { span, content: id.to_owned() };
        Fix::new(format!("Change to \"{id}\""), vec![edit]).preferred()
    };
    instead.map(change).into_iter().chain([removed]).collect()
}

/// Returns the edit that removes the name at `name` from its comment, with what separates it from its neighbor; `None` if it has no
/// neighbor. It only reads the text around the name, as there may be very many others.
fn without_name(text: &Text, name: Span) -> Option<Edit> {
    let before = word_before(text, name.start);
    let is_directive = |word: Span| {
        let said = text.slice(word);
        let is_first = said.starts_with("<!--") || text.slice(word_before(text, word.start)) == *"<!--";
        is_first && said.trim_start_matches("<!--").starts_with(MARK)
    };
    let span = match is_directive(before) {
        false => Span::new(before.end, name.end),
        true => Span::new(name.start, start_behind(text, name.end)?),
    };
    Some(Edit { span, content: String::new() })
}

/// Returns the word before `at`, where a word starts.
fn word_before(text: &Text, at: Offset) -> Span {
    let end = back_while(text, at, is_separator);
    Span::new(back_while(text, end, |sign| !is_separator(sign)), end)
}

/// Returns the first place from which `is_one` holds for each character up to `at`.
fn back_while(text: &Text, at: Offset, is_one: impl Fn(char) -> bool) -> Offset {
    let mut at = at;
    loop {
        let mut start = at;
        let is_inside = |byte: Option<u8>| byte.is_some_and(|byte| matches!(byte, 0x80..0xc0));
        while start > text.start() && (start == at || is_inside(text.byte(start))) {
            start = Offset::new(start.get() - 1);
        }
        let sign = text.slice(Span::new(start, at)).chars().next();
        if !sign.is_some_and(&is_one) {
            return at;
        }
        at = start;
    }
}

/// Returns where the word after the one that ends at `end` starts; `None` at the end of the comment.
fn start_behind(text: &Text, end: Offset) -> Option<Offset> {
    let mut at = end;
    loop {
        let length = match text.byte(at)? {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        let sign = text.slice(Span::new(at, at + length)).chars().next()?;
        if !is_separator(sign) {
            let is_end = text.slice(Span::new(at, at + "-->".len())) == *"-->";
            return (!is_end).then_some(at);
        }
        at = at + length;
    }
}

/// Removes the comment at `comment`. The fix is safe if every block stays the same.
fn without_comment(proposal: &Proposal<'_>, comment: Span) -> Fix {
    let text = proposal.text();
    let around = Around::of(text, &proposal.document.blocks().list, comment);
    let fix = |edits| Fix::new("Remove this comment", edits);
    if around.is_nested() {
        return fix(vec![blanked(text, comment)]);
    }
    let edits = removals(text, comment);
    let safe = edits.iter().find(|edit| around.stays_without(text, edit)).cloned();
    match safe {
        Some(edit) => fix(vec![edit]).safe(),
        None => fix(edits.into_iter().take(1).collect()),
    }
}

/// The block that has a comment, and the blocks next to it: removing the comment can change no others. At the start of a text it may
/// make front matter of any of them.
struct Around<'a> {
    /// From the start of the first of the blocks to the end of the last, or to the edge of the text.
    span: Span,
    comment: Span,
    blocks: &'a [Block],
}

impl<'a> Around<'a> {
    fn of(text: &Text, all: &'a [Block], comment: Span) -> Around<'a> {
        let after = all.partition_point(|block| block.span.start <= comment.start);
        let (first, next) = (after.saturating_sub(2), (after + 1).min(all.len()));
        if after < 2 {
            return Around { span: Span::new(text.start(), text.end()), comment, blocks: all };
        }
        let end = if next == all.len() { text.end() } else { all[next - 1].span.end };
        Around { span: Span::new(all[first].span.start, end), comment, blocks: &all[first..next] }
    }

    /// Whether the comment is in a list or quote, whose own blocks are not compared: without it, an underline may make a heading of the
    /// line before, or a paragraph go on.
    fn is_nested(&self) -> bool {
        let own = self.blocks.iter().rev().find(|block| block.span.start <= self.comment.start);
        own.is_some_and(|own| {
            matches!(own.kind, BlockKind::List | BlockKind::Quote) && own.span.contains(self.comment.start)
        })
    }

    /// Whether the blocks stay what they are after `edit`, which removes the comment.
    fn stays_without(&self, text: &Text, edit: &Edit) -> bool {
        let Span { start, end } = self.span;
        let edit_end = edit.span.end.min(end);
        let (before, behind) = (Span::new(start, edit.span.start.max(start)), Span::new(edit_end.max(start), end));
        // Front matter is only at the start of a text.
        let lead = if start == text.start() { "" } else { "\n" };
        let without = Text::new(&format!("{lead}{}{}{}", text.slice(before), edit.content, text.slice(behind)));
        let left = blocks(&without).list;
        let is_own = |block: &&Block| block.kind == BlockKind::Html && is_all(text, block.span, self.comment);
        let rest: Vec<_> = self.blocks.iter().filter(|block| !is_own(block)).collect();
        let is_same = |block: &Block, left: &Block| {
            let says_more = block.span.contains(self.comment.start);
            block.kind == left.kind && (says_more || text.slice(block.span) == without.slice(left.span))
        };
        left.len() == rest.len() && rest.iter().zip(&left).all(|(block, left)| is_same(block, left))
    }
}

/// Returns the edit that removes the comment at `comment` from its line, and the line if one next to it is blank: what is before and
/// behind stays apart.
fn blanked(text: &Text, comment: Span) -> Edit {
    let (first, last) = (text.line_at(comment.start), text.line_at(comment.end));
    let line = Span::new(text.line_start(first), text.line_span(last).end);
    let is_blank = |line: Option<usize>| line.is_none_or(|line| text.is_blank_line(line));
    let next = (last + 1 < text.line_count()).then_some(last + 1);
    let span = match text.slice(line).trim() == text.slice(comment) {
        true if is_blank(first.checked_sub(1)) || is_blank(next) => Span::new(line.start, text.line_start(last + 1)),
        true => line,
        false => Span::new(line.start + text.slice(Span::new(line.start, comment.start)).trim_end().len(), comment.end),
    };
    Edit { span, content: String::new() }
}

/// Whether `block` has only `comment`.
fn is_all(text: &Text, block: Span, comment: Span) -> bool {
    block.start <= comment.start && text.slice(block).trim() == text.slice(comment)
}

/// Returns the possible edits that remove the comment at `comment`, the best first.
fn removals(text: &Text, comment: Span) -> Vec<Edit> {
    let cut = |span| Edit { span, content: String::new() };
    let (first, last) = (text.line_at(comment.start), text.line_at(comment.end));
    let line = Span::new(text.line_start(first).max(text.start()), text.line_span(last).end);
    let before = text.slice(Span::new(line.start, comment.start));
    if is_all(text, line, comment) {
        // Within HTML, a blank line would end the block.
        let whole = Span::new(line.start, text.line_start(last + 1));
        return removal(text, comment).into_iter().chain([cut(whole)]).collect();
    }
    let span = match before.trim_end() {
        "" => Span::new(comment.start, text.skip_blanks(comment.end)),
        before => Span::new(line.start + before.len(), comment.end),
    };
    vec![cut(span)]
}
