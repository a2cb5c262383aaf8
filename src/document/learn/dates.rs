//! The placeholder for a date, in the format that documents use.

/// Returns the placeholder for dates such as most of `values`: `DD.MM.YYYY` for `25.09.2024`.
pub(super) fn sign_for(values: &[String]) -> &'static str {
    let count = |is_one: &dyn Fn(&[&str], char) -> bool| {
        let parts = |value: &String| {
            let divider = value.chars().find(|sign| !sign.is_ascii_digit()).unwrap_or('-');
            is_one(&value.split(divider).collect::<Vec<_>>(), divider)
        };
        values.iter().filter(|value| parts(value)).count()
    };
    let is_year_last = |parts: &[&str]| parts.len() == 3 && parts[2].len() == 4;
    let of = |divider: char| count(&|parts, own| own == divider && is_year_last(parts));
    let is_most = |count: usize| count * 2 > values.len();
    // The day comes first, unless a second part can only be a day.
    let has_month_first =
        count(&|parts, _| is_year_last(parts) && parts[1].parse::<u8>().is_ok_and(|day| day > 12)) > 0;
    match (of('.'), of('/'), of('-')) {
        (dots, ..) if is_most(dots) => "DD.MM.YYYY",
        (_, slashes, _) if is_most(slashes) && has_month_first => "MM/DD/YYYY",
        (_, slashes, _) if is_most(slashes) => "DD/MM/YYYY",
        (.., hyphens) if is_most(hyphens) => "DD-MM-YYYY",
        _ => "YYYY-MM-DD",
    }
}

#[cfg(test)]
mod tests {
    use super::sign_for;

    #[test]
    fn a_sign_is_as_most_dates_are() {
        for (values, expected) in [
            (&["2026-01-30", "30.01.2026", "2026-02-01"][..], "YYYY-MM-DD"),
            (&["25.09.2024", "1.2.2026"], "DD.MM.YYYY"),
            (&["01/30/2026", "02/01/2026"], "MM/DD/YYYY"),
            (&["12/13/2026"], "MM/DD/YYYY"),
            (&["30/01/2026"], "DD/MM/YYYY"),
            (&["22-10-2019"], "DD-MM-YYYY"),
            (&["May 2026"], "YYYY-MM-DD"),
            (&[], "YYYY-MM-DD"),
        ] {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            assert_eq!(sign_for(&values), expected, "{values:?}");
        }
    }
}
