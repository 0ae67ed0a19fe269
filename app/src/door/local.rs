//! What a device decides when no server answers: by the same rules, from the
//! list it took with it and from whom it let in itself.

use super::shown::{AloneWords, Answer, Tone};
use super::wire::Kept;
use chrono::{DateTime, Timelike, Utc};
use domain::{
    CheckinOutcome, Coded, ListedPerson, Refusal, SealKey, TicketCode, decide_checkin, to_local,
};
use std::collections::HashMap;

/// What the device knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Local {
    /// The list, when there is one.
    pub(super) kept: Option<Kept>,
    /// Whom this device saw come in, by session and place on the list, and when.
    pub(super) came: HashMap<(i64, String), i64>,
}

/// What the device makes of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: CheckinOutcome,
    /// Who it is, when the code is on the list.
    pub(super) person: Option<ListedPerson>,
    /// The place on the list.
    pub(super) id: Option<String>,
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
    pub(super) fn decide(&self, session: i64, code: &TicketCode) -> Verdict {
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
            };
        };
        let here = self.came.get(&(session, id.clone()));
        let here = here.and_then(|ms| DateTime::from_timestamp_millis(*ms));
        // The list may be of another session than the scan.
        let listed = self
            .kept
            .as_ref()
            .is_some_and(|kept| kept.session == session);
        let since = here.or(person.since.filter(|_| listed));
        Verdict {
            outcome: decide_checkin(person.state, true, since),
            person: Some(person),
            id: Some(id),
        }
    }
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
            lines.push(words.since.replace("{at}", &clock(since)));
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
        ..Answer::default()
    }
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
    use domain::{DelegateRole, RegistrationState};

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
                since: since.map(at),
            };
            let key = SealKey::derive(&code(typed), SALT).unwrap();
            key.seal([1; 12], &person).unwrap()
        });
        Local {
            kept: Some(Kept {
                session: 1,
                salt: SALT.to_owned(),
                as_of: 2_700_000,
                sealed: sealed.collect(),
                ..Kept::default()
            }),
            came: HashMap::new(),
        }
    }

    #[test]
    fn decides_as_the_server_does() {
        let local = local(&[
            ("AAAAAAAA", RegistrationState::Booked, None),
            ("BBBBBBBB", RegistrationState::Booked, Some(5000)),
            ("CCCCCCCC", RegistrationState::Cancelled, None),
        ]);
        let outcome = |session, typed| local.decide(session, &code(typed)).outcome;
        assert_eq!(outcome(1, "AAAAAAAA"), CheckinOutcome::Admitted);
        assert_eq!(outcome(1, "BBBBBBBB"), CheckinOutcome::Already(at(5000)));
        assert_eq!(outcome(2, "BBBBBBBB"), CheckinOutcome::Admitted);
        let cancelled = local.decide(1, &code("CCCCCCCC"));
        assert_eq!(
            cancelled.outcome,
            CheckinOutcome::Refused(Refusal::Cancelled)
        );
        assert!(!cancelled.lets_in());
    }

    #[test]
    fn who_came_here_is_in_already() {
        let mut local = local(&[("AAAAAAAA", RegistrationState::Booked, None)]);
        let first = local.decide(1, &code("AAAAAAAA"));
        assert!(first.lets_in());
        local.came.insert((1, first.id.unwrap()), 9000);
        let again = local.decide(1, &code("AAAAAAAA"));
        assert_eq!(again.outcome, CheckinOutcome::Already(at(9000)));
        assert!(!again.lets_in());
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
            let verdict = local.decide(1, &wanted);
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
