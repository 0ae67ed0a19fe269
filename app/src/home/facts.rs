//! Facts that several public pages show: when, where, and whom to call.

use crate::html::*;
use crate::render::Cx;
use crate::ui::paragraph;
use service::entity::session;
use service::{Organizer, WorkshopView};
use std::collections::HashMap;

/// One fact: what it is called and what it is. Stands in `<dl class="facts">`.
pub(crate) fn fact(label: String, value: impl IntoView) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
}

/// When and where a workshop takes place, session by session.
pub(crate) fn when_and_where(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    when_where_and_how(cx, view, &HashMap::new())
}

/// As [`when_and_where`], with how to get to the rooms, by their keys. Where
/// sessions are held in several places, each stands with its own.
pub(crate) fn when_where_and_how(
    cx: &Cx,
    view: &WorkshopView,
    directions: &HashMap<i64, String>,
) -> AnyView {
    let places: Vec<_> = view.sessions.iter().map(|one| held_in(view, one)).collect();
    let how = |session: &session::Model| {
        let room = session.room_id.filter(|_| view.has_place(session));
        room.and_then(|id| directions.get(&id)).map(String::as_str)
    };
    if places.iter().any(|place| *place != places[0]) {
        // What has been said of a house is not said again.
        let mut said: Vec<&str> = Vec::new();
        let entries: Vec<_> = view
            .sessions
            .iter()
            .map(|session| {
                let how = how(session).filter(|how| !said.contains(how));
                said.extend(how);
                let period = cx.words.period(session.starts_at, session.ends_at);
                let held = view! {
                    <p>{period}</p>
                    {place(cx, view, session)}
                    {how.map(paragraph)}
                };
                fact(crate::workshops::heading(cx, session), held).into_any()
            })
            .collect();
        return entries.into_any();
    }
    let several = view.sessions.len() > 1;
    let periods: Vec<_> = view
        .sessions
        .iter()
        .map(|session| {
            let period = cx.words.period(session.starts_at, session.ends_at);
            let name = several.then(|| format!("{}: ", crate::workshops::heading(cx, session)));
            view! { <p>{name}{period}</p> }
        })
        .collect();
    let held = view.sessions.first().map(|session| {
        view! { {place(cx, view, session)}{how(session).map(paragraph)} }
    });
    view! {
        {fact(cx.say("home-when"), periods)}
        {fact(cx.say("home-where"), held)}
    }
    .into_any()
}

/// What tells the places of sessions apart.
fn held_in<'a>(view: &WorkshopView, session: &'a session::Model) -> Option<(&'a str, &'a str)> {
    let place = (session.room.as_str(), session.address.as_str());
    Some(place).filter(|_| view.has_place(session))
}

/// Until when people may give up their registration themselves.
pub(crate) fn giving_up(cx: &Cx, view: &WorkshopView) -> String {
    let row = &view.row;
    let starts = view.starts_at();
    match row.cancel_rule.last_moment(row.cancel_until, starts) {
        None => cx.say("home-cancel-never"),
        Some(at) if at < starts => {
            let words = if at <= cx.services.clock().now() {
                "home-cancel-was"
            } else {
                "home-cancel-until"
            };
            cx.say_with(words, &[("at", cx.words.day_time(at).into())])
        }
        Some(at) => cx.say_with("home-cancel-any", &[("at", cx.words.day_time(at).into())]),
    }
}

/// Where a session is held: the room, its address, and a link to a map, which
/// opens nothing by itself; or that people take part online.
pub(crate) fn place(cx: &Cx, view: &WorkshopView, session: &session::Model) -> AnyView {
    if !view.has_place(session) {
        return view! { <p><strong>{view.place_of(session, cx.lang())}</strong></p> }.into_any();
    }
    let (room, address) = (&session.room, &session.address);
    // The house, and where it stands: an address alone may be a whole commune.
    let sought = [room.as_str(), address.as_str()];
    let sought = sought.into_iter().filter(|part| !part.is_empty());
    let sought = sought.collect::<Vec<_>>().join(", ");
    let sought: String = url::form_urlencoded::byte_serialize(sought.as_bytes()).collect();
    let map = format!("https://www.openstreetmap.org/search?query={sought}");
    let address = (!address.is_empty()).then(|| view! { <p>{address.clone()}</p> });
    view! {
        <p><strong>{room.clone()}</strong></p>
        {address}
        <p><a href=map rel="noopener">{cx.say("home-map")}</a></p>
    }
    .into_any()
}

/// How to reach the organisers: phone first, as people here do. None when no
/// contact is entered.
pub(crate) fn organizer_contact(cx: &Cx) -> Option<AnyView> {
    contact_of(&cx.organizer)
}

/// Whom to ask about a workshop: its own contact, else the organisers.
pub(crate) fn workshop_contact(cx: &Cx, view: &WorkshopView) -> Option<AnyView> {
    contact_of(&cx.organizer.answering_for(view))
}

fn contact_of(organizer: &Organizer) -> Option<AnyView> {
    let (name, phone, email) = (&organizer.contact_name, &organizer.phone, &organizer.email);
    let phone = (!phone.is_empty()).then(|| {
        let dialled: String = phone
            .chars()
            .filter(|sign| sign.is_ascii_digit() || *sign == '+')
            .collect();
        let href = format!("tel:{dialled}");
        view! { <a class="nowrap" href=href>{phone.clone()}</a> }
    });
    let email = (!email.is_empty()).then(|| {
        let href = format!("mailto:{email}");
        view! { <a class="wrap-anywhere" href=href>{email.clone()}</a> }
    });
    let name = (!name.is_empty()).then(|| view! { <span>{name.clone()}</span> });
    let parts = [name, phone, email].into_iter().flatten();
    let parts: Vec<AnyView> = parts
        .enumerate()
        .map(|(at, part)| {
            let mark = if at == 0 { "" } else { " · " };
            view! { {mark}{part} }
        })
        .collect();
    (!parts.is_empty()).then(|| parts.into_any())
}
