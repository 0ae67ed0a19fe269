//! Materials: brought by trainers, mailed by organisers, fetched by personal
//! links.

pub mod calls;
pub mod islands;
pub mod shown;

#[cfg(feature = "ssr")]
mod download;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
mod link;
#[cfg(feature = "ssr")]
mod mails;
#[cfg(feature = "ssr")]
mod send;
#[cfg(feature = "ssr")]
mod staff;
#[cfg(feature = "ssr")]
mod upload;
#[cfg(feature = "ssr")]
mod withdraw;

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<crate::render::AppState> {
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};
    // Files are streamed; the deed keeps to its own limit for each.
    let page = get(staff::open)
        .post(upload::upload)
        .layer(DefaultBodyLimit::disable());
    axum::Router::new()
        .route("/manage/workshops/{slug}/materials", page)
        .route(
            "/manage/workshops/{slug}/materials/send",
            get(send::confirm).post(send::send),
        )
        .route(
            "/manage/workshops/{slug}/materials/{id}",
            get(staff::download),
        )
        .route(
            "/manage/workshops/{slug}/materials/{id}/withdraw",
            get(withdraw::confirm).post(withdraw::withdraw),
        )
        .route(
            "/manage/workshops/{slug}/materials/{id}/restore",
            post(withdraw::restore),
        )
        .route("/materials/{token}", get(link::open))
        .route("/materials/{token}/{id}", get(link::download))
}

/// The address of a workshop's materials, for staff.
#[cfg(feature = "ssr")]
pub(crate) fn address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/materials")
}
