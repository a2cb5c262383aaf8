//! The plan for a new proposal: its family and its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folders::{home_of, usual_folders};
use super::wanted::{Choice, NoProposal, Wanted};
use crate::letters::shown_path;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{
    BUILT_IN_PREFIX, Family, FamilyKind, Unused, is_built_in, is_for_documents, is_set_apart,
};
use crate::workspace::files;

/// The place of a new proposal, and its template.
pub(super) struct Plan {
    pub(super) family: Option<Arc<Family>>,
    pub(super) template: Option<PathBuf>,
    pub(super) folder: PathBuf,
    pub(super) in_folder: Option<String>,
}

impl Workspace {
    pub(super) fn plan(&self, wanted: &Wanted<'_>, folder: Option<&Path>) -> Result<Plan, NoProposal> {
        let families = self.named_families(wanted);
        let choices = self.choices(&families, wanted, folder)?;
        match choices.as_slice() {
            [only] if folder.is_some() || self.is_sure(only) => Ok(self.planned(&families, only.clone())),
            [] => self.plan_of_built_in(wanted, folder),
            _ => Err(NoProposal::Unsure(choices)),
        }
    }

    /// Whether `folder` is, or is in, a folder of templates for documents elsewhere.
    pub(super) fn has_templates(&self, folder: &Path) -> bool {
        let templates = self.discovery.families().map(|families| families.template_folders()).unwrap_or_default();
        templates.iter().any(|template| folder.starts_with(template))
    }

    /// Returns the families with the wanted name, those of settings first.
    fn named_families(&self, wanted: &Wanted<'_>) -> Vec<Arc<Family>> {
        let mut families = match wanted.family {
            Some(name) => self.families_called(name).into_iter().map(|(family, _)| family).collect(),
            None => self.found_families(),
        };
        families.sort_by_key(|family| family.kind != FamilyKind::Setting);
        families
    }

    fn planned(&self, families: &[Arc<Family>], choice: Choice) -> Plan {
        let family = families
            .iter()
            .find(|family| Some(&family.name) == choice.family.as_ref() && family.template == choice.template);
        let unused =
            self.unused_templates().into_iter().find(|unused| Some(&unused.template) == choice.template.as_ref());
        Plan {
            family: family.cloned(),
            in_folder: unused.and_then(|unused| unused.in_folder),
            template: choice.template,
            folder: choice.folder,
        }
    }

    /// Returns the plan for the built-in family, if it is named or nothing else applies.
    fn plan_of_built_in(&self, wanted: &Wanted<'_>, folder: Option<&Path>) -> Result<Plan, NoProposal> {
        match wanted.family {
            Some(name) if !is_built_in(name) => return Err(self.no_family(name).into()),
            Some(_) => {}
            None => self.check_built_in(folder)?,
        }
        let roots = self.roots();
        let folder = folder.or(wanted.near).or(roots.first().map(PathBuf::as_path));
        let folder = folder.ok_or("there is no folder to put a proposal in; open one")?;
        Ok(Plan { family: None, template: None, folder: folder.to_owned(), in_folder: None })
    }

    /// Checks that the built-in form may be used without being asked for.
    ///
    /// # Errors
    ///
    /// When there are other documents, with what to do about it.
    fn check_built_in(&self, folder: Option<&Path>) -> Result<(), NoProposal> {
        let by_name = format!("\"{}\" is the built-in family", BUILT_IN_PREFIX.trim_end_matches('-'));
        let is_other = |family: &Arc<Family>| family.kind != FamilyKind::BuiltIn;
        if let Some(family) = self.found_families().into_iter().find(is_other) {
            let place = folder.map_or("it".to_owned(), |folder| format!("\"{}\"", shown_path(folder)));
            return Err(format!("{place} does not belong to a family; name one, such as \"{}\"", family.name).into());
        }
        let Some(families) = self.discovery.families() else { return Ok(()) };
        if let Some(family) = families.iter().find(|family| is_other(family)) {
            let name = &family.name;
            return Err(format!("settings exclude the documents of the family \"{name}\"; {by_name}").into());
        }
        match families.unclaimed_folder() {
            Some(folder) => {
                let folder = shown_path(&folder);
                let reason = format!("the documents in \"{folder}\" have numbers, but no template was found");
                Err(format!("{reason}; add one, such as \"0000-template.md\" next to them; {by_name}").into())
            }
            None => Ok(()),
        }
    }

