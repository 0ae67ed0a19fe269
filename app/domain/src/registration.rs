//! The states of a registration and their legal moves.

use crate::Phase;
use crate::coded::coded;
use chrono::{DateTime, Duration, Utc};

coded! {
    /// The state of a registration (Totara's terms, and its offers as
    /// Hi.Events has them).
    RegistrationState {
        /// Asks for a seat; an organiser decides.
        Requested = "requested",
        /// On the waiting list, in order of arrival.
        Waitlisted = "waitlisted",
        /// A freed seat is held until a deadline, for its taking.
        Offered = "offered",
        /// Holds a seat.
        Booked = "booked",
        /// The request was turned down.
        Declined = "declined",
        /// The offer was not taken in time.
        Lapsed = "lapsed",
        /// Cancelled by the person or the organiser.
        Cancelled = "cancelled",
        /// Somebody else came instead, with a registration of their own.
        Substituted = "substituted",
    }
}

impl RegistrationState {
    /// Those that still stand without a seat: they are told what those who wait
    /// are told.
    pub const WAITING: [Self; 3] = [Self::Requested, Self::Waitlisted, Self::Offered];

    /// Those that still stand; one person has at most one such registration
    /// per workshop.
    pub const ACTIVE: [Self; 4] = [
        Self::Requested,
        Self::Waitlisted,
        Self::Offered,
        Self::Booked,
    ];

    /// Whether the registration still stands.
    #[must_use]
    pub fn is_active(self) -> bool {
        Self::ACTIVE.contains(&self)
    }
}

coded! {
    /// Who may register for a workshop.
    RegistrationMode {
        /// Everybody, in order of arrival.
        Open = "open",
        /// Everybody asks; an organiser decides.
        Approval = "approval",
        /// Those alone whom an invited establishment names.
        Invitation = "invitation",
    }
}

coded! {
    /// How a registration came in.
    RegistrationSource {
        /// By the public page.
        Online = "online",
        /// By the JSON door.
        Api = "api",
        /// From a file.
        Import = "import",
        /// Named by an invited establishment.
        Nomination = "nomination",
        /// Written down by an organiser, as for somebody who called.
        Staff = "staff",
        /// Came to the door without being registered.
        WalkIn = "walk_in",
        /// Came instead of somebody registered.
        Substitute = "substitute",
    }
}

impl RegistrationSource {
    /// Whether it was made before the day. Only these are called registered;
    /// a walk-in or a substitute never was.
    #[must_use]
    pub fn is_ahead(self) -> bool {
        !matches!(self, Self::WalkIn | Self::Substitute)
    }

    /// Whether somebody else may have typed it, so that the person's own
    /// consent is still to be asked for (Decree 356/2025).
    #[must_use]
    pub fn is_by_others(self) -> bool {
        matches!(
            self,
            Self::Nomination | Self::Import | Self::Staff | Self::Substitute
        )
    }
}

/// What can happen to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationMove {
    /// A request is granted, an offer taken, or an organiser gives a seat.
    Book,
    /// A request is granted when there is no seat.
    Queue,
    /// A freed seat is held for somebody who waits.
    Offer,
    /// The deadline of an offer has passed.
    Lapse,
    /// A request is turned down.
    Decline,
    /// The person or the organiser gives it up.
    Cancel,
    /// Somebody else comes instead.
    Substitute,
}

/// The state after a move; none when the move is not legal.
#[must_use]
pub fn advance(state: RegistrationState, step: RegistrationMove) -> Option<RegistrationState> {
    use RegistrationState::{
        Booked, Cancelled, Declined, Lapsed, Offered, Requested, Substituted, Waitlisted,
    };
    match (state, step) {
        (Requested | Waitlisted | Offered, RegistrationMove::Book) => Some(Booked),
        (Requested, RegistrationMove::Queue) => Some(Waitlisted),
        (Waitlisted, RegistrationMove::Offer) => Some(Offered),
        (Offered, RegistrationMove::Lapse) => Some(Lapsed),
        (Requested, RegistrationMove::Decline) => Some(Declined),
        (Requested | Waitlisted | Offered | Booked, RegistrationMove::Cancel) => Some(Cancelled),
        (Booked, RegistrationMove::Substitute) => Some(Substituted),
        _ => None,
    }
}

