//! Where new proposals go, and what they say.

use super::*;
use crate::rules::FileEdits;
use crate::text::apply;
use crate::workspace::documents::Workspace;
use crate::workspace::files::DocumentId;
use crate::workspace::navigation::Day;
use crate::workspace::tests::{Folder, TEMPLATE};

/// The path from the folder's root and the first line of the next proposal.
fn next(files: &[(&str, &str)], title: Option<&str>, folder: Option<&str>) -> Result<(String, String), String> {
    let root = Folder::new(files);
    let workspace = root.workspace();
    workspace.read_all();
    let folder = folder.map(|name| root.path(name));
    let wanted = Wanted { title, folder: folder.as_deref(), ..Wanted::default() };
    let new = workspace.new_proposal(&wanted).map_err(|error| match error {
        NoProposal::Refused(message) => message,
        NoProposal::Unsure(choices) => format!("{} choices", choices.len()),
    })?;
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
    check(&files, Some("Größe: 💡 B"), ("docs/VIP_41.md", "# VIP-41: Größe: 💡 B"));
    check(&files, None, ("docs/VIP_41.md", "# VIP-41: `$T`"));
    assert_eq!(next(&files, None, Some("old")).map(|new| new.0), Ok("old/vip-41.md".to_owned()));
    assert_eq!(next(&files, None, Some("new/deep")).map(|new| new.0), Ok("new/deep/vip-41.md".to_owned()));
}

#[test]
fn a_template_whose_title_says_what_it_is_gives_the_number_of_its_name() {
    let template = "---\ntitle: Xen Improvement Plan\npermalink: /docs/p/XIP_TEMPLATE.md\n---\n\n# Xen Improvement Template\n\n## Summary\n\n## Design\n";
    let sibling = |title: &str| format!("---\ntitle: x\n---\n\n# {title}\n\n## Summary\n\n## Design\n");
    let check = |siblings: &[&str], number: u8| {
        let files =
            siblings.iter().enumerate().map(|(index, title)| (format!("docs/xip-{}.md", index + 1), sibling(title)));
        let files: Vec<_> =
            [("docs/XIP_TEMPLATE.md".to_owned(), template.to_owned())].into_iter().chain(files).collect();
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let root = Folder::new(&files);
        let workspace = root.workspace();
        workspace.read_all();
        let wanted = Wanted { title: Some("Warm caches"), ..Wanted::default() };
        let Ok(new) = workspace.new_proposal(&wanted) else { panic!("there is one for {siblings:?}") };
        let title = format!("XIP-{number}: Warm caches");
        let expected = format!(
            "---\ntitle: \"{title}\"\npermalink: /docs/p/xip-{number}.md\n---\n\n# {title}\n\n## Summary\n\n## Design\n"
        );
        assert_eq!((root.name(&new.path), new.text), (format!("docs/xip-{number}.md"), expected));
    };
    check(&[], 1);
    check(&["XIP-1: A"], 2);
    // One of them still has the template's title.
    check(&["Xen Improvement Template"], 2);
    check(&["Xen Improvement Template", "XIP-2: B"], 3);
}

