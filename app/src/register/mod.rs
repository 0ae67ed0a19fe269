//! Registering for a workshop, from a phone and without a script.

mod answers;
mod consents;
mod form;
mod group;
mod page;
mod trap;
mod why;

pub(crate) use page::act;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/workshops/{slug}/register",
            get(page::show).post(page::send),
        )
        .route(
            "/workshops/{slug}/register/group",
            get(group::show).post(group::send),
        )
}
