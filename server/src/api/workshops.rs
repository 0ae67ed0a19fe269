//! Workshops: list, show, schedule, publish.

use super::body::Sent;
use super::caller::{Caller, slug};
use super::workshop::{NewWorkshop, Workshop, Workshops};
use crate::trouble::{ProblemsBody, Trouble};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::{Act, WorkshopForm};
use service::Services;

/// Every workshop that the token may see, latest first.
///
/// Organisers and directors see drafts too.
#[utoipa::path(
    get,
    path = "/api/v1/workshops",
    tag = "workshops",
    security(("token" = [])),
    responses(
        (status = 200, body = Workshops),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
    )
)]
pub(super) async fn list(
    State(services): State<Services>,
    Caller(actor): Caller,
) -> Result<Json<Workshops>, Trouble> {
    let views = services.workshops(&actor).await?;
    Ok(Json(Workshops {
        workshops: views.into_iter().map(Workshop::new).collect(),
    }))
}

/// One workshop, with the keys of its sessions.
#[utoipa::path(
    get,
    path = "/api/v1/workshops/{slug}",
    tag = "workshops",
    security(("token" = [])),
    params(("slug" = String, Path, description = "The workshop's address")),
    responses(
        (status = 200, body = Workshop),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 404, body = ProblemsBody, description = "No such workshop, or not for this token"),
    )
)]
pub(super) async fn show(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(path): Path<String>,
) -> Result<Json<Workshop>, Trouble> {
    let slug = slug(&path)?;
    let view = if actor.may(Act::ReadProgramme) {
        services
            .staff_workshop(&actor, Act::ReadProgramme, slug)
            .await?
    } else {
        services.public_workshop(slug).await?
    };
    let workshop = Workshop::new(view).with_booked(&services, &actor).await;
    Ok(Json(workshop))
}

/// Schedules a workshop with one session, as a draft.
#[utoipa::path(
    post,
    path = "/api/v1/workshops",
    tag = "workshops",
    security(("token" = [])),
    request_body = NewWorkshop,
    responses(
        (status = 201, body = Workshop, headers(("Location" = String, description = "Where it is"))),
        (status = 400, body = ProblemsBody, description = "No JSON"),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 403, body = ProblemsBody, description = "The token's role may not do this"),
        (status = 422, body = ProblemsBody, description = "All that is wrong, field by field"),
    )
)]
pub(super) async fn schedule(
    State(services): State<Services>,
    Caller(actor): Caller,
    Sent(new): Sent<NewWorkshop>,
) -> Result<Response, Trouble> {
    let view = services.schedule(&actor, &WorkshopForm::from(new)).await?;
    let workshop = Workshop::new(view);
    let location = [(LOCATION, workshop.location())];
    Ok((StatusCode::CREATED, location, Json(workshop)).into_response())
}

/// Makes a draft public.
#[utoipa::path(
    post,
    path = "/api/v1/workshops/{slug}/publish",
    tag = "workshops",
    security(("token" = [])),
    params(("slug" = String, Path, description = "The workshop's address")),
    responses(
        (status = 200, body = Workshop),
        (status = 401, body = ProblemsBody, description = "No token, or one that is not known"),
        (status = 403, body = ProblemsBody, description = "The token's role may not do this"),
        (status = 404, body = ProblemsBody, description = "No such workshop"),
        (status = 409, body = ProblemsBody, description = "It is no draft"),
        (status = 422, body = ProblemsBody, description = "What is missing before it can be public"),
    )
)]
pub(super) async fn publish(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(path): Path<String>,
) -> Result<Json<Workshop>, Trouble> {
    let view = services.publish(&actor, slug(&path)?).await?;
    Ok(Json(Workshop::new(view)))
}
