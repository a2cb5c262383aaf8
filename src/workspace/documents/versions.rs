//! Which version of its template a document follows: that of the day on which it came in, or a later one that it is more like.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::scope::Scope;
use super::times::Choice;
use super::workspace::Workspace;
use crate::document::{Deviation, Document};
use crate::template::{Template, TemplateVersion};
use crate::workspace::families::{Sketch, likest};
use crate::workspace::files::committed::Committed;
use crate::workspace::files::{self, DocumentId};
use crate::workspace::history::{Elsewhere, History, Version, elsewhere};
use crate::workspace::index::{DeviationKey, TemplateKey};

impl Workspace {
    /// Reads the histories of the workspace's repositories, as far as they are not known. Returns whether anything is news.
    pub fn read_histories(&self, goes_on: &(dyn Fn() -> bool + Sync)) -> bool {
        let mut is_news = false;
        for root in self.roots().iter() {
            let Some(repository) = files::repository(root) else { continue };
            let known = self.times.histories.get(repository).map(|history| history.clone());
            // A repository that cannot be read has no history, and its documents follow the current template.
            let found = History::of(repository, known.as_ref(), goes_on).unwrap_or_else(|fault| {
                self.times.faults.insert(repository.to_owned(), fault.to_string());
                None
            });
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
        let history = self.times.history(path)?;
        let key = (path.to_owned(), source.to_owned());
        let choose = || self.choose(&history, path, source, document, template);
        let version = self.times.chosen.get_or(&key, choose)?.version?;
        let earlier = self.version(&history, source, version)?;
        Some(self.templates.adapted(earlier, template.naming.as_ref(), scope))
    }

    /// Returns which version of `template` the document at `path` follows, if git says so and a document has been read with it.
    pub(in crate::workspace) fn choice(&self, path: &Path, template: &Template) -> Option<Choice> {
        self.times.chosen.get(&(path.to_owned(), template.source.clone()?))?
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
        let of_day = choice.of_day.map(|version| day(version.time));
        let (first, follows) = match (of_day, choice.is_of_day) {
            (Some(then), true) => {
                let is_earlier = choice.version.is_some();
                return is_earlier.then(|| {
                    format!("it came in on {added}, so it follows the template of {then}, as it was on that day")
                });
            }
            (Some(then), false) => {
                (format!("it came in on {added}, when the template was that of {then}"), "is more like")
            }
            (None, _) => (format!("it came in on {added}, before the template"), "follows the first version,"),
        };
        Some(match choice.version.map(|version| day(version.time)) {
            Some(own) => format!("{first}, and {follows} that of {own}"),
            None => format!("{first}, and follows it as it is now"),
        })
    }

    /// Whether the template did not ask for what `deviation` from `template` lacks when the document at `path` came in.
    pub(in crate::workspace) fn is_later(&self, path: &Path, template: &Template, deviation: Deviation) -> bool {
        let is_lack = matches!(deviation, Deviation::NoSection(_) | Deviation::NoKey(_));
        let Some(choice) = self.choice(path, template).filter(|_| is_lack) else { return false };
        let Some(of_day) = choice.of_day else { return true };
        let named = |version: Version| version.id.to_string();
        let is_own = template.version.as_ref().is_some_and(|version| version.id == named(of_day));
        let source = template.source.as_deref().unwrap_or(Path::new(""));
        let version = || {
            let history = self.times.history(path)?;
            self.version(&history, source, of_day)
        };
        !is_own && version().is_some_and(|then| !self.asked(&then).contains(&DeviationKey::of(template, deviation)))
    }

    /// Returns the versions of `template` that documents follow, the current one included.
    pub(in crate::workspace) fn versions_of(&self, template: &Template) -> Vec<Arc<Template>> {
        let Some(source) = &template.source else { return Vec::new() };
        self.templates.versions_of(source)
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
    fn choose(
        &self,
        history: &Arc<History>,
        path: &Path,
        source: &Path,
        document: &Document,
        template: &Template,
    ) -> Option<Choice> {
        let added = history.added(path)?;
        let (versions, _) = &*history.versions(source);
        if versions.is_empty() || self.is_new(path) {
            return None;
        }
        let of_day = history.version_at(source, added);
        let known = self.discovery.sketches().get(path).cloned();
        let own = known.unwrap_or_else(|| Arc::new(Sketch::of(document)));
        let place = of_day.and_then(|of_day| versions.iter().rposition(|version| *version == of_day));
        let is_later = |version: &&Version| of_day.is_none() || version.time > added.time;
        let later: Vec<Version> = match place {
            Some(place) => versions[place..].to_vec(),
            None => of_day.into_iter().chain(versions.iter().filter(is_later).copied()).collect(),
        };
        // A version that was not fetched cannot be compared.
        let sketches: Vec<Arc<Sketch>> =
            later.iter().map(|version| self.sketch_of(history, source, *version)).collect::<Option<_>>()?;
        let sketches: Vec<&Sketch> = sketches.iter().map(|sketch| &**sketch).collect();
        let version = later[likest(&own, &sketches)?];
        let is_current = history.text(version).is_some_and(|text| template.text.is(&text));
        let is_of_day = of_day == Some(version);
        Some(Choice { version: Some(version).filter(|_| !is_current), of_day, is_of_day, added: added.time })
    }

    /// Whether the file at `path` is new on this branch: git does not have it where the branch left the default one, under this name or
    /// one from before it was moved. A new document is held to the template as it is.
    pub(in crate::workspace) fn is_new(&self, path: &Path) -> bool {
        let Some(root) = files::root_of(path, &self.roots()).map(Path::to_owned) else { return false };
        let revision = self.revision.get().map(String::as_str);
        let at = || Committed::at(&root, revision).ok().map(Arc::new);
        let Some(committed) = self.committed.get_or(&root, at) else { return false };
        committed.has(path) == Ok(false) && !self.former(path).iter().any(|former| committed.has(former) == Ok(true))
    }

    /// Returns the paths that the file at `path` had before it was moved, as far as git knows them.
    fn former(&self, path: &Path) -> Vec<PathBuf> {
        let Some(history) = self.times.history(path) else { return Vec::new() };
        let Some(repository) = path.parent().and_then(files::repository) else { return Vec::new() };
        let versions = history.versions(path);
        let former = versions.1.iter().skip(1).filter_map(|former| std::str::from_utf8(former).ok());
        former.map(|former| repository.join(former)).collect()
    }

    /// Returns what other branches have in `folder`, and the current one has not, as far as git says so.
    pub(in crate::workspace) fn elsewhere(&self, folder: &Path) -> Arc<Vec<Elsewhere>> {
        self.times.elsewhere.get_or(folder, || Arc::new(elsewhere(folder).unwrap_or_default()))
    }

    /// Returns the template at `source` as it was at `time`, in seconds since 1970, UTC, if git knows it.
    pub(in crate::workspace) fn template_at_time(&self, source: &Path, time: i64) -> Option<Arc<Template>> {
        let history = self.times.history(source)?;
        let (versions, _) = &*history.versions(source);
        let version = versions.iter().rfind(|version| version.time <= time)?;
        self.version(&history, source, *version)
    }

    fn version(&self, history: &History, source: &Path, version: Version) -> Option<Arc<Template>> {
        let named = TemplateVersion { id: version.id.to_string(), day: day(version.time) };
        self.templates.of_version(source, named, || history.text(version))
    }

    fn sketch_of(&self, history: &History, source: &Path, version: Version) -> Option<Arc<Sketch>> {
        let key = (source.to_owned(), version.id.to_string());
        if let Some(known) = self.times.sketches.get(&key) {
            return Some(known.clone());
        }
        let sketch = Arc::new(Sketch::of(&Document::closed(&history.text(version)?)));
        self.times.sketches.insert(key, sketch.clone());
        Some(sketch)
    }
}

/// Returns the day of `time`, seconds since 1970, in UTC.
fn day(time: i64) -> String {
    let date = time::OffsetDateTime::from_unix_timestamp(time).map(time::OffsetDateTime::date);
    date.map_or_else(|_| "1970-01-01".to_owned(), |date| date.to_string())
}
