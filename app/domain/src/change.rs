//! Moving a workshop or calling it off, and who is told.

use crate::typed::{optional_link, optional_text, term_or};
use crate::{Problems, Reason, SessionForm, WorkshopFormat};

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

#[cfg(test)]
mod tests {
    use super::*;

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
