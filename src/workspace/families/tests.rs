//! Layouts of repositories, and what is found in them: one for each obstacle.

use crate::workspace::tests::Folder;

const TEMPLATE: &str =
    "# Title\n\n- Status: (draft)\n\n## Summary\n\n<!-- say what -->\n\n## Motivation\n\n## Design\n\n## Drawbacks\n";
const DOCUMENT: &str = "# Caches\n\n- Status: draft\n\n## Summary\n\nA.\n\n## Motivation\n\nB.\n\n## Design\n\nC.\n";
const OTHER: &str = "# Notes\n\n## Agenda\n\nA.\n\n## Attendees\n\nB.\n";

/// What is found among `files`, of which those without a content have [`DOCUMENT`]: a line a family.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (*name, content_of(content))).collect();
    let folder = Folder::new(&files);
    let workspace = folder.workspace();
    workspace.read_all();
    let families = workspace.documents_by_family().into_iter().map(|(family, paths)| {
        let template = family.template.as_deref().map_or("built-in".to_owned(), |path| folder.name(path));
        let documents: Vec<String> = paths.iter().map(|path| folder.name(path)).collect();
        format!("{template}: {}", documents.join(" "))
    });
    assert_eq!(families.collect::<Vec<_>>(), expected);
}

/// What the families among `files` are called.
fn names(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (*name, content_of(content))).collect();
    let folder = Folder::new(&files);
    let workspace = folder.workspace();
    workspace.read_all();
    workspace.documents_by_family().iter().map(|(family, _)| family.name.clone()).collect()
}

fn content_of(content: &str) -> &str {
    if content.is_empty() { DOCUMENT } else { content }
}

#[test]
fn the_template_is_at_the_root_and_the_documents_are_below() {
    check(
        &[("0000-template.md", TEMPLATE), ("text/0001-a.md", ""), ("text/0002-b.md", ""), ("README.md", OTHER)],
        &["0000-template.md: text/0001-a.md text/0002-b.md"],
    );
}

#[test]
fn the_template_is_not_above_the_documents() {
    let documents = [("xips/xip-1.md", ""), ("xips/xip-2.md", "")];
    for template in [".github/XIP-TEMPLATE.md", "templates/template.md", "xip-templates/0000-xip-template.md"] {
        let files = [&[(template, TEMPLATE)][..], &documents[..]].concat();
        check(&files, &[&format!("{template}: xips/xip-1.md xips/xip-2.md")]);
    }
}

#[test]
fn the_template_is_a_file_in_a_folder_that_says_so() {
    check(
        &[
            ("xeps/NNNN-xep-template/README.md", TEMPLATE),
            ("xeps/area-a/12-caches/README.md", ""),
            ("xeps/area-b/7-views/README.md", "# Views\n\n## Summary\n\n## Other\n"),
            ("xeps/area-b/7-views/graph.md", OTHER),
        ],
        &["xeps/NNNN-xep-template/README.md: xeps/area-a/12-caches/README.md xeps/area-b/7-views/README.md"],
    );
}

#[test]
fn the_documents_are_called_readme_in_numbered_folders() {
    check(
        &[
            (".github/XIP-TEMPLATE.md", TEMPLATE),
            ("XIP-0001/README.md", ""),
            ("XIP-0002/README.md", ""),
            ("XIP-0002/data/README.md", OTHER),
            ("XIP-0003/boilerplate.md", ""),
            ("XIP-0004/empty.md", "# Empty\n"),
            ("README.md", OTHER),
        ],
        &[".github/XIP-TEMPLATE.md: XIP-0001/README.md XIP-0002/README.md"],
    );
}

#[test]
fn the_template_has_another_kind_of_name() {
    let form = TEMPLATE.replace("(draft)", "<draft>\n- Author: <name>\n- Created: YYYY-MM-DD");
    for (template, document) in [
        ("xep-0000.md", "xep-12.md"),
        ("XIP-X.md", "xips/xip-12.md"),
        ("xeps/tools/xep-template.md.template", "xeps/0012-a.md"),
        ("docs/YYYYMMDD-template.md", "docs/20240501-a.md"),
        ("proposals/001-proposal-template.md", "proposals/002-a.md"),
        ("design/TEMPLATE.md", "design/1234-a.md"),
        ("adr/0000_example.md", "adr/0001_a.md"),
        ("tap2.md", "tap3.md"),
    ] {
        let files = [(template, form.as_str()), (document, "")];
        check(&files, &[&format!("{template}: {document}")]);
    }
}

