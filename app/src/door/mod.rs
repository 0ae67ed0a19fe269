//! Stub.

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<crate::render::AppState> {
    axum::Router::new()
}
