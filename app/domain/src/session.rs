//! Sessions: when and where, what is wrong or odd about that, and what cannot
//! be at the same time.

use crate::time::parse_time;
use crate::typed::optional_line;
use crate::{Problems, Reason, clean_line};
use chrono::{DateTime, Duration, Utc};

/// The longest a session may last: nobody teaches through a night.
pub const LONGEST_SESSION: Duration = Duration::hours(16);

/// The most sessions of one workshop.
pub const MOST_SESSIONS: usize = 20;

/// A session as typed, kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionForm {
    /// Title in Vietnamese; may be empty.
    pub title_vi: String,
    /// Title in English; may be empty.
    pub title_en: String,
    /// The key of a room of the register; empty for a place that is typed.
    pub room_id: String,
    /// Hall or room, when it is typed.
    pub room: String,
    /// Postal address, when the place is typed; may be empty.
    pub address: String,
    /// Start, local time or RFC 3339.
    pub starts_at: String,
    /// End.
    pub ends_at: String,
}

/// A session that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Title in Vietnamese, empty when not given.
    pub title_vi: String,
    /// Title in English, empty when not given.
    pub title_en: String,
    /// Where.
    pub place: NewPlace,
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
}

/// Where a session is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewPlace {
    /// In a room of the register, by its key.
    Room(i64),
    /// At a place that was typed; the room is empty where nobody comes to one.
    Typed {
        /// Hall or room.
        room: String,
        /// Postal address, empty when not given.
        address: String,
    },
}

impl SessionForm {
    /// Checks every field and says all that is wrong at once. A place is
    /// needed unless everybody takes part over a link; a room of the register
    /// and a typed place exclude each other.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self, needs_place: bool) -> Result<NewSession, Problems> {
        let mut problems = Problems::default();
        let title_vi = problems.take("session_title_vi", optional_line(&self.title_vi, 200));
        let title_en = problems.take("session_title_en", optional_line(&self.title_en, 200));
        let place = self.place(&mut problems, needs_place);
        let starts_at = problems.take("starts_at", parse_time(&self.starts_at));
        let ends_at = problems.take("ends_at", parse_time(&self.ends_at));
        if let (Some(start), Some(end)) = (starts_at, ends_at) {
            if end <= start {
                problems.add("ends_at", Reason::EndNotAfterStart);
            } else if end - start > LONGEST_SESSION {
                problems.add("ends_at", Reason::LongerThan(LONGEST_SESSION.num_hours()));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let whole = || {
            Some(NewSession {
                title_vi: title_vi?,
                title_en: title_en?,
                place: place?,
                starts_at: starts_at?,
                ends_at: ends_at?,
            })
        };
        whole().ok_or(problems)
    }

    /// Checks it as [`SessionForm::check`] does, and by [`require_ahead`] too.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check_ahead(
        &self,
        needs_place: bool,
        was: Option<DateTime<Utc>>,
        already_held: bool,
        now: DateTime<Utc>,
    ) -> Result<NewSession, Problems> {
        let ahead = match self.span().0 {
            Some(start) => require_ahead(start, was, already_held, now),
            None => Ok(()),
        };
        let checked = self.check(needs_place);
        let Err(reason) = ahead else {
            return checked;
        };
        let mut problems = checked.err().unwrap_or_default();
        problems.add("starts_at", reason);
        Err(problems)
    }

    /// Start and end as far as they are well formed, whatever else is wrong:
    /// what hangs on them can then be checked in the same round.
    pub(crate) fn span(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let start = parse_time(&self.starts_at).ok();
        let end = parse_time(&self.ends_at).ok();
        (
            start,
            end.filter(|end| start.is_none_or(|start| *end > start)),
        )
    }

    fn place(&self, problems: &mut Problems, needs_place: bool) -> Option<NewPlace> {
        let chosen = self.room_id.trim();
        if !chosen.is_empty() {
            for (field, typed) in [("room", &self.room), ("address", &self.address)] {
                if !typed.trim().is_empty() {
                    problems.add(field, Reason::RoomOrPlace);
                    break;
                }
            }
            let id = chosen.parse().map_err(|_| Reason::NotAChoice);
            return problems.take("room_id", id).map(NewPlace::Room);
        }
        let room = match clean_line(&self.room, 200) {
            Err(Reason::Required) if !needs_place => Ok(String::new()),
            checked => checked,
        };
        let room = problems.take("room", room);
        let address = problems.take("address", optional_line(&self.address, 300));
        Some(NewPlace::Typed {
            room: room?,
            address: address?,
        })
    }
}

/// A stretch of time, its end outside.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// Whether two stretches of time are partly the same: each ends after the
/// other begins (Totara's rule of room clashes). One that begins as the other
/// ends is no clash.
#[must_use]
pub fn overlap(one: Span, other: Span) -> bool {
    one.1 > other.0 && one.0 < other.1
}

/// What an organiser says to be meant, although it would be refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowing {
    /// A room or a trainer is taken at that time.
    pub clash: bool,
    /// It took place already, and is being written down.
    pub already_held: bool,
}

