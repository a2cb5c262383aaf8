//! Layouts of repositories without any setting: one for each obstacle to finding the proposals and their template.

/// A form that asks for four sections.
pub(crate) const TEMPLATE: &str = "# Title\n\n- Status: <draft>\n- Author: <name>\n- Created: YYYY-MM-DD\n\n## Summary\n\n\
                                   <!-- Say what. -->\n\n## Motivation\n\n## Design\n\n## Drawbacks\n";

/// A document that lacks the last of them.
pub(crate) const DOCUMENT: &str = "# Caches\n\n- Status: draft\n- Author: A. Author\n- Created: 2026-01-02\n\n## Summary\n\nA.\n\n\
                                   ## Motivation\n\nB.\n\n## Design\n\nC.\n";

/// Something else.
pub(crate) const NOTES: &str = "# Notes\n\n## Agenda\n\nA.\n\n## Attendees\n\nB.\n";

/// A repository.
pub(crate) struct Layout {
    /// The obstacle.
    pub(crate) name: &'static str,
    /// Files that have [`TEMPLATE`].
    pub(crate) templates: &'static [&'static str],
    /// Files that have [`DOCUMENT`], and are documents.
    pub(crate) documents: &'static [&'static str],
    /// Files that have [`DOCUMENT`], and are none.
    pub(crate) silent: &'static [&'static str],
}

pub(crate) const LAYOUTS: [Layout; 13] = [
    Layout {
        name: "the template is at the root, the documents are one folder down",
        templates: &["0000-template.md"],
        documents: &["text/0001-a.md", "text/0002-b.md"],
        silent: &["README.md"],
    },
    Layout {
        name: "the template is in the forge's folder",
        templates: &[".github/XIP-TEMPLATE.md"],
        documents: &["XIP-0001/README.md", "XIP-0002/README.md"],
        silent: &["README.md", "CONTRIBUTING.md"],
    },
    Layout {
        name: "the template is in a folder beside the documents'",
        templates: &["templates/template.md"],
        documents: &["XIPS/xip-1.md", "XIPS/xip-2.md"],
        silent: &["resources/xip-1/README.md"],
    },
    Layout {
        name: "the template is in a folder that is not called so",
        templates: &["guidelines/enhancement_template.md"],
        documents: &["enhancements/a/streams.md", "enhancements/b/views.md"],
        silent: &["guidelines/README.md"],
    },
    Layout {
        name: "the template is a file in a folder with a sign for the number",
        templates: &["xeps/NNNN-xep-template/README.md"],
        documents: &["xeps/area-a/12-caches/README.md", "xeps/area-b/7-views/README.md"],
        silent: &["xeps/README.md"],
    },
    Layout {
        name: "the template is a file in a folder with zeros",
        templates: &["rfcs/RFC-0000/README.md"],
        documents: &["rfcs/RFC-0001/README.md", "rfcs/0002-views/README.md"],
        silent: &[],
    },
    Layout {
        name: "the template has a number's name",
        templates: &["cep-0000.md"],
        documents: &["cep-12.md", "cep-13.md"],
        silent: &["README.md"],
    },
    Layout {
        name: "the template is no Markdown by its extension",
        templates: &["teps/tools/tep-template.md.template"],
        documents: &["teps/0001-a.md"],
        silent: &["teps/README.md"],
    },
    Layout {
        name: "the template has a date's name",
        templates: &["docs/proposals/YYYYMMDD-template.md"],
        documents: &["docs/proposals/20240501-a.md", "docs/proposals/20240501-b.md"],
        silent: &["docs/README.md"],
    },
    Layout {
        name: "the template has a real number",
        templates: &["docs/proposals/001-proposal-template.md"],
        documents: &["docs/proposals/002-a.md", "docs/proposals/streams.md"],
        silent: &[],
    },
    Layout {
        name: "a proposal about templates is a proposal",
        templates: &["text/0000-template.md"],
        documents: &["text/0001-a.md", "text/0002-better-template.md"],
        silent: &[],
    },
    Layout {
        name: "what lies beside them stays silent",
        templates: &["docs/adr/template.md"],
        documents: &["docs/adr/0001-a.md"],
        silent: &[
            "docs/adr/README.md",
            "assets/adr-1/README.md",
            "tests/data/0002-b.md",
            "vendor/other/docs/adr/0003-c.md",
            ".github/ISSUE_TEMPLATE/proposal.md",
            ".github/pull_request_template.md",
            "GOVERNANCE.md",
        ],
    },
    Layout {
        name: "a family does not reach into another repository",
        templates: &["0000-template.md"],
        documents: &["text/0001-a.md"],
        silent: &["inner/text/0002-b.md"],
    },
];

impl Layout {
    /// The files and what they say.
    pub(crate) fn files(&self) -> Vec<(&'static str, &'static str)> {
        let all =
            |names: &'static [&'static str], content: &'static str| names.iter().map(move |name| (*name, content));
        let files =
            all(self.templates, TEMPLATE).chain(all(self.documents, DOCUMENT)).chain(all(self.silent, DOCUMENT));
        let inner = self.silent.iter().any(|name| name.starts_with("inner/")).then_some(("inner/.git", "gitdir: x\n"));
        files.chain([("docs/meetings/2026-01-02-notes.md", NOTES)]).chain(inner).collect()
    }
}
