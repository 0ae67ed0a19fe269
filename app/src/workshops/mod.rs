//! Workshops as the organisers see them: the list, the cockpit of each one,
//! its people and its log.

mod tabs;

pub(crate) use tabs::tabs;

use crate::render::AppState;
use axum::Router;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
}
