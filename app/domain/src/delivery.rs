//! What becomes of a mail: states, and when it is tried again.

use crate::coded::coded;
use chrono::Duration;

coded! {
    /// The state of one mail to one recipient.
    DeliveryState {
        /// Written, waiting for the worker.
        Queued = "queued",
        /// A worker has it in hand.
        Sending = "sending",
        /// The server took it.
        Sent = "sent",
        /// It failed for now and will be tried again.
        Retry = "retry",
        /// It failed for good.
        Failed = "failed",
        /// Not to be sent: the reason for it has gone.
        Withheld = "withheld",
    }
}

impl DeliveryState {
    /// States of mails that are still to leave: they wait, are in hand, or will
    /// be tried again.
    pub const TO_LEAVE: [Self; 3] = [Self::Queued, Self::Sending, Self::Retry];
}

/// How a try to hand a mail over failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpFailure {
    /// No connection, a time-out or a broken one.
    Connection,
    /// The server answered with this code.
    Code(u16),
    /// The mail cannot be built, for example because of its address.
    Unsendable,
}

/// Tries before giving up on a refusal that may pass.
pub const MAX_ATTEMPTS: u32 = 20;

/// Quick tries, for a server that is busy or gone for a moment (pretix).
const QUICK: [i64; 5] = [10, 30, 60, 300, 900];

/// Slow tries, for a recipient that is refused for now.
const SLOW_SECONDS: i64 = 30 * 60;

/// When to try again after `attempts` tries, the last of which failed this
/// way; none means it has failed for good. A server that cannot be reached is
/// tried without end, and so is one that does not let this sender in: the mail
/// is not at fault.
#[must_use]
pub fn next_attempt(failure: SmtpFailure, attempts: u32) -> Option<Duration> {
    let quick = || {
        let step = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        QUICK.get(step).copied().unwrap_or(SLOW_SECONDS)
    };
    let seconds = match failure {
        SmtpFailure::Unsendable => return None,
        // RFC 4954: authentication is required, failed, or must be encrypted.
        SmtpFailure::Connection | SmtpFailure::Code(530 | 534 | 535 | 538) => quick(),
        SmtpFailure::Code(_) if attempts >= MAX_ATTEMPTS => return None,
        SmtpFailure::Code(421 | 422 | 431 | 442 | 447 | 452) => quick(),
        SmtpFailure::Code(400..=499) => SLOW_SECONDS,
        SmtpFailure::Code(_) => return None,
    };
    Some(Duration::seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_retries() {
        let seconds = |failure, attempts| next_attempt(failure, attempts).map(|d| d.num_seconds());
        let busy = SmtpFailure::Code(421);
        assert_eq!(
            (1..=6).map(|n| seconds(busy, n)).collect::<Vec<_>>(),
            [
                Some(10),
                Some(30),
                Some(60),
                Some(300),
                Some(900),
                Some(1800)
            ]
        );
        assert_eq!(seconds(busy, MAX_ATTEMPTS), None);
        assert_eq!(seconds(SmtpFailure::Connection, 500), Some(1800));
        for code in [530, 534, 535, 538] {
            let shut_out = SmtpFailure::Code(code);
            assert_eq!(seconds(shut_out, 1), Some(10));
            assert_eq!(seconds(shut_out, 500), Some(1800), "the server's matter");
        }
        assert_eq!(seconds(SmtpFailure::Code(450), 1), Some(1800));
        assert_eq!(seconds(SmtpFailure::Code(550), 1), None);
        assert_eq!(seconds(SmtpFailure::Unsendable, 1), None);
    }
}
