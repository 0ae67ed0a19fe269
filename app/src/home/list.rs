//! All public workshops, to come and past, with filters: a plain GET form.

use super::item::item;
use crate::html::*;
use crate::render::{About, Cx, Fields, Oops, Page};
use crate::ui::page_links;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, Month, Seats, Sector};
use service::{PublicFilter, PublicList, WorkshopView};
use std::collections::HashMap;

/// Where the list stands.
pub(super) const PATH: &str = "/workshops";

type Seated = (Option<Seats>, WorkshopView);

/// `GET /workshops`
pub(super) async fn list(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let filter = filter(&Fields::of_query(uri.query()));
    let data = cx.services.public_list(&filter).await?;
    let seats = cx.services.seats_left_of(&data.rows).await?;
    let title = cx.say("list-title");
    let organizer = cx.organizer.name(cx.lang()).to_owned();
    let page = Page::public(&title).about(About {
        description: cx.say_with("home-description", &[("organizer", organizer.into())]),
        path: PATH.to_owned(),
        data: None,
    });
    // What is typed freely is asked for once: it would push out the others.
    let typed = !filter.typed.is_empty() || !filter.place.is_empty();
    let page = if typed { page } else { page.kept() };
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &filter, data, seats))
        .await)
}

fn filter(query: &Fields) -> PublicFilter {
    let short = |name: &str| query.text(name).trim().chars().take(100).collect();
    PublicFilter {
        past: query.text("when") == "past",
        month: Month::parse(&query.text("month")),
        sector: Sector::from_code(&query.text("sector")),
        place: short("place"),
        typed: short("q"),
        page: query.text("page").parse().unwrap_or(1),
    }
}

/// The address of the list as it is filtered, on another page or tab.
fn address(filter: &PublicFilter) -> String {
    let month = filter.month.map(|month| month.to_string());
    let page = (filter.page > 1).then(|| filter.page.to_string());
    let pairs = [
        ("when", filter.past.then_some("past")),
        ("q", Some(filter.typed.as_str())),
        ("month", month.as_deref()),
        ("sector", filter.sector.map(Coded::code)),
        ("place", Some(filter.place.as_str())),
        ("page", page.as_deref()),
    ];
    crate::render::address(PATH, &pairs)
}

fn body(
    cx: &Cx,
    title: String,
    filter: &PublicFilter,
    data: PublicList,
    mut seats: HashMap<i64, Seats>,
) -> impl IntoView + use<> {
    let (tabs, form) = (tabs(cx, filter), form(cx, filter, &data).into_any());
    let pages = page_links(cx, data.page, data.pages, |page| {
        let other = PublicFilter {
            page,
            ..filter.clone()
        };
        address(&other)
    });
    let number = i64::try_from(data.found).unwrap_or(i64::MAX);
    let found = (data.found > 0).then(
        || view! { <p class="muted">{cx.say_with("list-found", &[("number", number.into())])}</p> },
    );
    let rows: Vec<Seated> = data
        .rows
        .into_iter()
        .map(|view| (seats.remove(&view.row.id), view))
        .collect();
    let list = if rows.is_empty() {
        empty(cx, filter)
    } else {
        let items: Vec<_> = rows
            .iter()
            .map(|(seats, view)| item(cx, view, *seats))
            .collect();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <h1>{title}</h1>
        {tabs}
        {form}
        {found}
        {list}
        {pages}
    }
}

/// To come, or past. A month belongs to one of them; the other filters stay.
fn tabs(cx: &Cx, filter: &PublicFilter) -> AnyView {
    let tab = |past: bool, words: String| {
        let here = filter.past == past;
        let other = PublicFilter {
            past,
            month: filter.month.filter(|_| here),
            page: 1,
            ..filter.clone()
        };
        let current = here.then_some("page");
        view! { <li><a href=address(&other) aria-current=current>{words}</a></li> }
    };
    view! {
        <nav class="pagination" aria-label=cx.say("list-tabs")>
            <ul>
                {tab(false, cx.say("list-upcoming"))}
                {tab(true, cx.say("list-past"))}
            </ul>
        </nav>
    }
    .into_any()
}

fn form(cx: &Cx, filter: &PublicFilter, data: &PublicList) -> impl IntoView + use<> {
    let when = filter
        .past
        .then(|| view! { <input type="hidden" name="when" value="past" /> });
    // The month that was asked for stays in the list though nothing is in it.
    let months = data.months.iter().copied();
    let mut months: Vec<Month> = months.chain(filter.month).collect();
    months.sort_unstable();
    months.dedup();
    let months: Vec<_> = months
        .into_iter()
        .map(|month| {
            let selected = filter.month == Some(month);
            view! { <option value=month.to_string() selected=selected>{cx.words.month(month)}</option> }
        })
        .collect();
    let sectors: Vec<_> = Sector::ALL
        .iter()
        .copied()
        .map(|sector| {
            let selected = filter.sector == Some(sector);
            view! { <option value=sector.code() selected=selected>{cx.words.term(sector)}</option> }
        })
        .collect();
    let clear = filter.narrows().then(|| {
        let all = PublicFilter {
            past: filter.past,
            ..PublicFilter::default()
        };
        view! { <a class="button button--quiet" href=address(&all)>{cx.say("list-clear")}</a> }
    });
    let localities: Vec<_> = data
        .localities
        .iter()
        .map(|name| view! { <option value=name.clone()></option> })
        .collect();
    view! {
        <form method="get" action=PATH class="filters" role="search">
            {when}
            <div class="field">
                <label for="q">{cx.say("list-search")}</label>
                <input id="q" name="q" type="search" value=filter.typed.clone() maxlength="100" />
            </div>
            <div class="field">
                <label for="month">{cx.say("list-month")}</label>
                <select id="month" name="month">
                    <option value="">{cx.say("list-any-month")}</option>
                    {months}
                </select>
            </div>
            <div class="field">
                <label for="sector">{cx.say("field-sector")}</label>
                <select id="sector" name="sector">
                    <option value="">{cx.say("list-any-sector")}</option>
                    {sectors}
                </select>
            </div>
            <div class="field">
                <label for="place">{cx.say("list-place")}</label>
                <input id="place" name="place" type="text" list="localities" value=filter.place.clone() maxlength="100" />
                <datalist id="localities">{localities}</datalist>
            </div>
            <button class="button button--secondary" type="submit">{cx.say("list-find")}</button>
            {clear}
        </form>
    }
}

fn empty(cx: &Cx, filter: &PublicFilter) -> AnyView {
    let words = if filter.narrows() {
        cx.say("list-not-found")
    } else if filter.past {
        cx.say("list-none-past")
    } else {
        cx.say("home-empty")
    };
    view! { <div class="empty"><p>{words}</p></div> }.into_any()
}
