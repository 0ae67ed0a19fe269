//! What the door answers, in words.

use super::shown::{Answer, Found, Tone};
use super::words::help;
use crate::render::Cx;
use chrono::{DateTime, Utc};
use domain::{Came, CheckinOutcome, DOOR_GRACE, DOOR_OPENS, Lang, RegistrationState, TicketCode};
use service::entity::session;
use service::{CheckedBy, CheckedIn, DoorPerson};

/// What somebody agreed to is written down.
pub(super) fn agreed(cx: &Cx, person: Option<&DoorPerson>) -> Answer {
    Answer {
        tone: Tone::Ok,
        word: cx.say("door-consent-done"),
        name: person.map_or_else(String::new, |person| person.full_name.clone()),
        lines: person.iter().map(|person| about(cx, person)).collect(),
        ..Answer::default()
    }
}

/// What a check-in to a session came to.
pub(super) fn checked_in(cx: &Cx, result: &CheckedIn, session: Option<&session::Model>) -> Answer {
    let (tone, word) = match result.outcome {
        CheckinOutcome::Admitted => (Tone::Ok, cx.say("door-admitted")),
        CheckinOutcome::Already(_) => (Tone::Wait, cx.say("door-already")),
        // Why is what those at the door act upon.
        CheckinOutcome::Refused(why) => (Tone::Bad, cx.words.term(why)),
    };
    let mut lines: Vec<String> = result
        .person
        .iter()
        .map(|person| about(cx, person))
        .collect();
    match result.outcome {
        CheckinOutcome::Admitted => {}
        CheckinOutcome::Already(at) => {
            let by = result.person.as_ref().and_then(|person| person.by.as_ref());
            lines.push(since_by(cx, &since(cx, at), by));
        }
        CheckinOutcome::Refused(refusal) => {
            if let Some(workshop) = &result.elsewhere {
                let title = match cx.lang() {
                    Lang::Vi => &workshop.title_vi,
                    Lang::En => &workshop.title_en,
                };
                lines.push(cx.say_with("door-elsewhere", &[("title", title.clone().into())]));
            }
            let held = result.person.as_ref().and_then(|person| person.held_until);
            let held = held.map_or_else(String::new, |until| cx.words.stamp(until));
            let hours = session.map_or_else(String::new, |session| hours(cx, session));
            lines.extend(help(cx, refusal, (&held, &hours)));
        }
    }
    let in_now = !matches!(result.outcome, CheckinOutcome::Refused(_));
    let person = result.person.as_ref();
    Answer {
        tone,
        word,
        name: person.map_or_else(String::new, |person| person.full_name.clone()),
        lines,
        undo: person.filter(|_| in_now).map(|person| person.code.clone()),
        colleague: person.filter(|_| in_now).map(|person| person.code.clone()),
        consent: person
            .filter(|person| in_now && person.consent_pending)
            .map(|person| person.code.clone()),
    }
}

pub(super) fn found(cx: &Cx, person: &DoorPerson) -> Found {
    Found {
        since: person.since.map(|at| in_since(cx, at)),
        ..listed(cx, person)
    }
}

fn in_since(cx: &Cx, at: DateTime<Utc>) -> String {
    cx.say_with("door-in-since", &[("at", since(cx, at).into())])
}

/// Since when somebody is in, by session.
pub(super) fn came(cx: &Cx, came: &[Came]) -> Vec<(i64, String)> {
    came.iter()
        .map(|came| (came.session, in_since(cx, came.at)))
        .collect()
}

/// Somebody without since when.
pub(super) fn listed(cx: &Cx, person: &DoorPerson) -> Found {
    let tone = crate::ui::state_tone(person.state);
    Found {
        code: person.code.clone(),
        code_spaced: TicketCode::spaced(&person.code),
        name: person.full_name.clone(),
        about: about(cx, person),
        state: cx.words.term(person.state),
        badge: format!("badge badge--{tone}"),
        since: None,
        seated: person.state == RegistrationState::Booked,
    }
}

fn about(cx: &Cx, person: &DoorPerson) -> String {
    format!("{} · {}", person.establishment, cx.words.term(person.role))
}

/// Since when, and by whom if that is known.
fn since_by(cx: &Cx, at: &str, by: Option<&CheckedBy>) -> String {
    let (key, name) = match by {
        None => return cx.say_with("door-since", &[("at", at.into())]),
        Some(CheckedBy::Account(name)) => ("door-since-by", name),
        Some(CheckedBy::Device(name)) => ("door-since-device", name),
    };
    cx.say_with(key, &[("at", at.into()), ("name", name.as_str().into())])
}

/// The time of day; with the day when that is not today.
fn since(cx: &Cx, at: DateTime<Utc>) -> String {
    let day = |at| domain::to_local(at).date_naive();
    if day(at) == day(cx.services.clock().now()) {
        cx.words.time(at)
    } else {
        cx.words.stamp(at)
    }
}

/// The hours of the door of a session.
pub(super) fn hours(cx: &Cx, session: &session::Model) -> String {
    let (from, to) = (session.starts_at - DOOR_OPENS, session.ends_at + DOOR_GRACE);
    cx.words.period(from, to)
}
