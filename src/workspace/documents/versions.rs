//! Which version of its template a document follows: that of the day on which it came in, or a later one that it is more like.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use super::scope::Scope;
use super::times::Choice;
use super::workspace::Workspace;
use crate::document::{Deviation, Document, Share};
use crate::template::{Template, TemplateVersion};
use crate::workspace::families::{Form, likest};
use crate::workspace::files::committed::Committed;
use crate::workspace::files::{self, DocumentId};
use crate::workspace::history::{Elsewhere, History, Version, day, elsewhere};
use crate::workspace::index::{DeviationKey, TemplateKey};

impl Workspace {
    /// Reads the histories of the workspace's repositories, as far as they are not known. Returns whether anything is news.
    pub fn read_histories(&self) -> bool {
        let _turn = self.times.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut is_news = false;
        for root in self.roots().iter() {
            let Some(repository) = files::repository(root) else { continue };
            let known = self.times.histories.get(repository).map(|history| history.clone());
            // A repository that cannot be read has no history, and its documents follow the current template.
            let found = History::of(repository, known.as_ref());
            match &found {
                Ok(_) => _ = self.times.faults.remove(repository),
                Err(fault) => _ = self.times.faults.insert(repository.to_owned(), fault.to_string()),
            }
            let found = found.ok().flatten();
            let is_same = match (&known, &found) {
                (Some(known), Some(found)) => Arc::ptr_eq(known, found),
                (known, found) => known.is_none() && found.is_none(),
            };
            if !is_same {
                match found {
                    Some(found) => _ = self.times.histories.insert(repository.to_owned(), found),
                    None => _ = self.times.histories.remove(repository),
                }
                is_news = true;
            }
        }
        if is_news {
            self.times.forget();
        }
        is_news
    }

    /// Whether git has another version of the template at `source` than the one that is there now.
    pub(in crate::workspace) fn has_versions(&self, source: &Path) -> bool {
        let Some(history) = self.times.history(source) else { return false };
        match &*history.versions(source) {
            [only] => history.text(*only).is_some_and(|text| self.faults.read(source, &self.roots()) != Some(text)),
            versions => !versions.is_empty(),
        }
    }

    /// Forgets which documents are new, and which versions they follow.
    pub(in crate::workspace) fn forget_times(&self) {
        self.times.forget();
    }

    /// Returns why git's history cannot be read of the repository that has the file at `path`.
    pub fn history_fault(&self, path: &Path) -> Option<String> {
        let repository = path.parent().and_then(files::repository)?;
        self.times.faults.get(repository).map(|fault| fault.clone())
    }

    /// Whether git's history is known of a repository of the workspace.
    pub fn has_history(&self) -> bool {
        !self.times.histories.is_empty()
    }

    /// Returns the earlier version of `template` that `document` follows, changed by the settings; `None` if it follows
    /// the current one.
    pub(super) fn earlier(
        &self,
        id: &DocumentId,
        document: &Document,
        scope: &Scope,
        template: &Template,
    ) -> Option<Arc<Template>> {
        let (path, source) = (id.path()?, template.source.as_deref()?);
        if self.times.histories.is_empty() || scope.settings.is_by_current_template() {
            return None;
        }
        let known =
            self.times.chosen.get(path).filter(|known| known.as_ref().is_none_or(|known| known.source == source));
        let choice = known.unwrap_or_else(|| {
            let since = self.times.chosen.now();
            let choice = self.choose(path, source, document, template).map(Arc::new);
            self.times.chosen.keep(since, path.to_owned(), choice.clone());
            choice
        });
        let earlier = choice?.earlier.clone()?;
        Some(self.templates.adapted(earlier, template.naming.as_ref(), scope))
    }

    /// Returns which version of `template` the document at `path` follows, if git says so and a document has been read with it.
    fn choice(&self, path: &Path, template: &Template) -> Option<Arc<Choice>> {
        self.times.chosen.get(path)?.filter(|choice| Some(&choice.source) == template.source.as_ref())
    }

    /// Whether proposals follow the template at `source`.
    pub(in crate::workspace) fn is_template_in_use(&self, source: &Path) -> bool {
        self.templates.has(source)
    }

    /// Whether the document at `path` follows an earlier version of the template at `source`.
    pub(in crate::workspace) fn follows_earlier(&self, path: &Path, source: &Path) -> bool {
        let choice = self.times.chosen.get(path).flatten();
        choice.is_some_and(|choice| choice.source == source && choice.earlier.is_some())
    }

