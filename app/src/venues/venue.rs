//! Entering a venue, changing it, and offering it no longer.

use super::{PATH, page, path};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, error_summary};
use axum::extract::Path;
use axum::response::Response;
use domain::{Problems, VenueForm};
use service::{Conflict, Failure};

/// `GET /manage/venues/new`
pub(super) async fn blank(cx: Cx) -> Result<Response, Oops> {
    cx.actor.require(domain::Act::ManageWorkshops)?;
    Ok(show(&cx, None, VenueForm::default(), Problems::default()).await)
}

/// `POST /manage/venues/new`
pub(super) async fn add(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.add_venue(&cx.actor, &form).await {
        Ok(id) => Ok(see_other(&format!("{}?done=saved", path(id)))),
        Err(Failure::Invalid(problems)) => Ok(show(&cx, None, form, problems).await),
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /manage/venues/{id}/edit`
pub(super) async fn edit(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    let row = cx.services.venue(&cx.actor, id).await?.row;
    let form = VenueForm {
        name: row.name,
        address: row.address,
        directions: row.directions,
    };
    Ok(show(&cx, Some(id), form, Problems::default()).await)
}

/// `POST /manage/venues/{id}/edit`
pub(super) async fn revise(cx: Cx, Path(id): Path<i64>, fields: Fields) -> Result<Response, Oops> {
    let form = typed(&fields);
    match cx.services.revise_venue(&cx.actor, id, &form).await {
        Ok(()) => Ok(see_other(&format!("{}?done=saved", path(id)))),
        Err(Failure::Invalid(problems)) => Ok(show(&cx, Some(id), form, problems).await),
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/venues/{id}/retire`
pub(super) async fn retire(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    match cx.services.retire_venue(&cx.actor, id, true).await {
        Ok(()) => Ok(see_other(&format!("{}?done=retired", path(id)))),
        Err(Failure::Conflict(Conflict::InUse)) => page::refused(&cx, id, None).await,
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /manage/venues/{id}/restore`
pub(super) async fn restore(cx: Cx, Path(id): Path<i64>) -> Result<Response, Oops> {
    cx.services.retire_venue(&cx.actor, id, false).await?;
    Ok(see_other(&format!("{}?done=restored", path(id))))
}

fn typed(fields: &Fields) -> VenueForm {
    VenueForm {
        name: fields.text("venue_name"),
        address: fields.text("address"),
        directions: fields.text("directions"),
    }
}

async fn show(cx: &Cx, id: Option<i64>, form: VenueForm, problems: Problems) -> Response {
    let title = match id {
        Some(_) => cx.say("venues-edit"),
        None => cx.say("venues-add"),
    };
    let page = Page::staff(&title).narrow().checked(&problems);
    let inner = cx.clone();
    cx.show(page, move || body(&inner, title, id, &form, &problems))
        .await
}

fn body(
    cx: &Cx,
    title: String,
    id: Option<i64>,
    form: &VenueForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let line = |name, label, value: &str| Field::line(cx, problems, name, label, value);
    let back = id.map_or_else(|| PATH.to_owned(), path);
    view! {
        {error_summary(cx, problems)}
        <h1>{title}</h1>
        <form method="post" novalidate>
            {line("venue_name", "field-venue_name", &form.name).view().into_any()}
            {line("address", "field-address", &form.address).optional(cx).view().into_any()}
            {line("directions", "field-directions", &form.directions)
                .kind(Kind::Lines(3))
                .hint(cx.say("venues-directions-hint"))
                .optional(cx)
                .view().into_any()}
            <div class="form-actions">
                <button class="button" type="submit">{cx.say("venues-save")}</button>
                <a class="button button--quiet" href=back>{cx.say("venues-cancel")}</a>
            </div>
        </form>
    }
}