/// A clash alone.
impl From<bool> for Allowing {
    fn from(clash: bool) -> Self {
        Self {
            clash,
            already_held: false,
        }
    }
}

/// Demands that a session begins in the future. One that stays at its time may
/// lie in the past, and so may one that is said to have been held already:
/// then it is being recorded, not planned.
///
/// # Errors
/// [`Reason::InThePast`].
pub fn require_ahead(
    starts_at: DateTime<Utc>,
    was: Option<DateTime<Utc>>,
    already_held: bool,
    now: DateTime<Utc>,
) -> Result<(), Reason> {
    // Forms know minutes only.
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    let stays = was.is_some_and(|was| minute(was) == minute(starts_at));
    if already_held || stays || starts_at >= now {
        Ok(())
    } else {
        Err(Reason::InThePast)
    }
}

/// What is odd about a session and yet allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionWarning {
    /// It lies in the past.
    Past,
    /// The workshop has this many seats, the room that many.
    TooManySeats(u32, u32),
}

/// What an organiser should look at again. `room` is the capacity of a room of
/// the register.
#[must_use]
pub fn session_warnings(
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
    seats: u32,
    room: Option<u32>,
) -> Vec<SessionWarning> {
    let past = (starts_at < now).then_some(SessionWarning::Past);
    let crowded = room
        .filter(|room| seats > *room)
        .map(|room| SessionWarning::TooManySeats(seats, room));
    past.into_iter().chain(crowded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn at(typed: &str) -> DateTime<Utc> {
        parse_local(typed).unwrap()
    }

    fn morning() -> Span {
        (at("2026-11-26T07:30"), at("2026-11-26T11:30"))
    }

    fn said(problems: &Problems) -> Vec<String> {
        problems
            .0
            .iter()
            .map(|problem| format!("{} {}", problem.field, problem.reason.code()))
            .collect()
    }

    #[test]
    fn what_touches_does_not_overlap() {
        let noon = (at("2026-11-26T11:30"), at("2026-11-26T12:00"));
        let ten = (at("2026-11-26T10:00"), at("2026-11-26T10:01"));
        let day = (at("2026-11-26T00:00"), at("2026-11-27T00:00"));
        for (other, expected) in [(noon, false), (ten, true), (day, true), (morning(), true)] {
            assert_eq!(overlap(morning(), other), expected);
            assert_eq!(overlap(other, morning()), expected);
        }
    }

    #[test]
    fn a_place_is_chosen_or_typed_or_not_needed() {
        let form = SessionForm {
            starts_at: "2026-11-26T07:30".into(),
            ends_at: "2026-11-26T11:30".into(),
            ..SessionForm::default()
        };
        assert_eq!(said(&form.check(true).unwrap_err()), ["room required"]);
        assert!(form.check(false).is_ok());
        let chosen = SessionForm {
            room_id: "7".into(),
            ..form.clone()
        };
        assert_eq!(chosen.check(true).unwrap().place, NewPlace::Room(7));
        let odd = SessionForm {
            room_id: "hall".into(),
            ends_at: "2026-11-28T11:30".into(),
            ..form
        };
        assert_eq!(
            said(&odd.check(true).unwrap_err()),
            ["room_id not_a_choice", "ends_at longer_than"]
        );
    }

    #[test]
    fn a_room_and_a_typed_place_exclude_each_other() {
        let both = |room: &str, address: &str| SessionForm {
            room_id: "7".into(),
            room: room.into(),
            address: address.into(),
            starts_at: "2026-11-26T07:30".into(),
            ends_at: "2026-11-26T11:30".into(),
            ..SessionForm::default()
        };
        assert!(both(" ", "").check(true).is_ok());
        for (room, address, expected) in [
            ("Hội trường", "", "room room_or_place"),
            ("", "An Hội", "address room_or_place"),
            ("Hội trường", "An Hội", "room room_or_place"),
        ] {
            assert_eq!(
                said(&both(room, address).check(true).unwrap_err()),
                [expected]
            );
        }
    }

    #[test]
    fn nothing_is_planned_in_the_past_but_what_was_held_is_recorded() {
        let (start, now) = (morning().0, at("2026-11-26T08:00"));
        let past = Err(Reason::InThePast);
        assert_eq!(require_ahead(start, None, false, now), past);
        assert_eq!(require_ahead(start, Some(now), false, now), past);
        assert_eq!(require_ahead(start, None, true, now), Ok(()));
        let with_seconds = start + Duration::seconds(59);
        assert_eq!(require_ahead(start, Some(with_seconds), false, now), Ok(()));
        assert_eq!(require_ahead(now, None, false, now), Ok(()));
    }

    #[test]
    fn odd_and_yet_allowed() {
        let now = at("2026-11-26T08:00");
        let warnings = |seats, room| session_warnings(morning().0, now, seats, room);
        assert_eq!(warnings(40, Some(40)), [SessionWarning::Past]);
        assert_eq!(
            session_warnings(now, now, 41, Some(40)),
            [SessionWarning::TooManySeats(41, 40)]
        );
        assert_eq!(session_warnings(now, now, 41, None), []);
    }
}