    /// Returns why the document at `path` follows the version `template` of its template, if git has others.
    pub(in crate::workspace) fn version_reason(&self, path: &Path, template: &Template) -> Option<String> {
        let repository = path.parent().and_then(files::repository);
        if let Some(fault) = repository.and_then(|repository| self.times.faults.get(repository)) {
            return Some(format!("git's history cannot be read, so it follows the template as it is now: {}", *fault));
        }
        let Some(choice) = self.choice(path, template) else {
            let history = self.times.history(path).filter(|history| history.is_cut() && !self.is_new(path))?;
            let is_unknown = history.added(path).is_none();
            return is_unknown.then(|| {
                "git has too little of the history here to say when it came in, so it follows the template as it is now".to_owned()
            });
        };
        let added = day(choice.added);
        let earlier = choice.earlier.as_ref().and_then(|earlier| earlier.version.as_ref()).map(|version| &version.day);
        let (first, follows) = match (&choice.of_day, &choice.asked) {
            (Some(then), None) => {
                return earlier.map(|_| {
                    format!("it came in on {added}, so it follows the template of {then}, as it was on that day")
                });
            }
            (Some(then), _) => (format!("it came in on {added}, when the template was that of {then}"), "is more like"),
            (None, _) => (format!("it came in on {added}, before the template"), "follows the first version,"),
        };
        Some(match earlier {
            Some(own) => format!("{first}, and {follows} that of {own}"),
            None => format!("{first}, and follows it as it is now"),
        })
    }

    /// Whether the template did not ask for what `deviation` from `template` lacks when the document at `path` came in.
    pub(in crate::workspace) fn is_later(&self, path: &Path, template: &Template, deviation: Deviation) -> bool {
        let choice = (!self.times.histories.is_empty()).then(|| self.choice(path, template)).flatten();
        let asked = choice.as_ref().and_then(|choice| choice.asked.as_ref());
        asked.is_some_and(|asked| !asked.contains(&DeviationKey::of(template, deviation)))
    }

    /// Returns the versions of `template` that documents follow, the current one included.
    pub(in crate::workspace) fn versions_of(&self, template: &Template) -> Vec<Arc<Template>> {
        let Some(source) = &template.source else { return Vec::new() };
        self.templates.versions_of(source)
    }

    /// Returns the share for `template` and `key`, which `count` counts, once for each state of the index.
    pub(in crate::workspace) fn counted(
        &self,
        template: &Template,
        key: DeviationKey,
        count: impl FnOnce() -> Share,
    ) -> Share {
        let (of, changes) = ((TemplateKey::of(template), key), self.changes());
        if let Some(known) = self.times.shares.get(&of).filter(|known| known.0 == changes) {
            return known.1;
        }
        let share = count();
        self.times.shares.insert(of, (changes, share));
        share
    }

    /// Returns the keys for what a document can lack of `template`.
    pub(in crate::workspace) fn asked(&self, template: &Template) -> Arc<HashSet<DeviationKey>> {
        let key = TemplateKey::of(template);
        if let Some(known) = self.times.asked.get(&key).filter(|known| known.0 == *template.origin()) {
            return known.1.clone();
        }
        let sections = (0..template.sections.len()).map(Deviation::NoSection);
        let all = sections.chain((0..template.metadata.len()).map(Deviation::NoKey));
        let asked: Arc<HashSet<DeviationKey>> = Arc::new(all.map(|all| DeviationKey::of(template, all)).collect());
        self.times.asked.insert(key, (template.origin().clone(), asked.clone()));
        asked
    }

