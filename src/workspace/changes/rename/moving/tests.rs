//! What becomes of links, images and numbers when files and folders get other names.

use super::*;
use crate::text::apply;
use crate::workspace::tests::Folder;

/// Renames `renames` in a workspace of `files`, and checks what the documents are that change.
fn check(files: &[(&str, &str)], renames: &[(&str, &str)], expected: &[(&str, &str)]) {
    let folder = Folder::new(files);
    let workspace = folder.workspace();
    workspace.read_all();
    let renames: Vec<_> = renames.iter().map(|(from, to)| (folder.path(from), folder.path(to))).collect();
    let changed = workspace.rename_files(&renames);
    let name = |id: &DocumentId| match id {
        DocumentId::File(path) => folder.name(path),
        DocumentId::Other(uri) => uri.clone(),
    };
    let text = |changed: &DocumentEdits| apply(changed.document.text(), &changed.edits).to_string();
    let found: Vec<_> = changed.iter().map(|changed| (name(&changed.id), text(changed))).collect();
    let expected: Vec<_> = expected.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    assert_eq!(found, expected, "{renames:?}");
}

#[test]
fn what_moves_along_is_not_touched_and_links_from_outside_follow() {
    let own = "# VIP-7: A\n\n[d](d.svg) ![d](./img/e.png) [sub](sub/) [o](../other.md) <img src=\"d.svg\">\n";
    let files = [
        ("p/vip-7.md", own),
        ("p/d.svg", ""),
        ("p/img/e.png", ""),
        ("p/sub/notes.md", "[up](../vip-7.md)\n"),
        ("other.md", "[a](p/d.svg) [b](p/) [c](p) ![e](p/img/e.png)\n\n[x]: ./p/sub/notes.md\n"),
        ("q/one.md", "[a](../p/vip-7.md) <a href='../p/d.svg'>x</a>\n"),
    ];
    check(
        &files,
        &[("p", "r")],
        &[
            ("other.md", "[a](r/d.svg) [b](r/) [c](r) ![e](r/img/e.png)\n\n[x]: ./r/sub/notes.md\n"),
            ("q/one.md", "[a](../r/vip-7.md) <a href='../r/d.svg'>x</a>\n"),
        ],
    );
    check(
        &files,
        &[("p", "q/deep/p")],
        &[
            (
                "other.md",
                "[a](q/deep/p/d.svg) [b](q/deep/p/) [c](q/deep/p) ![e](q/deep/p/img/e.png)\n\n[x]: ./q/deep/p/sub/notes.md\n",
            ),
            ("p/vip-7.md", &own.replace("../other.md", "../../../other.md")),
            ("q/one.md", "[a](deep/p/vip-7.md) <a href='deep/p/d.svg'>x</a>\n"),
        ],
    );
}

#[test]
fn images_definitions_and_html_follow() {
    let source = "![d](d.svg) [![d](d.svg \"t\")](e.md) [x] ![y][x]\n\n[x]: d.svg\n[unused]: <./d.svg>\n\n<p><img alt=d src='d.svg'/></p>\n";
    check(
        &[("docs/a.md", source), ("docs/d.svg", ""), ("docs/e.md", "# E\n")],
        &[("docs/d.svg", "docs/img/f g.svg")],
        &[(
            "docs/a.md",
            "![d](img/f%20g.svg) [![d](img/f%20g.svg \"t\")](e.md) [x] ![y][x]\n\n[x]: img/f%20g.svg\n[unused]: <./img/f g.svg>\n\n<p><img alt=d src='img/f%20g.svg'/></p>\n",
        )],
    );
    check(
        &[("docs/a.md", source), ("docs/d.svg", ""), ("docs/e.md", "# E\n")],
        &[("docs/a.md", "a.md")],
        &[(
            "docs/a.md",
            "![d](docs/d.svg) [![d](docs/d.svg \"t\")](docs/e.md) [x] ![y][x]\n\n[x]: docs/d.svg\n[unused]: <./docs/d.svg>\n\n<p><img alt=d src='docs/d.svg'/></p>\n",
        )],
    );
}

#[test]
fn a_path_is_written_in_the_authors_way_and_leads_there() {
    for (link, to, expected) in [
        ("[a](b.md)", "C#.md", "[a](C%23.md)"),
        ("[a](b.md#x)", "q?.md", "[a](q%3F.md#x)"),
        ("[a](<b.md>)", "c d>.md", "[a](<c d%3E.md>)"),
        ("[a](./b.md)", "50%.md", "[a](./50%25.md)"),
        ("[a](b)", "v1.2.md", "[a](v1.2)"),
        ("[a](b.html#x)", "c.md", "[a](c.html#x)"),
        ("[a](b.md 'a (b)')", "x\\y.md", "[a](x%5Cy.md 'a (b)')"),
        ("> [a](\n> b.md)", "c.md", "> [a](\n> c.md)"),
        ("[a]:\n  b.md\n\n[a]", "sub/c&amp;.md", "[a]:\n  sub/c%26amp;.md\n\n[a]"),
        ("| [a](b.md) |\n|-|\n| [a](b.md) |", "a|b.md", "| [a](a%7Cb.md) |\n|-|\n| [a](a%7Cb.md) |"),
        ("[a](b.md)", "x:y.md", "[a](x%3Ay.md)"),
        ("[a](../docs/b.md)", "c.md", "[a](../docs/c.md)"),
        ("<a href=b.md>x</a>", "c'd e.md", "<a href=c%27d%20e.md>x</a>"),
    ] {
        let (source, expected) = (format!("# A\n\n{link}\n"), format!("# A\n\n{expected}\n"));
        check(
            &[("docs/a.md", &source), ("docs/b.md", "# B\n\n## X\n")],
            &[("docs/b.md", &format!("docs/{to}"))],
            &[("docs/a.md", &expected)],
        );
    }
}

