//! The workshops at whose door somebody may stand.

use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::ui::phase_badge;
use axum::response::Response;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{Act, Phase, to_local};
use service::WorkshopView;

/// How long a workshop stays on the list after it ended: check-ins are set
/// right in the days after.
const RECENT: Duration = Duration::days(30);

/// `GET /door`
pub(super) async fn list(cx: Cx) -> Result<Response, Oops> {
    cx.actor.require(Act::CheckIn)?;
    let now = cx.services.clock().now();
    let mut workshops = cx.services.workshops(&cx.actor).await?;
    workshops.retain(|view| view.phase != Phase::Draft && view.ends_at() > now - RECENT);
    let today = day(now);
    workshops.sort_by_key(|view| place(view, today));
    let title = cx.say("door-title");
    let page = Page::staff(&title);
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &title, &workshops, today))
        .await)
}

/// Today's first, then those to come, then those that are over, latest first.
fn place(view: &WorkshopView, today: NaiveDate) -> (u8, i64) {
    let starts = view.starts_at().timestamp();
    let (first, last) = (day(view.starts_at()), day(view.ends_at()));
    if first <= today && today <= last {
        (0, starts)
    } else if first > today {
        (1, starts)
    } else {
        (2, -starts)
    }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    to_local(at).date_naive()
}

fn body(
    cx: &Cx,
    title: &str,
    workshops: &[WorkshopView],
    today: NaiveDate,
) -> impl IntoView + use<> {
    let groups = [(0, "door-today"), (1, "door-coming"), (2, "door-recent")];
    let groups: Vec<_> = groups
        .into_iter()
        .filter_map(|(group, key)| {
            let items: Vec<_> = workshops
                .iter()
                .filter(|view| place(view, today).0 == group)
                .map(|view| item(cx, view))
                .collect();
            (!items.is_empty())
                .then(|| view! { <h2>{cx.say(key)}</h2> <ul class="list">{items}</ul> })
        })
        .collect();
    let empty = groups.is_empty().then(|| {
        view! {
            <div class="empty">
                <p>{cx.say("door-empty")}</p>
            </div>
        }
    });
    view! { <h1>{title.to_owned()}</h1> {groups} {empty} }
}

fn item(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let href = format!("/door/{}", view.row.slug);
    let title = view.title(cx.lang()).to_owned();
    let starts = view.starts_at();
    view! {
        <li class="list__item">
            <p class="list__date"><strong>{cx.words.day(starts)}</strong>" "{cx.words.time(starts)}</p>
            <div class="list__body">
                <h3><a href=href>{title}</a></h3>
                <p>{view.room().to_owned()}</p>
            </div>
            <div class="list__side">{phase_badge(cx, view.phase)}</div>
        </li>
    }
}
