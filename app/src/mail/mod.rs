//! The mails that deeds have written, and what became of each.

mod again;
mod failed;
mod letter;
mod list;
mod trouble;

use crate::html::*;
use crate::render::{AppState, Cx};
use crate::ui::{badge, tone};
use axum::Router;
use axum::routing::get;
use domain::DeliveryState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/mail", get(list::mails))
        .route(failed::PATH, get(failed::ask).post(failed::send))
        .route("/mail/{id}", get(letter::mail))
        .route("/mail/{id}/again", get(again::back).post(again::again))
}

/// Where a mail stands.
pub(crate) fn delivery_badge(cx: &Cx, state: DeliveryState) -> impl IntoView + use<> {
    let tone = match state {
        DeliveryState::Queued | DeliveryState::Sending => tone::INFO,
        DeliveryState::Sent => tone::OK,
        DeliveryState::Retry => tone::WAIT,
        DeliveryState::Failed => tone::BAD,
        DeliveryState::Withheld => tone::NEUTRAL,
    };
    badge(tone, cx.words.term(state))
}
