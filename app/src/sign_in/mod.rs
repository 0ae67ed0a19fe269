//! Signing in and out.

mod next;
mod page;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sign-in", get(page::show).post(page::sign_in))
        .route("/sign-out", post(page::sign_out))
}
