//! What of a workshop waits for its organiser.

use crate::coded::coded;
use crate::{Funnel, Minimum, Phase, Seats};
use chrono::{DateTime, Duration, Utc};

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

#[cfg(test)]
mod tests {
    use super::*;

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
