//! The next workshops as a plain list.

use super::item::item;
use crate::html::*;
use crate::render::{About, Cx, Oops, Page};
use axum::response::Response;
use domain::Seats;
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
    let organizer = cx.organizer.name(cx.lang()).to_owned();
    let page = Page::public(&title).kept().about(About {
        description: cx.say_with("home-description", &[("organizer", organizer.into())]),
        path: "/".to_owned(),
        data: None,
    });
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
        <p><a href=super::list::PATH>{cx.say("list-link")}</a></p>
        <p><a href=crate::materials::LIBRARY>{cx.say("library-link")}</a></p>
        <p><a href="/calendar.ics">{cx.say("calendar-public")}</a></p>
    }
}
