//! Months as a calendar shows them: local dates, weeks from Monday.

use crate::time::VIETNAM;
use crate::to_local;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use std::fmt;

/// A month of a year from 2000 to 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The first day, which makes the month.
    first: NaiveDate,
}

/// The years that this product can mean.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

impl Month {
    /// A month by its numbers; none outside the years 2000–2100.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        YEARS.contains(&year).then_some(Self { first })
    }

    /// The month of a moment, in Viet Nam.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Option<Self> {
        let day = to_local(at).date_naive();
        Self::new(day.year(), day.month())
    }

    /// Reads `2026-11`.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let (year, month) = typed.trim().split_once('-')?;
        if year.len() != 4 || !(1..=2).contains(&month.len()) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The month of the year, from 1.
    #[must_use]
    pub fn month(self) -> u32 {
        self.first.month()
    }

    /// The month before; none before the first that can be shown.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let day = self.first.pred_opt()?;
        Self::new(day.year(), day.month())
    }

    /// The month after; none after the last that can be shown.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self.month() {
            12 => Self::new(self.year() + 1, 1),
            month => Self::new(self.year(), month + 1),
        }
    }

    /// Whether a local day lies in the month.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        (day.year(), day.month()) == (self.year(), self.month())
    }

    /// The weeks that touch the month, each from Monday to Sunday.
    #[must_use]
    pub fn weeks(self) -> Vec<[NaiveDate; 7]> {
        let before = u64::from(self.first.weekday().num_days_from_monday());
        let mut monday = self.first - Days::new(before);
        let mut weeks = Vec::with_capacity(6);
        while weeks.is_empty() || self.contains(monday) {
            let mut week = [monday; 7];
            for (day, number) in week.iter_mut().zip(0..) {
                *day = monday + Days::new(number);
            }
            weeks.push(week);
            monday = monday + Days::new(7);
        }
        weeks
    }

    /// The moments between which [`Self::weeks`] lie: the first inside, the
    /// last outside.
    #[must_use]
    pub fn span(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let weeks = self.weeks();
        let start = weeks.first().map_or(self.first, |week| week[0]);
        let end = weeks.last().map_or(self.first, |week| week[6]);
        (midnight(start), midnight(end + Days::new(1)))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

/// The moment at which a local day begins.
#[must_use]
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    let offset = chrono::TimeDelta::seconds(VIETNAM.local_minus_utc().into());
    Utc.from_utc_datetime(&local) - offset
}

/// Marks the spans of time that overlap another. Where one ends, the next may
/// begin.
#[must_use]
pub fn overlapping(spans: &[(DateTime<Utc>, DateTime<Utc>)]) -> Vec<bool> {
    let overlaps = |one: usize, other: usize| {
        one != other && spans[one].0 < spans[other].1 && spans[other].0 < spans[one].1
    };
    (0..spans.len())
        .map(|one| (0..spans.len()).any(|other| overlaps(one, other)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn month(typed: &str) -> Month {
        Month::parse(typed).unwrap()
    }

    fn day(typed: &str) -> NaiveDate {
        typed.parse().unwrap()
    }

    #[test]
    fn weeks_begin_on_monday_and_cover_the_month() {
        // 1 November 2026 is a Sunday: the grid has six weeks.
        let weeks = month("2026-11").weeks();
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks[0][0], day("2026-10-26"));
        assert_eq!(weeks[0][6], day("2026-11-01"));
        assert_eq!(weeks[5][6], day("2026-12-06"));
        // February 2027 begins on a Monday and has four weeks exactly.
        let weeks = month("2027-02").weeks();
        assert_eq!(weeks.len(), 4);
        assert_eq!(
            (weeks[0][0], weeks[3][6]),
            (day("2027-02-01"), day("2027-02-28"))
        );
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        assert_eq!(month("2026-12").next(), Some(month("2027-01")));
        assert_eq!(month("2026-01").previous(), Some(month("2025-12")));
        assert_eq!(month("2026-1").to_string(), "2026-01");
        assert_eq!(month("2000-01").previous(), None);
        assert_eq!(month("2100-12").next(), None);
    }

    #[test]
    fn what_is_no_month() {
        for typed in [
            "", "2026", "2026-13", "2026-00", "1999-12", "+026-11", "2026-+1x", "26-11",
        ] {
            assert_eq!(Month::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_month_begins_at_local_midnight() {
        let eve = "2026-10-31T16:59:59Z".parse().unwrap();
        let first = "2026-10-31T17:00:00Z".parse().unwrap();
        assert_eq!(Month::of(eve), Some(month("2026-10")));
        assert_eq!(Month::of(first), Some(month("2026-11")));
        assert_eq!(midnight(day("2026-11-01")), first);
        let (start, end) = month("2027-02").span();
        assert_eq!(start.to_rfc3339(), "2027-01-31T17:00:00+00:00");
        assert_eq!(end.to_rfc3339(), "2027-02-28T17:00:00+00:00");
    }

    #[test]
    fn what_overlaps_is_marked_and_what_touches_is_not() {
        let at = |hour: u32| midnight(day("2026-11-26")) + chrono::TimeDelta::hours(hour.into());
        let spans = [
            (at(7), at(11)),
            (at(11), at(13)),
            (at(12), at(14)),
            (at(15), at(16)),
        ];
        assert_eq!(overlapping(&spans), [false, true, true, false]);
        assert_eq!(overlapping(&[]), Vec::<bool>::new());
    }

    proptest! {
        #[test]
        fn every_day_of_a_month_stands_once(year in 2000i32..=2100, number in 1u32..=12) {
            let month = Month::new(year, number).unwrap();
            let days: Vec<NaiveDate> = month.weeks().into_iter().flatten().collect();
            let inside: Vec<u32> = days.iter().filter(|day| month.contains(**day)).map(Datelike::day).collect();
            let expected: Vec<u32> = (1..=inside.len() as u32).collect();
            prop_assert_eq!(&inside, &expected);
            prop_assert!((28..=31).contains(&inside.len()));
            prop_assert!(days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1])));
        }
    }
}
