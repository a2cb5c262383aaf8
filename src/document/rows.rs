//! The rows of an index page, and what they say about each proposal.

use std::path::Path;

use super::reference::of_row;
use super::{Cell, Column, Destination, Proposal, Reference, ReferenceKind, Row};
use crate::syntax::{Block, BlockKind, fold, marker_length, rendered, said, table_cells};
use crate::template::{TitleForm, is_markdown, lone_number};
use crate::terms::{self, KeyKind, Meaning};
use crate::text::{Span, Text};

/// Returns the rows of the index page `page`, in order.
pub(super) fn rows(page: &Proposal<'_>) -> Vec<Row> {
    let blocks = page.document.blocks().list.iter();
    let found = blocks.flat_map(|block| match block.kind {
        BlockKind::Table => of_table(page, block),
        BlockKind::List => of_list(page, block),
        _ => Vec::new(),
    });
    found.collect()
}

/// Returns the links to files in `line`.
fn links(page: &Proposal<'_>, line: Span) -> Vec<Reference> {
    let links = &page.links().links;
    let first = links.partition_point(|link| link.span.start < line.start);
    let inside = links[first..].iter().take_while(|link| link.span.start < line.end);
    inside.filter_map(of_row).collect()
}

/// Whether `reference` is at the start of one of `cells`, and leads to a file with the number of a proposal.
fn is_main(page: &Proposal<'_>, reference: &Reference, cells: &[Span]) -> bool {
    let marks =
        |cell: &Span| page.text().slice(Span::new(cell.start, reference.span.start.max(cell.start))).into_owned();
    let mut inside = cells.iter().filter(|cell| cell.contains(reference.span.start));
    if !inside.any(|cell| marks(cell).trim_matches(['*', '_', '`', '~']).is_empty()) {
        return false;
    }
    let is_page = |path: &Path| path.extension().is_none() || is_markdown(path);
    reference.to.path().map(Path::new).is_some_and(|path| is_page(path) && page.template.number_of(path).is_some())
}

/// The maximum number of words in a cell before the link of its row.
const LEAD_WORDS: usize = 2;

/// Whether `link` is within a sentence of one of `cells`.
fn is_in_sentence(text: &Text, link: &Reference, cells: &[Span]) -> bool {
    let cell = cells.iter().find(|cell| cell.contains(link.span.start));
    cell.is_some_and(|cell| text.slice(Span::new(cell.start, link.span.start)).split_whitespace().count() > LEAD_WORDS)
}

fn of_table(page: &Proposal<'_>, table: &Block) -> Vec<Row> {
    let text = page.text();
    let (first, last) = (text.line_at(table.span.start), text.line_at(table.span.end));
    let columns = columns(&text.slice(text.line_span(first)));
    // The line after the header is the delimiter row.
    let lines = (first + 2..=last).map(|line| text.line_span(line));
    let lines: Vec<Span> = lines.collect();
    let rows = |is_numbered| {
        let row = |line: &Span| of_table_line(page, table.span, *line, &columns, is_numbered);
        lines.iter().filter_map(row).collect::<Vec<Row>>()
    };
    let found = rows(false);
    // If some proposals are named only by numbers, the others are, too.
    let are_numbers = found.iter().any(|row| row.link.kind == ReferenceKind::Mention && !row.others.is_empty());
    if are_numbers { rows(true) } else { found }
}

fn columns(header: &str) -> Vec<Column> {
    let names: Vec<String> = table_cells(header).into_iter().map(|cell| fold(&rendered(&header[cell]))).collect();
    // Takes the first of the words for titles that the table has.
    let named = |words: &[&str]| words.iter().find_map(|title| names.iter().position(|name| name == title));
    let of_kind = |kind| names.iter().position(|name| terms::kind_of_key(name) == Some(kind));
    let titles = named(&terms::words(Meaning::KeyTitle)[..1]);
    let titles = titles.or_else(|| named(terms::words(Meaning::ColumnTitle))).or_else(|| of_kind(KeyKind::Title));
    let subjects = named(terms::words(Meaning::Decision)).filter(|_| titles.is_none());
    let statuses = of_kind(KeyKind::Status);
    let column = |index| match Some(index) {
        index if index == titles => Column::Title,
        index if index == statuses => Column::Status,
        index if index == subjects => Column::Subject,
        _ => Column::Other,
    };
    (0..names.len()).map(column).collect()
}

