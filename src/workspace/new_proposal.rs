//! New proposals: where the next one goes, what its file is called, and what it says at first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{DocumentId, Workspace, files};
use crate::document::{Document, Facts, Listed, Proposal};
use crate::rules::FileEdits;
use crate::template::{NamePattern, Template, is_markdown, is_template_name};

/// A proposal that is not there yet.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// The file to write; nothing is there.
    pub path: PathBuf,
    /// Its number.
    pub number: u64,
    /// What it says: the template with number and title filled in.
    pub text: String,
    /// The rows for it on the index pages of its folder.
    pub rows: Vec<FileEdits>,
}

/// The name of a proposal's file without the extension, and where it has the number.
struct Name {
    stem: String,
    extension: String,
    digits: std::ops::Range<usize>,
}

/// How many bytes of a title go into a file's name.
const SLUG_BYTES: usize = 60;

/// A name to ask for the template by, of a document that need not be there.
const ANY_NAME: &str = "new.md";

impl Workspace {
    /// The next proposal in `folder`, or else where most proposals are, else where the template is, else in the first folder
    /// of the workspace; with `title` where there is one already.
    ///
    /// # Errors
    ///
    /// Why none can be made, and what to do.
    pub fn new_proposal(&self, title: Option<&str>, folder: Option<&Path>) -> Result<NewProposal, String> {
        let folder = folder.map(files::normalize).or_else(|| self.usual_folder());
        let folder = folder.ok_or("there is no folder to put a proposal in; open one")?;
        if !self.may_write_in(&folder) {
            return Err(format!("\"{}\" is no folder of the workspace; name one that is", folder.display()));
        }
        let template = self.template(&DocumentId::File(folder.join(ANY_NAME)));
        let files = self.names_in(&folder);
        let names = |pattern: &NamePattern| files.iter().filter_map(|file| Name::of(file, pattern)).collect::<Vec<_>>();
        let patterns: Vec<_> = template.name_patterns().map(|pattern| (names(&pattern), pattern)).collect();
        let used = patterns.iter().find(|(names, _)| !names.is_empty()).or(patterns.first());
        let (names, pattern) = used.ok_or(
            "neither its file's name nor its title says how the template's proposals are named; rename the template, as in \
             \"vip-template.md\"",
        )?;
        let number = self.next_number(&folder, names).ok_or("there is no number left; name another folder")?;
        let digits = format!("{number:0>width$}", width = width(names, pattern));
        let path = folder.join(file_name(names, pattern, &digits, title));
        if path.symlink_metadata().is_ok() {
            return Err(format!("\"{}\" is there already; move it out of the way", path.display()));
        }
        let text = template.fill(&digits, title);
        let rows = self.rows_for(&path, &text, &template);
        Ok(NewProposal { path, number, text, rows })
    }

