//! What stays in a document although its template no longer has it, or has it in another form.

use super::called::called;
use super::step::Step;
use crate::document::{Metadata, Proposal, allows, lists, said_in};
use crate::syntax::Entry;
use crate::template::{Template, TemplateChanges, TemplateSection};

/// Returns the steps for what stays although the template `to` no longer has it.
pub(super) fn kept(proposal: &Proposal<'_>, to: &Template, changes: &TemplateChanges, steps: &[Step]) -> Vec<Step> {
    let is_removed = |name: &String| steps.contains(&Step::Remove(name.clone()));
    let sections = changes.dropped.iter().map(|index| &proposal.template.sections[*index]);
    let sections = sections.filter(|section| proposal.section(section).is_some() && !is_removed(&section.name));
    let has = |index: &&usize| {
        let key = &proposal.template.metadata[**index];
        proposal.all_metadata().any(|metadata| metadata.entry_called(key.called()).is_some())
    };
    let keys = changes.dropped_keys.iter().filter(has).map(|index| &proposal.template.metadata[*index].name);
    let sections = sections.map(|section| Step::Keep(section.name.clone()));
    let values = proposal.all_metadata().flat_map(|metadata| kept_values(proposal, metadata, to, steps));
    let keys = keys.map(|name| Step::KeepKey(name.clone()));
    sections
        .chain(not_renamed(proposal, to, changes, steps))
        .chain(keys)
        .chain(values)
        .chain(forms(proposal, to))
        .collect()
}

/// Returns the steps for sections that the template `to` has renamed and that keep their names, because the new ones are taken.
fn not_renamed(proposal: &Proposal<'_>, to: &Template, changes: &TemplateChanges, steps: &[Step]) -> Vec<Step> {
    let other = |(before, after): &&(usize, usize)| proposal.template.sections[*before].key != to.sections[*after].key;
    let sections = changes.renamed.iter().filter(other).map(|(before, _)| &proposal.template.sections[*before]);
    let is_renamed = |name: &String| steps.iter().any(|step| matches!(step, Step::Rename(before, _) if before == name));
    let kept = sections.filter(|section| called(proposal, section).is_some() && !is_renamed(&section.name));
    kept.map(|section| Step::Keep(section.name.clone())).collect()
}

/// Returns the steps for what the template `to` has in another form: the metadata, and sections that it has as parts of others.
fn forms(proposal: &Proposal<'_>, to: &Template) -> Vec<Step> {
    let (old, own) = (proposal.template, proposal.metadata().map(|metadata| metadata.form));
    let is_other = own.is_some() && own == old.form && to.form.is_some() && old.form != to.form;
    let is_part = |section: &&TemplateSection| {
        let before = old.top().find(|before| before.key == section.key);
        before.is_some_and(|before| called(proposal, before).is_some())
            && !to.top().any(|other| other.key == section.key)
    };
    let parent = |section: &TemplateSection| Some(to.sections[section.parent?].name.clone());
    let parts = to.sections.iter().filter(|section| section.parent.is_some()).filter(is_part);
    let parts = parts.filter_map(|section| Some(Step::KeepLevel(section.name.clone(), parent(section)?)));
    parts.chain(is_other.then_some(Step::KeepForm)).collect()
}

/// Returns the steps for the values in `metadata` that the template no longer lists.
fn kept_values(proposal: &Proposal<'_>, metadata: &Metadata, to: &Template, steps: &[Step]) -> Vec<Step> {
    let value = |entry: &Entry| {
        let (_, key) = proposal.template.metadata_key(metadata.form, &entry.key)?;
        let (_, now) = to.key_called(metadata.form, key.called())?;
        let (value, _) = said_in(proposal.text(), entry);
        let is_written = |step: &Step| matches!(step, Step::Value(name, ..) if *name == key.name);
        let is_gone = lists(key, &value) && !now.values.is_empty() && !allows(now, &value);
        (is_gone && !steps.iter().any(is_written)).then(|| Step::KeepValue(key.name.clone(), value))
    };
    metadata.entries.iter().filter_map(value).collect()
}
