//! Devices at the door: how long one may stand there, and what becomes of the
//! scans it made alone.

use crate::coded::coded;
use crate::time::whole_microseconds;
use crate::{CheckinOutcome, Refusal};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// How long before a session the door opens.
pub const DOOR_OPENS: Duration = Duration::hours(3);

/// How long after the last session a link to the door still opens it.
pub const DOOR_GRACE: Duration = Duration::hours(12);

/// How long after the last session a device may still hand in what it met
/// alone: a phone with a flat battery is charged in the days after.
pub const SYNC_GRACE: Duration = Duration::days(14);

/// The most scans handed in at once: a device sends the rest with the next.
pub const MOST_SCANS: usize = 1000;

/// A device's clock that is wrong by less is taken as it is.
const CLOCK_TOLERANCE: Duration = Duration::seconds(30);

coded! {
    /// What an organiser made of somebody whom a device let in alone.
    Settlement {
        /// Was there: counts as checked in.
        Counted = "counted",
        /// Does not count.
        Dismissed = "dismissed",
    }
}

/// Whether somebody may be checked in to a session by door staff now: from
/// [`DOOR_OPENS`] before its start to [`DOOR_GRACE`] after its end. Organisers
/// set figures right at any time.
#[must_use]
pub fn is_door_open(
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> bool {
    starts_at - DOOR_OPENS <= now && now <= ends_at + DOOR_GRACE
}

/// The session that the door stands at: the one that runs, else the next, else
/// the last. They come in the order of their times.
pub fn session_at<T>(
    sessions: &[T],
    ends_at: impl Fn(&T) -> DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<&T> {
    let current = sessions.iter().find(|session| now < ends_at(session));
    current.or(sessions.last())
}

/// The session that somebody chose at the door: as long as the one stands that
/// it was chosen instead of. `stands` is the session by the clock; so a choice
/// made in the morning says nothing of the afternoon.
#[must_use]
pub fn session_chosen(stands: i64, chosen: Option<ChosenSession>) -> i64 {
    chosen
        .filter(|chosen| chosen.instead_of == stands)
        .map_or(stands, |chosen| chosen.session)
}

/// A session that was chosen in place of the one by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenSession {
    /// Its key.
    pub session: i64,
    /// The key of the one that stood by the clock.
    pub instead_of: i64,
}

/// When somebody was scanned, for the figures: the time of the scan where the
/// door was open then or the device let the person in by itself; else now.
#[must_use]
pub fn scanned_at(
    let_in: bool,
    by_our_clock: DateTime<Utc>,
    session: (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    if let_in || is_door_open(session, by_our_clock) {
        by_our_clock
    } else {
        now
    }
}

/// When a scan was made, by the server's clock: the device says when it thinks
/// it was made, and what time it thinks it is now.
#[must_use]
pub fn by_our_clock(
    scanned: DateTime<Utc>,
    device_now: DateTime<Utc>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let wrong_by = now - device_now;
    whole_microseconds(if wrong_by.abs() < CLOCK_TOLERANCE {
        scanned
    } else {
        scanned + wrong_by
    })
}

/// Whether a scan that a device answered alone is a conflict: it let somebody
/// in whom the server would not have, or who was let in elsewhere already.
/// What it did not let in is none.
#[must_use]
pub fn is_conflict(let_in: bool, outcome: CheckinOutcome) -> bool {
    let_in && outcome != CheckinOutcome::Admitted && !was_taken_back(outcome)
}

/// The scan arrived before and was undone since: nothing new.
fn was_taken_back(outcome: CheckinOutcome) -> bool {
    outcome == CheckinOutcome::Refused(Refusal::Undone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn at(typed: &str) -> DateTime<Utc> {
        parse_local(typed).unwrap()
    }

    #[test]
    fn the_door_is_open_around_the_session() {
        let session = (at("2026-11-26T07:30"), at("2026-11-26T11:30"));
        for (now, expected) in [
            ("2026-11-26T04:29", false),
            ("2026-11-26T04:30", true),
            ("2026-11-26T23:30", true),
            ("2026-11-26T23:31", false),
        ] {
            assert_eq!(is_door_open(session, at(now)), expected, "{now}");
        }
    }

    #[test]
    fn the_door_stands_at_the_session_that_runs_or_comes_next() {
        let ends = [at("2026-11-26T11:30"), at("2026-11-26T16:30")];
        for (now, expected) in [
            ("2026-11-25T08:00", 0),
            ("2026-11-26T11:29", 0),
            ("2026-11-26T11:30", 1),
            ("2026-11-26T20:00", 1),
        ] {
            let found = session_at(&ends, |end| *end, at(now));
            assert_eq!(found, Some(&ends[expected]), "{now}");
        }
        assert_eq!(session_at(&[], |end| *end, at("2026-11-26T20:00")), None);
    }

    #[test]
    fn a_choice_lasts_as_long_as_what_it_was_made_instead_of() {
        let chosen = Some(ChosenSession {
            session: 7,
            instead_of: 1,
        });
        assert_eq!(session_chosen(1, chosen), 7);
        assert_eq!(session_chosen(2, chosen), 2);
        assert_eq!(session_chosen(1, None), 1);
    }

    #[test]
    fn a_scan_has_its_own_time_while_the_door_is_open() {
        let session = (at("2026-11-26T07:30"), at("2026-11-26T11:30"));
        let (early, now) = (at("2026-11-26T04:00"), at("2026-11-26T22:00"));
        let scanned = at("2026-11-26T07:31");
        assert_eq!(scanned_at(false, scanned, session, now), scanned);
        assert_eq!(scanned_at(false, early, session, now), now);
        assert_eq!(scanned_at(true, early, session, now), early);
    }

    #[test]
    fn a_wrong_clock_is_set_right() {
        let now = at("2026-11-26T12:00");
        let scanned = at("2026-11-26T07:31");
        assert_eq!(by_our_clock(scanned, now, now), scanned);
        let nearly = now - Duration::seconds(29);
        assert_eq!(by_our_clock(scanned, nearly, now), scanned);
        let year = Duration::days(365);
        assert_eq!(by_our_clock(scanned - year, now - year, now), scanned);
        assert_eq!(by_our_clock(scanned + year, now + year, now), scanned);
    }

    #[test]
    fn only_who_was_let_in_wrongly_is_a_conflict() {
        let already = CheckinOutcome::Already(at("2026-11-26T07:31"));
        let cancelled = CheckinOutcome::Refused(Refusal::Cancelled);
        let undone = CheckinOutcome::Refused(Refusal::Undone);
        for outcome in [already, cancelled] {
            assert!(is_conflict(true, outcome));
            assert!(!is_conflict(false, outcome));
        }
        assert!(!is_conflict(true, CheckinOutcome::Admitted));
        assert!(!is_conflict(true, undone));
    }
}
