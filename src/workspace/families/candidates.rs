//! Which files may be templates: by their names, their folders, their titles, or because they are forms.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shape::{Mask, Numbered, Shape, folder_name, is_zero, stem};
use super::sketch::Sketch;
use super::words::{is_forge_form, is_kind, is_page, is_placeholder, is_record, is_template, words};
use crate::terms::{self, Meaning};
use crate::workspace::files::is_forge;

/// A file that may be a template.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The file.
    pub(super) path: PathBuf,
    /// Its sketch.
    pub(super) sketch: Arc<Sketch>,
    /// Why it may be one.
    pub(super) sign: Sign,
    /// The folder that it applies to, including folders below: its own, or the one that contains the templates' folder.
    pub(super) home: PathBuf,
    /// What its name says about the documents' names.
    pub(super) names: Names,
    /// The words in its name, except those for templates and numbers.
    pub(super) words: Vec<String>,
}

/// What a template's name says about the documents' names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// The word before the number, which may be empty; `None` if the name does not say.
    pub(super) prefix: Option<String>,
    /// How many characters stand for the number; `None` if none do.
    pub(super) digits: Option<usize>,
    /// The stem of its name, if its folder stands for the documents' folders.
    pub(super) in_folder: Option<String>,
}

/// Why a file may be a template; the most reliable sign first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Its name says so.
    Name,
    /// Its name has a placeholder in place of a number.
    Placeholder,
    /// Its folder says so.
    Folder,
    /// Its title says so.
    Title,
    /// Its metadata is not filled in.
    Holes,
    /// It is not a file, but what documents have in common.
    Learnt,
}

/// Whether the file at `path` may be a template by its name or its folder's, whatever its content.
pub(in crate::workspace) fn may_be_template(path: &Path) -> bool {
    let form = Sketch { spoken: 3, ..Sketch::default() };
    let (stem, folder) = (stem(path), folder_name(path));
    !is_of_forge(&stem) && !is_of_forge(&folder) && sign(path, &stem, &folder, &form).is_some()
}

/// The maximum number of words of its own in a template's name.
const MAX_WORDS: usize = 3;

impl Candidate {
    /// Returns the file at `path` as a candidate, if it is one.
    pub(super) fn of(path: &Path, sketch: &Arc<Sketch>) -> Option<Candidate> {
        let (stem, folder) = (stem(path), folder_name(path));
        if is_of_forge(&stem) || is_of_forge(&folder) || is_for_records(&stem, &folder, sketch) {
            return None;
        }
        let sign = sign(path, &stem, &folder, sketch)?;
        let in_form = sign == Sign::Folder && stands_for_folders(&folder);
        let own = own_words(if in_form { &folder } else { &stem });
        let (names, home) = match sign {
            Sign::Title | Sign::Holes => by_shape(path),
            _ => by_name(path, in_form, &stem, &folder),
        };
        Some(Candidate { path: path.to_owned(), sketch: sketch.clone(), sign, home, names, words: own })
    }

    /// Returns how many names it has that documents may share.
    pub(super) fn size(&self) -> usize {
        self.sketch.sections.len() + self.sketch.keys.len()
    }

    /// Returns how much of its metadata is filled in, in percent; 0 for a template known by any other sign than its metadata.
    pub(super) fn filled(&self) -> u64 {
        let (holes, values) = (u64::from(self.sketch.holes), u64::from(self.sketch.values));
        if self.sign == Sign::Holes { 100 - (holes * 100).checked_div(values).unwrap_or(0) } else { 0 }
    }
}

/// Returns the names and the home of the template at `path`, whose name or folder marks it as one.
fn by_name(path: &Path, in_form: bool, stem: &str, folder: &str) -> (Names, PathBuf) {
    let parent = path.parent().unwrap_or(path);
    let is_aside = in_form || words(folder).iter().any(|word| is_template(word)) || is_forge(folder);
    let home = if is_aside { parent.parent().unwrap_or(parent) } else { parent };
    let mut names = Names::of(if in_form { folder } else { stem });
    names.in_folder = in_form.then(|| stem.to_owned());
    (names, home.to_owned())
}

