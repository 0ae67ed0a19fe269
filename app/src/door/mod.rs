//! The door: find people, check them in, take it back, add walk-ins. Names and
//! codes travel in bodies, never in addresses.
//!
//! A browser here is a device: it keeps the list sealed and the scans that no
//! server has answered, and goes on alone when the network fails.

pub mod islands;
pub mod shown;
pub mod wire;

mod views;

#[cfg(feature = "hydrate")]
mod device;
#[cfg(any(feature = "hydrate", test))]
mod local;

#[cfg(feature = "ssr")]
mod ask;
#[cfg(feature = "ssr")]
mod enter;
#[cfg(feature = "ssr")]
mod install;
#[cfg(feature = "ssr")]
mod json;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod said;
#[cfg(feature = "ssr")]
mod walk_in;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub(crate) use enter::gone;

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<crate::render::AppState> {
    use axum::routing::{get, post};
    axum::Router::new()
        .route("/door", get(list::list))
        .route("/door/sw.js", get(install::worker))
        .route("/door/enter/{token}", get(enter::open).post(enter::enter))
        .route("/door/{slug}", get(page::open).post(page::search))
        .route(
            "/door/{slug}/check-in",
            get(page::back).post(page::check_in),
        )
        .route("/door/{slug}/undo", get(page::back).post(page::undo))
        .route(
            "/door/{slug}/colleague",
            get(page::back).post(page::colleague),
        )
        .route("/door/{slug}/consent", get(page::back).post(page::consent))
        .route("/door/{slug}/walk-in", get(page::back).post(walk_in::add))
        .route("/door/{slug}/manifest.webmanifest", get(install::manifest))
        .route("/door/{slug}/list", get(json::list))
        .route("/door/{slug}/counts", get(json::counts))
        .route("/door/{slug}/sync", post(json::sync))
        .route("/door/{slug}/find", post(json::find))
        .route("/door/{slug}/take-back", post(json::take_back))
}
