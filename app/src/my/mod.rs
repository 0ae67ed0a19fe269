//! The registrant's own page, behind an address that nobody can guess.

mod accept;
mod cancel;
mod consents;
mod contact;
mod lost;
mod page;
mod substitute;

use crate::render::AppState;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{HeaderName, REFERRER_POLICY};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/my", get(lost::ask).post(lost::send))
        .route("/my/{token}", get(page::show))
        .route("/my/{token}/calendar.ics", get(page::calendar))
        .route("/my/{token}/ticket.png", get(page::picture))
        .route("/my/{token}/accept", post(accept::accept))
        .route(
            "/my/{token}/contact",
            get(contact::ask).post(contact::change),
        )
        .route(
            "/my/{token}/consents",
            get(consents::ask).post(consents::change),
        )
        .route(
            "/my/{token}/substitute",
            get(substitute::ask).post(substitute::name),
        )
        .route("/my/{token}/cancel", get(cancel::ask).post(cancel::cancel))
        .layer(map_response(unseen))
}

/// Whoever has the address has the page: no other site is told it, no search
/// engine keeps it. With `no-referrer` browsers would send `Origin: null` along
/// with the form that gives up a registration, and one that sends no
/// `Sec-Fetch-Site` – an old one, or any over plain http – could not be told
/// from a foreign site.
pub(crate) async fn unseen(mut response: Response) -> Response {
    let robots = HeaderName::from_static("x-robots-tag");
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    response
}
