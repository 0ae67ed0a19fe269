//! Workshops as the organisers see them: the list, the cockpit of each one,
//! its people and its log.

mod agenda;
mod assign;
mod call_off;
mod change;
mod cockpit;
mod copy;
mod done;
mod facts;
mod filter;
mod form;
mod list;
mod log;
mod minimum;
mod numbers;
mod publish;
mod relocate;
mod schedule;
mod session_fields;
mod sessions;
mod states;
mod tabs;
mod told;

pub(crate) use numbers::part_words;
pub(crate) use session_fields::clash_list;
pub(crate) use sessions::heading;
pub(crate) use tabs::tabs;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/manage/workshops", get(list::workshops))
        .route(
            "/manage/workshops/new",
            get(schedule::blank).post(schedule::schedule),
        )
        .route("/manage/workshops/{slug}", get(cockpit::overview))
        .route(
            "/manage/workshops/{slug}/edit",
            get(schedule::edit).post(schedule::revise),
        )
        .route(
            "/manage/workshops/{slug}/publish",
            get(publish::back).post(publish::publish),
        )
        .route(
            "/manage/workshops/{slug}/call-off",
            get(call_off::confirm).post(call_off::call_off),
        )
        .route(
            "/manage/workshops/{slug}/assign",
            get(assign::form).post(assign::assign),
        )
        .route("/manage/workshops/{slug}/log", get(log::log))
        .merge(session_routes())
}

fn session_routes() -> Router<AppState> {
    Router::new()
        .route("/manage/workshops/{slug}/sessions", get(sessions::list))
        .route(
            "/manage/workshops/{slug}/sessions/new",
            get(sessions::blank).post(sessions::add),
        )
        .route(
            "/manage/workshops/{slug}/sessions/{id}",
            get(sessions::edit).post(sessions::revise),
        )
        .route(
            "/manage/workshops/{slug}/sessions/{id}/remove",
            get(sessions::confirm).post(sessions::remove),
        )
        .route(
            "/manage/workshops/{slug}/sessions/{id}/agenda",
            get(agenda::form).post(agenda::save),
        )
        .route(
            "/manage/workshops/{slug}/move",
            get(relocate::form).post(relocate::relocate),
        )
        .route(
            "/manage/workshops/{slug}/changes/{id}",
            get(change::show).post(change::mark),
        )
        .route(
            "/manage/workshops/{slug}/copy",
            get(copy::form).post(copy::copy),
        )
        .route(
            "/manage/workshops/{slug}/go-ahead",
            get(publish::back).post(minimum::go_ahead),
        )
        .route(
            "/manage/workshops/{slug}/close",
            get(states::confirm_close).post(states::close),
        )
        .route(
            "/manage/workshops/{slug}/reopen",
            get(states::confirm_reopen).post(states::reopen),
        )
}

/// The page of a workshop for its organisers.
fn cockpit_path(slug: &str) -> String {
    format!("/manage/workshops/{slug}")
}
