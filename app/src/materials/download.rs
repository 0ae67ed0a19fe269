//! A material on its way out, whole or in part.

use super::place::Place;
use crate::html::*;
use crate::render::{Cx, Oops, Page, Stored, Wanted, stored};
use axum::body::Body;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use service::entity::material_version;
use service::{Failure, MaterialLink};
use std::convert::Infallible;

/// How a file is asked for.
pub(super) struct Asked {
    method: Method,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self {
            method: parts.method.clone(),
            headers: parts.headers.clone(),
        })
    }
}

/// For whom a file is.
pub(super) enum For<'a> {
    Everybody,
    Staff,
    Holder(&'a MaterialLink),
}

/// `GET …/materials/{id}/file` and `GET …/materials/{id}/versions/{number}`
pub(super) async fn of_staff(cx: Cx, at: Place, asked: Asked) -> Result<Response, Oops> {
    let (services, actor) = (&cx.services, &cx.actor);
    let found = services.staff_material(actor, at.shelf(), at.id()?, at.number());
    answer(&cx, &asked, &found.await?, For::Staff).await
}

/// `GET /library/{id}`
pub(super) async fn of_everybody(
    cx: Cx,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Oops> {
    let found = match id.parse() {
        Ok(id) => cx.services.public_material(id).await,
        Err(_) => Err(Failure::NotFound),
    };
    match found {
        Err(Failure::NotFound) => Ok(gone(&cx).await),
        found => answer(&cx, &asked, &found?, For::Everybody).await,
    }
}

/// What is not in the library any more, or never was: the way to what is.
async fn gone(cx: &Cx) -> Response {
    let title = cx.say("materials-gone-title");
    let page = Page::public(&title).narrow().status(StatusCode::NOT_FOUND);
    let (text, library) = (cx.say("library-gone"), cx.say("library-title"));
    let body = move || {
        view! {
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a href=super::LIBRARY>{library}</a></p>
        }
    };
    cx.show(page, body).await
}

/// The answer with a version of a material. What the holder of a personal link
/// begins to fetch is counted; going on with it is not.
pub(super) async fn answer(
    cx: &Cx,
    asked: &Asked,
    version: &material_version::Model,
    whom: For<'_>,
) -> Result<Response, Oops> {
    let size = u64::try_from(version.size).unwrap_or(0);
    let tag = format!("\"{}\"", version.sha256);
    let wanted = Wanted::read(&asked.headers, size, &tag);
    let (range, begins) = match &wanted {
        Wanted::Whole => (None, true),
        Wanted::Part(range) => (Some(range.clone()), range.start == 0),
        Wanted::Beyond | Wanted::Known => (None, false),
    };
    let is_sent = matches!(wanted, Wanted::Whole | Wanted::Part(_)) && asked.method == Method::GET;
    let content = if is_sent {
        Body::from_stream(cx.services.material_content(version, range).await?)
    } else {
        Body::empty()
    };
    if let For::Holder(link) = whom
        && is_sent
        && begins
        && let Err(failure) = cx.services.count_fetch(link, version.id).await
    {
        // Whoever fetches gets the file all the same.
        tracing::warn!(%failure, "a fetched material was not counted");
    }
    let file = Stored {
        media_type: version.file_type.media_type(),
        name: &version.file_name,
        size,
        tag: &tag,
        public: matches!(whom, For::Everybody),
    };
    Ok(stored(&file, &wanted, content))
}