    /// Returns the choices among `families`, or among the templates that no document follows yet.
    fn choices(
        &self,
        families: &[Arc<Family>],
        wanted: &Wanted<'_>,
        folder: Option<&Path>,
    ) -> Result<Vec<Choice>, NoProposal> {
        let families = self.families_here(families, wanted, folder)?;
        let choice = |family: &Arc<Family>, folder: &Path| Choice {
            template: family.template.clone(),
            folder: folder.to_owned(),
            family: Some(family.name.clone()),
        };
        let mut choices: Vec<Choice> = families
            .iter()
            .flat_map(|family| match folder {
                Some(folder) => vec![choice(family, folder)],
                None => usual_folders(family, wanted.near).into_iter().map(|folder| choice(family, folder)).collect(),
            })
            .collect();
        if choices.is_empty() && wanted.family.is_none() || wanted.family.is_some_and(|name| name.contains(['/', '.']))
        {
            choices.extend(self.unused_choices(wanted, folder));
        }
        // The sort is stable: of two families with the same template and folder, the one from settings stays.
        choices.sort_by(|one, other| (&one.template, &one.folder).cmp(&(&other.template, &other.folder)));
        let is_set = |choice: &Choice| {
            families
                .iter()
                .any(|family| Some(&family.name) == choice.family.as_ref() && family.kind == FamilyKind::Setting)
        };
        choices.dedup_by(|later, first| {
            let is_same = (&later.template, &later.folder) == (&first.template, &first.folder);
            is_same && (later.family == first.family || is_set(first))
        });
        Ok(choices)
    }

    /// Returns those of `families` that have the wanted folder, or else a folder above it; all of them if there is none.
    fn families_here(
        &self,
        families: &[Arc<Family>],
        wanted: &Wanted<'_>,
        folder: Option<&Path>,
    ) -> Result<Vec<Arc<Family>>, NoProposal> {
        let mut families = families.to_vec();
        if let Some(here) = folder.or(wanted.near) {
            let is_own = |family: &Arc<Family>| family.folders.iter().any(|own| here == own);
            let is_below = |family: &Arc<Family>| family.folders.iter().any(|own| here.starts_with(own));
            if families.iter().any(is_own) {
                families.retain(is_own);
            } else if families.iter().any(is_below) {
                families.retain(is_below);
            } else if let Some(folder) = folder {
                self.check_folder(&families, folder)?;
            }
        }
        Ok(families)
    }

    /// Checks that a document of one of `families` may go to `folder`.
    ///
    /// # Errors
    ///
    /// When the folder belongs to another family.
    fn check_folder(&self, families: &[Arc<Family>], folder: &Path) -> Result<(), NoProposal> {
        let is_other =
            |family: &Arc<Family>| !families.contains(family) && family.folders.iter().any(|own| own == folder);
        if let [family] = families
            && let Some(home) = home_of(family).filter(|home| !folder.starts_with(home))
        {
            let (folder, home) = (shown_path(folder), shown_path(home));
            return Err(format!(
                "\"{folder}\" is not a folder for documents of \"{}\"; those are in \"{home}\"",
                family.name
            )
            .into());
        }
        match self.found_families().into_iter().find(is_other) {
            Some(other) if !families.is_empty() => {
                let folder = shown_path(folder);
                Err(format!("\"{folder}\" has the documents of the family \"{}\"; name another", other.name).into())
            }
            _ => Ok(()),
        }
    }

