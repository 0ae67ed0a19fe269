//! The door's decision.

use crate::RegistrationState;
use crate::coded::coded;
use crate::time::whole_microseconds;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

coded! {
    /// Why somebody is not checked in.
    Refusal {
        /// The code belongs to nobody.
        Unknown = "unknown",
        /// The registration was cancelled.
        Cancelled = "cancelled",
        /// Still on the waiting list.
        Waitlisted = "waitlisted",
        /// A seat is held, and nobody has taken it yet.
        Offered = "offered",
        /// Nobody has granted the request.
        NotApproved = "not_approved",
        /// Somebody else came instead.
        Substituted = "substituted",
        /// Registered for another workshop.
        WrongWorkshop = "wrong_workshop",
        /// The workshop is a draft or was called off.
        NotRunning = "not_running",
        /// This very scan was taken back.
        Undone = "undone",
        /// Too early or too late for this session.
        OutsideHours = "outside_hours",
        /// The figures of the session are put forward or signed off.
        Locked = "locked",
        /// The device may not check people in any more.
        Revoked = "revoked",
        /// The colleague who came instead cannot take the seat.
        NotReplaced = "not_replaced",
    }
}

/// Who checked somebody in, by a name that those at the door know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckedBy {
    /// Somebody signed in, by name.
    Account(String),
    /// A device, by the name of the link it came by, else by its number.
    Device(String),
}

/// What the door is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckinOutcome {
    /// Checked in now.
    Admitted,
    /// Checked in before, since this moment: harmless.
    Already(DateTime<Utc>),
    /// Not checked in.
    Refused(Refusal),
}

impl CheckinOutcome {
    /// The stable code of the outcome.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Already(_) => "already",
            Self::Refused(_) => "refused",
        }
    }
}

/// Decides over a registration found by its code. `same_workshop` says whether
/// it belongs to the workshop at whose door it is shown; `since` is the time
/// of an earlier check-in to the same session that still stands.
#[must_use]
pub fn decide_checkin(
    state: RegistrationState,
    same_workshop: bool,
    since: Option<DateTime<Utc>>,
) -> CheckinOutcome {
    if !same_workshop {
        return CheckinOutcome::Refused(Refusal::WrongWorkshop);
    }
    match (state, since) {
        (RegistrationState::Booked, Some(since)) => CheckinOutcome::Already(since),
        (RegistrationState::Booked, None) => CheckinOutcome::Admitted,
        (RegistrationState::Waitlisted | RegistrationState::Lapsed, _) => {
            CheckinOutcome::Refused(Refusal::Waitlisted)
        }
        (RegistrationState::Offered, _) => CheckinOutcome::Refused(Refusal::Offered),
        (RegistrationState::Requested | RegistrationState::Declined, _) => {
            CheckinOutcome::Refused(Refusal::NotApproved)
        }
        (RegistrationState::Cancelled, _) => CheckinOutcome::Refused(Refusal::Cancelled),
        (RegistrationState::Substituted, _) => CheckinOutcome::Refused(Refusal::Substituted),
    }
}

/// Answers a scan that is sent again, from the check-in that stands now: that
/// of the scan itself, another one, or none since it was taken back.
#[must_use]
pub fn decide_replay(itself: bool, since: Option<DateTime<Utc>>) -> CheckinOutcome {
    match since {
        None => CheckinOutcome::Refused(Refusal::Undone),
        Some(_) if itself => CheckinOutcome::Admitted,
        Some(since) => CheckinOutcome::Already(since),
    }
}

/// When somebody came: the time of the scan, else now. A device's clock may be
/// wrong; nobody comes in the future, nor before being registered.
#[must_use]
pub fn arrival(
    scanned: Option<DateTime<Utc>>,
    registered: DateTime<Utc>,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let at = scanned.map_or(now, |at| at.max(registered).min(now));
    whole_microseconds(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded;
    use chrono::Duration;

    #[test]
    fn a_repeated_scan_is_answered_from_what_stands() {
        let since = DateTime::<Utc>::UNIX_EPOCH;
        let gone = CheckinOutcome::Refused(Refusal::Undone);
        assert_eq!(decide_replay(true, Some(since)), CheckinOutcome::Admitted);
        assert_eq!(
            decide_replay(false, Some(since)),
            CheckinOutcome::Already(since)
        );
        assert_eq!([true, false].map(|it| decide_replay(it, None)), [gone; 2]);
    }

    #[test]
    fn nobody_comes_before_registering_or_in_the_future() {
        let registered = DateTime::<Utc>::UNIX_EPOCH;
        let now = registered + Duration::hours(2);
        let at = |scanned| arrival(Some(scanned), registered, now);
        assert_eq!(arrival(None, registered, now), now);
        assert_eq!(at(registered - Duration::days(9000)), registered);
        assert_eq!(at(now + Duration::seconds(1)), now);
        let between = registered + Duration::minutes(5);
        assert_eq!(at(between + Duration::nanoseconds(999)), between);
        assert_eq!(arrival(None, now, registered), registered, "clocks differ");
    }

    #[test]
    fn only_a_seat_in_this_workshop_admits() {
        let since = DateTime::<Utc>::UNIX_EPOCH;
        for state in RegistrationState::ALL.iter().copied() {
            assert_eq!(
                decide_checkin(state, false, None),
                CheckinOutcome::Refused(Refusal::WrongWorkshop)
            );
            let booked = state == RegistrationState::Booked;
            assert_eq!(
                decide_checkin(state, true, None) == CheckinOutcome::Admitted,
                booked
            );
            assert_eq!(
                decide_checkin(state, true, Some(since)) == CheckinOutcome::Already(since),
                booked
            );
        }
        assert_eq!(
            decide_checkin(RegistrationState::Offered, true, None),
            CheckinOutcome::Refused(Refusal::Offered)
        );
    }
}
