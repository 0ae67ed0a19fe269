//! Whom devices let in alone and the server would not have: settled one by one.

use super::page::back;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{badge, hidden, notice, tone};
use crate::workshops::{heading, tabs};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, Coded, Refusal, Settlement};
use leptos::prelude::*;
use service::{DoorConflictRow, Failure, WorkshopView};

/// `GET …/conflicts`
pub(super) async fn list(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let act = Act::ManageWorkshops;
    let view = cx.services.staff_workshop(&cx.actor, act, &slug).await?;
    let rows = cx.services.door_conflicts(&cx.actor, &slug).await?;
    let said = Fields::of_query(uri.query()).text("done") == "settled";
    let said = said.then(|| cx.say("conflicts-done"));
    let page = Page::staff(&cx.say("conflicts-title"));
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, &view, &rows, said))
        .await)
}

/// `POST …/conflicts`
pub(super) async fn settle(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let id = fields.text("id").parse().map_err(|_| Failure::NotFound)?;
    let settlement = Settlement::from_code(&fields.text("settlement")).ok_or(Failure::NotFound)?;
    let (services, actor) = (&cx.services, &cx.actor);
    services
        .settle_conflict(actor, &slug, id, settlement)
        .await?;
    let path = format!("/manage/workshops/{slug}/conflicts");
    Ok(see_other(&format!("{path}?done=settled")))
}

fn body(
    cx: &Cx,
    view: &WorkshopView,
    rows: &[DoorConflictRow],
    said: Option<String>,
) -> impl IntoView + use<> {
    let slug = &view.row.slug;
    let items: Vec<_> = rows.iter().map(|row| item(cx, view, row)).collect();
    let list = if items.is_empty() {
        view! { <div class="empty"><p>{cx.say("conflicts-none")}</p></div> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        {back(slug, None, view.title(cx.lang()))}
        <h1>{cx.say("conflicts-title")}</h1>
        {tabs(cx, slug, "attendance")}
        {said.map(|words| view! { <div role="status">{notice(tone::OK, words, String::new())}</div> })}
        <p>{cx.say("conflicts-lead")}</p>
        {list}
    }
}

fn item(cx: &Cx, view: &WorkshopView, conflict: &DoorConflictRow) -> impl IntoView + use<> {
    let row = &conflict.row;
    let name = conflict.full_name.clone();
    let name = name.unwrap_or_else(|| row.code.clone());
    let why = match Refusal::from_code(&row.kind) {
        Some(refusal) => cx.words.term(refusal),
        None => cx.say("conflicts-already"),
    };
    let mut sessions = view.sessions.iter();
    let session = sessions.find(|session| session.id == row.session_id);
    let session = session.map(|session| format!("{}, ", heading(cx, session)));
    let settled = row.settlement.map(|settlement| {
        let tone = match *settlement {
            Settlement::Counted => tone::OK,
            Settlement::Dismissed => tone::NEUTRAL,
        };
        badge(tone, cx.words.term(*settlement))
    });
    let nobody = (settled.is_none() && !conflict.countable)
        .then(|| view! { <p class="muted">{cx.say("conflicts-nobody")}</p> });
    let now = row.settlement.map(|settlement| *settlement);
    let others: Vec<Settlement> = Settlement::ALL
        .iter()
        .copied()
        .filter(|settlement| conflict.countable || *settlement == Settlement::Dismissed)
        .filter(|settlement| now != Some(*settlement))
        .collect();
    let form = (!others.is_empty()).then(|| {
        let buttons: Vec<_> = others
            .into_iter()
            .map(|settlement| {
                let (code, term) = (settlement.code(), cx.words.term(settlement));
                let words = match now {
                    None => term,
                    Some(_) => cx.say_with("conflicts-change", &[("what", term.into())]),
                };
                let name = name.clone();
                view! {
                    <button class="button button--secondary" type="submit" name="settlement" value=code>
                        {words}<span class="visually-hidden">" "{name}</span>
                    </button>
                }
            })
            .collect();
        view! {
            <form method="post" class="row">
                {hidden("id", &row.id.to_string())}
                {buttons}
            </form>
        }
    });
    view! {
        <li class="list__item">
            <div class="list__body">
                <h2 class="wrap-anywhere">{name.clone()}</h2>
                <p>{why}</p>
                <p class="muted small">{session}<time>{cx.words.stamp(row.at)}</time></p>
                {nobody}
            </div>
            <div class="list__side">{settled}{form}</div>
        </li>
    }
}
