//! Letters to print, one sheet each.

use super::path;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use axum::extract::Path;
use axum::response::Response;
use domain::{Coded, Lang};
use leptos::prelude::*;
use service::InvitationLetter;
use text::Words;

/// `GET /manage/workshops/{slug}/invitations/print`: what has not been sent.
pub(super) async fn all(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    show(&cx, &slug, None).await
}

/// `GET /manage/workshops/{slug}/invitations/{id}/print`
pub(super) async fn one(cx: Cx, Path((slug, id)): Path<(String, i64)>) -> Result<Response, Oops> {
    show(&cx, &slug, Some(id)).await
}

/// `POST /manage/workshops/{slug}/invitations/print`: these have left.
pub(super) async fn sent(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let ids: Vec<i64> = fields.all("id").filter_map(|id| id.parse().ok()).collect();
    cx.services
        .note_invitations_sent(&cx.actor, &slug, &ids)
        .await?;
    Ok(see_other(&format!("{}?done=sent", path(&slug))))
}

async fn show(cx: &Cx, slug: &str, only: Option<i64>) -> Result<Response, Oops> {
    let (_, letters) = cx
        .services
        .invitation_letters(&cx.actor, slug, only)
        .await?;
    let action = format!("{}/print", path(slug));
    let back = path(slug);
    let page = Page::staff(&cx.say("invite-print-title"));
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let sheets: Vec<_> = letters
            .iter()
            .map(|letter| sheet(cx, letter).into_any())
            .collect();
        view! {
            <div class="no-print">
                <h1>{cx.say("invite-print-title")}</h1>
                <p><a href=back>{cx.say("invite-one-back")}</a></p>
                {head(cx, &letters, action)}
            </div>
            {sheets}
        }
    };
    Ok(cx.show(page, body).await)
}

/// What to do, and that it was done.
fn head(cx: &Cx, letters: &[InvitationLetter], action: String) -> AnyView {
    if letters.is_empty() {
        return view! { <div class="empty"><p>{cx.say("invite-print-none")}</p></div> }.into_any();
    }
    let count = i64::try_from(letters.len()).unwrap_or(0);
    let words = cx.say_with("invite-print-done", &[("count", count.into())]);
    let ids: Vec<_> = letters
        .iter()
        .map(|letter| view! { <input type="hidden" name="id" value=letter.id.to_string() /> })
        .collect();
    view! {
        <p>{cx.say("invite-print-hint")}</p>
        <form method="post" action=action class="field">
            {ids}
            <button class="button" type="submit">{words}</button>
        </form>
    }
    .into_any()
}

/// A letter, in its own language.
fn sheet(cx: &Cx, letter: &InvitationLetter) -> impl IntoView + use<> {
    let words = Words(letter.lang);
    let office = &cx.organizer;
    let date = sheet_date(cx, letter.lang);
    let attention = (!letter.contact_name.is_empty()).then(|| {
        let name = [("name", (&letter.contact_name).into())];
        view! { <p>{words.say_with("invite-print-attention", &name)}</p> }
    });
    let paragraphs: Vec<_> = letter
        .paragraphs
        .iter()
        .map(|words| view! { <p>{words.clone()}</p> })
        .collect();
    let facts: Vec<_> = letter
        .facts
        .iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(name, fact)| view! { <div><dt>{name.clone()}</dt><dd>{fact.clone()}</dd></div> })
        .collect();
    let contacts: Vec<&str> = [&office.address, &office.phone, &office.email]
        .into_iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let contacts = contacts.join(" · ");
    let name = office.name(letter.lang).to_owned();
    let to = words.say_with(
        "invite-print-to",
        &[("name", (&letter.establishment).into())],
    );
    view! {
        <article class="sheet" lang=letter.lang.code()>
            <div class="sheet__head">
                <p><strong>{name.clone()}</strong><br />{contacts}</p>
                <p>{date}</p>
            </div>
            <h2>{letter.subject.clone()}</h2>
            <p><strong>{to}</strong></p>
            {attention}
            {paragraphs}
            <dl class="facts">{facts}</dl>
            <div class="sheet__way">
                <div class="ticket__qr sheet__qr" role="img" aria-label=words.say("invite-print-qr")
                    inner_html=letter.qr_svg.clone()></div>
                <p>{words.say("invite-print-link")}<br /><span class="wrap-anywhere">{letter.link.clone()}</span></p>
            </div>
            <p>{words.say("mail-sign-off")}</p>
            <p><strong>{name}</strong></p>
        </article>
    }
}

/// Today, as letters have it.
fn sheet_date(cx: &Cx, lang: Lang) -> String {
    Words(lang).day(cx.services.clock().now())
}
