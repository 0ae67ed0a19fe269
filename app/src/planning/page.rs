//! The calendar of a month: the grid, and below a certain width, or when asked
//! for, the agenda.

use super::{PATH, agenda, grid};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{badge, phase_badge, tone};
use axum::http::Uri;
use axum::response::Response;
use chrono::NaiveDate;
use domain::{Month, Phase, to_local};
use service::PlannedSession;

/// What is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) month: Month,
    pub(super) today: NaiveDate,
    pub(super) sessions: Vec<PlannedSession>,
    /// The agenda alone.
    as_agenda: bool,
}

impl Shown {
    /// The sessions that begin on a day.
    pub(super) fn on(&self, day: NaiveDate) -> impl Iterator<Item = &PlannedSession> {
        let sessions = self.sessions.iter();
        sessions.filter(move |one| to_local(one.row.starts_at).date_naive() == day)
    }
}

/// `GET /manage/calendar?month=2026-11&view=agenda`
pub(super) async fn calendar(cx: Cx, uri: Uri) -> Result<Response, Oops> {
    let query = Fields::of_query(uri.query());
    let now = cx.services.clock().now();
    let asked = Month::parse(&query.text("month")).or_else(|| Month::of(now));
    let month = asked.ok_or(service::Failure::NotFound)?;
    let shown = Shown {
        sessions: cx.services.planned_sessions(&cx.actor, month).await?,
        month,
        today: to_local(now).date_naive(),
        as_agenda: query.text("view") == "agenda",
    };
    let title = cx.say_with("planning-title", &[("month", cx.words.month(month).into())]);
    let page = Page::staff(&title).wide();
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, title, &shown)).await)
}

fn body(cx: &Cx, title: String, shown: &Shown) -> impl IntoView + use<> {
    let inside = shown.sessions.iter().any(|one| {
        shown
            .month
            .contains(to_local(one.row.starts_at).date_naive())
    });
    let nothing = (!inside).then(|| {
        view! {
            <div class="empty">
                <p>{cx.say_with("planning-empty", &[("month", cx.words.month(shown.month).into())])}</p>
                <p><a href="/manage/workshops/new">{cx.say("manage-schedule-act")}</a></p>
            </div>
        }
    });
    let content = if shown.as_agenda {
        agenda::view(cx, shown, "agenda")
    } else {
        view! {
            {grid::view(cx, shown)}
            {agenda::view(cx, shown, "agenda agenda--narrow")}
        }
        .into_any()
    };
    view! {
        <h1>{title}</h1>
        {nav(cx, shown).into_any()}
        {content}
        {nothing}
        <p class="no-print"><a href="/manage/workshops">{cx.say("planning-to-list")}</a></p>
    }
}

fn nav(cx: &Cx, shown: &Shown) -> impl IntoView + use<> {
    let view = if shown.as_agenda { "&view=agenda" } else { "" };
    let link = |month: Option<Month>, words: &str| {
        month.map(|month| {
            let href = format!("{PATH}?month={month}{view}");
            let said = format!("{}: {}", cx.say(words), cx.words.month(month));
            view! { <li><a href=href aria-label=said>{cx.say(words)}</a></li> }
        })
    };
    let today = format!("{PATH}?{}", view.trim_start_matches('&'));
    let (other, words) = if shown.as_agenda {
        (
            format!("{PATH}?month={}", shown.month),
            cx.say("planning-as-month"),
        )
    } else {
        (
            format!("{PATH}?month={}&view=agenda", shown.month),
            cx.say("planning-as-agenda"),
        )
    };
    view! {
        <nav class="pagination" aria-label=cx.say("planning-nav")>
            <ul>
                {link(shown.month.previous(), "planning-previous")}
                <li><a href=today.trim_end_matches('?').to_owned()>{cx.say("planning-today")}</a></li>
                {link(shown.month.next(), "planning-next")}
                <li><a href=other>{words}</a></li>
            </ul>
        </nav>
    }
}

/// One session: when, what, where, and what is to be known of it.
pub(super) fn session(cx: &Cx, one: &PlannedSession) -> AnyView {
    let href = format!("/manage/workshops/{}", one.slug);
    let (from, to) = (one.row.starts_at, one.row.ends_at);
    let time = format!("{}–{}", cx.words.time(from), cx.words.time(to));
    let title = one.title(cx.lang()).to_owned();
    let phase = match one.phase {
        Phase::Upcoming => None,
        phase => Some(phase_badge(cx, phase)),
    };
    let room = one
        .room_clash
        .then(|| badge(tone::BAD, cx.say("planning-room-clash")));
    let trainers: Vec<&str> = one.trainer_clash.iter().map(String::as_str).collect();
    let trainers = (!trainers.is_empty()).then(|| {
        let words = cx.say_with(
            "planning-trainer-clash",
            &[("names", trainers.join(", ").into())],
        );
        badge(tone::BAD, words)
    });
    view! {
        <li class="planned">
            <a href=href><time>{time}</time>" "{title}</a>
            <span class="planned__room">{one.row.room.clone()}</span>
            <span class="planned__marks">{phase}{room}{trainers}</span>
        </li>
    }
    .into_any()
}
