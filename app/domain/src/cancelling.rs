//! Until when people may give up a registration themselves.

use crate::CancelRule;
use chrono::{DateTime, Utc};

impl CancelRule {
    /// Whether somebody may still give up a registration at a moment, as far
    /// as this rule goes.
    #[must_use]
    pub fn allows(self, until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        match self {
            Self::AnyTime => true,
            Self::Until => until.is_none_or(|until| now < until),
            Self::Never => false,
        }
    }

    /// The moment until which people give up themselves at a workshop that
    /// begins then; none where they never may. Nothing is given up once it
    /// has begun.
    #[must_use]
    pub fn last_moment(
        self,
        until: Option<DateTime<Utc>>,
        starts_at: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        match self {
            Self::AnyTime => Some(starts_at),
            Self::Until => Some(until.map_or(starts_at, |until| until.min(starts_at))),
            Self::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;
    use chrono::Duration;

    fn now() -> DateTime<Utc> {
        parse_local("2026-11-01T08:00").unwrap()
    }

    #[test]
    fn giving_up_by_the_rule() {
        let until = Some(now() + Duration::days(1));
        let later = now() + Duration::days(2);
        for (rule, soon, late) in [
            (CancelRule::AnyTime, true, true),
            (CancelRule::Until, true, false),
            (CancelRule::Never, false, false),
        ] {
            assert_eq!(rule.allows(until, now()), soon, "{rule}");
            assert_eq!(rule.allows(until, later), late, "{rule}");
        }
    }

    #[test]
    fn the_last_moment_is_never_after_the_start() {
        let (start, day) = (now(), Duration::days(1));
        for (rule, until, expected) in [
            (CancelRule::AnyTime, Some(start - day), Some(start)),
            (CancelRule::Until, Some(start - day), Some(start - day)),
            (CancelRule::Until, Some(start + day), Some(start)),
            (CancelRule::Until, None, Some(start)),
            (CancelRule::Never, Some(start), None),
        ] {
            assert_eq!(rule.last_moment(until, start), expected, "{rule}");
        }
    }
}
