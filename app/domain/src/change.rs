//! Moving a workshop or calling it off, and who is told.

use crate::typed::{optional_link, optional_text, term_or};
use crate::{Problems, Reason, SessionForm, WorkshopFormat, moved_along};
use chrono::{DateTime, Duration, Utc};

/// Whom to tell of a change, and why it is made, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TellForm {
    /// The reason in Vietnamese.
    pub note_vi: String,
    /// The reason in English; the Vietnamese one when empty.
    pub note_en: String,
    /// Tell people with a seat.
    pub booked: bool,
    /// Tell people on the waiting list.
    pub waiting: bool,
    /// Tell the trainers.
    pub trainers: bool,
    /// Tell the contacts of establishments that were invited and have named
    /// nobody yet.
    pub invited: bool,
    /// The version of the workshop that was looked at.
    pub version: String,
}

impl TellForm {
    /// Everybody is told unless the organiser says otherwise.
    #[must_use]
    pub fn everybody(version: i64) -> Self {
        Self {
            booked: true,
            waiting: true,
            trainers: true,
            invited: true,
            version: version.to_string(),
            ..Self::default()
        }
    }
}

/// Whom to tell of a change, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
    /// The reason in Vietnamese; may be empty.
    pub note_vi: String,
    /// The reason in English; may be empty.
    pub note_en: String,
    /// Tell people with a seat.
    pub booked: bool,
    /// Tell people on the waiting list.
    pub waiting: bool,
    /// Tell the trainers.
    pub trainers: bool,
    /// Tell the contacts of establishments that have named nobody yet.
    pub invited: bool,
    /// The version of the workshop that was looked at; none when that was not
    /// said, which is no version.
    pub version: Option<i64>,
}

impl TellForm {
    /// Checks it. Whoever calls a workshop off says why.
    ///
    /// # Errors
    /// Problems with `note_vi` and `note_en`.
    pub fn check(&self, needs_reason: bool) -> Result<Tell, Problems> {
        let mut problems = Problems::default();
        let note_vi = match optional_text(&self.note_vi) {
            Ok(note) if note.is_empty() && needs_reason => Err(Reason::Required),
            checked => checked,
        };
        let note_vi = problems.take("note_vi", note_vi);
        let note_en = problems.take("note_en", optional_text(&self.note_en));
        match (note_vi, note_en) {
            (Some(note_vi), Some(note_en)) => Ok(Tell {
                note_vi,
                note_en,
                booked: self.booked,
                waiting: self.waiting,
                trainers: self.trainers,
                invited: self.invited,
                version: self.version.trim().parse().ok(),
            }),
            _ => Err(problems),
        }
    }
}

/// New times and places of sessions, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveForm {
    /// Each session by its key. Problems are named `starts_at-0`… by place in
    /// this list.
    pub sessions: Vec<(i64, SessionForm)>,
    /// The code of how people take part from then on; as before when empty.
    pub format: String,
    /// The link to take part, where the new way needs one and there is none
    /// yet; as before when empty.
    pub online_link: String,
    /// Move although a room or a trainer is taken at that time.
    pub allow_clash: bool,
    /// Whom to tell, and why.
    pub tell: TellForm,
}

impl MoveForm {
    /// How people take part from then on, and over which link. A link that is
    /// typed is taken only along with another way to take part: by itself it
    /// is a setting.
    ///
    /// # Errors
    /// Problems with `format` and `online_link`.
    pub fn taking_part(
        &self,
        was: WorkshopFormat,
        link: &str,
    ) -> Result<(WorkshopFormat, String), Problems> {
        let mut problems = Problems::default();
        let format = problems.take("format", term_or(&self.format, was));
        let typed = match optional_link(&self.online_link) {
            _ if format == Some(was) => Ok(link.to_owned()),
            Ok(typed) if typed.is_empty() => Ok(link.to_owned()),
            checked => checked,
        };
        let needed = format.is_some_and(|format| format != was && format.has_link());
        let typed = match typed {
            Ok(typed) if typed.is_empty() && needed => Err(Reason::Required),
            typed => typed,
        };
        let link = problems.take("online_link", typed);
        match (format, link) {
            (Some(format), Some(link)) => Ok((format, link)),
            _ => Err(problems),
        }
    }
}

/// The times of a workshop that hang on its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// When registration opens.
    pub opens_at: DateTime<Utc>,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
    /// Until when people may give up their seats.
    pub cancel_until: Option<DateTime<Utc>>,
    /// When the minimum is judged.
    pub minimum_by: Option<DateTime<Utc>>,
}

