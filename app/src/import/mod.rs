//! Files of delegates, as organisers bring them: upload, a look at every row,
//! what came of it, taking it back.

mod columns;
mod done;
mod list;
mod page;
mod rows;
mod undo;
mod upload;

use crate::render::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<AppState> {
    // Files are streamed; the deed keeps to its own limit.
    let upload = get(list::show)
        .post(upload::upload)
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/manage/workshops/{slug}/import", upload)
        .route(
            "/manage/workshops/{slug}/import/{id}",
            get(page::show).post(page::confirm),
        )
        .route(
            "/manage/workshops/{slug}/import/{id}/columns",
            get(page::back).post(columns::save),
        )
        .route(
            "/manage/workshops/{slug}/import/{id}/rejected",
            post(done::rejected),
        )
        .route(
            "/manage/workshops/{slug}/import/{id}/undo",
            get(undo::confirm).post(undo::undo),
        )
}

/// The address of a workshop's imports.
fn address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/import")
}
