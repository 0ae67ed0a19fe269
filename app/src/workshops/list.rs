//! All workshops, by where they stand.

use super::cockpit_path;
use super::filter::{self, Asked};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::phase_badge;
use axum::http::Uri;
use axum::response::Response;
use domain::Phase;
use service::{FoundWorkshops, Headcount, WorkshopView};

type Counted = (WorkshopView, Headcount);

/// The phases in the order in which organisers look for them; a running
/// workshop stands among those to come.
const SECTIONS: [Phase; 4] = [Phase::Upcoming, Phase::Draft, Phase::Held, Phase::Cancelled];

/// `GET /manage/workshops`
pub(crate) async fn workshops(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let mut asked = Asked::of(&Fields::of_query(uri.query()));
    asked.phase = asked.phase.map(section_of);
    let found = cx.services.find_workshops(&cx.actor, &asked.filter).await?;
    let trainers = cx.services.trainers(&cx.actor, "").await?.rows;
    let trainers: Vec<(i64, String)> = trainers
        .into_iter()
        .map(|one| (one.row.id, one.row.full_name))
        .collect();
    let title = cx.say("manage-list-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &found, &asked, &trainers))
        .await)
}

fn section_of(phase: Phase) -> Phase {
    match phase {
        Phase::Running => Phase::Upcoming,
        Phase::Closed => Phase::Held,
        phase => phase,
    }
}

fn in_section(workshops: &[Counted], section: Phase) -> Vec<&Counted> {
    let mut rows: Vec<_> = workshops
        .iter()
        .filter(|(view, _)| section_of(view.phase) == section)
        .collect();
    // The list comes latest first; of those to come, the next one matters.
    if matches!(section, Phase::Upcoming | Phase::Draft) {
        rows.reverse();
    }
    rows
}

fn body(
    cx: &Cx,
    title: String,
    found: &FoundWorkshops,
    asked: &Asked,
    trainers: &[(i64, String)],
) -> impl IntoView + use<> {
    let content = if found.all == 0 {
        view! {
            <div class="empty">
                <h2>{cx.say("manage-list-empty-title")}</h2>
                <p>{cx.say("manage-list-empty")}</p>
            </div>
        }
        .into_any()
    } else {
        let sections: Vec<_> = SECTIONS
            .into_iter()
            .filter(|section| asked.phase.is_none_or(|phase| phase == *section))
            .filter_map(|phase| {
                let rows = in_section(&found.rows, phase);
                section(cx, phase, &rows, asked.phase.is_some())
            })
            .collect();
        let nothing = sections.is_empty().then(|| {
            view! { <div class="empty"><p>{cx.say("manage-filter-nothing")}</p></div> }
        });
        view! {
            {filter::form(cx, asked, found, trainers)}
            {phases(cx, &found.rows, asked).into_any()}
            {sections}
            {nothing}
        }
        .into_any()
    };
    view! {
        <h1>{title}</h1>
        <p><a class="button" href="/manage/workshops/new">{cx.say("manage-schedule-act")}</a></p>
        {content}
        <ul>
            <li><a href=crate::planning::PATH>{cx.say("planning-link")}</a></li>
            <li><a href=crate::venues::PATH>{cx.say("venues-title")}</a></li>
            <li><a href=crate::trainers::PATH>{cx.say("trainers-title")}</a></li>
            <li><a href=crate::establishments::PATH>{cx.say("establishments-link")}</a></li>
            <li><a href=crate::merge::PATH>{cx.say("merge-link")}</a></li>
        </ul>
    }
}

fn phases(cx: &Cx, workshops: &[Counted], asked: &Asked) -> impl IntoView + use<> {
    let link = |phase: Option<Phase>, number: usize| {
        let href = asked.address(phase);
        let words = phase.map_or_else(|| cx.say("manage-all"), |phase| cx.words.term(phase));
        let current = (phase == asked.phase).then_some("page");
        view! { <li><a href=href aria-current=current>{format!("{words} ({number})")}</a></li> }
    };
    let mut links = vec![link(None, workshops.len())];
    for section in SECTIONS {
        let number = in_section(workshops, section).len();
        if number > 0 || asked.phase == Some(section) {
            links.push(link(Some(section), number));
        }
    }
    view! { <nav class="pagination" aria-label=cx.say("manage-list-filter")><ul>{links}</ul></nav> }
}

fn section(cx: &Cx, phase: Phase, rows: &[&Counted], alone: bool) -> Option<AnyView> {
    if rows.is_empty() {
        return alone.then(|| {
            view! { <div class="empty"><p>{cx.say("manage-list-none")}</p></div> }.into_any()
        });
    }
    let rows: Vec<_> = rows
        .iter()
        .map(|counted| row(cx, counted).into_any())
        .collect();
    Some(
        view! {
            <h2>{cx.words.term(phase)}</h2>
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("manage-workshop")}</th>
                        <th scope="col">{cx.say("manage-starts")}</th>
                        <th scope="col">{cx.say("manage-room")}</th>
                        <th scope="col" class="num">{cx.say("manage-seats-taken")}</th>
                        <th scope="col" class="num">{cx.say("manage-waiting")}</th>
                        <th scope="col" class="num">{cx.say("manage-attended")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    )
}

fn row(cx: &Cx, (view, headcount): &Counted) -> impl IntoView + use<> {
    let href = cockpit_path(&view.row.slug);
    let count = |number: u32, words: String, part: &str| {
        if number == 0 {
            return words.into_any();
        }
        let href = format!("{href}/people?state={part}");
        view! { <span><a href=href>{words}</a></span> }.into_any()
    };
    let seats = &headcount.seats;
    let number = |number: u32| cx.words.number(number.into());
    let taken = format!("{} / {}", number(seats.booked), number(seats.capacity));
    let came = headcount.funnel.came();
    let begun = view.phase.has_begun() || came > 0;
    let attended = begun.then(|| count(came, number(came), "attended"));
    let waiting =
        (seats.waiting > 0).then(|| count(seats.waiting, number(seats.waiting), "waitlisted"));
    let running = (view.phase == Phase::Running).then(|| phase_badge(cx, view.phase));
    view! {
        <tr>
            <th scope="row"><a href=href.clone()>{view.title(cx.lang()).to_owned()}</a>" "{running}</th>
            <td data-label=cx.say("manage-starts")><time>{cx.words.stamp(view.starts_at())}</time></td>
            <td data-label=cx.say("manage-room")>{view.room_said(cx.lang())}</td>
            <td class="num" data-label=cx.say("manage-seats-taken")>{count(seats.booked, taken, "booked")}</td>
            <td class="num" data-label=cx.say("manage-waiting")>{waiting}</td>
            <td class="num" data-label=cx.say("manage-attended")>{attended}</td>
        </tr>
    }
}