#[test]
fn several_templates_in_one_place_have_their_own_documents() {
    let protocol = TEMPLATE.replace("## Drawbacks", "## Roles\n\n## Messages\n\n## Drawbacks");
    let with_roles = format!("{DOCUMENT}\n## Roles\n\nD.\n\n## Messages\n\nE.\n");
    check(
        &[
            ("docs/adr-template.md", TEMPLATE),
            ("docs/rfc-template.md", TEMPLATE),
            ("docs/adr-001-a.md", ""),
            ("docs/rfc-001-a.md", ""),
        ],
        &["docs/adr-template.md: docs/adr-001-a.md", "docs/rfc-template.md: docs/rfc-001-a.md"],
    );
    check(
        &[
            ("0000-template.md", TEMPLATE),
            ("0000-template-protocol.md", &protocol),
            ("text/0001-a.md", ""),
            ("text/0002-b.md", &with_roles),
        ],
        &["0000-template-protocol.md: text/0002-b.md", "0000-template.md: text/0001-a.md"],
    );
}

#[test]
fn families_that_would_be_called_alike_are_told_apart() {
    let protocol = TEMPLATE.replace("## Drawbacks", "## Roles\n\n## Messages\n\n## Drawbacks");
    let with_roles = format!("{DOCUMENT}\n## Roles\n\nD.\n\n## Messages\n\nE.\n");
    let files = [
        ("0000-template.md", TEMPLATE),
        ("0000-template-protocol.md", &protocol),
        ("text/0001-a.md", DOCUMENT),
        ("text/0002-b.md", &with_roles),
    ];
    assert_eq!(names(&files), ["text (0000-template-protocol)", "text (0000-template)"]);
    let files = [
        ("a/adr/template.md", TEMPLATE),
        ("a/adr/0001-a.md", DOCUMENT),
        ("b/adr/template.md", TEMPLATE),
        ("b/adr/0001-a.md", DOCUMENT),
    ];
    assert_eq!(names(&files), ["adr (a/adr/template.md)", "adr (b/adr/template.md)"]);
}

#[test]
fn a_proposal_about_templates_is_a_proposal() {
    check(
        &[("text/0000-template.md", TEMPLATE), ("text/0001-a.md", ""), ("text/0002-better-template.md", "")],
        &["text/0000-template.md: text/0001-a.md text/0002-better-template.md"],
    );
}

#[test]
fn what_lies_beside_them_stays_silent() {
    check(
        &[
            ("docs/adr/template.md", TEMPLATE),
            ("docs/adr/0001-a.md", ""),
            ("docs/adr/README.md", DOCUMENT),
            ("docs/meetings/2026-01-02-notes.md", OTHER),
            ("docs/glossary/TEMPLATE.md", "# {Term}\n\n## Meaning\n\n{say}\n\n## Synonyms\n\n## Related\n"),
            ("docs/glossary/cache.md", "# Cache\n\n## Meaning\n\nA.\n\n## Synonyms\n\nB.\n"),
            ("CONTRIBUTING.md", ""),
            ("assets/xip-1/README.md", ""),
            ("tests/data/0002-b.md", ""),
            ("vendor/other/docs/adr/0003-c.md", ""),
            (".github/ISSUE_TEMPLATE/proposal.md", TEMPLATE),
            (".github/pull_request_template.md", TEMPLATE),
        ],
        &["docs/adr/template.md: docs/adr/0001-a.md"],
    );
}

#[test]
fn pages_of_a_site_are_no_documents_because_of_their_front_matter() {
    let template = "---\ntitle: Title\ndate: YYYY-MM-DD\nstatus: Draft\n---\n\n# RFC-0000: Title\n\n## Summary\n\nWhat.\n\n\
                    ## Motivation\n\nWhy.\n\n## Design\n\nHow.\n";
    let page =
        "---\ntitle: Five\ndate: 2026-01-05\nstatus: Published\n---\n\n# Five\n\n## Hello\n\nA.\n\n## Bye\n\nB.\n";
    let pages: Vec<String> = (1..6).map(|number| format!("posts/p{number}.md")).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|path| (path.as_str(), page)).collect();
    check(&[&pages[..], &[("rfcs/0000-template.md", template)]].concat(), &[]);
    // A key that only proposals have tells more.
    let of_its_own = |text: &str| text.replace("status:", "discussion: x\nshepherd:");
    let (template, page) = (of_its_own(template), of_its_own(page));
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, _)| (*path, page.as_str())).collect();
    let files = [&pages[..], &[("rfcs/0000-template.md", template.as_str())]].concat();
    check(&files, &["rfcs/0000-template.md: posts/p1.md posts/p2.md posts/p3.md posts/p4.md posts/p5.md"]);
}

