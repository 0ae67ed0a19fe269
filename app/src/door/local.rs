//! What a device decides when no server answers: by the same rules, from the
//! list it took with it and from whom it let in itself.

use super::shown::{AloneWords, Answer, Tone};
use super::wire::{Kept, KeptSession};
use chrono::{DateTime, Timelike, Utc};
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

/// The words for what the device decided.
pub(super) fn answer(
    words: &AloneWords,
    verdict: &Verdict,
    kept: Option<&Kept>,
    code: &TicketCode,
) -> Answer {
    let about = |person: &ListedPerson| {
        let role = term(&words.roles, person.role.code());
        format!("{} · {role}", person.establishment)
    };
    let mut lines: Vec<String> = verdict.person.iter().map(about).collect();
    let (tone, word) = match verdict.outcome {
        CheckinOutcome::Admitted => (Tone::Ok, &words.admitted),
        CheckinOutcome::Already(since) => {
            lines.push(since_by(words, &clock(since), verdict.by.as_ref()));
            (Tone::Wait, &words.already)
        }
        CheckinOutcome::Refused(Refusal::Unknown) => {
            lines.push(TicketCode::spaced(code.as_str()));
            lines.push(
                match kept.and_then(|kept| DateTime::from_timestamp_millis(kept.as_of)) {
                    Some(at) => words.not_listed.replace("{at}", &clock(at)),
                    None => words.no_list.clone(),
                },
            );
            (Tone::Wait, &words.noted)
        }
        CheckinOutcome::Refused(why) => {
            lines.insert(0, term(&words.refusals, why.code()));
            if why == Refusal::Waitlisted {
                lines.push(words.waitlisted_help.clone());
            }
            (Tone::Bad, &words.refused)
        }
    };
    let person = verdict.person.as_ref();
    Answer {
        tone,
        word: word.clone(),
        name: person.map_or_else(String::new, |person| person.full_name.clone()),
        lines,
        undo: None,
        colleague: person
            .filter(|_| verdict.outcome == CheckinOutcome::Admitted)
            .map(|_| code.as_str().to_owned()),
        consent: person
            .filter(|person| person.consent_pending)
            .filter(|_| !matches!(verdict.outcome, CheckinOutcome::Refused(_)))
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

fn term(terms: &[(String, String)], code: &str) -> String {
    let found = terms.iter().find(|(known, _)| known == code);
    found.map_or_else(|| code.to_owned(), |(_, word)| word.clone())
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
mod tests {
    use super::*;
    use domain::{Came, DelegateRole, RegistrationState};

    const SALT: &str = "salt of this workshop";

    fn code(typed: &str) -> TicketCode {
        TicketCode::parse(typed).unwrap()
    }

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(ms).unwrap()
    }

    fn local(people: &[(&str, RegistrationState, Option<i64>)]) -> Local {
        let sealed = people.iter().map(|(typed, state, since)| {
            let person = ListedPerson {
                full_name: format!("Person {typed}"),
                establishment: "Cơ sở A".to_owned(),
                role: DelegateRole::Owner,
                state: *state,
                consent_pending: typed.starts_with('A'),
                came: since
                    .map(|ms| Came {
                        session: 1,
                        at: at(ms),
                        by: Some(CheckedBy::Device("7".to_owned())),
                    })
                    .into_iter()
                    .collect(),
            };
            let key = SealKey::derive(&code(typed), SALT).unwrap();
            key.seal([1; 12], &person).unwrap()
        });
        Local {
            kept: Some(Kept {
                sessions: vec![session(1, 0, 3), session(2, 6, 9)],
                salt: SALT.to_owned(),
                as_of: 2_700_000,
                sealed: sealed.collect(),
                ..Kept::default()
            }),
            ..Local::default()
        }
    }

    const HOUR: i64 = 3_600_000;

    fn session(id: i64, from: i64, to: i64) -> KeptSession {
        KeptSession {
            id,
            starts_at: from * HOUR,
            ends_at: to * HOUR,
            arrived: 0,
        }
    }

    #[test]
    fn decides_as_the_server_does() {
        let local = local(&[
            ("AAAAAAAA", RegistrationState::Booked, None),
            ("BBBBBBBB", RegistrationState::Booked, Some(5000)),
            ("CCCCCCCC", RegistrationState::Cancelled, None),
        ]);
        let outcome = |session, typed| local.decide(session, &code(typed), 4 * HOUR).outcome;
        assert_eq!(outcome(1, "AAAAAAAA"), CheckinOutcome::Admitted);
        assert_eq!(outcome(1, "BBBBBBBB"), CheckinOutcome::Already(at(5000)));
        assert_eq!(outcome(2, "BBBBBBBB"), CheckinOutcome::Admitted);
        let cancelled = local.decide(1, &code("CCCCCCCC"), 0);
        assert_eq!(
            cancelled.outcome,
            CheckinOutcome::Refused(Refusal::Cancelled)
        );
        assert!(!cancelled.lets_in());
    }

    #[test]
    fn who_came_here_is_in_already() {
        let mut local = local(&[("AAAAAAAA", RegistrationState::Booked, None)]);
        let first = local.decide(1, &code("AAAAAAAA"), 0);
        assert!(first.lets_in());
        local.came.insert((1, first.id.unwrap()), 9000);
        let again = local.decide(1, &code("AAAAAAAA"), 0);
        assert_eq!(again.outcome, CheckinOutcome::Already(at(9000)));
        assert!(!again.lets_in());
    }

    #[test]
    fn the_afternoon_begins_when_the_morning_is_over() {
        let mut local = local(&[("BBBBBBBB", RegistrationState::Booked, Some(5000))]);
        assert_eq!(local.session(2 * HOUR), Some(1));
        assert_eq!(local.session(3 * HOUR), Some(2));
        // A clock that is two hours slow.
        local.kept.as_mut().unwrap().ahead = 2 * HOUR;
        assert_eq!(local.session(HOUR), Some(2));
        local.chosen = Some(ChosenSession {
            session: 2,
            instead_of: 1,
        });
        assert_eq!([0, HOUR].map(|now| local.session(now)), [Some(2); 2]);
        assert_eq!(Local::default().session(0), None);
        let verdict = local.decide(2, &code("BBBBBBBB"), 0);
        assert_eq!(
            verdict.outcome,
            CheckinOutcome::Refused(Refusal::OutsideHours)
        );
    }

    #[test]
    fn who_is_in_already_is_said_with_by_whom() {
        let words = AloneWords {
            since_device: "since {at} on {name}".to_owned(),
            since_here: "since {at} here".to_owned(),
            ..AloneWords::default()
        };
        let mut local = local(&[
            ("AAAAAAAA", RegistrationState::Booked, None),
            ("BBBBBBBB", RegistrationState::Booked, Some(5000)),
        ]);
        let said = |local: &Local, typed| {
            let wanted = code(typed);
            let verdict = local.decide(1, &wanted, 0);
            answer(&words, &verdict, local.kept.as_ref(), &wanted)
        };
        assert_eq!(said(&local, "BBBBBBBB").lines[1], "since 07:00 on 7");
        let first = said(&local, "AAAAAAAA");
        let own = Some("AAAAAAAA".to_owned());
        assert_eq!((first.colleague, first.consent), (own.clone(), own.clone()));
        let id = local.decide(1, &code("AAAAAAAA"), 0).id.unwrap();
        local.came.insert((1, id), HOUR);
        let again = said(&local, "AAAAAAAA");
        assert_eq!(again.lines[1], "since 08:00 here");
        assert_eq!((again.colleague, again.consent), (None, own));
    }

    #[test]
    fn a_code_that_the_list_does_not_have_is_noted() {
        let words = AloneWords {
            noted: "noted".to_owned(),
            not_listed: "not on the list of {at}".to_owned(),
            no_list: "no list".to_owned(),
            ..AloneWords::default()
        };
        let listed = local(&[]);
        let wanted = code("DDDDDDDD");
        for (local, line) in [
            (listed, "not on the list of 07:45"),
            (Local::default(), "no list"),
        ] {
            let verdict = local.decide(1, &wanted, 0);
            assert!(verdict.lets_in());
            let said = answer(&words, &verdict, local.kept.as_ref(), &wanted);
            assert_eq!(said.word, "noted");
            assert_eq!(said.lines, ["DDDD DDDD", line]);
        }
    }

    #[test]
    fn a_ticket_is_a_code_or_an_address() {
        let wanted = Some(code("K7M2QXWD"));
        assert_eq!(code_in(" k7m2 qxwd"), wanted);
        assert_eq!(
            code_in("https://example.org/my/K7M2QXWD-abc_DEF?lang=en"),
            wanted
        );
        assert_eq!(code_in("https://example.org/K7M2QXWD"), None);
        assert_eq!(code_in("Nguyễn Văn An"), None);
    }

    #[test]
    fn numbers_have_groups() {
        let said = [0, 110, 1234, 1_234_567].map(|it| number(it, "."));
        assert_eq!(said, ["0", "110", "1.234", "1.234.567"]);
    }
}