/// Whether its holder may still give a registration up: where the workshop's
/// rule allows it now, before it begins, and not after being checked in. What
/// holds no seat for certain – a request, a place in the queue, an offer – can
/// be given up until the start whatever the rule.
#[must_use]
pub fn may_give_up(state: RegistrationState, allowed: bool, begun: bool, came: bool) -> bool {
    (allowed || state != RegistrationState::Booked)
        && !begun
        && !came
        && advance(state, RegistrationMove::Cancel).is_some()
}

/// Whether somebody else may go instead of the holder of a seat: until the
/// workshop is over, as long as the holder has not come.
#[must_use]
pub fn may_substitute(state: RegistrationState, phase: Phase, came: bool) -> bool {
    matches!(phase, Phase::Upcoming | Phase::Running)
        && !came
        && advance(state, RegistrationMove::Substitute).is_some()
}

/// The least time somebody has to take an offer, unless the workshop begins
/// sooner.
const SHORTEST_OFFER: Duration = Duration::minutes(30);

/// Until when a seat that is freed now is held for the head of the waiting
/// list: the workshop's own number of hours, but near the start at most half of
/// the time that is left, so that an offer not taken can pass on; never beyond
/// the start. None once it has begun.
#[must_use]
pub fn offer_until(
    hours: u32,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let left = starts_at - now;
    if left <= Duration::zero() {
        return None;
    }
    let long = Duration::hours(i64::from(hours))
        .min(left / 2)
        .max(SHORTEST_OFFER);
    Some(now + long.min(left))
}

/// How long after closing a form is still taken that was opened before.
pub const CLOSING_GRACE: Duration = Duration::minutes(1);

/// For how long after closing a request may be decided that came within
/// [`CLOSING_GRACE`], while the workshop has not begun. Those that came before
/// are declined at closing (Totara's rule); nobody had a chance to decide these.
pub const LATE_DECISION: Duration = Duration::hours(24);

/// When a request that nobody has decided is declined by itself: at closing; and
/// one that came within [`CLOSING_GRACE`] of it after [`LATE_DECISION`], when the
/// workshop begins at the latest.
#[must_use]
pub fn undecided_until(
    closes_at: DateTime<Utc>,
    asked_at: DateTime<Utc>,
    starts_at: DateTime<Utc>,
) -> DateTime<Utc> {
    if asked_at < closes_at {
        closes_at
    } else {
        (closes_at + LATE_DECISION).min(starts_at).max(closes_at)
    }
}

/// Whether a form sent now is in time by the server's clock: before closing, or
/// within [`CLOSING_GRACE`] of it when the form was opened before.
#[must_use]
pub fn is_in_time(
    closes_at: DateTime<Utc>,
    opened_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    now < closes_at
        || (now < closes_at + CLOSING_GRACE && opened_at.is_some_and(|opened| opened < closes_at))
}

