//! Rows that may be one person or one establishment, side by side.

mod page;
mod pair;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

/// Where pairs are judged.
pub(crate) const PATH: &str = "/manage/merge";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(page::show).post(page::find))
        .route("/manage/merge/{id}", get(page::back).post(page::judge))
        .route("/manage/merge/{id}/undo", post(page::undo))
}
