//! The next workshops as a plain list.

use crate::render::{Cx, Oops, Page};
use axum::response::Response;
use domain::RegistrationWindow;
use leptos::prelude::*;
use service::WorkshopView;

/// `GET /`
pub(crate) async fn home(cx: Cx) -> Result<Response, Oops> {
    let workshops = cx.services.upcoming_workshops().await?;
    let title = cx.say("home-title");
    let page = Page::public(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &title, &workshops))
        .await)
}

fn body(cx: &Cx, title: &str, workshops: &[WorkshopView]) -> impl IntoView + use<> {
    let items: Vec<_> = workshops.iter().map(|view| item(cx, view)).collect();
    let list = if items.is_empty() {
        view! { <div class="empty"><p>{cx.say("home-empty")}</p></div> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <h1>{title.to_owned()}</h1>
        <p class="lead">{cx.say("home-lead")}</p>
        {list}
    }
}

fn item(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let href = format!("/workshops/{}", view.row.slug);
    let side = match view.window {
        RegistrationWindow::Open => {
            let register = format!("{href}/register");
            view! { <a class="button" href=register>{cx.say("register-act")}</a> }.into_any()
        }
        RegistrationWindow::NotYet(at) => {
            let at = cx.words.day_time(at);
            view! { <p class="muted">{cx.say_with("home-opens", &[("at", at.into())])}</p> }
                .into_any()
        }
        RegistrationWindow::Closed => {
            view! { <p class="muted">{cx.say("home-closed")}</p> }.into_any()
        }
    };
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(view.starts_at())}</strong>" "{cx.words.time(view.starts_at())}</p>
            <div class="list__body">
                <h2><a href=href>{view.title(cx.lang()).to_owned()}</a></h2>
                <p>{view.room().to_owned()}</p>
            </div>
            <div class="list__side">{side}</div>
        </li>
    }
}