/// Returns the names and the home of a template that is named like its documents.
fn by_shape(path: &Path) -> (Names, PathBuf) {
    let shape = Shape::of(path, false);
    let names = match shape.mask {
        Mask::File(prefix) => Names { prefix: Some(prefix), digits: Some(1), in_folder: None },
        Mask::Folder(prefix, stem) => Names { prefix: Some(prefix), digits: Some(1), in_folder: Some(stem) },
        Mask::Plain | Mask::PlainFolder => Names::default(),
    };
    (names, shape.base)
}

impl Names {
    fn of(name: &str) -> Names {
        let words = words(name);
        match words.iter().position(|word| is_placeholder(word)) {
            Some(at) => {
                let before = if at == 0 { String::new() } else { words[at - 1].clone() };
                let prefix = Some(before).filter(|word| !is_template(word));
                Names { prefix, digits: Some(words[at].len()), in_folder: None }
            }
            None => {
                let own = own_words(name);
                Names { prefix: (own.len() == 1).then(|| own[0].clone()), digits: None, in_folder: None }
            }
        }
    }
}

/// Whether a folder of this name stands for documents' folders: `NNNN-kep-template`, `RFC-0000`, `TEMPLATE`.
fn stands_for_folders(folder: &str) -> bool {
    words(folder).iter().any(|word| is_placeholder(word) || terms::is(word, Meaning::Template))
}

/// Whether a template of this name belongs to a forge, for issues and the like.
fn is_of_forge(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|word| is_template(word)) && words.iter().any(|word| is_forge_form(word))
}

/// Whether a template is for records of a meeting, a release or the like: by its name, its folder, or the start of its title.
fn is_for_records(stem: &str, folder: &str, sketch: &Sketch) -> bool {
    let named = [words(stem), words(folder)].concat();
    named.iter().any(|word| is_record(word)) || words(&sketch.title).first().is_some_and(|word| is_record(word))
}

fn own_words(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| !is_template(word) && !is_placeholder(word)).collect()
}

fn sign(path: &Path, stem: &str, folder: &str, sketch: &Sketch) -> Option<Sign> {
    let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_numbered = Numbered::of(stem).is_some_and(|own| !own.is_zero(stem));
    if file.ends_with(".template") || names_template(stem, folder, sketch) {
        return Some(Sign::Name);
    }
    if has_placeholder(stem, sketch) {
        return Some(Sign::Placeholder);
    }
    if !is_numbered && folder_says_template(folder) && (speaks(sketch) || is_page(stem) && stands_for_folders(folder)) {
        return Some(Sign::Folder);
    }
    if title_says_template(&sketch.title, stem, folder) && is_form(sketch) {
        return Some(Sign::Title);
    }
    let is_hollow = sketch.values >= 3 && sketch.holes * 10 >= sketch.values * 6;
    (is_hollow && sketch.sections.len() >= 3 && speaks(sketch)).then_some(Sign::Holes)
}

/// Whether `words` start or end with a word for templates.
fn says_template(words: &[String]) -> bool {
    [words.first(), words.last()].into_iter().flatten().any(|word| is_template(word))
}

/// Whether the name starts or ends with a word for templates and has hardly anything else.
fn names_template(stem: &str, folder: &str, sketch: &Sketch) -> bool {
    let words: Vec<String> = words(stem).into_iter().filter(|word| !is_placeholder(word)).collect();
    // A file called `templates` is about several.
    let says = |word: Option<&String>| word.is_some_and(|word| is_template(word) && word != "templates");
    let own = own_words(stem).len();
    if !(says(words.last()) && own <= MAX_WORDS || says(words.first()) && own <= 1) {
        return false;
    }
    match Numbered::of(stem).filter(|own| !own.is_zero(stem)) {
        None => true,
        // A proposal about templates is a proposal: a template with a real number has no subject, and is a form.
        Some(numbered) => {
            let is_subject = |word: &String| !is_template(word) && !is_kind(word) && !folder.contains(word.as_str());
            !numbered.subject.iter().any(is_subject) && is_form(sketch)
        }
    }
}

