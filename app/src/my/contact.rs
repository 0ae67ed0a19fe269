//! How to reach the registrant.

use super::page::phone_ending;
use crate::home::{fact, workshop_contact};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{Field, Kind, confirm_unreachable, error_summary, typed_contact};
use axum::extract::Path;
use axum::response::Response;
use domain::{Phone, Problems};
use service::{ContactForm, Failure, Ticket, WorkshopView};

/// `GET /my/{token}/contact`
pub(super) async fn ask(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let ticket = cx.services.ticket(&token).await?;
    let phone = ticket.phone.as_deref().map(Phone::national);
    let email = ticket.email.clone().unwrap_or_default();
    let typed = ContactForm {
        phone: phone.unwrap_or_default(),
        email,
        unreachable: false,
    };
    Ok(shown(&cx, ticket, typed, Problems::default()).await)
}

/// `POST /my/{token}/contact`
pub(super) async fn change(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = typed_contact(&fields);
    match cx.services.change_contact(&token, &typed).await {
        Ok(()) => Ok(see_other(&format!("/my/{token}?done=contact"))),
        Err(Failure::Invalid(problems)) => {
            let ticket = cx.services.ticket(&token).await?;
            Ok(shown(&cx, ticket, typed, problems).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn shown(cx: &Cx, ticket: Ticket, typed: ContactForm, problems: Problems) -> Response {
    let title = cx.say("my-contact-title");
    let page = Page::public(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let line = |name, label, value: &str| Field::line(cx, &problems, name, label, value);
        let back = format!("/my/{}", ticket.token);
        view! {
            {error_summary(cx, &problems)}
            <h1>{title}</h1>
            <p class="lead">{ticket.full_name.clone()}<br />{ticket.workshop.title(cx.lang()).to_owned()}</p>
            <form method="post" novalidate=true>
                {match &ticket.phone_end {
                    Some(end) => kept(cx, &ticket.workshop, end).into_any(),
                    None => line("phone", "field-phone", &typed.phone)
                        .hint(cx.say("my-contact-phone-hint")).optional(cx)
                        .kind(Kind::Line("tel")).autocomplete("tel").inputmode("tel").view().into_any(),
                }}
                {line("email", "field-email", &typed.email)
                    .hint(cx.say("my-contact-email-hint")).optional(cx)
                    .kind(Kind::Line("email")).autocomplete("email").inputmode("email").view().into_any()}
                {confirm_unreachable(cx, &problems)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("my-contact-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("my-back")}</a>
                </div>
            </form>
        }
    };
    cx.show(page, body).await
}

/// The phone on file that this page does not show, and who changes it.
fn kept(cx: &Cx, view: &WorkshopView, end: &str) -> impl IntoView + use<> {
    let call = workshop_contact(cx, view);
    view! {
        <dl class="facts">{fact(cx.say("field-phone"), phone_ending(cx, end))}</dl>
        <p class="hint">{cx.say("my-contact-kept")}" "{call}</p>
    }
}
