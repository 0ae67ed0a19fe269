//! What a device decides when no server answers: by the same rules, from the
//! list it took with it and from whom it let in itself.

use super::shown::{AloneWords, Answer, Tone};
use super::wire::{Kept, KeptSession};
use chrono::{DateTime, Datelike, Timelike, Utc};
use domain::{
    CheckedBy, CheckinOutcome, ChosenSession, Coded, ListedPerson, Refusal, SealKey, TicketCode,
    decide_checkin, is_door_open, session_at, session_chosen, to_local,
};
use std::collections::HashMap;

/// What the device knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Local {
    /// The list, when there is one.
    pub(super) kept: Option<Kept>,
    /// Whom this device saw come in, by session and place on the list, and when
    /// by the server's clock.
    pub(super) came: HashMap<(i64, String), i64>,
    /// The session that somebody chose, if one was.
    pub(super) chosen: Option<ChosenSession>,
}

/// Who saw somebody come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// This device.
    Here,
    /// Another, or somebody.
    Other(CheckedBy),
}

/// What the device makes of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: CheckinOutcome,
    /// Who it is, when the code is on the list.
    pub(super) person: Option<ListedPerson>,
    /// The place on the list.
    pub(super) id: Option<String>,
    /// Who saw the person come in before, if that is known.
    pub(super) by: Option<By>,
}

impl Verdict {
    /// Whether the person goes in: a code that the list does not have may be
    /// newer than the list, so it is noted and let in.
    pub(super) fn lets_in(&self) -> bool {
        let unknown = CheckinOutcome::Refused(Refusal::Unknown);
        self.outcome == CheckinOutcome::Admitted || self.outcome == unknown
    }
}

impl Local {
    /// The server's clock, as far as this device knows it.
    pub(super) fn our_clock(&self, now: i64) -> i64 {
        now + self.kept.as_ref().map_or(0, |kept| kept.ahead)
    }

    /// The session that stands by the clock; none without a list.
    pub(super) fn stands(&self, now: i64) -> Option<i64> {
        let sessions = &self.kept.as_ref()?.sessions;
        let ends = |session: &KeptSession| moment(session.ends_at);
        session_at(sessions, ends, moment(self.our_clock(now))).map(|session| session.id)
    }

    /// The session that people are checked in to now; none without a list.
    pub(super) fn session(&self, now: i64) -> Option<i64> {
        Some(session_chosen(self.stands(now)?, self.chosen))
    }

    /// Whether door staff may check people in to a session now.
    fn is_open(&self, session: i64, now: i64) -> bool {
        let sessions = self.kept.iter().flat_map(|kept| &kept.sessions);
        let mut sessions = sessions.filter(|known| known.id == session);
        sessions.all(|known| {
            let hours = (moment(known.starts_at), moment(known.ends_at));
            is_door_open(hours, moment(self.our_clock(now)))
        })
    }

    pub(super) fn decide(&self, session: i64, code: &TicketCode, now: i64) -> Verdict {
        let found = self.kept.as_ref().and_then(|kept| {
            let key = SealKey::derive(code, &kept.salt)?;
            let sealed = kept.sealed.iter().find(|person| person.id == key.id())?;
            Some((key.id().to_owned(), key.open(&sealed.sealed)?))
        });
        let Some((id, person)) = found else {
            return Verdict {
                outcome: CheckinOutcome::Refused(Refusal::Unknown),
                person: None,
                id: None,
                by: None,
            };
        };
        let here = self.came.get(&(session, id.clone()));
        let listed = person.came.iter().find(|came| came.session == session);
        let (since, by) = match (here, listed) {
            (_, Some(came)) => (Some(came.at), came.by.clone().map(By::Other)),
            (Some(ms), None) => (Some(moment(*ms)), Some(By::Here)),
            (None, None) => (None, None),
        };
        let outcome = match decide_checkin(person.state, true, since) {
            CheckinOutcome::Admitted if !self.is_open(session, now) => {
                CheckinOutcome::Refused(Refusal::OutsideHours)
            }
            outcome => outcome,
        };
        Verdict {
            outcome,
            person: Some(person),
            id: Some(id),
            by,
        }
    }
}

