//! The list: search, filters, parts, and what is done with those ticked.

use super::asked::{Asked, choice};
use super::{address, decided, row};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::error_summary;
use crate::workshops::{part_words, tabs};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, Coded, PeopleAct, PeopleFilter, Phase, Problems};
use service::People;
use std::collections::BTreeSet;

/// What was ticked, when the list is shown again.
#[derive(Clone, Debug, Default)]
pub(super) struct Ticked {
    pub(super) ids: BTreeSet<i64>,
    pub(super) problems: Problems,
}

/// `GET /manage/workshops/{slug}/people`
pub(super) async fn people(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let asked = Asked::of(&uri, &Fields::default());
    let done = decided::said(&cx, &Fields::of_query(uri.query()));
    show(&cx, &slug, asked, Ticked::default(), done).await
}

/// `POST /manage/workshops/{slug}/people`: what to look for. Without anything
/// typed the answer is an address to keep.
pub(super) async fn find(
    cx: Cx,
    Path(slug): Path<String>,
    uri: Uri,
    fields: Fields,
) -> Result<Response, Oops> {
    let asked = Asked::of(&uri, &fields);
    if asked.query.typed.is_empty() {
        return Ok(see_other(&asked.href(&slug)));
    }
    show(&cx, &slug, asked, Ticked::default(), None).await
}

pub(super) async fn show(
    cx: &Cx,
    slug: &str,
    asked: Asked,
    ticked: Ticked,
    done: Option<AnyView>,
) -> Result<Response, Oops> {
    let people = cx
        .services
        .people(&cx.actor, slug, &asked.query, asked.page)
        .await?;
    let alike = if cx.actor.may(Act::ManageWorkshops) {
        Some(cx.services.likenesses_waiting(&cx.actor).await?)
    } else {
        None
    };
    let workshop = people.view.title(cx.lang());
    let title = cx.say_with("manage-people-page", &[("title", workshop.into())]);
    let page = Page::staff(&title).wide().checked(&ticked.problems);
    let inner = cx.clone();
    let body = move || body(&inner, &people, &asked, &ticked, alike, done);
    Ok(cx.show(page, body).await)
}

fn body(
    cx: &Cx,
    people: &People,
    asked: &Asked,
    ticked: &Ticked,
    alike: Option<u64>,
    done: Option<AnyView>,
) -> impl IntoView + use<> {
    let slug = &people.view.row.slug;
    let content = if people.nobody {
        nobody(cx, people).into_any()
    } else {
        view! {
            {search(cx, slug, asked).into_any()}
            {parts(cx, people, asked)}
            {list(cx, people, asked, ticked)}
        }
        .into_any()
    };
    view! {
        {done}
        {error_summary(cx, &ticked.problems)}
        <h1>{people.view.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, slug, "people")}
        {ways(cx, people, alike)}
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
            format!("/manage/workshops/{}", row.slug),
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

/// The ways to write people down, while the workshop is not over, and to
/// records that may be one, with how many wait.
fn ways(cx: &Cx, people: &People, alike: Option<u64>) -> impl IntoView + use<> {
    let open = matches!(people.view.phase, Phase::Upcoming | Phase::Running);
    let add = open.then(|| {
        let path = address(&people.view.row.slug);
        let import = format!("/manage/workshops/{}/import", people.view.row.slug);
        view! {
            <a href=format!("{path}/new")>{cx.say("people-add-link")}</a>" · "
            <a href=import>{cx.say("import-title")}</a>
        }
    });
    let apart = (open && alike.is_some()).then_some(" · ");
    let merge = alike.map(|number| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let words = match number {
            0 => cx.say("merge-link"),
            number => cx.say_with("merge-waiting", &[("number", number.into())]),
        };
        view! { <a href=crate::merge::PATH>{words}</a> }
    });
    (open || alike.is_some()).then(|| view! { <p>{add}{apart}{merge}</p> })
}

fn search(cx: &Cx, slug: &str, asked: &Asked) -> impl IntoView + use<> {
    let query = &asked.query;
    let part = query
        .part
        .map(|part| crate::ui::hidden("state", part.code()));
    let any = || cx.say("people-any");
    view! {
        <form class="filters" method="post" action=address(slug) role="search">
            <div class="field">
                <label for="q">{cx.say("manage-people-search")}</label>
                <input type="search" id="q" name="q" value=query.typed.clone() autocomplete="off" />
            </div>
            {choice(cx, "role", cx.say("field-role"), any(), query.role)}
            {choice(cx, "source", cx.say("people-source"), any(), query.source)}
            {choice(cx, "contact", cx.say("people-contact"), any(), query.contact)}
            <label class="choice">
                <input type="checkbox" name="consent" value="pending" checked=query.consent_pending />
                <span>{cx.say("people-consent-pending")}</span>
            </label>
            {part}
            <button class="button button--secondary" type="submit">{cx.say("manage-people-find")}</button>
        </form>
    }
}

