//! Every address and what answers there.

use crate::render::{AppState, Cx, Refused, error_pages, not_found};
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::prelude::provide_context;

/// All pages, forms, calls of islands, uploads and downloads. Expects the
/// browser session of tower-sessions on every request.
pub fn router(state: AppState) -> Router {
    // leptos runs its reactions on tokio; a second router in one process finds that done.
    let _ = any_spawner::Executor::init_tokio();
    Router::new()
        .merge(crate::home::routes())
        .merge(crate::questions::routes())
        .merge(crate::register::routes())
        .merge(crate::my::routes())
        .merge(crate::groups::routes())
        .merge(crate::unsubscribe::routes())
        .merge(crate::materials::routes())
        .merge(crate::distribution::routes())
        .merge(crate::privacy::routes())
        .merge(crate::sign_in::routes())
        .merge(crate::programme::routes())
        .merge(crate::workshops::routes())
        .merge(crate::attendance::routes())
        .merge(crate::people::routes())
        .merge(crate::import::routes())
        .merge(crate::establishments::routes())
        .merge(crate::mail::routes())
        .merge(crate::templates::routes())
        .merge(crate::messages::routes())
        .merge(crate::door::routes())
        .merge(crate::board::routes())
        .merge(crate::trainer::routes())
        .merge(crate::annual_plan::routes())
        .merge(crate::planning::routes())
        .merge(crate::teaching::routes())
        .merge(crate::invitations::routes())
        .merge(crate::merge::routes())
        .merge(crate::calendar::routes())
        .merge(crate::venues::routes())
        .merge(crate::trainers::routes())
        .route("/call/{*name}", post(calls))
        .fallback(not_found)
        .layer(from_fn_with_state(state.clone(), error_pages))
        .with_state(state)
}

/// The calls that islands make. Each finds who asks in its context. What no
/// deed refused and leptos could not read is the caller's mistake.
async fn calls(cx: Cx, request: Request) -> Response {
    let refused = Refused::default();
    let noted = refused.clone();
    let context = move || {
        provide_context(cx.clone());
        provide_context(noted.clone());
    };
    let mut response = leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response();
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR && !refused.is_set() {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response
}
