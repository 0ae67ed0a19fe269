//! The trainer's home: my workshops, and what is expected of me.

mod page;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/trainer", get(page::home))
}
