//! The planning calendar: a month of sessions, as a grid or as a list.

mod agenda;
mod grid;
mod page;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

/// Where the calendar stands.
pub(crate) const PATH: &str = "/manage/calendar";

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route(PATH, get(page::calendar))
}
