//! A workshop that misses its minimum: the three ways out.

use super::cockpit_path;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, see_other};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Lang, Phase, TellForm};
use service::Cockpit;
use text::Words;

/// `POST /manage/workshops/{slug}/go-ahead`
pub(crate) async fn go_ahead(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    cx.services.go_ahead(&cx.actor, &slug).await?;
    Ok(see_other(&format!("{}?done=go-ahead", cockpit_path(&slug))))
}

/// A form that tells of a change, with the reason filled in where the address
/// says that it is the minimum.
pub(super) fn with_reason(uri: &Uri, form: TellForm) -> TellForm {
    if Fields::of_query(uri.query()).text("why") != "minimum" {
        return form;
    }
    let [note_vi, note_en] = [Lang::Vi, Lang::En].map(|lang| Words(lang).say("minimum-note"));
    TellForm {
        note_vi,
        note_en,
        ..form
    }
}

/// What is to be decided, if anything.
pub(super) fn decision(cx: &Cx, cockpit: &Cockpit) -> Option<impl IntoView + use<>> {
    let view = &cockpit.view;
    let booked = cockpit.headcount.seats.booked;
    let now = cx.services.clock().now();
    let minimum = view.minimum()?;
    if view.phase != Phase::Upcoming || !minimum.is_missed(booked, now) {
        return None;
    }
    let path = cockpit_path(&view.row.slug);
    let words = cx.say_with(
        "manage-minimum-missed",
        &[
            ("booked", booked.into()),
            ("minimum", minimum.least.into()),
            ("at", cx.words.day_time(minimum.by).into()),
        ],
    );
    Some(view! {
        <div class="notice notice--wait">
            <h2>{cx.say("manage-minimum-title")}</h2>
            <p>{words}</p>
            <div class="row">
                <form method="post" action=format!("{path}/go-ahead")>
                    <button class="button" type="submit">{cx.say("manage-minimum-go-ahead")}</button>
                </form>
                <a class="button button--secondary" href=format!("{path}/move?why=minimum")>{cx.say("manage-minimum-postpone")}</a>
                <a class="button button--quiet button--danger" href=format!("{path}/call-off?why=minimum")>{cx.say("manage-minimum-cancel")}</a>
            </div>
        </div>
    })
}
