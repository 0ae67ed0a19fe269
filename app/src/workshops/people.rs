//! The people of one workshop: search, parts of the list, the list.

use super::numbers::part_words;
use super::{cockpit_path, person, tabs};
use crate::render::{Cx, Fields, Oops, Page};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Coded, PeopleFilter};
use leptos::prelude::*;
use service::People;

/// What is shown: what was typed, and which part of those found. What is typed
/// is a name, so it travels in bodies, never in addresses.
#[derive(Clone, Debug)]
struct Asked {
    typed: String,
    part: Option<PeopleFilter>,
}

impl Asked {
    fn of(uri: &Uri, typed: &str) -> Self {
        let query = Fields::of_query(uri.query());
        Self {
            typed: typed.trim().to_owned(),
            part: PeopleFilter::from_code(&query.text("state")),
        }
    }
}

/// The address of a part of the people.
fn href(slug: &str, part: Option<PeopleFilter>) -> String {
    let path = format!("{}/people", cockpit_path(slug));
    match part {
        Some(part) => format!("{path}?state={}", part.code()),
        None => path,
    }
}

/// `GET /manage/workshops/{slug}/people`
pub(crate) async fn people(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    show(&cx, &slug, Asked::of(&uri, "")).await
}

/// `POST /manage/workshops/{slug}/people`: a name or a code to look for.
pub(crate) async fn find(
    cx: Cx,
    Path(slug): Path<String>,
    uri: Uri,
    fields: Fields,
) -> Result<Response, Oops> {
    show(&cx, &slug, Asked::of(&uri, &fields.text("q"))).await
}

async fn show(cx: &Cx, slug: &str, asked: Asked) -> Result<Response, Oops> {
    let people = cx
        .services
        .people(&cx.actor, slug, &asked.typed, asked.part)
        .await?;
    let workshop = people.view.title(cx.lang());
    let title = cx.say_with("manage-people-page", &[("title", workshop.into())]);
    let page = Page::staff(&title).wide();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &people, &asked)).await)
}

fn body(cx: &Cx, people: &People, asked: &Asked) -> impl IntoView + use<> {
    let slug = &people.view.row.slug;
    let content = if people.all == 0 {
        nobody(cx, people).into_any()
    } else {
        view! {
            {search(cx, asked).into_any()}
            {parts(cx, people, asked).into_any()}
            {list(cx, people, asked).into_any()}
        }
        .into_any()
    };
    view! {
        <h1>{people.view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, slug, "people")}
        {content}
    }
}

/// Nobody has registered: what to do about that.
fn nobody(cx: &Cx, people: &People) -> impl IntoView + use<> {
    let row = &people.view.row;
    let (words, href, act) = if row.state.is_public() {
        (
            cx.say("manage-people-empty"),
            format!("/workshops/{}", row.slug),
            cx.say("manage-public-open"),
        )
    } else {
        (
            cx.say("manage-people-empty-draft"),
            cockpit_path(&row.slug),
            cx.say("manage-people-to-overview"),
        )
    };
    view! {
        <div class="empty">
            <h2>{cx.say("manage-people-empty-title")}</h2>
            <p>{words}</p>
            <p><a href=href>{act}</a></p>
        </div>
    }
}

fn search(cx: &Cx, asked: &Asked) -> impl IntoView + use<> {
    view! {
        <form class="filters" method="post" role="search">
            <div class="field">
                <label for="q">{cx.say("manage-people-search")}</label>
                <input type="search" id="q" name="q" value=asked.typed.clone() autocomplete="off" />
            </div>
            <button class="button button--secondary" type="submit">{cx.say("manage-people-find")}</button>
        </form>
    }
}

/// The parts of those found that hold somebody, each a link, which shows the
/// whole part: a search is in no address.
fn parts(cx: &Cx, people: &People, asked: &Asked) -> impl IntoView + use<> {
    let slug = &people.view.row.slug;
    let link = |part: Option<PeopleFilter>, number: usize| {
        let words = part.map_or_else(
            || cx.say("manage-all"),
            |part| part_words(cx, &people.view, part),
        );
        let href = href(slug, part);
        let current = (part == asked.part).then_some("page");
        view! { <li><a href=href aria-current=current>{format!("{words} ({number})")}</a></li> }
    };
    let begun = people.view.phase.has_begun();
    let mut links = vec![link(None, people.found)];
    for (part, number) in &people.parts {
        // Before the day nobody is missing.
        let told = *part != PeopleFilter::Absent || begun;
        if (told && *number > 0) || asked.part == Some(*part) {
            links.push(link(Some(*part), *number));
        }
    }
    view! { <nav class="pagination" aria-label=cx.say("manage-people-parts")><ul>{links}</ul></nav> }
}

fn list(cx: &Cx, people: &People, asked: &Asked) -> impl IntoView + use<> {
    if people.rows.is_empty() {
        let all = format!("{}/people", cockpit_path(&people.view.row.slug));
        let words = if asked.typed.is_empty() {
            cx.say("manage-people-none")
        } else {
            cx.say_with(
                "manage-people-not-found",
                &[("typed", (&asked.typed).into())],
            )
        };
        return view! {
            <div class="empty">
                <p>{words}</p>
                <p><a href=all>{cx.say("manage-people-show-all")}</a></p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = people
        .rows
        .iter()
        .map(|row| person::row(cx, row).into_any())
        .collect();
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("manage-person")}</th>
                    <th scope="col">{cx.say("field-role")}</th>
                    <th scope="col">{cx.say("field-establishment")}</th>
                    <th scope="col">{cx.say("manage-contact")}</th>
                    <th scope="col">{cx.say("manage-state")}</th>
                    <th scope="col">{cx.say("manage-attended-at")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
