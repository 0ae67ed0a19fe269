//! What a request may be: no NUL in its address, not too large, answered in
//! time. Uploads have limits of their own, set by their route.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use std::time::Duration;
use tokio::time::timeout;

/// The largest form or JSON.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// The largest batch of a device at the door: a thousand scans.
const MAX_BATCH: usize = 1024 * 1024;

/// What the addresses that take large files end with.
const UPLOADS: [&str; 4] = ["/materials", "/replace", "/import", "/photos"];

/// The largest list of establishments to be invited, each with a contact.
const MAX_LIST: usize = 1024 * 1024;

/// The longest that a handler may take to begin its answer.
const MAX_TIME: Duration = Duration::from_secs(30);

/// What is read of a refused body before its sender is told: somebody who is
/// cut off while sending never reads why.
const LINGER: usize = 16 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(5);

/// Refuses an address with a NUL in it: it leads nowhere, and PostgreSQL does
/// not take it as text.
pub(crate) async fn address(request: Request, next: Next) -> Response {
    let has_nul = |part: &str| part.contains("%00");
    if has_nul(request.uri().path()) {
        StatusCode::NOT_FOUND.into_response()
    } else if request.uri().query().is_some_and(has_nul) {
        StatusCode::BAD_REQUEST.into_response()
    } else {
        next.run(request).await
    }
}

/// Refuses large bodies with 413, uploads apart.
pub(crate) async fn size(mut request: Request, next: Next) -> Response {
    if is_upload(&request) {
        return next.run(request).await;
    }
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let most = largest(request.uri().path());
    if announced.is_some_and(|length| length > most as u64) {
        linger(request.into_body()).await;
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    request = request.map(|body| Body::new(Limited::new(body, most)));
    next.run(request).await
}

/// How much a form or JSON for a path may be.
fn largest(path: &str) -> usize {
    let page = path.starts_with("/door/") && path.ends_with("/sync");
    let api = path.starts_with("/api/") && path.ends_with("/checkins/batch");
    if page || api {
        MAX_BATCH
    } else if path.starts_with("/manage/") && path.ends_with("/invitations/new") {
        MAX_LIST
    } else {
        MAX_BODY
    }
}

async fn linger(body: Body) {
    let mut body = Limited::new(body, LINGER);
    let read = async { while let Some(Ok(_)) = body.frame().await {} };
    let _ = timeout(LINGER_TIME, read).await;
}

/// Gives up on a handler with 503, uploads apart. What it was writing is
/// rolled back.
pub(crate) async fn time(request: Request, next: Next) -> Response {
    if is_upload(&request) {
        return next.run(request).await;
    }
    match timeout(MAX_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The doors that take large files, and take their time.
fn is_upload(request: &Request) -> bool {
    let path = request.uri().path();
    let of_workshop = path.strip_prefix("/manage/workshops/").is_some_and(|rest| {
        let paper = rest.ends_with("/import") || rest.ends_with("/photos");
        paper || rest.contains("/materials")
    });
    let ours = path.starts_with("/manage/materials") || of_workshop;
    request.method() == Method::POST && ours && UPLOADS.iter().any(|door| path.ends_with(door))
}
