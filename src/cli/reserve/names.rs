//! The names of the refs that reserve numbers: `refs/proposals/7` where a repository has one series of numbers, and
//! `refs/proposals/adr/7` where it has several.

use crate::workspace::Series;

/// What all of them start with.
pub(super) const START: &str = "refs/proposals/";

/// Returns the name of the ref that reserves `number` of `series`.
pub(super) fn reference(series: &Series, number: u64) -> String {
    match series.is_only {
        true => format!("{START}{number}"),
        false => format!("{START}{}/{number}", series.name),
    }
}

/// Returns the number that the ref `name` reserves, if it is of `series`. Both forms count: the repository may have had one series
/// when the number was reserved, or has several for somebody else.
pub(super) fn number_in(name: &str, series: &Series) -> Option<u64> {
    let rest = name.strip_prefix(START)?;
    let digits = match rest.rsplit_once('/') {
        Some((other, digits)) => (other == series.name).then_some(digits)?,
        None => rest,
    };
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_of_its_series_in_both_forms() {
        let series = |is_only| Series { name: "adr".to_owned(), is_only, is_sparse: false };
        assert_eq!(reference(&series(true), 7), "refs/proposals/7");
        assert_eq!(reference(&series(false), 7), "refs/proposals/adr/7");
        for (name, expected) in [
            ("refs/proposals/7", Some(7)),
            ("refs/proposals/adr/08", Some(8)),
            ("refs/proposals/rfc/9", None),
            ("refs/proposals/adr/x/9", None),
            ("refs/proposals/+9", None),
            ("refs/proposals/", None),
            ("refs/proposals/99999999999999999999", None),
            ("refs/heads/7", None),
        ] {
            assert_eq!(number_in(name, &series(true)), expected, "{name}");
        }
    }
}
