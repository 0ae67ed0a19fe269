//! Asking, and taking what was filled in.

use super::answers;
use super::form::{Sheet, Suggestions, form};
use super::trap::once_more;
use super::why::Why;
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{notice, tone};
use axum::extract::Path;
use axum::response::Response;
use domain::{RegistrationMode, Seats};
use service::{Actor, Conflict, Failure, Registering, WorkshopView};

/// `GET /workshops/{slug}/register`
pub(super) async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Response, Oops> {
    let sheet = Sheet::default().named(&cx.services);
    ask(&cx, &slug, sheet, Why::First).await
}

/// `POST /workshops/{slug}/register`
pub(super) async fn send(
    cx: Cx,
    Path(slug): Path<String>,
    fields: Fields,
) -> Result<Response, Oops> {
    let view = cx.services.public_workshop(&slug).await?;
    let questions = cx.services.asked_of_registrants(view.row.id).await?;
    let sheet = Sheet::sent(&cx, &fields, &questions);
    if sheet.trap.has_caught(&cx) {
        return ask(&cx, &slug, sheet.named(&cx.services), Why::Quick).await;
    }
    let key = sheet.key(&slug);
    // This is everybody's door, whoever is signed in on the same browser:
    // staff who register others have doors of their own.
    let done = cx
        .services
        .register(
            &Actor::Anonymous,
            &slug,
            &sheet.form,
            cx.lang(),
            key.as_ref(),
        )
        .await;
    match done {
        Ok(Registering::Done(registered)) => {
            let token = cx.services.ticket_token(&registered.code);
            Ok(see_other(&format!("/my/{token}")))
        }
        Ok(Registering::Already) => answers::already(&cx, &slug).await,
        Err(Failure::Invalid(problems)) => {
            let sheet = sheet.with(problems).named(&cx.services);
            ask(&cx, &slug, sheet, Why::Problems).await
        }
        Err(Failure::Conflict(Conflict::KeyReused)) => {
            let sheet = sheet.renamed(&cx.services);
            ask(&cx, &slug, sheet, Why::SentBefore).await
        }
        Err(Failure::Conflict(
            Conflict::RegistrationNotOpen | Conflict::RegistrationClosed | Conflict::InvitationOnly,
        )) => ask(&cx, &slug, sheet, Why::Shut).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The form, or why there is none now.
async fn ask(cx: &Cx, slug: &str, sheet: Sheet, mut why: Why) -> Result<Response, Oops> {
    let view = cx.services.public_workshop(slug).await?;
    let open = view.takes_form(sheet.trap.opened_at(cx), cx.services.clock().now());
    if !open {
        why = why.shut();
        if why == Why::First || !answers::may_open(&view) {
            return Ok(answers::not_open(cx, view, why.status()).await);
        }
    }
    let seats = cx.services.seats_left(&view).await?;
    let questions = cx.services.asked_of_registrants(view.row.id).await?;
    let suggestions = Suggestions::of(cx).await?;
    let title = cx.say("register-title");
    let shown = match why {
        Why::Problems => format!("{}: {title}", cx.say("error-summary-title")),
        _ => title.clone(),
    };
    let page = Page::public(&shown).narrow().status(why.status());
    let inner = cx.clone();
    let body = move || {
        view! {
            <h1>{title}</h1>
            {which(&inner, &view)}
            {(why == Why::SentBefore).then(|| answers::sent_before(&inner))}
            {(why == Why::Quick).then(|| once_more(&inner))}
            {match why {
                Why::Shut if !open => answers::shut(&inner, &view),
                _ => view! { {warning(&inner, &view, seats)}{together(&inner, &view)} },
            }}
            {form(&inner, &sheet, suggestions, &questions, act(&inner, &view, seats))}
        }
    };
    Ok(cx.show(page, body).await)
}

/// Which workshop this is about.
pub(super) fn which(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let href = format!("/workshops/{}", view.row.slug);
    let period = cx.words.period(view.starts_at(), view.ends_at());
    let places = view.places(cx.lang()).join("; ");
    view! {
        <p class="lead">
            <a href=href>{view.title(cx.lang()).to_owned()}</a><br />
            <span class="small">{period}<br />{places}</span>
        </p>
    }
}

/// Said before anything is filled in: there is no seat left, or organisers
/// decide.
fn warning(cx: &Cx, view: &WorkshopView, seats: Seats) -> Option<impl IntoView + use<>> {
    let (title, text) = if *view.row.mode == RegistrationMode::Approval {
        let at = view.undecided_until(cx.services.clock().now());
        let at = cx.words.day_time(at);
        let text = cx.say_with("register-approval-text", &[("at", at.into())]);
        (cx.say("register-approval-title"), text)
    } else if seats.free() == 0 {
        let text = cx.say_with("register-full-text", &[("count", seats.waiting.into())]);
        (cx.say("register-full-title"), text)
    } else {
        return None;
    };
    Some(notice(tone::WAIT, title, text))
}

/// The way to register several.
fn together(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let href = format!("/workshops/{}/register/group", view.row.slug);
    view! { <p>{cx.say("register-together")}" "<a href=href>{cx.say("register-together-link")}</a></p> }
}

/// What the button says that registers.
pub(crate) fn act(cx: &Cx, view: &WorkshopView, seats: Seats) -> String {
    match seats.free() {
        _ if *view.row.mode == RegistrationMode::Approval => cx.say("register-act-request"),
        0 => cx.say("register-act-waiting"),
        _ => cx.say("register-act"),
    }
}
