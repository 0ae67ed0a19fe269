//! When a message leaves.

use super::{CampaignTiming, TimeUnit};
use crate::time::parse_time;
use crate::{Coded, Problems, Reason};
use chrono::{DateTime, Duration, Utc};

/// The longest time before or after a workshop, in its unit.
const MOST: i64 = 999;

/// When a message leaves. What is counted from the workshop follows it when it
/// is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// At once.
    Now,
    /// At a moment.
    At(DateTime<Utc>),
    /// So many minutes before the first session begins.
    BeforeStart(i64),
    /// So many minutes after the last session ends.
    AfterEnd(i64),
}

impl Timing {
    /// What it is counted from.
    #[must_use]
    pub fn kind(self) -> CampaignTiming {
        match self {
            Self::Now => CampaignTiming::Now,
            Self::At(_) => CampaignTiming::At,
            Self::BeforeStart(_) => CampaignTiming::BeforeStart,
            Self::AfterEnd(_) => CampaignTiming::AfterEnd,
        }
    }

    /// When it is due for a workshop from `starts` to `ends`; none for what
    /// leaves at once.
    #[must_use]
    pub fn due_at(self, starts: DateTime<Utc>, ends: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Now => None,
            Self::At(at) => Some(at),
            Self::BeforeStart(minutes) => Some(starts - Duration::minutes(minutes)),
            Self::AfterEnd(minutes) => Some(ends + Duration::minutes(minutes)),
        }
    }

    /// Whether it makes no sense any more: a message ahead of a workshop that
    /// has begun. Any other that is late leaves late.
    #[must_use]
    pub fn is_too_late(self, starts: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        matches!(self, Self::BeforeStart(_)) && now >= starts
    }

    /// A length in minutes as it is read best: 4320 minutes are 3 days.
    #[must_use]
    pub fn length(minutes: i64) -> (i64, TimeUnit) {
        let units = [TimeUnit::Days, TimeUnit::Hours, TimeUnit::Minutes].into_iter();
        let whole = |unit: &TimeUnit| minutes != 0 && minutes % unit.minutes() == 0;
        let unit = units.clone().find(whole).unwrap_or(TimeUnit::Minutes);
        (minutes / unit.minutes(), unit)
    }
}

/// When a message leaves, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimingForm {
    /// The code of a [`CampaignTiming`].
    pub timing: String,
    /// The moment, local time.
    pub send_at: String,
    /// How many of the unit before or after.
    pub amount: String,
    /// The code of a [`TimeUnit`].
    pub unit: String,
}

impl TimingForm {
    /// Reads it for a workshop from `starts` to `ends`. A moment that has
    /// passed is none.
    pub(super) fn check(
        &self,
        starts: DateTime<Utc>,
        ends: DateTime<Utc>,
        now: DateTime<Utc>,
        problems: &mut Problems,
    ) -> Option<Timing> {
        let kind = CampaignTiming::from_code(self.timing.trim()).ok_or(Reason::NotAChoice);
        let timing = match problems.take("campaign_timing", kind)? {
            CampaignTiming::Now => return Some(Timing::Now),
            CampaignTiming::At => Timing::At(problems.take("send_at", parse_time(&self.send_at))?),
            CampaignTiming::BeforeStart => Timing::BeforeStart(self.minutes(problems)?),
            CampaignTiming::AfterEnd => Timing::AfterEnd(self.minutes(problems)?),
        };
        let field = match timing {
            Timing::At(_) => "send_at",
            _ => "amount",
        };
        let ahead = timing.due_at(starts, ends).is_some_and(|due| due > now);
        let ahead = ahead.then_some(timing).ok_or(Reason::InThePast);
        problems.take(field, ahead)
    }

