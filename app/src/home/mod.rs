//! The public calendar: the next workshops, all of them, and a page
//! for each.

mod agenda;
mod event;
mod facts;
mod item;
mod list;
mod page;
mod workshop;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) use facts::{
    fact, giving_up, organizer_contact, place, when_and_where, when_where_and_how, workshop_contact,
};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(page::home))
        .route(list::PATH, get(list::list))
        .route("/workshops/{slug}", get(workshop::show))
}
