//! The people of a workshop, as its organisers see them: the list, one person,
//! adding one, deciding over several, the file.

mod add;
mod asked;
mod decide;
mod decided;
mod declines;
mod export;
mod list;
mod offers;
mod one;
mod row;

pub(crate) use declines::declines;
pub(crate) use offers::calls;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/manage/workshops/{slug}/people",
            get(list::people).post(list::find),
        )
        .route(
            "/manage/workshops/{slug}/people/new",
            get(add::blank).post(add::add),
        )
        .route(
            "/manage/workshops/{slug}/people/decide",
            get(decide::back).post(decide::decide),
        )
        .route(
            "/manage/workshops/{slug}/people/export",
            get(decide::back).post(export::export),
        )
        .route(
            "/manage/workshops/{slug}/people/{id}",
            get(one::show).post(one::save),
        )
        .route(
            "/manage/workshops/{slug}/people/{id}/name",
            get(one::show).post(one::correct_name),
        )
        .route(
            "/manage/workshops/{slug}/people/{id}/offer",
            post(offers::answer),
        )
        .route(
            "/manage/workshops/{slug}/people/{id}/told",
            post(declines::told),
        )
}

/// The address of a workshop's people.
fn address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/people")
}
