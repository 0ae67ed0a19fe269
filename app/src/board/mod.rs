//! The board of a hall: how many have come, live. Numbers and establishments,
//! no names of people.

pub mod islands;
pub mod shown;

#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<crate::render::AppState> {
    use axum::routing::get;
    axum::Router::new()
        .route("/door/{slug}/board", get(page::open))
        .route("/door/{slug}/board/events", get(events::stream))
}
