//! A change after it was made: the text for Zalo, and who is still to be
//! called.

use super::{cockpit_path, told};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{call_list, call_mark, in_textarea, notice, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{ChangeKind, Lang};
use service::{CallList, CallRow, Callee, ChangePage};

/// `GET /manage/workshops/{slug}/changes/{id}`
pub(crate) async fn show(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    let page = cx.services.change_page(&cx.actor, &slug, id).await?;
    let title = match page.changed.kind {
        ChangeKind::Moved => cx.say("change-page-moved"),
        ChangeKind::Cancelled => cx.say("change-page-cancelled"),
        ChangeKind::Link => cx.say("change-page-link"),
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
    let (who, outcome) = call_mark(&fields)?;
    let list = CallList::Change(id);
    cx.services
        .mark_call(&cx.actor, &slug, list, who, outcome)
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
                    <textarea id=id lang=lang rows=rows readonly=true>{in_textarea(&message.zalo)}</textarea>
                </div>
            }
            .into_any()
        })
        .collect();
    let lists = [
        people(cx, &page.calls),
        trainers(cx, &page.trainers),
        contacts(cx, &view.row.slug, &page.contacts),
    ];
    let nobody = lists.iter().all(Option::is_none).then(|| {
        view! { <div class="empty"><p>{cx.say("change-calls-none")}</p></div> }
    });
    view! {
        <h1>{title}</h1>
        <p><a href=back>{view.title(cx.lang()).to_owned()}</a></p>
        {notice(tone::OK, told, String::new())}
        {told::moves(cx, &page.changed.sessions, view.sessions.len() > 1).into_any()}
        <h2>{cx.say("change-zalo-title")}</h2>
        <p class="hint">{cx.say("change-zalo-hint")}</p>
        {messages}
        <h2 id="calls">{cx.say("change-calls-title")}</h2>
        {nobody}
        {lists.into_iter().flatten().collect::<Vec<_>>()}
    }
}

/// Registrants to be called.
fn people(cx: &Cx, rows: &[CallRow]) -> Option<AnyView> {
    let named = rows
        .iter()
        .map(|row| (row, row.full_name.clone().into_any()));
    call_list(cx, "change-call-name", "change-call-from", named.collect())
}

/// Trainers to be called.
fn trainers(cx: &Cx, rows: &[CallRow]) -> Option<AnyView> {
    let named = rows
        .iter()
        .map(|row| (row, row.full_name.clone().into_any()));
    let table = call_list(cx, "change-call-name", "change-call-from", named.collect())?;
    Some(view! { <h3>{cx.say("change-trainers-title")}</h3>{table} }.into_any())
}

/// The contacts of establishments that were invited, each with the way to the
/// invitation.
fn contacts(cx: &Cx, slug: &str, rows: &[CallRow]) -> Option<AnyView> {
    let named = rows.iter().map(|row| {
        let name = row.establishment.clone();
        let name = match row.who {
            Callee::Contact(id) => {
                let href = format!("/manage/workshops/{slug}/invitations/{id}");
                view! { <a href=href>{name}</a> }.into_any()
            }
            _ => name.into_any(),
        };
        (row, name)
    });
    let table = call_list(cx, "change-call-from", "invite-contact", named.collect())?;
    let said = view! {
        <h3>{cx.say("change-contacts-title")}</h3>
        <p>{cx.say("change-contacts-lead")}</p>
        {table}
    };
    Some(said.into_any())
}
