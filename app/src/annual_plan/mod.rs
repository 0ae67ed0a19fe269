//! The annual plan beside what the years brought.

mod form;
mod page;
mod remove;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

/// Where the plan stands.
pub(crate) const PATH: &str = "/programme/plan";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(page::plan))
        .route("/programme/plan/new", get(form::blank).post(form::add))
        .route("/programme/plan/{id}", get(form::edit).post(form::revise))
        .route(
            "/programme/plan/{id}/remove",
            get(remove::confirm).post(remove::remove),
        )
}
