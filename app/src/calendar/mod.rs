//! Calendars to subscribe to: the public one, and the secret one of each
//! organiser and trainer.

mod page;

use crate::render::{AppState, Cx, Oops};
use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use service::Failure;

/// The page with the address of one's own calendar.
pub(crate) const PATH: &str = "/calendar";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/calendar.ics", get(public))
        .route(PATH, get(page::show))
        .route("/calendar/renew", get(page::confirm).post(page::renew))
        .route("/calendar/{file}", get(private))
}

/// `GET /calendar.ics`
async fn public(cx: Cx) -> Result<Response, Oops> {
    let file = cx.services.public_calendar(cx.lang()).await?;
    Ok(answer(file, "public, max-age=300"))
}

/// `GET /calendar/{token}.ics`
async fn private(cx: Cx, Path(file): Path<String>) -> Result<Response, Oops> {
    let token = file.strip_suffix(".ics").ok_or(Failure::NotFound)?;
    let file = cx.services.private_calendar(token, cx.lang()).await?;
    Ok(answer(file, "no-store"))
}

fn answer(file: String, cache: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CACHE_CONTROL, cache),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    (headers, file).into_response()
}
