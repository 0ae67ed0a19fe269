//! All venues, with a search.

use super::{PATH, path};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{badge, not_found, search, tone};
use axum::http::Uri;
use axum::response::Response;
use service::{VenueView, Venues};

/// `GET /manage/venues?q=`
pub(super) async fn list(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let typed = Fields::of_query(uri.query()).text("q").trim().to_owned();
    let data = cx.services.venues(&cx.actor, &typed).await?;
    let title = cx.say("venues-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &data, &typed))
        .await)
}

fn body(cx: &Cx, title: String, data: &Venues, typed: &str) -> impl IntoView + use<> {
    let content = if data.all == 0 {
        view! { <div class="empty"><p>{cx.say("venues-empty")}</p></div> }.into_any()
    } else {
        view! {
            {search("get", PATH, cx.say("venues-search"), cx.say("venues-find"), typed)}
            {table(cx, data, typed)}
        }
        .into_any()
    };
    view! {
        <h1>{title}</h1>
        <p><a class="button" href="/manage/venues/new">{cx.say("venues-add")}</a></p>
        {content}
        <p><a href=crate::trainers::PATH>{cx.say("trainers-title")}</a></p>
    }
}

fn table(cx: &Cx, data: &Venues, typed: &str) -> AnyView {
    if data.rows.is_empty() {
        let words = cx.say_with("venues-not-found", &[("typed", typed.into())]);
        return not_found(words, PATH, cx.say("venues-show-all")).into_any();
    }
    let rows: Vec<_> = data.rows.iter().map(|one| row(cx, one)).collect();
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("field-venue_name")}</th>
                    <th scope="col">{cx.say("field-address")}</th>
                    <th scope="col">{cx.say("venues-rooms")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, view: &VenueView) -> AnyView {
    let rooms: Vec<String> = view
        .rooms
        .iter()
        .filter(|room| !room.is_retired())
        .map(|room| format!("{} ({})", room.row.name, cx.words.number(room.row.capacity)))
        .collect();
    let retired = view
        .is_retired()
        .then(|| badge(tone::NEUTRAL, cx.say("venues-retired")));
    view! {
        <tr>
            <th scope="row"><a href=path(view.row.id)>{view.row.name.clone()}</a>" "{retired}</th>
            <td data-label=cx.say("field-address")>{view.row.address.clone()}</td>
            <td data-label=cx.say("venues-rooms")>{rooms.join("; ")}</td>
        </tr>
    }
    .into_any()
}
