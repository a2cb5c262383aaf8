//! Why a file is a proposal or not, and which settings would make it one.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Document, IndexPage};
use crate::template::{LearntFrom, is_markdown};
use crate::text::Text;
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::families::{self, Family, FamilyKind, Nearest, Sketch};
use crate::workspace::files::{self, DocumentId, FILE_NAMES, glob};
use crate::workspace::index::Kind;
use crate::workspace::settings::Settings;

/// What a file is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether it is a proposal.
    pub is_proposal: bool,
    /// Whether it is an index page, which is checked as such.
    pub is_index: bool,
    /// The family of the proposal.
    pub family: Option<Arc<Family>>,
    /// The template of the proposal; `None` for the built-in one, or if there is no template.
    pub template: Option<PathBuf>,
    /// The reasons, as sentences without a period.
    pub reasons: Vec<String>,
    /// The settings that would make it a proposal.
    pub suggestion: Option<Suggestion>,
}

/// Suggested settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The file that they belong in.
    pub file: PathBuf,
    /// The lines to add, as TOML.
    pub lines: String,
    /// Whether the file is almost recognized without settings.
    pub is_likely: bool,
}

/// Formats of proposals that are not Markdown, by extension.
const OTHER_FORMATS: [(&str, &str); 3] = [("rst", "reStructuredText"), ("adoc", "AsciiDoc"), ("asciidoc", "AsciiDoc")];

impl Workspace {
    /// Returns what the file at `path` is, and why.
    pub fn explain(&self, path: &Path) -> Explanation {
        let path = files::normalize(path);
        let id = DocumentId::File(path.clone());
        if let Some(reason) = self.unread(&path, &id) {
            return none(vec![reason], None);
        }
        let content = || files::read(&path, &self.roots()).ok().map(|content| Arc::new(Document::closed(&content)));
        let Some(document) = self.document(&id).or_else(content) else {
            return none(vec!["it cannot be read".to_owned()], None);
        };
        let snapshot = self.read_as(&id, document);
        match snapshot.kind {
            Kind::Proposal => self.explain_proposal(&path, &snapshot),
            Kind::Template => none(vec![self.template_reason(&path)], None),
            Kind::Index if snapshot.lists_any() => {
                let around = self.around(&snapshot);
                let is_of_a_folder =
                    snapshot.proposal().within(&around).index_page().is_some_and(IndexPage::is_of_a_folder);
                let reason = match is_of_a_folder {
                    true => "it is an index page: it lists proposals, and what it says about them is checked",
                    false => {
                        "it is an index page: it lists proposals, and what it says about them is checked; as it lists less \
                         than half of a folder, vip-lsp index leaves it alone"
                    }
                };
                Explanation { is_index: true, ..none(vec![reason.to_owned()], None) }
            }
            Kind::Index | Kind::Other => self.explain_other(&path, &snapshot),
        }
    }

