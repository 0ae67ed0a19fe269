//! Attendance: each session side by side, paper, what devices met alone, the
//! figures signed by two, and the keys to the door.

mod ask;
mod conflicts;
mod correct;
mod entry;
mod figures;
mod guest;
mod keys;
mod page;
mod photos;
mod revoke;
mod sheet;
mod table;
mod waiting;

use crate::render::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The figures that wait for a signature.
pub(crate) const WAITING: &str = "/figures";

pub(crate) fn routes() -> Router<AppState> {
    // Files are streamed; the deed keeps to its own limit for each.
    let photos = get(photos::list)
        .post(photos::upload)
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route(WAITING, get(waiting::list))
        .route(&path("/attendance"), get(page::current))
        .route(&path("/attendance/{session}"), get(page::one))
        .route(
            &path("/attendance/{session}/people/{id}"),
            get(correct::form).post(correct::save),
        )
        .route(
            &path("/attendance/{session}/people/{id}/undo"),
            post(correct::undo),
        )
        .route(
            &path("/attendance/{session}/propose"),
            get(figures::ask_propose).post(figures::propose),
        )
        .route(
            &path("/attendance/{session}/sign"),
            get(figures::ask_sign).post(figures::sign),
        )
        .route(
            &path("/attendance/{session}/reopen"),
            get(figures::ask_reopen).post(figures::reopen),
        )
        .route(&path("/attendance/{session}/photos"), photos)
        .route(
            &path("/attendance/{session}/photos/{id}"),
            get(photos::download),
        )
        .route(
            &path("/attendance/{session}/photos/{id}/withdraw"),
            post(photos::withdraw),
        )
        .route(
            &path("/attendance/{session}/photos/{id}/restore"),
            post(photos::restore),
        )
        .merge(paper())
        .merge(door())
}

fn paper() -> Router<AppState> {
    Router::new()
        .route(&path("/attendance/{session}/print"), post(sheet::print))
        .route(&path("/sheets/{number}"), get(sheet::show))
        .route(
            &path("/sheets/{number}/enter"),
            get(entry::form).post(entry::enter),
        )
        .route(
            &path("/sheets/{number}/guest"),
            get(guest::back).post(guest::add),
        )
        .route(
            &path("/sheets/{number}/entries/{id}/undo"),
            post(entry::undo),
        )
}

fn door() -> Router<AppState> {
    Router::new()
        .route(
            &path("/conflicts"),
            get(conflicts::list).post(conflicts::settle),
        )
        .route(
            &path("/conflicts/devices/{id}/dismiss"),
            post(conflicts::dismiss),
        )
        .route(&path("/keys"), get(keys::list).post(keys::make))
        .route(
            &path("/keys/links/{id}/revoke"),
            get(revoke::ask_link).post(revoke::link),
        )
        .route(
            &path("/keys/devices/{id}/revoke"),
            get(revoke::ask_device).post(revoke::device),
        )
}

fn path(rest: &str) -> String {
    format!("/manage/workshops/{{slug}}{rest}")
}

/// The address of a workshop's attendance.
pub(crate) fn address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/attendance")
}

/// The address of one session's attendance.
fn session_address(slug: &str, session: i64) -> String {
    format!("{}/{session}", address(slug))
}

/// The address of a sheet.
fn sheet_address(slug: &str, number: &str) -> String {
    format!("/manage/workshops/{slug}/sheets/{number}")
}

/// The address of the keys to a workshop's door.
fn keys_address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/keys")
}

/// A count in words.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
