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
            held_until: Some(at(HOUR)),
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
        answer(&words, &verdict, local.kept.as_ref(), &wanted, "")
    };
    assert_eq!(said(&local, "BBBBBBBB").lines[1], "since 07:00 on 7");
    let first = said(&local, "AAAAAAAA");
    let own = Some("AAAAAAAA".to_owned());
    assert_eq!((first.colleague, first.consent), (own.clone(), own.clone()));
    let id = local.decide(1, &code("AAAAAAAA"), 0).id.unwrap();
    local.came.insert((1, id), HOUR);
    let again = said(&local, "AAAAAAAA");
    assert_eq!(again.lines[1], "since 08:00 here");
    assert_eq!((again.colleague, again.consent), (own.clone(), own));
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
        let said = answer(&words, &verdict, local.kept.as_ref(), &wanted, "");
        assert_eq!(said.word, "noted");
        assert_eq!(said.lines, ["DDDD DDDD", line]);
    }
}

#[test]
fn who_is_refused_is_told_why_and_what_to_do() {
    let said = |code: &str, words: &str| vec![(code.to_owned(), words.to_owned())];
    let words = AloneWords {
        refusals: [
            said("offered", "not taken up"),
            said("outside_hours", "closed"),
        ]
        .concat(),
        helps: [
            said("offered", "held until {until}"),
            said("outside_hours", "open {hours}"),
        ]
        .concat(),
        ..AloneWords::default()
    };
    let local = local(&[
        ("AAAAAAAA", RegistrationState::Offered, None),
        ("BBBBBBBB", RegistrationState::Booked, None),
    ]);
    for (typed, session, word, help) in [
        ("AAAAAAAA", 1, "not taken up", "held until 01/01/1970 08:00"),
        ("BBBBBBBB", 2, "closed", "open 10:00–21:00"),
    ] {
        let wanted = code(typed);
        let verdict = local.decide(session, &wanted, 0);
        let kept = local.kept.as_ref();
        let said = answer(&words, &verdict, kept, &wanted, "10:00–21:00");
        assert_eq!((said.word.as_str(), said.lines[1].as_str()), (word, help));
        assert_eq!(said.colleague, None);
    }
}

#[test]
fn a_room_is_full_with_those_added_here() {
    let kept = Kept {
        expected: 8,
        capacity: 10,
        ..Kept::default()
    };
    assert!(!is_full(&kept, 1));
    assert!(is_full(&kept, 2));
    assert!(
        !is_full(
            &Kept {
                capacity: 0,
                ..kept
            },
            9
        ),
        "not known"
    );
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
