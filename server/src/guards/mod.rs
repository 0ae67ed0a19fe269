//! What stands in front of every door, from the outside in: the log, security
//! headers, compression, words for bare refusals, panics, time and size
//! limits, and the guard against foreign sites.

mod dress;
mod headers;
mod limits;
mod record;
pub(crate) mod sender;

use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, Method, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::csrf::CsrfLayer;
use url::Url;

/// What the guards must know.
#[derive(Clone, Debug)]
pub(crate) struct Guards {
    /// Whether people reach the server over https.
    pub(crate) https: bool,
    /// The origin of the server's own pages, as browsers write it.
    origin: String,
}

impl Guards {
    /// Guards of a server that people reach here.
    pub(crate) fn at(public_url: &Url) -> Self {
        Self {
            https: public_url.scheme() == "https",
            origin: public_url.origin().ascii_serialization(),
        }
    }
}

/// Sets all guards in front of the routes.
pub(crate) fn guard(routes: Router, guards: &Guards) -> Router {
    routes
        .layer(foreign_sites(guards))
        .layer(middleware::from_fn(limits::address))
        .layer(middleware::from_fn(limits::size))
        .layer(middleware::from_fn(limits::time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(dress::dress))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(512).and(is_text)))
        .layer(middleware::from_fn_with_state(
            guards.https,
            headers::security,
        ))
        .layer(middleware::from_fn(record::record))
}

/// Refuses what another site makes a browser send. The JSON doors take no
/// cookie, so a browser has nothing to lend there; nor has it where mails are
/// stopped.
fn foreign_sites(guards: &Guards) -> CsrfLayer {
    let layer = CsrfLayer::new()
        .with_insecure_bypass(|method, uri| is_api(uri.path()) || is_one_click(method, uri.path()));
    match layer.clone().add_trusted_origin(&guards.origin) {
        Ok(layer) => layer,
        Err(error) => {
            tracing::warn!(%error, "PUBLIC_URL is no origin of a browser");
            layer
        }
    }
}

/// Whether programs are spoken to here.
fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Whether a kind of mail is stopped here by one click (RFC 8058), which a mail
/// program on the web sends from its own site: the address says for whom.
fn is_one_click(method: &Method, path: &str) -> bool {
    method == Method::POST && path.starts_with("/unsubscribe/")
}

/// Bare: the layer outside finds words.
fn panicked(_panic: Box<dyn Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Pictures, fonts and documents are compressed already, and an event stream
/// must not be held back.
fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match kind {
        "text/event-stream" => false,
        "application/json"
        | "application/javascript"
        | "application/manifest+json"
        | "application/wasm"
        | "image/svg+xml" => true,
        kind => kind.starts_with("text/"),
    }
}

#[cfg(test)]
mod tests;
