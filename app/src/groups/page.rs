//! Who was registered, where each stands, and each one's own page to pass on.

use crate::home::{fact, when_and_where, workshop_contact};
use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page, see_other};
use crate::ui::{news, notice, sharing_phone, state_badge, tone};
use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use domain::{RegistrationState, TicketCode};
use service::{PartyMember, PartyPage};

/// `GET /groups/{token}`
pub(super) async fn show(cx: Cx, Path(token): Path<String>, uri: Uri) -> Result<Response, Oops> {
    let party = cx.services.party(&token).await?;
    let done = Fields::of_query(uri.query()).text("done");
    let page = Page::public(&cx.say("group-page-title"));
    let inner = cx.clone();
    Ok(cx.show(page, move || body(&inner, &party, &done)).await)
}

/// `POST /groups/{token}/accept`
pub(super) async fn accept(cx: Cx, Path(token): Path<String>) -> Result<Response, Oops> {
    cx.services.accept_party_offer(&token).await?;
    Ok(see_other(&format!("/groups/{token}?done=accepted")))
}

/// `POST /groups/{token}/members/{id}/cancel`
pub(super) async fn cancel(
    cx: Cx,
    Path((token, id)): Path<(String, i64)>,
) -> Result<Response, Oops> {
    cx.services.cancel_in_party(&token, id).await?;
    Ok(see_other(&format!("/groups/{token}?done=cancelled")))
}

fn body(cx: &Cx, party: &PartyPage, done: &str) -> impl IntoView + use<> {
    let members: Vec<_> = party
        .members
        .iter()
        .map(|one| member(cx, party, one))
        .collect();
    let call = workshop_contact(cx, &party.workshop)
        .map(|contact| view! { <p>{cx.say("group-call")}" "{contact}</p> });
    view! {
        {said(cx, party, done)}
        <h1>{party.workshop.title(cx.lang()).to_owned()}</h1>
        <p class="lead">{cx.say("group-page-lead")}</p>
        {news(cx, &party.changes, party.workshop.sessions.len() > 1).into_any()}
        {offer(cx, party)}
        {requested(cx, party)}
        {waiting(cx, party)}
        {sharing_phone(cx, party.sharing_phone, ["group-phone-title", "group-phone-text"])}
        {too_large(cx, party)}
        <ul class="members" role="list">{members}</ul>
        <h2>{cx.say("my-details")}</h2>
        <dl class="facts">
            {fact(cx.say("group-contact"), party.contact_name.clone())}
            {fact(cx.say("field-establishment"), party.establishment.clone())}
            {when_and_where(cx, &party.workshop)}
        </dl>
        {call}
    }
}

/// Whether organisers still decide over somebody.
fn is_requested(party: &PartyPage) -> bool {
    let mut members = party.members.iter();
    members.any(|one| one.state == RegistrationState::Requested)
}

fn said(cx: &Cx, party: &PartyPage, done: &str) -> Option<impl IntoView + use<>> {
    // The address is kept: much may have happened since.
    let standing = party.members.iter().any(|one| one.state.is_active());
    let done = match done {
        "made" if !party.is_new => "",
        done if standing || done == "cancelled" => done,
        _ => "",
    };
    let seated = |one: &PartyMember| one.state == RegistrationState::Booked;
    let (title, text) = match done {
        "made" if is_requested(party) => ("group-done-requested", "group-done-requested-text"),
        "made" if !party.members.iter().any(seated) => {
            ("group-done-waiting", "group-done-waiting-text")
        }
        "made" => ("group-done-made", "group-done-made-text"),
        "accepted" => ("my-accepted-title", "group-done-accepted-text"),
        "cancelled" => ("my-cancelled-title", "my-cancelled-text"),
        _ => return None,
    };
    Some(view! { <div role="status">{notice(tone::OK, cx.say(title), cx.say(text))}</div> })
}

/// The seats that are held, and the button that takes them.
fn offer(cx: &Cx, party: &PartyPage) -> Option<impl IntoView + use<>> {
    let until = cx.words.day_time(party.offer_until?);
    let action = format!("/groups/{}/accept", party.token);
    Some(view! {
        <div class="notice notice--wait">
            <h2>{cx.say_with("my-state-offered", &[("until", until.into())])}</h2>
            <p>{cx.say("my-next-offered")}</p>
            <form method="post" action=action>
                <button class="button" type="submit">{cx.say("group-accept")}</button>
            </form>
        </div>
    })
}

/// That nobody has a seat before the organisers have decided.
fn requested(cx: &Cx, party: &PartyPage) -> Option<impl IntoView + use<>> {
    let at = party.workshop.undecided_until(party.created_at);
    let at = cx.words.day_time(at);
    let text = cx.say_with("group-requested-text", &[("at", at.into())]);
    is_requested(party).then(|| notice(tone::WAIT, cx.say("group-requested-title"), text))
}

/// The place in the queue, and the rule of the queue; whose turn never comes waits
/// for nothing.
fn waiting(cx: &Cx, party: &PartyPage) -> Option<impl IntoView + use<>> {
    let position = party.members.iter().find_map(|one| one.position);
    let position = position.filter(|_| party.too_large.is_none())?;
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let title = cx.say_with("group-waiting-title", &[("position", position.into())]);
    Some(notice(tone::WAIT, title, cx.say("group-waiting-text")))
}

/// That seats for all who wait together can never be free.
fn too_large(cx: &Cx, party: &PartyPage) -> Option<impl IntoView + use<>> {
    let size = party.too_large?;
    let all = party.workshop.capacity();
    let args = [("size", size.into()), ("all", all.into())];
    let text = cx.say_with("group-too-large-text", &args);
    Some(notice(tone::BAD, cx.say("group-too-large-title"), text))
}

fn member(cx: &Cx, party: &PartyPage, one: &PartyMember) -> impl IntoView + use<> {
    let own = (one.state.is_active()).then(|| {
        let href = format!("/my/{}", one.ticket);
        view! {
            <a class="button button--secondary" href=href>
                {cx.say("group-member-page")}<span class="visually-hidden">": "{one.full_name.clone()}</span>
            </a>
        }
    });
    let give_up = one.can_cancel.then(|| {
        let action = format!("/groups/{}/members/{}/cancel", party.token, one.id);
        let words = match one.state {
            RegistrationState::Booked => cx.say("group-cancel-booked"),
            _ => cx.say("group-cancel-waiting"),
        };
        view! {
            <details>
                <summary>{cx.say("group-cancel-offer")}<span class="visually-hidden">": "{one.full_name.clone()}</span></summary>
                <div class="confirm">
                    <p>{words}</p>
                    <form class="form-actions" method="post" action=action>
                        <button class="button button--danger" type="submit">{cx.say("my-cancel-act")}</button>
                    </form>
                </div>
            </details>
        }
    });
    let code = one.code.as_ref().map(|code| {
        let code = TicketCode::spaced(code);
        view! { <p>{cx.say("my-code")}": "<strong class="nowrap">{code}</strong></p> }
    });
    view! {
        <li>
            <p class="row"><strong>{one.full_name.clone()}</strong>" "{state_badge(cx, one.state)}</p>
            {code}
            {own}
            {give_up}
        </li>
    }
}
