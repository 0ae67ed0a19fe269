//! Taking a seat that is offered.

use crate::html::*;
use crate::render::{Cx, Oops, see_other};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::RegistrationState;
use service::Ticket;

/// `POST /my/{token}/accept`
pub(super) async fn accept(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    cx.services.accept_offer(&token).await?;
    Ok(see_other(&format!("/my/{token}?done=accepted")))
}

/// The button, while the offer stands.
pub(super) fn button(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    ticket.offer_until.map(|_| {
        let action = format!("/my/{}/accept", ticket.token);
        view! {
            <form class="form-actions" method="post" action=action>
                <button class="button" type="submit">{cx.say("my-accept")}</button>
            </form>
        }
    })
}

/// That it was done, right after it.
pub(super) fn said(cx: &Cx, ticket: &Ticket, done: &str) -> Option<impl IntoView + use<>> {
    (done == "accepted" && ticket.state == RegistrationState::Booked).then(|| {
        notice(
            tone::OK,
            cx.say("my-accepted-title"),
            cx.say("my-accepted-text"),
        )
    })
}
