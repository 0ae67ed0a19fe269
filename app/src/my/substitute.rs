//! Somebody else goes instead: until the door, by whoever holds the seat.

use crate::home::workshop_contact;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{delegate_fields, error_summary, notice, tone, typed_delegate};
use axum::extract::Path;
use axum::response::Response;
use domain::{DelegateRow, Phase, Problems, RegistrationState};
use service::{Failure, Ticket};

/// `GET /my/{token}/substitute`
pub(super) async fn ask(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let ticket = cx.services.ticket(&token).await?;
    if !ticket.can_substitute {
        return Ok(see_other(&format!("/my/{}", ticket.token)));
    }
    Ok(shown(&cx, ticket, DelegateRow::default(), Problems::default()).await)
}

/// `POST /my/{token}/substitute`
pub(super) async fn name(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let typed = typed_delegate(&fields);
    let done = cx.services.substitute(&token, &typed, cx.lang()).await;
    match done {
        // The substitute's own page is for the substitute: whoever named them
        // stays on theirs, with the address to pass on.
        Ok(_) => Ok(see_other(&format!("/my/{token}?done=named"))),
        Err(Failure::Invalid(problems)) => {
            let ticket = cx.services.ticket(&token).await?;
            Ok(shown(&cx, ticket, typed, problems).await)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn shown(cx: &Cx, ticket: Ticket, typed: DelegateRow, problems: Problems) -> Response {
    let title = cx.say("my-substitute-title");
    let page = Page::public(&title).narrow().checked(&problems);
    let inner = cx.clone();
    let body = move || {
        let cx = &inner;
        let back = format!("/my/{}", ticket.token);
        let args = [("name", (&ticket.full_name).into())];
        view! {
            {error_summary(cx, &problems)}
            <h1>{title}</h1>
            <p class="lead">{ticket.workshop.title(cx.lang()).to_owned()}</p>
            <p>{cx.say_with("my-substitute-text", &args)}</p>
            <form method="post" novalidate=true>
                {delegate_fields(cx, &problems, &typed, &str::to_owned)}
                <div class="form-actions">
                    <button class="button" type="submit">{cx.say("my-substitute-act")}</button>
                    <a class="button button--quiet" href=back>{cx.say("my-back")}</a>
                </div>
            </form>
        }
    };
    cx.show(page, body).await
}

/// The way there, while it is open.
pub(super) fn link(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    ticket.can_substitute.then(|| {
        let href = format!("/my/{}/substitute", ticket.token);
        view! { <p><a href=href>{cx.say("my-substitute-link")}</a></p> }
    })
}

/// That the seat has passed on.
pub(super) fn said(cx: &Cx, done: &str) -> Option<impl IntoView + use<>> {
    (done == "named").then(|| notice(tone::OK, cx.say("my-substitute-done"), String::new()))
}

/// Whoever goes instead, and the address to send them, where the holder named
/// them here; where somebody else did, whom to call.
pub(super) fn passed_on(cx: &Cx, ticket: &Ticket) -> Option<AnyView> {
    let Some((name, address)) = ticket.passed_on.clone() else {
        return replaced(cx, ticket);
    };
    let args = [("name", (&name).into())];
    let view = view! {
        <div class="field">
            <p>{cx.say_with("my-substitute-done-text", &args)}</p>
            <label for="address">{cx.say_with("my-substitute-address", &args)}</label>
            <input id="address" readonly=true value=address />
        </div>
    };
    Some(view.into_any())
}

/// An establishment or the organisers named somebody else.
fn replaced(cx: &Cx, ticket: &Ticket) -> Option<AnyView> {
    let ahead = matches!(ticket.workshop.phase, Phase::Upcoming | Phase::Running);
    if ticket.state != RegistrationState::Substituted || !ahead {
        return None;
    }
    let contact = workshop_contact(cx, &ticket.workshop)?;
    Some(view! { <p>{cx.say("my-substituted-call")}" "{contact}</p> }.into_any())
}