    /// Returns why the file at `path` is not considered at all.
    fn unread(&self, path: &Path, id: &DocumentId) -> Option<String> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
        if let Some((_, format)) = OTHER_FORMATS.iter().find(|(known, _)| *known == extension) {
            return Some(format!("{format} is not supported; only Markdown is"));
        }
        if self.document(id).is_none() {
            let fault = match files::look(path, &self.roots()) {
                files::Found::File => None,
                files::Found::Folder => Some("it is a folder; name a file"),
                files::Found::Other => Some("it is not a regular file"),
                files::Found::Nothing => Some("there is no such file"),
                files::Found::Outside => Some("it is behind a link that points outside the workspace"),
            };
            if let Some(fault) = fault {
                return Some(fault.to_owned());
            }
        }
        (!files::is_document(path) && !is_markdown(path)).then(|| "its name is not that of a Markdown file".to_owned())
    }

    fn explain_proposal(&self, path: &Path, snapshot: &Snapshot) -> Explanation {
        let family = snapshot.family().cloned();
        let template = snapshot.template.source.clone();
        let by = match (&template, &snapshot.template.learnt) {
            (Some(template), _) => format!("; it follows {}", self.shown(template)),
            (None, Some(_)) => String::new(),
            (None, None) => "; it follows the built-in VIP template".to_owned(),
        };
        let mut reasons = match &family {
            Some(family) => vec![
                format!("it is a document of the family \"{}\"{by}", family.name),
                family.reason.clone(),
                format!("its documents are named {}", family.naming),
            ],
            None => vec![format!("its name or title says so{by}")],
        };
        if family.as_ref().is_some_and(|family| family.kind == FamilyKind::Setting) {
            reasons.truncate(2);
        }
        if let Some(learnt) = &snapshot.template.learnt {
            reasons.push(self.lesson(learnt));
        }
        reasons.extend(self.version_reason(path, &snapshot.template));
        if let Some(reason) = self.passed_reason(path) {
            reasons.push(format!("{reason}: it is checked only if you name it"));
        }
        if let Some(config) = self.config(&DocumentId::File(path.to_owned())) {
            reasons.push(format!("the settings in {} apply to it", self.shown(&config.path)));
        }
        Explanation { is_proposal: true, is_index: false, family, template, reasons, suggestion: None }
    }

    /// Describes what is learned from documents without a template, and how it is used.
    fn lesson(&self, learnt: &LearntFrom) -> String {
        let count = learnt.documents;
        match count < LearntFrom::ENOUGH {
            true if count == 1 => "one document is too few to learn a form from, so its form is not checked".to_owned(),
            true => format!("{count} documents are too few to learn a form from, so their form is not checked"),
            false => format!(
                "what most of these {count} documents share counts as their form, and deviations are hints; vip-lsp init \
                 --template turns it into a template"
            ),
        }
    }

    fn template_reason(&self, path: &Path) -> String {
        let reason = self.families_for(path).place_reason(path);
        reason.unwrap_or_else(|| "it is a template: settings name it as one".to_owned())
    }

    fn explain_other(&self, path: &Path, snapshot: &Snapshot) -> Explanation {
        let config = snapshot.config.as_ref().map(|config| self.shown(&config.path));
        let source = config.unwrap_or_else(|| "the editor's settings".to_owned());
        let scope = self.scope(snapshot.id());
        let standing = self.standing(snapshot.id(), &snapshot.document);
        if snapshot.settings.excludes(path, &self.roots()) || self.is_left_out(snapshot.id(), &scope, &standing) {
            return none(vec![format!("{source} excludes it")], None);
        }
        if scope.is_lost {
            return none(vec![format!("the template that {source} names for its family does not exist")], None);
        }
        let (families, sketch) = (self.families_for(path), Sketch::of(&snapshot.document));
        let nearest = families.nearest(path, &sketch);
        let mut reasons: Vec<String> = families.place_reason(path).into_iter().collect();
        reasons.extend(self.passed_reason(path).map(str::to_owned));
        reasons.push(match &nearest {
            None => "no template was found in this repository; a file next to it such as \"template.md\" becomes one"
                .to_owned(),
            Some(nearest) => self.shortfall(nearest, snapshot),
        });
        // The template of other documents would only find fault with one that has nothing of it.
        if nearest.as_ref().is_some_and(|nearest| nearest.is_foreign) {
            reasons.push("a file next to it such as \"template.md\" becomes its template".to_owned());
            return none(reasons, None);
        }
        none(reasons, nearest.and_then(|nearest| self.suggestion_for(path, &nearest)))
    }

    /// Describes how far the document is from the closest template.
    fn shortfall(&self, nearest: &Nearest, snapshot: &Snapshot) -> String {
        let template = self.shown(&nearest.template);
        let Nearest { shared, all, .. } = nearest;
        let of_all = format!("{shared} of the {all} headings and metadata keys of {template}, the nearest template");
        match nearest.is_alike {
            true => format!("it has {of_all}, but it has no number and is not where proposals are"),
            false if snapshot.document.outline().is_empty() => {
                format!("it has no headings; {template} is the nearest template")
            }
            false => format!("it has {of_all}: too few"),
        }
    }

    /// Returns why the file at `path` was skipped when all files were searched for.
    fn passed_reason(&self, path: &Path) -> Option<&'static str> {
        let roots = self.roots();
        let root = files::root_of(path, &roots)?;
        let is_passed = self.discovery.all().is_some_and(|all| !all.contains_key(path))
            && files::look(path, &roots) == files::Found::File;
        let below = path.strip_prefix(root).unwrap_or(path);
        let is_hidden = below.iter().any(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_deep = below.components().nth(files::MAX_DEPTH).is_some();
        let mut above = path.ancestors().take_while(|above| *above != root);
        is_passed.then(|| match above.any(Path::is_symlink) {
            true => "it is behind a symbolic link, which is not followed",
            false if is_hidden => "it is hidden or in a hidden folder",
            false if is_deep => "it is too many folders deep",
            false => "git ignores it",
        })
    }

    /// Returns the settings that would make the file at `path` a proposal with the template that is `nearest` to it.
    fn suggestion_for(&self, path: &Path, nearest: &Nearest) -> Option<Suggestion> {
        let is_for_all = nearest.is_alike && self.fits_others(nearest);
        self.suggestion(path, nearest, is_for_all)
    }

    /// Returns the settings that would make the file at `path` a proposal with the template that is `nearest` to it: together
    /// with similar files if `is_for_all`, or else alone.
    fn suggestion(&self, path: &Path, nearest: &Nearest, is_for_all: bool) -> Option<Suggestion> {
        let roots = self.roots();
        let config = self.config(&DocumentId::File(path.to_owned())).map(|config| config.path.clone());
        let root = || Some(files::root_of(path, &roots)?.join(FILE_NAMES[0]));
        let file = config.or_else(root)?;
        let folder = file.parent()?;
        let below = |path: &Path| Some(path.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/"));
        let (template, base) = (below(&nearest.template)?, below(&nearest.base)?);
        let glob = match is_for_all {
            true if base.is_empty() => nearest.glob.clone(),
            true => format!("{}/{}", globset::escape(&base), nearest.glob),
            false => globset::escape(&below(path)?),
        };
        let name = Path::new(&base).file_name().map(|name| name.to_string_lossy().into_owned());
        let name = toml_string(&name.unwrap_or_else(|| "Proposals".to_owned()));
        let (template, glob) = (toml_string(&template), toml_string(&glob));
        // A `[[family]]` table can be added at the end of any file; a list of globs would have to be found and changed.
        let lines = format!("[[family]]\nname = {name}\ntemplate = {template}\ndocuments = [{glob}]\n");
        Some(Suggestion { file, lines, is_likely: nearest.is_alike })
    }

    /// Whether the pattern of `nearest` suits all files that it matches: most of them are like the template, and none is about
    /// the repository.
    fn fits_others(&self, nearest: &Nearest) -> bool {
        let Ok(glob) = glob::compile(&nearest.glob) else { return false };
        let (matcher, sketches) = (glob.compile_matcher(), self.discovery.sketches());
        let below = |path: &Path| path.strip_prefix(&nearest.base).is_ok_and(|below| matcher.is_match(below));
        let all: Vec<_> = sketches.iter().filter(|(path, _)| below(path)).collect();
        let is_like = |(path, sketch): &(&PathBuf, &Arc<Sketch>)| {
            let own = self.families_for(path).nearest(path, sketch);
            own.is_some_and(|own| own.is_alike && own.template == nearest.template)
        };
        !all.iter().any(|(path, _)| families::is_of_repository(path))
            && all.iter().filter(|file| is_like(file)).count() * 2 > all.len()
    }

    /// Returns the settings for all files that are almost recognized without any, without duplicates.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let roots = self.roots();
        let mut found: Vec<Suggestion> = Vec::new();
        let mut lines: HashSet<String> = HashSet::new();
        // For each pattern: whether it suits all files that it matches.
        let mut fits: HashMap<(PathBuf, String, PathBuf), bool> = HashMap::new();
        for (path, sketch) in self.discovery.sketches().iter() {
            let families = self.families_for(path);
            let is_excluded = || self.scope(&DocumentId::File(path.clone())).settings.excludes(path, &roots);
            let is_none = families::is_of_repository(path) || families.place_reason(path).is_some();
            if families.membership(path).is_some() || is_none || is_excluded() {
                continue;
            }
            let Some(nearest) = families.nearest(path, sketch).filter(|nearest| nearest.is_alike) else { continue };
            if self.on_disk(path).is_some_and(|page| page.exports.kind == Kind::Proposal) {
                continue;
            }
            let pattern = (nearest.base.clone(), nearest.glob.clone(), nearest.template.clone());
            let is_for_all = *fits.entry(pattern).or_insert_with(|| self.fits_others(&nearest));
            let suggestion = self.suggestion(path, &nearest, is_for_all);
            found.extend(suggestion.filter(|suggestion| lines.insert(suggestion.lines.clone())));
        }
        found
    }

    /// Returns `path` relative to the workspace folder that contains it.
    fn shown(&self, path: &Path) -> String {
        let roots = self.roots();
        let below = files::root_of(path, &roots).and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        below.to_string_lossy().replace('\\', "/")
    }
}

