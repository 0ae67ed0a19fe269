//! The JSON doors: a bearer token, the same deeds as the pages call, times in
//! RFC 3339, problems by field. Described by OpenAPI.

mod batch;
mod body;
mod caller;
mod checkins;
mod docs;
mod health;
mod programme;
mod registrations;
mod workshop;
mod workshops;

use crate::trouble::Trouble;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::any;
use service::Services;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All JSON doors, the health doors and the description.
pub(crate) fn router(services: Services) -> Router {
    let (doors, description) = doors().split_for_parts();
    let nowhere = || any(|| async { Trouble::of_status(StatusCode::NOT_FOUND) });
    doors
        .with_state(services)
        .merge(docs::router(&description))
        .route("/api", nowhere())
        .route("/api/", nowhere())
        .route("/api/{*path}", nowhere())
}

fn doors() -> OpenApiRouter<Services> {
    OpenApiRouter::with_openapi(docs::frame())
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(workshops::list, workshops::schedule))
        .routes(routes!(workshops::show))
        .routes(routes!(workshops::publish))
        .routes(routes!(registrations::register))
        .routes(routes!(checkins::check_in))
        .routes(routes!(batch::sync))
        .routes(routes!(programme::summary))
}

#[cfg(test)]
mod tests;