#[test]
fn numbers_have_as_many_digits_as_the_others_and_titles_stand_where_theirs_do() {
    let template = "# Title\n\n## Summary\n";
    check(&[("rfcs/0000-template.md", template)], Some("A new Cache!"), ("rfcs/0001-a-new-cache.md", "# A new Cache!"));
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
fn a_proposal_whose_folder_has_the_number_gets_a_folder_and_a_row() {
    let document = |number: u8| format!("# XIP-000{number}: A\n\n## Abstract\n\n## Motivation\n\n## Design\n");
    let (one, two) = (document(1), document(2));
    let files = [
        (".github/XIP-TEMPLATE.md", "# XIP-NNNN: Title\n\n## Abstract\n\n## Motivation\n\n## Design\n"),
        ("XIP-0001/README.md", one.as_str()),
        ("XIP-0002/README.md", two.as_str()),
        ("README.md", "# All\n\n- [XIP-0001](XIP-0001/README.md)\n- [XIP-0002](XIP-0002/)\n"),
    ];
    check(&files, Some("Warm caches"), ("XIP-0003/README.md", "# XIP-0003: Warm caches"));
    let root = Folder::new(&files);
    let workspace = root.workspace();
    workspace.read_all();
    let wanted = Wanted { title: Some("Warm caches"), ..Wanted::default() };
    let new = workspace.new_proposal(&wanted).expect("a proposal");
    let page = new.rows.first().expect("a row");
    let said = crate::text::apply(&page.text, &page.edits).to_string();
    assert!(said.ends_with("- [XIP-0002](XIP-0002/)\n- [XIP-0003](XIP-0003/)\n"), "{said}");
}

#[test]
fn the_number_of_a_folder_is_not_that_of_its_documents() {
    let document = "# A\n\n## Summary\n\n## Motivation\n\n## Design\n";
    let files = [
        ("docs/70_ADR/template.md", "# Title\n\n## Summary\n\n## Motivation\n\n## Design\n"),
        ("docs/70_ADR/README.md", "# All\n"),
        ("docs/70_ADR/001_a.md", document),
        ("docs/70_ADR/002_b.md", document),
    ];
    check(&files, Some("Warm caches"), ("docs/70_ADR/003_warm_caches.md", "# Warm caches"));
}

#[test]
fn nothing_is_made_in_a_templates_folder_or_in_anothers_form() {
    let document = "# A\n\n## Summary\n\n## Motivation\n\n## Design\n";
    let files = [
        ("keps/NNNN-kep-template/README.md", "# KEP-NNNN: Title\n\n## Summary\n\n## Motivation\n\n## Design\n"),
        ("keps/sig-a/12-x/README.md", document),
        ("keps/sig-b/4241-y/README.md", document),
    ];
    assert_eq!(next(&files, Some("B"), None), Err("2 choices".to_owned()));
    let made = next(&files, Some("Warm caches"), Some("keps/sig-a"));
    let expected = ("keps/sig-a/4242-warm-caches/README.md".to_owned(), "# KEP-4242: Warm caches".to_owned());
    assert_eq!(made, Ok(expected));
    for folder in ["keps/NNNN-kep-template", "keps/NNNN-kep-template/more"] {
        let refused = next(&files, Some("B"), Some(folder)).expect_err("refused");
        assert!(refused.ends_with("has a template; name a folder for proposals"), "{refused}");
    }
}

#[test]
fn nothing_is_made_outside_the_workspace_or_without_a_name() {
    for outside in ["..", "../elsewhere", "notes.md"] {
        let refused = next(&[("notes.md", "# Notes\n")], None, Some(outside)).expect_err("refused");
        assert!(refused.ends_with("is not a folder of the workspace; name one that is"), "{refused}");
    }
    let refused = next(&[("template.md", "# {title}\n\n## A\n")], None, None).expect_err("refused");
    assert!(refused.starts_with("neither the template's file name"), "{refused}");
    let refused = Workspace::default().new_proposal(&Wanted::default()).expect_err("refused");
    assert_eq!(refused, NoProposal::from("there is no folder to put a proposal in; open one"));
}

/// What the index pages among `files` say with a row for the next proposal in `docs`.
fn pages(files: &[(&str, &str)], title: Option<&str>) -> Vec<(String, String)> {
    let root = Folder::new(files);
    let workspace = root.workspace();
    workspace.read_all();
    let wanted = Wanted { title, folder: Some(&root.path("docs")), ..Wanted::default() };
    let new = workspace.new_proposal(&wanted).expect("a proposal");
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
    let expected = format!("{list}\n- [VIP-10: A | 💡](docs/vip-10.md)");
    assert_eq!(pages(&files, Some("A | 💡")), [("README.md".to_owned(), expected)]);
    // The only one is meant to, however little it lists.
    let row = "| [VIP-10](vip-10.md) | A \\| 💡 |       |";
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
    let expected = format!("- [VIP-8: A](vip-8.md)\n{index}");
    assert_eq!(pages(&files, Some("A")), [("docs/index.md".to_owned(), expected)]);
}

#[test]
fn prose_and_records_and_lists_for_others_get_no_row() {
    let status = |status: &str| format!("# VIP-1: A\n\n- **Status**: {status}\n");
    let (done, old, under) = (status("Accepted"), status("Rejected"), status("Under Discussion"));
    let by_status = "## Discussed\n\n- [VIP-4](vip-4.md)\n\n## Done\n\n- [VIP-1](vip-1.md)\n- [VIP-2](vip-2.md)\n- [VIP-3](vip-3.md)\n";
    let listed = "- [VIP-1](vip-1.md)\n- [VIP-2](vip-2.md)\n- [VIP-3](vip-3.md)\n";
    let mut files = vec![
        ("docs/vip-1.md", done.as_str()),
        ("docs/vip-2.md", &done),
        ("docs/vip-3.md", &old),
        ("docs/meeting.md", listed),
        ("docs/2026-01-02.md", listed),
        ("docs/how.md", "- about [VIP-1](vip-1.md)\n- about [VIP-2](vip-2.md)\n- as [VIP-3](vip-3.md) says\n"),
        ("README.md", "1. Read [one](docs/vip-1.md)\n2. Then run make\n"),
    ];
    assert_eq!(pages(&files, Some("A")), []);
    files.push(("docs/index.md", "## Done\n\n- [VIP-1](vip-1.md)\n\n## Gone\n\n- [VIP-3](vip-3.md)\n"));
    assert_eq!(pages(&files, Some("A")), [], "of no list is said that it is for new ones");
    files[7] = ("docs/index.md", by_status);
    files.push(("docs/vip-4.md", &under));
    let template = "# VIP-`$NUMBER`: `$TITLE`\n\n- **Status**: Under Discussion\n\n## A\n";
    files.push(("docs/vip-template.md", template));
    let expected = by_status.replacen("(vip-4.md)\n", "(vip-4.md)\n- [VIP-5](vip-5.md): A\n", 1);
    let expected = expected.replace(": A", "");
    assert_eq!(pages(&files, Some("A")), [("docs/index.md".to_owned(), expected)]);
}

#[test]
fn of_the_lists_of_two_families_each_gets_its_own() {
    let index = "- [XIP-1](xip-1.md)\n- [XIP-2](xip-2.md)\n\nAnd:\n\n1. [VIP-1](vip-1.md)\n2. [VIP-2](vip-2.md)\n";
    let xip = "# XIP-NNN: Title\n\n## Goals\n\n## Plan\n\n## Cost\n";
    let other = "# XIP-1: A\n\n## Goals\n\n## Plan\n\n## Cost\n";
    let files = [
        ("docs/xip-template.md", xip),
        ("docs/xip-1.md", other),
        ("docs/xip-2.md", other),
        ("docs/vip-template.md", TEMPLATE),
        ("docs/vip-1.md", "# VIP-1: A\n"),
        ("docs/vip-2.md", "# VIP-2: B\n"),
        ("docs/index.md", index),
    ];
    let root = Folder::new(&files);
    let workspace = root.workspace();
    workspace.read_all();
    for (family, row) in [("VIP", "3. [VIP-3](vip-3.md)\n"), ("XIP", "- [XIP-3](xip-3.md)\n")] {
        let wanted = Wanted { title: Some("A"), family: Some(family), ..Wanted::default() };
        let new = workspace.new_proposal(&wanted).expect("a proposal");
        let page = new.rows.first().expect("a row");
        let said = crate::text::apply(&page.text, &page.edits).to_string();
        assert!(said.contains(row), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_made_behind_a_link_that_leads_outside() {
    let folder = Folder::new(&[("outside/x.md", "x"), ("in/x.md", "x")]);
    std::os::unix::fs::symlink(folder.path("outside"), folder.path("in/link")).expect("a link");
    std::os::unix::fs::symlink(folder.path("nothing"), folder.path("in/dangling")).expect("a link");
    let workspace = folder.workspace();
    workspace.set_roots(vec![folder.path("in")]);
    let in_folder = |name: &str| {
        let folder = folder.path(name);
        workspace.new_proposal(&Wanted { folder: Some(&folder), ..Wanted::default() })
    };
    assert!(in_folder("in/link").is_err());
    assert!(in_folder("in/link/new").is_err());
    assert!(in_folder("in/dangling/new").is_err());
    assert!(in_folder("in/new").is_ok());
}

#[test]
fn a_proposal_that_is_only_in_the_editor_counts() {
    let folder = Folder::new(&[("vip-template.md", TEMPLATE)]);
    let workspace = folder.workspace();
    let document = crate::document::Document::open("# VIP-3: A\n");
    workspace.put(DocumentId::file(&folder.path("vip-3.md")), std::sync::Arc::new(document));
    assert_eq!(workspace.new_proposal(&Wanted::default()).map(|new| new.number).ok(), Some(Some(4)));
}

#[test]
fn what_is_known_from_the_start_is_filled_in() {
    let check = |template: &str, expected: &str| {
        let root = Folder::new(&[("docs/0000-template.md", template)]);
        let workspace = root.workspace();
        workspace.read_all();
        let wanted = Wanted { title: Some("B"), author: Some("A. Author"), ..Wanted::default() };
        assert_eq!(workspace.new_proposal(&wanted).expect("a proposal").text, expected, "{template}");
    };
    check("# Title\n\n- Status: {Draft | Final}\n- Author: [name]\n", "# B\n\n- Status: Draft\n- Author: A. Author\n");
    // The template's own day is not the proposal's; that of its last review is not known.
    let Day { year, month, day } = Day::today();
    let dated = |day: &str| format!("# Title\n\n- Status: {{Draft | Final}}\n- Date: {day}\n- Reviewed: 2024-05-06\n");
    let today = format!("{year:04}-{month:02}-{day:02}");
    check(&dated("2024-05-06"), &dated(&today).replace("{Draft | Final}", "Draft").replace("Title", "B"));
    // Also where nothing else of the template is to be filled in, and in the template's own format.
    let only = |day: &str| format!("# Title\n\n- Status: Draft\n- Created: {day}\n");
    check(&only("2024-05-06"), &only(&today).replace("Title", "B"));
    check(&only("06.05.2024"), &only(&format!("{day:02}.{month:02}.{year:04}")).replace("Title", "B"));
    check(&only("**2024-05-06**"), &only(&format!("**{today}**")).replace("Title", "B"));
    // It is not known which figure is the month.
    check(&only("06/05/2024"), &only("06/05/2024").replace("Title", "B"));
    // Statuses with commas between them are a list; other words are not.
    check("# Title\n\n- Status: Proposed, Accepted\n", "# B\n\n- Status: Proposed\n");
    check("---\nstatus: Draft, Accepted\n---\n\n# Title\n", "---\nstatus: Draft\n---\n\n# B\n");
    check("# Title\n\n- Status: Proposed, for now\n", "# B\n\n- Status: Proposed, for now\n");
    // A proposal does not start with a decision.
    check("# Title\n\n- Status: {Accepted | Proposed}\n", "# B\n\n- Status: Proposed\n");
    check("# Title\n\n- Status: {Accepted | Rejected}\n", "# B\n\n- Status: {Accepted | Rejected}\n");
    check("# Title\n\n- Status: Draft\n- Authors: TBD\n", "# B\n\n- Status: Draft\n- Authors: A. Author\n");
    check("# Title\n\n- Author(s): <name>\n", "# B\n\n- Author(s): A. Author\n");
    // Somebody else may well be an author of all.
    check("# Title\n\n- Status: Draft\n- Authors: B. Author\n", "# B\n\n- Status: Draft\n- Authors: B. Author\n");
    // More than a name is asked for.
    let handles = "# Title\n\n- Status: Draft\n- Author: <name (@handle)>\n";
    check(handles, &handles.replace("Title", "B"));
}

#[test]
fn the_navigation_of_a_site_gets_an_entry() {
    let check = |nav: &str, expected: &str| {
        let record =
            |number: u8| format!("# ADR-000{number}: A\n\n- Status: accepted\n\n## Context\n\nx\n\n## Decision\n\nx\n");
        let (one, two) = (record(1), record(2));
        let files = [
            (
                "docs/adr/0000-template.md",
                "# ADR-NNNN: Title\n\n- Status: {proposed | accepted}\n\n## Context\n\n## Decision\n",
            ),
            ("docs/adr/0001-a.md", &one),
            ("docs/adr/0002-b.md", &two),
            ("mkdocs.yml", nav),
        ];
        let root = Folder::new(&files);
        let workspace = root.workspace();
        workspace.read_all();
        let new =
            workspace.new_proposal(&Wanted { title: Some("Warm caches"), ..Wanted::default() }).expect("a proposal");
        let written: Vec<String> = new.rows.iter().map(|row| apply(&row.text, &row.edits).to_string()).collect();
        assert_eq!(written, [expected]);
    };
    check(
        "nav:\n  - Home: index.md\n  - Records:\n    - One: adr/0001-a.md\n    - 'Two': \"adr/0002-b.md\"\n  - Other: x.md\n",
        "nav:\n  - Home: index.md\n  - Records:\n    - One: adr/0001-a.md\n    - 'Two': \"adr/0002-b.md\"\n    - 'Warm caches': \"adr/0003-warm-caches.md\"\n  - Other: x.md\n",
    );
    check(
        "nav:\r\n- 0002 - A2: adr/0002-b.md\r\n- 0001 - A1: adr/0001-a.md\r\n",
        "nav:\r\n- \"0003 - Warm caches\": adr/0003-warm-caches.md\r\n- 0002 - A2: adr/0002-b.md\r\n- 0001 - A1: adr/0001-a.md\r\n",
    );
    check(
        "nav:\n- adr/0001-a.md\n- adr/0002-b.md",
        "nav:\n- adr/0001-a.md\n- adr/0002-b.md\n- adr/0003-warm-caches.md",
    );
}
