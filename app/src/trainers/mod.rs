//! The register of trainers.

mod form;
mod list;

use crate::render::AppState;
use axum::Router;
use axum::routing::{get, post};

/// Where the register stands.
pub(crate) const PATH: &str = "/manage/trainers";

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(list::open).post(list::find))
        .route("/manage/trainers/new", get(form::blank).post(form::add))
        .route("/manage/trainers/{id}", get(form::edit).post(form::revise))
        .route("/manage/trainers/{id}/retire", post(form::retire))
        .route("/manage/trainers/{id}/restore", post(form::restore))
}
