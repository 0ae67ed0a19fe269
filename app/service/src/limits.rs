//! How often one address, one contact and one token may ask for something.
//!
//! The limits are generous enough for a hall of a hundred people behind one
//! address who all register at once, and for a colleague who registers a whole
//! workshop; what they stop is a program. They count in this process: two
//! servers allow twice as much.

use crate::Failure;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// Forms that one address may send at once: a hall, each of whom makes a
/// mistake or two.
const FORMS: u32 = 400;
/// And then one a second.
const FORMS_EACH: Duration = Duration::from_secs(1);

/// Registrations with one phone or mailbox at once: a colleague's, shared by
/// all of an establishment.
const CONTACTS: u32 = 40;
/// And then one in two minutes.
const CONTACTS_EACH: Duration = Duration::from_secs(120);

/// Requests of one API token at once: fifty door devices that come back from
/// being offline.
const CALLS: u32 = 2000;
/// And then twenty a second.
const CALLS_EACH: Duration = Duration::from_millis(50);

/// The counters; none where a load test has switched them off.
#[derive(Debug)]
pub struct Limits(Option<Counters>);

#[derive(Debug)]
struct Counters {
    forms: DefaultKeyedRateLimiter<IpAddr>,
    contacts: DefaultKeyedRateLimiter<String>,
    calls: DefaultKeyedRateLimiter<i64>,
    clock: DefaultClock,
}

impl Limits {
    /// The limits, or none at all.
    #[must_use]
    pub fn new(on: bool) -> Self {
        Self(on.then(|| Counters {
            forms: limiter(FORMS, FORMS_EACH),
            contacts: limiter(CONTACTS, CONTACTS_EACH),
            calls: limiter(CALLS, CALLS_EACH),
            clock: DefaultClock::default(),
        }))
    }

    /// Whether anything is limited.
    #[must_use]
    pub fn are_on(&self) -> bool {
        self.0.is_some()
    }

    /// Counts a public form sent from an address. Of an IPv6 address the
    /// network counts: its 64 bits belong to one household or hall.
    ///
    /// # Errors
    /// [`Failure::TooMany`] with the seconds to wait.
    pub fn form(&self, from: IpAddr) -> Result<(), Failure> {
        let Some(counters) = &self.0 else {
            return Ok(());
        };
        let network = match from.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                IpAddr::from(network.to_be_bytes())
            }
            address => address,
        };
        counters.count(&counters.forms, &network)
    }

    /// Counts registrations by their contacts, each once.
    ///
    /// # Errors
    /// [`Failure::TooMany`] with the seconds to wait.
    pub(crate) fn contacts<'a>(
        &self,
        contacts: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Failure> {
        let Some(counters) = &self.0 else {
            return Ok(());
        };
        let mut contacts: Vec<String> = contacts.into_iter().map(str::to_lowercase).collect();
        contacts.sort_unstable();
        contacts.dedup();
        contacts
            .iter()
            .try_for_each(|contact| counters.count(&counters.contacts, contact))
    }

    /// Counts a request of an API token.
    ///
    /// # Errors
    /// [`Failure::TooMany`] with the seconds to wait.
    pub fn call(&self, token: i64) -> Result<(), Failure> {
        match &self.0 {
            Some(counters) => counters.count(&counters.calls, &token),
            None => Ok(()),
        }
    }

    /// Forgets those who have not asked for long; run now and then by the
    /// worker, so that memory stays flat.
    pub fn sweep(&self) {
        if let Some(counters) = &self.0 {
            counters.forms.retain_recent();
            counters.contacts.retain_recent();
            counters.calls.retain_recent();
        }
    }
}

impl Counters {
    fn count<K: Hash + Eq + Clone>(
        &self,
        limiter: &DefaultKeyedRateLimiter<K>,
        key: &K,
    ) -> Result<(), Failure> {
        limiter.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now()).as_secs() + 1;
            Failure::TooMany(i64::try_from(wait).unwrap_or(i64::MAX))
        })
    }
}

fn limiter<K: Hash + Eq + Clone>(burst: u32, each: Duration) -> DefaultKeyedRateLimiter<K> {
    let Some(quota) = Quota::with_period(each) else {
        unreachable!("the periods above are not zero");
    };
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    RateLimiter::keyed(quota.allow_burst(burst))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    #[test]
    fn a_hall_behind_one_address_gets_in_and_a_flood_does_not() {
        let limits = Limits::new(true);
        for _ in 0..FORMS {
            limits.form(ip("198.51.100.7")).unwrap();
        }
        let more = limits.form(ip("::ffff:198.51.100.7"));
        assert!(matches!(more, Err(Failure::TooMany(1 | 2))), "{more:?}");
        limits.form(ip("198.51.100.8")).unwrap();
    }

    #[test]
    fn one_network_of_ipv6_counts_as_one() {
        let limits = Limits::new(true);
        for n in 0..FORMS {
            limits.form(ip(&format!("2001:db8::{n:x}"))).unwrap();
        }
        assert!(limits.form(ip("2001:db8::ffff:1")).is_err());
        limits.form(ip("2001:db8:0:1::1")).unwrap();
    }

    #[test]
    fn a_contact_counts_once_a_request_and_tokens_by_themselves() {
        let limits = Limits::new(true);
        for _ in 0..CONTACTS {
            let shared = ["Chung@example.com", "chung@example.com"];
            limits.contacts(shared).unwrap();
        }
        let more = limits.contacts(["chung@example.com"]);
        assert!(matches!(more, Err(Failure::TooMany(_))), "{more:?}");
        for _ in 0..CALLS {
            limits.call(1).unwrap();
        }
        assert!(limits.call(1).is_err());
        limits.call(2).unwrap();
        limits.sweep();
    }

    #[test]
    fn off_is_off() {
        let limits = Limits::new(false);
        for _ in 0..=FORMS {
            limits.form(ip("198.51.100.7")).unwrap();
        }
        assert!(!limits.are_on());
    }
}
