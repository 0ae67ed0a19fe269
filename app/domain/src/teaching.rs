//! Asking a trainer to teach a session.

use crate::{Problems, Reason, clean_line, parse_local};
use chrono::{DateTime, Utc};

/// The longest text of what is expected.
const LONGEST: u32 = 500;

/// Who is asked to teach what, as typed, kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeachForm {
    /// The key of the session.
    pub session: String,
    /// The key of the trainer.
    pub trainer_id: String,
    /// What the trainer is to prepare; may be empty.
    pub expected: String,
    /// By when, local time or RFC 3339; may be empty.
    pub expected_by: String,
    /// Ask although the trainer teaches elsewhere at that time.
    pub allow_clash: bool,
}

/// Who is asked to teach what, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTeaching {
    /// The key of the session.
    pub session_id: i64,
    /// The key of the trainer.
    pub trainer_id: i64,
    /// What the trainer is to prepare; may be empty.
    pub expected: String,
    /// By when.
    pub expected_by: Option<DateTime<Utc>>,
}

impl TeachForm {
    /// Checks it. Whether the trainer is free is for the deed to say.
    ///
    /// # Errors
    /// Problems with `session`, `trainer_id`, `expected` and `expected_by`,
    /// all at once.
    pub fn check(&self) -> Result<NewTeaching, Problems> {
        let mut problems = Problems::default();
        let session_id = problems.take("session", chosen(&self.session));
        let trainer_id = problems.take("trainer_id", chosen(&self.trainer_id));
        let expected = match clean_line(&self.expected, LONGEST) {
            Err(Reason::Required) => Ok(String::new()),
            checked => checked,
        };
        let expected = problems.take("expected", expected);
        let expected_by = match self.expected_by.trim() {
            "" => Ok(None),
            typed => parse_local(typed).map(Some),
        };
        let expected_by = problems.take("expected_by", expected_by);
        match (session_id, trainer_id, expected, expected_by) {
            (Some(session_id), Some(trainer_id), Some(expected), Some(expected_by)) => {
                Ok(NewTeaching {
                    session_id,
                    trainer_id,
                    expected,
                    expected_by,
                })
            }
            _ => Err(problems),
        }
    }
}

/// Whether what a trainer was asked to prepare is missing: the moment has come
/// by which it was to be there, nothing was `brought`, and somebody still waits
/// for it: the trainer has not declined, and the session is not over. What was
/// brought is told from files, which cannot say whether they are all of it.
#[must_use]
pub fn is_missing(
    expected_by: Option<DateTime<Utc>>,
    brought: u32,
    declined: bool,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    let due = expected_by.is_some_and(|by| by <= now);
    due && brought == 0 && !declined && now < ends_at
}

fn chosen(key: &str) -> Result<i64, Reason> {
    match key.trim() {
        "" => Err(Reason::Required),
        key => key.parse().map_err(|_| Reason::NotAChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    fn form() -> TeachForm {
        TeachForm {
            session: "3".to_owned(),
            trainer_id: " 7 ".to_owned(),
            ..TeachForm::default()
        }
    }

    #[test]
    fn nothing_need_be_expected() {
        let asked = form().check().unwrap();
        assert_eq!((asked.session_id, asked.trainer_id), (3, 7));
        assert_eq!((asked.expected.as_str(), asked.expected_by), ("", None));
        let more = TeachForm {
            expected: "  Bài   giảng ".to_owned(),
            expected_by: "2026-12-01T17:00".to_owned(),
            ..form()
        };
        let asked = more.check().unwrap();
        assert_eq!(asked.expected, "Bài giảng");
        assert_eq!(
            asked.expected_by.unwrap().to_rfc3339(),
            "2026-12-01T10:00:00+00:00"
        );
    }

    #[test]
    fn what_was_brought_or_is_no_longer_waited_for_is_not_missing() {
        let at = |hours| DateTime::<Utc>::UNIX_EPOCH + Duration::hours(hours);
        let (by, ends_at) = (Some(at(1)), at(9));
        assert!(!is_missing(by, 0, false, ends_at, at(0)), "not yet");
        assert!(is_missing(by, 0, false, ends_at, at(1)));
        assert!(!is_missing(by, 1, false, ends_at, at(1)), "brought");
        assert!(!is_missing(by, 0, true, ends_at, at(1)), "declined");
        assert!(!is_missing(by, 0, false, ends_at, at(9)), "over");
        assert!(!is_missing(None, 0, false, ends_at, at(1)), "whenever");
    }

    #[test]
    fn all_problems_are_said_at_once() {
        let wrong = TeachForm {
            trainer_id: "x".to_owned(),
            expected: "x".repeat(501),
            expected_by: "tomorrow".to_owned(),
            ..TeachForm::default()
        };
        let problems = wrong.check().unwrap_err();
        for (field, reason) in [
            ("session", Reason::Required),
            ("trainer_id", Reason::NotAChoice),
            ("expected", Reason::TooLong(500)),
            ("expected_by", Reason::NotATime),
        ] {
            assert_eq!(problems.of(field), Some(&reason), "{field}");
        }
    }
}