fn of_table_line(page: &Proposal<'_>, list: Span, line: Span, columns: &[Column], is_numbered: bool) -> Option<Row> {
    let text = page.text();
    let mut others = links(page, line);
    let source = text.slice(line);
    let cells: Vec<Span> = table_cells(&source).into_iter().map(|cell| Span::of_range(line.start, cell)).collect();
    let main = others.iter().position(|link| is_main(page, link, &cells)).unwrap_or(0);
    if others.get(main).is_some_and(|link| is_in_sentence(text, link, &cells)) {
        return None;
    }
    // A link in the column of titles is the row's, even if it is wrong.
    let titles = columns.iter().position(|column| *column == Column::Title).and_then(|at| cells.get(at));
    let is_own = others.get(main).zip(titles).is_some_and(|(link, cell)| cell.contains(link.span.start));
    let record = if is_own { None } else { record_of(page, &cells, others.get(main), is_numbered) };
    let link = match record {
        Some(record) => record,
        None => (main < others.len()).then(|| others.remove(main))?,
    };
    let cell = |wanted| {
        let index = columns.iter().position(|column| *column == wanted)?;
        cells.get(index).copied()
    };
    let title = cell(Column::Title).and_then(|span| title(page, shown(text, span, &link, &others)?, &link));
    let status = cell(Column::Status).and_then(|span| Some(Cell { span, text: said(&text.slice(span))?.0 }));
    Some(Row { span: line, list, link, others, title, status, columns: columns.to_vec() })
}

/// The maximum number of digits in the number of a proposal. A date has more.
const MAX_DIGITS: usize = 5;

/// Returns a reference to the proposal that a row with `cells` is about, if its first cell names it without a link: by another
/// number than that of the file that `link` leads to, or, if there is no link, by the name of its file in code, or by its number if
/// `is_numbered` tells that other rows use numbers.
fn record_of(page: &Proposal<'_>, cells: &[Span], link: Option<&Reference>, is_numbered: bool) -> Option<Reference> {
    let text = page.text();
    let span = cells.first().copied()?;
    let source = text.slice(span);
    if link.is_some_and(|link| span.contains(link.span.start)) {
        return None;
    }
    let shown = rendered(&source);
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    // A number alone, or before a title: `2 Use maps`.
    let first = || shown.split([' ', '.', ':']).next().filter(|word| is_digits(word) && word.len() <= MAX_DIGITS);
    let alone = || lone_number(&shown, is_digits).map(|range| shown[range].to_owned());
    let number = match link {
        Some(link) => {
            // A number before a cell that is a link counts the rows, unless it has leading zeros like those of files.
            let is_cell = cells.contains(&link.span);
            let own = alone().filter(|own| !is_cell || own.starts_with('0'));
            let own = own.or_else(|| first().filter(|_| alone().is_none()).map(str::to_owned))?;
            let other = page.template.number_of(Path::new(link.to.path()?))?;
            Some(own).filter(|own| own.trim_start_matches('0') != other.trim_start_matches('0'))?
        }
        None if is_numbered => alone()?,
        None => {
            let name = source.strip_prefix('`')?.strip_suffix('`')?;
            let is_name = name.contains(char::is_alphabetic) && !name.contains(char::is_whitespace);
            page.template.number_of(Path::new(name)).filter(|_| is_name)?.to_owned()
        }
    };
    let to = Destination::Number(number.trim_start_matches('0').to_owned());
    Some(Reference { kind: ReferenceKind::Mention, span, to, target: None })
}