/// Whether taking back a check-in also takes back the registration: a walk-in
/// is registered by coming, so one who came to nothing was never there.
#[must_use]
pub fn undo_cancels(
    source: RegistrationSource,
    state: RegistrationState,
    still_came: bool,
) -> bool {
    source == RegistrationSource::WalkIn && state == RegistrationState::Booked && !still_came
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded;

    #[test]
    fn the_table_of_moves() {
        use RegistrationMove::{Book, Cancel, Decline, Lapse, Offer, Queue, Substitute};
        use RegistrationState as S;
        let steps = [Book, Queue, Offer, Lapse, Decline, Cancel, Substitute];
        let no = None;
        let table = [
            (
                S::Requested,
                [
                    Some(S::Booked),
                    Some(S::Waitlisted),
                    no,
                    no,
                    Some(S::Declined),
                    Some(S::Cancelled),
                    no,
                ],
            ),
            (
                S::Waitlisted,
                [
                    Some(S::Booked),
                    no,
                    Some(S::Offered),
                    no,
                    no,
                    Some(S::Cancelled),
                    no,
                ],
            ),
            (
                S::Offered,
                [
                    Some(S::Booked),
                    no,
                    no,
                    Some(S::Lapsed),
                    no,
                    Some(S::Cancelled),
                    no,
                ],
            ),
            (
                S::Booked,
                [no, no, no, no, no, Some(S::Cancelled), Some(S::Substituted)],
            ),
            (S::Declined, [no; 7]),
            (S::Lapsed, [no; 7]),
            (S::Cancelled, [no; 7]),
            (S::Substituted, [no; 7]),
        ];
        assert_eq!(table.len(), RegistrationState::ALL.len());
        for (state, after) in table {
            assert_eq!(steps.map(|step| advance(state, step)), after, "{state}");
        }
    }

    #[test]
    fn what_has_begun_or_was_used_is_not_given_up() {
        for state in RegistrationState::ALL.iter().copied() {
            assert_eq!(may_give_up(state, true, false, false), state.is_active());
            let holds_none = state.is_active() && state != RegistrationState::Booked;
            assert_eq!(may_give_up(state, false, false, false), holds_none);
            assert!(!may_give_up(state, true, true, false));
            assert!(!may_give_up(state, true, false, true));
        }
    }

    #[test]
    fn a_seat_goes_to_a_substitute_until_its_holder_has_come() {
        for state in RegistrationState::ALL.iter().copied() {
            let seated = state == RegistrationState::Booked;
            assert_eq!(may_substitute(state, Phase::Upcoming, false), seated);
            assert_eq!(may_substitute(state, Phase::Running, false), seated);
            assert!(!may_substitute(state, Phase::Running, true));
            assert!(!may_substitute(state, Phase::Held, false));
            assert!(!may_substitute(state, Phase::Cancelled, false));
        }
    }

    #[test]
    fn an_offer_is_shorter_near_the_start_and_never_beyond_it() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let lasts = |minutes| {
            let until = offer_until(24, now + Duration::minutes(minutes), now);
            until.map(|until| (until - now).num_minutes())
        };
        assert_eq!(lasts(5 * 24 * 60), Some(24 * 60));
        assert_eq!(lasts(2 * 24 * 60), Some(24 * 60));
        assert_eq!(lasts(10 * 60), Some(5 * 60));
        assert_eq!(lasts(50), Some(30));
        assert_eq!(lasts(20), Some(20));
        assert_eq!(lasts(0), None);
        assert_eq!(lasts(-5), None);
    }

    #[test]
    fn a_form_opened_before_closing_has_a_minute_of_grace() {
        let closes = DateTime::<Utc>::UNIX_EPOCH;
        let at = |seconds| closes + Duration::seconds(seconds);
        assert!(is_in_time(closes, None, at(-1)));
        assert!(!is_in_time(closes, None, at(0)));
        assert!(is_in_time(closes, Some(at(-1)), at(59)));
        assert!(!is_in_time(closes, Some(at(-1)), at(60)));
        assert!(!is_in_time(closes, Some(at(0)), at(1)));
    }

    #[test]
    fn a_late_request_has_a_day_but_no_longer_than_the_start() {
        let closes = DateTime::<Utc>::UNIX_EPOCH;
        let at = |hours| closes + Duration::hours(hours);
        assert_eq!(undecided_until(closes, at(-1), at(48)), closes);
        assert_eq!(undecided_until(closes, closes, at(48)), at(24));
        assert_eq!(undecided_until(closes, closes, at(7)), at(7));
        assert_eq!(undecided_until(closes, closes, at(-1)), closes);
    }

    #[test]
    fn only_a_walk_in_without_a_check_in_goes_with_it() {
        use RegistrationState::{Booked, Cancelled};
        for source in RegistrationSource::ALL.iter().copied() {
            let walk_in = source == RegistrationSource::WalkIn;
            assert_eq!(undo_cancels(source, Booked, false), walk_in);
            assert!(!undo_cancels(source, Booked, true));
            assert!(!undo_cancels(source, Cancelled, false));
        }
    }
}