    /// Returns which version of the template at `source`, which is now `template`, the document at `path` follows; `None` if that is
    /// not known, or the document is new.
    fn choose(&self, path: &Path, source: &Path, document: &Document, template: &Template) -> Option<Choice> {
        let history = self.times.history(path)?;
        // Either may have been moved and not committed yet.
        let is_there = |path: &Path| self.is_there(path);
        let own = history.before(path, &document.text().to_string(), &is_there)?;
        let of_template = history.before(source, &template.text.to_string(), &is_there)?;
        let (added, versions) = (history.added(&own)?, history.versions(&of_template));
        if versions.is_empty() || self.is_new(path) {
            return None;
        }
        let of_day = history.version_at(&of_template, added);
        let place = of_day.and_then(|of_day| versions.iter().rposition(|version| *version == of_day));
        let is_later = |version: &&Version| of_day.is_none() || version.time > added.time;
        let later: Vec<Version> = match place {
            Some(place) => versions[place..].to_vec(),
            None => of_day.into_iter().chain(versions.iter().filter(is_later).copied()).collect(),
        };
        // A version that was not fetched cannot be compared.
        let forms = later.iter().map(|version| self.form_of(&history, source, *version)).collect::<Option<Vec<_>>>()?;
        let forms: Vec<&Form> = forms.iter().map(|form| &**form).collect();
        let version = later[likest(&Form::of(document), &forms)?];
        let is_current = history.text(version).is_some_and(|text| template.text.is(&text));
        let then = of_day.filter(|of_day| *of_day != version).and_then(|then| self.version(&history, source, then));
        let asked = match then {
            Some(then) => Some(self.asked(&then)),
            None => of_day.is_none().then(Arc::default),
        };
        let earlier = if is_current { None } else { self.version(&history, source, version) };
        let of_day = of_day.map(|of_day| day(of_day.time));
        Some(Choice { source: source.to_owned(), added: added.time, earlier, of_day, asked })
    }

    /// Whether the file at `path` is new on this branch: git does not have it where the branch left the default one, under this name or
    /// one from before it was moved; nor does another branch bring it. A new document is held to the template as it is.
    pub(in crate::workspace) fn is_new(&self, path: &Path) -> bool {
        !self.roots().overlay().is_new(path) && self.times.new.get_or(path, || self.is_not_committed(path))
    }

    /// Returns the files below the root around `path` as they were where the branch left the default one.
    fn committed(&self, path: &Path) -> Option<Arc<Committed>> {
        let root = files::root_of(path, &self.roots()).map(Path::to_owned)?;
        let revision = self.revision.get().map(String::as_str);
        self.committed.get_or(&root, || Committed::at(&root, revision).ok().map(Arc::new))
    }

    /// Returns the text that the file at `path` had where the branch left the default one, under this name or one from before it was
    /// moved.
    pub(super) fn text_before(&self, path: &Path) -> Option<String> {
        let committed = self.committed(path)?;
        let former = || self.former(path).into_iter().find_map(|former| committed.text(&former));
        committed.text(path).or_else(former)
    }

    fn is_not_committed(&self, path: &Path) -> bool {
        let Some(committed) = self.committed(path) else { return false };
        committed.has(path) == Ok(false) && !self.former(path).iter().any(|former| committed.has(former) == Ok(true))
    }

    /// Returns the paths that the file at `path` had before it was moved, as far as git knows them.
    fn former(&self, path: &Path) -> Vec<PathBuf> {
        let Some(history) = self.times.history(path) else { return Vec::new() };
        let Some(repository) = path.parent().and_then(files::repository) else { return Vec::new() };
        let open = self.document(&DocumentId::File(path.to_owned())).map(|document| document.text().to_string());
        let text = open.or_else(|| self.faults.read(path, &self.roots()));
        let before = text.and_then(|text| history.before(path, &text, &|path| self.is_there(path)));
        let former = before.iter().flat_map(|before| history.former(before)).map(|former| repository.join(former));
        former.chain(before.clone().filter(|before| before != path)).collect()
    }

    /// Returns what other branches have in `folder`, and the current one has not, as far as git says so.
    pub(in crate::workspace) fn elsewhere(&self, folder: &Path) -> Arc<Vec<Elsewhere>> {
        self.times.elsewhere.get_or(folder, || Arc::new(elsewhere(folder).unwrap_or_default()))
    }

    /// Returns the template at `source` as it was at `time`, in seconds since 1970, UTC, if git knows it.
    pub(in crate::workspace) fn template_at_time(&self, source: &Path, time: i64) -> Option<Arc<Template>> {
        let history = self.times.history(source)?;
        let versions = history.versions(source);
        let version = versions.iter().rfind(|version| version.time <= time)?;
        self.version(&history, source, *version)
    }

    fn version(&self, history: &History, source: &Path, version: Version) -> Option<Arc<Template>> {
        let named = TemplateVersion { id: version.id.to_string(), day: day(version.time) };
        self.templates.of_version(source, named, || history.text(version))
    }

    fn form_of(&self, history: &History, source: &Path, version: Version) -> Option<Arc<Form>> {
        let key = (source.to_owned(), version.id.to_string());
        if let Some(known) = self.times.forms.get(&key) {
            return Some(known.clone());
        }
        let form = Arc::new(Form::of(&Document::closed(&history.text(version)?)));
        self.times.forms.insert(key, form.clone());
        Some(form)
    }
}