/// Whether the name has a placeholder in place of a number. Zeros may be the real number of a document with a subject.
fn has_placeholder(stem: &str, sketch: &Sketch) -> bool {
    let words = words(stem);
    let at = words.iter().take(2).position(|word| is_placeholder(word));
    let Some(at) = at.filter(|at| *at == 0 || words[0].chars().all(char::is_alphabetic)) else { return false };
    let (sign, subject) = (&words[at], words.len() - at - 1);
    match (is_zero(sign), sign.len()) {
        (true, ..3) => subject == 0 && is_form(sketch),
        (true, _) => {
            let is_word = subject == 1 && (is_form(sketch) || sketch.spoken > 0);
            subject == 0 || is_word || subject == 2 && is_form(sketch)
        }
        (false, length) => length > 1 || at > 0 && subject == 0,
    }
}

/// Whether the folder's name has a word for templates, or a placeholder in place of a number.
fn folder_says_template(folder: &str) -> bool {
    let (words, own) = (words(folder), own_words(folder));
    let is_numbered = Numbered::of(folder).is_some_and(|own| !own.is_zero(folder));
    let has_placeholder = words.iter().take(2).any(|word| is_placeholder(word) && word.len() > 1) && own.len() <= 1;
    !is_numbered && (says_template(&words) && own.len() <= MAX_WORDS || has_placeholder)
}

/// Whether the title has a word for templates, and otherwise only words for the kind of document.
fn title_says_template(title: &str, stem: &str, folder: &str) -> bool {
    let prefixes = [stem, folder].map(|name| Numbered::of(name).map(|own| own.prefix));
    let is_plain = |word: &String| {
        is_kind(word) || word.parse::<u64>().is_ok() || prefixes.iter().flatten().any(|prefix| prefix == word)
    };
    words(title)
        .split_last()
        .is_some_and(|(last, first)| terms::is(last, Meaning::Template) && first.iter().all(is_plain))
}

/// Whether the file addresses an author.
fn speaks(sketch: &Sketch) -> bool {
    sketch.spoken > 0 || sketch.holes > 0
}

