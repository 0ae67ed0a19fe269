//! The public calendar: the next workshops, and a page for each.

mod facts;
mod page;
mod workshop;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) use facts::{fact, organizer_contact, place, when_and_where};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(page::home))
        .route("/workshops/{slug}", get(workshop::show))
}
