//! A workshop as an event of schema.org, for search engines.

use crate::render::Cx;
use domain::{Coded, Phase, Seats, WorkshopFormat, to_local};
use serde_json::{Value, json};
use service::WorkshopView;

/// The event, with its sessions as parts when there are several.
pub(super) fn event(cx: &Cx, view: &WorkshopView, seats: Seats) -> Value {
    let base = cx.services.public_url().as_str().trim_end_matches('/');
    let page = format!("{base}/workshops/{}", view.row.slug);
    let status = match view.phase {
        Phase::Cancelled => "EventCancelled",
        _ if view.row.version > 1 => "EventRescheduled",
        _ => "EventScheduled",
    };
    let mode = match *view.row.format {
        WorkshopFormat::InPerson => "OfflineEventAttendanceMode",
        WorkshopFormat::Online => "OnlineEventAttendanceMode",
        WorkshopFormat::Hybrid => "MixedEventAttendanceMode",
    };
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": view.title(cx.lang()),
        "description": description(view, cx),
        "url": page,
        "inLanguage": cx.lang().code(),
        "startDate": to_local(view.starts_at()).to_rfc3339(),
        "endDate": to_local(view.ends_at()).to_rfc3339(),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": format!("https://schema.org/{mode}"),
        "location": location(view, &page, view.room(), view.address()),
        "organizer": {
            "@type": "Organization",
            "name": cx.organizer.name(cx.lang()),
            "url": base,
        },
        "maximumAttendeeCapacity": seats.capacity,
        "remainingAttendeeCapacity": seats.free(),
    });
    if view.sessions.len() > 1 {
        let parts: Vec<Value> = view
            .sessions
            .iter()
            .map(|session| {
                json!({
                    "@type": "EducationEvent",
                    "name": view.title(cx.lang()),
                    "startDate": to_local(session.starts_at).to_rfc3339(),
                    "endDate": to_local(session.ends_at).to_rfc3339(),
                    "location": location(view, &page, &session.room, &session.address),
                })
            })
            .collect();
        event["subEvent"] = Value::Array(parts);
    }
    event
}

/// Rooms, and the workshop's own page where people join by a link: the link
/// itself is for people with a seat.
fn location(view: &WorkshopView, page: &str, room: &str, address: &str) -> Value {
    let format = *view.row.format;
    let mut places = Vec::new();
    if format.has_place() {
        let address = if address.is_empty() { room } else { address };
        places.push(json!({ "@type": "Place", "name": room, "address": address }));
    }
    if format.has_link() {
        places.push(json!({ "@type": "VirtualLocation", "url": page }));
    }
    match places.len() {
        1 => places.remove(0),
        _ => Value::Array(places),
    }
}

/// The summary, or when and where.
pub(super) fn description(view: &WorkshopView, cx: &Cx) -> String {
    let when = cx.words.period(view.starts_at(), view.ends_at());
    let summary = view.summary(cx.lang()).replace('\n', " ");
    let parts = [summary.as_str(), when.as_str(), view.room()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let told = parts.collect::<Vec<_>>().join(" · ");
    let short: String = told.chars().take(300).collect();
    if short.len() < told.len() {
        format!("{}…", short.trim_end())
    } else {
        told
    }
}
