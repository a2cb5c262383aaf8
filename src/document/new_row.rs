//! Writes a row for another proposal like the existing rows: with their marks and their form of links, but without their other
//! content.

use super::row::escaped;
use super::{Cell, Column, Facts, IndexPage, Row, encode_path, link_text};
use crate::syntax::{marker_length, rendered};
use crate::text::{Edit, Span, Text, apply};

/// The proposal that a row is for.
#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    /// The path to it from the page.
    path: &'a str,
    /// Its number without leading zeros, if it has one.
    number: Option<&'a str>,
    title: &'a str,
    status: &'a str,
}

impl Row {
    /// Returns a row like this one, whose page is `page`, for the proposal at `path` with these `facts`. `None` if this row is not
    /// a plain list entry: its link is within a sentence or its cell has more than the link, or it has a number and the proposal
    /// has none.
    pub fn like(&self, page: IndexPage<'_, '_>, path: &str, facts: &Facts) -> Option<String> {
        let number = facts.number.as_deref().map(|number| number.trim_start_matches('0'));
        let status = facts.status.as_deref().unwrap_or_default();
        let title = page.written_title(facts);
        let entry = Entry { path, number, title: &title, status };
        if self.columns.is_empty() { self.item_like(page, entry) } else { self.table_row_like(page, entry) }
    }

    fn item_like(&self, page: IndexPage<'_, '_>, entry: Entry<'_>) -> Option<String> {
        let text = page.text();
        let before = text.slice(Span::new(self.span.start, self.link.span.start)).into_owned();
        let behind = text.slice(Span::new(self.link.span.end, self.span.end)).into_owned();
        let (marker, lead) = before.split_at(marker_length(&before)?);
        let marks: String = lead.chars().rev().take_while(|character| "*_`~".contains(*character)).collect();
        let lead = lead.strip_suffix(&marks.chars().rev().collect::<String>())?;
        let (lead, has_number) = match lead.find(|character: char| character.is_ascii_digit()) {
            Some(at) => (self.lead_like(lead, at, entry)?, true),
            // An item's words about its own proposal are not copied, but its box is.
            None if lead.trim_start().starts_with("[x]") => ("[ ] ".to_owned(), false),
            None if lead.chars().any(char::is_alphanumeric) => (String::new(), false),
            None => (lead.to_owned(), false),
        };
        let (link, has_title) = self.link_like(page, entry, has_number)?;
        let closing = if behind.starts_with(&marks) { marks.as_str() } else { "" };
        let opening: String = marks.chars().rev().collect();
        let rest = if has_title { String::new() } else { title_behind(&behind[closing.len()..], entry.title)? };
        Some(format!("{}{lead}{opening}{link}{closing}{rest}", next_marker(marker)))
    }

    /// Returns `lead`, the text before the link with the number at `at`, with the number of `entry` instead. `None` if it is not
    /// the number of this row's proposal.
    fn lead_like(&self, lead: &str, at: usize, entry: Entry<'_>) -> Option<String> {
        let length = digits(&lead[at..]);
        let own = &lead[at..at + length];
        self.is_number(own).then_some(())?;
        Some(format!("{}{}{}", &lead[..at], padded(entry.number?, own), &lead[at + length..]))
    }

    fn table_row_like(&self, page: IndexPage<'_, '_>, entry: Entry<'_>) -> Option<String> {
        let text = page.text();
        let cells = self.cells(text);
        let own = cells.iter().position(|cell| cell.contains(self.link.span.start))?;
        let mut edits = Vec::new();
        for (index, span) in cells.iter().enumerate() {
            let cell = Cell { span: *span, text: String::new() };
            let source = text.slice(*span);
            let content = match self.column(index) {
                _ if index == own => {
                    let marks = source.len() - source.trim_start_matches(['*', '_', '`', '~']).len();
                    let is_whole = self.link.span.start == span.start + marks && self.link.span.end + marks == span.end;
                    is_whole.then_some(())?;
                    let (link, _) = self.link_like(page, entry, false)?;
                    format!("{}{link}{}", &source[..marks], &source[source.len() - marks..])
                }
                Column::Title | Column::Subject => entry.title.to_owned(),
                Column::Status => entry.status.to_owned(),
                Column::Other if self.is_number(&source) => padded(entry.number?, &source),
                Column::Other => String::new(),
            };
            edits.push(self.replace(text, &cell, &content));
        }
        edits.iter_mut().for_each(|edit| edit.span = edit.span.relative_to(self.span.start));
        Some(apply(&Text::new(&text.slice(self.span)), &edits).to_string())
    }

    fn column(&self, index: usize) -> Column {
        self.columns.get(index).copied().unwrap_or(Column::Other)
    }

