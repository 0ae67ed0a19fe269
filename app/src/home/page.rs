//! The next workshops as a plain list.

use crate::render::{Cx, Oops, Page};
use axum::response::Response;
use domain::{RegistrationWindow, Seats};
use leptos::prelude::*;
use service::WorkshopView;

/// `GET /`
pub(super) async fn home(cx: Cx) -> Result<Response, Oops> {
    let workshops = cx.services.upcoming_workshops().await?;
    let mut seats = cx.services.seats_left_of(&workshops).await?;
    let workshops: Vec<_> = workshops
        .into_iter()
        .map(|view| (seats.remove(&view.row.id), view))
        .collect();
    let title = cx.say("home-title");
    let page = Page::public(&title).kept();
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &title, &workshops))
        .await)
}

fn body(
    cx: &Cx,
    title: &str,
    workshops: &[(Option<Seats>, WorkshopView)],
) -> impl IntoView + use<> {
    let items: Vec<_> = workshops
        .iter()
        .map(|(seats, view)| item(cx, view, *seats))
        .collect();
    let list = if items.is_empty() {
        view! { <div class="empty"><p>{cx.say("home-empty")}</p></div> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <h1>{title.to_owned()}</h1>
        <p class="lead">{cx.say("home-lead")}</p>
        {list}
        <p><a href="/calendar.ics">{cx.say("calendar-public")}</a></p>
    }
}

fn item(cx: &Cx, view: &WorkshopView, seats: Option<Seats>) -> impl IntoView + use<> {
    let href = format!("/workshops/{}", view.row.slug);
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(view.starts_at())}</strong>" "{cx.words.time(view.starts_at())}</p>
            <div class="list__body">
                <h2><a href=href>{view.title(cx.lang()).to_owned()}</a></h2>
                <p>{view.room().to_owned()}</p>
            </div>
            <div class="list__side">{side(cx, view, seats)}</div>
        </li>
    }
}

fn side(cx: &Cx, view: &WorkshopView, seats: Option<Seats>) -> AnyView {
    match view.window {
        RegistrationWindow::Open => {
            let register = format!("/workshops/{}/register", view.row.slug);
            let title = view.title(cx.lang()).to_owned();
            view! {
                {seats.map(|seats| view! { <p>{seats_words(cx, seats)}</p> })}
                <a class="button button--secondary" href=register>
                    {cx.say("register-act")}<span class="visually-hidden">": "{title}</span>
                </a>
            }
            .into_any()
        }
        RegistrationWindow::NotYet(at) => {
            let at = cx.words.day_time(at);
            view! { <p class="muted">{cx.say_with("home-opens", &[("at", at.into())])}</p> }
                .into_any()
        }
        RegistrationWindow::Closed => {
            view! { <p class="muted">{cx.say("home-closed")}</p> }.into_any()
        }
    }
}

/// "Còn 12 chỗ", or that there is a waiting list.
fn seats_words(cx: &Cx, seats: Seats) -> String {
    match seats.free() {
        0 => cx.say("home-full"),
        free => cx.say_with("home-seats-left", &[("count", free.into())]),
    }
}
