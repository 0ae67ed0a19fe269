//! The fewest people a workshop is held for.

use chrono::{DateTime, Utc};

/// A minimum and when it must be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// The fewest people with a seat.
    pub least: u32,
    /// When they must be there.
    pub by: DateTime<Utc>,
    /// An organiser decided to go ahead all the same.
    pub settled: bool,
}

impl Minimum {
    /// Whether an organiser has to decide: the moment has come, seats are
    /// short, and nobody has decided yet. Nothing is cancelled by itself
    /// (Totara's rule).
    #[must_use]
    pub fn is_missed(self, booked: u32, now: DateTime<Utc>) -> bool {
        !self.settled && now >= self.by && booked < self.least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn missed_from_the_moment_on_until_somebody_decides() {
        let by = DateTime::<Utc>::UNIX_EPOCH;
        let minimum = Minimum {
            least: 20,
            by,
            settled: false,
        };
        assert!(!minimum.is_missed(19, by - Duration::seconds(1)));
        assert!(minimum.is_missed(19, by));
        assert!(!minimum.is_missed(20, by));
        let settled = Minimum {
            settled: true,
            ..minimum
        };
        assert!(!settled.is_missed(0, by + Duration::days(1)));
    }
}
