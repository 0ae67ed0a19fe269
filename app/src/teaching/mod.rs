//! Trainers asked to teach: the page behind the link of the mail, the
//! organisers' page, and what stands on the trainer's home.

mod ask;
mod link;
mod list;
mod mine;
mod withdraw;

pub(crate) use mine::item;

use crate::html::*;
use crate::render::{AppState, Cx, Page};
use crate::ui::{badge, hidden, tone};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use domain::TeachingState;
use service::AskedTeaching;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/teach/{token}", get(link::show).post(link::answer))
        .layer(axum::middleware::map_response(crate::my::unseen))
        .route(
            "/manage/workshops/{slug}/trainers",
            get(list::show).post(list::ask),
        )
        .route(
            "/manage/workshops/{slug}/trainers/{id}/withdraw",
            get(withdraw::confirm).post(withdraw::withdraw),
        )
        .route(
            "/trainer/teachings/{id}",
            get(mine::back).post(mine::answer),
        )
}

/// Where the organisers see who teaches at a workshop.
fn path(slug: &str) -> String {
    format!("/manage/workshops/{slug}/trainers")
}

/// What a trainer answered.
fn state_badge(cx: &Cx, state: TeachingState) -> impl IntoView + use<> {
    let tone = match state {
        TeachingState::Asked => tone::WAIT,
        TeachingState::Accepted => tone::OK,
        TeachingState::Declined => tone::BAD,
    };
    badge(tone, cx.words.term(state))
}

/// The two buttons of an answer; only the one that changes something once an
/// answer was given.
fn buttons(cx: &Cx, state: TeachingState, about: Option<String>) -> impl IntoView + use<> {
    let about = about.map(|words| format!(": {words}"));
    let button = |value: &'static str, class: &'static str, words: String| {
        let about = about
            .clone()
            .map(|words| view! { <span class="visually-hidden">{words}</span> });
        view! { <button class=class type="submit" name="answer" value=value>{words}{about}</button> }
    };
    let accept = (state != TeachingState::Accepted)
        .then(|| button("accept", "button", cx.say("teach-accept")));
    let decline = (state != TeachingState::Declined)
        .then(|| button("decline", "button button--quiet", cx.say("teach-decline")));
    view! { {accept}{decline} }
}

/// Asked once more before a question is declined: the organisers look for
/// somebody else at once.
async fn confirm_declining(cx: &Cx, page: Page, asked: &AskedTeaching, back: String) -> Response {
    let title = asked.view.title(cx.lang()).to_owned();
    let when = cx
        .words
        .period(asked.session.starts_at, asked.session.ends_at);
    let inner = cx.clone();
    let body = move || {
        view! {
            <div class="confirm">
                <h1>{inner.say("teach-decline-title")}</h1>
                <p><strong>{title}</strong></p>
                <p>{when}</p>
                <p>{inner.say("teach-decline-what")}</p>
                <form method="post" class="form-actions">
                    {hidden("answer", "decline")}
                    <button class="button button--danger" type="submit" name="confirm" value="on">
                        {inner.say("teach-decline")}
                    </button>
                    <a class="button button--quiet" href=back>{inner.say("teach-decline-back")}</a>
                </form>
            </div>
        }
    };
    cx.show(page.narrow(), body).await
}

/// What the button that was pressed says; none when it was no button.
fn chosen(fields: &crate::render::Fields) -> Option<bool> {
    match fields.text("answer").as_str() {
        "accept" => Some(true),
        "decline" => Some(false),
        _ => None,
    }
}
