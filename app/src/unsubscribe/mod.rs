//! Stopping mails of one kind by the link in them.

mod page;

use crate::render::AppState;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route(
        "/unsubscribe/{purpose}/{token}",
        get(page::ask).post(page::stop),
    )
}