/// Whether the file looks like a form that nobody has filled in.
fn is_form(sketch: &Sketch) -> bool {
    sketch.values >= 2 && sketch.holes * 2 >= sketch.values || sketch.spoken >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// Checks the sign, the home and the names of the file at `path` with the content `content`.
    fn check(path: &str, content: &str, expected: Option<(Sign, &str, Names)>) {
        let sketch = Arc::new(Sketch::of(&Document::closed(content)));
        let found = Candidate::of(Path::new(path), &sketch);
        let found = found.map(|found| (found.sign, found.home.to_string_lossy().into_owned(), found.names));
        assert_eq!(found, expected.map(|(sign, home, names)| (sign, home.to_owned(), names)), "{path}");
    }

    fn names(prefix: Option<&str>, digits: Option<usize>, in_folder: Option<&str>) -> Names {
        Names { prefix: prefix.map(str::to_owned), digits, in_folder: in_folder.map(str::to_owned) }
    }

    const FORM: &str = "---\nstatus: <draft>\ndate: YYYY-MM-DD\n---\n\n# Title\n\n## Why\n\n<!-- say -->\n\n## How\n";
    const FILLED: &str = "---\nstatus: draft\ndate: 2026-01-02\n---\n\n# Better\n\n## Why\n\nSo.\n\n## How\n\nThus.\n";

    #[test]
    fn a_name_says_template() {
        let check = |path, home, names| check(path, FILLED, Some((Sign::Name, home, names)));
        check("docs/template.md", "docs", names(None, None, None));
        check("docs/adr-template.md", "docs", names(Some("adr"), None, None));
        check("docs/_ADR-Template.md", "docs", names(Some("adr"), None, None));
        check("0000-template.md", "", names(Some(""), Some(4), None));
        check("0000-template-protocol.md", "", names(Some(""), Some(4), None));
        check("xip-nnnn-template.md", "", names(Some("xip"), Some(4), None));
        check("docs/YYYYMMDD-template.md", "docs", names(Some(""), Some(8), None));
        check("x/tools/xep-template.md.template", "x/tools", names(Some("xep"), None, None));
        check("templates/design.md.template", "", names(Some("design"), None, None));
        check(".github/XIP-TEMPLATE.md", "", names(Some("xip"), None, None));
    }

    #[test]
    fn a_name_says_template_in_any_language() {
        for word in [
            "模板",
            "modele",
            "modèle",
            "modelo",
            "plantilla",
            "vorlage",
            "modello",
            "шаблон",
            "テンプレート",
            "템플릿",
        ] {
            check(&format!("0000-{word}.md"), FILLED, Some((Sign::Name, "", names(Some(""), Some(4), None))));
        }
    }

    #[test]
    fn a_sign_stands_where_a_number_would() {
        check("xep-0000.md", FORM, Some((Sign::Placeholder, "", names(Some("xep"), Some(4), None))));
        check("LIP-X.md", FORM, Some((Sign::Placeholder, "", names(Some("lip"), Some(1), None))));
        check("docs/0000_example.md", FORM, Some((Sign::Placeholder, "docs", names(Some(""), Some(4), None))));
        check("docs/000-sample-example.md", FORM, Some((Sign::Placeholder, "docs", names(Some(""), Some(3), None))));
        let filled = "status: draft\ndate: 2026-01-02\nowner: A. Author";
        let half = format!("---\n{filled}\narea: <area>\nlink: <link>\n---\n\n# Title\n\n## Why\n\nSo.\n\n## How\n");
        check("docs/000-sample-example.md", &half, None);
        check("docs/0000-use-records-like-these.md", FORM, None);
        check("docs/0000-use-records-like-these.md", FILLED, None);
    }

    #[test]
    fn a_folder_says_template() {
        let in_folder = |prefix, digits| names(prefix, digits, Some("readme"));
        check("keps/NNNN-kep-template/README.md", FORM, Some((Sign::Folder, "keps", in_folder(Some(""), Some(4)))));
        check("rfcs/RFC-0000/README.md", FORM, Some((Sign::Folder, "rfcs", in_folder(Some("rfc"), Some(4)))));
        check("templates/design.md", FORM, Some((Sign::Folder, "", names(Some("design"), None, None))));
        check("templates/xep-7-cache.md", FORM, None);
        check("templates/design.md", "# Templates\n\n## One\n\n## Two\n", None);
    }

    #[test]
    fn one_that_is_named_as_the_documents_says_so_or_is_not_filled_in() {
        let form = FORM.replace("# Title", "# XEP-7: XEP template");
        check("xeps/xep-7/index.md", &form, Some((Sign::Title, "xeps", names(Some("xep"), Some(1), Some("index")))));
        let form = format!("{FORM}\n## Then\n").replace("date:", "author: <name>\ndate:");
        check("tap2.md", &form, Some((Sign::Holes, "", names(Some("tap"), Some(1), None))));
    }

    #[test]
    fn what_is_about_templates_or_for_a_forge_is_none() {
        for path in ["0002-better-template.md", "rfc-0054-extend-template.md", "docs/0010-django-templates.md"] {
            check(path, FILLED, None);
        }
        for path in ["docs/templates-in-go.md", ".github/PULL_REQUEST_TEMPLATE.md", ".github/ISSUE_TEMPLATE/x.md"] {
            check(path, "# T\n\n## A\n\n## B\n\n## C\n", None);
        }
    }
}
