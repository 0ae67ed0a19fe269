//! Parts of the list of a workshop's people.

use crate::coded::coded;
use crate::{RegistrationSource, RegistrationState};

coded! {
    /// Which people of a workshop are shown. Parts may overlap: who attended
    /// was registered, a walk-in or a substitute.
    PeopleFilter {
        /// Registered before the day, whatever came of it.
        Registered = "registered",
        /// Hold a seat.
        Booked = "booked",
        /// Ask for a seat.
        Requested = "requested",
        /// On the waiting list.
        Waitlisted = "waitlisted",
        /// Are offered a seat.
        Offered = "offered",
        /// Were turned down, or did not take an offer in time.
        Declined = "declined",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Attended, however they came.
        Attended = "attended",
        /// Had a seat and have not come.
        Absent = "absent",
        /// Somebody else came instead.
        Substituted = "substituted",
        /// Came instead of somebody registered.
        Substitute = "substitute",
        /// Came unregistered.
        WalkIn = "walk_in",
    }
}

impl PeopleFilter {
    /// Whether somebody belongs to this part; the numbers agree with those of
    /// [`crate::Funnel`] and [`crate::Seats`].
    #[must_use]
    pub fn holds(
        self,
        source: RegistrationSource,
        state: RegistrationState,
        attended: bool,
    ) -> bool {
        match self {
            Self::Registered => source.is_ahead(),
            Self::Booked => state == RegistrationState::Booked,
            Self::Requested => state == RegistrationState::Requested,
            Self::Waitlisted => state == RegistrationState::Waitlisted,
            Self::Offered => state == RegistrationState::Offered,
            Self::Declined => matches!(
                state,
                RegistrationState::Declined | RegistrationState::Lapsed
            ),
            Self::Cancelled => state == RegistrationState::Cancelled && !attended,
            Self::Attended => attended,
            Self::Absent => source.is_ahead() && state == RegistrationState::Booked && !attended,
            Self::Substituted => state == RegistrationState::Substituted,
            Self::Substitute => source == RegistrationSource::Substitute && attended,
            Self::WalkIn => source == RegistrationSource::WalkIn && attended,
        }
    }
}

coded! {
    /// Who of a workshop's people is hard to reach.
    ContactFilter {
        /// No mail reaches them: they are to be called.
        ToCall = "to_call",
        /// Neither a phone nor an address that works.
        None = "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coded, Funnel};

    /// Every kind of registration, in a number of its own within its source.
    #[test]
    fn the_parts_agree_with_the_funnel() {
        for source in RegistrationSource::ALL.iter().copied() {
            agree(source);
        }
    }

    fn agree(source: RegistrationSource) {
        let mut funnel = Funnel::default();
        let mut parts = vec![0_u32; PeopleFilter::ALL.len()];
        let mut number = 1;
        for state in RegistrationState::ALL.iter().copied() {
            for attended in [false, true] {
                if attended && state != RegistrationState::Booked {
                    continue;
                }
                funnel.add(source, state, attended, number);
                for (part, filter) in parts.iter_mut().zip(PeopleFilter::ALL) {
                    *part += number * u32::from(filter.holds(source, state, attended));
                }
                number *= 2;
            }
        }
        let of = |wanted| {
            let at = PeopleFilter::ALL.iter().position(|one| *one == wanted);
            at.map(|at| parts[at])
        };
        assert_eq!(of(PeopleFilter::Registered), Some(funnel.registered));
        assert_eq!(of(PeopleFilter::Attended), Some(funnel.came()));
        assert_eq!(of(PeopleFilter::Absent), Some(funnel.no_shows));
        assert_eq!(of(PeopleFilter::Substitute), Some(funnel.substitutes));
        assert_eq!(of(PeopleFilter::WalkIn), Some(funnel.walk_ins));
    }
}