/// Returns the span that a reader sees of the cell at `span`. If the whole cell is `link` or one of the `others`, this is the text
/// of that link. `None` if only a part of the cell is `link`.
fn shown(text: &Text, span: Span, link: &Reference, others: &[Reference]) -> Option<Span> {
    if let Some(whole) = std::iter::once(link).chain(others).find(|whole| whole.span == span) {
        return link_text(text, whole);
    }
    match span {
        span if span.contains(link.span.start) => None,
        span => Some(span),
    }
}

/// Returns the span of the text in the brackets of `link`.
pub fn link_text(text: &Text, link: &Reference) -> Option<Span> {
    let end = link.target.map_or(link.span.end, |target| target.start);
    let source = text.slice(Span::new(link.span.start, end));
    let start = if source.starts_with("![") { 2 } else { 1 };
    let close = match link.target {
        Some(_) => source.rfind("](")?,
        // By reference: `[text][label]`, `[text][]` or `[text]`.
        None => source.rfind("][").or(source.rfind(']')).filter(|_| source[start - 1..].starts_with('['))?,
    };
    Some(Span::of_range(link.span.start, start..close))
}

/// Returns the title in the text at `span`, after the number of the proposal that `link` leads to.
fn title(page: &Proposal<'_>, span: Span, link: &Reference) -> Option<Cell> {
    let source = page.text().slice(span);
    let tick = BOXES.iter().find(|tick| source.starts_with(**tick)).map_or(0, |tick| tick.len());
    let number = number_length(page, &source[tick..], link).unwrap_or(0);
    let span = Span::new(span.start + tick + number, span.end);
    let text = rendered(&without_breaks(&page.text().slice(span)));
    text.contains(char::is_alphanumeric).then_some(Cell { span, text })
}

/// The boxes of a task list before a title.
const BOXES: [&str; 3] = ["[ ] ", "[x] ", "[X] "];

/// Returns `source` with a space for each line break of HTML.
fn without_breaks(source: &str) -> String {
    ["<br>", "<br/>", "<br />"].iter().fold(source.to_owned(), |source, tag| source.replace(tag, " "))
}

/// Returns the length of the number at the start of `source`: one in the form of the family's titles, or the number of the file
/// that `link` leads to, after any word, as in `ADR-0028 Warm caches`.
fn number_length(page: &Proposal<'_>, source: &str, link: &Reference) -> Option<usize> {
    let of_family = || page.template.read_number(source).map(|number| number.rest);
    let of_file = || {
        let digits = page.template.number_of(Path::new(link.to.path()?))?;
        let form = TitleForm::of(source, digits)?;
        // In `Phase 1 is done` the number is part of the title.
        let is_name = !form.prefix.contains(char::is_lowercase);
        is_name.then(|| Some(source.len() - form.rest(source, digits)?.len()))?
    };
    of_family().or_else(of_file)
}

fn of_list(page: &Proposal<'_>, list: &Block) -> Vec<Row> {
    let text = page.text();
    let lines = (text.line_at(list.span.start)..=text.line_at(list.span.end)).map(|line| text.line_span(line));
    let (mut rows, mut own) = (Vec::new(), list.span);
    for line in lines {
        match of_list_line(page, own, line) {
            Some(row) => rows.push(row),
            // An item that is not a row starts a list of its own with the rows below it.
            None if marker_length(&text.slice(line)).is_some() => own = Span::new(line.start, list.span.end),
            None => {}
        }
    }
    rows
}

