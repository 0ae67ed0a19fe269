//! The page of somebody who registered several delegates.

mod page;

use crate::my::unseen;
use crate::render::AppState;
use axum::Router;
use axum::middleware::map_response;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/groups/{token}", get(page::show))
        .route("/groups/{token}/accept", post(page::accept))
        .route("/groups/{token}/members/{id}/cancel", post(page::cancel))
        .layer(map_response(unseen))
}
