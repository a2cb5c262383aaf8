//! What the settings require of values within others, in YAML.

use super::items::{Item, Items};
use super::unfit::{of_kind, of_text};
use super::{Misfit, Proposal, Unfit};
use crate::syntax::{Entry, Node, Says, nested};
use crate::template::Constraint;
use crate::text::Span;

/// Where a path leads in a value.
#[derive(Debug, Default)]
struct Found<'a> {
    /// The values, each with the place of its key.
    values: Vec<(Span, &'a Node)>,
    /// The keys and items in which the last key of the path is missing.
    without: Vec<Span>,
}

impl Proposal<'_> {
    /// Returns all that the front matter says, if it is valid YAML.
    pub(super) fn tree(&self) -> Option<&Node> {
        let read = || nested(self.text(), self.document.blocks().front_matter?);
        self.demanded.tree.get_or_init(read).as_ref()
    }

    /// Returns the items of the list that is the value of `entry`, one of the front matter.
    pub(super) fn yaml_items(&self, entry: &Entry) -> Option<Vec<Item>> {
        let Says::Map(entries) = &self.tree()?.says else { return None };
        let (.., node) = entries.iter().find(|(_, span, _)| span.start == entry.key_span.start)?;
        node.items().map(items)
    }

    /// Returns the values within others that are not what the settings require.
    pub(super) fn unfit_nested(&self) -> Vec<Unfit> {
        let constraints = &self.template.demands.nested;
        let Some(tree) = self.tree_if(!constraints.is_empty()) else { return Vec::new() };
        constraints.iter().flat_map(|constraint| self.unfit_at(constraint, tree)).collect()
    }

    fn tree_if(&self, is_asked_for: bool) -> Option<&Node> {
        if is_asked_for { self.tree() } else { None }
    }

    fn unfit_at(&self, constraint: &Constraint, tree: &Node) -> Vec<Unfit> {
        let path: Vec<&str> = constraint.name.split('.').collect();
        let mut found = Found::default();
        follow(tree, &path, None, &mut found);
        let is_required = constraint.is_required == Some(true)
            || constraint.required_when.as_ref().is_some_and(|conditions| self.holds(conditions));
        let unfit = |span, fault| Unfit { key: None, path: Some(constraint.name.clone()), span, fault, mended: None };
        let last = path.last().copied().unwrap_or_default();
        let without = found.without.iter().filter(|_| is_required);
        let mut all: Vec<Unfit> = without.map(|span| unfit(*span, Misfit::Without(last.to_owned()))).collect();
        for (key, node) in found.values {
            match (node.items(), node.scalar()) {
                (None, Some("")) if is_required => all.push(unfit(key, Misfit::Empty)),
                (None, Some("") | None) => {}
                (listed, scalar) => {
                    let of_scalar = |text: &str| Items::of_scalar(text, node.span);
                    let list = listed.map(|listed| Items::of_list(items(listed), node.span));
                    let Some(value) = list.or_else(|| scalar.map(of_scalar)) else { continue };
                    let said = value.value.clone();
                    all.extend(of_text(constraint, &value).map(|(span, fault)| unfit(span, fault)));
                    all.extend(of_values(constraint, &value).map(|(span, fault)| unfit(span, fault)));
                    let of_kind = of_kind("", constraint, &value, said, node.span);
                    all.extend(of_kind.into_iter().map(|(span, fault, _)| unfit(span, fault)));
                }
            }
        }
        all
    }
}

fn items(listed: Vec<(&str, Span)>) -> Vec<Item> {
    listed.into_iter().map(|(text, span)| Item { text: text.to_owned(), span }).collect()
}

/// Adds to `found` where `path` leads in `node`, whose key is at `key`: into each item of a list.
fn follow<'a>(node: &'a Node, path: &[&str], key: Option<Span>, found: &mut Found<'a>) {
    match (&node.says, path.split_first()) {
        (_, None) => found.values.extend(key.map(|key| (key, node))),
        (Says::List(items), _) => {
            for item in items {
                let first = match &item.says {
                    Says::Map(entries) => entries.first().map(|(_, span, _)| *span),
                    _ => None,
                };
                follow(item, path, first.or(key), found);
            }
        }
        (Says::Map(_), Some((first, rest))) => match node.get(first) {
            Some((key, inner)) => follow(inner, rest, Some(key), found),
            None if rest.is_empty() => found.without.extend(key),
            None => {}
        },
        (Says::Scalar(_), Some(_)) => {}
    }
}

/// Returns the values that the settings do not list.
fn of_values<'a>(constraint: &'a Constraint, items: &'a Items) -> impl Iterator<Item = (Span, Misfit)> + 'a {
    let allowed = constraint.values.as_deref().unwrap_or_default();
    let is_other =
        |item: &&Item| !allowed.is_empty() && !allowed.iter().any(|one| one.eq_ignore_ascii_case(&item.text));
    let other = items.list.iter().filter(move |item| is_other(item));
    other.map(|item| (item.span, Misfit::Other(item.text.clone(), allowed.to_vec())))
}
