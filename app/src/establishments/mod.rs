//! Establishments: what each is, for the programme's breakdowns.

mod page;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

/// Where establishments are classified.
pub(crate) const PATH: &str = "/manage/establishments";

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route(PATH, get(page::open).post(page::act))
}
