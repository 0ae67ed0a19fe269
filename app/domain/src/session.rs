//! Sessions: when and where, what is wrong or odd about that, and what cannot
//! be at the same time.

use crate::time::parse_time;
use crate::{Problems, Reason, clean_line, normalise};
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
    /// needed unless everybody takes part over a link.
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

    fn place(&self, problems: &mut Problems, needs_place: bool) -> Option<NewPlace> {
        let chosen = self.room_id.trim();
        if !chosen.is_empty() {
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

/// A line that may be empty.
pub(crate) fn optional_line(typed: &str, max: u32) -> Result<String, Reason> {
    match clean_line(typed, max) {
        Err(Reason::Required) => Ok(String::new()),
        checked => checked,
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

/// One line of an agenda as typed. Times are hours of the session's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgendaRow {
    /// Start, `HH:MM`.
    pub from: String,
    /// End, `HH:MM`.
    pub to: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English; may be empty.
    pub title_en: String,
    /// The key of a trainer; may be empty.
    pub trainer_id: String,
}

impl AgendaRow {
    fn is_blank(&self) -> bool {
        [
            &self.from,
            &self.to,
            &self.title_vi,
            &self.title_en,
            &self.trainer_id,
        ]
        .iter()
        .all(|field| field.trim().is_empty())
    }
}

/// A line of an agenda that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgendaItem {
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, empty when not given.
    pub title_en: String,
    /// Who speaks.
    pub trainer_id: Option<i64>,
}

/// Checks the agenda of a session: each line lies inside the session, and no
/// two at the same time. Blank rows are left out; the rest is put in order.
/// Fields are called `from-0`, `to-0`, `item_vi-0`… by the row as typed.
///
/// # Errors
/// All problems, row by row.
pub fn check_agenda(rows: &[AgendaRow], session: Span) -> Result<Vec<NewAgendaItem>, Problems> {
    let mut problems = Problems::default();
    let mut items: Vec<(usize, NewAgendaItem)> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
        let field = |name: &str| format!("{name}-{at}");
        let from = problems.take(field("from"), hour(&row.from, session));
        let to = problems.take(field("to"), hour(&row.to, session));
        let title_vi = problems.take(field("item_vi"), clean_line(&row.title_vi, 200));
        let title_en = problems.take(field("item_en"), optional_line(&row.title_en, 200));
        let trainer = match row.trainer_id.trim() {
            "" => Ok(None),
            key => key.parse().map(Some).map_err(|_| Reason::NotAChoice),
        };
        let trainer_id = problems.take(field("trainer_id"), trainer);
        if let (Some(from), Some(to)) = (from, to) {
            if to <= from {
                problems.add(field("to"), Reason::EndNotAfterStart);
            } else if from < session.0 {
                problems.add(field("from"), Reason::OutsideSession);
            } else if to > session.1 {
                problems.add(field("to"), Reason::OutsideSession);
            } else if items
                .iter()
                .any(|(_, item)| overlap((item.starts_at, item.ends_at), (from, to)))
            {
                problems.add(field("from"), Reason::Overlaps);
            }
        }
        let whole = || {
            Some(NewAgendaItem {
                starts_at: from?,
                ends_at: to?,
                title_vi: title_vi?,
                title_en: title_en?,
                trainer_id: trainer_id?,
            })
        };
        items.extend(whole().map(|item| (at, item)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    items.sort_by_key(|(_, item)| item.starts_at);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// An hour of the session's first day, or of the next where that is earlier
/// than the start and the session runs past midnight.
fn hour(typed: &str, session: Span) -> Result<DateTime<Utc>, Reason> {
    use crate::VIETNAM;
    use chrono::{NaiveTime, TimeZone};
    let typed = normalise(typed).to_lowercase().replace('h', ":");
    let typed = match typed.strip_suffix(':') {
        Some(hour) => format!("{hour}:00"),
        None => typed,
    };
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    let time = NaiveTime::parse_from_str(&typed, "%H:%M").map_err(|_| Reason::NotAnHour)?;
    let day = session.0.with_timezone(&VIETNAM).date_naive();
    let at = VIETNAM
        .from_local_datetime(&day.and_time(time))
        .single()
        .ok_or(Reason::NotAnHour)?
        .with_timezone(&Utc);
    let next_day = at + Duration::days(1);
    Ok(if at < session.0 && next_day <= session.1 {
        next_day
    } else {
        at
    })
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

    fn row(from: &str, to: &str, title: &str) -> AgendaRow {
        AgendaRow {
            from: from.into(),
            to: to.into(),
            title_vi: title.into(),
            ..AgendaRow::default()
        }
    }

    #[test]
    fn an_agenda_is_put_in_order_without_its_blank_rows() {
        let rows = [
            row("9h", "10h00", "Nước"),
            AgendaRow::default(),
            row("07:30", "09:00", "Mở đầu"),
        ];
        let items = check_agenda(&rows, morning()).unwrap();
        let titles: Vec<_> = items.iter().map(|item| item.title_vi.as_str()).collect();
        assert_eq!(titles, ["Mở đầu", "Nước"]);
    }

    #[test]
    fn an_agenda_stays_inside_its_session_and_says_one_thing_at_a_time() {
        let rows = [
            row("07:00", "08:00", "Sớm"),
            row("11:00", "12:00", "Muộn"),
            row("08:00", "09:00", "A"),
            row("08:30", "09:30", "B"),
            row("10:00", "10:00", "C"),
            row("25:00", "", ""),
        ];
        assert_eq!(
            said(&check_agenda(&rows, morning()).unwrap_err()),
            [
                "from-0 outside_session",
                "to-1 outside_session",
                "from-3 overlaps",
                "to-4 end_not_after_start",
                "from-5 not_an_hour",
                "to-5 required",
                "item_vi-5 required",
            ]
        );
    }

    #[test]
    fn a_session_past_midnight_has_hours_of_both_days() {
        let night = (at("2026-11-26T20:00"), at("2026-11-27T02:00"));
        let items = check_agenda(&[row("23:00", "01:00", "Ca đêm")], night).unwrap();
        assert_eq!(items[0].ends_at, at("2026-11-27T01:00"));
    }
}
