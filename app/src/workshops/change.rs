//! A change after it was made: the text for Zalo, and who is still to be
//! called.

use super::{cockpit_path, told};
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{hidden, notice, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{ChangeKind, Lang};
use leptos::prelude::*;
use service::{CallRow, ChangePage, ContactCall};

/// `GET /manage/workshops/{slug}/changes/{id}`
pub(crate) async fn show(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let page = cx.services.change_page(&cx.actor, &slug, id).await?;
    let title = match page.changed.kind {
        ChangeKind::Moved => cx.say("change-page-moved"),
        ChangeKind::Cancelled => cx.say("change-page-cancelled"),
    };
    let inner = cx.clone();
    Ok(cx
        .show(Page::staff(&title), move || body(&inner, title, &page))
        .await)
}

/// `POST /manage/workshops/{slug}/changes/{id}`: marks a call.
pub(crate) async fn mark(
    cx: Cx,
    Path((slug, id)): Path<(String, i64)>,
    fields: Fields,
) -> Result<Response, Oops> {
    let call = fields.text("call").parse().unwrap_or(0);
    let reached = fields.ticked("reached");
    cx.services
        .mark_call(&cx.actor, &slug, id, call, reached)
        .await?;
    Ok(see_other(&format!(
        "{}/changes/{id}#calls",
        cockpit_path(&slug)
    )))
}

fn body(cx: &Cx, title: String, page: &ChangePage) -> impl IntoView + use<> {
    let view = &page.view;
    let back = cockpit_path(&view.row.slug);
    let told = cx.say_with(
        "change-page-told",
        &[
            ("count", page.told.into()),
            ("at", cx.words.day_time(page.changed.at).into()),
        ],
    );
    let messages: Vec<_> = page
        .messages
        .iter()
        .map(|message| {
            let label = match message.lang {
                Lang::Vi => cx.say("change-zalo-vi"),
                Lang::En => cx.say("change-zalo-en"),
            };
            let id = format!("zalo-{}", domain::Coded::code(message.lang));
            let lang = domain::Coded::code(message.lang);
            let rows = (message.zalo.lines().count() + 2).to_string();
            view! {
                <div class="field">
                    <label for=id.clone()>{label}</label>
                    <textarea id=id lang=lang rows=rows readonly=true>{message.zalo.clone()}</textarea>
                </div>
            }
            .into_any()
        })
        .collect();
    // With contacts to be called it is not so that nobody is.
    let people = (page.contacts.is_empty() || !page.calls.is_empty())
        .then(|| calls(cx, &page.calls).into_any());
    view! {
        <h1>{title}</h1>
        <p><a href=back>{view.title(cx.lang()).to_owned()}</a></p>
        {notice(tone::OK, told, String::new())}
        {told::moves(cx, &page.changed.sessions, view.sessions.len() > 1).into_any()}
        <h2>{cx.say("change-zalo-title")}</h2>
        <p class="hint">{cx.say("change-zalo-hint")}</p>
        {messages}
        <h2 id="calls">{cx.say("change-calls-title")}</h2>
        {people}
        {contacts(cx, &view.row.slug, &page.contacts)}
    }
}

/// The contacts of establishments that were invited and get no mail.
fn contacts(cx: &Cx, slug: &str, rows: &[ContactCall]) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let phone = match &row.phone {
                Some(phone) => {
                    let href = format!("tel:{phone}");
                    view! { <a class="nowrap" href=href>{domain::Phone::national(phone)}</a> }
                        .into_any()
                }
                None => cx.say("change-call-no-phone").into_any(),
            };
            let href = format!("/manage/workshops/{slug}/invitations/{}", row.invitation_id);
            let name = (!row.name.is_empty()).then(|| row.name.clone());
            view! {
                <tr>
                    <th scope="row"><a href=href>{row.establishment.clone()}</a></th>
                    <td data-label=cx.say("change-call-phone")><span>{phone}</span></td>
                    <td data-label=cx.say("invite-contact")>{name}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{cx.say("change-contacts-title")}</h3>
            <p>{cx.say("change-contacts-lead")}</p>
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{cx.say("change-call-from")}</th>
                        <th scope="col">{cx.say("change-call-phone")}</th>
                        <th scope="col">{cx.say("invite-contact")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

fn calls(cx: &Cx, rows: &[CallRow]) -> AnyView {
    if rows.is_empty() {
        return view! { <div class="empty"><p>{cx.say("change-calls-none")}</p></div> }.into_any();
    }
    let left = rows.iter().filter(|row| row.reached_at.is_none()).count();
    let left = i64::try_from(left).unwrap_or(0);
    let all = i64::try_from(rows.len()).unwrap_or(0);
    let lead = cx.say_with(
        "change-calls-lead",
        &[("left", left.into()), ("all", all.into())],
    );
    let rows: Vec<_> = rows.iter().map(|row| call(cx, row).into_any()).collect();
    view! {
        <p>{lead}</p>
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("change-call-name")}</th>
                    <th scope="col">{cx.say("change-call-phone")}</th>
                    <th scope="col">{cx.say("change-call-from")}</th>
                    <th scope="col">{cx.say("change-call-state")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn call(cx: &Cx, row: &CallRow) -> impl IntoView + use<> {
    let phone = match &row.phone {
        Some(phone) => {
            let href = format!("tel:{phone}");
            view! { <a class="nowrap" href=href>{domain::Phone::national(phone)}</a> }.into_any()
        }
        None => cx.say("change-call-no-phone").into_any(),
    };
    let (reached, words, done) = match row.reached_at {
        None => ("on", cx.say("change-call-mark"), None),
        Some(at) => {
            let at = cx.words.stamp(at);
            let done = cx.say_with("change-call-reached", &[("at", at.into())]);
            ("", cx.say("change-call-unmark"), Some(done))
        }
    };
    let name = row.full_name.clone();
    view! {
        <tr>
            <th scope="row">{row.full_name.clone()}</th>
            <td data-label=cx.say("change-call-phone")><span>{phone}</span></td>
            <td data-label=cx.say("change-call-from")>{row.establishment.clone()}</td>
            <td data-label=cx.say("change-call-state")>
                <form method="post" class="row">
                    {done}
                    {hidden("call", &row.registration_id.to_string())}
                    {hidden("reached", reached)}
                    <button class="button button--secondary" type="submit">
                        {words}<span class="visually-hidden">": "{name}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
}
