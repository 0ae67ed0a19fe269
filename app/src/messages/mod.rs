//! Messages to a part of a workshop's people: the list, writing one with a look
//! first, how far it is, and holding or cancelling it.

mod form;
mod hold;
mod list;
mod look;
mod make;
mod one;
mod said;

pub(crate) use said::ended;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/manage/workshops/{slug}/messages", get(list::messages))
        .route(
            "/manage/workshops/{slug}/messages/new",
            get(make::blank).post(make::make),
        )
        .route(
            "/manage/workshops/{slug}/messages/{id}",
            get(one::show).post(one::mark),
        )
        .route(
            "/manage/workshops/{slug}/messages/{id}/edit",
            get(make::edit).post(make::revise),
        )
        .route(
            "/manage/workshops/{slug}/messages/{id}/{step}",
            get(hold::confirm).post(hold::act),
        )
}

/// The address of a workshop's messages.
pub(crate) fn address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/messages")
}
