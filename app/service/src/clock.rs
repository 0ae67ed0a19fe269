//! Time is asked for here and nowhere else.

use chrono::{DateTime, Duration, DurationRound, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock of the deeds: the system's, or one that tests move.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Milliseconds since 1970; none for the system's clock.
    set_to: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at a moment until it is moved.
    #[must_use]
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self {
            set_to: Some(Arc::new(AtomicI64::new(at.timestamp_millis()))),
        }
    }

    /// Moves a standing clock; the system's clock does not move.
    pub fn advance(&self, by: Duration) {
        if let Some(at) = &self.set_to {
            at.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }

    /// Now, in whole microseconds: PostgreSQL keeps no finer, and both
    /// databases are to agree.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.set_to {
            Some(at) => {
                DateTime::from_timestamp_millis(at.load(Ordering::SeqCst)).unwrap_or_default()
            }
            None => system_now(),
        };
        now.duration_trunc(Duration::microseconds(1)).unwrap_or(now)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system"
)]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}
