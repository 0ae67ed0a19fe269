//! The cockpit: one workshop at a glance, and what can be done with it.

use super::done::Done;
use super::{cockpit_path, facts, minimum, numbers, tabs};
use crate::html::*;
use crate::render::{Cx, Oops, Page};
use crate::ui::{phase_badge, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Phase, Problems};
use service::{Cockpit, WorkshopView};

/// `GET /manage/workshops/{slug}`
pub(crate) async fn overview(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let cockpit = cx.services.cockpit(&cx.actor, &slug).await?;
    Ok(show(&cx, cockpit, Done::of(&uri), None).await)
}

/// The page, also when the workshop could not be published for these reasons.
pub(super) async fn show(
    cx: &Cx,
    cockpit: Cockpit,
    done: Option<Done>,
    refused: Option<Problems>,
) -> Response {
    let page = Page::staff(cockpit.view.title(cx.lang()));
    let page = if refused.is_some() {
        page.unprocessable()
    } else {
        page
    };
    let inner = cx.clone();
    cx.show(page, move || body(&inner, &cockpit, done, refused))
        .await
}

fn body(
    cx: &Cx,
    cockpit: &Cockpit,
    done: Option<Done>,
    refused: Option<Problems>,
) -> impl IntoView + use<> {
    let view = &cockpit.view;
    let slug = view.row.slug.clone();
    let crowded = cockpit.crowded.map(|room| {
        let args = [("seats", view.capacity().into()), ("room", room.into())];
        let words = cx.say_with("sessions-warn-seats", &args);
        crate::ui::notice(tone::WAIT, words, String::new())
    });
    let notice = view.notice(cx.lang()).to_owned();
    let notice = (!notice.is_empty())
        .then(|| crate::ui::notice(tone::WAIT, cx.say("manage-notice-title"), notice));
    view! {
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        <p>{phase_badge(cx, view.phase)}</p>
        {tabs(cx, &slug, "overview")}
        {done.map(|done| done.view(cx).into_any())}
        {crowded}
        {minimum::decision(cx, cockpit).map(IntoAny::into_any)}
        {draft(cx, view, done, refused)}
        {notice}
        {acts(cx, view).into_any()}
        {numbers::view(cx, cockpit).into_any()}
        {invitations(cx, cockpit).into_any()}
        {messages(cx, view).into_any()}
        {facts::view(cx, cockpit).into_any()}
        {changes(cx, cockpit).map(IntoAny::into_any)}
        {call_off(cx, view).into_any()}
    }
}

/// What a draft still lacks, each with a link to its field; with nothing
/// lacking, that it can be published.
fn draft(
    cx: &Cx,
    view: &WorkshopView,
    done: Option<Done>,
    refused: Option<Problems>,
) -> Option<AnyView> {
    if view.phase != Phase::Draft {
        return None;
    }
    let role = refused.is_some().then_some("alert");
    let missing = refused.unwrap_or_else(|| view.missing());
    if missing.is_empty() {
        // It has just been said.
        if matches!(done, Some(Done::Scheduled | Done::CopiedTyped)) {
            return None;
        }
        let ready = crate::ui::notice(
            tone::INFO,
            cx.say("manage-ready-title"),
            cx.say("manage-ready"),
        );
        return Some(ready.into_any());
    }
    let path = cockpit_path(&view.row.slug);
    let items: Vec<_> = missing
        .0
        .iter()
        .map(|problem| {
            // Where there are several sessions, each has its own place.
            let placeless = view
                .placeless()
                .filter(|_| problem.field == "room" && !view.sets_time_in_form());
            let form = match placeless {
                Some(session) => format!("{path}/sessions/{}", session.id),
                None => format!("{path}/edit"),
            };
            let href = format!("{form}#{}", problem.field);
            let label = cx.say(&format!("field-{}", problem.field));
            view! { <li><a href=href>{label}</a></li> }
        })
        .collect();
    let class = if role.is_some() {
        "error-summary"
    } else {
        "notice notice--wait"
    };
    Some(
        view! {
            <div class=class role=role>
                <h2>{cx.say("manage-missing-title")}</h2>
                <p>{cx.say("manage-missing")}</p>
                <ul>{items}</ul>
            </div>
        }
        .into_any(),
    )
}

