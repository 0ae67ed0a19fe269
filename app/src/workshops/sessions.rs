//! The sessions of a workshop with their agendas, and the form of one.

use super::{cockpit_path, session_fields, tabs};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, error_summary, notice, phase_badge, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{
    Act, Allowing, Problems, Reason, SessionForm, SessionWarning, WorkshopState, session_warnings,
};
use service::entity::session;
use service::{AgendaItem, Clash, Failure, WorkshopView, session_form};
use std::collections::HashMap;

/// What the page of all sessions shows.
struct Listed {
    view: WorkshopView,
    agendas: HashMap<i64, Vec<AgendaItem>>,
    /// Seats of the rooms, by the room's key.
    rooms: HashMap<i64, u32>,
}

/// `GET /manage/workshops/{slug}/sessions`
pub(crate) async fn list(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let done = Fields::of_query(uri.query()).text("done");
    let view = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, &slug)
        .await?;
    let listed = Listed {
        agendas: cx.services.agendas(&view.sessions).await?,
        rooms: cx.services.room_seats(&view.sessions).await?,
        view,
    };
    let title = cx.say_with(
        "sessions-page",
        &[("title", listed.view.title(cx.lang()).into())],
    );
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx.show(page, move || all(&inner, &listed, &done)).await)
}

fn all(cx: &Cx, listed: &Listed, done: &str) -> impl IntoView + use<> {
    let done = match done {
        "saved" => Some(cx.say("sessions-done-saved")),
        "agenda" => Some(cx.say("sessions-done-agenda")),
        "removed" => Some(cx.say("sessions-done-removed")),
        _ => None,
    };
    let done = done
        .map(|words| view! { <div role="status">{notice(tone::OK, words, String::new())}</div> });
    let view = &listed.view;
    let path = format!("{}/sessions", cockpit_path(&view.row.slug));
    let draft = *view.row.state == WorkshopState::Draft;
    let sections: Vec<_> = view
        .sessions
        .iter()
        .map(|session| section(cx, listed, session).into_any())
        .collect();
    let add = draft.then(|| {
        let href = format!("{path}/new");
        view! { <a class="button" href=href>{cx.say("sessions-add")}</a> }
    });
    let movable = (*view.row.state == WorkshopState::Published).then(|| {
        let href = format!("{}/move", cockpit_path(&view.row.slug));
        view! {
            <p>{cx.say("sessions-published")}</p>
            <a class="button button--secondary" href=href>{cx.say("manage-move-act")}</a>
        }
    });
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        <p>{phase_badge(cx, view.phase)}</p>
        {tabs(cx, &view.row.slug, "sessions")}
        {done}
        {sections}
        <div class="form-actions">{add}{movable}</div>
    }
}

fn section(cx: &Cx, listed: &Listed, session: &session::Model) -> impl IntoView + use<> {
    let view = &listed.view;
    let path = format!("{}/sessions/{}", cockpit_path(&view.row.slug), session.id);
    let draft = *view.row.state == WorkshopState::Draft;
    let room = session
        .room_id
        .and_then(|id| listed.rooms.get(&id))
        .copied();
    let now = cx.services.clock().now();
    let warnings: Vec<_> = session_warnings(session.starts_at, now, view.capacity(), room)
        .into_iter()
        .filter(|warning| draft || *warning != SessionWarning::Past)
        .map(|warning| notice(tone::WAIT, warned(cx, warning), String::new()))
        .collect();
    let outside = listed.agendas.get(&session.id).is_some_and(|items| {
        let is_outside = |item: &AgendaItem| {
            item.starts_at < session.starts_at || item.ends_at > session.ends_at
        };
        items.iter().any(is_outside)
    });
    let outside = outside.then(|| {
        notice(
            tone::WAIT,
            cx.say("agenda-outside"),
            cx.say("agenda-outside-what"),
        )
    });
    let edit = draft.then(|| {
        view! { <a class="button button--secondary" href=path.clone()>{cx.say("sessions-edit")}</a> }
    });
    let remove = (draft && view.sessions.len() > 1).then(|| {
        let action = format!("{path}/remove");
        view! {
            <a class="button button--quiet button--danger" href=action>{cx.say("sessions-remove")}</a>
        }
    });
    let agenda = listed.agendas.get(&session.id);
    let change = view.row.state.is_changeable().then(|| {
        let href = format!("{path}/agenda");
        let words = if agenda.is_some() {
            "agenda-edit"
        } else {
            "agenda-add"
        };
        view! { <a class="button button--secondary" href=href>{cx.say(words)}</a> }
    });
    view! {
        <section>
            <h2>{heading(cx, session)}</h2>
            <p><strong>{cx.words.period(session.starts_at, session.ends_at)}</strong></p>
            <p>{session.room.clone()}" "<span class="muted">{session.address.clone()}</span></p>
            {warnings}
            {outside}
            {agenda_table(cx, agenda.map(Vec::as_slice).unwrap_or_default()).into_any()}
            <div class="row no-print">{change}{edit}{remove}</div>
        </section>
    }
}

