//! One session side by side: how far its figures are, the numbers, paper, and
//! who came.

use super::{address, keys_address, number, session_address, sheet_address, table};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{badge, notice, tone};
use crate::workshops::{heading, tabs};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, FiguresState, WorkshopState};
use service::entity::sheet;
use service::{AttendancePage, Figures};

/// Sheets of a session, each with how many signatures of it stand.
type Sheets = Vec<(sheet::Model, u64)>;

/// `GET …/attendance`: the session that runs or ran last.
pub(super) async fn current(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    show(&cx, &slug, None, &uri).await
}

/// `GET …/attendance/{session}`
pub(super) async fn one(
    cx: Cx,
    Path((slug, session)): Path<(String, i64)>,
    uri: Uri,
) -> Result<Response, Oops> {
    show(&cx, &slug, Some(session), &uri).await
}

async fn show(cx: &Cx, slug: &str, session: Option<i64>, uri: &Uri) -> Result<Response, Oops> {
    let page = cx
        .services
        .attendance_page(&cx.actor, slug, session)
        .await?;
    let organizes = cx.actor.may(Act::ManageWorkshops);
    let (sheets, photos) = if organizes {
        let id = page.session.id;
        let (photos, _) = cx.services.photos(&cx.actor, slug, id).await?;
        let kept = photos.iter().filter(|row| row.withdrawn_at.is_none());
        let sheets = cx.services.session_sheets(&cx.actor, slug, id).await?;
        (Some(sheets), kept.count())
    } else {
        (None, 0)
    };
    let query = Fields::of_query(uri.query());
    let said = match query.text("done").as_str() {
        "proposed" => Some(cx.say("attend-done-proposed")),
        "signed" => Some(cx.say("attend-done-signed")),
        "reopened" => Some(cx.say("attend-done-reopened")),
        "corrected" => Some(cx.say("attend-done-corrected")),
        "undone" => Some(cx.say("attend-done-undone")),
        _ => None,
    };
    let only = query.text("only") == "flagged";
    let title = format!(
        "{} – {}",
        cx.say("attend-title"),
        page.workshop.title(cx.lang())
    );
    let shown = Page::staff(&title).wide();
    let inner = cx.clone();
    Ok(cx
        .show(shown, move || {
            body(&inner, &page, sheets.as_ref(), photos, said, only)
        })
        .await)
}

fn body(
    cx: &Cx,
    page: &AttendancePage,
    sheets: Option<&Sheets>,
    photos: usize,
    said: Option<String>,
    only: bool,
) -> impl IntoView + use<> {
    let slug = &page.workshop.row.slug;
    let session = &page.session;
    let back = sheets
        .is_none()
        .then(|| view! { <p><a href="/programme">{cx.say("nav-programme")}</a></p> });
    let people = sheets
        .is_some()
        .then(|| table::view(cx, page, only).into_any());
    let paper = sheets.map(|sheets| paper(cx, page, sheets, photos).into_any());
    view! {
        {back}
        <h1>{page.workshop.title(cx.lang()).to_owned()}</h1>
        {tabs(cx, slug, "attendance")}
        {said.map(|words| view! { <div role="status">{notice(tone::OK, words, String::new())}</div> })}
        {sessions(cx, page)}
        <h2>{cx.say("attend-title")}": "{heading(cx, session)}</h2>
        <p>{cx.words.period(session.starts_at, session.ends_at)}</p>
        {figures(cx, page).into_any()}
        {counts(cx, page).into_any()}
        {rules(cx, page).into_any()}
        {open_questions(cx, page).into_any()}
        {paper}
        {people}
    }
}

/// The sessions of a workshop that has several.
fn sessions(cx: &Cx, page: &AttendancePage) -> Option<impl IntoView + use<>> {
    let slug = &page.workshop.row.slug;
    let all = &page.workshop.sessions;
    (all.len() > 1).then(|| {
        let items: Vec<_> = all
            .iter()
            .zip(&page.states)
            .map(|(session, state)| {
                let here = (session.id == page.session.id).then_some("page");
                let href = session_address(slug, session.id);
                view! {
                    <li><a href=href aria-current=here>{heading(cx, session)}</a>" "{state_badge(cx, *state)}</li>
                }
            })
            .collect();
        view! {
            <nav class="attend__sessions" aria-label=cx.say("attend-sessions")><ul>{items}</ul></nav>
        }
    })
}