    fn minutes(&self, problems: &mut Problems) -> Option<i64> {
        let amount = match self.amount.trim() {
            "" => Err(Reason::Required),
            typed => typed
                .parse()
                .ok()
                .filter(|amount| (1..=MOST).contains(amount))
                .ok_or(Reason::NotInRange(1, MOST)),
        };
        let amount = problems.take("amount", amount);
        let unit = TimeUnit::from_code(self.unit.trim()).ok_or(Reason::NotAChoice);
        let unit = problems.take("unit", unit);
        Some(amount? * unit?.minutes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn at(typed: &str) -> DateTime<Utc> {
        parse_local(typed).unwrap()
    }

    fn form(timing: &str, send_at: &str, amount: &str, unit: &str) -> TimingForm {
        TimingForm {
            timing: timing.to_owned(),
            send_at: send_at.to_owned(),
            amount: amount.to_owned(),
            unit: unit.to_owned(),
        }
    }

    fn check(form: &TimingForm) -> Result<Timing, Problems> {
        let (starts, ends) = (at("2026-12-03T07:30"), at("2026-12-04T11:30"));
        let mut problems = Problems::default();
        let timing = form.check(starts, ends, at("2026-11-30T08:00"), &mut problems);
        timing.ok_or(problems)
    }

    #[test]
    fn what_is_counted_from_the_workshop_moves_with_it() {
        let before = check(&form("before_start", "", "2", "days")).unwrap();
        let after = check(&form("after_end", "", "2", "hours")).unwrap();
        let fixed = check(&form("at", "2026-12-01T09:00", "", "")).unwrap();
        for (starts, ends, due) in [
            (
                "2026-12-03T07:30",
                "2026-12-04T11:30",
                ["2026-12-01T07:30", "2026-12-04T13:30"],
            ),
            (
                "2026-12-10T13:00",
                "2026-12-10T17:00",
                ["2026-12-08T13:00", "2026-12-10T19:00"],
            ),
        ] {
            let (starts, ends) = (at(starts), at(ends));
            assert_eq!(before.due_at(starts, ends), Some(at(due[0])));
            assert_eq!(after.due_at(starts, ends), Some(at(due[1])));
            assert_eq!(fixed.due_at(starts, ends), Some(at("2026-12-01T09:00")));
            assert_eq!(Timing::Now.due_at(starts, ends), None);
            assert!(before.is_too_late(starts, starts));
            assert!(!before.is_too_late(starts, starts - Duration::seconds(1)));
            assert!(!after.is_too_late(starts, ends + Duration::days(9)));
        }
    }

    #[test]
    fn what_is_no_time_stands_beside_its_field() {
        for (form, field, reason) in [
            (form("", "", "", ""), "campaign_timing", Reason::NotAChoice),
            (
                form("soon", "", "", ""),
                "campaign_timing",
                Reason::NotAChoice,
            ),
            (form("at", "", "", ""), "send_at", Reason::Required),
            (
                form("at", "2026-11-30T08:00", "", ""),
                "send_at",
                Reason::InThePast,
            ),
            (
                form("before_start", "", "", "days"),
                "amount",
                Reason::Required,
            ),
            (
                form("before_start", "", "0", "days"),
                "amount",
                Reason::NotInRange(1, 999),
            ),
            (
                form("before_start", "", "3", "days"),
                "amount",
                Reason::InThePast,
            ),
            (
                form("after_end", "", "2", "weeks"),
                "unit",
                Reason::NotAChoice,
            ),
        ] {
            let problems = check(&form).unwrap_err();
            assert_eq!(problems.of(field), Some(&reason), "{form:?}");
        }
        assert_eq!(check(&form("now", "x", "y", "z")), Ok(Timing::Now));
    }

    #[test]
    fn lengths_are_said_in_the_largest_whole_unit() {
        for (minutes, said) in [
            (4320, (3, TimeUnit::Days)),
            (120, (2, TimeUnit::Hours)),
            (90, (90, TimeUnit::Minutes)),
            (1500, (25, TimeUnit::Hours)),
            (0, (0, TimeUnit::Minutes)),
        ] {
            assert_eq!(Timing::length(minutes), said);
        }
    }
}
