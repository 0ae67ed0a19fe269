//! From the acts of the door to what its screen shows.

use super::shown::{Answer, Found, Head, Screen, Tone};
use crate::render::Cx;
use chrono::{DateTime, Utc};
use domain::{
    Came, CheckinOutcome, ChosenSession, Consents, DelegateRow, Lang, Refusal, RegistrationState,
    TicketCode, WalkInForm, WorkshopState,
};
use service::{CheckedBy, CheckedIn, DoorPerson, DoorView, Failure, ScanRequest, WalkingIn};

/// Where somebody acts: the session that a form names, and whether it was
/// chosen, as the next screen is to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) session: i64,
    pub(super) chosen: Option<ChosenSession>,
}

/// The screen before anything was asked.
pub(super) async fn blank(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
) -> Result<(Head, Screen), Failure> {
    let door = cx.services.door_at(&cx.actor, slug, chosen).await?;
    Ok((head(cx, &door), screen(cx, &door)))
}

/// People by a part of their name or by their code.
pub(super) async fn find(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    typed: &str,
) -> Result<Vec<Found>, Failure> {
    let people = cx
        .services
        .find_at_session(&cx.actor, slug, chosen, typed)
        .await?;
    Ok(people.iter().map(|person| found(cx, person)).collect())
}

/// Whatever was typed or scanned: a code checks in at once; anything else is
/// looked for. Some names look like a code, so a code that nobody has is
/// looked for too.
pub(super) async fn enter(
    cx: &Cx,
    slug: &str,
    at: At,
    typed: &str,
    nonce: &str,
) -> Result<Screen, Failure> {
    if TicketCode::parse(typed).is_none() {
        return look_for(cx, slug, at.chosen, typed).await;
    }
    let result = scan(cx, slug, at.session, typed, nonce).await?;
    if result.outcome == CheckinOutcome::Refused(Refusal::Unknown) {
        let screen = look_for(cx, slug, at.chosen, typed).await?;
        if screen.found.as_ref().is_some_and(|found| !found.is_empty()) {
            return Ok(screen);
        }
    }
    answered(cx, slug, at.chosen, checked_in(cx, &result)).await
}

/// The people found for what was typed, which stays in the field.
async fn look_for(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    typed: &str,
) -> Result<Screen, Failure> {
    let door = cx.services.door_at(&cx.actor, slug, chosen).await?;
    let wanted = !typed.trim().is_empty();
    let found = if wanted {
        Some(find(cx, slug, chosen, typed).await?)
    } else {
        None
    };
    Ok(Screen {
        typed: typed.trim().to_owned(),
        found,
        ..screen(cx, &door)
    })
}

/// Checks in by the code of a person shown.
pub(super) async fn check_in(
    cx: &Cx,
    slug: &str,
    at: At,
    code: &str,
    nonce: &str,
) -> Result<Screen, Failure> {
    let result = scan(cx, slug, at.session, code, nonce).await?;
    answered(cx, slug, at.chosen, checked_in(cx, &result)).await
}

async fn scan(
    cx: &Cx,
    slug: &str,
    session: i64,
    code: &str,
    nonce: &str,
) -> Result<CheckedIn, Failure> {
    // One page has one nonce and several buttons: the code tells them apart.
    let known = TicketCode::parse(code);
    let code = known.map_or_else(String::new, |code| code.as_str().to_owned());
    let scan = ScanRequest {
        nonce: format!("{nonce}-{code}"),
        code,
        session,
        at: None,
    };
    cx.services.check_in(&cx.actor, slug, &scan).await
}

/// Takes a check-in back.
pub(super) async fn undo(cx: &Cx, slug: &str, at: At, code: &str) -> Result<Screen, Failure> {
    let person = holder(cx, slug, code).await?;
    cx.services
        .undo_check_in(&cx.actor, slug, at.session, person.registration_id)
        .await?;
    let answer = Answer {
        word: cx.say("door-undone"),
        name: person.full_name,
        lines: vec![person.establishment],
        ..Answer::default()
    };
    answered(cx, slug, at.chosen, answer).await
}

/// Whose code it is.
async fn holder(cx: &Cx, slug: &str, code: &str) -> Result<DoorPerson, Failure> {
    let people = cx.services.find_at_door(&cx.actor, slug, code).await?;
    let known = TicketCode::parse(code).ok_or(Failure::NotFound)?;
    let mut people = people.into_iter();
    let holder = people.find(|person| person.code == known.as_str());
    holder.ok_or(Failure::NotFound)
}

/// Who is registered and may be the walk-in that was typed, each with the key
/// of the registration.
pub(super) async fn likely(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    form: &WalkInForm,
) -> Result<Vec<(i64, Found)>, Failure> {
    let people = cx
        .services
        .likely_at_door(&cx.actor, slug, chosen, form)
        .await?;
    let shown = people.iter();
    Ok(shown
        .map(|person| (person.registration_id, found(cx, person)))
        .collect())
}