#[test]
fn a_family_does_not_reach_into_another_repository() {
    for git in ["inner/.git/HEAD", "inner/.git", "inner/.jj/x", "inner/.hg/x"] {
        check(
            &[("0000-template.md", TEMPLATE), ("text/0001-a.md", ""), (git, "x"), ("inner/text/0002-b.md", "")],
            &["0000-template.md: text/0001-a.md"],
        );
    }
}

#[test]
fn documents_without_a_number_are_like_the_template_and_where_proposals_are() {
    check(
        &[
            ("proposals/proposal-template.md", TEMPLATE),
            ("proposals/streams.md", ""),
            ("proposals/process.md", OTHER),
            ("docs/streams.md", ""),
        ],
        &["proposals/proposal-template.md: proposals/streams.md"],
    );
}

#[test]
fn a_young_family_of_one_is_found() {
    check(
        &[("rfcs/0000-template.md", TEMPLATE), ("rfcs/0001-a.md", "# A\n")],
        &["rfcs/0000-template.md: rfcs/0001-a.md"],
    );
}

#[test]
fn without_a_template_only_the_built_in_family_is_found() {
    check(
        &[("docs/vip-1.md", ""), ("docs/0002-b.md", ""), ("docs/cache.md", "# VIP-3: Cache\n")],
        &["built-in: docs/cache.md docs/vip-1.md"],
    );
}

#[test]
fn what_is_among_the_documents_and_unlike_them_is_none() {
    let documents = [("adr/0001-a.md", ""), ("adr/0002-b.md", ""), ("adr/0003-c.md", ""), ("adr/0004-old.md", OTHER)];
    let others = [
        "0000-index",
        "00-readme",
        "0005-release-notes",
        "404",
        "2026-01-02-meeting-notes",
        "3-tier-storage",
        "0003-c-notes",
    ];
    let paths = others.map(|name| format!("adr/{name}.md"));
    let mut files = [&[("adr/template.md", TEMPLATE), ("adr/0001-a.fr.md", "")][..], &documents[..]].concat();
    files.extend(paths.iter().map(|path| (path.as_str(), OTHER)));
    check(&files, &["adr/template.md: adr/0001-a.md adr/0002-b.md adr/0003-c.md adr/0004-old.md"]);
}

#[test]
fn a_family_is_called_alike_wherever_the_repository_is() {
    assert_eq!(names(&[("rfcs/TEMPLATE.md", TEMPLATE), ("rfcs/2026/0001-a.md", "")]), ["rfcs"]);
    for (template, expected) in [("xep-template.md", "XEP"), ("TEMPLATE.md", "proposals")] {
        let files = [(template, TEMPLATE), ("12-a/a.md", DOCUMENT), ("13-b/b.md", DOCUMENT)];
        assert_eq!(names(&files), [expected]);
    }
}

#[test]
fn forms_for_meetings_and_samples_have_no_documents() {
    let minutes = "# Meeting YYYY-MM-DD\n\n## Agenda\n\n<!-- say -->\n\n## Attendees\n\n## Actions\n";
    for folder in ["meetings", "postmortems", "notes"] {
        let paths = ["template", "2026-01-01", "2026-01-02"].map(|name| format!("docs/{folder}/{name}.md"));
        let [template, one, two] = &paths;
        check(&[(template, minutes), (one, OTHER), (two, OTHER)], &[]);
    }
    let files =
        [("adr/template.md", TEMPLATE), ("adr/0001-a.md", ""), ("adr/process.md", ""), ("examples/adr/0002-b.md", "")];
    check(&files, &["adr/template.md: adr/0001-a.md"]);
}

#[test]
fn a_form_with_signs_that_look_like_html_is_one() {
    let form = "# Title\n\n## Summary\n\n<what changes>\n\n## Motivation\n\n<why>\n\n## Design\n";
    check(
        &[("docs/templates/adr.md", form), ("docs/adr/0001-a.md", ""), ("docs/adr/0002-b.md", "")],
        &["docs/templates/adr.md: docs/adr/0001-a.md docs/adr/0002-b.md"],
    );
}
