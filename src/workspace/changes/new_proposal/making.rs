//! Making the next proposal: whether it can be made, and its initial text.

use std::path::Path;
use std::sync::Arc;

use super::name::Names;
use super::plan::Plan;
use super::wanted::{NewProposal, NoProposal, Wanted};
use crate::document::{Document, Proposal, first_to_fill, first_values};
use crate::letters::shown_path;
use crate::template::{Start, Template};
use crate::text::apply;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Family, FamilyKind};
use crate::workspace::files::{self, DocumentId};
use crate::workspace::navigation::Day;

/// Returns `text`, that of the new proposal at `path`, with what is known of its metadata filled in.
fn begun(text: &str, template: &Template, path: &Path, author: Option<&str>, today: (i32, u8, u8)) -> String {
    let document = Document::closed(text);
    let edits = first_values(&Proposal::of(&document, template).in_file(path), author, today);
    apply(document.text(), &edits).to_string()
}

impl Workspace {
    /// Returns the next proposal as `wanted`. It is of the named family, or the one in the given folder, or the only one, and
    /// goes to the family's folder. Without a family, it goes beside the only template; without a template, it is of the built-in
    /// family and goes to the first folder of the workspace.
    ///
    /// # Errors
    ///
    /// When none can be made, with what to do about it, or when the user has to choose.
    pub fn new_proposal(&self, wanted: &Wanted<'_>) -> Result<NewProposal, NoProposal> {
        if wanted.title.is_some_and(|title| !title.contains(char::is_alphanumeric)) {
            return Err("the title has neither a letter nor a digit; give it some".into());
        }
        let wanted_folder = wanted.folder.map(files::normalize);
        let plan = self.plan(wanted, wanted_folder.as_deref())?;
        self.check_writable(&plan.folder)?;
        let template = self.template_of(&plan);
        let siblings = self.siblings(&plan);
        let names = Names::of(&siblings, &plan.folder, &template, plan.in_folder.as_deref()).ok_or(
            "neither the template's file name nor its title shows how its proposals are named; rename the template, as in \
             \"0000-template.md\" or \"adr-template.md\"",
        )?;
        let of_family = siblings.iter().filter_map(|path| self.kept(path)?.facts.clone());
        let in_folder = self.proposals_in(&plan.folder).into_iter().map(|(_, facts)| facts);
        let facts: Vec<_> = if plan.family.is_some() { of_family.collect() } else { in_folder.collect() };
        let in_titles = facts.iter().filter_map(|facts| facts.number.as_ref()?.parse().ok());
        let on_branches = self.numbers_on_branches(&plan.folder, names.prefix());
        let beside = names.beside(&plan.folder, &self.roots());
        let number = names.next(in_titles.chain(beside).chain(on_branches).chain(wanted.taken.iter().copied()));
        let digits = number.map(|number| names.digits(number)).or_else(|| names.dated(Day::today()));
        let path = plan.folder.join(names.path(digits.as_deref(), wanted.title));
        self.check_path(&path, &plan)?;
        let form = self.title_form(&siblings, &template);
        let number_text = digits.as_deref().filter(|_| number.is_some() || form.is_some());
        let Day { year, month, day } = Day::today();
        let today = (year, month, day);
        let (title, file) = (wanted.title, Some(path.as_path()));
        let start = Start { number: number_text, title, file, form: form.as_ref(), day: Some(today) };
        let text = begun(&template.fill(&start), &template, &path, wanted.author, today);
        let document = Document::closed(&text);
        let proposal = Proposal::of(&document, &template).in_file(&path);
        let (rows, unlisted) = self.rows_for(&path, &proposal);
        let first = first_to_fill(&proposal);
        let series = self.series(&plan, &names, (number, wanted.taken));
        Ok(NewProposal { path, number, series, text, first, rows, unlisted })
    }

    /// Checks that a proposal may be made in `folder`.
    ///
    /// # Errors
    ///
    /// When it may not, with what to do about it.
    fn check_writable(&self, folder: &Path) -> Result<(), NoProposal> {
        if !self.may_write_in(folder) {
            let folder = shown_path(folder);
            return Err(format!("\"{folder}\" is not a folder of the workspace; name one that is").into());
        }
        if self.has_templates(folder) {
            let folder = shown_path(folder);
            return Err(format!("\"{folder}\" has a template; name a folder for proposals").into());
        }
        Ok(())
    }

    /// Checks that a proposal according to `plan` may be made at `path`.
    ///
    /// # Errors
    ///
    /// When it may not, with what to do about it.
    fn check_path(&self, path: &Path, plan: &Plan) -> Result<(), NoProposal> {
        if let Some(family) = plan.family.as_ref().filter(|family| family.kind == FamilyKind::Setting)
            && !self.is_set(path, plan)
        {
            let (name, path) = (&family.name, shown_path(path));
            return Err(format!(
                "settings do not include \"{path}\" in the family \"{name}\"; name a folder that they include"
            )
            .into());
        }
        if path.symlink_metadata().is_ok() {
            return Err(format!("\"{}\" already exists; move it out of the way", shown_path(path)).into());
        }
        Ok(())
    }

    /// Whether settings put the file at `path` in the plan's family, or its folder has a family with the same template without
    /// settings.
    fn is_set(&self, path: &Path, plan: &Plan) -> bool {
        let known = self.known_family(&DocumentId::File(path.to_owned()));
        let is_own = |family: &Arc<Family>| Some(&family.name) == plan.family.as_ref().map(|own| &own.name);
        let is_found = self.found_families().iter().any(|found| {
            found.kind != FamilyKind::Setting && found.template == plan.template && found.folders.contains(&plan.folder)
        });
        known.as_ref().is_some_and(is_own) || is_found
    }

    /// Whether the real path of `folder` is, or would be, within a folder of the workspace.
    fn may_write_in(&self, folder: &Path) -> bool {
        let roots = self.roots();
        // A dangling link counts as existing: a folder made through it would be at its target.
        let there = folder.ancestors().find(|path| path.symlink_metadata().is_ok());
        files::root_of(folder, &roots).is_some()
            && there.is_some_and(|there| files::look(there, &roots) == files::Found::Folder)
    }
}