    /// The rows that the proposal at `path`, which says `text`, is to get on the index pages of its folder.
    fn rows_for(&self, path: &Path, text: &str, template: &Template) -> Vec<FileEdits> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
            return Vec::new();
        };
        let document = Document::closed(text);
        let facts = Facts::of(&Proposal::of(&document, template).in_file(path));
        let pages = self.index_pages(folder);
        pages.into_iter().filter_map(|page| self.row_on(page, folder, name, &facts)).collect()
    }

    /// The pages that list at least half of the proposals in `folder`, or else the only one that lists any of them.
    fn index_pages(&self, folder: &Path) -> Vec<PathBuf> {
        let mut pages = self.listings(folder, None);
        pages.sort();
        if pages.len() > 1 {
            pages.retain(|page| self.kept(page).is_some_and(|kept| self.is_index_of(folder, &kept)));
        }
        pages
    }

    /// The row on the index page at `path` for the proposal called `name` in `folder` that `facts` tell of.
    fn row_on(&self, path: PathBuf, folder: &Path, name: &str, facts: &Facts) -> Option<FileEdits> {
        let id = DocumentId::File(path.clone());
        let snapshot = self.page_of(&id, self.read_or_open(&id)?)?;
        let around = self.around(&snapshot);
        let page = snapshot.proposal().within(&around);
        let listed = Listed::of(&page).into_iter();
        let is_here =
            |listed: &Listed<'_>| files::normalize(&path.parent().unwrap_or(&path).join(listed.folder)) == folder;
        let edit = listed.filter(is_here).max_by_key(|listed| listed.rows.len())?.insertion(&page, name, facts)?;
        Some(FileEdits { text: snapshot.text().clone(), edits: vec![edit], path })
    }

    /// Whether `folder` is, or would be, really within a folder of the workspace.
    fn may_write_in(&self, folder: &Path) -> bool {
        let roots = self.roots();
        // A link that leads nowhere is there, too: what is made behind it would be where it points.
        let there = folder.ancestors().find(|path| path.symlink_metadata().is_ok());
        files::root_of(folder, &roots).is_some()
            && there.is_some_and(|there| there.is_dir() && files::is_inside(there, &roots))
    }

    fn usual_folder(&self) -> Option<PathBuf> {
        let roots = self.roots();
        let mut counts: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for (path, _) in self.facts() {
            if let Some(folder) = path.parent().filter(|folder| files::root_of(folder, &roots).is_some()) {
                *counts.entry(folder.to_owned()).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|(folder, count)| (*count, Reverse(folder.clone())));
        let most = most.map(|(folder, _)| folder);
        most.or_else(|| self.folder_of_template(&roots)).or_else(|| roots.first().cloned())
    }

    /// The folder of the template for the workspace's folders themselves, else of one that lies deeper.
    fn folder_of_template(&self, roots: &[PathBuf]) -> Option<PathBuf> {
        let source = |folder: &Path| self.template(&DocumentId::File(folder.join(ANY_NAME))).source.clone();
        let mut at_roots = roots.iter().filter_map(|root| source(root));
        let found = at_roots.find(|template| files::root_of(template, roots).is_some()).or_else(|| {
            let mut files: Vec<_> = roots.iter().flat_map(|root| files::markdown_files(root).0).collect();
            files.retain(|file| is_template_name(file));
            files.sort_by_key(|file| (file.as_os_str().len(), file.clone()));
            files.into_iter().find(|file| file.parent().and_then(source).as_ref() == Some(file))
        });
        Some(found?.parent()?.to_owned())
    }

    /// The Markdown files in `folder` but templates, on the disk and in the editor.
    fn names_in(&self, folder: &Path) -> BTreeSet<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let open = self.open().into_iter().filter_map(|id| match id {
            DocumentId::File(path) => Some(path),
            DocumentId::Other(_) => None,
        });
        let all = entries.map(|entry| entry.path()).chain(open.filter(|path| path.parent() == Some(folder)));
        all.filter(|path| is_markdown(path) && !is_template_name(path)).collect()
    }

    /// One more than the highest number in `folder`, which a file's name has or else a title.
    fn next_number(&self, folder: &Path, names: &[Name]) -> Option<u64> {
        let proposals = self.proposals_in(folder).into_iter();
        let in_titles = proposals.filter_map(|(_, facts)| facts.number.as_ref()?.parse().ok());
        let highest = names.iter().map(Name::number).chain(in_titles).max();
        highest.unwrap_or(0).checked_add(1)
    }
}

impl Name {
    fn of(file: &Path, pattern: &NamePattern) -> Option<Name> {
        let stem = file.file_stem()?.to_str()?.to_owned();
        let digits = pattern.place(&stem).filter(|digits| stem[digits.clone()].parse::<u64>().is_ok())?;
        Some(Name { digits, extension: file.extension()?.to_str()?.to_owned(), stem })
    }

    fn digits(&self) -> &str {
        &self.stem[self.digits.clone()]
    }

    fn number(&self) -> u64 {
        self.digits().parse().unwrap_or_default()
    }

    /// What divides the number from the words behind it; none where there are none.
    fn separator(&self) -> Option<char> {
        self.stem[self.digits.end..].chars().next()
    }
}

/// How many digits a number is filled up to: as many as the others are.
fn width(names: &[Name], pattern: &NamePattern) -> usize {
    let filled = names.iter().map(Name::digits).filter(|digits| digits.starts_with('0'));
    filled.map(str::len).max().unwrap_or(0).max(pattern.digits())
}

