//! The next proposal: whether it can be made, and what it says at first.

use std::path::Path;
use std::sync::Arc;

use super::name::Names;
use super::plan::Plan;
use super::wanted::{NewProposal, NoProposal, Wanted};
use crate::letters::shown_path;
use crate::template::Start;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Family, FamilyKind};
use crate::workspace::files::{self, DocumentId};
use crate::workspace::navigation::Day;

impl Workspace {
    /// The next proposal as it is `wanted`: of the family that is named, that has the folder, or that is the only one; in its
    /// folder; else beside the only template; else the built-in family's in the first folder of the workspace.
    ///
    /// # Errors
    ///
    /// Why none can be made and what to do, or what there is to choose from.
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
            "neither its file's name nor its title says how the template's proposals are named; rename the template, as in \
             \"0000-template.md\" or \"adr-template.md\"",
        )?;
        let of_family = siblings.iter().filter_map(|path| self.kept(path)?.facts.clone());
        let in_folder = self.proposals_in(&plan.folder).into_iter().map(|(_, facts)| facts);
        let facts: Vec<_> = if plan.family.is_some() { of_family.collect() } else { in_folder.collect() };
        let in_titles = facts.iter().filter_map(|facts| facts.number.as_ref()?.parse().ok());
        let number = names.next(in_titles.chain(names.beside(&plan.folder, &self.roots())));
        let digits = number.map(|number| names.digits(number)).or_else(|| names.dated(Day::today()));
        let path = plan.folder.join(names.path(digits.as_deref(), wanted.title));
        self.check_path(&path, &plan)?;
        let form = self.title_form(&siblings, &template);
        let number_text = digits.as_deref().filter(|_| number.is_some() || form.is_some());
        let Day { year, month, day } = Day::today();
        let day = Some((year, month, day));
        let start = Start { number: number_text, title: wanted.title, file: Some(&path), form: form.as_ref(), day };
        let text = template.fill(&start);
        let (rows, unlisted) = self.rows_for(&path, &text, &template);
        Ok(NewProposal { path, number, text, rows, unlisted })
    }

    /// Whether a proposal may be made in `folder`.
    ///
    /// # Errors
    ///
    /// Why not, and what to do.
    fn check_writable(&self, folder: &Path) -> Result<(), NoProposal> {
        if !self.may_write_in(folder) {
            let folder = shown_path(folder);
            return Err(format!("\"{folder}\" is no folder of the workspace; name one that is").into());
        }
        if self.has_templates(folder) {
            let folder = shown_path(folder);
            return Err(format!("\"{folder}\" has a template; name a folder for proposals").into());
        }
        Ok(())
    }

    /// Whether a proposal as `plan` says may be made at `path`.
    ///
    /// # Errors
    ///
    /// Why not, and what to do.
    fn check_path(&self, path: &Path, plan: &Plan) -> Result<(), NoProposal> {
        if let Some(family) = plan.family.as_ref().filter(|family| family.kind == FamilyKind::Setting)
            && !self.is_set(path, plan)
        {
            let (name, path) = (&family.name, shown_path(path));
            return Err(format!(
                "settings do not have \"{path}\" in the family \"{name}\"; name a folder that they have"
            )
            .into());
        }
        if path.symlink_metadata().is_ok() {
            return Err(format!("\"{}\" is there already; move it out of the way", shown_path(path)).into());
        }
        Ok(())
    }

    /// Whether settings have the file at `path` in the plan's family, or it is found by itself to be by the same template.
    fn is_set(&self, path: &Path, plan: &Plan) -> bool {
        let known = self.known_family(&DocumentId::File(path.to_owned()));
        let is_own = |family: &Arc<Family>| Some(&family.name) == plan.family.as_ref().map(|own| &own.name);
        let is_found = self.found_families().iter().any(|found| {
            found.kind != FamilyKind::Setting && found.template == plan.template && found.folders.contains(&plan.folder)
        });
        known.as_ref().is_some_and(is_own) || is_found
    }

    /// Whether `folder` is, or would be, really within a folder of the workspace.
    fn may_write_in(&self, folder: &Path) -> bool {
        let roots = self.roots();
        // A link that leads nowhere is there, too: what is made behind it would be where it points.
        let there = folder.ancestors().find(|path| path.symlink_metadata().is_ok());
        files::root_of(folder, &roots).is_some()
            && there.is_some_and(|there| files::look(there, &roots) == files::Found::Folder)
    }
}
