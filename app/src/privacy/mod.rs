//! The notice on personal data.

mod page;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/privacy", get(page::show))
}