/// The acts, the first of them the one that is due.
fn acts(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    if view.phase == Phase::Cancelled {
        return None;
    }
    let changeable = view.row.state.is_changeable();
    let path = cockpit_path(&view.row.slug);
    let publish = (view.phase == Phase::Draft).then(|| {
        let action = format!("{path}/publish");
        view! {
            <form method="post" action=action>
                <button class="button" type="submit">{cx.say("manage-publish-act")}</button>
            </form>
        }
    });
    let door = (view.phase != Phase::Draft).then(|| {
        let class = if view.phase == Phase::Running {
            "button"
        } else {
            "button button--secondary"
        };
        let href = format!("/door/{}", view.row.slug);
        view! { <a class=class href=href>{cx.say("manage-door-act")}</a> }
    });
    let lock = match view.phase {
        Phase::Held => Some((format!("{path}/close"), cx.say("manage-close-link"))),
        Phase::Closed => Some((format!("{path}/reopen"), cx.say("manage-reopen-link"))),
        _ => None,
    };
    let lock = lock
        .map(|(href, words)| view! { <a class="button button--secondary" href=href>{words}</a> });
    let relocate = matches!(view.phase, Phase::Upcoming | Phase::Running).then(|| {
        let href = format!("{path}/move");
        view! { <a class="button button--secondary" href=href>{cx.say("manage-move-act")}</a> }
    });
    let copy = format!("{path}/copy");
    let edit = format!("{path}/edit");
    let assign = format!("{path}/assign");
    Some(view! {
        <div class="row no-print">
            {publish}
            {door}
            {changeable.then(|| view! { <a class="button button--secondary" href=edit>{cx.say("manage-edit-act")}</a> })}
            {relocate}
            {lock}
            <a class="button button--quiet" href=copy>{cx.say("manage-copy-link")}</a>
            <a class="button button--quiet" href=assign>{cx.say("manage-assign-act")}</a>
        </div>
    })
}

/// How many establishments are invited, and how many have answered.
fn invitations(cx: &Cx, cockpit: &Cockpit) -> impl IntoView + use<> {
    let href = crate::invitations::path(&cockpit.view.row.slug);
    let count = &cockpit.invitations;
    let words = match count.all {
        0 => cx.say("invite-cockpit-none"),
        all => {
            let args = [("all", all.into()), ("answered", count.answered.into())];
            cx.say_with("invite-cockpit-count", &args)
        }
    };
    view! { <h2>{cx.say("invite-cockpit")}</h2><p><a href=href>{words}</a></p> }
}

/// The way to what is written to people.
fn messages(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let href = crate::messages::address(&view.row.slug);
    view! {
        <h2>{cx.say("messages-cockpit")}</h2>
        <p><a href=href>{cx.say("messages-cockpit-open")}</a></p>
    }
}

/// What people were told of, each with its text for Zalo and its calls.
fn changes(cx: &Cx, cockpit: &Cockpit) -> Option<impl IntoView + use<>> {
    let path = cockpit_path(&cockpit.view.row.slug);
    let items: Vec<_> = cockpit
        .changes
        .iter()
        .map(|change| {
            let href = format!("{path}/changes/{}", change.id);
            let what = format!(
                "{}, {}",
                cx.words.term(change.kind),
                cx.words.day_time(change.at)
            );
            view! { <li>{what}": "<a href=href>{cx.say("change-list-open")}</a></li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! { <h2>{cx.say("change-list-title")}</h2><ul>{items}</ul> }
    })
}

/// Calling off stands apart. A workshop that was held cannot be called off
/// any more from here: its attendances are the programme's.
fn call_off(cx: &Cx, view: &WorkshopView) -> Option<impl IntoView + use<>> {
    let may = matches!(view.phase, Phase::Draft | Phase::Upcoming | Phase::Running);
    may.then(|| {
        let href = format!("{}/call-off", cockpit_path(&view.row.slug));
        view! {
            <div class="form-actions">
                <a class="button button--quiet button--danger" href=href>{cx.say("manage-call-off-link")}</a>
            </div>
        }
    })
}