fn state_badge(cx: &Cx, state: FiguresState) -> impl IntoView + use<> {
    let tone = match state {
        FiguresState::Open => tone::WAIT,
        FiguresState::Proposed => tone::INFO,
        FiguresState::Locked => tone::OK,
    };
    badge(tone, cx.words.term(state))
}

/// How far the figures are, and what can be done with them.
fn figures(cx: &Cx, page: &AttendancePage) -> impl IntoView + use<> {
    let at = session_address(&page.workshop.row.slug, page.session.id);
    let Figures {
        state,
        proposed,
        signed,
        own,
        ..
    } = &page.figures;
    let lines: Vec<_> = [
        (proposed, "attend-proposed-by"),
        (signed, "attend-signed-by"),
    ]
    .into_iter()
    .filter_map(|(done, key)| {
        let (who, when) = done.as_ref()?;
        let args = [("who", who.into()), ("at", cx.words.stamp(*when).into())];
        let words = cx.say_with(key, &args);
        Some(view! { <p>{words}</p> })
    })
    .collect();
    let over = page.session.ends_at <= cx.services.clock().now();
    let closed = *page.workshop.row.state == WorkshopState::Closed;
    let organizes = cx.actor.may(Act::ManageWorkshops);
    let link = |act: &str, class: &'static str, words: String| {
        let href = format!("{at}/{act}");
        view! { <a class=class href=href>{words}</a> }.into_any()
    };
    let explained = |words: String| view! { <p class="muted">{words}</p> }.into_any();
    let reopen = || {
        let class = "button button--quiet";
        (!closed).then(|| link("reopen", class, cx.say("attend-reopen")))
    };
    let acts = match state {
        FiguresState::Locked | FiguresState::Open if closed => {
            vec![explained(cx.say("attend-workshop-closed"))]
        }
        FiguresState::Open if !organizes => vec![explained(cx.say("attend-open-reader"))],
        FiguresState::Open if !over => vec![explained(cx.say("attend-open-early"))],
        FiguresState::Open if page.unsettled > 0 => {
            vec![explained(cx.say("attend-open-unsettled"))]
        }
        FiguresState::Open => {
            let class = "button button--secondary";
            vec![link("propose", class, cx.say("attend-propose"))]
        }
        FiguresState::Proposed if *own => {
            let why = explained(cx.say("attend-proposed-own"));
            std::iter::once(why).chain(reopen()).collect()
        }
        FiguresState::Proposed => {
            let sign = link("sign", "button", cx.say("attend-sign"));
            std::iter::once(sign).chain(reopen()).collect()
        }
        FiguresState::Locked => reopen().into_iter().collect(),
    };
    view! {
        <div class="attend__figures">
            <p>{state_badge(cx, *state)}</p>
            {lines}
            <div class="row no-print">{acts}</div>
        </div>
    }
}

fn counts(cx: &Cx, page: &AttendancePage) -> impl IntoView + use<> {
    let figures: Vec<_> = page
        .counts
        .iter()
        .map(|(state, count)| {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            view! {
                <p class="big-number">
                    <span class="big-number__value">{cx.words.number(count)}</span>" "
                    <span class="big-number__label">{cx.words.term(*state)}</span>
                </p>
            }
        })
        .collect();
    view! { <div class="figure-row">{figures}</div> }
}

