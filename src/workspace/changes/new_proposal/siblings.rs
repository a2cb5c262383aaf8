//! The documents that a new one should resemble.

use std::path::PathBuf;
use std::sync::Arc;

use super::plan::Plan;
use crate::template::{Template, TitleForm};
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Family, NumberedName};
use crate::workspace::files::{self, DocumentId};

impl Workspace {
    pub(super) fn template_of(&self, plan: &Plan) -> Arc<Template> {
        let id = DocumentId::File(plan.folder.join(ANY_NAME));
        match &plan.family {
            Some(family) => self.template_for(&id, Some(family)),
            None => self.template_at(&id, plan.template.as_deref()),
        }
    }

    /// Returns the form of the number in the titles of the documents at `siblings`, if most share it; without siblings, the form
    /// in `template`. A title that is still the template's own is left out.
    pub(super) fn title_form(&self, siblings: &[PathBuf], template: &Template) -> Option<TitleForm> {
        let titled = siblings.iter().filter_map(|path| Some((NumberedName::of(path), self.kept(path)?.facts.clone()?)));
        let form = |name: Option<NumberedName>, title: &str| {
            // Without a title, the facts have the file's name instead.
            let name = name.filter(|name| name.name() != title)?;
            Some((name.number(), TitleForm::of(title, name.digits())?))
        };
        let is_own = |title: &str| template.title.as_ref().is_none_or(|own| own.text != title);
        let titled = titled.filter(|(_, facts)| is_own(&facts.title));
        let forms: Vec<_> = titled.map(|(name, facts)| form(name, &facts.title)).collect();
        if forms.is_empty() {
            return template.form_by_names();
        }
        let known: Vec<_> = forms.iter().flatten().collect();
        let last = known.iter().max_by_key(|(number, _)| *number);
        last.filter(|_| known.len() * 2 > forms.len()).map(|(_, form)| form.clone())
    }

    /// Returns the documents to name the new one after, and whose numbers are taken: those of its family, and those of other
    /// families with the same template in the same folder, which settings set apart.
    pub(super) fn siblings(&self, plan: &Plan) -> Vec<PathBuf> {
        let Some(own) = &plan.family else { return self.called_alike(plan) };
        let is_one = |family: &Arc<Family>| {
            family == own || family.template == own.template && family.folders.contains(&plan.folder)
        };
        let families = self.documents_by_family().into_iter().filter(|(family, _)| is_one(family));
        families.flat_map(|(_, paths)| paths).collect()
    }

    /// For a family without documents: returns the files in its folder that are named as its documents would be.
    fn called_alike(&self, plan: &Plan) -> Vec<PathBuf> {
        let template = self.template_of(plan);
        let files = files::list(&plan.folder, &self.roots()).0.into_iter();
        files.filter(|path| template.number_of(path).is_some()).collect()
    }
}

/// The name of a document used to ask for a template; there need not be such a file.
const ANY_NAME: &str = "new.md";