impl Suggestion {
    /// Returns what to append to the text `before` of a settings file so that it ends with `lines`.
    ///
    /// # Errors
    ///
    /// When `lines` cannot be appended: the file is invalid, or has its families in another form.
    pub fn behind(before: &str, lines: &str) -> Result<String, String> {
        let fault = |content: &str| {
            let (_, problems) = Settings::of_toml(content, Path::new(""));
            problems.into_iter().find(|problem| problem.setting.is_empty())
        };
        if let Some(fault) = fault(before) {
            return Err(format!("it is not valid TOML: {}; correct it first", fault.message));
        }
        let gap = match before {
            "" | "\u{feff}" => "",
            _ if before.ends_with("\n\n") || before.ends_with("\r\n\r\n") => "",
            _ if before.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let ending = Text::new(before).line_ending().as_str();
        let added = format!("{gap}{lines}").replace('\n', ending);
        match fault(&format!("{before}{added}")) {
            Some(_) => Err("its families are not [[family]] tables; rewrite them as such first".to_owned()),
            None => Ok(added),
        }
    }
}

/// Formats `text` as a TOML string.
pub fn toml_string(text: &str) -> String {
    let escaped = text.chars().map(|character| match character {
        '"' | '\\' => format!("\\{character}"),
        _ if character.is_control() => format!("\\u{:04X}", u32::from(character)),
        _ => character.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn none(reasons: Vec<String>, suggestion: Option<Suggestion>) -> Explanation {
    Explanation { is_proposal: false, is_index: false, family: None, template: None, reasons, suggestion }
}
