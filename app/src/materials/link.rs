//! The personal link that a participant gets by mail.

use super::download::answer;
use crate::render::{Cx, Oops, Page};
use crate::ui::paragraph;
use axum::extract::Path;
use axum::http::header::{HeaderName, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use leptos::prelude::*;
use service::{Failure, MaterialsPage};

/// `GET /materials/{token}`
pub(super) async fn open(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let found = match cx.services.materials_page(&token).await {
        Err(Failure::Expired) => return Ok(unseen(expired(&cx).await)),
        found => found?,
    };
    let title = found.workshop.title(cx.lang()).to_owned();
    let page = Page::public(&title);
    let inner = cx.clone();
    let shown = cx.show(page, move || body(&inner, &token, &found)).await;
    Ok(unseen(shown))
}

/// `GET /materials/{token}/{id}`
pub(super) async fn download(
    cx: Cx,
    Path((token, id)): Path<(String, String)>,
) -> Result<Response, Oops> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    match cx.services.open_material_by_link(&token, id).await {
        Err(Failure::Expired) => Ok(unseen(expired(&cx).await)),
        file => Ok(unseen(answer(file?))),
    }
}

/// The address is personal: no search engine keeps it, no other site learns it.
fn unseen(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let robots = HeaderName::from_static("x-robots-tag");
    headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    response
}

fn body(cx: &Cx, token: &str, found: &MaterialsPage) -> impl IntoView + use<> {
    let view = &found.workshop;
    let items: Vec<_> = found
        .materials
        .iter()
        .map(|file| {
            let href = format!("/materials/{token}/{}", file.id);
            let about = super::files::about(cx, file);
            view! {
                <li class="list__item">
                    <div class="list__body">
                        <h2 class="wrap-anywhere"><a href=href download>{file.file_name.clone()}</a></h2>
                        <p class="muted">{about}</p>
                    </div>
                </li>
            }
        })
        .collect();
    let list = if items.is_empty() {
        view! { <div class="empty"><p>{cx.say("materials-link-empty")}</p></div> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    let until = cx.words.day(found.expires_at);
    let when = cx.words.day(view.starts_at());
    view! {
        <h1>{cx.say("materials-link-title")}</h1>
        <p class="lead">{view.title(cx.lang()).to_owned()}<br />{when} " · " {view.room_said(cx.lang())}</p>
        {list}
        <p class="muted">{cx.say_with("materials-link-until", &[("day", until.into())])}</p>
    }
}

/// An old link tells whom to ask.
async fn expired(cx: &Cx) -> Response {
    let title = cx.say("materials-link-expired-title");
    let office = &cx.organizer;
    let ways: Vec<&str> = [office.phone.as_str(), office.email.as_str()]
        .into_iter()
        .filter(|way| !way.is_empty())
        .collect();
    let name = office.name(cx.lang()).to_owned();
    let text = cx.say_with(
        "materials-link-expired",
        &[
            ("organizer", name.into()),
            ("ways", ways.join(" · ").into()),
        ],
    );
    let page = Page::public(&title).narrow().status(StatusCode::GONE);
    cx.show(page, move || view! { <h1>{title}</h1> {paragraph(&text)} })
        .await
}