    /// Returns the link for `entry`, and whether it has the title. `has_number` tells that the number is elsewhere, so that a text
    /// that is not a number is the title.
    fn link_like(&self, page: IndexPage<'_, '_>, entry: Entry<'_>, has_number: bool) -> Option<(String, bool)> {
        let text = page.text();
        let label = link_text(text, &self.link)?;
        let source = text.slice(label);
        let (content, has_title) = self.label_like(page, &source, entry, has_number)?;
        // A label would need a definition.
        let Some(target) = self.link.target else {
            return Some((format!("[{content}]({})", encode_path(&self.path_like(entry.path))), has_title));
        };
        // An anchor belongs to the other proposal and is not copied.
        let edits =
            [Edit { span: label, content }, Edit { span: target, content: self.destination_like(page, entry.path) }];
        let edits = edits.map(|edit| Edit { span: edit.span.relative_to(self.link.span.start), ..edit });
        Some((apply(&Text::new(&text.slice(self.link.span)), &edits).to_string(), has_title))
    }

    /// Returns the text of the link for `entry`, where this row's is `label`, and whether it has the title.
    fn label_like(
        &self,
        page: IndexPage<'_, '_>,
        label: &str,
        entry: Entry<'_>,
        has_number: bool,
    ) -> Option<(String, bool)> {
        if let Some(name) = self.name_like(label, entry.path) {
            return Some((name, false));
        }
        let other = page.surroundings().and_then(|surroundings| surroundings.proposal_at(&self.link.to));
        if other.is_some_and(|other| page.title_of(&other.facts) == rendered(label)) {
            return Some((in_brackets(entry.title), true));
        }
        if let Some(found) = page.template.read_number(label) {
            let has_title = found.rest < label.len();
            let rest = if has_title { in_brackets(entry.title) } else { String::new() };
            let number = padded(entry.number?, &label[found.digits.clone()]);
            let content =
                format!("{}{number}{}{rest}", &label[..found.digits.start], &label[found.digits.end..found.rest]);
            return Some((content, has_title));
        }
        let at = label.find(|character: char| character.is_ascii_digit()).filter(|at| is_word(&label[..*at]));
        if let Some(at) = at.filter(|_| !has_number) {
            let length = digits(&label[at..]);
            let own = &label[at..at + length];
            let behind = &label[at + length..];
            let signs = behind.len() - behind.trim_start_matches(|sign: char| !sign.is_alphanumeric()).len();
            if self.is_number(own) {
                let title = if signs < behind.len() { in_brackets(entry.title) } else { String::new() };
                let number = padded(entry.number?, own);
                return Some((format!("{}{number}{}{title}", &label[..at], &behind[..signs]), signs < behind.len()));
            }
        }
        Some((in_brackets(entry.title), true))
    }

    /// Returns the name of the file at `path` in the form of `label`, if that is the name of this row's file, with or without its
    /// extension. If this row leads to a folder, returns the name of the folder.
    fn name_like(&self, label: &str, path: &str) -> Option<String> {
        let own = self.link.to.path()?;
        let folder = path.rsplit_once('/').map(|(folder, _)| folder).filter(|_| own.ends_with('/'));
        let path = folder.unwrap_or(path);
        let name = |path: &str| {
            let path = path.trim_end_matches('/');
            path[path.rfind('/').map_or(0, |slash| slash + 1)..].to_owned()
        };
        let bare = |name: &str| name.rsplit_once('.').map_or(name.to_owned(), |(stem, _)| stem.to_owned());
        let (own, new, shown) = (name(own), name(path), rendered(label));
        let marks = |content: String| if label.starts_with('`') { format!("`{content}`") } else { content };
        match shown {
            shown if shown == own => Some(marks(new)),
            shown if shown == bare(&own) => Some(marks(bare(&new))),
            _ => None,
        }
    }

    /// Whether `digits` are the number of this row's proposal: a run of digits in its path.
    fn is_number(&self, digits: &str) -> bool {
        let Some(path) = self.link.to.path() else { return false };
        let bare = digits.trim_start_matches('0');
        let is_one = !bare.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let mut runs = path.split(|character: char| !character.is_ascii_digit());
        is_one && runs.any(|run| run.trim_start_matches('0') == bare)
    }
}

/// Returns the marker of the item after one with `marker`. A list that does not count has the same number everywhere.
fn next_marker(marker: &str) -> String {
    let start = marker.len() - marker.trim_start().len();
    let end = start + digits(&marker[start..]);
    match marker[start..end].parse::<u32>() {
        Ok(number @ 2..999) => format!("{}{}{}", &marker[..start], number + 1, &marker[end..]),
        _ => marker.to_owned(),
    }
}

/// Whether `prefix` is at most one word, with signs around it.
fn is_word(prefix: &str) -> bool {
    prefix.trim_matches(|sign: char| !sign.is_alphanumeric()).chars().all(char::is_alphabetic)
}

