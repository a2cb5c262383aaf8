//! Index pages kept from the proposals: `vip-lsp index`.

use std::path::Path;

use super::{folder, read, run, said};

const TEMPLATE: &str = "\
# XIP-`$N`: `$T`

- Status: {Draft | Accepted | Final}
- Created: {YYYY-MM-DD}

## Summary

## Details
";

fn xip(number: u32, title: &str, status: &str, day: &str) -> String {
    format!(
        "# XIP-{number}: {title}\n\n- Status: {status}\n- Created: {day}\n\n## Summary\n\nSome words.\n\n## Details\n\nMore words.\n"
    )
}

/// A family of five proposals, and `pages`.
fn family(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let proposals = [
        (1, "Warm caches", "Final"),
        (2, "Cold caches", "Accepted"),
        (3, "Pipes | and bars", "Draft"),
        (4, "Use `map` *once*", "Draft"),
        (5, "Last of all", "Draft"),
    ];
    let mut files = vec![("docs/xip-template.md".to_owned(), TEMPLATE.to_owned())];
    files.extend(proposals.map(|(number, title, status)| {
        (format!("docs/xip-{number}.md"), xip(number, title, status, &format!("2026-01-0{number}")))
    }));
    files.extend(pages.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    folder(&files)
}

/// Checks that the page `before` says `expected` with --check, becomes `after` with --write, and is then left as it is.
#[track_caller]
fn check(before: &str, after: &str, expected: &[&str]) {
    let folder = family(&[("docs/index.md", before)]);
    let folder = folder.path();
    let (output, error, code) = said(&run(folder, &["index", "--check"]));
    let lines: Vec<String> = expected.iter().map(|line| format!("docs/index.md:{line}\n")).collect();
    assert_eq!(output, lines.concat(), "{error}");
    assert_eq!(code, Some(i32::from(!expected.is_empty())));
    assert_eq!(read(folder, "docs/index.md"), before, "a check writes nothing");
    let (output, error, code) = said(&run(folder, &["index", "--write", "docs"]));
    assert_eq!((output.as_str(), code), ("", Some(0)), "{error}");
    assert_eq!(read(folder, "docs/index.md"), after);
    is_clean(folder);
    for number in 1..=5 {
        assert!(read(folder, &format!("docs/xip-{number}.md")).starts_with(&format!("# XIP-{number}: ")));
    }
}

#[track_caller]
fn is_clean(folder: &Path) {
    let (output, error, code) = said(&run(folder, &["index", "--check"]));
    assert_eq!((output.as_str(), code), ("", Some(0)), "{error}");
    let (output, error, code) = said(&run(folder, &["index"]));
    assert_eq!((output.as_str(), code), ("", Some(0)), "{error}");
}

#[test]
fn a_table_says_what_the_proposals_say() {
    let before = "\
# Proposals

Some words.

| XIP | Title | Status | Created | Note |
| --- | --- | --- | --- | --- |
| [XIP-1](xip-1.md) | Warm caches | Draft | 2026-01-01 | *read* this |
| [XIP-2](xip-2.md) | Old caches | Accepted | 2026-01-02 | |
| [XIP-4](xip-4.md) | Use `map` *once* | Draft | 2026-01-04 | see [notes](notes.md) |
| [XIP-9](xip-9.md) | Gone | Draft | 2026-01-09 | |

The end.
";
    let after = "\
# Proposals

Some words.

| XIP | Title | Status | Created | Note |
| --- | --- | --- | --- | --- |
| [XIP-1](xip-1.md) | Warm caches | Final | 2026-01-01 | *read* this |
| [XIP-2](xip-2.md) | Cold caches | Accepted | 2026-01-02 | |
| [XIP-3](xip-3.md) | Pipes \\| and bars | Draft | 2026-01-03 | |
| [XIP-4](xip-4.md) | Use `map` *once* | Draft | 2026-01-04 | see [notes](notes.md) |
| [XIP-5](xip-5.md) | Last of all | Draft | 2026-01-05 |  |

The end.
";
    check(
        before,
        after,
        &[
            "7: \"xip-1.md\" has the status \"Final\", not \"Draft\"",
            "8: \"xip-2.md\" is called \"Cold caches\", not \"Old caches\"",
            "8: \"xip-3.md\" is not listed here",
            "9: \"xip-5.md\" is not listed here",
            "10: row points to \"xip-9.md\", which does not exist",
        ],
    );
}

#[test]
fn a_list_has_a_row_for_each_proposal() {
    check(
        "# All\n\n* [XIP-1: Warm caches](xip-1.md) – by A. Author\n  and more on it\n* [XIP-2: Old caches](xip-2.md)\n* [XIP-5: Last of all](xip-5.md)\n",
        "# All\n\n* [XIP-1: Warm caches](xip-1.md) – by A. Author\n  and more on it\n* [XIP-2: Cold caches](xip-2.md)\n* [XIP-3: Pipes | and bars](xip-3.md)\n* [XIP-4: Use `map` *once*](xip-4.md)\n* [XIP-5: Last of all](xip-5.md)\n",
        &[
            "5: \"xip-2.md\" is called \"Cold caches\", not \"Old caches\"",
            "5: \"xip-3.md\" is not listed here",
            "5: \"xip-4.md\" is not listed here",
        ],
    );
}

#[test]
fn a_row_never_comes_between_an_item_and_its_lines() {
    check(
        "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n\n- [XIP-2: Cold caches](xip-2.md)\n\n  A remark.\n\n- [XIP-5: Last of all](xip-5.md)\n\nThe end.",
        "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n\n- [XIP-2: Cold caches](xip-2.md)\n\n  A remark.\n\n- [XIP-3: Pipes | and bars](xip-3.md)\n\n- [XIP-4: Use `map` *once*](xip-4.md)\n\n- [XIP-5: Last of all](xip-5.md)\n\nThe end.",
        &["5: \"xip-3.md\" is not listed here", "5: \"xip-4.md\" is not listed here"],
    );
}

#[test]
fn the_newest_stay_first_on_a_page_that_starts_with_them() {
    check(
        "| XIP | Title |\r\n| --- | --- |\r\n| [4](xip-4.md) | Use `map` *once* |\r\n| [2](xip-2.md) | Cold caches |\r\n| [1](xip-1.md) | Warm caches |\r\n",
        "| XIP | Title |\r\n| --- | --- |\r\n| [5](xip-5.md) | Last of all |\r\n| [4](xip-4.md) | Use `map` *once* |\r\n| [3](xip-3.md) | Pipes \\| and bars |\r\n| [2](xip-2.md) | Cold caches |\r\n| [1](xip-1.md) | Warm caches |\r\n",
        &["5: \"xip-3.md\" is not listed here", "5: \"xip-5.md\" is not listed here"],
    );
}

#[test]
fn rows_are_in_the_group_of_their_status() {
    check(
        "# All\n\n## Final\n\n- [XIP-1: Warm caches](xip-1.md)\n\n## Accepted\n\n- [XIP-2: Cold caches](xip-2.md)\n- [XIP-4: Use `map` *once*](xip-4.md), a remark\n\n## Draft\n\n- [XIP-5: Last of all](xip-5.md)\n",
        "# All\n\n## Final\n\n- [XIP-1: Warm caches](xip-1.md)\n\n## Accepted\n\n- [XIP-2: Cold caches](xip-2.md)\n\n## Draft\n\n- [XIP-3: Pipes | and bars](xip-3.md)\n- [XIP-4: Use `map` *once*](xip-4.md), a remark\n- [XIP-5: Last of all](xip-5.md)\n",
        &[
            "9: \"xip-3.md\" is not listed here",
            "10: \"xip-4.md\" has the status \"Draft\", but is listed under \"Accepted\"",
        ],
    );
}

#[test]
fn an_aligned_table_stays_aligned() {
    check(
        "# All\n\n| XIP              | Title            | Status   |\n|------------------|------------------|----------|\n| [1](./xip-1.md)  | Warm caches      | Accepted |\n| [2](./xip-2.md)  | Cold caches      | Accepted |\n| [4](./xip-4.md)  | Use `map` *once* | Draft    |\n| [5](./xip-5.md)  | Last of all      | Draft    |\n",
        "# All\n\n| XIP              | Title            | Status   |\n|------------------|------------------|----------|\n| [1](./xip-1.md)  | Warm caches      | Final    |\n| [2](./xip-2.md)  | Cold caches      | Accepted |\n| [3](./xip-3.md)  | Pipes \\| and bars | Draft    |\n| [4](./xip-4.md)  | Use `map` *once* | Draft    |\n| [5](./xip-5.md)  | Last of all      | Draft    |\n",
        &["5: \"xip-1.md\" has the status \"Final\", not \"Accepted\"", "6: \"./xip-3.md\" is not listed here"],
    );
}

#[test]
fn columns_that_agree_mostly_are_kept_and_others_are_not() {
    let rows = |second: &str, days: [&str; 5]| {
        let rows = ["Warm caches", "Cold caches", "Pipes \\| and bars", "Use `map` *once*", "Last of all"];
        let row = |(at, title): (usize, &str)| {
            let number = at + 1;
            let seen = if at == 1 { second } else { days[at] };
            format!("| {number} | [{title}](xip-{number}.md) | {seen} | {} |\n", days[4 - at])
        };
        let rows: String = rows.into_iter().enumerate().map(row).collect();
        format!("# All\n\n| # | Title | Created | Seen |\n| - | - | - | - |\n{rows}")
    };
    let days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"];
    let expected = ["6: \"Created\" of \"xip-2.md\" is \"2026-01-02\", not \"2025-12-31\""];
    check(&rows("2025-12-31", days), &rows("2026-01-02", days), &expected);
    check(&rows("", days), &rows("2026-01-02", days), &["6: \"Created\" of \"xip-2.md\" is \"2026-01-02\", not empty"]);
    // This column says something else.
    let others = rows("2026-03-01", ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-01-05"]);
    check(&others, &others, &[]);
}

#[test]
fn a_number_by_chance_or_that_counts_is_left() {
    let page = "| Rank | XIP | Title | Votes |\n| - | - | - | - |\n| 1 | [XIP-1](xip-1.md) | Warm caches | |\n| 2 | [XIP-2](xip-2.md) | Cold caches | 2 |\n| 3 | [XIP-4](xip-4.md) | Use `map` *once* | |\n| 4 | [XIP-5](xip-5.md) | Last of all | 5 |\n| 5 | [XIP-3](xip-3.md) | Pipes \\| and bars | |\n";
    check(page, page, &[]);
}

#[test]
fn a_row_follows_its_proposal_to_another_name() {
    check(
        "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n- [XIP-2: Old caches](xip-02-old.md)\n- [XIP-3: Pipes | and bars](xip-3.md)\n- [XIP-4: Use `map` *once*](xip-4.md)\n- [XIP-5: Last of all](other.md)\n",
        "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n- [XIP-2: Cold caches](xip-2.md)\n- [XIP-3: Pipes | and bars](xip-3.md)\n- [XIP-4: Use `map` *once*](xip-4.md)\n- [XIP-5: Last of all](xip-5.md)\n",
        &["4: row points elsewhere than to \"xip-2.md\"", "7: row points elsewhere than to \"xip-5.md\""],
    );
}

#[test]
fn what_cannot_be_written_is_said_and_left() {
    // No list is clearly for another draft, and one item has more lines.
    let page = "\
# All

## By A. Author

- [XIP-1: Warm caches](xip-1.md)
- [XIP-3: Pipes | and bars](xip-3.md)

## By B. Author

- [XIP-2: Cold caches](xip-2.md)
- [XIP-8: Gone](xip-8.md)
  but not forgotten
- [XIP-4: Use `map` *once*](xip-4.md)
";
    let folder = family(&[("docs/index.md", page)]);
    let (output, error, code) = said(&run(folder.path(), &["index", "--write"]));
    assert_eq!((output.as_str(), code), ("", Some(1)));
    let expected = "\
docs/index.md:11: row points to \"xip-8.md\", which does not exist; change it by hand
docs/index.md:13: \"xip-5.md\" is not listed here; change it by hand
";
    assert_eq!(error, expected);
    assert_eq!(read(folder.path(), "docs/index.md"), page);
}

#[test]
fn without_a_flag_the_change_is_a_diff() {
    let page = "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n- [XIP-2: Cold caches](xip-2.md)\n- [XIP-3: Old](xip-3.md)\n- [XIP-4: Use `map` *once*](xip-4.md)\n- [XIP-5: Last of all](xip-5.md)\n";
    let folder = family(&[("docs/index.md", page)]);
    let (output, _, code) = said(&run(folder.path(), &["index"]));
    let expected = "\
--- a/docs/index.md
+++ b/docs/index.md
@@ -2,6 +2,6 @@
 
 - [XIP-1: Warm caches](xip-1.md)
 - [XIP-2: Cold caches](xip-2.md)
-- [XIP-3: Old](xip-3.md)
+- [XIP-3: Pipes | and bars](xip-3.md)
 - [XIP-4: Use `map` *once*](xip-4.md)
 - [XIP-5: Last of all](xip-5.md)
";
    assert_eq!((output.as_str(), code), (expected, Some(1)));
    assert_eq!(read(folder.path(), "docs/index.md"), page);
}

#[test]
fn pages_of_prose_are_no_index_pages() {
    let notes =
        "# Release 2\n\n- What is new: [XIP-1](xip-1.md), and more\n- Read [XIP-2](xip-2.md), [XIP-3](xip-3.md)\n";
    let minutes = "# Meeting\n\n- [XIP-1: Old](../docs/xip-1.md): accepted\n- [XIP-2: Old](../docs/xip-2.md): open\n- [XIP-3: Old](../docs/xip-3.md): open\n";
    let folder = family(&[
        ("docs/guide.md", notes),
        ("minutes/2026-02-03.md", minutes),
        ("CHANGELOG.md", &minutes.replace("../", "")),
    ]);
    for arguments in [["index", "--check"], ["index", "--write"]] {
        let (output, error, code) = said(&run(folder.path(), &arguments));
        assert_eq!((output.as_str(), code), ("", Some(2)), "{error}");
        assert_eq!(error, "vip-lsp: no index page in .; --write with the path of a new page makes one\n");
    }
    assert_eq!(read(folder.path(), "docs/guide.md"), notes);
    assert_eq!(read(folder.path(), "minutes/2026-02-03.md"), minutes);
}

#[test]
fn a_new_page_lists_the_whole_family() {
    let folder = family(&[]);
    let folder = folder.path();
    let page = "\
# XIP

| Number | Title | Status | Created |
| --- | --- | --- | --- |
| [XIP-1](docs/xip-1.md) | Warm caches | Final | 2026-01-01 |
| [XIP-2](docs/xip-2.md) | Cold caches | Accepted | 2026-01-02 |
| [XIP-3](docs/xip-3.md) | Pipes \\| and bars | Draft | 2026-01-03 |
| [XIP-4](docs/xip-4.md) | Use `map` *once* | Draft | 2026-01-04 |
| [XIP-5](docs/xip-5.md) | Last of all | Draft | 2026-01-05 |
";
    let (output, error, code) = said(&run(folder, &["index", "README.md"]));
    assert!(output.starts_with("--- a/README.md\n+++ b/README.md\n@@ -0,0 +1,9 @@\n+# XIP\n"), "{output}{error}");
    assert_eq!(code, Some(1));
    assert!(!folder.join("README.md").exists());
    let (output, error, code) = said(&run(folder, &["index", "--write", "README.md"]));
    assert_eq!((output.as_str(), error.as_str(), code), ("", "README.md: made\n", Some(0)));
    assert_eq!(read(folder, "README.md"), page);
    is_clean(folder);
    assert_eq!(said(&run(folder, &["index", "--write", "README.md"])).2, Some(0));
    assert_eq!(read(folder, "README.md"), page);
}

#[test]
fn bad_usage_has_a_code_of_its_own() {
    let page = "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n";
    let folder = family(&[("notes.md", "# Notes\n"), ("docs/index.md", page)]);
    let check = |arguments: &[&str], expected: &str| {
        let (output, error, code) = said(&run(folder.path(), &[&["index"], arguments].concat()));
        assert_eq!((output.as_str(), code), ("", Some(2)), "{error}");
        assert!(error.contains(expected), "{error}");
    };
    check(&["--check", "none.md"], "none.md: no such file or folder; --write makes a new page");
    check(&["--write", "none.txt"], "none.txt: not a name of a Markdown file");
    check(&["--write", "none/index.md"], "none/index.md: there is no such folder");
    check(&["--check", "notes.md"], "notes.md: does not list proposals in a table or list");
    check(&["--check", "--family", "RFC"], "there is no family \"RFC\" here; the families are \"XIP\"");
    check(&["--check", "--write"], "cannot be used with");
    check(&["--check", "docs/xip-1.md"], "no index page in docs/xip-1.md");
}

#[test]
fn a_family_has_its_own_pages() {
    let rfc = |number: u32| xip(number, "Rows", "Draft", "2026-01-01").replace("XIP", "RFC");
    let list = |word: &str| format!("# All\n\n- [{word}-1: Rows]({}-1.md)\n", word.to_lowercase());
    let (first, second) = (rfc(1), rfc(2));
    let folder = family(&[
        ("rfcs/rfc-template.md", &TEMPLATE.replace("XIP", "RFC")),
        ("rfcs/rfc-1.md", &first),
        ("rfcs/rfc-2.md", &second),
        ("rfcs/index.md", &list("RFC")),
        (
            "docs/index.md",
            "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n- [XIP-2: Old](xip-2.md)\n- [XIP-3: Old](xip-3.md)\n",
        ),
    ]);
    let (output, error, code) = said(&run(folder.path(), &["index", "--check", "--family", "rfc"]));
    assert_eq!(output, "rfcs/index.md:3: \"rfc-2.md\" is not listed here\n", "{error}");
    assert_eq!(code, Some(1));
    let (_, error, code) = said(&run(folder.path(), &["index", "--write", "new.md"]));
    assert_eq!(code, Some(2));
    assert!(error.contains("several families; choose one with --family: \"RFC\", \"XIP\""), "{error}");
    let (_, error, code) = said(&run(folder.path(), &["index", "--write", "--family", "RFC", "new.md"]));
    assert_eq!((error.as_str(), code), ("new.md: made\n", Some(0)));
    assert!(read(folder.path(), "new.md").ends_with("| [RFC-2](rfcs/rfc-2.md) | Rows | Draft | 2026-01-01 |\n"));
}

#[test]
fn rows_have_the_links_of_the_others() {
    let page = |rows: &str| format!("# All\n\n| XIP | Title |\n| --- | --- |\n{rows}");
    let link = |number: u32, title: &str| {
        format!("| [{number:04}](https://github.com/o/n/blob/main/docs/xip-{number}.md) | {title} |\n")
    };
    let titles = ["Warm caches", "Cold caches", "Pipes \\| and bars", "Use `map` *once*", "Last of all"];
    let rows: Vec<String> = (1..).zip(titles).map(|(number, title)| link(number, title)).collect();
    let folder = family(&[("README.md", &page(&(rows[0].clone() + &rows[1] + &rows[4])))]);
    let (_, error, code) = said(&run(folder.path(), &["index", "--write"]));
    assert_eq!((error.as_str(), code), ("README.md: changed\n", Some(0)));
    assert_eq!(read(folder.path(), "README.md"), page(&rows.concat()));
    is_clean(folder.path());
}

#[cfg(unix)]
#[test]
fn links_and_what_is_outside_are_not_written() {
    let page = "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n- [XIP-2: Old](xip-2.md)\n- [XIP-3: Old](xip-3.md)\n";
    let outside = super::folder(&[("index.md", page)]);
    let folder = family(&[]);
    let link = folder.path().join("docs/index.md");
    std::os::unix::fs::symlink(outside.path().join("index.md"), &link).expect("a link");
    for arguments in [&["index", "--write"][..], &["index", "--write", "docs"], &["index", "--write", "docs/index.md"]]
    {
        let (output, error, code) = said(&run(folder.path(), arguments));
        assert_eq!((output.as_str(), code), ("", Some(2)), "{error}");
    }
    let (_, error, code) = said(&run(&folder.path().join("docs"), &["index", "--write", "index.md"]));
    assert!(code == Some(2) && error.contains("index.md: a link"), "{error}");
    assert!(link.is_symlink());
    assert_eq!(read(outside.path(), "index.md"), page);
    // A page elsewhere does not list the proposals here by its own paths.
    let path = outside.path().join("index.md");
    let (_, error, code) = said(&run(folder.path(), &["index", "--write", path.to_str().expect("a name")]));
    assert_eq!(code, Some(2), "{error}");
    assert_eq!(read(outside.path(), "index.md"), page);
    // A new page is not made behind a link either.
    std::os::unix::fs::symlink(outside.path(), folder.path().join("away")).expect("a link");
    let (_, error, code) = said(&run(folder.path(), &["index", "--write", "away/new.md"]));
    assert_eq!(code, Some(2), "{error}");
    assert!(!outside.path().join("new.md").exists());
}

#[test]
fn a_page_that_is_read_only_is_left() {
    let page = "# All\n\n- [XIP-1: Warm caches](xip-1.md)\n- [XIP-2: Old](xip-2.md)\n- [XIP-3: Old](xip-3.md)\n";
    let folder = family(&[("docs/index.md", page)]);
    let path = folder.path().join("docs/index.md");
    let mut permissions = std::fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("a file");
    let (_, error, code) = said(&run(folder.path(), &["index", "--write"]));
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("docs/index.md: "), "{error}");
    assert_eq!(read(folder.path(), "docs/index.md"), page);
}

/// Returns a family of `count` proposals, whose page lists those up to `listed`, with a wrong status each.
fn large(count: u32, listed: u32) -> tempfile::TempDir {
    let mut files = vec![("docs/xip-template.md".to_owned(), TEMPLATE.to_owned())];
    files.extend((1..=count).map(|number| {
        (format!("docs/xip-{number}.md"), xip(number, &format!("Caches of kind {number}"), "Final", "2026-01-02"))
    }));
    let row =
        |number: u32| format!("| [XIP-{number}](xip-{number}.md) | Caches of kind {number} | Draft | 2026-01-02 |\n");
    let rows: String = (1..=listed).map(row).collect();
    files.push((
        "docs/index.md".to_owned(),
        format!("# All\n\n| XIP | Title | Status | Created |\n| - | - | - | - |\n{rows}"),
    ));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    super::folder(&files)
}

#[test]
fn a_page_of_two_thousand_rows_is_kept_in_time() {
    let time = |count: u32| {
        let folder = large(count, count / 2);
        let start = std::time::Instant::now();
        let (_, error, code) = said(&run(folder.path(), &["index", "--write"]));
        let taken = start.elapsed();
        assert_eq!((error.as_str(), code), ("docs/index.md: changed\n", Some(0)));
        let page = read(folder.path(), "docs/index.md");
        let rows: Vec<&str> = page.lines().skip(4).collect();
        assert_eq!(rows.len(), usize::try_from(count).expect("a size"));
        let is_right = |(number, row): (u32, &str)| {
            row == format!("| [XIP-{number}](xip-{number}.md) | Caches of kind {number} | Final | 2026-01-02 |")
        };
        assert!((1..).zip(rows).all(is_right), "{page}");
        taken
    };
    let (few, many) = (time(500), time(2000));
    // Four times as many take four times as long, and not sixteen.
    assert!(many < few * 10, "{few:?} for 500, {many:?} for 2000");
}
