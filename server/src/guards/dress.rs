//! Words for refusals: problems for programs, a plain page for people.

use super::is_api;
use crate::trouble::Trouble;
use app::{accepted_language, language};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;

/// Says what a handler, a layer or axum itself refused without words. Answers
/// that have words already pass as they are.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let lang = if api {
        accepted_language(request.headers())
    } else {
        language(request.uri().query(), request.headers()).0
    };
    let mut response = next.run(request).await;
    let trouble = response
        .extensions_mut()
        .remove::<Trouble>()
        .or_else(|| bare(&response, api));
    let Some(trouble) = trouble else {
        return response;
    };
    let mut said = if api {
        trouble.json(lang)
    } else {
        trouble.page(lang)
    };
    if let Some(allow) = response.headers_mut().remove(ALLOW) {
        said.headers_mut().insert(ALLOW, allow);
    }
    said
}

/// A failure without a body of its own. What axum's own refusals say in plain
/// text is no answer to a program either.
fn bare(response: &Response, api: bool) -> Option<Trouble> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    match kind {
        None if status == StatusCode::NOT_FOUND && !api => {
            Some(Trouble::new(status, "", "not_found", "failure-not_found"))
        }
        None => Some(Trouble::of_status(status)),
        Some(kind) if api && !kind.starts_with("application/json") => {
            Some(Trouble::of_status(status))
        }
        Some(_) => None,
    }
}