    /// Whether `choice`, the only one, needs no confirmation. A template that no document follows yet and that is in a folder of
    /// templates does not say where its documents go.
    fn is_sure(&self, choice: &Choice) -> bool {
        let is_aside = |unused: &Unused| {
            Some(&unused.template) == choice.template.as_ref()
                && unused.in_folder.is_none()
                && unused.template.parent() != Some(&unused.home)
                && unused.home == choice.folder
        };
        choice.family.is_some() || !self.unused_templates().iter().any(is_aside)
    }

    /// Returns the templates that no document follows yet, each with the folders that its documents may go to.
    fn unused_choices(&self, wanted: &Wanted<'_>, folder: Option<&Path>) -> Vec<Choice> {
        let unused = self.unused_templates().into_iter();
        let is_named = |path: &Path| wanted.family.is_none_or(|name| path.ends_with(name));
        let unused = unused.filter(|unused| is_named(&unused.template));
        let places = |unused: &Unused| match folder {
            Some(folder) => vec![folder.to_owned()],
            None => self.places_for(unused, wanted.near),
        };
        let choice = |template: &Path, folder| Choice { template: Some(template.to_owned()), folder, family: None };
        unused
            .flat_map(|unused| {
                let folders = places(&unused).into_iter();
                folders.map(|folder| choice(&unused.template, folder)).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Returns the folders that the documents of a template may go to: those around it whose names are for documents, and its
    /// own.
    fn places_for(&self, unused: &Unused, near: Option<&Path>) -> Vec<PathBuf> {
        let is_shown = |folder: &PathBuf| {
            folder.file_name().is_some_and(|name| !name.as_encoded_bytes().starts_with(b"."))
                && !is_set_apart(folder, &unused.home)
        };
        let folders_in = |folder: &Path| -> Vec<PathBuf> {
            files::list(folder, &self.roots()).1.into_iter().filter(is_shown).collect()
        };
        let is_one = |folder: &PathBuf| is_for_documents(folder) && !self.has_templates(folder);
        let right = folders_in(&unused.home);
        let inner = right.iter().flat_map(|folder| folders_in(folder));
        let mut places: Vec<PathBuf> = right.iter().cloned().chain(inner).filter(is_one).collect();
        if let Some(here) = places.iter().find(|place| near == Some(place)) {
            return vec![here.clone()];
        }
        if places.is_empty() || unused.template.parent() == Some(&unused.home) {
            places.push(unused.home.clone());
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Folder;

    const RECORD: &str = "# A\n\n- Status: accepted\n- Date: 2026-01-02\n\n## Context\n\nx\n\n## Decision\n\nx\n";
    const FORM: &str = "# Title\n\n- Status: {draft}\n- Date: YYYY-MM-DD\n\n## Context\n\n## Decision\n";

    /// Checks the path of a new proposal of `family` for `folder` among `files`, or the reason why there is none.
    fn check(files: &[(&str, &str)], family: Option<&str>, folder: Option<&str>, expected: &str) {
        let root = Folder::new(files);
        let workspace = root.workspace();
        workspace.read_all();
        let folder = folder.map(|name| root.path(name));
        let wanted = Wanted { title: Some("B"), family, folder: folder.as_deref(), ..Wanted::default() };
        let found = match workspace.new_proposal(&wanted) {
            Ok(new) => root.name(&new.path),
            Err(NoProposal::Refused(message)) => message,
            Err(NoProposal::Unsure(choices)) => {
                let folders: Vec<String> = choices.iter().map(|choice| root.name(&choice.folder)).collect();
                format!("one of [{}]", folders.join(", "))
            }
        };
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn the_built_in_form_is_for_no_other_familys_repository() {
        let pages = [("text/0001-a.md", "# A\n\nx\n"), ("text/0002-b.md", "# B\n\nx\n")];
        check(&pages, None, None, "have numbers, but no template was found");
        let mut files = vec![("adr/0001-a.md", RECORD), ("adr/0002-b.md", RECORD)];
        check(&files, None, None, "adr/0003-b.md");
        check(&files, Some("vip"), None, "vip-1.md");
        check(&files, Some("xip"), None, "there is no family \"xip\" here");
        files.extend([("adr/template.md", FORM), ("vip-lsp.toml", "exclude = [\"adr/**\"]\n")]);
        check(&files, None, None, "settings exclude the documents of the family \"adr\"");
        check(&[("2026-01-02.md", RECORD), ("2026-01-03.md", RECORD)], None, None, "vip-1.md");
        check(&[("README.md", "# A\n")], None, None, "vip-1.md");
    }

    #[test]
    fn a_folder_is_for_the_family_that_has_it() {
        let files = ["adr", "rfc"]
            .map(|folder| ["template.md", "0001-a.md", "0002-b.md"].map(|name| format!("{folder}/{name}")));
        let files: Vec<(&str, &str)> = files
            .iter()
            .flatten()
            .map(|path| (path.as_str(), if path.ends_with("template.md") { FORM } else { RECORD }))
            .collect();
        check(&files, Some("rfc"), None, "rfc/0003-b.md");
        check(&files, Some("rfc"), Some("adr"), "has the documents of the family \"adr\"; name another");
        check(&files, None, None, "one of [adr, rfc]");
    }

    #[test]
    fn families_by_one_template_in_one_folder_count_together() {
        let settings = "[[family]]\nname = \"X\"\ntemplate = \"adr/template.md\"\ndocuments = [\"adr/0003*\"]\n";
        let files = [
            ("adr/template.md", FORM),
            ("adr/0001-a.md", RECORD),
            ("adr/0002-b.md", RECORD),
            ("adr/0003-c.md", RECORD),
            ("vip-lsp.toml", settings),
        ];
        check(&files, None, None, "adr/0004-b.md");
    }

    #[test]
    fn a_template_that_nothing_follows_says_where_its_documents_go_or_is_asked_for() {
        check(&[("adr/0000-template.md", FORM)], None, None, "adr/0001-b.md");
        check(&[("0000-template.md", FORM), ("text/.keep", "")], None, None, "one of [, text]");
        check(&[("0000-template.md", FORM), ("src/x", ""), (".text/y", "")], None, None, "0001-b.md");
        check(&[("templates/adr-template.md", FORM), ("docs/adr/.keep", "")], None, None, "docs/adr/adr-1.md");
        let aside = [("templates/adr-template.md", FORM), ("docs/x.md", "")];
        check(&aside, None, None, "one of []");
        check(&aside, None, Some("docs"), "docs/adr-1.md");
    }

    #[test]
    fn it_goes_where_documents_of_its_family_are_and_nowhere_else() {
        let stages = ["accepted", "draft", "rejected"].map(|stage| format!("rfcs/{stage}/0001-a.md"));
        let mut files = vec![("rfcs/template.md", FORM)];
        files.extend(stages.iter().map(|path| (path.as_str(), RECORD)));
        check(&files, None, None, "one of [rfcs/accepted, rfcs/draft, rfcs/rejected]");
        check(&files, Some("rfcs"), Some("rfcs/draft"), "rfcs/draft/0002-b.md");
        check(&files, Some("rfcs"), Some("docs"), "is not a folder for documents of \"rfcs\"");
        let settings = "[[family]]\nname = \"X\"\ntemplate = \"t.md\"\ndocuments = [\"docs/x-*.md\"]\n";
        let files = [("t.md", FORM), ("docs/x-a.md", RECORD), ("docs/x-b.md", RECORD), ("vip-lsp.toml", settings)];
        check(&files, Some("X"), None, "settings do not include");
    }

    #[test]
    fn families_in_one_folder_have_their_own_numbers_and_names() {
        let files = [
            ("adr/adr-template.md", FORM),
            ("adr/rfc-template.md", FORM),
            ("adr/adr-0001-a.md", RECORD),
            ("adr/adr-0002-b.md", RECORD),
            ("adr/rfc-0006-a.md", RECORD),
            ("adr/rfc-0007-b.md", RECORD),
        ];
        check(&files, Some("ADR"), Some("adr"), "adr/adr-0003-b.md");
        check(&files, Some("rfc"), None, "adr/rfc-0008-b.md");
        check(&files, Some("ADR"), None, "adr/adr-0003-b.md");
    }
}
