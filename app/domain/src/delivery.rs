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

coded! {
    /// Whose matter the last failure of a mail was.
    MailFailure {
        /// The mail server could not be reached, or broke off.
        Connection = "connection",
        /// The mail server refuses, whoever the mail is to: this sender, mail
        /// of this kind, or everything.
        Server = "server",
        /// The mail server refuses for now.
        Passing = "passing",
        /// Nobody has this mailbox.
        Mailbox = "mailbox",
        /// The mail itself cannot be built.
        Mail = "mail",
    }
}

coded! {
    /// Why a mail says what is no longer so.
    Outdated {
        /// The recipient wants no mails of this kind any more.
        Stopped = "stopped",
        /// The message to many was cancelled.
        MessageCancelled = "message_cancelled",
        /// The workshop was called off.
        CalledOff = "called_off",
        /// Time or place changed since.
        Moved = "moved",
        /// The workshop has ended since.
        Ended = "ended",
        /// A later mail changes the same entry of a calendar.
        Replaced = "replaced",
        /// The registration stands otherwise by now.
        Registration = "registration",
        /// The invitation was withdrawn or declined.
        Invitation = "invitation",
    }
}

/// How a try to hand a mail over failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpFailure {
    /// No connection, a time-out or a broken one.
    Connection,
    /// The server answered with this code.
    Code(u16),
    /// Where the mail is to go is no address.
    NoAddress,
    /// The mail cannot be built.
    Unsendable,
}

impl SmtpFailure {
    /// Whose matter it is, by the server's words. An address is blamed only
    /// where the answer speaks of the mailbox: one wrong setting, or a server
    /// that is broken for a moment, must not mark everybody as unreachable.
    #[must_use]
    pub fn of(self, words: &str) -> MailFailure {
        match self {
            Self::Connection => MailFailure::Connection,
            Self::NoAddress => MailFailure::Mailbox,
            Self::Unsendable => MailFailure::Mail,
            // It closes the line; it cannot check who is sending.
            Self::Code(421 | 454) => MailFailure::Server,
            Self::Code(400..=499) => MailFailure::Passing,
            Self::Code(code) if is_of_mailbox(code, words) => MailFailure::Mailbox,
            Self::Code(_) => MailFailure::Server,
        }
    }
}

/// Whether a final refusal speaks of the mailbox: by its enhanced code (RFC
/// 3463), and without one by its code and words.
fn is_of_mailbox(code: u16, words: &str) -> bool {
    match enhanced(words) {
        // 5.1.7 and 5.1.8 speak of the sender's address.
        Some((1, 7 | 8)) => false,
        // Of whichever of the two addresses.
        Some((1, 0)) => !speaks_of_server(words),
        Some((1 | 2, _)) => true,
        // A dead route and a bad command, but of Microsoft an unknown mailbox.
        Some((4, 1) | (5, 0)) => speaks(words, &OF_THE_MAILBOX),
        None | Some((0, _)) => match code {
            550 | 551 | 553 => !speaks_of_server(words),
            // "This user doesn't have an account"
            554 => speaks(words, &["user"]) && speaks(words, &["account"]),
            _ => false,
        },
        Some(_) => false,
    }
}

/// The last two numbers of a final enhanced code such as 5.1.1.
fn enhanced(words: &str) -> Option<(u16, u16)> {
    let is_part = |sign: char| sign.is_ascii_digit() || sign == '.';
    words.split(|sign: char| !is_part(sign)).find_map(|token| {
        let rest = token.trim_end_matches('.').strip_prefix("5.")?;
        let (subject, detail) = rest.split_once('.')?;
        Some((subject.parse().ok()?, detail.parse().ok()?))
    })
}

/// What servers say that give no enhanced code and mean no mailbox: "relay not
/// permitted", "sender verify failed", "message rejected as spam".
const OF_THE_SERVER: [&str; 13] = [
    "relay",
    "sender",
    "authenti",
    "spam",
    "spf",
    "policy",
    "denied",
    "blocked",
    "blacklist",
    "blocklist",
    "dnsbl",
    // Not "not listed in the directory".
    " is listed",
    "are listed",
];

/// What tells that a refusal which may be of either is of the mailbox.
const OF_THE_MAILBOX: [&str; 3] = ["recipient", "mailbox", "user"];

fn speaks_of_server(words: &str) -> bool {
    speaks(words, &OF_THE_SERVER)
}

/// Whether an answer has one of these parts.
fn speaks(words: &str, parts: &[&str]) -> bool {
    // An address that is repeated says nothing.
    let words = words.split_whitespace().filter(|word| !word.contains('@'));
    let words = words.collect::<Vec<_>>().join(" ").to_lowercase();
    parts.iter().any(|part| words.contains(part))
}

/// As many refusals one after another say that it is not about one mail.
const REFUSED_IN_A_ROW: usize = 3;

/// What the newest tries, the newest first, say of the mail server; none where
/// it works. Of each: how it failed, if it did. A server that takes one mail,
/// or refuses one for its recipient's sake, works.
#[must_use]
pub fn server_trouble(tries: &[Option<MailFailure>]) -> Option<MailFailure> {
    let of_server = |one: &&Option<MailFailure>| {
        matches!(one, Some(MailFailure::Connection | MailFailure::Server))
    };
    let in_a_row = tries.iter().take_while(of_server).count();
    match tries.first().copied().flatten()? {
        MailFailure::Connection => Some(MailFailure::Connection),
        MailFailure::Server if in_a_row >= tries.len().min(REFUSED_IN_A_ROW) => {
            Some(MailFailure::Server)
        }
        _ => None,
    }
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
        SmtpFailure::NoAddress | SmtpFailure::Unsendable => return None,
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
    use crate::Coded;

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
        assert_eq!(seconds(SmtpFailure::NoAddress, 1), None);
    }

    #[test]
    fn an_address_is_blamed_only_for_its_mailbox() {
        // The upgrade of a database is tried by the same.
        for line in include_str!("../refusals.tsv").lines() {
            let mut parts = line.split('\t');
            let mut next = || parts.next().unwrap();
            let (code, words) = (next().parse().unwrap(), next());
            let whose = MailFailure::from_code(next()).unwrap();
            assert_eq!(SmtpFailure::Code(code).of(words), whose, "{code} {words}");
            let said = format!("permanent error ({code}): {words}");
            assert_eq!(
                SmtpFailure::Code(code).of(&said),
                whose,
                "as lettre says it"
            );
        }
        let silent = SmtpFailure::Connection.of("550 5.1.1 in a banner");
        assert_eq!(silent, MailFailure::Connection);
        assert_eq!(SmtpFailure::NoAddress.of("no @"), MailFailure::Mailbox);
        assert_eq!(SmtpFailure::Unsendable.of(""), MailFailure::Mail);
    }

    #[test]
    fn the_server_is_at_fault_when_the_newest_tries_say_so() {
        let (gone, refused) = (Some(MailFailure::Connection), Some(MailFailure::Server));
        let (nobody, taken) = (Some(MailFailure::Mailbox), None);
        let cases: [(&[Option<MailFailure>], Option<MailFailure>); 10] = [
            (&[], None),
            (&[gone], gone),
            (&[gone, taken], gone),
            (&[taken, gone, gone], None),
            (&[nobody, gone, gone], None),
            (&[refused], refused),
            (&[refused, taken], None),
            (&[refused, refused, taken, refused], None),
            (&[refused, gone, refused, taken], refused),
            (&[refused, refused, refused, refused], refused),
        ];
        for (tries, trouble) in cases {
            assert_eq!(server_trouble(tries), trouble, "{tries:?}");
        }
    }
}
