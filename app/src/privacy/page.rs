//! What Law 91/2025/QH15 and Decree 356/2025 demand to be told: which data, for
//! what, who answers for it, for how long, which rights and duties.

use crate::home::fact;
use crate::html::*;
use crate::render::{Cx, Page};
use crate::ui::paragraph;
use axum::response::Response;
use domain::CONSENT_TEXT_VERSION;

/// `GET /privacy`
pub(super) async fn show(cx: Cx) -> Response {
    let page = Page::public(&cx.say("privacy-title"));
    let inner = cx.clone();
    cx.show(page, move || body(&inner)).await
}

fn body(cx: &Cx) -> impl IntoView + use<> {
    view! {
        <h1>{cx.say("privacy-title")}</h1>
        <p class="lead">{cx.say("privacy-lead")}</p>
        {controller(cx)}
        <h2>{cx.say("privacy-data-title")}</h2>
        {list(&cx.say("privacy-data"))}
        {paragraph(&cx.say("privacy-data-not"))}
        <h2>{cx.say("privacy-purposes-title")}</h2>
        {paragraph(&cx.say("privacy-purposes-lead"))}
        {list(&cx.say("privacy-purposes"))}
        {paragraph(&cx.say("privacy-nominated"))}
        <h2>{cx.say("privacy-seen-title")}</h2>
        {list(&cx.say("privacy-seen"))}
        <h2>{cx.say("privacy-kept-title")}</h2>
        {paragraph(&cx.say("privacy-kept"))}
        <h2>{cx.say("privacy-rights-title")}</h2>
        {paragraph(&cx.say("privacy-rights-lead"))}
        {list(&cx.say("privacy-rights"))}
        <h2>{cx.say("privacy-withdraw-title")}</h2>
        {paragraph(&cx.say("privacy-withdraw"))}
        <h2>{cx.say("privacy-duties-title")}</h2>
        {list(&cx.say("privacy-duties"))}
        <h2>{cx.say("privacy-cookies-title")}</h2>
        {paragraph(&cx.say("privacy-cookies"))}
        <p class="muted small">{cx.say_with("privacy-version", &[("version", CONSENT_TEXT_VERSION.into())])}</p>
    }
}

/// Who answers for the data, and how to reach them.
fn controller(cx: &Cx) -> impl IntoView + use<> {
    let office = &cx.organizer;
    let name = office.name(cx.lang()).to_owned();
    let facts: Vec<_> = [
        (cx.say("field-address"), &office.address),
        (cx.say("field-phone"), &office.phone),
        (cx.say("field-email"), &office.email),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| fact(label, value.clone()))
    .collect();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="facts">{facts}</dl> });
    view! {
        <h2>{cx.say("privacy-controller-title")}</h2>
        {paragraph(&cx.say_with("privacy-controller", &[("organizer", name.into())]))}
        {facts}
    }
}

/// One point a line.
fn list(text: &str) -> impl IntoView + use<> {
    let points: Vec<_> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <li>{line.to_owned()}</li> })
        .collect();
    view! { <ul>{points}</ul> }
}
