//! Dates, and placeholders for them.

use crate::letters::without_accents;
use crate::terms::{self, Meaning};

/// The starts of the names of months in European languages, without accents.
const MONTHS: [&str; 57] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "fev", "avr", "mai", "jui",
    "aou", "mrz", "okt", "dez", "ene", "abr", "ago", "set", "dic", "gen", "mag", "giu", "lug", "ott", "out", "mei",
    "maa", "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "січ", "лют",
    "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "nov",
];

/// The signs that separate the parts of a date in figures; in East Asia, they name the parts.
const DIVIDERS: [char; 9] = ['-', '/', '.', '年', '月', '日', '년', '월', '일'];

/// Whether `value` is a date: in figures, as `2026-01-30`, `30.1.2026` and `20260130`, or with the name of a month and a year.
pub fn is_date(value: &str) -> bool {
    // Fast path: each date has a year, and few other values have a digit.
    if !value.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let value = bare(value);
    let value = value.split_once('T').filter(|(day, _)| day.len() == 10).map_or(value, |(day, _)| day);
    let value = value.trim_end_matches(['日', '일']);
    let parts: Vec<&str> = value.split(DIVIDERS).map(str::trim).collect();
    let is_figure = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = value.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_month = |word: &&str| {
        let word = word.to_lowercase();
        let word = without_accents(&word);
        word.chars().all(char::is_alphabetic) && MONTHS.iter().any(|month| word.starts_with(month))
    };
    let is_in_figures = parts.len() == 3 && parts.iter().all(is_figure) && parts.iter().any(|part| is_year(part));
    // In `15 de enero de 2026`, these words are not part of the date.
    let words: Vec<&str> =
        words.into_iter().filter(|word| !matches!(*word, "de" | "of" | "г" | "р" | "року" | "года")).collect();
    let is_in_words = (2..=4).contains(&words.len())
        && words.iter().filter(|word| is_month(word)).count() == 1
        && words.iter().any(|word| is_year(word));
    is_in_figures || is_in_words || value.len() == 8 && is_figure(&value) && is_year(&value[..4])
}

fn is_year(part: &str) -> bool {
    part.len() == 4
        && (part.starts_with("19") || part.starts_with("20"))
        && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `value` has letters in place of the figures of a date: `yyyy-mm-dd`, `2026-MM-DD`, `20xx-xx-xx`, `JJ.MM.AAAA`.
pub fn stands_for_date(value: &str) -> bool {
    let value = bare(value);
    let ends = value.trim_end_matches(['日', '일']);
    if ends.split(DIVIDERS).nth(2).is_none() {
        return false;
    }
    let parts: Vec<String> = ends.split(DIVIDERS).map(|part| part.trim().to_lowercase()).collect();
    if parts.len() == 3 && parts.iter().all(|part| terms::is(part, Meaning::DatePart)) {
        return true;
    }
    let letters = |part: &String| part.trim_start_matches(|sign: char| sign.is_ascii_digit()).to_owned();
    let is_part = |part: &String| {
        let letters = letters(part);
        let first = letters.chars().next();
        matches!(part.chars().count(), 2 | 4)
            && letters.chars().all(|letter| letter.is_alphabetic() && Some(letter) == first)
    };
    parts.len() == 3
        && parts.iter().all(is_part)
        && parts.iter().any(|part| !letters(part).is_empty())
        && parts.iter().filter(|part| part.chars().count() == 4).count() == 1
}

/// Returns the day `(year, month, day)` in the format of the placeholder `sign`, such as `dd.mm.yyyy`, or as `2026-01-30` if `sign`
/// is not a placeholder for a date.
pub fn date_like(sign: &str, (year, month, day): (i32, u8, u8)) -> String {
    let sign = bare(sign);
    if !stands_for_date(sign) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    let mut written = String::new();
    for part in sign.split_inclusive(DIVIDERS) {
        let figures = part.trim_end_matches(DIVIDERS).trim();
        let letter = figures.to_lowercase().chars().next_back().unwrap_or_default();
        let is_month = matches!(letter, 'm' | 'м') || part.ends_with(['月', '월']);
        match (figures.chars().count(), is_month) {
            (0, _) => {}
            (4, _) => written.push_str(&format!("{year:04}")),
            (_, true) => written.push_str(&format!("{month:02}")),
            _ => written.push_str(&format!("{day:02}")),
        }
        written.push_str(part.trim_start().strip_prefix(figures).unwrap_or_default());
    }
    written
}

/// Returns the placeholder for a date in `value`, alone or among words: `yyyy-mm-dd` in `Day (yyyy-mm-dd)`.
pub fn date_sign(value: &str) -> Option<&str> {
    let mut words = value.split(|sign: char| sign.is_whitespace() || "(){}<>[]\"'`_*".contains(sign));
    words.find(|word| stands_for_date(word))
}

/// Returns `value` without surrounding brackets, quotes, marks and full stops.
fn bare(value: &str) -> &str {
    value.trim_matches(|sign: char| " \t\"'`_*<>(){}[].".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_the_way_of_its_sign() {
        for (sign, expected) in [
            ("<yyyy-mm-dd>", "2026-01-30"),
            ("DD.MM.YYYY", "30.01.2026"),
            ("mm/dd/yyyy", "01/30/2026"),
            ("AAAA-MM-JJ", "2026-01-30"),
            ("TT.MM.JJJJ", "30.01.2026"),
            ("ДД.ММ.ГГГГ", "30.01.2026"),
            ("YYYY年MM月DD日", "2026年01月30日"),
            ("today", "2026-01-30"),
            ("", "2026-01-30"),
        ] {
            assert_eq!(date_like(sign, (2026, 1, 30)), expected, "{sign}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for date in [
            "2026-01-30",
            "\"2026-1-3\"",
            "30.01.2026",
            "1/30/2026",
            "20260130",
            "2026-01-30T00:00:00Z",
            "Aug 30, 2016",
            "30 August 2016.",
            "January 17th, 2019",
            "December 2022",
            "2026年1月30日",
            "2026년 1월 30일",
            "30 août 2026",
            "15 de enero de 2026",
            "3. März 2026",
            "15 января 2026",
        ] {
            assert!(is_date(date) && !stands_for_date(date), "{date}");
        }
        for other in ["", "1.2.3", "2026", "12345678", "10-20-30", "May be", "A. Author 2026", "Mar", "a-b-c", "💡"] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn letters_stand_for_a_date() {
        for sign in [
            "yyyy-mm-dd",
            "YYYY-MM-DD",
            "<mm/dd/yyyy>",
            "20xx-xx-xx",
            "2026-MM-DD",
            "AAAA-MM-JJ",
            "JJJJ-MM-TT",
            "ГГГГ-ММ-ДД",
            "YYYY年MM月DD日",
            "AAAA-MM-GG",
            "سنة-شهر-يوم",
            "año-mes-día",
            "dd.MM.yyyy",
            "'2026-xx-xx'",
        ] {
            assert!(stands_for_date(sign) && !is_date(sign), "{sign}");
        }
        for other in ["", "see-also-it", "a-b-c", "XIP-12-NN", "YYYY", "xxxx", "2026-01-0", "when-we-go"] {
            assert!(!stands_for_date(other), "{other}");
        }
    }
}