/// The rules by which the numbers come about.
fn rules(cx: &Cx, page: &AttendancePage) -> impl IntoView + use<> {
    let row = &page.workshop.row;
    let args = [
        ("minutes", row.late_after.into()),
        ("share", row.attended_share.into()),
    ];
    let edit = cx.actor.may(Act::ManageWorkshops) && row.state.is_changeable();
    let edit = edit.then(|| {
        let href = format!("/manage/workshops/{}/edit#late_after", row.slug);
        view! { " "<a href=href>{cx.say("attend-rules-edit")}</a> }
    });
    view! { <p class="muted small">{cx.say_with("attend-rules", &args)}{edit}</p> }
}

/// What is to be looked at before the figures are put forward.
fn open_questions(cx: &Cx, page: &AttendancePage) -> Option<impl IntoView + use<>> {
    let slug = &page.workshop.row.slug;
    let organizes = cx.actor.may(Act::ManageWorkshops);
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut items = Vec::new();
    let mut add = |number: u64, key: &str, href: String| {
        if number > 0 {
            let words = cx.say_with(key, &[("number", count(number).into())]);
            let item = if organizes {
                view! { <li><a href=href>{words}</a></li> }.into_any()
            } else {
                view! { <li>{words}</li> }.into_any()
            };
            items.push(item);
        }
    };
    let flagged = format!("{}?only=flagged", session_address(slug, page.session.id));
    let conflicts = format!("/manage/workshops/{slug}/conflicts");
    add(page.unsettled, "attend-unsettled", conflicts);
    add(page.differing, "attend-differing", flagged.clone());
    add(page.alike, "attend-alike", flagged);
    (!items.is_empty()).then(|| {
        view! {
            <div class="notice notice--wait">
                <h3>{cx.say("attend-to-look-at")}</h3>
                <ul>{items}</ul>
            </div>
        }
    })
}

/// Sheets, photos, the door.
fn paper(cx: &Cx, page: &AttendancePage, sheets: &Sheets, photos: usize) -> impl IntoView + use<> {
    let slug = &page.workshop.row.slug;
    let at = session_address(slug, page.session.id);
    let rows: Vec<_> = sheets
        .iter()
        .map(|(sheet, signed)| {
            let href = sheet_address(slug, &sheet.number);
            let args = [
                ("sheet", (&sheet.number).into()),
                ("at", cx.words.stamp(sheet.printed_at).into()),
                ("signed", i64::try_from(*signed).unwrap_or(i64::MAX).into()),
            ];
            let enter = format!("{href}/enter");
            let words = cx.say_with("attend-sheet-line", &args);
            let of = view! { <span class="visually-hidden">" "{sheet.number.clone()}</span> };
            let of_print = view! { <span class="visually-hidden">" "{sheet.number.clone()}</span> };
            view! {
                <li>
                    <span>{words}</span>
                    <a class="button button--secondary" href=enter>{cx.say("attend-enter")}{of}</a>
                    <a class="button button--quiet" href=href>{cx.say("attend-open-sheet")}{of_print}</a>
                </li>
            }
        })
        .collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="attend__sheets">{rows}</ul> });
    let photos = cx.say_with("attend-photos-link", &[("number", number(photos).into())]);
    view! {
        <section class="no-print" aria-labelledby="paper">
            <h3 id="paper">{cx.say("attend-paper")}</h3>
            {list}
            <div class="row">
                <form method="post" action=format!("{at}/print")>
                    <button class="button button--secondary" type="submit">{cx.say("attend-print")}</button>
                </form>
                <a class="button button--quiet" href=format!("{at}/photos")>{photos}</a>
                <a class="button button--quiet" href=format!("/door/{slug}")>{cx.say("manage-door-act")}</a>
                <a class="button button--quiet" href=keys_address(slug)>{cx.say("keys-title")}</a>
                <a class="button button--quiet" href=format!("/manage/workshops/{slug}/conflicts")>{cx.say("conflicts-title")}</a>
            </div>
        </section>
    }
}

/// The way back to a session, by the name of its workshop.
pub(super) fn back(slug: &str, session: Option<i64>, title: &str) -> impl IntoView + use<> {
    let href = session.map_or_else(|| address(slug), |id| session_address(slug, id));
    view! { <p class="no-print"><a href=href>{title.to_owned()}</a></p> }
}
