//! The programme: its figures toward the target, what waits for the
//! organiser, and its settings.

mod attention;
mod breakdown;
mod figures;
mod page;
mod settings;
mod workshops;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/programme", get(page::programme))
        .route(
            "/programme/settings",
            get(settings::form).post(settings::save),
        )
}
