//! What a workshop asks beside the usual fields: organisers write the
//! questions, registrants answer them.

mod edit;
mod fields;
mod mine;
mod page;
mod theirs;

pub(crate) use fields::{question_fields, question_label, typed_answers};
pub(crate) use mine::reminder;

use crate::my::unseen;
use crate::render::AppState;
use axum::Router;
use axum::middleware::map_response;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<AppState> {
    let personal = Router::new()
        .route("/my/{token}/answers", get(mine::ask).post(mine::send))
        .layer(map_response(unseen));
    Router::new()
        .route(
            "/manage/workshops/{slug}/questions",
            get(page::list).post(page::add),
        )
        .route(
            "/manage/workshops/{slug}/questions/{id}",
            get(edit::ask).post(edit::revise),
        )
        .route(
            "/manage/workshops/{slug}/questions/{id}/remove",
            post(edit::remove),
        )
        .route(
            "/manage/workshops/{slug}/people/{id}/answers",
            get(theirs::ask).post(theirs::send),
        )
        .merge(personal)
}

/// The page of the questions of a workshop.
fn path(slug: &str) -> String {
    format!("/manage/workshops/{slug}/questions")
}