/// What a session is called: its title, else its number.
pub(crate) fn heading(cx: &Cx, session: &session::Model) -> String {
    let number = cx.say_with("sessions-number", &[("number", session.position.into())]);
    let title = cx.lang().choose(&session.title_vi, &session.title_en);
    if title.is_empty() {
        number
    } else {
        format!("{number}: {title}")
    }
}

fn warned(cx: &Cx, warning: SessionWarning) -> String {
    match warning {
        SessionWarning::Past => cx.say("sessions-warn-past"),
        SessionWarning::TooManySeats(seats, room) => cx.say_with(
            "sessions-warn-seats",
            &[("seats", seats.into()), ("room", room.into())],
        ),
    }
}

/// The agenda as everybody reads it.
fn agenda_table(cx: &Cx, items: &[AgendaItem]) -> Option<impl IntoView + use<>> {
    if items.is_empty() {
        return None;
    }
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let hours = format!(
                "{}–{}",
                cx.words.time(item.starts_at),
                cx.words.time(item.ends_at)
            );
            let who = item.trainer.as_ref().map(|(_, name, affiliation)| {
                let affiliation = (!affiliation.is_empty())
                    .then(|| view! { <span class="muted">", "{affiliation.clone()}</span> });
                view! { {name.clone()}{affiliation} }
            });
            view! {
                <tr>
                    <td data-label=cx.say("agenda-when")>{hours}</td>
                    <th scope="row">{item.title(cx.lang()).to_owned()}</th>
                    <td data-label=cx.say("agenda-who")>{who}</td>
                </tr>
            }
        })
        .collect();
    Some(view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("agenda-when")}</th>
                    <th scope="col">{cx.say("agenda-what")}</th>
                    <th scope="col">{cx.say("agenda-who")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    })
}

/// `GET /manage/workshops/{slug}/sessions/new`
pub(crate) async fn blank(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = draft(&cx, &slug).await?;
    show(
        &cx,
        &view,
        None,
        SessionForm::default(),
        Problems::default(),
        Allowing::default(),
    )
    .await
}

/// `POST /manage/workshops/{slug}/sessions/new`
pub(crate) async fn add(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    put(cx, slug, None, fields).await
}

/// `GET /manage/workshops/{slug}/sessions/{id}`
pub(crate) async fn edit(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let view = draft(&cx, &slug).await?;
    let session = view.sessions.iter().find(|session| session.id == id);
    let form = session_form(session.ok_or(Failure::NotFound)?);
    show(
        &cx,
        &view,
        Some(id),
        form,
        Problems::default(),
        Allowing::default(),
    )
    .await
}

/// `POST /manage/workshops/{slug}/sessions/{id}`
pub(crate) async fn revise(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    put(cx, slug, Some(id), fields).await
}