/// A time in milliseconds; none that a server sends is out of range.
fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// The words for what the device decided, at a session with these hours of the
/// door.
pub(super) fn answer(
    words: &AloneWords,
    verdict: &Verdict,
    kept: Option<&Kept>,
    code: &TicketCode,
    hours: &str,
) -> Answer {
    let about = |person: &ListedPerson| {
        let role = term(&words.roles, person.role.code());
        format!("{} · {role}", person.establishment)
    };
    let mut lines: Vec<String> = verdict.person.iter().map(about).collect();
    let (tone, word) = match verdict.outcome {
        CheckinOutcome::Admitted => (Tone::Ok, words.admitted.clone()),
        CheckinOutcome::Already(since) => {
            lines.push(since_by(words, &clock(since), verdict.by.as_ref()));
            (Tone::Wait, words.already.clone())
        }
        CheckinOutcome::Refused(Refusal::Unknown) => {
            lines.push(TicketCode::spaced(code.as_str()));
            lines.push(
                match kept.and_then(|kept| DateTime::from_timestamp_millis(kept.as_of)) {
                    Some(at) => words.not_listed.replace("{at}", &clock(at)),
                    None => words.no_list.clone(),
                },
            );
            (Tone::Wait, words.noted.clone())
        }
        CheckinOutcome::Refused(why) => {
            let held = verdict.person.as_ref().and_then(|person| person.held_until);
            let held = held.map_or_else(String::new, stamp);
            let helps = words.helps.iter().filter(|(known, _)| known == why.code());
            lines.extend(helps.map(|(_, help)| {
                let help = help.replace("{until}", &held);
                help.replace("{hours}", hours)
            }));
            (Tone::Bad, term(&words.refusals, why.code()))
        }
    };
    let person = verdict.person.as_ref();
    let in_now = !matches!(verdict.outcome, CheckinOutcome::Refused(_));
    Answer {
        tone,
        word,
        name: person.map_or_else(String::new, |person| person.full_name.clone()),
        lines,
        undo: None,
        colleague: person.filter(|_| in_now).map(|_| code.as_str().to_owned()),
        consent: person
            .filter(|person| in_now && person.consent_pending)
            .map(|_| code.as_str().to_owned()),
    }
}

/// Since when, and by whom if that is known.
fn since_by(words: &AloneWords, at: &str, by: Option<&By>) -> String {
    let (said, name) = match by {
        None => (&words.since, ""),
        Some(By::Here) => (&words.since_here, ""),
        Some(By::Other(CheckedBy::Account(name))) => (&words.since_by, name.as_str()),
        Some(By::Other(CheckedBy::Device(name))) => (&words.since_device, name.as_str()),
    };
    said.replace("{at}", at).replace("{name}", name)
}

pub(super) fn term(terms: &[(String, String)], code: &str) -> String {
    let found = terms.iter().find(|(known, _)| known == code);
    found.map_or_else(|| code.to_owned(), |(_, word)| word.clone())
}

/// What is said of something that is no code and nobody's name.
#[cfg(feature = "hydrate")]
pub(super) fn unknown(words: &AloneWords, help: Option<&str>) -> Answer {
    let code = Refusal::Unknown.code();
    let usual = || term(&words.helps, code);
    Answer {
        tone: Tone::Bad,
        word: term(&words.refusals, code),
        lines: vec![help.map_or_else(usual, str::to_owned)],
        ..Answer::default()
    }
}

/// Whether one more than there are seats would come in, with so many whom this
/// device has added since it read the list.
pub(super) fn is_full(kept: &Kept, added: u32) -> bool {
    kept.capacity > 0 && kept.expected.saturating_add(added) >= kept.capacity
}

/// The day and the time of day in Viet Nam.
fn stamp(at: DateTime<Utc>) -> String {
    let day = to_local(at);
    let (date, month, year) = (day.day(), day.month(), day.year());
    format!("{date:02}/{month:02}/{year} {}", clock(at))
}

/// The time of day in Viet Nam.
pub(super) fn clock(at: DateTime<Utc>) -> String {
    // chrono's own formatting would be as large as the rest of this file.
    let at = to_local(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A number with a sign between thousands.
pub(super) fn number(number: u32, group: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    out
}

/// The code in what was typed or scanned: the code itself, or the address of
/// the ticket's page.
pub(super) fn code_in(typed: &str) -> Option<TicketCode> {
    let last = typed.trim().split(['?', '#']).next()?.rsplit('/').next()?;
    match typed.contains("/my/") {
        true => TicketCode::parse(last.split('-').next()?),
        false => TicketCode::parse(typed),
    }
}

#[cfg(test)]
mod tests;
