//! Rows of workshops and sessions, made of what was typed.

use super::place::Place;
use crate::entity::{Code, session, workshop};
use chrono::{DateTime, Utc};
use domain::{NewSession, NewWorkshop, WorkshopState, join_codes};
use sea_orm::Set;
use serde_json::{Value, json};

/// A new draft.
pub(super) fn workshop_row(
    new: &NewWorkshop,
    programme_id: i64,
    slug: String,
    now: DateTime<Utc>,
) -> workshop::ActiveModel {
    let row = workshop::ActiveModel {
        programme_id: Set(programme_id),
        slug: Set(slug),
        notice_vi: Set(String::new()),
        notice_en: Set(String::new()),
        state: Set(Code(WorkshopState::Draft)),
        created_at: Set(now),
        published_at: Set(None),
        ..Default::default()
    };
    apply(row, new)
}

/// Puts the settings into a row, new or old.
pub(super) fn apply(row: workshop::ActiveModel, new: &NewWorkshop) -> workshop::ActiveModel {
    workshop::ActiveModel {
        code: Set(new.code.clone()),
        title_vi: Set(new.title_vi.clone()),
        title_en: Set(new.title_en.clone()),
        summary_vi: Set(new.summary_vi.clone()),
        summary_en: Set(new.summary_en.clone()),
        kind: Set(Code(new.kind)),
        roles: Set(join_codes(&new.roles)),
        sectors: Set(join_codes(&new.sectors)),
        format: Set(Code(new.format)),
        online_link: Set(new.online_link.clone()),
        contact_name: Set(new.contact_name.clone()),
        contact_phone: Set(new.contact_phone.clone()),
        contact_email: Set(new.contact_email.clone()),
        capacity: Set(i64::from(new.capacity)),
        minimum: Set(new.minimum.map(|(number, _)| i64::from(number))),
        minimum_by: Set(new.minimum.map(|(_, by)| by)),
        opens_at: Set(new.opens_at),
        closes_at: Set(new.closes_at),
        mode: Set(Code(new.mode)),
        offer_hours: Set(i64::from(new.offer_hours)),
        cancel_rule: Set(Code(new.cancel_rule)),
        cancel_until: Set(new.cancel_until),
        certificate_rule: Set(Code(new.certificate_rule)),
        late_after: Set(i64::from(new.late_after)),
        attended_share: Set(i64::from(new.attended_share)),
        ..row
    }
}

/// A new session.
pub(super) fn session_row(
    new: &NewSession,
    place: &Place,
    workshop_id: i64,
    position: i64,
) -> session::ActiveModel {
    let row = session::ActiveModel {
        workshop_id: Set(workshop_id),
        position: Set(position),
        ..Default::default()
    };
    apply_session(row, new, place)
}

/// Puts time, place and title into a row, new or old.
pub(super) fn apply_session(
    row: session::ActiveModel,
    new: &NewSession,
    place: &Place,
) -> session::ActiveModel {
    session::ActiveModel {
        title_vi: Set(new.title_vi.clone()),
        title_en: Set(new.title_en.clone()),
        room_id: Set(place.room_id),
        room: Set(place.room.clone()),
        address: Set(place.address.clone()),
        starts_at: Set(new.starts_at),
        ends_at: Set(new.ends_at),
        ..row
    }
}

/// What the log keeps of a workshop's settings.
pub(super) fn settings(row: &workshop::Model) -> Value {
    json!({
        "code": row.code, "title_vi": row.title_vi, "title_en": row.title_en,
        "summary_vi": row.summary_vi, "summary_en": row.summary_en, "kind": row.kind.0,
        "roles": row.roles, "sectors": row.sectors, "format": row.format.0,
        "online_link": row.online_link, "capacity": row.capacity, "minimum": row.minimum,
        "minimum_by": row.minimum_by, "opens_at": row.opens_at, "closes_at": row.closes_at,
        "mode": row.mode.0, "offer_hours": row.offer_hours, "cancel_rule": row.cancel_rule.0, "cancel_until": row.cancel_until,
        "certificate_rule": row.certificate_rule.0, "late_after": row.late_after,
        "attended_share": row.attended_share,
    })
}

/// What the log keeps of a session.
pub(crate) fn session_settings(row: &session::Model) -> Value {
    json!({
        "room": row.room, "address": row.address, "starts_at": row.starts_at,
        "ends_at": row.ends_at,
    })
}

/// What the log keeps of a workshop with its first session.
pub(super) fn whole(row: &workshop::Model, session: &session::Model) -> Value {
    let mut settings = settings(row);
    if let (Some(all), Value::Object(session)) =
        (settings.as_object_mut(), session_settings(session))
    {
        all.extend(session);
    }
    settings
}
