//! Calling a workshop off, after saying what that means.

use super::cockpit_path;
use crate::render::{Cx, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::Phase;
use leptos::prelude::*;
use service::{Cockpit, Conflict, Failure};

/// `GET /manage/workshops/{slug}/call-off`
pub(crate) async fn confirm(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let cockpit = cx.services.cockpit(&cx.actor, &slug).await?;
    if matches!(cockpit.view.phase, Phase::Held | Phase::Cancelled) {
        return Err(Failure::Conflict(Conflict::NotAllowedNow).into());
    }
    let page = Page::staff(&cx.say("manage-call-off-title")).narrow();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &cockpit)).await)
}

/// `POST /manage/workshops/{slug}/call-off`
pub(crate) async fn call_off(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let view = cx.services.call_off(&cx.actor, &slug).await?;
    let path = cockpit_path(&view.row.slug);
    Ok(see_other(&format!("{path}?done=called-off")))
}

fn body(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let view = &cockpit.view;
    let path = cockpit_path(&view.row.slug);
    let what = cx.say_with(
        "manage-call-off-what",
        &[
            ("title", view.title(cx.lang()).into()),
            ("at", cx.words.day_time(view.starts_at()).into()),
        ],
    );
    view! {
        <div class="confirm">
            <h1>{cx.say("manage-call-off-title")}</h1>
            <p>{what}</p>
            {people(cx, cockpit)}
            <p>{cx.say("manage-call-off-final")}</p>
            <form method="post">
                <div class="form-actions">
                    <button class="button button--danger" type="submit">{cx.say("manage-call-off-act")}</button>
                    <a class="button button--quiet" href=path>{cx.say("manage-call-off-keep")}</a>
                </div>
            </form>
        </div>
    }
}

/// How many people are concerned, and that they must be called.
fn people(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let seats = &cockpit.headcount.seats;
    if seats.booked + seats.waiting == 0 {
        return view! { <p>{cx.say("manage-call-off-nobody")}</p> }.into_any();
    }
    let words = cx.say_with(
        "manage-call-off-people",
        &[
            ("booked", seats.booked.into()),
            ("waiting", seats.waiting.into()),
        ],
    );
    let came = cockpit.headcount.funnel.came();
    let lost = (came > 0).then(|| {
        let words = cx.say_with("manage-call-off-lost", &[("came", came.into())]);
        view! { <p><strong>{words}</strong></p> }
    });
    let list = format!(
        "{}/people?state=booked",
        cockpit_path(&cockpit.view.row.slug)
    );
    view! {
        <p><strong>{words}</strong></p>
        {lost}
        <p>{cx.say("manage-call-off-untold")}" "<a href=list>{cx.say("manage-call-list")}</a></p>
    }
    .into_any()
}
