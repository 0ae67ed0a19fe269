//! How often a wrong password may be tried.

use chrono::{DateTime, Duration, Utc};

/// Wrong tries allowed for one account from anywhere within the window.
pub const SIGN_IN_ATTEMPTS: usize = 5;

/// How long a wrong try counts.
pub const SIGN_IN_WINDOW: Duration = Duration::minutes(15);

/// How long to wait before the next try, if at all. `failures` are the times
/// of wrong tries, in any order.
#[must_use]
pub fn throttled_for(failures: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<Duration> {
    let mut recent: Vec<_> = failures
        .iter()
        .copied()
        .filter(|at| now - *at < SIGN_IN_WINDOW)
        .collect();
    recent.sort_unstable();
    let blocking = recent.len().checked_sub(SIGN_IN_ATTEMPTS)?;
    recent.get(blocking).map(|at| *at + SIGN_IN_WINDOW - now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_until_the_first_is_forgotten() {
        let now = DateTime::<Utc>::UNIX_EPOCH + Duration::days(1);
        let mut tries: Vec<_> = (1..=4).map(|m| now - Duration::minutes(m)).collect();
        assert_eq!(throttled_for(&tries, now), None);
        tries.push(now - Duration::minutes(10));
        assert_eq!(throttled_for(&tries, now), Some(Duration::minutes(5)));
        assert_eq!(throttled_for(&tries, now + Duration::minutes(5)), None);
    }
}
