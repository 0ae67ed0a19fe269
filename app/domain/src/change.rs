//! Moving a workshop or calling it off, and who is told.

use crate::typed::optional_text;
use crate::{Problems, Reason, SessionForm};

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
    /// Move although a room or a trainer is taken at that time.
    pub allow_clash: bool,
    /// Whom to tell, and why.
    pub tell: TellForm,
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
}
