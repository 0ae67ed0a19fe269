//! Scheduling a workshop and changing it: one form, two addresses.

use super::{cockpit_path, form, session_fields};
use crate::render::{Cx, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, Phase, Problems, Reason, WorkshopForm, WorkshopState};
use service::{Clash, Conflict, Failure, WorkshopView};

/// What the form is for.
enum Purpose<'a> {
    Schedule,
    Revise(&'a WorkshopView),
}

/// `GET /manage/workshops/new`
pub(crate) async fn blank(cx: Cx) -> Result<Response, Oops> {
    cx.actor.require(Act::ManageWorkshops)?;
    show(&cx, &Purpose::Schedule, form::blank(), Problems::default()).await
}

/// `POST /manage/workshops/new`
pub(crate) async fn schedule(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let typed = form::typed(&fields);
    match cx.services.schedule(&cx.actor, &typed).await {
        Ok(view) => {
            let path = cockpit_path(&view.row.slug);
            Ok(see_other(&format!("{path}?done=scheduled")))
        }
        Err(Failure::Invalid(problems)) => show(&cx, &Purpose::Schedule, typed, problems).await,
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /manage/workshops/{slug}/edit`
pub(crate) async fn edit(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, &slug)
        .await?;
    if !view.row.state.is_changeable() {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let filled = form::filled(&view);
    show(&cx, &Purpose::Revise(&view), filled, Problems::default()).await
}

/// `POST /manage/workshops/{slug}/edit`
pub(crate) async fn revise(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let mut typed = form::typed(&fields);
    match cx.services.revise(&cx.actor, &slug, &typed).await {
        Ok(view) => {
            let path = cockpit_path(&view.row.slug);
            Ok(see_other(&format!("{path}?done=revised")))
        }
        Err(Failure::Invalid(problems)) => {
            let view = cx
                .services
                .staff_workshop(&cx.actor, Act::ManageWorkshops, &slug)
                .await?;
            if !view.sets_time_in_form() {
                typed.session = view.first_session_form();
            }
            if *view.row.state == WorkshopState::Published {
                typed.format = view.row.format.to_string();
            }
            show(&cx, &Purpose::Revise(&view), typed, problems).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(
    cx: &Cx,
    purpose: &Purpose<'_>,
    form: WorkshopForm,
    problems: Problems,
) -> Result<Response, Oops> {
    let (title, act, back) = match purpose {
        Purpose::Schedule => (
            cx.say("manage-schedule-title"),
            cx.say("manage-schedule-save"),
            "/manage/workshops".to_owned(),
        ),
        Purpose::Revise(view) => (
            cx.say("manage-edit-title"),
            cx.say("manage-edit-save"),
            cockpit_path(&view.row.slug),
        ),
    };
    let place = match purpose {
        Purpose::Revise(view) if !view.sets_time_in_form() => {
            let first = view.sessions.first();
            let said = first.map(|session| session_fields::said(cx, session));
            Err((said.unwrap_or_default(), format!("{back}/sessions")))
        }
        Purpose::Revise(view) => {
            let offered = cx.services.rooms_to_choose(&cx.actor).await?;
            Ok(session_fields::rooms_for(&offered, view.sessions.first()))
        }
        Purpose::Schedule => Ok(cx.services.rooms_to_choose(&cx.actor).await?),
    };
    let (is_public, movable) = match purpose {
        Purpose::Revise(view) => (
            *view.row.state == WorkshopState::Published,
            matches!(view.phase, Phase::Upcoming | Phase::Running),
        ),
        Purpose::Schedule => (false, false),
    };
    let move_page = movable.then(|| format!("{back}/move"));
    let taken = [Reason::RoomTaken, Reason::TrainerTaken];
    let clashes = if problems.0.iter().any(|found| taken.contains(&found.reason)) {
        clashes(cx, purpose, &form).await?
    } else {
        Vec::new()
    };
    let crowded = match purpose {
        Purpose::Revise(view) => {
            let rooms = cx.services.room_seats(&view.sessions).await?;
            let smallest = rooms.into_values().min();
            let seats: u32 = form.capacity.trim().parse().unwrap_or(view.capacity());
            smallest
                .filter(|room| seats > *room)
                .map(|room| (seats, room))
        }
        Purpose::Schedule => None,
    };
    let page = Page::staff(&title).narrow().checked(&problems);
    let shown = form::Shown {
        title,
        act,
        back,
        form,
        problems,
        place,
        is_public,
        move_page,
        clashes,
        crowded,
    };
    let inner = cx.clone();
    Ok(cx.show(page, move || form::body(&inner, &shown)).await)
}

async fn clashes(cx: &Cx, purpose: &Purpose<'_>, form: &WorkshopForm) -> Result<Vec<Clash>, Oops> {
    let Ok(session) = form.session.check(false) else {
        return Ok(Vec::new());
    };
    let (own, session_id) = match purpose {
        Purpose::Schedule => (None, None),
        Purpose::Revise(view) => (
            Some(view.row.id),
            view.sessions.first().map(|session| session.id),
        ),
    };
    let sessions = [(session, session_id)];
    let found = cx.services.clashes_with(&cx.actor, own, &sessions);
    Ok(found.await?)
}
