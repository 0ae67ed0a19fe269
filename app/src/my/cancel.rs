//! Giving up a registration: what will happen, then the act.

use crate::html::*;
use crate::render::{Cx, Oops, Page, see_other};
use crate::ui::{notice, paragraph, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::RegistrationState;
use service::Ticket;

/// `GET /my/{token}/cancel`
pub(super) async fn ask(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let ticket = cx.services.ticket(&token).await?;
    let back = format!("/my/{}", ticket.token);
    if !ticket.can_cancel {
        return Ok(see_other(&back));
    }
    let title = cx.say("my-cancel-title");
    let page = Page::public(&title).narrow();
    let inner = cx.clone();
    let body = move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{ticket.workshop.title(inner.lang()).to_owned()}</p>
            {confirm(&inner, &ticket, Some(back))}
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /my/{token}/cancel`
pub(super) async fn cancel(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    cx.services.cancel_by_ticket(&token).await?;
    Ok(see_other(&format!("/my/{token}?done=cancelled")))
}

/// The same on the registrant's page, folded away.
pub(super) fn disclosed(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    ticket.can_cancel.then(|| {
        view! {
            <details>
                <summary>{cx.say("my-cancel-offer")}</summary>
                {confirm(cx, ticket, None)}
            </details>
        }
    })
}

/// That it was done, right after it.
pub(super) fn said(cx: &Cx, ticket: &Ticket, done: &str) -> Option<impl IntoView + use<>> {
    (done == "cancelled" && ticket.state == RegistrationState::Cancelled).then(|| {
        notice(
            tone::OK,
            cx.say("my-cancelled-title"),
            cx.say("my-cancelled-text"),
        )
    })
}

fn confirm(cx: &Cx, ticket: &Ticket, back: Option<String>) -> impl IntoView + use<> {
    let action = format!("/my/{}/cancel", ticket.token);
    let words = match ticket.state {
        RegistrationState::Booked => cx.say("my-cancel-booked"),
        _ => cx.say("my-cancel-waiting"),
    };
    let back = back.map(
        |href| view! { <a class="button button--quiet" href=href>{cx.say("my-cancel-back")}</a> },
    );
    view! {
        <div class="confirm">
            {paragraph(&words)}
            <form class="form-actions" method="post" action=action>
                <button class="button button--danger" type="submit">{cx.say("my-cancel-act")}</button>
                {back}
            </form>
        </div>
    }
}
