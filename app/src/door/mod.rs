//! The door: find people, check them in, take it back, add walk-ins. Names and
//! codes travel in bodies, never in addresses.

pub mod calls;
pub mod islands;
pub mod shown;

mod views;

#[cfg(feature = "ssr")]
mod ask;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod walk_in;

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<crate::render::AppState> {
    use axum::routing::get;
    axum::Router::new()
        .route("/door", get(list::list))
        .route("/door/{slug}", get(page::open).post(page::search))
        .route(
            "/door/{slug}/check-in",
            get(page::back).post(page::check_in),
        )
        .route("/door/{slug}/undo", get(page::back).post(page::undo))
        .route("/door/{slug}/walk-in", get(page::back).post(walk_in::add))
}
