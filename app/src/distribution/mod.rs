//! The register of what was handed to which establishment, how and when.

mod enter;
mod list;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

/// Where it is.
pub(crate) const PATH: &str = "/programme/distribution";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(list::list).post(list::list_typed))
        .route(
            "/programme/distribution/new",
            get(enter::blank).post(enter::act),
        )
        .route("/programme/distribution/export", post(list::export))
        .route("/programme/distribution/undo", post(list::undo))
}