#[test]
fn what_is_only_like_the_number_of_a_proposal_stays() {
    let kept = "https://x.org/VIP-7 www.x.org/VIP-7 feat/VIP-7-cache a@VIP-7.org docs/VIP-7.md VIP-7.5 VIP-7,000 `VIP-7` x_VIP-7";
    let source = format!("# VIP-8: B\n\n{kept} VIP-7, (VIP-7). VIP-7/VIP-8 VIP-7-like, *VIP-7*: _VIP-7_ \"VIP-7\"\n");
    let expected = format!("# VIP-8: B\n\n{kept} VIP-9, (VIP-9). VIP-9/VIP-8 VIP-9-like, *VIP-9*: _VIP-9_ \"VIP-9\"\n");
    check(
        &[("docs/vip-7.md", "# VIP-7: A\n"), ("docs/vip-8.md", &source)],
        &[("docs/vip-7.md", "docs/vip-9.md")],
        &[("docs/vip-7.md", "# VIP-9: A\n"), ("docs/vip-8.md", &expected)],
    );
}

#[test]
fn numbers_in_front_matter_and_labels_follow() {
    let other = "---\nvip: 8\nrequires: VIP-7\nsupersedes: [VIP-7, VIP-8]\n---\n# VIP-8: B\n\n\
                 [VIP-7][x] [VIP-7] [y][VIP-7] [VIP-7][] [VIP-70]\n\n[x]: vip-7.md\n[VIP-7]: vip-7.md\n[VIP-70]: vip-7.md\n";
    let expected = "---\nvip: 8\nrequires: VIP-9\nsupersedes: [VIP-9, VIP-8]\n---\n# VIP-8: B\n\n\
                    [VIP-9][x] [VIP-9] [y][VIP-9] [VIP-9][] [VIP-70]\n\n[x]: vip-9.md\n[VIP-9]: vip-9.md\n[VIP-70]: vip-9.md\n";
    check(
        &[("docs/vip-7.md", "# VIP-7: A\n"), ("docs/vip-8.md", other)],
        &[("docs/vip-7.md", "docs/vip-9.md")],
        &[("docs/vip-7.md", "# VIP-9: A\n"), ("docs/vip-8.md", expected)],
    );
    for label in ["[a][vip-1] [VIP-1]", "![a][VIP-1] [VIP-1]", "![VIP-1] [VIP-1][]"] {
        let source = |number: &str| {
            let shown = label.replace("-1", &format!("-{number}"));
            format!("# VIP-3: C\n\n{shown}\n\n[VIP-{number}]: vip-{number}.md\n")
        };
        check(
            &[("docs/vip-1.md", "# VIP-1: A\n"), ("docs/vip-3.md", &source("1"))],
            &[("docs/vip-1.md", "docs/vip-12.md")],
            &[("docs/vip-1.md", "# VIP-12: A\n"), ("docs/vip-3.md", &source("12"))],
        );
    }
    let taken = "# VIP-8: B\n\n[VIP-7] [VIP-9]\n\n[VIP-7]: vip-7.md\n[VIP-9]: https://example.org\n";
    check(
        &[("docs/vip-7.md", "# VIP-7: A\n"), ("docs/vip-8.md", taken)],
        &[("docs/vip-7.md", "docs/vip-9.md")],
        &[("docs/vip-7.md", "# VIP-9: A\n"), ("docs/vip-8.md", &taken.replace("vip-7.md", "vip-9.md"))],
    );
    let twice =
        "# VIP-8: B\n\n[VIP-7] [b]\n\n[VIP-7]: vip-7.md\n[b]: https://example.org\n[vip-7]: https://example.org\n";
    check(
        &[("docs/vip-7.md", "# VIP-7: A\n"), ("docs/vip-8.md", twice)],
        &[("docs/vip-7.md", "docs/vip-9.md")],
        &[("docs/vip-7.md", "# VIP-9: A\n"), ("docs/vip-8.md", &twice.replace("vip-7.md", "vip-9.md"))],
    );
}

