//! Messages to a part of a workshop's people: what is written, to whom, when it
//! leaves, and what may be done with it.

mod audience;
mod begin;
mod form;
mod reach;
mod timing;

pub use audience::{Audience, AudienceForm, CameTo};
pub use begin::BEGINNINGS;
pub use form::{CampaignForm, NewCampaign};
pub use reach::{Fitting, LeftOut, Telling, tell_each};
pub use timing::{Timing, TimingForm};

use crate::coded::coded;
use chrono::{DateTime, Utc};

coded! {
    /// What a message is for.
    CampaignPurpose {
        /// This workshop: needs no consent.
        Organising = "organising",
        /// Workshops to come: only to who agreed to that.
        Invitations = "invitations",
    }
}

coded! {
    /// What people who share a mailbox get.
    SharedMailbox {
        /// One message each.
        Each = "each",
        /// One message that names them.
        One = "one",
    }
}

coded! {
    /// What a moment is counted from.
    CampaignTiming {
        /// At once.
        Now = "now",
        /// At a moment.
        At = "at",
        /// So long before the first session begins.
        BeforeStart = "before_start",
        /// So long after the last session ends.
        AfterEnd = "after_end",
    }
}

coded! {
    /// How a length of time is typed.
    TimeUnit {
        /// Minutes.
        Minutes = "minutes",
        /// Hours.
        Hours = "hours",
        /// Days.
        Days = "days",
    }
}

impl TimeUnit {
    /// How many minutes it has.
    #[must_use]
    pub fn minutes(self) -> i64 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => 24 * 60,
        }
    }
}

coded! {
    /// Where a message stands.
    CampaignState {
        /// Waits for its time.
        Scheduled = "scheduled",
        /// Held by an organiser before it has left.
        Held = "held",
        /// Held by an organiser with mails still to leave.
        Paused = "paused",
        /// Mails are still to leave.
        Sending = "sending",
        /// Nothing is left to leave.
        Done = "done",
        /// What had not left does not leave any more.
        Cancelled = "cancelled",
    }
}

coded! {
    /// Why a message was cancelled.
    CampaignEnd {
        /// An organiser said so.
        Organizer = "organizer",
        /// The workshop was called off.
        CalledOff = "called_off",
        /// The workshop had begun before a message ahead of it could leave.
        TooLate = "too_late",
    }
}

/// When what happened to a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CampaignMoments {
    /// When its mails were written.
    pub started: Option<DateTime<Utc>>,
    /// Since when it is held.
    pub paused: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled: Option<DateTime<Utc>>,
}

impl CampaignMoments {
    /// Where the message stands, with so many mails still to leave. That it is
    /// done follows from the mails: nobody writes it down.
    #[must_use]
    pub fn state(self, to_leave: u32) -> CampaignState {
        match self {
            Self {
                cancelled: Some(_), ..
            } => CampaignState::Cancelled,
            Self {
                started: Some(_), ..
            } if to_leave == 0 => CampaignState::Done,
            Self {
                started: Some(_),
                paused: Some(_),
                ..
            } => CampaignState::Paused,
            Self {
                started: Some(_), ..
            } => CampaignState::Sending,
            Self {
                paused: Some(_), ..
            } => CampaignState::Held,
            Self { started: None, .. } => CampaignState::Scheduled,
        }
    }
}

/// What can be done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignMove {
    /// Say something else, to others, or at another time.
    Revise,
    /// Let its mails leave.
    Start,
    /// Hold what has not left.
    Pause,
    /// Let it go on.
    Resume,
    /// Keep what has not left from leaving.
    Cancel,
}

impl CampaignState {
    /// Whether a move is legal.
    #[must_use]
    pub fn allows(self, step: CampaignMove) -> bool {
        match self {
            Self::Scheduled => step != CampaignMove::Resume,
            Self::Held => matches!(
                step,
                CampaignMove::Revise | CampaignMove::Resume | CampaignMove::Cancel
            ),
            Self::Paused => matches!(step, CampaignMove::Resume | CampaignMove::Cancel),
            Self::Sending => matches!(step, CampaignMove::Pause | CampaignMove::Cancel),
            Self::Done | Self::Cancelled => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    #[test]
    fn the_table_of_moves() {
        use CampaignMove::{Cancel, Pause, Resume, Revise, Start};
        let moves = [Revise, Start, Pause, Resume, Cancel];
        for (state, legal) in [
            (CampaignState::Scheduled, [true, true, true, false, true]),
            (CampaignState::Held, [true, false, false, true, true]),
            (CampaignState::Paused, [false, false, false, true, true]),
            (CampaignState::Sending, [false, false, true, false, true]),
            (CampaignState::Done, [false; 5]),
            (CampaignState::Cancelled, [false; 5]),
        ] {
            assert_eq!(moves.map(|step| state.allows(step)), legal, "{state}");
        }
    }

    #[test]
    fn it_is_done_when_nothing_is_left_to_leave() {
        let at = Some(parse_local("2026-11-30T08:00").unwrap());
        let moments = |started, paused, cancelled| CampaignMoments {
            started,
            paused,
            cancelled,
        };
        for (moments, to_leave, state) in [
            (moments(None, None, None), 0, CampaignState::Scheduled),
            (moments(None, at, None), 0, CampaignState::Held),
            (moments(at, None, None), 2, CampaignState::Sending),
            (moments(at, at, None), 2, CampaignState::Paused),
            (moments(at, None, None), 0, CampaignState::Done),
            (moments(at, at, None), 0, CampaignState::Done),
            (moments(None, None, at), 0, CampaignState::Cancelled),
            (moments(at, None, at), 2, CampaignState::Cancelled),
        ] {
            assert_eq!(moments.state(to_leave), state, "{moments:?} {to_leave}");
        }
    }
}