/// The file's name for the number `digits`: as that of the last one of `names`, else after `pattern`.
fn file_name(names: &[Name], pattern: &NamePattern, digits: &str, title: Option<&str>) -> String {
    let last = names.iter().max_by_key(|name| name.number());
    let prefix = last.map_or(pattern.prefix(), |last| &last.stem[..last.digits.start]);
    let extension = last.map_or("md", |last| &last.extension);
    // `0000-template.md` has the place for a title, `vip-template.md` has none.
    let separator = last.map_or(pattern.prefix().is_empty().then_some('-'), Name::separator);
    let slug = separator.zip(title).map(|(separator, title)| slug(title, separator)).unwrap_or_default();
    format!("{prefix}{digits}{slug}.{extension}")
}

/// The words of `title` for a file's name, each behind `separator`.
fn slug(title: &str, separator: char) -> String {
    let title = title.to_lowercase();
    let words = title.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words.take_while(|word| word.len() < SLUG_BYTES) {
        if slug.len() + word.len() >= SLUG_BYTES {
            break;
        }
        slug.push(separator);
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Folder, TEMPLATE};
    use super::*;

    /// The path from the folder's root and the first line of the next proposal.
    fn next(files: &[(&str, &str)], title: Option<&str>, folder: Option<&str>) -> Result<(String, String), String> {
        let root = Folder::new(files);
        let workspace = root.workspace();
        workspace.read_all();
        let new = workspace.new_proposal(title, folder.map(|name| root.path(name)).as_deref())?;
        let path = root.name(&new.path);
        Ok((path, new.text.lines().next().unwrap_or_default().to_owned()))
    }

    fn check(files: &[(&str, &str)], title: Option<&str>, expected: (&str, &str)) {
        assert_eq!(next(files, title, None), Ok((expected.0.to_owned(), expected.1.to_owned())));
    }

    #[test]
    fn the_next_number_is_behind_the_highest_where_most_proposals_are() {
        let files = [
            ("docs/vip-template.md", TEMPLATE),
            ("docs/VIP_9.md", "# VIP-9: A\n\n## Summary\n"),
            ("docs/cache.md", "# VIP-11: B\n\n## Summary\n"),
            ("old/vip-40.md", "# VIP-40: C\n"),
        ];
        check(&files, Some("Größe: 💡 B"), ("docs/VIP_12.md", "# VIP-12: Größe: 💡 B"));
        check(&files, None, ("docs/VIP_12.md", "# VIP-12: `$T`"));
        assert_eq!(next(&files, None, Some("old")).map(|new| new.0), Ok("old/vip-41.md".to_owned()));
        assert_eq!(next(&files, None, Some("new/deep")).map(|new| new.0), Ok("new/deep/vip-1.md".to_owned()));
    }

    #[test]
    fn numbers_have_as_many_digits_as_the_others_and_titles_stand_where_theirs_do() {
        let template = "# Title\n\n## Summary\n";
        check(
            &[("rfcs/0000-template.md", template)],
            Some("A new Cache!"),
            ("rfcs/0001-a-new-cache.md", "# A new Cache!"),
        );
        check(
            &[("a/vip-template.md", TEMPLATE), ("a/vip-009_b.markdown", "# VIP-9: B\n"), ("a/vip-08.md", "# VIP-8\n")],
            Some("C d"),
            ("a/vip-010_c_d.markdown", "# VIP-010: C d"),
        );
        let long = "word ".repeat(40);
        let (path, _) = next(&[("0000-template.md", template)], Some(&long), None).expect("a proposal");
        assert!(path.starts_with("0001-word-word") && path.len() < 80, "{path}");
    }

    #[test]
    fn the_first_proposal_goes_beside_the_template_or_into_the_first_folder() {
        check(&[("docs/deep/vip-template.md", TEMPLATE)], None, ("docs/deep/vip-1.md", "# VIP-1: `$T`"));
        check(&[("notes.md", "# Notes\n")], Some("A"), ("vip-1.md", "# VIP-1: A"));
    }

    #[test]
    fn nothing_is_made_outside_the_workspace_or_without_a_name() {
        for outside in ["..", "../elsewhere", "notes.md"] {
            let refused = next(&[("notes.md", "# Notes\n")], None, Some(outside)).expect_err("refused");
            assert!(refused.ends_with("is no folder of the workspace; name one that is"), "{refused}");
        }
        let refused = next(&[("template.md", "# {title}\n\n## A\n")], None, None).expect_err("refused");
        assert!(refused.starts_with("neither its file's name"), "{refused}");
        let refused = Workspace::default().new_proposal(None, None).expect_err("refused");
        assert_eq!(refused, "there is no folder to put a proposal in; open one");
    }

    /// What the index pages among `files` say with a row for the next proposal in `docs`.
    fn pages(files: &[(&str, &str)], title: Option<&str>) -> Vec<(String, String)> {
        let root = Folder::new(files);
        let workspace = root.workspace();
        workspace.read_all();
        let new = workspace.new_proposal(title, Some(&root.path("docs"))).expect("a proposal");
        let said = |page: &FileEdits| (root.name(&page.path), crate::text::apply(&page.text, &page.edits).to_string());
        new.rows.iter().map(said).collect()
    }

    #[test]
    fn a_new_proposal_gets_a_row_on_the_index_pages_of_its_folder() {
        let table = "# All\r\n\r\n| VIP | Title | Status |\r\n| - | - | - |\r\n| [VIP-2](vip-2.md) | Zwei 💡 | Draft |\r\n\r\nEnd\r\n";
        let list = "- [VIP-9: Other](old/vip-9.md)\n- [VIP-1: One](docs/vip-1.md)\n- [VIP-2: Two](docs/vip-2.md)";
        let files = [
            ("docs/vip-template.md", TEMPLATE),
            ("docs/vip-1.md", "# VIP-1: One\n"),
            ("docs/vip-2.md", "# VIP-2: Two\n"),
            ("docs/vip-3.md", "# VIP-3: Three\n"),
            ("docs/vip-4.md", "# VIP-4: Four\n"),
            ("old/vip-9.md", "# VIP-9: Other\n"),
            ("README.md", list),
            ("docs/index.md", table),
        ];
        // Of two pages with rows, only the one that lists half of them is meant to list all.
        let expected = format!("{list}\n- [VIP-5: A | 💡](docs/vip-5.md)");
        assert_eq!(pages(&files, Some("A | 💡")), [("README.md".to_owned(), expected)]);
        // The only one is meant to, however little it lists.
        let row = "| [VIP-5](vip-5.md) | A \\| 💡 |       |";
        let expected = table.replace("\r\n\r\nEnd", &format!("\r\n{row}\r\n\r\nEnd"));
        let mut only = files.to_vec();
        only.remove(6);
        assert_eq!(pages(&only, Some("A | 💡")), [("docs/index.md".to_owned(), expected)]);
        assert_eq!(pages(&files[..6], None), []);
    }

    #[test]
    fn a_row_goes_where_its_number_belongs() {
        let index = "- [VIP-7: Seven](vip-7.md)\n- [VIP-3: Three](vip-3.md)\n";
        let files = [("docs/vip-7.md", "# VIP-7\n"), ("docs/vip-3.md", "# VIP-3\n"), ("docs/index.md", index)];
        let expected = format!("{index}- [VIP-8: A](vip-8.md)\n");
        assert_eq!(pages(&files, Some("A")), [("docs/index.md".to_owned(), expected)]);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_made_behind_a_link_that_leads_outside() {
        let folder = Folder::new(&[("outside/x.md", "x"), ("in/x.md", "x")]);
        std::os::unix::fs::symlink(folder.path("outside"), folder.path("in/link")).expect("a link");
        std::os::unix::fs::symlink(folder.path("nothing"), folder.path("in/dangling")).expect("a link");
        let workspace = folder.workspace();
        workspace.set_roots(vec![folder.path("in")]);
        assert!(workspace.new_proposal(None, Some(&folder.path("in/link"))).is_err());
        assert!(workspace.new_proposal(None, Some(&folder.path("in/link/new"))).is_err());
        assert!(workspace.new_proposal(None, Some(&folder.path("in/dangling/new"))).is_err());
        assert!(workspace.new_proposal(None, Some(&folder.path("in/new"))).is_ok());
    }

    #[test]
    fn a_proposal_that_is_only_in_the_editor_counts() {
        let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
        let workspace = folder.workspace();
        let document = crate::document::Document::open("# VIP-3: A\n");
        workspace.put(DocumentId::file(&folder.path("vip-3.md")), std::sync::Arc::new(document));
        assert_eq!(workspace.new_proposal(None, None).map(|new| new.number), Ok(4));
    }
}
