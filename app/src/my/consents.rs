//! What the registrant agreed to: seen, given and withdrawn, as easily one way
//! as the other.

use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{Coded, Consents, Purpose};
use service::Ticket;

/// `GET /my/{token}/consents`
pub(super) async fn ask(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let ticket = cx.services.ticket(&token).await?;
    let title = cx.say("my-consents-title");
    let page = Page::public(&title).narrow();
    let inner = cx.clone();
    let body = move || {
        let back = format!("/my/{}", ticket.token);
        view! {
            <h1>{title}</h1>
            <p class="lead">{ticket.full_name.clone()}<br />{ticket.workshop.title(inner.lang()).to_owned()}</p>
            {form(&inner, &ticket, Some(back))}
        }
    };
    Ok(cx.show(page, body).await)
}

/// `POST /my/{token}/consents`
pub(super) async fn change(
    cx: Cx,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let wanted = Consents {
        reporting: fields.ticked("consent_reporting"),
        materials: fields.ticked("consent_materials"),
        invitations: fields.ticked("consent_invitations"),
    };
    cx.services.set_consents(&token, wanted).await?;
    Ok(see_other(&format!("/my/{token}?done=consents")))
}

/// On the registrant's page: what was agreed to, with a way to change it. Who
/// was named by a colleague is asked right there.
pub(super) fn shown(cx: &Cx, ticket: &Ticket) -> AnyView {
    if ticket.consents.given().count() == 0 && ticket.state.is_active() {
        return view! {
            <div class="notice notice--wait">
                <h2>{cx.say("my-consents-pending")}</h2>
                <p>{cx.say("my-consents-pending-text")}</p>
                {form(cx, ticket, None)}
            </div>
        }
        .into_any();
    }
    let given: Vec<Purpose> = ticket.consents.given().collect();
    let rows: Vec<_> = Purpose::ALL
        .iter()
        .map(|purpose| {
            let state = if given.contains(purpose) {
                cx.say("my-consents-yes")
            } else {
                cx.say("my-consents-no")
            };
            view! { <li>{words(cx, *purpose)}" "<strong>{state}</strong></li> }
        })
        .collect();
    let href = format!("/my/{}/consents", ticket.token);
    view! {
        <h2>{cx.say("my-consents-title")}</h2>
        <ul>{rows}</ul>
        <p><a href=href>{cx.say("my-consents-change")}</a></p>
    }
    .into_any()
}

fn words(cx: &Cx, purpose: Purpose) -> String {
    cx.say(match purpose {
        Purpose::Reporting => "register-consent-reporting",
        Purpose::Materials => "register-consent-materials",
        Purpose::Invitations => "register-consent-invitations",
    })
}

fn form(cx: &Cx, ticket: &Ticket, back: Option<String>) -> impl IntoView + use<> {
    let given: Vec<Purpose> = ticket.consents.given().collect();
    let boxes: Vec<_> = Purpose::ALL
        .iter()
        .map(|purpose| {
            let name = format!("consent_{}", purpose.code());
            let ticked = given.contains(purpose);
            view! {
                <label class="choice">
                    <input name=name type="checkbox" value="yes" checked=ticked />
                    <span>{words(cx, *purpose)}</span>
                </label>
            }
        })
        .collect();
    let action = format!("/my/{}/consents", ticket.token);
    // A seat that is held for a time is taken first.
    let class = if ticket.offer_until.is_some() {
        "button button--secondary"
    } else {
        "button"
    };
    let back = back
        .map(|href| view! { <a class="button button--quiet" href=href>{cx.say("my-back")}</a> });
    view! {
        <form method="post" action=action>
            <fieldset class="field">
                <legend>{cx.say("register-consents-legend")}</legend>
                <p class="hint">
                    {cx.say("my-consents-hint")}" "
                    <a href="/privacy" target="_blank" rel="noopener">{cx.say("register-consents-link")}</a>
                </p>
                {boxes}
            </fieldset>
            <div class="form-actions">
                <button class=class type="submit">{cx.say("my-consents-act")}</button>
                {back}
            </div>
        </form>
    }
}

/// That it was done, right after it.
pub(super) fn said(cx: &Cx, done: &str) -> Option<impl IntoView + use<>> {
    let (title, text) = match done {
        "consents" => ("my-consents-done", "my-consents-done-text"),
        "answers" => ("my-answers-done", "my-answers-done-text"),
        "contact" => ("my-contact-done", "my-contact-done-text"),
        _ => return None,
    };
    Some(notice(tone::OK, cx.say(title), cx.say(text)))
}
