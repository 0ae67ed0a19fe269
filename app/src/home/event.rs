//! A workshop as an event of schema.org, for search engines.

use crate::render::Cx;
use chrono::{DateTime, Utc};
use domain::{Coded, Phase, Seats, WorkshopFormat, to_local};
use serde_json::{Value, json};
use service::{Changed, WorkshopView};

/// The event, with its sessions as parts when there are several.
pub(super) fn event(cx: &Cx, view: &WorkshopView, seats: Seats, changes: &[Changed]) -> Value {
    let base = cx.services.public_url().as_str().trim_end_matches('/');
    let page = format!("{base}/workshops/{}", view.row.slug);
    let (status, previous) = status(view.phase, changes);
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
    if let Some(previous) = previous {
        event["previousStartDate"] = to_local(previous).to_rfc3339().into();
    }
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

/// How the event stands, and when it was to begin before it was last put on
/// another time. Changes come newest first; a new place alone is no new date
/// (schema.org, EventRescheduled).
fn status(phase: Phase, changes: &[Changed]) -> (&'static str, Option<DateTime<Utc>>) {
    let previous = changes
        .iter()
        .flat_map(|change| &change.sessions)
        .filter(|(was, is)| was.position == 1 && was.starts_at != is.starts_at)
        .map(|(was, _)| was.starts_at)
        .next();
    match (phase, previous) {
        (Phase::Cancelled, _) => ("EventCancelled", previous),
        (_, Some(_)) => ("EventRescheduled", previous),
        (_, None) => ("EventScheduled", None),
    }
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
    let room = view.room_said(cx.lang());
    let parts = [summary.as_str(), when.as_str(), room.as_str()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let told = parts.collect::<Vec<_>>().join(" · ");
    let short: String = told.chars().take(300).collect();
    if short.len() < told.len() {
        format!("{}…", short.trim_end())
    } else {
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ChangeKind, parse_local};
    use service::SessionSnapshot;

    fn at(typed: &str) -> DateTime<Utc> {
        parse_local(typed).unwrap()
    }

    fn session(position: i64, starts_at: &str, room: &str) -> SessionSnapshot {
        SessionSnapshot {
            id: position,
            position,
            starts_at: at(starts_at),
            ends_at: at(starts_at) + chrono::Duration::hours(4),
            room: room.to_owned(),
            address: String::new(),
            format: None,
        }
    }

    fn change(kind: ChangeKind, sessions: Vec<(SessionSnapshot, SessionSnapshot)>) -> Changed {
        Changed {
            id: 1,
            kind,
            at: at("2026-11-20T08:00"),
            note_vi: String::new(),
            note_en: String::new(),
            sessions,
        }
    }

    #[test]
    fn a_move_in_time_is_rescheduled_with_the_last_start_before_it() {
        let day = |day: &str| format!("2026-12-{day}T07:30");
        let (one, two, three) = (&day("01"), &day("02"), &day("03"));
        let moved = |from: &str, to: &str| {
            let sessions = vec![(session(1, from, "A"), session(1, to, "A"))];
            change(ChangeKind::Moved, sessions)
        };
        let twice = [moved(two, three), moved(one, two)];
        let rescheduled = ("EventRescheduled", Some(at(two)));
        assert_eq!(status(Phase::Upcoming, &twice), rescheduled);
        let elsewhere = vec![(session(1, one, "A"), session(1, one, "B"))];
        let second = vec![(session(2, two, "A"), session(2, three, "A"))];
        for sessions in [elsewhere, second] {
            let changes = [change(ChangeKind::Moved, sessions)];
            let scheduled = ("EventScheduled", None);
            assert_eq!(status(Phase::Upcoming, &changes), scheduled);
        }
    }

    #[test]
    fn what_is_called_off_is_cancelled() {
        let off = change(ChangeKind::Cancelled, Vec::new());
        assert_eq!(status(Phase::Cancelled, &[off]), ("EventCancelled", None));
        assert_eq!(status(Phase::Upcoming, &[]), ("EventScheduled", None));
    }
}
