//! One workshop, for everybody.

use super::event::{description, event};
use super::facts::{fact, when_and_where};
use crate::render::{About, Cx, Oops, Page};
use crate::ui::{notice, paragraph, phase_badge, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{Phase, RegistrationWindow, Seats};
use leptos::prelude::*;
use service::WorkshopView;

/// `GET /workshops/{slug}`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx.services.public_workshop(&slug).await?;
    let seats = cx.services.seats_left(&view).await?;
    let page = Page::public(view.title(cx.lang())).kept().about(About {
        description: description(&view, &cx),
        path: format!("/workshops/{}", view.row.slug),
        data: Some(event(&cx, &view, seats)),
    });
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &view, seats)).await)
}

fn body(cx: &Cx, view: &WorkshopView, seats: Seats) -> impl IntoView + use<> {
    let ahead = matches!(view.phase, Phase::Upcoming | Phase::Running);
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        <p class="row">
            {phase_badge(cx, view.phase)}
            <span class="muted">{cx.words.term(*view.row.kind)}</span>
        </p>
        {news(cx, view)}
        {paragraph(view.summary(cx.lang()))}
        <dl class="facts">
            {when_and_where(cx, view)}
            {ahead.then(|| fact(cx.say("home-seats"), seats_words(cx, view, seats)))}
            {ahead.then(|| fact(cx.say("home-registration"), window_words(cx, view)))}
        </dl>
        {act(cx, view, seats)}
    }
}

/// What has changed since the invitations went out.
fn news(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let called_off = (view.phase == Phase::Cancelled).then(|| {
        notice(
            tone::BAD,
            cx.say("home-cancelled-title"),
            cx.say("home-cancelled-text"),
        )
    });
    let changed = view.notice(cx.lang());
    let changed = (!changed.is_empty())
        .then(|| notice(tone::WAIT, cx.say("home-changed-title"), changed.to_owned()));
    view! {
        {called_off}
        {changed}
    }
}

/// Free seats while one can register; how the waiting list works when there
/// are none.
fn seats_words(cx: &Cx, view: &WorkshopView, seats: Seats) -> AnyView {
    let all = ("all", seats.capacity.into());
    if view.window != RegistrationWindow::Open {
        return view! { <p>{cx.say_with("home-seats-all", &[all])}</p> }.into_any();
    }
    match seats.free() {
        0 => view! {
            <p>{cx.say_with("home-seats-none", &[all, ("count", seats.waiting.into())])}</p>
            <p class="muted">{cx.say("home-waiting-rule")}</p>
        }
        .into_any(),
        free => view! { <p>{cx.say_with("home-seats-free", &[all, ("count", free.into())])}</p> }
            .into_any(),
    }
}

fn window_words(cx: &Cx, view: &WorkshopView) -> String {
    let from = cx.words.day_time(view.row.opens_at);
    let to = cx.words.day_time(view.row.closes_at);
    match view.window {
        RegistrationWindow::NotYet(_) => {
            cx.say_with("home-window", &[("from", from.into()), ("to", to.into())])
        }
        RegistrationWindow::Open => cx.say_with("home-window-open", &[("to", to.into())]),
        RegistrationWindow::Closed => cx.say_with("home-window-closed", &[("to", to.into())]),
    }
}

/// The one act of the page, while it can be done.
fn act(cx: &Cx, view: &WorkshopView, seats: Seats) -> Option<impl IntoView + use<>> {
    (view.window == RegistrationWindow::Open).then(|| {
        let href = format!("/workshops/{}/register", view.row.slug);
        let words = match seats.free() {
            0 => cx.say("register-act-waiting"),
            _ => cx.say("register-act"),
        };
        view! { <p class="form-actions"><a class="button" href=href>{words}</a></p> }
    })
}
