//! For monitors: is the process alive, can it work.

use axum::extract::State;
use axum::http::StatusCode;
use service::Services;

/// The process lives.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "health",
    responses((status = 200, description = "Always, while the process lives", body = str, content_type = "text/plain"))
)]
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// The database answers.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    responses(
        (status = 200, description = "Requests can be answered", body = str, content_type = "text/plain"),
        (status = 503, description = "The database does not answer", body = str, content_type = "text/plain"),
    )
)]
pub(super) async fn readyz(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.check_database().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(failure) => {
            tracing::warn!(%failure, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
        }
    }
}
