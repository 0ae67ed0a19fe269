//! Check-ins as rows.

use crate::audit::{Entry, record_all};
use crate::entity::checkin;
use crate::live::tell_others;
use crate::{Actor, Failure, Tx};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

/// A check-in that is to be written down.
#[derive(Debug)]
pub(crate) struct NewCheckin {
    pub(crate) session_id: i64,
    pub(crate) registration_id: i64,
    pub(crate) nonce: String,
    /// A device decided alone.
    pub(crate) offline: bool,
    pub(crate) device_id: Option<i64>,
    /// Who let the person in, where that is not who writes it down.
    pub(crate) by: Option<String>,
    /// When the person came.
    pub(crate) at: DateTime<Utc>,
    pub(crate) now: DateTime<Utc>,
}

impl NewCheckin {
    /// One at the door, decided by the server.
    pub(crate) fn at_door(
        session_id: i64,
        registration_id: i64,
        nonce: &str,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            session_id,
            registration_id,
            nonce: nonce.to_owned(),
            offline: false,
            device_id: None,
            by: None,
            at,
            now,
        }
    }
}

/// Writes check-ins down, with their lines in the log.
pub(crate) async fn insert_checkins(
    tx: &Tx,
    actor: &Actor,
    new: Vec<NewCheckin>,
) -> Result<(), Failure> {
    let Some(now) = new.first().map(|checkin| checkin.now) else {
        return Ok(());
    };
    let entries = new.iter().map(|checkin| Entry {
        deed: "check_in",
        noun: "registration",
        id: checkin.registration_id,
        before: None,
        after: Some(json!({ "session": checkin.session_id, "at": checkin.at })),
    });
    record_all(&**tx, actor, now, entries.collect()).await?;
    // A device that asks the server first is one all the same.
    let own = match actor {
        Actor::Door { device, .. } => Some(*device),
        _ => None,
    };
    let rows = new.into_iter().map(|checkin| checkin::ActiveModel {
        session_id: Set(checkin.session_id),
        registration_id: Set(checkin.registration_id),
        nonce: Set(checkin.nonce),
        actor: Set(checkin.by.unwrap_or_else(|| actor.label())),
        at: Set(checkin.at),
        recorded_at: Set(checkin.now),
        undone_at: Set(None),
        offline: Set(checkin.offline),
        device_id: Set(checkin.device_id.or(own)),
        ..Default::default()
    });
    checkin::Entity::insert_many(rows)
        .exec_without_returning(&**tx)
        .await?;
    tell_others(tx).await
}

/// The check-in of somebody to a session that stands.
pub(crate) async fn standing(
    tx: &impl ConnectionTrait,
    session_id: i64,
    registration_id: i64,
) -> Result<Option<checkin::Model>, Failure> {
    Ok(checkin::Entity::find()
        .filter(checkin::Column::SessionId.eq(session_id))
        .filter(checkin::Column::RegistrationId.eq(registration_id))
        .filter(checkin::Column::UndoneAt.is_null())
        .one(tx)
        .await?)
}
