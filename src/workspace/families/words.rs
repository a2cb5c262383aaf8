//! Words that say what files and folders are for, in any repository.

use crate::letters::is_dense;
use crate::terms::{self, Meaning};

/// Words for documents that propose or decide something.
const KINDS: [&str; 17] = [
    "proposal",
    "proposals",
    "rfc",
    "rfcs",
    "rfd",
    "adr",
    "adrs",
    "decision",
    "decisions",
    "design",
    "designs",
    "enhancement",
    "enhancements",
    "improvement",
    "improvements",
    "record",
    "records",
];

/// Keys in the front matter of the pages of any site.
pub(super) const PAGE_KEYS: [&str; 25] = [
    "title",
    "subtitle",
    "description",
    "summary",
    "author",
    "date",
    "created",
    "updated",
    "modified",
    "lastmod",
    "published",
    "tags",
    "categories",
    "category",
    "keywords",
    "layout",
    "slug",
    "permalink",
    "draft",
    "status",
    "type",
    "weight",
    "order",
    "lang",
    "image",
];

/// Names of folders for documents at a certain stage.
const STAGES: [&str; 15] = [
    "accepted",
    "active",
    "approved",
    "archive",
    "archived",
    "deprecated",
    "draft",
    "drafts",
    "final",
    "implemented",
    "inactive",
    "old",
    "pending",
    "rejected",
    "withdrawn",
];

/// What the forms of a forge are for, and other forms that are not templates of documents.
const FORGE_FORMS: [&str; 14] = [
    "issue",
    "issues",
    "pull",
    "pr",
    "merge",
    "mr",
    "bug",
    "feature_request",
    "release",
    "releases",
    "discussion",
    "commit",
    "email",
    "changelog",
];

/// Folders for attachments of documents, third-party sources, or test data.
const APART: [&str; 18] = [
    "assets",
    "build",
    "dist",
    "example",
    "examples",
    "images",
    "media",
    "static",
    "test",
    "tests",
    "testdata",
    "fixtures",
    "__fixtures__",
    "spec",
    "node_modules",
    "vendor",
    "third_party",
    "third-party",
];

/// Names of files that are not documents unless they have a number, whatever their content.
const GOVERNANCE: [&str; 22] = [
    "agents",
    "authors",
    "changelog",
    "claude",
    "code_of_conduct",
    "code-of-conduct",
    "contributing",
    "faq",
    "guidelines",
    "glossary",
    "governance",
    "index",
    "license",
    "maintainers",
    "owners",
    "process",
    "readme",
    "security",
    "summary",
    "support",
    "todo",
    "workflow",
];

/// Words for pages that record what happened: nothing is added to them afterwards.
const RECORDS: [&str; 20] = [
    "agenda",
    "incident",
    "incidents",
    "postmortem",
    "postmortems",
    "blog",
    "blogs",
    "changelog",
    "changes",
    "history",
    "meeting",
    "meetings",
    "minutes",
    "news",
    "newsletter",
    "posts",
    "release",
    "releases",
    "retro",
    "retrospective",
];

/// The names of a document in a folder that is named after it.
const PAGES: [&str; 2] = ["readme", "index"];

/// Whether `word` means template in any language, or ends with such a word in a script without spaces between words.
pub(super) fn is_template(word: &str) -> bool {
    let is_last =
        || terms::words(Meaning::Template).iter().any(|last| last.starts_with(is_dense) && word.ends_with(last));
    terms::is(word, Meaning::TemplateFile) || !word.is_ascii() && is_last()
}

/// Whether `word` is for documents that propose or decide something.
pub(super) fn is_kind(word: &str) -> bool {
    KINDS.contains(&word) || terms::is(word, Meaning::RecordFolder)
}

/// Other names of folders of documents.
const TEXTS: [&str; 1] = ["text"];

/// Whether a folder called `name` is for such documents.
pub(super) fn is_home(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|word| is_kind(word) || TEXTS.contains(&word.as_str()))
        && !words.iter().any(|word| is_template(word))
}

/// Whether a folder called `word` is for such documents at a certain stage.
pub(in crate::workspace) fn is_stage(word: &str) -> bool {
    STAGES.contains(&word)
}

/// Whether a form with `word` in its name is for something other than documents.
pub(super) fn is_forge_form(word: &str) -> bool {
    FORGE_FORMS.contains(&word)
}

/// Whether the content of the folder `name` is set apart.
pub(super) fn is_apart(name: &str) -> bool {
    APART.contains(&name)
}

/// Whether a file with this stem is about the repository rather than a document in it.
pub(super) fn is_governance(stem: &str) -> bool {
    GOVERNANCE.contains(&stem)
}

/// Whether `word` marks a page as a record of what happened: a meeting, a release.
pub(super) fn is_record(word: &str) -> bool {
    RECORDS.contains(&word)
}

/// Whether a file with this stem is the document that its folder is named after.
pub(super) fn is_page(stem: &str) -> bool {
    PAGES.contains(&stem)
}

/// Whether `word` stands for a number: zeros, `NNNN`, `XXX`, `YYYYMMDD`.
pub(super) fn is_placeholder(word: &str) -> bool {
    let repeats = |sign: char, least: usize| word.len() >= least && word.chars().all(|other| other == sign);
    let is_date = matches!(word, "yyyymmdd" | "yymmdd" | "yyyy" | "mm" | "dd");
    repeats('0', 1) || repeats('n', 2) || repeats('x', 1) || is_date || word == "number"
}

/// Returns the words in `name`, in lower case: runs of letters and digits.
pub(super) fn words(name: &str) -> Vec<String> {
    let words = name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