/// The parts of those found that hold somebody.
fn parts(cx: &Cx, people: &People, asked: &Asked) -> AnyView {
    let slug = &people.view.row.slug;
    let link = |part: Option<PeopleFilter>, number: u64| {
        let words = part.map_or_else(
            || cx.say("manage-all"),
            |part| part_words(cx, &people.view, part),
        );
        let number = cx.words.number(i64::try_from(number).unwrap_or(i64::MAX));
        let mut there = asked.clone();
        there.page = 1;
        there.query.part = part;
        there.go(
            slug,
            format!("{words} ({number})"),
            part == asked.query.part,
        )
    };
    let begun = people.view.phase.has_begun();
    let mut links = vec![link(None, people.found)];
    for (part, number) in &people.parts {
        // Before the day nobody is missing.
        let told = *part != PeopleFilter::Absent || begun;
        if (told && *number > 0) || asked.query.part == Some(*part) {
            links.push(link(Some(*part), *number));
        }
    }
    asked.nav(cx.say("manage-people-parts"), links)
}

fn list(cx: &Cx, people: &People, asked: &Asked, ticked: &Ticked) -> AnyView {
    let slug = &people.view.row.slug;
    if people.rows.is_empty() {
        let words = if asked.query.typed.is_empty() {
            cx.say("manage-people-none")
        } else {
            let typed = &asked.query.typed;
            cx.say_with("manage-people-not-found", &[("typed", typed.into())])
        };
        return view! {
            <div class="empty">
                <p>{words}</p>
                <p><a href=address(slug)>{cx.say("manage-people-show-all")}</a></p>
            </div>
        }
        .into_any();
    }
    let path = address(slug);
    let rows: Vec<_> = people
        .rows
        .iter()
        .map(|person| row::row(cx, &path, person, ticked.ids.contains(&person.id)).into_any())
        .collect();
    view! {
        <p class="only-narrow">
            <a href="#chosen">{cx.say("people-to-acts")}</a>" · "<a href="#files">{cx.say("people-to-files")}</a>
        </p>
        <form method="post" action=format!("{path}/decide")>
            {asked.hidden()}
            <table class="table table--cards table--people">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("people-tick")}</th>
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
            {acts(cx, people)}
        </form>
        {pages(cx, people, asked)}
        {files(cx, people, asked)}
    }
    .into_any()
}

/// What can be done with those ticked.
fn acts(cx: &Cx, people: &People) -> impl IntoView + use<> {
    let of = |part: PeopleFilter| {
        let mut parts = people.parts.iter();
        parts.any(|(other, number)| *other == part && *number > 0)
    };
    let open = matches!(people.view.phase, Phase::Upcoming | Phase::Running);
    let waits = of(PeopleFilter::Waitlisted) || of(PeopleFilter::Offered);
    let asks = of(PeopleFilter::Requested);
    let fits = |act: PeopleAct| match act {
        PeopleAct::Approve | PeopleAct::Decline => open && asks,
        PeopleAct::Seat => open && (asks || waits),
        PeopleAct::Cancel => open && (asks || waits || of(PeopleFilter::Booked)),
        PeopleAct::Message => true,
    };
    let buttons: Vec<_> = PeopleAct::ALL
        .iter()
        .filter(|act| fits(**act))
        .map(|act| {
            let (code, words) = (act.code(), cx.words.term(*act));
            view! {
                <button class="button button--secondary" type="submit" name="act" value=code>{words}</button>
            }
        })
        .collect();
    let alike = cx.actor.may(Act::ManageWorkshops).then(|| {
        view! {
            <button class="button button--quiet" type="submit" formaction=crate::merge::OF_PEOPLE>
                {cx.say("merge-two-people")}
            </button>
        }
    });
    let all = (people.pages > 1).then(|| {
        let number = i64::try_from(people.shown).unwrap_or(i64::MAX);
        let words = cx.say_with("people-all-found", &[("number", number.into())]);
        view! {
            <label class="choice">
                <input type="checkbox" name="all" value="on" />
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" id="chosen" tabindex="-1">
            <legend>{cx.say("people-chosen")}</legend>
            {all}
            <div class="row">{buttons}{alike}</div>
        </fieldset>
    }
}

/// The first, the last, and those around this one.
fn pages(cx: &Cx, people: &People, asked: &Asked) -> Option<AnyView> {
    if people.pages == 1 {
        return None;
    }
    let near = people.page.saturating_sub(2)..=people.page + 2;
    let shown = (1..=people.pages)
        .filter(|page| *page == 1 || *page == people.pages || near.contains(page));
    let mut links: Vec<AnyView> = Vec::new();
    let mut last = 0;
    for page in shown {
        if page > last + 1 {
            links.push(view! { <li class="pagination__gap">"…"</li> }.into_any());
        }
        last = page;
        let mut there = asked.clone();
        there.page = page;
        let words = cx.words.number(i64::try_from(page).unwrap_or(i64::MAX));
        links.push(there.go(&people.view.row.slug, words, page == people.page));
    }
    Some(asked.nav(cx.say("people-pages"), links))
}

/// Exactly those seen, on all pages, as a file.
fn files(cx: &Cx, people: &People, asked: &Asked) -> impl IntoView + use<> {
    let number = i64::try_from(people.shown).unwrap_or(i64::MAX);
    let hint = cx.say_with("people-export-hint", &[("number", number.into())]);
    let action = format!("{}/export", address(&people.view.row.slug));
    view! {
        <form method="post" action=action id="files" tabindex="-1">
            {asked.hidden()}
            <p class="hint">{hint}</p>
            <div class="row">
                <button class="button button--secondary" type="submit" name="format" value="xlsx">{cx.say("people-export-xlsx")}</button>
                <button class="button button--secondary" type="submit" name="format" value="csv">{cx.say("people-export-csv")}</button>
            </div>
        </form>
    }
}
