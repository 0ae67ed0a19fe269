//! Workshops: what is asked of one, its states and their legal moves.

use crate::coded::coded;
use crate::time::parse_time;
use crate::{AccountRole, Act, Problems, Reason, Slug, WorkshopKind, clean_line, may, normalise};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

coded! {
    /// The stored state of a workshop. Whether a published one is running or
    /// has been held follows from the clock: see [`WorkshopState::phase`].
    WorkshopState {
        /// Seen by organisers alone.
        Draft = "draft",
        /// Public; registration opens and closes by its window.
        Published = "published",
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
            Self::Published if now < starts_at => Phase::Upcoming,
            Self::Published if now < ends_at => Phase::Running,
            Self::Published => Phase::Held,
        }
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

/// A workshop as typed, kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkshopForm {
    /// The address; made from the Vietnamese title when empty.
    pub slug: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English; may be empty in a draft.
    pub title_en: String,
    /// Summary in Vietnamese; may be empty.
    pub summary_vi: String,
    /// Summary in English; may be empty.
    pub summary_en: String,
    /// The code of a [`WorkshopKind`]; awareness when empty.
    pub kind: String,
    /// Hall or room.
    pub room: String,
    /// Postal address; may be empty.
    pub address: String,
    /// Start of the session, local time or RFC 3339.
    pub starts_at: String,
    /// End of the session.
    pub ends_at: String,
    /// Seats.
    pub capacity: String,
    /// When registration opens; at once when empty.
    pub opens_at: String,
    /// When registration closes; at the start of the session when empty.
    pub closes_at: String,
}

/// A workshop that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWorkshop {
    /// The address asked for; none means one made from the title.
    pub slug: Option<Slug>,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, empty when not given.
    pub title_en: String,
    /// Summary in Vietnamese.
    pub summary_vi: String,
    /// Summary in English.
    pub summary_en: String,
    /// What it is for.
    pub kind: WorkshopKind,
    /// Hall or room.
    pub room: String,
    /// Postal address.
    pub address: String,
    /// Start of the session.
    pub starts_at: DateTime<Utc>,
    /// End of the session.
    pub ends_at: DateTime<Utc>,
    /// Seats, 1 to 5000.
    pub capacity: u32,
    /// When registration opens.
    pub opens_at: DateTime<Utc>,
    /// When registration closes.
    pub closes_at: DateTime<Utc>,
}

/// The most seats a workshop can have.
const MAX_CAPACITY: u32 = 5000;

impl WorkshopForm {
    /// Checks every field and says all that is wrong at once.
    ///
    /// # Errors
    /// The [`Problems`], in the order of the fields.
    pub fn check(&self, now: DateTime<Utc>) -> Result<NewWorkshop, Problems> {
        let mut problems = Problems::default();
        let title_vi = problems.take("title_vi", clean_line(&self.title_vi, 200));
        let title_en = problems.take("title_en", optional_line(&self.title_en, 200));
        let slug = problems.take("slug", optional_slug(&self.slug));
        let summary_vi = problems.take("summary_vi", optional_text(&self.summary_vi));
        let summary_en = problems.take("summary_en", optional_text(&self.summary_en));
        let kind = problems.take("kind", kind(&self.kind));
        let room = problems.take("room", clean_line(&self.room, 200));
        let address = problems.take("address", optional_line(&self.address, 300));
        let starts_at = problems.take("starts_at", parse_time(&self.starts_at));
        let ends_at = problems.take("ends_at", parse_time(&self.ends_at));
        if matches!((starts_at, ends_at), (Some(start), Some(end)) if end <= start) {
            problems.add("ends_at", Reason::EndNotAfterStart);
        }
        let capacity = problems.take("capacity", capacity(&self.capacity));
        let opens_at = problems.take("opens_at", parse_time_or(&self.opens_at, Some(now)));
        let closes_at = problems.take("closes_at", parse_time_or(&self.closes_at, starts_at));
        let (opens_at, closes_at) = (opens_at.flatten(), closes_at.flatten());
        if matches!((opens_at, closes_at), (Some(open), Some(close)) if close <= open) {
            let field = if self.closes_at.trim().is_empty() {
                "opens_at"
            } else {
                "closes_at"
            };
            problems.add(field, Reason::EndNotAfterStart);
        }
        // A closing time that follows from a wrong start is not wrong itself.
        if problems.of("ends_at").is_none()
            && matches!((closes_at, ends_at), (Some(close), Some(end)) if close > end)
        {
            problems.add("closes_at", Reason::ClosesAfterEnd);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let whole = || {
            Some(NewWorkshop {
                slug: slug?,
                title_vi: title_vi?,
                title_en: title_en?,
                summary_vi: summary_vi?,
                summary_en: summary_en?,
                kind: kind?,
                room: room?,
                address: address?,
                starts_at: starts_at?,
                ends_at: ends_at?,
                capacity: capacity?,
                opens_at: opens_at?,
                closes_at: closes_at?,
            })
        };
        whole().ok_or(problems)
    }
}

/// What a draft still lacks before it can be public: the fields, each of
/// which the cockpit links to.
#[must_use]
pub fn missing_to_publish(title_en: &str, room: &str) -> Problems {
    let mut problems = Problems::default();
    if title_en.is_empty() {
        problems.add("title_en", Reason::Required);
    }
    if room.is_empty() {
        problems.add("room", Reason::Required);
    }
    problems
}

pub(crate) fn optional_line(typed: &str, max: u32) -> Result<String, Reason> {
    match clean_line(typed, max) {
        Err(Reason::Required) => Ok(String::new()),
        checked => checked,
    }
}

/// Several lines, each normalised; 4000 characters at most.
pub(crate) fn optional_text(typed: &str) -> Result<String, Reason> {
    let lines: Vec<String> = typed.lines().map(normalise).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > 4000 {
        Err(Reason::TooLong(4000))
    } else {
        Ok(text)
    }
}

fn optional_slug(typed: &str) -> Result<Option<Slug>, Reason> {
    match Slug::parse(typed) {
        Ok(slug) => Ok(Some(slug)),
        Err(Reason::Required) => Ok(None),
        Err(reason) => Err(reason),
    }
}

fn kind(typed: &str) -> Result<WorkshopKind, Reason> {
    use crate::Coded;
    if typed.is_empty() {
        return Ok(WorkshopKind::Awareness);
    }
    WorkshopKind::from_code(typed).ok_or(Reason::NotAChoice)
}

fn capacity(typed: &str) -> Result<u32, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    typed
        .parse()
        .ok()
        .filter(|seats| (1..=MAX_CAPACITY).contains(seats))
        .ok_or(Reason::NotInRange(1, i64::from(MAX_CAPACITY)))
}

