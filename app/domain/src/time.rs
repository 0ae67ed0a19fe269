//! Local time. Viet Nam has kept UTC+7 without daylight saving since 1975, so
//! a fixed offset is Asia/Ho_Chi_Minh for every date this product holds.

use crate::Reason;
use chrono::{DateTime, FixedOffset, NaiveDateTime, SubsecRound, TimeZone, Utc};

/// Asia/Ho_Chi_Minh.
pub const VIETNAM: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(offset) => offset,
    None => panic!("seven hours is an offset"),
};

/// A moment as read on a clock in Viet Nam.
#[must_use]
pub fn to_local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&VIETNAM)
}

/// The whole days from the day of one moment to that of another, as calendars in
/// Viet Nam count them: what is moved by it keeps its hour.
#[must_use]
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> chrono::Duration {
    to_local(to).date_naive() - to_local(from).date_naive()
}

/// A moment that was set by a start, when the start is at another one: what fell
/// on the start stays with it, the rest keeps its hour on another day.
#[must_use]
pub fn moved_along(at: DateTime<Utc>, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
    if at == from {
        to
    } else {
        at + days_between(from, to)
    }
}

/// Reads what a `datetime-local` field sends: local time in Viet Nam.
///
/// # Errors
/// [`Reason::Required`] when empty, [`Reason::NotATime`] when it is no time or
/// lies outside the years 2000–2100.
pub fn parse_local(typed: &str) -> Result<DateTime<Utc>, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed, format).ok())
        .ok_or(Reason::NotATime)?;
    let at = VIETNAM
        .from_local_datetime(&local)
        .single()
        .ok_or(Reason::NotATime)?
        .with_timezone(&Utc);
    in_range(at)
}

/// Reads local time, or RFC 3339 as the JSON doors speak it.
///
/// # Errors
/// As [`parse_local`].
pub(crate) fn parse_time(typed: &str) -> Result<DateTime<Utc>, Reason> {
    match DateTime::parse_from_rfc3339(typed.trim()) {
        Ok(at) => in_range(at.with_timezone(&Utc)),
        Err(_) => parse_local(typed),
    }
}

/// A moment as both databases keep it: no finer than a microsecond.
pub(crate) fn whole_microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// Keeps times that this product can mean, in whole microseconds.
///
/// # Errors
/// [`Reason::NotATime`] outside the years 2000–2100.
fn in_range(at: DateTime<Utc>) -> Result<DateTime<Utc>, Reason> {
    use chrono::Datelike;
    if (2000..=2100).contains(&at.year()) {
        Ok(whole_microseconds(at))
    } else {
        Err(Reason::NotATime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_are_seven_hours_ahead() {
        let at = parse_local("2026-11-26T07:30").unwrap();
        assert_eq!(at.to_rfc3339(), "2026-11-26T00:30:00+00:00");
        assert_eq!(
            to_local(at).format("%d/%m/%Y %H:%M").to_string(),
            "26/11/2026 07:30"
        );
        assert_eq!(parse_local("26/11/2026 07:30"), Ok(at));
    }

    #[test]
    fn what_goes_by_a_start_keeps_its_hour_or_stays_with_it() {
        let at = |typed| parse_local(typed).unwrap();
        let (from, to) = (at("2026-12-15T07:30"), at("2026-12-14T13:30"));
        for (was, becomes) in [
            ("2026-12-14T17:00", "2026-12-13T17:00"),
            ("2026-12-15T07:30", "2026-12-14T13:30"),
            ("2026-12-16T00:10", "2026-12-15T00:10"),
        ] {
            assert_eq!(moved_along(at(was), from, to), at(becomes), "{was}");
        }
        let late = at("2026-12-15T23:59");
        assert_eq!(days_between(late, at("2026-12-16T00:01")).num_days(), 1);
    }

    #[test]
    fn times_are_whole_microseconds() {
        let at = parse_time("2026-11-26T07:30:00.123456789+07:00").unwrap();
        assert_eq!(at.to_rfc3339(), "2026-11-26T00:30:00.123456+00:00");
    }

    #[test]
    fn what_is_no_time() {
        assert_eq!(parse_local(" "), Err(Reason::Required));
        for typed in [
            "tomorrow",
            "2026-02-30T07:30",
            "9999-01-01T00:00",
            "0001-01-01T00:00",
        ] {
            assert_eq!(parse_local(typed), Err(Reason::NotATime), "{typed}");
        }
    }
}