/// What the form of a walk-in came to before; none when it was not sent yet.
pub(super) async fn walked_in(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    nonce: &str,
) -> Result<Option<Screen>, Failure> {
    let before = cx.services.walked_in(&cx.actor, slug, nonce).await?;
    match before {
        Some(before) => {
            let answer = checked_in(cx, &before);
            answered(cx, slug, chosen, answer).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Adds somebody who came unregistered.
pub(super) async fn walk_in(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    form: &WalkInForm,
    how: WalkingIn,
) -> Result<Screen, Failure> {
    let came = cx.services.walk_in_at(&cx.actor, slug, chosen, form, how);
    answered(cx, slug, chosen, checked_in(cx, &came.await?)).await
}

/// Lets a colleague in who came instead of the holder of a seat.
pub(super) async fn colleague(
    cx: &Cx,
    slug: &str,
    at: At,
    code: &str,
    full_name: String,
) -> Result<Screen, Failure> {
    let form = DelegateRow {
        full_name,
        ..DelegateRow::default()
    };
    let id = holder(cx, slug, code).await?.registration_id;
    let came = cx
        .services
        .colleague_came(&cx.actor, slug, at.session, id, &form);
    let result = CheckedIn {
        outcome: CheckinOutcome::Admitted,
        person: Some(came.await?),
        elsewhere: None,
    };
    let answer = Answer {
        colleague: None,
        ..checked_in(cx, &result)
    };
    answered(cx, slug, at.chosen, answer).await
}

/// Writes down what somebody agreed to at the door.
pub(super) async fn consent(
    cx: &Cx,
    slug: &str,
    at: At,
    code: &str,
    wanted: Consents,
) -> Result<Screen, Failure> {
    let id = holder(cx, slug, code).await?.registration_id;
    cx.services
        .agree_at_door(&cx.actor, slug, id, wanted)
        .await?;
    answered(cx, slug, at.chosen, agreed(cx)).await
}

/// What was agreed to is written down.
pub(super) fn agreed(cx: &Cx) -> Answer {
    Answer {
        word: cx.say("door-consent-done"),
        ..Answer::default()
    }
}

pub(super) async fn answered(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    answer: Answer,
) -> Result<Screen, Failure> {
    let door = cx.services.door_at(&cx.actor, slug, chosen).await?;
    Ok(Screen {
        answer: Some(answer),
        ..screen(cx, &door)
    })
}

pub(super) fn checked_in(cx: &Cx, result: &CheckedIn) -> Answer {
    let (tone, key) = match result.outcome {
        CheckinOutcome::Admitted => (Tone::Ok, "door-admitted"),
        CheckinOutcome::Already(_) => (Tone::Wait, "door-already"),
        CheckinOutcome::Refused(_) => (Tone::Bad, "door-refused"),
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
            lines.insert(0, cx.words.term(refusal));
            if let Some(workshop) = &result.elsewhere {
                let title = match cx.lang() {
                    Lang::Vi => &workshop.title_vi,
                    Lang::En => &workshop.title_en,
                };
                lines.push(cx.say_with("door-elsewhere", &[("title", title.clone().into())]));
            }
            if refusal == Refusal::Waitlisted {
                lines.push(cx.say("door-waitlisted-help"));
            }
        }
    }
    let in_now = !matches!(result.outcome, CheckinOutcome::Refused(_));
    let person = result.person.as_ref();
    Answer {
        tone,
        word: cx.say(key),
        name: person.map_or_else(String::new, |person| person.full_name.clone()),
        lines,
        undo: person.filter(|_| in_now).map(|person| person.code.clone()),
        colleague: person
            .filter(|_| result.outcome == CheckinOutcome::Admitted)
            .map(|person| person.code.clone()),
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

fn screen(cx: &Cx, door: &DoorView) -> Screen {
    let number = |number: u64| cx.words.number(i64::try_from(number).unwrap_or(i64::MAX));
    Screen {
        session: door.session.id,
        chosen: door.chosen,
        nonce: cx.services.nonce(),
        count: format!("{} / {}", number(door.arrived), number(door.expected)),
        ..Screen::default()
    }
}

fn head(cx: &Cx, door: &DoorView) -> Head {
    let (view, session) = (&door.workshop, &door.session);
    let now = cx.services.clock().now();
    let mut notices = Vec::new();
    if *view.row.state != WorkshopState::Published {
        notices.push(cx.say("door-not-running"));
    } else if now < session.starts_at {
        let at = cx.words.day_time(session.starts_at);
        notices.push(cx.say_with("door-early", &[("at", at.into())]));
    } else if now >= session.ends_at {
        let at = cx.words.day_time(session.ends_at);
        notices.push(cx.say_with("door-over", &[("at", at.into())]));
    }
    Head {
        slug: view.row.slug.clone(),
        title: view.title(cx.lang()).to_owned(),
        sessions: view
            .sessions
            .iter()
            .map(|session| {
                let period = cx.words.period(session.starts_at, session.ends_at);
                (session.id, format!("{period} · {}", session.room))
            })
            .collect(),
        notices,
    }
}
