//! The register of venues and their rooms.

mod list;
mod page;
mod room;
mod venue;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

/// Where the register stands.
pub(crate) const PATH: &str = "/manage/venues";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(list::list))
        .route("/manage/venues/new", get(venue::blank).post(venue::add))
        .route("/manage/venues/{id}", get(page::show))
        .route(
            "/manage/venues/{id}/edit",
            get(venue::edit).post(venue::revise),
        )
        .route("/manage/venues/{id}/retire", post(venue::retire))
        .route("/manage/venues/{id}/restore", post(venue::restore))
        .route(
            "/manage/venues/{id}/rooms/new",
            get(room::blank).post(room::add),
        )
        .route(
            "/manage/venues/{id}/rooms/{room}",
            get(room::edit).post(room::revise),
        )
        .route(
            "/manage/venues/{id}/rooms/{room}/retire",
            post(room::retire),
        )
        .route(
            "/manage/venues/{id}/rooms/{room}/restore",
            post(room::restore),
        )
}

/// The page of a venue.
fn path(id: i64) -> String {
    format!("{PATH}/{id}")
}
