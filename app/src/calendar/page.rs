//! The address of one's own calendar, and another one in its place.

use super::PATH;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{notice, tone};
use axum::http::Uri;
use axum::response::Response;
use domain::AccountRole;
use service::FeedAddress;

/// `GET /calendar`
pub(super) async fn show(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let address = cx.services.feed_address(&cx.actor, cx.lang()).await?;
    let renewed = Fields::of_query(uri.query()).text("done") == "renewed";
    let page = Page::staff(&cx.say("calendar-title")).narrow();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &address, renewed)).await)
}

fn body(cx: &Cx, address: &FeedAddress, renewed: bool) -> impl IntoView + use<> {
    let renewed = renewed.then(|| {
        notice(
            tone::OK,
            cx.say("calendar-renewed-title"),
            cx.say("calendar-renewed"),
        )
    });
    let what = match cx.role() {
        Some(AccountRole::Trainer) => cx.say("calendar-what-trainer"),
        _ => cx.say("calendar-what-organizer"),
    };
    view! {
        {renewed}
        <h1>{cx.say("calendar-title")}</h1>
        <p class="lead">{what}</p>
        <h2>{cx.say("calendar-address")}</h2>
        <code class="copy-box wrap-anywhere">{address.url.clone()}</code>
        <p class="form-actions">
            <a class="button" href=address.webcal.clone()>{cx.say("calendar-subscribe")}</a>
        </p>
        <p>{cx.say("calendar-how")}</p>
        <h2>{cx.say("calendar-secret-title")}</h2>
        <p>{cx.say("calendar-secret")}</p>
        <p><a class="button button--secondary" href="/calendar/renew">{cx.say("calendar-renew")}</a></p>
    }
}

/// `GET /calendar/renew`
pub(super) async fn confirm(cx: Cx) -> Result<Response, Oops> {
    // Only those who have a calendar are asked.
    cx.services.feed_address(&cx.actor, cx.lang()).await?;
    let title = cx.say("calendar-renew-title");
    let page = Page::staff(&title).narrow();
    let inner = cx.clone();
    let body = move || {
        view! {
            <div class="confirm">
                <h1>{title}</h1>
                <p>{inner.say("calendar-renew-what")}</p>
                <form method="post" class="form-actions">
                    <button class="button button--danger" type="submit">{inner.say("calendar-renew")}</button>
                    <a class="button button--quiet" href=PATH>{inner.say("calendar-keep")}</a>
                </form>
            </div>
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /calendar/renew`
pub(super) async fn renew(cx: Cx) -> Result<Response, Oops> {
    cx.services.renew_feed(&cx.actor).await?;
    Ok(see_other("/calendar?done=renewed"))
}