/// Returns the row at `line` of a list. A list is less strict than a table: an item is a row if its link comes first, and only the
/// text of the link after a number is certain to be the title.
fn of_list_line(page: &Proposal<'_>, list: Span, line: Span) -> Option<Row> {
    let text = page.text();
    let mut others = links(page, line);
    let link = (!others.is_empty()).then(|| others.remove(0))?;
    let before = text.slice(Span::new(line.start, link.span.start));
    is_lead(&before[marker_length(&before)?..]).then_some(())?;
    let shown = link_text(text, &link);
    let is_name = |shown: &str| is_markdown(Path::new(shown.trim_matches('`')));
    let is_numbered =
        |span: &Span| !is_name(&text.slice(*span)) && number_length(page, &text.slice(*span), &link).is_some();
    let title = shown.filter(is_numbered).and_then(|span| title(page, span, &link));
    Some(Row { span: line, list, link, others, title, status: None, columns: Vec::new() })
}

/// The maximum length of the text in an item before its link, for the item to be a row.
const MAX_LEAD: usize = 32;

/// Whether an item with `before` between its marker and its link is about the target of the link: the text before is empty, a
/// number, a date or a label. An item with its link within a sentence is not a row.
fn is_lead(before: &str) -> bool {
    let bare = before.trim().trim_end_matches(['*', '_', '`', '~', '"', '(', ' ']);
    let is_label = || bare.ends_with([':', '-', '–', '—', '|', '.', ')', ']', '#', ',']);
    let has_word = || bare.chars().any(char::is_alphabetic);
    bare.len() <= MAX_LEAD && (!has_word() || is_label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;

    fn check(source: &str, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let document = Document::closed(source);
        let template = Template::built_in();
        let page = Proposal::of(&document, &template);
        let rows = rows(&page);
        let found: Vec<_> = rows
            .iter()
            .map(|row| {
                let cell =
                    |cell: &Option<Cell>| cell.as_ref().map(|cell| document.text().slice(cell.span).into_owned());
                let path = row.link.to.path().expect("rows lead to files").to_owned();
                (path, cell(&row.title), cell(&row.status))
            })
            .collect();
        let owned = |text: &Option<&str>| text.map(str::to_owned);
        let expected: Vec<_> =
            expected.iter().map(|(path, title, status)| ((*path).to_owned(), owned(title), owned(status))).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn rows_of_a_table_have_the_columns_of_its_header() {
        check(
            "# All\n\n| VIP | **Title** | Owner | State |\n|-|-|-|-|\n| [VIP-1](vip-1.md) | 💡 `One` \\| a | x | _Accepted_ |\n\
             | VIP-2 | none | | |\n| [VIP-3](vip-3.md) | |\n",
            &[("vip-1.md", Some("💡 `One` \\| a"), Some("_Accepted_")), ("vip-3.md", None, None)],
        );
        check(
            "| Proposal | Status |\n| - | - |\n| [VIP-1: One](vip-1.md) | ![](a.svg) |\n| [VIP-2](vip-2.md): Two | Draft |\n",
            &[("vip-1.md", Some("One"), None), ("vip-2.md", None, Some("Draft"))],
        );
    }

    #[test]
    fn columns_are_named_in_any_language() {
        for header in [
            "编号 | 标题 | 状态",
            "Nº | Título | Estado",
            "番号 | タイトル | ステータス",
            "№ | Название | Статус",
            "번호 | 제목 | 상태",
        ] {
            check(
                &format!("| {header} |\n|-|-|-|\n| [VIP-1](vip-1.md) | One | Draft |\n"),
                &[("vip-1.md", Some("One"), Some("Draft"))],
            );
        }
    }

    #[test]
    fn a_label_may_have_the_number_of_the_file_behind_any_word() {
        check(
            "- [PLAN 7: Seven](vip-7.md)\n- [PLAN 8: Nine](vip-9.md)\n- [`vip-9-nine.md`](vip-9-nine.md)\n",
            &[("vip-7.md", Some("Seven"), None), ("vip-9.md", None, None), ("vip-9-nine.md", None, None)],
        );
    }

    #[test]
    fn a_status_in_a_table_is_what_its_words_say() {
        for status in
            ["✅ Accepted", "~~Draft~~ **Accepted**", "[Accepted](a.md)", "![Accepted](a.svg)", "<b>Accepted</b>"]
        {
            let document = Document::closed(&format!("| VIP | Status |\n|-|-|\n| [VIP-1](vip-1.md) | {status} |\n"));
            let template = Template::built_in();
            let rows = rows(&Proposal::of(&document, &template));
            assert_eq!(rows[0].status.as_ref().map(|cell| cell.text.as_str()), Some("Accepted"), "{status}");
        }
    }

    #[test]
    fn links_of_all_kinds_lead_rows() {
        check(
            "- [VIP-1: One](./vip-1.md)\n- [VIP-2: Two](../docs/vip-2.md)\n- [VIP-3: Three][v3]\n- [VIP-4: Four][]\n- [VIP-5: Five]\n\
             - [VIP-6: Six](/docs/vip-6.md#a)\n- [VIP-7: Seven](https://github.com/o/n/blob/main/docs/vip-7.md)\n\
             - [VIP-8](https://github.com/o/n/issues/8)\n- [VIP-9](//example.org/vip-9.md)\n- [VIP-9](/../vip-9.md)\n\n\
             [v3]: vip-3.md\n[VIP-4: Four]: vip-4.md\n[VIP-5: Five]: vip-5.md\n",
            &[
                ("./vip-1.md", Some("One"), None),
                ("../docs/vip-2.md", Some("Two"), None),
                ("vip-3.md", Some("Three"), None),
                ("vip-4.md", Some("Four"), None),
                ("vip-5.md", Some("Five"), None),
                ("docs/vip-6.md", Some("Six"), None),
                ("docs/vip-7.md", Some("Seven"), None),
            ],
        );
        check(
            "| Notes | VIP | Title | Status |\n|-|-|-|-|\n| [x](notes.md) | [VIP-1](vip-1.md), [VIP-2](vip-2.md) | One | Draft |\n",
            &[("vip-1.md", Some("One"), Some("Draft"))],
        );
        let document = Document::closed("- [VIP-1](vip-1.md), [VIP-2][v]\n\n[v]: vip-2.md\n");
        let template = Template::built_in();
        let rows = rows(&Proposal::of(&document, &template));
        let others: Vec<_> = rows[0].others.iter().filter_map(|other| other.to.path()).collect();
        assert_eq!(others, ["vip-2.md"]);
    }

    #[test]
    fn items_of_a_list_have_a_title_behind_a_number() {
        check(
            "* [VIP-1: One](vip-1.md)\n  1. [the other](vip-2.md)\n* [VIP-3](vip-3.md)\n",
            &[("vip-1.md", Some("One"), None), ("vip-2.md", None, None), ("vip-3.md", None, None)],
        );
    }

    #[test]
    fn a_link_leads_the_item_of_a_list_of_proposals() {
        check(
            "- [ ] [VIP-1](vip-1.md): a\n- **Draft**: **[VIP-2](vip-2.md)** b\n- 2026-01-02 [VIP-3](vip-3.md)\n1) 4 – [d](vip-4.md)\n",
            &["vip-1.md", "vip-2.md", "vip-3.md", "vip-4.md"].map(|path| (path, None, None)),
        );
        check(
            "- discussed [VIP-1](vip-1.md), Draft\n1. Read [VIP-2](vip-2.md)\n- The **form**: as in [VIP-3](vip-3.md)\n",
            &[],
        );
        check("- What is new, and\n  [VIP-1](vip-1.md), and more\n", &[]);
    }

    #[test]
    fn a_title_comes_behind_a_box_to_tick() {
        check(
            "| VIP | Title |\n|-|-|\n| [VIP-1](vip-1.md) | [ ] One |\n| [VIP-2](vip-2.md) | [x] Two |\n",
            &[("vip-1.md", Some("One"), None), ("vip-2.md", Some("Two"), None)],
        );
    }
}
