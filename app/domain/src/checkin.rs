//! The door's decision.

use crate::RegistrationState;
use crate::coded::coded;
use chrono::{DateTime, Utc};

coded! {
    /// Why somebody is not checked in.
    Refusal {
        /// The code belongs to nobody.
        Unknown = "unknown",
        /// The registration was cancelled.
        Cancelled = "cancelled",
        /// Still on the waiting list.
        Waitlisted = "waitlisted",
        /// Somebody else came instead.
        Substituted = "substituted",
        /// Registered for another workshop.
        WrongWorkshop = "wrong_workshop",
        /// The workshop is a draft or was called off.
        NotRunning = "not_running",
    }
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
        (RegistrationState::Waitlisted, _) => CheckinOutcome::Refused(Refusal::Waitlisted),
        (RegistrationState::Cancelled, _) => CheckinOutcome::Refused(Refusal::Cancelled),
        (RegistrationState::Substituted, _) => CheckinOutcome::Refused(Refusal::Substituted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded;

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
    }
}