#[test]
fn anchors_of_a_title_follow_its_number() {
    check(
        &[
            ("docs/vip-7.md", "# VIP-7: A\n\n[t](#vip-7-a) [u](vip-7.md#vip-7-a)\n"),
            ("docs/vip-8.md", "# VIP-8: B\n\n## Why VIP-7\n\n[t](vip-7.md#vip-7-a) [w](#why-vip-7)\n"),
        ],
        &[("docs/vip-7.md", "docs/vip-9.md")],
        &[
            ("docs/vip-7.md", "# VIP-9: A\n\n[t](#vip-9-a) [u](vip-9.md#vip-9-a)\n"),
            ("docs/vip-8.md", "# VIP-8: B\n\n## Why VIP-9\n\n[t](vip-9.md#vip-9-a) [w](#why-vip-9)\n"),
        ],
    );
}

#[test]
fn families_without_a_number_in_the_title_have_mentions_by_their_files_names() {
    let template = "---\nxip: <number>\ntitle: <title>\n---\n\n## Summary\n\n## Design\n\n## Notes\n";
    let document = |number: &str, text: &str| {
        format!("---\nxip: {number}\ntitle: A\n---\n\n## Summary\n\n{text}\n\n## Design\n\nB.\n\n## Notes\n\nC.\n")
    };
    let other = |number: &str| document("8", &format!("[XIP-{number}](./xip-{number}.md), XIP-{number} and XIP-8."));
    check(
        &[
            ("xips/xip-template.md", template),
            ("xips/xip-7.md", &document("7", "A.")),
            ("xips/xip-8.md", &other("7")),
            ("xips/xip-6.md", &document("6", "C.")),
        ],
        &[("xips/xip-7.md", "xips/xip-9.md")],
        &[("xips/xip-7.md", &document("9", "A.")), ("xips/xip-8.md", &other("9"))],
    );
}

#[test]
fn the_navigation_of_a_site_follows() {
    let nav = "nav:\n  - VIP-007, first: 'p/vip-7.md' # 7\n  - p/vip-77.md\n  - [p/vip-17.md, p/vip-7.md]\n  - Other: q/a.md\n";
    let files = [("mkdocs.yml", nav), ("docs/p/vip-7.md", "# VIP-7: A\n"), ("docs/p/vip-77.md", "# VIP-77: B\n")];
    let to_nine = nav.replace("p/vip-7.md", "p/vip-9.md");
    check(
        &files,
        &[("docs/p/vip-7.md", "docs/p/vip-9.md")],
        &[("docs/p/vip-7.md", "# VIP-9: A\n"), ("mkdocs.yml", &to_nine.replace("VIP-007", "VIP-009"))],
    );
    check(&files, &[("docs/p", "docs/r/s")], &[("mkdocs.yml", &nav.replace("p/vip-", "r/s/vip-"))]);
    let twice = "nav: ['p/vip-7.md', q/7.md, p/vip-7.md] # p/vip-7.md\n";
    let files = [("mkdocs.yml", twice), ("docs/p/vip-7.md", "# VIP-7: A\n"), ("docs/p/vip-77.md", "# VIP-77: B\n")];
    check(
        &files,
        &[("docs/p/vip-7.md", "docs/p/vip-9.md")],
        &[
            ("docs/p/vip-7.md", "# VIP-9: A\n"),
            ("mkdocs.yml", "nav: ['p/vip-9.md', q/7.md, p/vip-9.md] # p/vip-7.md\n"),
        ],
    );
    let other = "nav:\n  - 7 ways (VIP-7): ./p/vip-7.md\n  - Use HTTP 7: p/vip-7.md # p/vip-7.md\n";
    let files = [("mkdocs.yml", other), ("docs/p/vip-7.md", "# VIP-7: A\n"), ("docs/p/vip-77.md", "# VIP-77: B\n")];
    let to_nine = "nav:\n  - 7 ways (VIP-9): ./p/vip-9.md\n  - Use HTTP 7: p/vip-9.md # p/vip-7.md\n";
    check(
        &files,
        &[("docs/p/vip-7.md", "docs/p/vip-9.md")],
        &[("docs/p/vip-7.md", "# VIP-9: A\n"), ("mkdocs.yml", to_nine)],
    );
    let flow = "nav:\n  - {\"VIP-7: Seven\": p/vip-7.md}\n  - [{VIP-77: p/vip-77.md}, {'7': 'p/vip-7.md'}]\n";
    check(
        &[("mkdocs.yml", flow), files[1], files[2]],
        &[("docs/p/vip-7.md", "docs/p/vip-9.md")],
        &[
            ("docs/p/vip-7.md", "# VIP-9: A\n"),
            (
                "mkdocs.yml",
                "nav:\n  - {\"VIP-9: Seven\": p/vip-9.md}\n  - [{VIP-77: p/vip-77.md}, {'9': 'p/vip-9.md'}]\n",
            ),
        ],
    );
    // A name that YAML would read otherwise is for the author to write.
    check(&files, &[("docs/p/vip-77.md", "docs/p/b: c.md"), ("docs/p/vip-7.md", "docs/p/a's #1.md")], &[]);
    // Where a site has no pages, the entry is for the author to take out.
    check(&files, &[("docs/p/vip-77.md", "old/vip-77.md")], &[]);
}
