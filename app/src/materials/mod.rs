//! Materials: brought by trainers, mailed by organisers, fetched by personal
//! links and from the public library.

pub mod calls;
pub mod islands;
pub mod shown;
pub mod upload_island;

#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
mod download;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod library;
#[cfg(feature = "ssr")]
mod link;
#[cfg(feature = "ssr")]
mod links;
#[cfg(feature = "ssr")]
mod mails;
#[cfg(feature = "ssr")]
mod one;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod send;
#[cfg(feature = "ssr")]
mod staff;
#[cfg(feature = "ssr")]
mod upload;
#[cfg(feature = "hydrate")]
mod upload_browser;
#[cfg(feature = "ssr")]
mod versions;
#[cfg(feature = "ssr")]
mod withdraw;

#[cfg(feature = "ssr")]
pub(crate) use files::about;
#[cfg(feature = "ssr")]
pub(crate) use library::{PATH as LIBRARY, of_workshop};
#[cfg(feature = "ssr")]
pub(crate) use place::PROGRAMME;

#[cfg(feature = "ssr")]
pub(crate) fn routes() -> axum::Router<crate::render::AppState> {
    use axum::routing::get;
    axum::Router::new()
        .merge(of_staff("/manage/workshops/{slug}/materials"))
        .merge(of_staff(PROGRAMME))
        .route(
            "/manage/workshops/{slug}/materials/send",
            get(send::confirm).post(send::send),
        )
        .route(
            "/manage/workshops/{slug}/materials/links",
            get(links::confirm).post(links::withdraw),
        )
        .route(LIBRARY, get(library::list))
        .route("/library/{id}", get(download::of_everybody))
        .route("/my/{token}/materials", get(link::fresh))
        .route("/materials/{token}", get(link::open))
        .route("/materials/{token}/{id}", get(link::download))
}

/// The pages of one shelf.
#[cfg(feature = "ssr")]
fn of_staff(base: &str) -> axum::Router<crate::render::AppState> {
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};
    // Files are streamed; the deed keeps to its own limit for each.
    let streamed = DefaultBodyLimit::disable;
    let at = |rest: &str| format!("{base}{rest}");
    axum::Router::new()
        .route(
            base,
            get(staff::open).post(upload::upload).layer(streamed()),
        )
        .route(&at("/{id}"), get(one::show).post(one::revise))
        .route(
            &at("/{id}/replace"),
            post(versions::replace).layer(streamed()),
        )
        .route(&at("/{id}/file"), get(download::of_staff))
        .route(
            &at("/{id}/withdraw"),
            get(withdraw::confirm).post(withdraw::withdraw),
        )
        .route(&at("/{id}/restore"), post(withdraw::restore))
        .route(&at("/{id}/versions/{number}"), get(download::of_staff))
        .route(
            &at("/{id}/versions/{number}/withdraw"),
            post(withdraw::withdraw_version),
        )
        .route(
            &at("/{id}/versions/{number}/restore"),
            post(withdraw::restore_version),
        )
}

/// The address of a workshop's materials, for staff.
#[cfg(feature = "ssr")]
pub(crate) fn address(slug: &str) -> String {
    format!("/manage/workshops/{slug}/materials")
}
