//! Whom devices let in alone and the server would not have: settled one by one.

use super::page::back;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{badge, hidden, notice, tone};
use crate::workshops::{heading, tabs};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{Act, Coded, Refusal, Settlement, WorkshopState};
use service::{CheckedBy, DoorConflictRow, Failure, WorkshopView};
use std::collections::BTreeMap;

/// `GET …/conflicts`
pub(super) async fn list(cx: Cx, Path(slug): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let act = Act::ManageWorkshops;
    let view = cx.services.staff_workshop(&cx.actor, act, &slug).await?;
    let rows = cx.services.door_conflicts(&cx.actor, &slug).await?;
    let query = Fields::of_query(uri.query());
    let said = match query.text("done").as_str() {
        "settled" => Some(cx.say("conflicts-done")),
        "dismissed" => Some(cx.say("conflicts-done-device")),
        _ => None,
    };
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

/// `POST …/conflicts/devices/{id}/dismiss`
pub(super) async fn dismiss(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services.dismiss_device(&cx.actor, &slug, id).await?;
    let path = format!("/manage/workshops/{slug}/conflicts");
    Ok(see_other(&format!("{path}?done=dismissed")))
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
        {devices(cx, slug, rows)}
        {list}
    }
}

/// A device of which several wait: all of it can be dismissed at once.
fn devices(cx: &Cx, slug: &str, rows: &[DoorConflictRow]) -> Option<impl IntoView + use<>> {
    let mut waiting: BTreeMap<i64, (String, i64)> = BTreeMap::new();
    for one in rows.iter().filter(|one| one.row.settlement.is_none()) {
        if let Some(id) = one.row.device_id {
            waiting.entry(id).or_insert_with(|| (who(cx, &one.by), 0)).1 += 1;
        }
    }
    let forms: Vec<_> = waiting
        .into_iter()
        .filter(|(_, (_, number))| *number > 1)
        .map(|(id, (name, number))| {
            let action = format!("/manage/workshops/{slug}/conflicts/devices/{id}/dismiss");
            let args = [("number", number.into()), ("name", name.into())];
            let words = cx.say_with("conflicts-dismiss-device", &args);
            view! {
                <form method="post" action=action>
                    <button class="button button--quiet button--danger" type="submit">{words}</button>
                </form>
            }
        })
        .collect();
    (!forms.is_empty()).then(|| view! { <div class="row">{forms}</div> })
}

/// Who let somebody in, in words.
fn who(cx: &Cx, by: &CheckedBy) -> String {
    match by {
        CheckedBy::Account(name) => name.clone(),
        CheckedBy::Device(name) => cx.say_with("keys-device", &[("name", name.into())]),
    }
}

/// Who let the person in, and who had before.
fn told(cx: &Cx, conflict: &DoorConflictRow) -> Vec<String> {
    let by = [("name", who(cx, &conflict.by).into())];
    let by = cx.say_with("conflicts-by", &by);
    let first = conflict.first.as_ref().map(|(at, name)| {
        let args = [
            ("at", cx.words.stamp(*at).into()),
            ("name", who(cx, name).into()),
        ];
        cx.say_with("conflicts-first", &args)
    });
    std::iter::once(by).chain(first).collect()
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
    let told: Vec<_> = told(cx, conflict)
        .into_iter()
        .map(|words| view! { <p class="small">{words}</p> })
        .collect();
    let nobody = (settled.is_none() && !conflict.countable)
        .then(|| view! { <p class="muted">{cx.say("conflicts-nobody")}</p> });
    let now = row.settlement.map(|settlement| *settlement);
    let held = *view.row.state == WorkshopState::Published;
    let countable = held && conflict.countable;
    // What counts, or counted, changes figures.
    let others: Vec<Settlement> = Settlement::ALL
        .iter()
        .copied()
        .filter(|settlement| match settlement {
            Settlement::Counted => countable,
            Settlement::Dismissed => held || now.is_none(),
        })
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
                {told}
                <p class="muted small">{session}<time>{cx.words.stamp(row.at)}</time></p>
                {nobody}
            </div>
            <div class="list__side">{settled}{form}</div>
        </li>
    }
}
