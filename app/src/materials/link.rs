//! The personal link that a participant gets by mail, or from their own page.

use super::download::{Asked, For, answer};
use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use crate::ui::{notice, paragraph, tone};
use axum::extract::Path;
use axum::http::header::{HeaderName, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use service::{Failure, MaterialView, MaterialsPage};

/// `GET /materials/{token}`
pub(super) async fn open(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let found = match cx.services.materials_page(&token).await {
        Err(failure) => return over(&cx, failure).await,
        Ok(found) => found,
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
    asked: Asked,
) -> Result<Response, Oops> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    match cx.services.material_by_link(&token, id).await {
        // Taken back since, or never theirs: what there is instead.
        Err(Failure::NotFound) => {
            let found = cx.services.materials_page(&token).await?;
            let page = Page::public(&cx.say("materials-gone-title")).status(StatusCode::NOT_FOUND);
            let inner = cx.clone();
            let shown = cx.show(page, move || {
                view! {
                    {notice(tone::WAIT, inner.say("materials-gone-title"), inner.say("materials-gone"))}
                    {body(&inner, &token, &found)}
                }
            });
            Ok(unseen(shown.await))
        }
        Err(failure) => over(&cx, failure).await,
        Ok((link, version)) => {
            let file = answer(&cx, &asked, &version, For::Holder(&link)).await?;
            Ok(unseen(file))
        }
    }
}

/// `GET /my/{token}/materials`: leads on by a fresh personal link.
pub(super) async fn fresh(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let link = cx.services.material_link_by_ticket(&token).await?;
    let link = link.ok_or(Failure::NotFound)?;
    Ok(unseen(see_other(&format!("/materials/{link}"))))
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
        .filter_map(|material| item(cx, material, &format!("/materials/{token}")))
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
        <p class="muted">{cx.say("materials-link-counted")}</p>
    }
}

/// One material to fetch, under `base`.
pub(super) fn item(cx: &Cx, material: &MaterialView, base: &str) -> Option<AnyView> {
    let version = material.standing()?;
    let href = format!("{base}/{}", material.row.id);
    let kind = cx.words.term(*material.row.kind);
    let about = format!("{kind} · {}", super::about(cx, version));
    let rights = &material.row.rights;
    let rights = (!rights.is_empty()).then(|| view! { <p class="muted">{rights.clone()}</p> });
    let title = material.title(cx.lang()).to_owned();
    let shown = view! {
        <li class="list__item">
            <div class="list__body">
                <h2 class="wrap-anywhere"><a href=href download>{title}</a></h2>
                <p class="muted">{about}</p>
                {rights}
            </div>
        </li>
    };
    Some(shown.into_any())
}

/// A link that is over says why, and how to get a new one.
async fn over(cx: &Cx, failure: Failure) -> Result<Response, Oops> {
    let (title, text) = match failure {
        Failure::Expired => ("materials-link-expired-title", "materials-link-expired"),
        Failure::LinkWithdrawn => ("materials-link-withdrawn-title", "materials-link-withdrawn"),
        other => return Err(other.into()),
    };
    let title = cx.say(title);
    let office = &cx.organizer;
    let ways: Vec<&str> = [office.phone.as_str(), office.email.as_str()]
        .into_iter()
        .filter(|way| !way.is_empty())
        .collect();
    let name = office.name(cx.lang()).to_owned();
    let text = cx.say_with(
        text,
        &[
            ("organizer", name.into()),
            ("ways", ways.join(" · ").into()),
        ],
    );
    let lost = cx.say("my-lost-link");
    let page = Page::public(&title).narrow().status(StatusCode::GONE);
    let body = move || {
        view! {
            <h1>{title}</h1>
            {paragraph(&text)}
            <p><a href="/my">{lost}</a></p>
        }
    };
    Ok(unseen(cx.show(page, body).await))
}
