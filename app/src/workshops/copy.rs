//! Copying a workshop to new dates.

use super::{cockpit_path, session_fields};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Act, Allowing, NewPlace, NewSession, Problems, Reason, parse_local};
use service::{Clash, Failure, WorkshopView};

/// `GET /manage/workshops/{slug}/copy`
pub(crate) async fn form(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = find(&cx, &slug).await?;
    Ok(show(
        &cx,
        view,
        String::new(),
        Problems::default(),
        Vec::new(),
        Allowing::default(),
    )
    .await)
}

/// `POST /manage/workshops/{slug}/copy`
pub(crate) async fn copy(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let starts_at = fields.text("starts_at");
    let allowed = session_fields::allowing(&fields);
    let original = find(&cx, &slug).await?;
    let copied = cx
        .services
        .copy_workshop(&cx.actor, &slug, &starts_at, allowed)
        .await;
    match copied {
        Ok(view) => {
            let path = cockpit_path(&view.row.slug);
            // A room that is no longer offered is a place that was typed now.
            let chosen = |view: &WorkshopView| {
                let rooms = view.sessions.iter();
                rooms.filter(|session| session.room_id.is_some()).count()
            };
            let done = if chosen(&view) < chosen(&original) {
                "copied-typed"
            } else {
                "scheduled"
            };
            Ok(see_other(&format!("{path}?done={done}")))
        }
        Err(Failure::Invalid(problems)) => {
            let view = original;
            let taken = [Reason::RoomTaken, Reason::TrainerTaken];
            let clashes = if problems.0.iter().any(|found| taken.contains(&found.reason)) {
                clashes(&cx, &view, &starts_at).await?
            } else {
                Vec::new()
            };
            Ok(show(&cx, view, starts_at, problems, clashes, allowed).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn find(cx: &Cx, slug: &str) -> Result<WorkshopView, Oops> {
    let found = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, slug);
    Ok(found.await?)
}

async fn clashes(cx: &Cx, view: &WorkshopView, starts_at: &str) -> Result<Vec<Clash>, Oops> {
    let Ok(starts_at) = parse_local(starts_at) else {
        return Ok(Vec::new());
    };
    let shift = starts_at - view.starts_at();
    let sessions: Vec<_> = view
        .sessions
        .iter()
        .map(|session| {
            let place = match session.room_id {
                Some(id) => NewPlace::Room(id),
                None => NewPlace::Typed {
                    room: session.room.clone(),
                    address: session.address.clone(),
                },
            };
            let new = NewSession {
                title_vi: String::new(),
                title_en: String::new(),
                place,
                starts_at: session.starts_at + shift,
                ends_at: session.ends_at + shift,
            };
            (new, Some(session.id))
        })
        .collect();
    Ok(cx.services.clashes_with(&cx.actor, None, &sessions).await?)
}

async fn show(
    cx: &Cx,
    view: WorkshopView,
    starts_at: String,
    problems: Problems,
    clashes: Vec<Clash>,
    allowed: Allowing,
) -> Response {
    let title = cx.say("manage-copy-title");
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let was = cx.words.period(view.starts_at(), view.ends_at());
        let field = Field::line(cx, &problems, "starts_at", "field-starts_at", &starts_at)
            .kind(Kind::Line("datetime-local"))
            .hint(cx.say("manage-copy-hint"));
        view! {
            {error_summary(cx, &problems)}
            <h1>{title}</h1>
            <p><strong>{view.title(cx.lang()).to_owned()}</strong></p>
            <p class="muted">{was}</p>
            <p>{cx.say("manage-copy-what")}</p>
            <form method="post" novalidate>
                {field.view().into_any()}
                {session_fields::already_held(cx, &problems, allowed.already_held)}
                {session_fields::clashes(cx, &clashes, allowed.clash).into_any()}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("manage-copy-act")}</button>
                    <a class="button button--quiet" href=cockpit_path(&view.row.slug)>{cx.say("manage-form-back")}</a>
                </div>
            </form>
        }
    };
    cx.show(page, body).await
}