/// Returns the number of digits at the start of `text`.
fn digits(text: &str) -> usize {
    text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len())
}

/// Returns `number` with as many digits as `like`, if that starts with a zero.
pub(super) fn padded(number: &str, like: &str) -> String {
    let width = if like.starts_with('0') { like.len() } else { 0 };
    format!("{number:0>width$}")
}

/// Returns `title` as the text of a link (CommonMark 6.3).
fn in_brackets(title: &str) -> String {
    escaped(title, &['[', ']'])
}

/// Returns `title` for the text after a link without a title, with the separator before the other title in `behind`. Empty if
/// `behind` has no title.
fn title_behind(behind: &str, title: &str) -> Option<String> {
    let rest = behind.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let signs = &behind[..behind.len() - rest.len()];
    if rest.is_empty() {
        return Some(String::new());
    }
    let signs = signs.trim_end_matches(['*', '_', '`', '"', '[', '(']);
    let is_plain = signs.chars().all(|sign| " :-–—".contains(sign)) && !signs.is_empty();
    Some(if is_plain { format!("{signs}{title}") } else { format!(": {title}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Proposal};
    use crate::template::Template;

    fn check(source: &str, expected: &str) {
        let document = Document::closed(source);
        let template = Template::built_in();
        let page = Proposal::of(&document, &template).as_index();
        let page = page.index_page().expect("an index page");
        let facts = Facts {
            number: Some("012".to_owned()),
            title: "VIP-12: A | b".to_owned(),
            status: Some("Draft".to_owned()),
            ..Facts::default()
        };
        let row = page.rows()[0].like(page, "vip-012 (a).md", &facts);
        assert_eq!(row.as_deref().unwrap_or_default(), expected);
    }

    #[test]
    fn a_row_of_a_table_fills_the_columns_that_are_known() {
        check(
            "| # | VIP | Title | Status | By |\n|-|-|-|-|-|\n| 1 | [VIP-1](vip-1.md) | One     | Accepted | A. Author |\n",
            "| 12 | [VIP-12](vip-012%20%28a%29.md) | A \\| b  | Draft    |           |",
        );
        check("| VIP |\n|-|\n| [One](vip-1.md) |\n", "| [A \\| b](vip-012%20%28a%29.md) |");
        check(
            "| No | Title | Day |\n|-|-|-|\n| **[01](vip-1.md)** | One | |\n",
            "| **[12](vip-012%20%28a%29.md)** | A \\| b | |",
        );
        check("| VIP | |\n|-|-|\n| [One](vip-1.md), no more; see [Two](vip-2.md) | |\n", "");
    }

    #[test]
    fn an_item_of_a_list_says_nothing_of_what_the_other_says() {
        let link = "(vip-012%20%28a%29.md)";
        for (item, expected) in [
            ("* [VIP-01: One](vip-1.md)", format!("* [VIP-12: A | b]{link}")),
            ("- [VIP-1](vip-1.md) — One", format!("- [VIP-12]{link} — A | b")),
            ("- [VIP-1: One](vip-1.md) — says why", format!("- [VIP-12: A | b]{link}")),
            ("- 0001: **[One](vip-1.md)** (2 pages)", format!("- 0012: **[A | b]{link}**")),
            ("- [0001](vip-1.md) One", format!("- [0012]{link} A | b")),
            ("- [XEP 1](vip-1.md)", format!("- [XEP 12]{link}")),
            ("- [1. One](vip-1.md)", format!("- [12. A | b]{link}")),
            ("- [`vip-1.md`](vip-1.md)", format!("- [`vip-012 (a).md`]{link}")),
            ("- Draft: [One](vip-1.md)", format!("- [A | b]{link}")),
            ("- [x] [VIP-1](vip-1.md)", format!("- [ ] [VIP-12]{link}")),
            ("- 2026-01-02: [One](vip-1.md)", String::new()),
            ("3. [One](vip-1.md)", format!("4. [A | b]{link}")),
            ("- [VIP-1: One][v]\n\n[v]: vip-1.md", format!("- [VIP-12: A | b]{link}")),
            ("- [VIP-1] – One\n\n[VIP-1]: vip-1.md", format!("- [VIP-12]{link} – A | b")),
        ] {
            check(item, &expected);
        }
    }

    #[test]
    fn an_item_that_names_a_folder_has_the_name_of_the_other() {
        let document = Document::closed("- [vip-1](vip-1/)\n");
        let template = Template::built_in();
        let page = Proposal::of(&document, &template).as_index();
        let page = page.index_page().expect("an index page");
        let row = page.rows()[0].like(page, "vip-12/README.md", &Facts::default());
        assert_eq!(row.as_deref(), Some("- [vip-12](vip-12/)"));
    }
}
