//! Scheduling a workshop and changing it: one form, two addresses.

use super::{cockpit_path, form};
use crate::render::{Cx, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, Problems, WorkshopForm, WorkshopState};
use service::{Conflict, Failure};

/// What the form is for.
enum Purpose<'a> {
    Schedule,
    Revise(&'a str),
}

/// `GET /manage/workshops/new`
pub(crate) async fn blank(cx: Cx) -> Result<Response, Oops> {
    cx.actor.require(Act::ManageWorkshops)?;
    let blank = WorkshopForm::default();
    Ok(show(&cx, &Purpose::Schedule, blank, Problems::default()).await)
}

/// `POST /manage/workshops/new`
pub(crate) async fn schedule(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let typed = form::typed(&fields);
    match cx.services.schedule(&cx.actor, &typed).await {
        Ok(view) => {
            let path = cockpit_path(&view.row.slug);
            Ok(see_other(&format!("{path}?done=scheduled")))
        }
        Err(Failure::Invalid(problems)) => Ok(show(&cx, &Purpose::Schedule, typed, problems).await),
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /manage/workshops/{slug}/edit`
pub(crate) async fn edit(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, &slug)
        .await?;
    if *view.row.state == WorkshopState::Cancelled {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let filled = form::filled(&view);
    Ok(show(&cx, &Purpose::Revise(&slug), filled, Problems::default()).await)
}

/// `POST /manage/workshops/{slug}/edit`
pub(crate) async fn revise(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = form::typed(&fields);
    match cx.services.revise(&cx.actor, &slug, &typed).await {
        Ok(view) => {
            let path = cockpit_path(&view.row.slug);
            Ok(see_other(&format!("{path}?done=revised")))
        }
        Err(Failure::Invalid(problems)) => {
            Ok(show(&cx, &Purpose::Revise(&slug), typed, problems).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(cx: &Cx, purpose: &Purpose<'_>, typed: WorkshopForm, problems: Problems) -> Response {
    let (title, act, back) = match purpose {
        Purpose::Schedule => (
            cx.say("manage-schedule-title"),
            cx.say("manage-schedule-save"),
            "/manage/workshops".to_owned(),
        ),
        Purpose::Revise(slug) => (
            cx.say("manage-edit-title"),
            cx.say("manage-edit-save"),
            cockpit_path(slug),
        ),
    };
    let page = Page::staff(&title).narrow();
    let page = if problems.is_empty() {
        page
    } else {
        page.unprocessable()
    };
    let inner = cx.clone();
    cx.show(page, move || {
        form::body(&inner, title, &typed, &problems, act, back)
    })
    .await
}
