//! My workshops: the sessions I am asked to teach and the workshops I was
//! assigned, each once; those to come first, then those that are over.

use crate::html::*;
use crate::materials::address;
use crate::render::{Cx, Oops, Page};
use crate::ui::{badge, phase_badge, tone};
use axum::response::Response;
use chrono::{DateTime, Duration, Utc};
use domain::{AccountRole, Phase};
use service::{AskedTeaching, TaughtWorkshop};

/// How long after a workshop somebody still waits for its materials.
const AWAITED: Duration = Duration::days(60);

/// `GET /trainer`
pub(super) async fn home(cx: Cx) -> Result<Response, Oops> {
    let workshops = cx.services.taught_workshops(&cx.actor).await?;
    let asked = match cx.role() {
        Some(AccountRole::Trainer) => cx.services.my_teachings(&cx.actor).await?,
        _ => Vec::new(),
    };
    let title = cx.say("trainer-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &title, &workshops, &asked))
        .await)
}

/// One line of the list: a session the trainer is asked to teach, with the
/// workshop's materials where they bring them, or a workshop they were assigned
/// without being asked for a session of it.
enum Line<'a> {
    Asked(&'a AskedTeaching, Option<&'a TaughtWorkshop>),
    Assigned(&'a TaughtWorkshop),
}

impl Line<'_> {
    fn starts_at(&self) -> DateTime<Utc> {
        match self {
            Self::Asked(asked, _) => asked.session.starts_at,
            Self::Assigned(taught) => taught.view.starts_at(),
        }
    }

    fn is_over(&self, now: DateTime<Utc>) -> bool {
        let ends_at = match self {
            Self::Asked(asked, _) => asked.session.ends_at,
            Self::Assigned(taught) => taught.view.ends_at(),
        };
        ends_at <= now
    }

    fn is_late(&self, now: DateTime<Utc>) -> bool {
        matches!(self, Self::Asked(asked, _) if asked.is_late(now))
    }
}

/// Every session and workshop once.
fn lines<'a>(workshops: &'a [TaughtWorkshop], asked: &'a [AskedTeaching]) -> Vec<Line<'a>> {
    let of = |id: i64| workshops.iter().find(|taught| taught.view.row.id == id);
    let is_asked = |taught: &&TaughtWorkshop| {
        asked
            .iter()
            .any(|each| each.view.row.id == taught.view.row.id)
    };
    let lines = asked
        .iter()
        .map(|each| Line::Asked(each, of(each.view.row.id)));
    let others = workshops.iter().filter(|taught| !is_asked(taught));
    lines.chain(others.map(Line::Assigned)).collect()
}

fn body(
    cx: &Cx,
    title: &str,
    workshops: &[TaughtWorkshop],
    asked: &[AskedTeaching],
) -> impl IntoView + use<> {
    let now = cx.services.clock().now();
    let lines = lines(workshops, asked);
    let empty = lines
        .is_empty()
        .then(|| view! { <div class="empty"><p>{cx.say("trainer-empty")}</p></div> });
    let (mut over, mut coming): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.is_over(now));
    // What is late comes first; what is over, latest first.
    coming.sort_by_key(|line| (!line.is_late(now), line.starts_at()));
    over.sort_by_key(|line| std::cmp::Reverse(line.starts_at()));
    view! {
        <h1>{title.to_owned()}</h1>
        {empty}
        {group(cx, "trainer-coming", &coming)}
        {group(cx, "trainer-held", &over)}
        <p><a href=crate::calendar::PATH>{cx.say("calendar-title")}</a></p>
    }
}

fn is_old(taught: &TaughtWorkshop, now: DateTime<Utc>) -> bool {
    taught.view.ends_at() < now - AWAITED
}

fn group(cx: &Cx, key: &str, lines: &[Line<'_>]) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = lines
        .iter()
        .map(|line| match line {
            Line::Asked(asked, taught) => {
                let side = taught.map(|taught| side(cx, taught).into_any());
                crate::teaching::item(cx, asked, side).into_any()
            }
            Line::Assigned(taught) => item(cx, taught).into_any(),
        })
        .collect();
    let title = cx.say(key);
    (!items.is_empty()).then(|| view! { <h2>{title}</h2> <ul class="list">{items}</ul> })
}

fn item(cx: &Cx, taught: &TaughtWorkshop) -> impl IntoView + use<> {
    let view = &taught.view;
    let href = address(&view.row.slug);
    let starts = view.starts_at();
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(starts)}</strong>" "{cx.words.time(starts)}</p>
            <div class="list__body">
                <h3><a href=href>{view.title(cx.lang()).to_owned()}</a></h3>
                <p>{view.room_said(cx.lang())} " " {phase_badge(cx, view.phase)}</p>
                <p class="muted">{numbers(cx, taught)}</p>
                {expected(cx, taught)}
            </div>
            <div class="list__side">{side(cx, taught)}</div>
        </li>
    }
}

/// Seats before the day, who came after it.
fn numbers(cx: &Cx, taught: &TaughtWorkshop) -> String {
    let number = |number: u32| cx.words.number(number.into());
    let (seats, funnel) = (taught.headcount.seats, taught.headcount.funnel);
    match taught.view.phase {
        Phase::Running | Phase::Held | Phase::Closed => cx.say_with(
            "trainer-numbers-held",
            &[
                ("registered", number(funnel.registered).into()),
                ("attended", number(funnel.came()).into()),
            ],
        ),
        Phase::Draft | Phase::Upcoming | Phase::Cancelled => cx.say_with(
            "trainer-numbers-coming",
            &[
                ("booked", number(seats.booked).into()),
                ("capacity", number(seats.capacity).into()),
            ],
        ),
    }
}

/// What is expected, and by when.
fn expected(cx: &Cx, taught: &TaughtWorkshop) -> Option<impl IntoView + use<>> {
    let words = match taught.view.phase {
        _ if taught.materials > 0 => return None,
        Phase::Cancelled | Phase::Closed => return None,
        Phase::Held if is_old(taught, cx.services.clock().now()) => return None,
        Phase::Held => cx.say("trainer-expected-late"),
        Phase::Draft | Phase::Upcoming | Phase::Running => {
            let at = cx.words.day_time(taught.view.starts_at());
            cx.say_with("trainer-expected", &[("at", at.into())])
        }
    };
    Some(view! { <p>{words}</p> })
}

/// The materials brought so far, and the way to them.
fn side(cx: &Cx, taught: &TaughtWorkshop) -> impl IntoView + use<> {
    let href = address(&taught.view.row.slug);
    let state = if taught.materials > 0 {
        let words = cx.say_with("trainer-files", &[("number", taught.materials.into())]);
        badge(tone::OK, words).into_any()
    } else if taught.view.phase == Phase::Cancelled {
        ().into_any()
    } else {
        badge(tone::WAIT, cx.say("trainer-no-files")).into_any()
    };
    let title = taught.view.title(cx.lang()).to_owned();
    view! {
        {state}
        <a class="button button--secondary" href=href>
            {cx.say("trainer-materials")} <span class="visually-hidden">" " {title}</span>
        </a>
    }
}
