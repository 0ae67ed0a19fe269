//! Facts that several public pages show: when, where, and whom to call.

use crate::render::Cx;
use leptos::prelude::*;
use service::WorkshopView;

/// One fact: what it is called and what it is. Stands in `<dl class="facts">`.
pub(crate) fn fact(label: String, value: impl IntoView) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
}

/// When and where a workshop takes place, session by session.
pub(crate) fn when_and_where(cx: &Cx, view: &WorkshopView) -> impl IntoView + use<> {
    let periods: Vec<_> = view
        .sessions
        .iter()
        .map(|session| cx.words.period(session.starts_at, session.ends_at))
        .map(|period| view! { <p>{period}</p> })
        .collect();
    let mut places: Vec<(&str, &str)> = view
        .sessions
        .iter()
        .map(|session| (session.room.as_str(), session.address.as_str()))
        .collect();
    places.dedup();
    let places: Vec<_> = places
        .into_iter()
        .map(|(room, address)| place(cx, room, address))
        .collect();
    view! {
        {fact(cx.say("home-when"), periods)}
        {fact(cx.say("home-where"), places)}
    }
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

/// A room, its address, and a link to a map, which opens nothing by itself.
pub(crate) fn place(cx: &Cx, room: &str, address: &str) -> impl IntoView + use<> {
    let sought = if address.is_empty() { room } else { address };
    let sought: String = url::form_urlencoded::byte_serialize(sought.as_bytes()).collect();
    let map = format!("https://www.openstreetmap.org/search?query={sought}");
    let address = (!address.is_empty()).then(|| view! { <p>{address.to_owned()}</p> });
    view! {
        <p><strong>{room.to_owned()}</strong></p>
        {address}
        <p><a href=map rel="noopener">{cx.say("home-map")}</a></p>
    }
}

/// How to reach the organiser: phone first, as people here do. None when no
/// contact is entered.
pub(crate) fn organizer_contact(cx: &Cx) -> Option<AnyView> {
    let (phone, email) = (&cx.organizer.phone, &cx.organizer.email);
    if !phone.is_empty() {
        let dialled: String = phone
            .chars()
            .filter(|sign| sign.is_ascii_digit() || *sign == '+')
            .collect();
        let href = format!("tel:{dialled}");
        return Some(view! { <a class="nowrap" href=href>{phone.clone()}</a> }.into_any());
    }
    (!email.is_empty()).then(|| {
        let href = format!("mailto:{email}");
        view! { <a href=href>{email.clone()}</a> }.into_any()
    })
}
