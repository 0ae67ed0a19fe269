//! Invitations to establishments: the organisers' list, letters and forms, and
//! the page where an establishment names who comes.

mod answer;
mod decline;
mod details;
mod list;
mod nominee;
mod notes;
mod one;
mod pick;
mod print;
mod send;
mod withdraw;

use crate::html::*;
use crate::render::{AppState, Cx};
use crate::ui::{badge, tone};
use axum::Router;
use axum::routing::{get, post};
use domain::InvitationState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/invitations/{token}", get(answer::show).post(answer::send))
        .route(
            "/invitations/{token}/decline",
            get(decline::ask).post(decline::decline),
        )
        .route(
            "/invitations/{token}/delegates/{id}",
            get(nominee::form).post(nominee::change),
        )
        .route(
            "/invitations/{token}/delegates/{id}/remove",
            get(nominee::confirm).post(nominee::remove),
        )
        .layer(axum::middleware::map_response(crate::my::unseen))
        .merge(staff())
}

fn staff() -> Router<AppState> {
    Router::new()
        .route("/manage/workshops/{slug}/invitations", get(list::show))
        .route(
            "/manage/workshops/{slug}/invitations/new",
            get(pick::show).post(pick::act),
        )
        .route(
            "/manage/workshops/{slug}/invitations/new/details",
            get(pick::second),
        )
        .route(
            "/manage/workshops/{slug}/invitations/send",
            get(send::back).post(send::all),
        )
        .route(
            "/manage/workshops/{slug}/invitations/print",
            get(print::all).post(print::sent),
        )
        .route(
            "/manage/workshops/{slug}/invitations/{id}",
            get(one::show).post(one::revise),
        )
        .route(
            "/manage/workshops/{slug}/invitations/{id}/send",
            post(send::one),
        )
        .route(
            "/manage/workshops/{slug}/invitations/{id}/sent",
            post(send::by_hand),
        )
        .route(
            "/manage/workshops/{slug}/invitations/{id}/print",
            get(print::one),
        )
        .route(
            "/manage/workshops/{slug}/invitations/{id}/withdraw",
            get(withdraw::confirm).post(withdraw::withdraw),
        )
}

/// Where the invitations of a workshop are listed.
pub(crate) fn path(slug: &str) -> String {
    format!("/manage/workshops/{slug}/invitations")
}

/// Where an invitation stands.
fn state_badge(cx: &Cx, state: InvitationState) -> impl IntoView + use<> {
    let tone = match state {
        InvitationState::Unsent | InvitationState::Withdrawn => tone::NEUTRAL,
        InvitationState::Sent => tone::WAIT,
        InvitationState::Answered => tone::OK,
        InvitationState::Declined => tone::BAD,
    };
    badge(tone, cx.words.term(state))
}

/// How many are named of how many may be.
fn named(cx: &Cx, named: u32, quota: i64) -> String {
    let args = [("named", named.into()), ("quota", quota.into())];
    cx.say_with("invite-named", &args)
}
