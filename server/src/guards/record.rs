//! One line in the log for each request: method, pattern of the route, status
//! and time. Never the address itself: it may be somebody's personal link.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use service::random_token;
use std::time::Instant;
use tracing::Instrument;

/// Gives the request a number, which the answer carries as `x-request-id`, and
/// writes it down.
pub(crate) async fn record(request: Request, next: Next) -> Response {
    let id: String = random_token().chars().take(12).collect();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let span = tracing::info_span!("request", id, %method, route);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let ms = begun.elapsed().as_millis();
    let status = response.status();
    span.in_scope(|| {
        if is_dull(route, status) {
            tracing::debug!(status = status.as_u16(), ms, "answered");
        } else {
            tracing::info!(status = status.as_u16(), ms, "answered");
        }
    });
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// Assets and the questions of monitors would drown the rest.
fn is_dull(route: &str, status: StatusCode) -> bool {
    !status.is_server_error() && matches!(route, "/assets/{*path}" | "/healthz" | "/readyz")
}