impl Deadlines {
    /// As they are when the first session begins at another moment and the last
    /// one at `last`. What lies ahead keeps its distance. A workshop that is
    /// postponed before it has begun takes along what was over too: registration
    /// opens again, and the minimum is judged anew. Registration that has not
    /// opened yet opens earlier with an earlier start; nobody registers once the
    /// last session has begun.
    #[must_use]
    pub fn moved(
        self,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        last: DateTime<Utc>,
        ahead: bool,
        now: DateTime<Utc>,
    ) -> Self {
        let shift = to - from;
        let postponed = ahead && shift > Duration::zero();
        let along = |at: DateTime<Utc>| {
            if at > now || postponed {
                moved_along(at, from, to)
            } else {
                at
            }
        };
        let opens_at = if self.opens_at > now {
            (self.opens_at + shift.min(Duration::zero())).max(now)
        } else {
            self.opens_at
        };
        let closes_at = along(self.closes_at).min(last);
        Self {
            opens_at,
            closes_at: closes_at.max(opens_at + Duration::minutes(1)),
            cancel_until: self.cancel_until.map(|at| along(at).min(to)),
            minimum_by: self.minimum_by.map(|at| along(at).min(to)),
        }
    }

    /// What has become another: the field, how it was and how it is.
    #[must_use]
    pub fn changed_to(self, other: Self) -> Vec<(&'static str, DateTime<Utc>, DateTime<Utc>)> {
        let all = [
            ("opens_at", Some(self.opens_at), Some(other.opens_at)),
            ("closes_at", Some(self.closes_at), Some(other.closes_at)),
            ("cancel_until", self.cancel_until, other.cancel_until),
            ("minimum_by", self.minimum_by, other.minimum_by),
        ];
        all.into_iter()
            .filter_map(|(field, was, is)| Some((field, was?, is?)))
            .filter(|(_, was, is)| was != is)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    #[test]
    fn deadlines_keep_their_distance_to_a_moved_start() {
        let at = |time: &str| parse_local(&format!("2026-12-{time}")).unwrap();
        let was = Deadlines {
            opens_at: at("01T08:00"),
            closes_at: at("09T17:00"),
            cancel_until: Some(at("08T17:00")),
            minimum_by: Some(at("05T08:00")),
        };
        let (from, now) = (at("10T07:30"), at("06T08:00"));
        let later = was.moved((from, at("12T13:30")), at("12T13:30"), true, now);
        assert_eq!(later.opens_at, was.opens_at);
        assert_eq!(later.closes_at, at("11T17:00"));
        assert_eq!(later.cancel_until, Some(at("10T17:00")));
        // Its day was over, and comes again.
        assert_eq!(later.minimum_by, Some(at("07T08:00")));
        let fields: Vec<_> = was.changed_to(later).iter().map(|one| one.0).collect();
        assert_eq!(fields, ["closes_at", "cancel_until", "minimum_by"]);
        // What has begun, or comes earlier, takes along only what lies ahead.
        let earlier = was.moved((from, at("07T07:30")), at("07T07:30"), true, now);
        assert_eq!(earlier.closes_at, at("06T17:00"));
        assert_eq!(earlier.minimum_by, was.minimum_by);
        let running = was.moved((from, at("12T07:30")), at("12T07:30"), false, now);
        assert_eq!(running.minimum_by, was.minimum_by);
        // Nobody registers once the last session has begun; nothing closes
        // before it has opened.
        let closing = Deadlines {
            closes_at: from,
            ..was
        };
        let soon = closing.moved((from, at("06T09:00")), at("06T09:00"), true, now);
        assert_eq!(soon.closes_at, at("06T09:00"));
        let unopened = Deadlines {
            opens_at: at("08T08:00"),
            ..was
        };
        let soon = unopened.moved((from, at("07T07:30")), at("07T07:30"), true, now);
        assert_eq!(soon.opens_at, now);
        assert_eq!(soon.closes_at, at("06T17:00"));
    }

    #[test]
    fn calling_off_needs_a_reason_and_moving_does_not() {
        let form = TellForm::everybody(3);
        assert_eq!(form.check(false).unwrap().version, Some(3));
        let problems = form.check(true).unwrap_err();
        assert_eq!(problems.of("note_vi"), Some(&Reason::Required));
    }

    #[test]
    fn another_way_to_take_part_needs_its_link() {
        use WorkshopFormat::{Hybrid, InPerson, Online};
        let link = "https://meet.example.com/a";
        let form = |format: &str, online_link: &str| MoveForm {
            format: format.to_owned(),
            online_link: online_link.to_owned(),
            ..MoveForm::default()
        };
        let of = |form: MoveForm, was, known: &str| form.taking_part(was, known);
        assert_eq!(
            of(form("", ""), Online, link),
            Ok((Online, link.to_owned()))
        );
        assert_eq!(
            of(form("online", link), InPerson, ""),
            Ok((Online, link.to_owned()))
        );
        assert_eq!(
            of(form("hybrid", ""), InPerson, link),
            Ok((Hybrid, link.to_owned()))
        );
        assert_eq!(
            of(form("in_person", ""), Online, link),
            Ok((InPerson, link.to_owned()))
        );
        let problems = of(form("online", " "), InPerson, "").unwrap_err();
        assert_eq!(problems.of("online_link"), Some(&Reason::Required));
        let problems = of(form("tv", "x"), InPerson, "").unwrap_err();
        assert_eq!(problems.of("format"), Some(&Reason::NotAChoice));
        // By itself a link is no move.
        assert_eq!(
            of(form("in_person", link), InPerson, ""),
            Ok((InPerson, String::new()))
        );
    }
}
