//! What of a workshop waits for its organiser.

use crate::coded::coded;
use crate::{Funnel, Minimum, Phase, Seats, Span, overlapping};
use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::hash::Hash;

coded! {
    /// What an organiser should look after.
    Need {
        /// It is still a draft.
        Publish = "publish",
        /// Too few people have registered, and somebody must decide.
        UnderMinimum = "under_minimum",
        /// All seats are taken.
        Full = "full",
        /// It begins within a week, and not half of the seats are taken.
        FewRegistered = "few_registered",
        /// It is over, people had seats, and nobody was checked in.
        NobodyCheckedIn = "nobody_checked_in",
    }
}

/// How long before the start few registrations are a worry.
const SOON: Duration = Duration::days(7);

/// What a workshop needs from its organiser at a moment, if anything.
#[must_use]
pub fn need(
    phase: Phase,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
    seats: Seats,
    funnel: &Funnel,
    minimum: Option<Minimum>,
) -> Option<Need> {
    if phase == Phase::Upcoming
        && minimum.is_some_and(|minimum| minimum.is_missed(seats.booked, now))
    {
        return Some(Need::UnderMinimum);
    }
    match phase {
        Phase::Draft => Some(Need::Publish),
        Phase::Upcoming if seats.waiting > 0 || seats.booked >= seats.capacity => Some(Need::Full),
        Phase::Upcoming if starts_at - now <= SOON && seats.booked < seats.capacity.div_ceil(2) => {
            Some(Need::FewRegistered)
        }
        Phase::Held if seats.booked > 0 && funnel.came() == 0 => Some(Need::NobodyCheckedIn),
        Phase::Upcoming | Phase::Running | Phase::Held | Phase::Closed | Phase::Cancelled => None,
    }
}

/// Whether a trainer's refusal still waits for the organiser: the session lies
/// ahead, and nobody was asked to teach it since.
#[must_use]
pub fn refusal_waits(
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
    refused_at: DateTime<Utc>,
    asked: impl IntoIterator<Item = DateTime<Utc>>,
) -> bool {
    now < starts_at && asked.into_iter().all(|at| at <= refused_at)
}

/// Marks the uses of rooms and trainers that want the same one at the same
/// time as another. Where one ends, the next may begin.
#[must_use]
pub fn wanted_twice<T: Eq + Hash>(uses: &[(T, Span)]) -> Vec<bool> {
    let mut by_thing: HashMap<&T, Vec<usize>> = HashMap::new();
    for (at, (thing, _)) in uses.iter().enumerate() {
        by_thing.entry(thing).or_default().push(at);
    }
    let mut twice = vec![false; uses.len()];
    for same in by_thing.values() {
        let spans: Vec<Span> = same.iter().map(|at| uses[*at].1).collect();
        for (at, marked) in same.iter().zip(overlapping(&spans)) {
            twice[*at] = marked;
        }
    }
    twice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_waits_until_somebody_else_is_asked_or_the_session_begins() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let at = |hours| now + Duration::hours(hours);
        for (expected, starts_at, asked) in [
            (true, at(1), vec![]),
            (true, at(1), vec![at(-9), at(-5)]),
            (false, at(1), vec![at(-9), at(-4)]),
            (false, now, vec![]),
        ] {
            let found = refusal_waits(starts_at, now, at(-5), asked.clone());
            assert_eq!(found, expected, "{starts_at} {asked:?}");
        }
    }

    #[test]
    fn one_thing_is_wanted_twice_only_at_the_same_time() {
        let at = |hour| DateTime::<Utc>::UNIX_EPOCH + Duration::hours(hour);
        let uses = [
            ("hall", (at(1), at(3))),
            ("room", (at(1), at(3))),
            ("hall", (at(2), at(4))),
            ("hall", (at(4), at(5))),
            ("room", (at(3), at(5))),
        ];
        assert_eq!(wanted_twice(&uses), [true, false, true, false, false]);
        assert!(wanted_twice::<&str>(&[]).is_empty());
    }

    #[test]
    fn the_table_of_needs() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let asked = |phase, days, booked, waiting, attended| {
            let seats = Seats {
                capacity: 40,
                booked,
                waiting,
                ..Seats::default()
            };
            let funnel = Funnel {
                attended,
                ..Funnel::default()
            };
            let minimum = Some(Minimum {
                least: 5,
                by: now,
                settled: booked == 0,
            });
            need(
                phase,
                now + Duration::days(days),
                now,
                seats,
                &funnel,
                minimum,
            )
        };
        use Phase::{Cancelled, Draft, Held, Running, Upcoming};
        for (expected, found) in [
            (Some(Need::Publish), asked(Draft, 30, 0, 0, 0)),
            (Some(Need::Full), asked(Upcoming, 30, 40, 0, 0)),
            (Some(Need::Full), asked(Upcoming, 30, 39, 1, 0)),
            (None, asked(Upcoming, 8, 0, 0, 0)),
            (Some(Need::UnderMinimum), asked(Upcoming, 30, 4, 0, 0)),
            (Some(Need::FewRegistered), asked(Upcoming, 7, 19, 0, 0)),
            (None, asked(Upcoming, 7, 20, 0, 0)),
            (None, asked(Running, 0, 40, 3, 0)),
            (Some(Need::NobodyCheckedIn), asked(Held, -1, 30, 0, 0)),
            (None, asked(Held, -1, 30, 0, 1)),
            (None, asked(Held, -1, 0, 0, 0)),
            (None, asked(Cancelled, 3, 30, 0, 0)),
        ] {
            assert_eq!(found, expected);
        }
    }
}
