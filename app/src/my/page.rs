//! State in one sentence, code and QR code large, what to do next.

use super::{accept, cancel, consents, substitute};
use crate::home::{fact, giving_up, when_where_and_how, workshop_contact};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{news, notice, paragraph, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::{Phase, Phone, RegistrationState, RegistrationWindow, TicketCode};
use service::Ticket;
use std::collections::HashMap;

/// `GET /my/{token}`
pub(super) async fn show(cx: Cx, Path(token): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let ticket = cx.services.ticket(&token).await?;
    let done = Fields::of_query(uri.query()).text("done");
    let directions = cx.services.directions(&ticket.workshop.sessions).await?;
    let materials = cx.services.material_link_by_ticket(&token).await?;
    let materials = materials.is_some();
    let page = Page::public(&cx.say("my-title"));
    let inner = cx.clone();
    let shown = cx.show(page, move || {
        body(&inner, &ticket, &directions, &done, materials)
    });
    Ok(shown.await)
}

/// `GET /my/{token}/ticket.png`
pub(super) async fn picture(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let (code, png) = cx.services.ticket_picture(&token).await?;
    let name = format!("attachment; filename=\"{code}.png\"");
    let headers = [
        (CONTENT_TYPE, "image/png".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, png).into_response())
}

/// `GET /my/{token}/calendar.ics`
pub(super) async fn calendar(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    let file = cx.services.ticket_calendar(&token, cx.lang()).await?;
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"hoi-thao.ics\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, file).into_response())
}

fn body(
    cx: &Cx,
    ticket: &Ticket,
    directions: &HashMap<i64, String>,
    done: &str,
    materials: bool,
) -> impl IntoView + use<> {
    let materials = materials.then(|| {
        let href = format!("/my/{}/materials", ticket.token);
        view! { <p><a href=href>{cx.say("my-materials")}</a></p> }
    });
    let view = &ticket.workshop;
    let (colour, state) = state(cx, ticket);
    view! {
        <div role="status">
            {cancel::said(cx, ticket, done)}
            {accept::said(cx, ticket, done)}
            {substitute::said(cx, done)}
            {consents::said(cx, done)}
        </div>
        <h1>{view.title(cx.lang()).to_owned()}</h1>
        {changed(cx, ticket)}
        {news(cx, &ticket.changes, view.sessions.len() > 1).into_any()}
        <div class="ticket">
            <p class=format!("ticket__state {colour}")>{state}</p>
            {qr(cx, ticket)}
            {code(cx, ticket)}
            {next(cx, ticket)}
            {substitute::passed_on(cx, ticket)}
        </div>
        <h2>{cx.say("my-details")}</h2>
        <dl class="facts">
            {fact(cx.say("my-name"), ticket.full_name.clone())}
            {reached(cx, ticket)}
            {when_where_and_how(cx, view, directions)}
            {online(cx, ticket)}
            {until_when(cx, ticket)}
        </dl>
        {materials}
        {crate::questions::reminder(cx, ticket)}
        {consents::shown(cx, ticket)}
        {acts(cx, ticket)}
    }
}

/// What the registration is worth, in one sentence, and its colour.
fn state(cx: &Cx, ticket: &Ticket) -> (&'static str, String) {
    const WAIT: &str = "ticket__state--wait";
    const BAD: &str = "ticket__state--bad";
    match (ticket.workshop.phase, ticket.state) {
        (_, RegistrationState::Cancelled) if ticket.has_another => {
            (WAIT, cx.say("my-state-has-another"))
        }
        (_, RegistrationState::Cancelled) => (BAD, cx.say("my-state-cancelled")),
        (_, RegistrationState::Substituted) => (WAIT, cx.say("my-state-substituted")),
        (_, RegistrationState::Declined) => (BAD, cx.say("my-state-declined")),
        (_, RegistrationState::Lapsed) => (BAD, cx.say("my-state-lapsed")),
        (Phase::Cancelled, _) => (BAD, cx.say("my-state-called-off")),
        (Phase::Held | Phase::Closed, _) => (WAIT, cx.say("my-state-held")),
        (
            Phase::Running,
            RegistrationState::Waitlisted
            | RegistrationState::Requested
            | RegistrationState::Offered,
        ) => (WAIT, cx.say("my-state-too-late")),
        (_, RegistrationState::Requested) => (WAIT, cx.say("my-state-requested")),
        (_, RegistrationState::Offered) => (WAIT, offered(cx, ticket)),
        (_, RegistrationState::Waitlisted) => {
            let position = i64::try_from(ticket.position.unwrap_or(0)).unwrap_or(0);
            let args = [("position", position.into())];
            (WAIT, cx.say_with("my-state-waiting", &args))
        }
        (Phase::Running, RegistrationState::Booked) => ("", cx.say("my-state-running")),
        (_, RegistrationState::Booked) => ("", cx.say("my-state-booked")),
    }
}

/// That a seat is held, and until when.
fn offered(cx: &Cx, ticket: &Ticket) -> String {
    match ticket.offer_until {
        Some(until) => {
            let until = cx.words.day_time(until);
            cx.say_with("my-state-offered", &[("until", until.into())])
        }
        None => cx.say("my-state-lapsed"),
    }
}

/// Whether the code is still of use at the door.
fn is_of_use(ticket: &Ticket) -> bool {
    let ahead = matches!(ticket.workshop.phase, Phase::Upcoming | Phase::Running);
    ahead && ticket.state.is_active()
}

fn qr(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    let svg = ticket.qr_svg.clone().filter(|_| is_of_use(ticket))?;
    let label = cx.say("my-qr");
    Some(view! { <div class="ticket__qr" role="img" aria-label=label inner_html=svg></div> })
}

/// The code to say at the door; with a seat alone, as the QR code.
fn code(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    (is_of_use(ticket) && ticket.qr_svg.is_some()).then(|| {
        view! {
            <p class="ticket__code">
                <span class="visually-hidden">{cx.say("my-code")}" "</span>
                <span class="nowrap">{TicketCode::spaced(&ticket.code)}</span>
            </p>
        }
    })
}

/// What to do next.
fn next(cx: &Cx, ticket: &Ticket) -> impl IntoView + use<> {
    let view = &ticket.workshop;
    let words = match (view.phase, ticket.state) {
        (Phase::Upcoming | Phase::Running, RegistrationState::Booked)
            if !view.row.format.has_place() =>
        {
            cx.say("my-next-online")
        }
        (Phase::Upcoming | Phase::Running, RegistrationState::Booked) => cx.say("my-next-booked"),
        (Phase::Upcoming, RegistrationState::Waitlisted) => {
            let hours = [("hours", view.row.offer_hours.into())];
            cx.say_with("my-next-waiting", &hours)
        }
        (Phase::Upcoming, RegistrationState::Requested) => {
            let by = cx.words.day_time(ticket.undecided_until);
            cx.say_with("my-next-requested", &[("by", by.into())])
        }
        (Phase::Upcoming, RegistrationState::Offered) if ticket.offer_until.is_some() => {
            cx.say("my-next-offered")
        }
        (Phase::Held | Phase::Closed, RegistrationState::Booked) => cx.say("my-next-held"),
        _ => String::new(),
    };
    let again = (!ticket.state.is_active()
        && ticket.state != RegistrationState::Substituted
        && !ticket.has_another
        && view.window == RegistrationWindow::Open)
        .then(|| {
            let href = format!("/workshops/{}/register", view.row.slug);
            view! { <p><a href=href>{cx.say("my-again")}</a></p> }
        });
    let another = ticket
        .has_another
        .then(|| view! { <p><a href="/my">{cx.say("my-has-another-link")}</a></p> });
    let others =
        (!is_of_use(ticket)).then(|| view! { <p><a href="/">{cx.say("my-others")}</a></p> });
    view! {
        <div class="ticket__next">
            {paragraph(&words)}
            {accept::button(cx, ticket)}
            {save(cx, ticket)}
            {again}
            {another}
            {others}
        </div>
    }
}

/// The picture to keep on the phone, for where there is no network.
fn save(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    (is_of_use(ticket) && ticket.qr_svg.is_some()).then(|| {
        let href = format!("/my/{}/ticket.png", ticket.token);
        view! { <p><a href=href download="">{cx.say("my-save")}</a></p> }
    })
}

/// Phone and address on file, with a way to change them.
fn reached(cx: &Cx, ticket: &Ticket) -> impl IntoView + use<> {
    let phone = ticket.phone.as_deref().map(Phone::national);
    let hidden = ticket.phone_end.as_ref().map(|end| phone_ending(cx, end));
    let known: Vec<String> = [phone, hidden, ticket.email.clone()]
        .into_iter()
        .flatten()
        .collect();
    let known = if known.is_empty() {
        cx.say("my-contact-none")
    } else {
        known.join(", ")
    };
    let href = format!("/my/{}/contact", ticket.token);
    let value = view! {
        <p class="wrap-anywhere">{known}</p>
        <p><a href=href>{cx.say("my-contact-change")}</a></p>
    };
    fact(cx.say("my-contact"), value)
}

/// A phone on file that others gave, by its last digits.
pub(super) fn phone_ending(cx: &Cx, end: &str) -> String {
    cx.say_with("my-contact-ending", &[("end", end.into())])
}

/// Where to take part online.
fn online(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    let link = ticket.online_link.clone()?;
    let shown = link.clone();
    let link = view! { <a href=link rel="noreferrer">{shown}</a> };
    Some(fact(cx.say("my-online"), link))
}

/// Until when it can be given up here.
fn until_when(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    let view = &ticket.workshop;
    let ahead = view.phase == Phase::Upcoming && ticket.state.is_active();
    ahead.then(|| fact(cx.say("home-giving-up"), giving_up(cx, view)))
}

/// What the organiser announced.
fn changed(cx: &Cx, ticket: &Ticket) -> Option<impl IntoView + use<>> {
    let words = ticket.workshop.notice(cx.lang());
    let told = is_of_use(ticket) && !words.is_empty();
    told.then(|| notice(tone::WAIT, cx.say("home-changed-title"), words.to_owned()))
}

/// The calendar file, whom to call, and giving up.
fn acts(cx: &Cx, ticket: &Ticket) -> impl IntoView + use<> {
    let calendar = is_of_use(ticket).then(|| {
        let href = format!("/my/{}/calendar.ics", ticket.token);
        view! { <p class="form-actions"><a class="button button--secondary" href=href>{cx.say("my-calendar")}</a></p> }
    });
    let public = ticket.workshop.is_public().then(|| {
        let href = format!("/workshops/{}", ticket.workshop.row.slug);
        view! { <p><a href=href>{cx.say("my-workshop")}</a></p> }
    });
    let contact = workshop_contact(cx, &ticket.workshop)
        .filter(|_| is_of_use(ticket))
        .map(|contact| view! { <p>{cx.say("my-call")}" "{contact}</p> });
    view! {
        {calendar}
        {public}
        {contact}
        {substitute::link(cx, ticket)}
        {cancel::disclosed(cx, ticket)}
    }
}
