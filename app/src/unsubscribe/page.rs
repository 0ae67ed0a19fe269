//! How the mails stand, and one button. Looking does nothing: programs that
//! read mails follow every link. The person is not named, since links are
//! passed on.

use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use service::Subscription;

/// `GET /unsubscribe/{purpose}/{token}`
pub(super) async fn ask(
    cx: Cx,
    Path((purpose, token)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, Oops> {
    let stands = cx.services.subscription(&purpose, &token).await?;
    let again = Fields::of_query(uri.query()).text("done") == "again";
    let title = cx.say("unsubscribe-title");
    let page = Page::public(&title).narrow();
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, stands, again))
        .await)
}

/// `POST /unsubscribe/{purpose}/{token}`: by the form of the page, or by a mail
/// program itself (RFC 8058, section 3.1), in whatever encoding. That one gets
/// a plain answer, since it follows no redirect.
pub(super) async fn stop(
    cx: Cx,
    Path((purpose, token)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let page = format!("/unsubscribe/{purpose}/{token}");
    if fields.ticked("again") {
        cx.services.subscribe_again(&purpose, &token).await?;
        return Ok(see_other(&format!("{page}?done=again")));
    }
    cx.services.unsubscribe(&purpose, &token).await?;
    if fields.ticked("page") {
        return Ok(see_other(&page));
    }
    Ok(cx.say("unsubscribe-stopped").into_response())
}

fn body(cx: &Cx, title: String, stands: Subscription, again: bool) -> impl IntoView + use<> {
    let what = cx.words.term(stands.purpose);
    let button = |name: &'static str, class: &'static str, words: String| {
        view! {
            <form method="post">
                <input type="hidden" name=name value="1" />
                <div class="form-actions"><button class=class type="submit">{words}</button></div>
            </form>
        }
    };
    let shown = if stands.given {
        let back = again.then(|| {
            let said = notice(tone::OK, cx.say("unsubscribe-again-done"), what.clone());
            view! { <div role="status">{said}</div> }
        });
        view! {
            {back}
            <p class="lead">{cx.say("unsubscribe-given")}" "<strong>{what}</strong></p>
            <p>{cx.say("unsubscribe-others")}</p>
            {button("page", "button", cx.say("unsubscribe-act"))}
        }
        .into_any()
    } else {
        let undo = stands.undoable.then(|| {
            let words = cx.say("unsubscribe-again-act");
            button("again", "button button--secondary", words)
        });
        view! {
            <div role="status">{notice(tone::OK, cx.say("unsubscribe-stopped"), what)}</div>
            <p>{cx.say("unsubscribe-others")}</p>
            {undo}
        }
        .into_any()
    };
    view! { <h1>{title}</h1> {shown} }
}
