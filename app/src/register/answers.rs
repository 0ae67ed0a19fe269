//! What is said instead of a form.

use crate::home::workshop_contact;
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::ui::{notice, paragraph, tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Phase, RegistrationMode, RegistrationWindow};
use service::WorkshopView;

/// The person is registered. Whoever sent this may be somebody else, so
/// nothing about the registration is shown.
pub(super) async fn already(cx: &Cx, slug: &str) -> Result<Response, Oops> {
    known(cx, slug, "register-already-title", "register-already-text").await
}

/// All of a group are registered.
pub(super) async fn already_all(cx: &Cx, slug: &str) -> Result<Response, Oops> {
    known(cx, slug, "group-already-title", "group-already-text").await
}

async fn known(
    cx: &Cx,
    slug: &str,
    title: &'static str,
    text: &'static str,
) -> Result<Response, Oops> {
    let view = cx.services.public_workshop(slug).await?;
    let title = cx.say(title);
    let page = Page::public(&title).narrow().status(StatusCode::CONFLICT);
    let inner = cx.clone();
    let body = move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{view.title(inner.lang()).to_owned()}</p>
            {paragraph(&inner.say(text))}
            <p><a href="/my">{inner.say("my-lost-link")}</a></p>
            {call(&inner, &view)}
            {back(&inner, &view)}
        }
    };
    Ok(cx.show(page, body).await)
}

/// Why nobody can register: not yet, or not any more.
fn shut_words(cx: &Cx, view: &WorkshopView) -> (String, String) {
    match view.window {
        _ if view.phase == Phase::Cancelled => (
            cx.say("register-cancelled-title"),
            cx.say("register-cancelled-text"),
        ),
        _ if *view.row.mode == RegistrationMode::Invitation => (
            cx.say("register-invited-title"),
            cx.say("conflict-invitation_only"),
        ),
        RegistrationWindow::NotYet(at) => {
            let at = cx.words.day_time(at);
            let text = cx.say_with("register-early-text", &[("at", at.into())]);
            (cx.say("register-early-title"), text)
        }
        _ => {
            let at = cx.words.day_time(view.row.closes_at);
            let text = cx.say_with("register-late-text", &[("at", at.into())]);
            (cx.say("register-late-title"), text)
        }
    }
}

/// Whether a form may be taken later: not where there is nothing to register for
/// any more, or not for everybody.
pub(super) fn may_open(view: &WorkshopView) -> bool {
    view.phase != Phase::Cancelled && *view.row.mode != RegistrationMode::Invitation
}

/// Why nobody can register, above a form that was sent all the same: what was
/// typed is not lost.
pub(super) fn shut(cx: &Cx, view: &WorkshopView) -> AnyView {
    let (title, text) = shut_words(cx, view);
    view! {
        <div class="notice notice--bad" role="status">
            <h2>{title}</h2>
            {paragraph(&text)}
            <p>{cx.say("register-unsent")}</p>
            {call(cx, view)}
        </div>
    }
}

/// Registration is not open yet, or not any more.
pub(super) async fn not_open(cx: &Cx, view: WorkshopView, status: StatusCode) -> Response {
    let (title, text) = shut_words(cx, &view);
    let page = Page::public(&title).narrow().status(status);
    let inner = cx.clone();
    let body = move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{view.title(inner.lang()).to_owned()}</p>
            {paragraph(&text)}
            {call(&inner, &view)}
            {back(&inner, &view)}
        }
    };
    cx.show(page, body).await
}

/// The page was sent before with other words in it: by somebody who went back
/// to register a colleague, or to mend a mistake.
pub(super) fn sent_before(cx: &Cx) -> impl IntoView + use<> {
    notice(
        tone::INFO,
        cx.say("register-again-title"),
        cx.say("register-again-text"),
    )
}

fn call(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    workshop_contact(cx, view).map(|contact| view! { <p>{cx.say("register-call")}" "{contact}</p> })
}

fn back(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let href = format!("/workshops/{}", view.row.slug);
    view! { <p><a href=href>{cx.say("register-back")}</a></p> }
}
