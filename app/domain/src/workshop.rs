//! The states of a workshop and their legal moves, and when it takes registrations.

use crate::coded::coded;
use crate::{AccountRole, Act, Problems, Reason, WorkshopFormat, may};
use chrono::{DateTime, Utc};

coded! {
    /// The stored state of a workshop. Whether a published one is running or
    /// has been held follows from the clock: see [`WorkshopState::phase`].
    WorkshopState {
        /// Seen by organisers alone.
        Draft = "draft",
        /// Public; registration opens and closes by its window.
        Published = "published",
        /// Held, and its figures locked.
        Closed = "closed",
        /// Called off.
        Cancelled = "cancelled",
    }
}

coded! {
    /// Where a workshop stands, as people say it.
    Phase {
        /// Not yet public.
        Draft = "draft",
        /// Public, not begun.
        Upcoming = "upcoming",
        /// Between start and end.
        Running = "running",
        /// Over.
        Held = "held",
        /// Over, and its figures locked.
        Closed = "closed",
        /// Called off.
        Cancelled = "cancelled",
    }
}

impl WorkshopState {
    /// Where the workshop stands at a moment.
    #[must_use]
    pub fn phase(
        self,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Phase {
        match self {
            Self::Draft => Phase::Draft,
            Self::Cancelled => Phase::Cancelled,
            Self::Closed => Phase::Closed,
            Self::Published if now < starts_at => Phase::Upcoming,
            Self::Published if now < ends_at => Phase::Running,
            Self::Published => Phase::Held,
        }
    }

    /// Whether its settings may still be changed.
    #[must_use]
    pub fn is_changeable(self) -> bool {
        matches!(self, Self::Draft | Self::Published)
    }

    /// Whether the public may see it.
    #[must_use]
    pub fn is_public(self) -> bool {
        self != Self::Draft
    }
}

/// What can happen to a workshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkshopMove {
    /// Make it public.
    Publish,
    /// Call it off.
    Cancel,
    /// Lock its figures.
    Close,
    /// Unlock them again.
    Reopen,
}

impl Phase {
    /// Whether it has taken place to the end.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Held | Self::Closed)
    }

    /// Whether people can have attended: it has begun, and was not called off.
    #[must_use]
    pub fn has_begun(self) -> bool {
        self == Self::Running || self.is_over()
    }
}

/// The state after a move by an account in this role; none when the move is
/// not legal. What is over cannot be called off: its attendances have happened.
#[must_use]
pub fn move_workshop(phase: Phase, step: WorkshopMove, by: AccountRole) -> Option<WorkshopState> {
    if !may(by, Act::ManageWorkshops) {
        return None;
    }
    match (phase, step) {
        (Phase::Draft, WorkshopMove::Publish) => Some(WorkshopState::Published),
        (Phase::Draft | Phase::Upcoming | Phase::Running, WorkshopMove::Cancel) => {
            Some(WorkshopState::Cancelled)
        }
        (Phase::Held, WorkshopMove::Close) => Some(WorkshopState::Closed),
        (Phase::Closed, WorkshopMove::Reopen) => Some(WorkshopState::Published),
        _ => None,
    }
}

/// Whether somebody can register now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationWindow {
    /// Not open yet; opens at this moment.
    NotYet(DateTime<Utc>),
    /// Open.
    Open,
    /// Over, or the workshop is not public or was called off.
    Closed,
}

/// Judges the registration window by the server's clock. The opening moment is
/// inside, the closing moment outside.
#[must_use]
pub fn registration_window(
    state: WorkshopState,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> RegistrationWindow {
    if state != WorkshopState::Published || now >= closes_at {
        RegistrationWindow::Closed
    } else if now < opens_at {
        RegistrationWindow::NotYet(opens_at)
    } else {
        RegistrationWindow::Open
    }
}

/// What a draft still lacks before it can be public: the fields, each of
/// which the cockpit links to.
#[must_use]
pub fn missing_to_publish(
    title_en: &str,
    format: WorkshopFormat,
    room: &str,
    online_link: &str,
) -> Problems {
    let mut problems = Problems::default();
    if title_en.is_empty() {
        problems.add("title_en", Reason::Required);
    }
    if format.has_place() && room.is_empty() {
        problems.add("room", Reason::Required);
    }
    if format.has_link() && online_link.is_empty() {
        problems.add("online_link", Reason::Required);
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coded, parse_local};
    use chrono::Duration;

    fn now() -> DateTime<Utc> {
        parse_local("2026-11-01T08:00").unwrap()
    }

    #[test]
    fn the_table_of_moves() {
        use WorkshopState::{Cancelled, Closed, Published};
        let table = [
            (Phase::Draft, [Some(Published), Some(Cancelled), None, None]),
            (Phase::Upcoming, [None, Some(Cancelled), None, None]),
            (Phase::Running, [None, Some(Cancelled), None, None]),
            (Phase::Held, [None, None, Some(Closed), None]),
            (Phase::Closed, [None, None, None, Some(Published)]),
            (Phase::Cancelled, [None; 4]),
        ];
        for (phase, after) in table {
            for role in AccountRole::ALL.iter().copied() {
                let expected = if role == AccountRole::Organizer {
                    after
                } else {
                    [None; 4]
                };
                let moved = [
                    WorkshopMove::Publish,
                    WorkshopMove::Cancel,
                    WorkshopMove::Close,
                    WorkshopMove::Reopen,
                ]
                .map(|step| move_workshop(phase, step, role));
                assert_eq!(moved, expected, "{phase} {role}");
            }
        }
    }

    #[test]
    fn the_window_includes_its_opening_and_not_its_closing() {
        let (open, close) = (now(), now() + Duration::days(1));
        let at = |state, moment| registration_window(state, open, close, moment);
        let published = WorkshopState::Published;
        assert_eq!(
            at(published, open - Duration::seconds(1)),
            RegistrationWindow::NotYet(open)
        );
        assert_eq!(at(published, open), RegistrationWindow::Open);
        assert_eq!(at(published, close), RegistrationWindow::Closed);
        assert_eq!(at(WorkshopState::Draft, open), RegistrationWindow::Closed);
        assert_eq!(
            at(WorkshopState::Cancelled, open),
            RegistrationWindow::Closed
        );
    }

    #[test]
    fn a_published_workshop_runs_and_is_held_by_the_clock() {
        let (start, end) = (now(), now() + Duration::hours(4));
        let phase = |moment| WorkshopState::Published.phase(start, end, moment);
        assert_eq!(phase(start - Duration::seconds(1)), Phase::Upcoming);
        assert_eq!(phase(start), Phase::Running);
        assert_eq!(phase(end), Phase::Held);
        assert_eq!(WorkshopState::Closed.phase(start, end, end), Phase::Closed);
    }
}
