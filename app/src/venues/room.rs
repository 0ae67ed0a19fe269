//! Adding a room to a venue, changing it, and offering it no longer.

use super::{page, path};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Problems, RoomForm};
use service::{Conflict, Failure, VenueView};

/// `GET /manage/venues/{id}/rooms/new`
pub(super) async fn blank(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let venue = cx.services.venue(&cx.actor, id).await?;
    Ok(show(
        &cx,
        venue,
        cx.say("venues-room-add"),
        RoomForm::default(),
        Problems::default(),
    )
    .await)
}

/// `POST /manage/venues/{id}/rooms/new`
pub(super) async fn add(cx: Cx, Path(id): Path<i64>, fields: Fields) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.add_room(&cx.actor, id, &form).await {
        Ok(room) => Ok(see_other(&done(id, room, "saved"))),
        Err(Failure::Invalid(problems)) => {
            let venue = cx.services.venue(&cx.actor, id).await?;
            Ok(show(&cx, venue, cx.say("venues-room-add"), form, problems).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /manage/venues/{id}/rooms/{room}`
pub(super) async fn edit(cx: Cx, Path((id, room)): Path<(i64, i64)>) -> Result<Response, Oops> {
    let venue = cx.services.venue(&cx.actor, id).await?;
    let row = venue.rooms.iter().find(|row| row.row.id == room);
    let row = &row.ok_or(Failure::NotFound)?.row;
    let form = RoomForm {
        name: row.name.clone(),
        capacity: row.capacity.to_string(),
    };
    let title = cx.say("venues-room-edit");
    Ok(show(&cx, venue, title, form, Problems::default()).await)
}

/// `POST /manage/venues/{id}/rooms/{room}`
pub(super) async fn revise(
    cx: Cx,
    Path((id, room)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.revise_room(&cx.actor, id, room, &form).await {
        Ok(()) => Ok(see_other(&done(id, room, "saved"))),
        Err(Failure::Invalid(problems)) => {
            let venue = cx.services.venue(&cx.actor, id).await?;
            Ok(show(&cx, venue, cx.say("venues-room-edit"), form, problems).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/venues/{id}/rooms/{room}/retire`
pub(super) async fn retire(cx: Cx, Path((id, room)): Path<(i64, i64)>) -> Result<Response, Oops> {
    match cx.services.retire_room(&cx.actor, id, room, true).await {
        Ok(()) => Ok(see_other(&done(id, room, "retired"))),
        Err(Failure::Conflict(Conflict::InUse)) => page::refused(&cx, id, Some(room)).await,
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/venues/{id}/rooms/{room}/restore`
pub(super) async fn restore(cx: Cx, Path((id, room)): Path<(i64, i64)>) -> Result<Response, Oops> {
    cx.services.retire_room(&cx.actor, id, room, false).await?;
    Ok(see_other(&done(id, room, "restored")))
}

fn done(id: i64, room: i64, what: &str) -> String {
    format!("{}?done=room-{what}&room={room}", path(id))
}

fn typed(fields: &Fields) -> RoomForm {
    RoomForm {
        name: fields.text("room_name"),
        capacity: fields.text("room_capacity"),
    }
}

async fn show(
    cx: &Cx,
    venue: VenueView,
    title: String,
    form: RoomForm,
    problems: Problems,
) -> Response {
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, title, &venue, &form, &problems))
        .await
}

fn body(
    cx: &Cx,
    title: String,
    venue: &VenueView,
    form: &RoomForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <p class="muted">{venue.row.name.clone()}</p>
        <form method="post" novalidate>
            {line("room_name", "field-room_name", &form.name).view().into_any()}
            {line("room_capacity", "field-room_capacity", &form.capacity)
                .inputmode("numeric")
                .short()
                .view().into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("venues-save")}</button>
                <a class="button button--quiet" href=path(venue.row.id)>{cx.say("venues-cancel")}</a>
            </div>
        </form>
    }
}
