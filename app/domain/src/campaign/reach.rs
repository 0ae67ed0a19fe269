//! Who of those that a message is for gets a mail, is called, or is left out.

use super::{CampaignPurpose, SharedMailbox};
use crate::coded::coded;
use std::collections::HashMap;

coded! {
    /// Why somebody who fits is not told.
    LeftOut {
        /// Did not agree to be invited, or took that back.
        NoConsent = "no_consent",
        /// Is told by another registration.
        Twice = "twice",
    }
}

/// Somebody whom a message is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// The key of the person: one may hold several registrations.
    pub person: i64,
    /// Whether this registration has a seat.
    pub seated: bool,
    /// The address, where it works.
    pub mailbox: Option<String>,
    /// Whether the person agreed to be invited.
    pub agrees: bool,
}

/// How somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// By the mail with this number, from 0.
    Mail(usize),
    /// By phone or Zalo: no mail reaches them.
    Call,
    /// Not at all.
    Left(LeftOut),
}

/// How each of those that fit is told, in their order. A person is told once,
/// by the registration with a seat, else by the first. Those who share a
/// mailbox share a mail where that is wanted, however it is spelled.
#[must_use]
pub fn tell_each(
    purpose: CampaignPurpose,
    shared: SharedMailbox,
    people: &[Fitting],
) -> Vec<Telling> {
    let mut stands: HashMap<i64, usize> = HashMap::new();
    for (at, one) in people.iter().enumerate() {
        let known = stands.entry(one.person).or_insert(at);
        if one.seated && !people[*known].seated {
            *known = at;
        }
    }
    let (mut mailboxes, mut mails) = (HashMap::new(), 0);
    let mut next = || {
        mails += 1;
        mails - 1
    };
    people
        .iter()
        .enumerate()
        .map(|(at, one)| {
            if stands.get(&one.person) != Some(&at) {
                return Telling::Left(LeftOut::Twice);
            }
            if purpose == CampaignPurpose::Invitations && !one.agrees {
                return Telling::Left(LeftOut::NoConsent);
            }
            match (&one.mailbox, shared) {
                (None, _) => Telling::Call,
                (Some(_), SharedMailbox::Each) => Telling::Mail(next()),
                (Some(mailbox), SharedMailbox::One) => Telling::Mail(
                    *mailboxes
                        .entry(mailbox.to_lowercase())
                        .or_insert_with(&mut next),
                ),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Telling::{Call, Left, Mail};

    fn one(person: i64, seated: bool, mailbox: &str, agrees: bool) -> Fitting {
        Fitting {
            person,
            seated,
            mailbox: (!mailbox.is_empty()).then(|| mailbox.to_owned()),
            agrees,
        }
    }

    #[test]
    fn a_mailbox_gets_one_mail_or_one_each() {
        let people = [
            one(1, true, "office@example.com", true),
            one(2, true, "", true),
            one(3, true, "Office@example.com", false),
            one(4, true, "own@example.com", true),
        ];
        let told = |purpose, shared| tell_each(purpose, shared, &people);
        assert_eq!(
            told(CampaignPurpose::Organising, SharedMailbox::Each),
            [Mail(0), Call, Mail(1), Mail(2)]
        );
        assert_eq!(
            told(CampaignPurpose::Organising, SharedMailbox::One),
            [Mail(0), Call, Mail(0), Mail(1)]
        );
        assert_eq!(
            told(CampaignPurpose::Invitations, SharedMailbox::Each),
            [Mail(0), Call, Left(LeftOut::NoConsent), Mail(1)]
        );
    }

    #[test]
    fn a_person_is_told_once() {
        let people = [
            one(1, false, "a@example.com", true),
            one(1, true, "", true),
            one(2, false, "b@example.com", true),
            one(2, false, "c@example.com", true),
        ];
        assert_eq!(
            tell_each(CampaignPurpose::Organising, SharedMailbox::Each, &people),
            [Left(LeftOut::Twice), Call, Mail(0), Left(LeftOut::Twice)],
            "the seat counts, else who came first"
        );
    }
}