/// A time that has a default. The default is itself missing when another
/// field is wrong; that field's problem is then enough.
fn parse_time_or(
    typed: &str,
    default: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, Reason> {
    match parse_time(typed) {
        Err(Reason::Required) => Ok(default),
        parsed => parsed.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coded, parse_local};
    use chrono::Duration;

    fn now() -> DateTime<Utc> {
        parse_local("2026-11-01T08:00").unwrap()
    }

    fn form() -> WorkshopForm {
        WorkshopForm {
            title_vi: "Kỹ năng đánh giá SXSH".into(),
            room: "Hội trường".into(),
            starts_at: "2026-11-26T07:30".into(),
            ends_at: "2026-11-26T11:30".into(),
            capacity: "60".into(),
            ..WorkshopForm::default()
        }
    }

    #[test]
    fn the_window_defaults_to_now_until_the_start() {
        let new = form().check(now()).unwrap();
        assert_eq!((new.opens_at, new.closes_at), (now(), new.starts_at));
        assert_eq!((new.kind, new.slug), (WorkshopKind::Awareness, None));
    }

    #[test]
    fn times_that_cannot_be() {
        let said = |form: WorkshopForm| {
            let problems = form.check(now()).unwrap_err().0;
            problems
                .iter()
                .map(|p| format!("{} {}", p.field, p.reason.code()))
                .collect::<Vec<_>>()
        };
        for ends_at in ["2026-11-26T07:30", "2026-11-26T07:00"] {
            assert_eq!(
                said(WorkshopForm {
                    ends_at: ends_at.into(),
                    ..form()
                }),
                ["ends_at end_not_after_start"]
            );
        }
        assert_eq!(
            said(WorkshopForm {
                closes_at: "2026-11-27T07:30".into(),
                ..form()
            }),
            ["closes_at closes_after_end"]
        );
        assert_eq!(
            said(WorkshopForm {
                opens_at: "2026-11-26T08:00".into(),
                ..form()
            }),
            ["opens_at end_not_after_start"]
        );
        assert_eq!(
            said(WorkshopForm {
                starts_at: "soon".into(),
                capacity: "0".into(),
                ..form()
            }),
            ["starts_at not_a_time", "capacity not_in_range"]
        );
    }

    #[test]
    fn the_table_of_moves() {
        use WorkshopState::{Cancelled, Published};
        let table = [
            (Phase::Draft, [Some(Published), Some(Cancelled)]),
            (Phase::Upcoming, [None, Some(Cancelled)]),
            (Phase::Running, [None, Some(Cancelled)]),
            (Phase::Held, [None, None]),
            (Phase::Cancelled, [None, None]),
        ];
        for (phase, after) in table {
            for role in AccountRole::ALL.iter().copied() {
                let expected = if role == AccountRole::Organizer {
                    after
                } else {
                    [None, None]
                };
                let moved = [WorkshopMove::Publish, WorkshopMove::Cancel]
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
    }
}
