//! The current day.

/// A day, as used in dated names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Day {
    pub(in crate::workspace) year: i32,
    pub(in crate::workspace) month: u8,
    pub(in crate::workspace) day: u8,
}

impl Day {
    /// Returns today's date in UTC.
    pub(in crate::workspace) fn today() -> Day {
        let date = time::OffsetDateTime::now_utc().date();
        Day { year: date.year(), month: date.month().into(), day: date.day() }
    }
}
