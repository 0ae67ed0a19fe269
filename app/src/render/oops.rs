//! Failures as pages: one table of status, one of words.

use super::way_back::{not_allowed, way_back};
use super::{AppState, Cx, Page, see_other};
use crate::html::*;
use crate::ui::paragraph;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::{Conflict, Failure};
use std::sync::Arc;

/// A failure on its way to a page. Handlers return it with `?`; the layer
/// [`error_pages`] shows it in the visitor's language.
#[derive(Debug)]
pub(crate) struct Oops(Failure);

impl From<Failure> for Oops {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

#[derive(Clone)]
struct Failed(Arc<Failure>);

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Failed(Arc::new(self.0)));
        response
    }
}

/// The page for an address that leads nowhere.
pub(crate) async fn not_found() -> Oops {
    Oops(Failure::NotFound)
}

/// Turns failures into pages, and bare refusals of axum too. Somebody who must
/// sign in is led there and back.
pub(crate) async fn error_pages(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let reads = parts.method == Method::GET;
    let cx = Cx::from_request_parts(&mut parts, &state).await;
    let cx = match cx {
        Ok(cx) => cx,
        Err(oops) => {
            tracing::error!(failure = %oops.0, "no page can be shown");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let response = next.run(Request::from_parts(parts, body)).await;
    let failed = response.extensions().get::<Failed>().cloned();
    let sign_in = |cx: &Cx| sign_in_and_back(&cx.path, &cx.query);
    match failed {
        Some(Failed(failure))
            if matches!(*failure, Failure::SignInNeeded) && cx.device.is_some() =>
        {
            crate::door::gone(&cx, sign_in(&cx)).await
        }
        Some(Failed(failure)) if matches!(*failure, Failure::SignInNeeded) && reads => {
            see_other(&sign_in(&cx))
        }
        Some(Failed(failure)) => failure_page(&cx, &failure).await,
        None if response.status().is_client_error() && is_bare(&response) => {
            bare_page(&cx, response.status()).await
        }
        None => response,
    }
}

/// Whether nothing was said, or only what axum says to programmers.
fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get("content-type");
    kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// Where to sign in before the page asked for, which is a value in this address.
pub(crate) fn sign_in_and_back(path: &str, query: &str) -> String {
    let next = if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", &next)
        .finish();
    format!("/sign-in?{query}")
}

async fn failure_page(cx: &Cx, failure: &Failure) -> Response {
    let status =
        StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let text = failure_words(cx, failure);
    message_page(cx, status, text).await
}

/// A failure in words. What is nobody's fault outside is logged under the
/// reference that the words give.
pub(crate) fn failure_words(cx: &Cx, failure: &Failure) -> String {
    match failure {
        Failure::Conflict(Conflict::NotAllowedNow) => match not_allowed(&cx.path) {
            Some(why) => cx.say(why),
            None => cx.say("conflict-not_allowed_now"),
        },
        Failure::Conflict(conflict) => cx.say(&format!("conflict-{}", conflict.code())),
        Failure::Throttled(seconds) => cx.say_with(
            "failure-throttled",
            &[("minutes", ((seconds + 59) / 60).into())],
        ),
        Failure::TooMany(seconds) => cx.say_with(
            "failure-too_many",
            &[("minutes", ((seconds + 59) / 60).into())],
        ),
        Failure::Database(_) | Failure::Internal(_) => {
            let reference = cx.services.nonce().chars().take(8).collect::<String>();
            tracing::error!(%failure, reference, "a page failed");
            cx.say_with("failure-internal", &[("reference", reference.into())])
        }
        other => cx.say(&format!("failure-{}", other.code())),
    }
}

async fn bare_page(cx: &Cx, status: StatusCode) -> Response {
    let key = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "page-too-large",
        _ => "page-not-understood",
    };
    message_page(cx, status, cx.say(key)).await
}

async fn message_page(cx: &Cx, status: StatusCode, text: String) -> Response {
    let title = cx.say(if status == StatusCode::NOT_FOUND {
        "page-not-found-title"
    } else {
        "page-failed-title"
    });
    // What is as it is stands on the page that the act belongs to.
    let back = way_back(&cx.path)
        .filter(|_| status == StatusCode::CONFLICT)
        .map(|(href, words)| view! { <p><a class="button" href=href>{cx.say(words)}</a></p> });
    let sign_in = (status == StatusCode::UNAUTHORIZED && cx.device.is_none()).then(|| {
        let next = way_back(&cx.path).map_or_else(|| cx.path.clone(), |(href, _)| href);
        let href = sign_in_and_back(&next, "");
        view! { <p><a class="button" href=href>{cx.say("sign-in-act")}</a></p> }
    });
    let home = cx.say("page-home-link");
    let page = Page::public(&title).narrow().status(status);
    cx.show(page, move || {
        view! {
            <h1>{title}</h1>
            {paragraph(&text)}
            {back}
            {sign_in}
            <p><a href="/">{home}</a></p>
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_back_with_the_query() {
        assert_eq!(sign_in_and_back("/door", ""), "/sign-in?next=%2Fdoor");
        assert_eq!(
            sign_in_and_back("/mail", "state=failed&a=b"),
            "/sign-in?next=%2Fmail%3Fstate%3Dfailed%26a%3Db"
        );
    }
}