async fn put(cx: Cx, slug: String, id: Option<i64>, fields: Fields) -> Result<Response, Oops> {
    let form = session_fields::typed(&fields);
    let allowed = session_fields::allowing(&fields);
    let services = &cx.services;
    let done = match id {
        Some(id) => {
            services
                .revise_session(&cx.actor, &slug, id, &form, allowed)
                .await
        }
        None => services.add_session(&cx.actor, &slug, &form, allowed).await,
    };
    match done {
        Ok(()) => {
            let path = format!("{}/sessions?done=saved", cockpit_path(&slug));
            Ok(see_other(&path))
        }
        Err(Failure::Invalid(problems)) => {
            let view = draft(&cx, &slug).await?;
            show(&cx, &view, id, form, problems, allowed).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn draft(cx: &Cx, slug: &str) -> Result<WorkshopView, Oops> {
    let found = cx
        .services
        .staff_workshop(&cx.actor, Act::ManageWorkshops, slug);
    Ok(found.await?)
}

async fn show(
    cx: &Cx,
    view: &WorkshopView,
    id: Option<i64>,
    form: SessionForm,
    problems: Problems,
    allowed: Allowing,
) -> Result<Response, Oops> {
    let offered = cx.services.rooms_to_choose(&cx.actor).await?;
    let session = view.sessions.iter().find(|session| Some(session.id) == id);
    let rooms = session_fields::rooms_for(&offered, session);
    let taken = [Reason::RoomTaken, Reason::TrainerTaken];
    let clashes = match form.check(false) {
        Ok(new) if problems.0.iter().any(|found| taken.contains(&found.reason)) => {
            let own = Some(view.row.id);
            cx.services
                .clashes_with(&cx.actor, own, &[(new, id)])
                .await?
        }
        _ => Vec::new(),
    };
    let title = cx.say(if id.is_some() {
        "sessions-edit-title"
    } else {
        "sessions-add-title"
    });
    let page = Page::staff(&title).narrow().checked(&problems);
    let back = format!("{}/sessions", cockpit_path(&view.row.slug));
    let inner = cx.clone();
    Ok(cx
        .show(page, move || {
            form_body(
                &inner, title, &form, &problems, &rooms, &clashes, allowed, back,
            )
        })
        .await)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one form")]
fn form_body(
    cx: &Cx,
    title: String,
    form: &SessionForm,
    problems: &Problems,
    rooms: &[(i64, String)],
    clashes: &[Clash],
    allowed: Allowing,
    back: String,
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <form method="post" novalidate>
            {line("session_title_vi", "field-session_title_vi", &form.title_vi)
                .hint(cx.say("sessions-title-hint"))
                .optional(cx)
                .view().into_any()}
            {line("session_title_en", "field-session_title_en", &form.title_en)
                .optional(cx)
                .view().into_any()}
            {session_fields::place(cx, None, form, problems, rooms).into_any()}
            {session_fields::times(cx, None, form, problems).into_any()}
            {session_fields::already_held(cx, problems, allowed.already_held)}
            {session_fields::clashes(cx, clashes, allowed.clash).into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("sessions-save")}</button>
                <a class="button button--quiet" href=back>{cx.say("manage-form-back")}</a>
            </div>
        </form>
    }
}

/// `GET /manage/workshops/{slug}/sessions/{id}/remove`
pub(crate) async fn confirm(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    let view = draft(&cx, &slug).await?;
    let session = view.sessions.iter().find(|session| session.id == id);
    let session = session.ok_or(Failure::NotFound)?.clone();
    let title = cx.say("sessions-remove-title");
    let page = Page::staff(&title).narrow();
    let back = format!("{}/sessions", cockpit_path(&slug));
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        view! {
            <div class="confirm">
                <h1>{title}</h1>
                <p>{heading(cx, &session)}", "{cx.words.period(session.starts_at, session.ends_at)}</p>
                <p>{cx.say("sessions-remove-what")}</p>
                <form method="post">
                    <div class="form-actions">
                        <button class="button button--danger" type="submit">{cx.say("sessions-remove-act")}</button>
                        <a class="button button--quiet" href=back>{cx.say("sessions-remove-keep")}</a>
                    </div>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /manage/workshops/{slug}/sessions/{id}/remove`
pub(crate) async fn remove(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services.remove_session(&cx.actor, &slug, id).await?;
    let path = format!("{}/sessions?done=removed", cockpit_path(&slug));
    Ok(see_other(&path))
}
