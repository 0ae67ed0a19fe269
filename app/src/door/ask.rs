//! From the acts of the door to what its screen shows.

use super::said::{agreed, checked_in, found, hours};
use super::shown::{Answer, Counts, Found, Head, Notice, Screen, ShownSession};
use crate::render::Cx;
use domain::{
    CheckinOutcome, ChosenSession, Consents, DOOR_OPENS, DelegateRow, Refusal, TicketCode,
    WalkInForm, WorkshopState,
};
use service::entity::session;
use service::{CheckedIn, DoorPerson, DoorView, Failure, ScanRequest, WalkingIn};

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
/// looked for too; and what a scanner read somewhere else is no name.
pub(super) async fn enter(
    cx: &Cx,
    slug: &str,
    at: At,
    typed: &str,
    nonce: &str,
) -> Result<Screen, Failure> {
    let result = match TicketCode::parse(typed) {
        Some(_) => scan(cx, slug, at.session, typed, nonce).await?,
        None => CheckedIn {
            outcome: CheckinOutcome::Refused(Refusal::Unknown),
            person: None,
            elsewhere: None,
        },
    };
    if result.outcome == CheckinOutcome::Refused(Refusal::Unknown) {
        let screen = look_for(cx, slug, at.chosen, typed).await?;
        if screen.found.as_ref().is_none_or(|found| !found.is_empty()) {
            return Ok(screen);
        }
    }
    came_to(cx, slug, at.chosen, &result).await
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
    came_to(cx, slug, at.chosen, &result).await
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
        Some(before) => came_to(cx, slug, chosen, &before).await.map(Some),
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
    came_to(cx, slug, chosen, &came.await?).await
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
        ..checked_in(cx, &result, None)
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
    let person = holder(cx, slug, code).await?;
    cx.services
        .agree_at_door(&cx.actor, slug, person.registration_id, wanted)
        .await?;
    answered(cx, slug, at.chosen, agreed(cx, Some(&person))).await
}

/// The screen with what a check-in came to.
async fn came_to(
    cx: &Cx,
    slug: &str,
    chosen: Option<ChosenSession>,
    result: &CheckedIn,
) -> Result<Screen, Failure> {
    let door = cx.services.door_at(&cx.actor, slug, chosen).await?;
    Ok(Screen {
        answer: Some(checked_in(cx, result, Some(&door.session))),
        ..screen(cx, &door)
    })
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

fn screen(cx: &Cx, door: &DoorView) -> Screen {
    let number = |number: u32| cx.words.number(number.into());
    let counts = counts(door);
    Screen {
        session: door.session.id,
        chosen: door.chosen,
        nonce: cx.services.nonce(),
        count: format!("{} / {}", number(counts.arrived), number(counts.expected)),
        counts,
        as_of: cx.services.clock().now().timestamp_millis(),
        ..Screen::default()
    }
}

/// How many have come.
pub(super) fn counts(door: &DoorView) -> Counts {
    let short = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Counts {
        arrived: short(door.arrived),
        expected: short(door.expected),
    }
}

/// What is to be known before the door opens and after the session.
fn around(cx: &Cx, session: &session::Model) -> [Notice; 2] {
    let said = |key, at| cx.say_with(key, &[("at", cx.words.day_time(at).into())]);
    let opens = session.starts_at - DOOR_OPENS;
    let early = Notice {
        session: Some(session.id),
        until: Some(opens.timestamp_millis()),
        text: said("door-early", opens),
        ..Notice::default()
    };
    let over = Notice {
        session: Some(session.id),
        from: Some(session.ends_at.timestamp_millis()),
        text: said("door-over", session.ends_at),
        ..Notice::default()
    };
    [early, over]
}

fn head(cx: &Cx, door: &DoorView) -> Head {
    let view = &door.workshop;
    let notices = if *view.row.state == WorkshopState::Published {
        let sessions = view.sessions.iter();
        sessions.flat_map(|session| around(cx, session)).collect()
    } else {
        vec![Notice {
            text: cx.say("door-not-running"),
            ..Notice::default()
        }]
    };
    Head {
        slug: view.row.slug.clone(),
        title: view.title(cx.lang()).to_owned(),
        sessions: view
            .sessions
            .iter()
            .map(|session| {
                let period = cx.words.period(session.starts_at, session.ends_at);
                ShownSession {
                    id: session.id,
                    when: format!("{period} · {}", session.room),
                    hours: hours(cx, session),
                }
            })
            .collect(),
        notices,
    }
}
