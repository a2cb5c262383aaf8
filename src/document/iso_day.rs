//! Days as `2026-01-30`, whatever way they are written.

use time::{Date, Month};

/// Returns the day that `value` is, as `2026-01-30`. `None` if it is not exactly one day, or if its day and month cannot be told apart,
/// as in `01/02/2026`. The time of a day is left out.
pub fn iso_day(value: &str) -> Option<String> {
    let value = value.trim();
    let value = value.split_once('T').filter(|(day, _)| day.len() == 10).map_or(value, |(day, _)| day);
    let is_divider = |sign: char| !sign.is_alphanumeric();
    let parts: Vec<&str> = value.split(is_divider).filter(|part| !part.is_empty()).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let (year, month, day) = match (one.len(), three.len()) {
        (4, _) => (*one, figure(two)?, *three),
        // Dots are between days, months and years, in this order.
        (_, 4) if value.contains('.') && month_called(one).is_none() => {
            (*three, month_called(two).or(figure(two))?, *one)
        }
        (_, 4) => match (month_called(one), month_called(two), figure(one), figure(two)) {
            (Some(month), ..) => (*three, month, *two),
            (_, Some(month), ..) => (*three, month, *one),
            (_, _, Some(first), Some(second)) if first == second => (*three, first, *one),
            (_, _, Some(month), None) => (*three, month, *two),
            (_, _, None, Some(month)) => (*three, month, *one),
            _ => return None,
        },
        _ => return None,
    };
    let is_year = year.starts_with("19") || year.starts_with("20");
    let day = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    is_year.then(|| format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}

/// Returns the month with the number `part`.
fn figure(part: &str) -> Option<Month> {
    Month::try_from(part.parse::<u8>().ok()?).ok()
}

/// Returns the month called `part`, in English, by at least three letters.
fn month_called(part: &str) -> Option<Month> {
    let part = part.to_lowercase();
    let is_called = |month: &Month| part.len() >= 3 && month.to_string().to_lowercase().starts_with(&part);
    (1..=12).filter_map(|number| Month::try_from(number).ok()).find(is_called)
}

#[cfg(test)]
mod tests {
    use super::iso_day;

    #[test]
    fn a_day_has_one_form() {
        for value in [
            "2026-01-30",
            "2026/1/30",
            "2026-01-30T00:00:00Z",
            "30.01.2026",
            "30/1/2026",
            "1/30/2026",
            "30 Jan 2026",
            "30-January-2026",
            "January 30th, 2026",
            "30. Jan 2026",
        ] {
            assert_eq!(iso_day(value).as_deref(), Some("2026-01-30"), "{value}");
        }
        assert_eq!(iso_day("02/02/2026").as_deref(), Some("2026-02-02"));
    }

    #[test]
    fn what_may_be_another_day_is_none() {
        for value in
            ["01/02/2026", "2026-13-01", "2026-02-30", "1.2.3", "2026-01", "30.01.26", "soon", "", "3 May to 4 May"]
        {
            assert_eq!(iso_day(value), None, "{value}");
        }
    }
}
